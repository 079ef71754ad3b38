// Levels of rules as a configuration sets them, over the findings of a file.
import type { AnyRule, Finding, Level, RuleName } from "./finding.ts"
import { ruleLevels } from "./finding.ts"
import type { LintedFile, LossResult } from "./result.ts"

export type Levels = ReadonlyMap<AnyRule, Level | "off">

const usual = (rule: AnyRule): Level => (rule in ruleLevels ? ruleLevels[rule as RuleName] : "warning")

/** A note on what is an error elsewhere is one on purpose: of a metric, or where it is expected. It is not raised. */
function atLevel(finding: Finding, levels: Levels): Finding[] {
  const level = levels.get(finding.rule)
  if (level === "off") return []
  const meant = finding.level === "note" && usual(finding.rule) !== "note"
  return [level === undefined || meant ? finding : { ...finding, level }]
}

/** One result by itself. */
export const resultAtLevels = (result: LossResult, levels: Levels): LossResult => ({
  ...result,
  findings: result.findings.flatMap((f) => atLevel(f, levels)),
})

export function withLevels(file: LintedFile, levels: Levels): LintedFile {
  if (levels.size === 0) return file
  const unread = levels.get("cannot-read")
  return {
    ...file,
    losses: file.losses.map((l) => ({ ...l, result: resultAtLevels(l.result, levels) })),
    unreadable:
      unread === "off" ? [] : file.unreadable.map((u) => (unread === undefined ? u : { ...u, level: unread })),
    ...(file.findings ? { findings: file.findings.flatMap((f) => atLevel(f, levels)) } : {}),
  }
}
