// The files of a run after they have all been looked at: comments that hide nothing, levels, baselines, the exit code.
import type { AnyRule, Level } from "../findings/finding.ts"
import { unusedIn } from "../findings/ignored.ts"
import { withLevels } from "../findings/levels.ts"
import type { LintedFile } from "../findings/result.ts"
import { wantedRules } from "../findings/wanted.ts"
import { Problem } from "../source/problem.ts"
import type { Judged } from "./baseline.ts"
import type { FileOptions } from "./config/apply.ts"
import { exitCode } from "./exit.ts"
import type { BaselineSettings } from "./lint-options.ts"
import type { Looked } from "./looked.ts"

/** A file that was looked at, and what its configuration says. */
export interface Held extends Looked {
  readonly options: FileOptions
  /** Where it stands among all that was found: what could not be opened, then files. */
  readonly place: number
}

/** How much a run has seen: all files; only some of them; or a part of them, of which the others will tell more. */
export type Scope = "all" | "some" | "part"

const levelsOf = (file: LintedFile): Level[] => [
  ...file.losses.flatMap((l) => l.result.findings.map((f) => f.level)),
  ...file.unreadable.map((u) => u.level ?? "warning"),
  ...(file.findings ?? []).map((f) => f.level),
]

const looksForIn = ({ common, rules }: FileOptions): ((rule: AnyRule) => boolean) => {
  const wanted = wantedRules(common)
  return (rule) => wanted(rule) && rules.get(rule) !== "off"
}

/** When all files have been looked at it is known which comments hide nothing, and levels are set. */
export function finished(held: readonly Held[], scope: Scope): Held[] {
  const used = new Set(held.flatMap(({ file }) => file.used ?? []))
  return held.map((one) => {
    const { file, source, comments, options } = one
    const wanted = wantedRules(options.common)
    const unused = scope === "part" ? [] : unusedIn(file, source, comments, used, looksForIn(options), scope === "some")
    const findings = [...(file.findings ?? []), ...unused].filter((f) => wanted(f.rule))
    return { ...one, file: withLevels({ ...file, findings }, options.rules) }
  })
}

export interface Outcome {
  /** What is told. */
  readonly files: readonly LintedFile[]
  readonly exit: 0 | 1
  /** What was written into baselines. */
  readonly said: readonly string[]
}

/** Each file is held to the baseline and to the limit of its own configuration. */
export async function outcomeOf(
  held: readonly Held[],
  lint: BaselineSettings,
  env: Readonly<Record<string, string | undefined>>,
  stopped: boolean,
): Promise<Outcome> {
  const groups = new Map<string | undefined, Held[]>()
  for (const one of held) {
    const group = groups.get(one.options.baseline)
    if (group) group.push(one)
    else groups.set(one.options.baseline, [one])
  }
  if (lint.updateBaseline && [...groups.keys()].every((path) => path === undefined))
    throw new Problem({
      headline: "there is no baseline to update: none is named",
      help: ["gradcheck lint --baseline gradcheck-known.json --update-baseline"],
      note: ["a configuration can name it for every run: baseline: gradcheck-known.json"],
    })
  const shown = new Map<Held, LintedFile>()
  const files: LintedFile[] = []
  const said: string[] = []
  let failed = false
  for (const [path, group] of groups) {
    const counted = path === undefined ? group.map(({ file }) => file) : []
    if (path !== undefined) {
      const { againstBaseline } = await import("./baseline.ts")
      const judged = group.map(
        ({ file, options }): Judged => ({ file, looksFor: looksForIn(options), failOn: options.failOn }),
      )
      const { usual, updateBaseline, showKnown } = lint
      const use = {
        update: updateBaseline && !stopped,
        mayMiss: updateBaseline,
        showKnown,
        ci: isCi(env),
        // A run that was stopped knows nothing of what it has not seen.
        usual: usual && !stopped,
      }
      const compared = againstBaseline(path, judged, use)
      for (const [k, one] of compared.files.entries()) {
        shown.set(group[k]!, one.shown)
        counted.push(one.file)
      }
      files.push(...compared.more)
      said.push(...compared.said)
      failed ||= compared.more.length > 0
    }
    failed ||= group.some(({ options }, k) => exitCode(levelsOf(counted[k]!), 0, options.failOn) === 1)
  }
  return { files: [...held.map((h) => shown.get(h) ?? h.file), ...files], exit: failed ? 1 : 0, said }
}

const isCi = ({ CI }: Readonly<Record<string, string | undefined>>): boolean =>
  CI !== undefined && CI !== "" && CI !== "0" && CI !== "false"
