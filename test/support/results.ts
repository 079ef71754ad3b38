// Results made by hand, so that reports are tested apart from what finds them.
import type { Finding } from "../../src/findings/finding.ts"
import type { LossResult, ParameterResult } from "../../src/findings/result.ts"
import type { View } from "../../src/report/run.ts"
import { themeOf } from "../../src/report/theme.ts"
import type { Source, Span } from "../../src/source/text.ts"

export const sourceOf = (text: string, name = ""): Source => ({ name, text })

/** The n-th place where `piece` stands in the source. */
export function spanOf(source: Source, piece: string, n = 0, via?: Span): Span {
  let start = source.text.indexOf(piece)
  for (let k = 0; k < n; k++) start = source.text.indexOf(piece, start + 1)
  if (start < 0) throw new Error(`${piece} does not stand in ${source.text}`)
  return { source, start, end: start + piece.length, ...(via ? { via } : {}) }
}

export const parameter = (more: Partial<ParameterResult> = {}): ParameterResult => ({
  verdict: "alive",
  proved: false,
  counts: { live: 1000, resting: 0, stuck: 0, flat: 0, broken: 0 },
  zero: { elements: 0, points: 0 },
  certified: { live: 0, dead: 0, undecided: 1, finite: 0 },
  cases: "element",
  ...more,
})

export const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: "step-function",
  level: "error",
  headline: "no gradient reaches p",
  parameters: ["p"],
  marks: [],
  evidence: [],
  help: [],
  notes: [],
  proof: "seen",
  blocks: "round(p)",
  ...more,
})

export function result(text: string, more: Partial<LossResult> = {}): LossResult {
  return {
    name: text,
    source: sourceOf(text),
    role: "loss",
    roleAssumed: true,
    verdict: "alive",
    parameters: { p: parameter() },
    findings: [],
    inputs: [
      { name: "y", range: "{0, 1}", shape: [], why: "its name", shapeAssumed: true },
      { name: "p", range: "0..1", shape: [], why: "its name", shapeAssumed: true },
    ],
    finiteValue: 1,
    special: [],
    options: { samples: 1000, seed: 0, dtype: "float32", framework: "torch", batch: 8 },
    seconds: 0,
    ...more,
  }
}

export const view = (more: { width?: number; ascii?: boolean; quiet?: boolean; verbose?: boolean } = {}): View => ({
  theme: themeOf(more.width ?? 100, more.ascii ?? false),
  quiet: more.quiet ?? false,
  verbose: more.verbose ?? false,
})
