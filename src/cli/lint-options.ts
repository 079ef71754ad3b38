// The flags of lint alone: where its files and its configuration come from, and which flags were said at all.
import { Problem } from "../source/problem.ts"
import { type Given, text } from "./options.ts"

export interface LintSettings {
  readonly filesFrom?: string
  readonly stdinName?: string
  /** A file; false for none. */
  readonly config?: string | false
  readonly baseline?: string
  readonly updateBaseline: boolean
  readonly showKnown: boolean
  readonly watch: boolean
  /** Exact ways out are applied. */
  readonly fix: boolean
  /** A patch is printed, and nothing is changed. */
  readonly diff: boolean
  /** Whether the configuration is overruled. */
  readonly dtypeSaid: boolean
  readonly failOnSaid: boolean
  /** Whether no flag asks for other samples, formats or ranges than every run has. */
  readonly usual: boolean
}

/** Flags that change what can be found. */
const asking = ["dtype", "samples", "seed", "batch", "framework", "in", "prove"]

export function readLint(given: Given): LintSettings {
  const [filesFrom, stdinName, baseline, config] = ["filesFrom", "stdinName", "baseline", "config"].map((n) =>
    text(given, n),
  )
  if (given.updateBaseline === true && stdinName !== undefined)
    throw new Problem({ headline: "--update-baseline looks at files, and --stdin-name at none" })
  if (given.watch === true && (stdinName !== undefined || filesFrom === "-"))
    throw new Problem({ headline: "--watch looks at files, and standard input is read only once" })
  const [fix, diff] = [given.fix === true, given.diff === true]
  const changing = fix ? "--fix" : "--diff"
  if ((fix || diff) && given.watch === true)
    throw new Problem({ headline: `--watch looks at what others change, and ${changing} is for one run` })
  if ((fix || diff) && given.updateBaseline === true)
    throw new Problem({
      headline: `--update-baseline notes what is there, and ${changing} changes it: one after the other`,
    })
  return {
    ...(filesFrom === undefined ? {} : { filesFrom }),
    ...(stdinName === undefined ? {} : { stdinName }),
    ...(given.config === false ? { config: false as const } : config === undefined ? {} : { config }),
    ...(baseline === undefined ? {} : { baseline }),
    updateBaseline: given.updateBaseline === true,
    showKnown: given.showKnown === true,
    watch: given.watch === true,
    fix,
    diff,
    dtypeSaid: given.dtype !== undefined,
    failOnSaid: given.failOn !== undefined,
    usual: asking.every((name) => given[name] === undefined),
  }
}
