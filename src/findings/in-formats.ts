// The same looked at in several number formats: what was found in one is not told again of the next.
import type { NumberFormat } from "../gradient/formats.ts"
import type { Finding } from "./finding.ts"
import type { Linted, LintedFile, LossResult } from "./result.ts"

const keyIn = ({ rule, blocks }: Finding, name: string): string => `${rule}|${name}|${blocks}`

const named = (finding: Finding, dtype: NumberFormat): Finding =>
  finding.headline.includes(dtype) ? finding : { ...finding, headline: `${finding.headline} (${dtype})` }

export function inFormats(
  dtypes: readonly NumberFormat[],
  look: (dtype: NumberFormat) => LossResult,
): readonly LossResult[] {
  const told = new Set<string>()
  return dtypes.map((dtype, k) => {
    const result = look(dtype)
    const findings = result.findings.filter((f) => !told.has(keyIn(f, result.name)))
    for (const f of findings) told.add(keyIn(f, result.name))
    return k === 0 ? result : { ...result, findings: findings.map((f) => named(f, dtype)) }
  })
}

/** A whole file; what could not be followed or read is the same in each format. */
export function fileInFormats(dtypes: readonly NumberFormat[], look: (dtype: NumberFormat) => LintedFile): LintedFile {
  const [first = "float32", ...more] = dtypes
  const file = look(first)
  if (more.length === 0) return file
  const others = more.map(look)
  const losses = file.losses.flatMap((loss) => {
    const same = (l: Linted): boolean => l.line === loss.line && l.result.name === loss.result.name
    const all = [loss, ...others.flatMap((o) => o.losses.find(same) ?? [])]
    let next = 0
    return inFormats(dtypes.slice(0, all.length), () => all[next++]!.result).map((result) => ({ ...loss, result }))
  })
  return { ...file, losses }
}
