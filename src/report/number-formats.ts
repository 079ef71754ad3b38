// One loss in several number formats: its findings once, and what becomes of its gradient in each format.
import type { Finding } from "../findings/finding.ts"
import type { LossResult } from "../findings/result.ts"
import { stateNames } from "../samples/evidence.ts"
import { rangesText, settingsText } from "./assumed.ts"
import { drawFinding, findingHeadline, joined } from "./finding.ts"
import { columns, dotted } from "./lines.ts"
import { count, listed } from "./numbers.ts"
import type { View } from "./run.ts"
import { drawVerdicts, verdictWords } from "./verdict.ts"

/** Findings that are the same but for their figures, shown as first met, with the formats they occur in. */
function merged(results: readonly LossResult[]): Finding[] {
  const found = new Map<string, { finding: Finding; formats: string[] }>()
  for (const { findings, options } of results) {
    for (const finding of findings) {
      const key = JSON.stringify([finding.rule, finding.level, finding.blocks, finding.parameters])
      const known = found.get(key)
      if (known) known.formats.push(options.dtype)
      else found.set(key, { finding, formats: [options.dtype] })
    }
  }
  return [...found.values()].map(({ finding, formats }) =>
    formats.length === results.length
      ? finding
      : { ...finding, evidence: [...finding.evidence, { label: "format", text: `in ${listed(formats)}` }] },
  )
}

export function inFormats(results: readonly LossResult[], { theme, quiet }: View): string[] {
  const [first] = results as [LossResult, ...LossResult[]]
  const findings = merged(results)
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
    table(results).map((l) => `  ${l}`),
    [...verdict, ...settings],
  ])
}

/** Cases in each state, a row for each format and parameter. */
function table(results: readonly LossResult[]): string[] {
  const rows = results.flatMap((result) =>
    Object.entries(result.parameters).map(([name, p]) => ({ dtype: result.options.dtype, name, counts: p.counts })),
  )
  const states = stateNames.filter((s) => s === "live" || rows.some(({ counts }) => counts[s] > 0))
  const many = rows.some((r) => r.name !== rows[0]!.name)
  const head = ["", ...(many ? [""] : []), ...states]
  const body = rows.map(({ dtype, name, counts }) => [
    dtype,
    ...(many ? [name] : []),
    ...states.map((s) => count(counts[s])),
  ])
  return columns([head, ...body], 3, many ? [0, 1] : [0])
}
