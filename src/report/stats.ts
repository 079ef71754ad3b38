// What --stats prints: how often each rule spoke, and where the time went.
import { type Level, levels } from "../findings/finding.ts"
import { joined } from "./finding.ts"
import { columns } from "./lines.ts"
import { count, counted } from "./numbers.ts"
import type { Run } from "./run.ts"
import type { Theme } from "./theme.ts"
import { allTold, notUnderstood } from "./told.ts"

/** Worst first, then most often. */
function rulesTable(run: Run): string[] {
  const told = allTold(run)
  const rules = [...new Set(told.map((t) => t.finding.rule))].map((rule) => {
    const own = told.filter((t) => t.finding.rule === rule)
    const at = (level: Level): number => own.filter((t) => t.finding.level === level).length
    const files = new Set(own.map((t) => t.place.file)).size
    return { rule, worst: Math.max(...own.map((t) => levels.indexOf(t.finding.level))), own: own.length, at, files }
  })
  if (rules.length === 0) return ["  no rule has anything to say"]
  rules.sort((a, b) => b.worst - a.worst || b.own - a.own || (a.rule < b.rule ? -1 : 1))
  return columns([
    ["rule", "errors", "warnings", "notes", "files"],
    ...rules.map((r) => [r.rule, ...[r.at("error"), r.at("warning"), r.at("note"), r.files].map(count)]),
  ]).map((line) => `  ${line}`)
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(2)} s`

export function statsLines(run: Run, theme: Theme): string[] {
  const { files = [] } = run
  const earlier = files.filter((f) => f.earlier)
  const before = new Set(earlier.flatMap((f) => f.losses.map((l) => l.result)))
  const results = run.results.filter((r) => !before.has(r))
  const checking = results.reduce((sum, r) => sum + r.seconds, 0)
  const { reading = 0, looking = checking } = run.stages ?? {}
  const stages = [
    ["reading files", inSeconds(reading)],
    ["parsing, finding definitions", inSeconds(Math.max(0, looking - checking))],
    [`checking ${count(results.length)} of them`, inSeconds(checking)],
    ...(run.seconds === undefined ? [] : [["all", inSeconds(run.seconds)]]),
  ]
  const slowest = [...results].sort((a, b) => b.seconds - a.seconds)[0]
  const lost = notUnderstood({ ...run, files: files.filter((f) => !f.earlier) }).length
  return joined([
    rulesTable(run),
    columns([["time", ""], ...stages], 3, [0]).map((line) => `  ${line}`),
    [
      ...(earlier.length > 0
        ? [
            `  ${count(earlier.length)} of ${counted(files.length, "file")} from the cache: their time was spent by an earlier run`,
          ]
        : []),
      ...(slowest ? [`  slowest  ${slowest.name} (${slowest.source.name}), ${inSeconds(slowest.seconds)}`] : []),
      ...(lost > 0 ? [`  ${count(lost)} not understood: the time that they took is in parsing`] : []),
    ],
  ]).map((line) => theme.paint("evidence", line))
}
