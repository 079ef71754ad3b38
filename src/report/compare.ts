// Several losses side by side: verdict, states and how the gradient goes with the error, a row for each parameter.
import { type Finding, levels } from "../findings/finding.ts"
import type { LossResult } from "../findings/result.ts"
import { stateNames } from "../samples/states.ts"
import { rangesText, settingsText } from "./assumed.ts"
import { findingHeadline, joined } from "./finding.ts"
import { columns, crop, dotted, labelled, padEnd } from "./lines.ts"
import { count } from "./numbers.ts"
import type { View } from "./run.ts"
import { sparkline } from "./sparkline.ts"
import { say, type Theme } from "./theme.ts"
import { verdictWords } from "./verdict.ts"
import { widthOf } from "./width.ts"

/** The finding that weighs most, the first of its level; notes are no reason to look. */
const worstFinding = ({ findings }: LossResult): Finding | undefined =>
  [...findings].filter((f) => f.level !== "note").sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level))[0]

export function compare(results: readonly LossResult[], { theme, quiet }: View): string[] {
  if (quiet)
    return columns(
      results.map((r) => [verdictWords[r.verdict].name, say(r.name, theme)]),
      2,
      [0, 1],
    )
  const { lines, told } = table(results, theme)
  const findings = told ? [] : results.flatMap((r) => remark(r, theme))
  const more = results.some((r) => r.findings.length > 0)
    ? labelled("more", "one expression at a time shows where and why", 6, theme, "evidence", true)
    : []
  return joined([lines, findings, more, settingsOf(results, theme)])
}

function remark(result: LossResult, theme: Theme): string[] {
  const finding = worstFinding(result)
  return finding
    ? [
        `  ${crop(say(result.name.replace(/\s+/g, " "), theme), theme.width - 2, theme)}`,
        ...findingHeadline(finding, { ...theme, width: theme.width - 4 }).map((l) => `    ${l}`),
      ]
    : []
}

/**
 * The rows, and whether the headlines of the findings found room in them. Resting points are left out: they are neither
 * good nor bad. Where names and figures do not fit side by side, each name has a line of its own.
 */
function table(results: readonly LossResult[], theme: Theme): { lines: string[]; told: boolean } {
  const rows = results.flatMap((result) =>
    Object.entries(result.parameters).map(([name, p], k) => ({ result, name, p, first: k === 0 })),
  )
  const states = stateNames.filter((s) => s === "live" || (s !== "resting" && rows.some(({ p }) => p.counts[s] > 0)))
  const many = results.some((r) => Object.keys(r.parameters).length > 1)
  const formats = new Set(results.map((r) => r.options.dtype)).size > 1
  const sparks = rows.some(({ p }) => p.byError !== undefined)
  const texts = [...(many ? [""] : []), ...(formats ? ["numbers"] : []), "verdict"]
  const head = [...texts, ...states, ...(sparks ? [say("gradient, near → far", theme)] : [])]
  const body = rows.map(({ result, name, p }) => [
    ...(many ? [say(name, theme)] : []),
    ...(formats ? [result.options.dtype] : []),
    verdictWords[p.verdict].name,
    ...states.map((s) => count(p.counts[s])),
    ...(sparks ? [p.byError ? sparkline(p.byError, theme) : ""] : []),
  ])
  const figures = columns([head, ...body], 3, [...texts.keys(), ...(sparks ? [head.length - 1] : [])])
  const names = rows.map(({ result, first }) => (first ? say(result.name.replace(/\s+/g, " "), theme) : ""))
  const room = Math.max(...names.map(widthOf))
  const beside = room + 5 + Math.max(...figures.map(widthOf)) <= theme.width
  const lines = figures.map((line, k) =>
    beside ? `  ${padEnd(k > 0 ? names[k - 1]! : "", room)}   ${line}` : `    ${line}`,
  )
  // Behind the last column its heading leaves room that the rows do not use.
  const remarks = rows.map(({ result, first }) => (first ? say(worstFinding(result)?.headline ?? "", theme) : ""))
  const from = Math.max(...lines.slice(1).map(widthOf)) + 3
  const told = remarks.every((r) => r === "" || from + widthOf(r) <= theme.width)
  const painted = lines.flatMap((line, k) => {
    const row = rows[k - 1]
    if (!row) return [theme.paint("evidence", line)]
    const { name, tone } = verdictWords[row.p.verdict]
    const full = told && remarks[k - 1] ? padEnd(line, from) + remarks[k - 1] : line
    const at = line.length - figures[k]!.length + figures[0]!.indexOf("verdict")
    const shown = full.slice(0, at) + theme.paint(tone, name) + full.slice(at + name.length)
    return beside || names[k - 1] === "" ? [shown] : [`  ${crop(names[k - 1]!, theme.width - 2, theme)}`, shown]
  })
  return { lines: painted, told }
}

/** The ranges once where all losses share them, else apart. */
function settingsOf(results: readonly LossResult[], theme: Theme): string[] {
  const dtypes = new Set(results.map((r) => r.options.dtype))
  const settings = settingsText(results[0]!, dtypes.size === 1)
  const inputs = new Map<string, LossResult["inputs"][number]>()
  let alike = true
  for (const input of results.flatMap((r) => r.inputs)) {
    const known = inputs.get(input.name)
    if (!known) inputs.set(input.name, input)
    else if (known.range !== input.range || known.shape.join() !== input.shape.join()) alike = false
  }
  const parts = alike
    ? [[...rangesText([...inputs.values()]), ...settings]]
    : [...distinct(results.map((r) => rangesText(r.inputs))), settings]
  return parts.flatMap((part) => dotted(part, theme))
}

const distinct = (lists: readonly string[][]): string[][] => [...new Map(lists.map((l) => [l.join(), l])).values()]
