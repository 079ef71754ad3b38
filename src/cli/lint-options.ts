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
  return {
    ...(filesFrom === undefined ? {} : { filesFrom }),
    ...(stdinName === undefined ? {} : { stdinName }),
    ...(given.config === false ? { config: false as const } : config === undefined ? {} : { config }),
    ...(baseline === undefined ? {} : { baseline }),
    updateBaseline: given.updateBaseline === true,
    showKnown: given.showKnown === true,
    watch: given.watch === true,
    dtypeSaid: given.dtype !== undefined,
    failOnSaid: given.failOn !== undefined,
    usual: asking.every((name) => given[name] === undefined),
  }
}
