// The flags of lint alone: where its files and its configuration come from, and which flags were said at all.
import { Problem } from "../source/problem.ts"
import { type Given, text } from "./options.ts"
import { readShard, type Shard } from "./shard.ts"

/** What is known, and whether a run may change it. */
export interface BaselineSettings {
  readonly baseline?: string
  readonly updateBaseline: boolean
  readonly showKnown: boolean
  /** Whether it asks for what every run asks, of all files, so that what it does not find is gone. */
  readonly usual: boolean
}

/** Which configuration holds, and where flags overrule it. */
export interface ConfigSettings {
  /** A file; false for none. */
  readonly config?: string | false
  readonly dtypeSaid: boolean
  readonly failOnSaid: boolean
}

/** Whether what earlier runs have found may be used, and a folder for it that is not the usual one. */
export interface CacheSettings {
  readonly cache: boolean
  readonly cacheDir?: string
}

export interface LintSettings extends BaselineSettings, ConfigSettings, CacheSettings {
  readonly filesFrom?: string
  readonly stdinName?: string
  readonly watch: boolean
  readonly shard?: Shard
  /** The flags that decide what is found, as they were typed. */
  readonly asked: Given
  /** Exact ways out are applied. */
  readonly fix: boolean
  /** A patch is printed, and nothing is changed. */
  readonly diff: boolean
}

/** Flags that change what can be found, and those that change what is told of it. */
const asking = ["dtype", "samples", "seed", "batch", "framework", "in", "prove"]
const telling = ["select", "ignore", "failOn", "config"]

/** Whether no flag asks for other samples, formats or ranges than every run has. */
export const isUsual = (asked: Given): boolean => asking.every((name) => asked[name] === undefined)

export function readLint(given: Given): LintSettings {
  const [filesFrom, stdinName] = ["filesFrom", "stdinName"].map((n) => text(given, n))
  const shard = given.shard === undefined ? undefined : readShard(String(given.shard))
  const asked = Object.fromEntries(
    [...asking, ...telling].filter((n) => given[n] !== undefined && given[n] !== true).map((n) => [n, given[n]]),
  )
  if (given.updateBaseline === true && stdinName !== undefined)
    throw new Problem({ headline: "--update-baseline looks at files, and --stdin-name at none" })
  if (given.watch === true && (stdinName !== undefined || filesFrom === "-"))
    throw new Problem({ headline: "--watch looks at files, and standard input is read only once" })
  if (shard !== undefined) refuseInPart(given)
  const [fix, diff] = [given.fix === true, given.diff === true]
  const changing = fix ? "--fix" : "--diff"
  if ((fix || diff) && given.watch === true)
    throw new Problem({ headline: `--watch looks at what others change, and ${changing} is for one run` })
  if ((fix || diff) && shard !== undefined)
    throw new Problem({ headline: `--shard is for a report in parts, and ${changing} is for one run` })
  if ((fix || diff) && given.updateBaseline === true)
    throw new Problem({
      headline: `--update-baseline notes what is there, and ${changing} changes it: one after the other`,
    })
  return {
    ...(filesFrom === undefined ? {} : { filesFrom }),
    ...(stdinName === undefined ? {} : { stdinName }),
    ...(shard === undefined ? {} : { shard }),
    ...readBaseline(given),
    ...readCache(given),
    usual: isUsual(asked) && stdinName === undefined && shard === undefined,
    asked,
    watch: given.watch === true,
    fix,
    diff,
    ...readConfigSettings(given),
  }
}

export function readConfigSettings(given: Given): ConfigSettings {
  const config = given.config === false ? false : text(given, "config")
  return {
    ...(config === undefined ? {} : { config }),
    dtypeSaid: given.dtype !== undefined,
    failOnSaid: given.failOn !== undefined,
  }
}

function readCache(given: Given): CacheSettings {
  const cacheDir = text(given, "cacheDir")
  if (cacheDir === "") throw new Problem({ headline: "--cache-dir names no folder", help: ["--cache-dir FOLDER"] })
  // A text on standard input is nobody's file, and is another one with every key that is pressed.
  const cache = given.cache !== false && given.stdinName === undefined
  return { cache, ...(cacheDir === undefined ? {} : { cacheDir }) }
}

export function readBaseline(given: Given): Omit<BaselineSettings, "usual"> {
  const baseline = text(given, "baseline")
  return {
    ...(baseline === undefined ? {} : { baseline }),
    updateBaseline: given.updateBaseline === true,
    showKnown: given.showKnown === true,
  }
}

/** What needs all files, or files at all. */
function refuseInPart(given: Given): void {
  if (given.updateBaseline === true)
    throw new Problem({
      headline: "a part of the files cannot tell what the baseline of all of them is",
      help: ["gradcheck merge --update-baseline FILE..."],
    })
  for (const [name, flag] of [
    ["stdinName", "--stdin-name"],
    ["watch", "--watch"],
  ] as const)
    if (given[name] !== undefined)
      throw new Problem({ headline: `--shard deals out the files of one run, and ${flag} has no such files` })
}
