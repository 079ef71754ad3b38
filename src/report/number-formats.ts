// One loss in several number formats: its findings once, and what becomes of its gradient in each format.
import type { Finding } from "../findings/finding.ts"
import { atLeast } from "../findings/proved.ts"
import type { LossResult } from "../findings/result.ts"
import type { Onset } from "../samples/onset.ts"
import { stateNames } from "../samples/states.ts"
import { rangesText, settingsText } from "./assumed.ts"
import { drawFinding, findingHeadline, joined } from "./finding.ts"
import { columns, dotted, labelled } from "./lines.ts"
import { count, listed } from "./numbers.ts"
import type { View } from "./run.ts"
import type { Theme } from "./theme.ts"
import { drawVerdicts, verdictWords } from "./verdict.ts"

/** Findings that are the same but for their figures, shown as first met, with the formats they occur in. */
export function inAll(findings: readonly Finding[], results: readonly LossResult[]): Finding[] {
  const found = new Map<string, { finding: Finding; formats: string[] }>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.level, finding.blocks, finding.parameters])
    const format = results.find((r) => r.findings.includes(finding))?.options.dtype ?? ""
    const known = found.get(key)
    if (known) known.formats.push(format)
    else found.set(key, { finding, formats: [format] })
  }
  return [...found.values()].map(({ finding, formats }) =>
    formats.length === results.length || formats.includes("")
      ? finding
      : { ...finding, evidence: [...finding.evidence, { label: "format", text: `in ${listed(formats)}` }] },
  )
}

export function inFormats(
  results: readonly LossResult[],
  onsets: readonly (readonly Onset[])[],
  { theme, quiet }: View,
): string[] {
  const [first] = results as [LossResult, ...LossResult[]]
  const findings = inAll(
    results.flatMap((r) => r.findings),
    results,
  )
  const byVerdict = new Map<string, { result: LossResult; formats: string[] }>()
  for (const result of results) {
    const known = byVerdict.get(result.verdict)
    if (known) known.formats.push(result.options.dtype)
    else byVerdict.set(result.verdict, { result, formats: [result.options.dtype] })
  }
  const groups = [...byVerdict.values()]
  const parts = groups.map(
    ({ result, formats }, k) => `${k > 0 ? `${verdictWords[result.verdict].name} ` : ""}in ${listed(formats)}`,
  )
  const verdict = drawVerdicts([{ verdict: first.verdict, text: parts.join(" · ") }], theme)
  if (quiet) return [...findings.flatMap((f) => findingHeadline(f, theme)), ...verdict]
  const settings = dotted([...rangesText(first.inputs), ...settingsText(first, false)], theme)
  return joined([
    ...findings.map((f) => drawFinding(f, theme)),
    table(results),
    [
      ...onsetLines(results, onsets, theme),
      ...labelled("model", MODEL, Math.max(...results.map((r) => r.options.dtype.length)), theme, "evidence", true),
    ],
    [...verdict, ...settings],
  ])
}

/** Said wherever formats are compared: what the figures are of. */
export const MODEL =
  "of the hardware: every step is exact, then rounded once; a kernel that keeps more digits inside may hold out longer (gradcheck explain formats)"

/** For each format: from which input on its gradient is lost. */
export const onsetTexts = (
  results: readonly LossResult[],
  onsets: readonly (readonly Onset[])[],
): (readonly [dtype: string, text: string])[] =>
  results.flatMap(({ options }, k) => {
    const groups = new Map<string, string[]>()
    for (const onset of onsets[k] ?? []) {
      const what = onset.becomes === "0" ? "gradient 0" : "gradient NaN or infinite"
      groups.set(what, [...(groups.get(what) ?? []), placeOf(onset)])
    }
    const text = [...groups].map(([what, places]) => `${what} ${listed(places)}`).join("; ")
    return text === "" ? [] : [[options.dtype, text] as const]
  })

function onsetLines(results: readonly LossResult[], onsets: readonly (readonly Onset[])[], theme: Theme): string[] {
  const room = Math.max(...results.map((r) => r.options.dtype.length))
  return onsetTexts(results, onsets).flatMap(([dtype, text]) => labelled(dtype, text, room, theme))
}

/** "from z = 9.1 on", where all that lies further is lost as well; else where it was first seen. */
function placeOf({ parameter, first, from, upTo }: Onset): string {
  const at = (x: number): string => `${parameter} = ${Number(x.toPrecision(2))}`
  const on = first < 0 ? "down" : "on"
  if (from !== undefined && from === first) return `from ${at(from)} ${on}`
  if (upTo !== undefined) return `up to ${at(upTo)}`
  return from === undefined ? `at ${at(first)} first` : `at ${at(first)} first, everywhere from ${at(from)} ${on}`
}

/** Cases in each state, a row for each format and parameter. */
export function stateRows(results: readonly LossResult[]): string[][] {
  const rows = results.flatMap((result) =>
    Object.entries(result.parameters).map(([name, p]) => ({ dtype: result.options.dtype, name, ...p })),
  )
  const states = stateNames.filter((s) => s === "live" || rows.some(({ counts }) => counts[s] > 0))
  const many = rows.some((r) => r.name !== rows[0]!.name)
  const proved = rows.some(({ certified }) => certified.live + certified.dead > 0)
  const head = ["", ...(many ? [""] : []), ...states, ...(proved ? ["proved live", "proved dead"] : [])]
  const body = rows.map(({ dtype, name, counts, certified }) => [
    dtype,
    ...(many ? [name] : []),
    ...states.map((s) => count(counts[s])),
    ...(proved ? [atLeast(certified.live), atLeast(certified.dead)] : []),
  ])
  return [head, ...body]
}

/** Words stand to the left: the format, and the parameter where there are several. */
function table(results: readonly LossResult[]): string[] {
  const rows = stateRows(results)
  const many = rows[0]?.[1] === ""
  return columns(rows, 3, many ? [0, 1] : [0]).map((l) => `  ${l}`)
}
