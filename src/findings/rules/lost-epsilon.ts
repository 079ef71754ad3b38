// A guard constant that rounds away in the number format checked.

import { dependents } from "../../gradient/differentiate.ts"
import { rounding } from "../../gradient/formats.ts"
import { dataOf, isConstant, type Node } from "../../graph/node.ts"
import type { NumberFormat } from "../../ops/record.ts"
import type { Finding } from "../finding.ts"
import { marksOf, textOf } from "../places.ts"
import type { Rule } from "../rule.ts"

/** Small numbers that each format tells from 0, and whose distance from 1 it can say: a few units of its rounding near 1. */
const GUARDS: Readonly<Record<NumberFormat, number>> = { float64: 1e-15, float32: 1e-6, bfloat16: 0.01, float16: 0.001 }

/** The value that a guard turns into, when it turns into the very number that it guards against. */
function lostTo(x: number, round: (x: number) => number): 0 | 1 | undefined {
  const rounded = round(x)
  return rounded === 0 && x !== 0 ? 0 : rounded === 1 && x !== 1 ? 1 : undefined
}

export const lostEpsilon: Rule = {
  page: {
    rule: "lost-epsilon",
    summary: "a guard constant rounds away in the number format checked",
    finds:
      "A small constant that keeps a logarithm, a root or a division from 0, and is itself 0 in the number format; or 1 minus such a constant, which is 1.",
    matters:
      "The guard is not there. In float16 numbers below 3e-8 are 0, and 1 - 1e-4 is the largest number below 1 that bfloat16 has no way to say.",
    bad: [
      { expression: "log(p + 1e-8)", options: { inputs: { p: "0..1" }, dtype: "float16" } },
      { expression: "-log(clip(p, 1e-7, 1 - 1e-7))", options: { inputs: { p: "0..1" }, dtype: "bfloat16" } },
    ],
    good: [
      { expression: "log(p + 1e-4)", options: { inputs: { p: "0..1" }, dtype: "float16" } },
      { expression: "log(p + 1e-8)", options: { inputs: { p: "0..1" }, dtype: "float32" } },
    ],
    fine: "When the loss is computed in float32 although the model is not.",
    kin: ["nan-gradient", "non-finite-loss"],
  },
  find: (view) => {
    const { format, traced } = view.evidence.question
    const round = rounding[format]
    if (!round) return []
    const found = new Map<Node, { constant: number; becomes: 0 | 1 }>()
    for (const node of dependents(traced.root, new Set(view.evidence.parameters.map((p) => p.node)))) {
      for (const input of node.inputs) {
        if (!isConstant(input) || node.spans.length === 0) continue
        for (const x of dataOf(input)) {
          const becomes = lostTo(x, round)
          if (becomes !== undefined) found.set(node, { constant: x, becomes })
        }
      }
    }
    return [...found].map(
      ([node, { constant, becomes }]): Finding => ({
        rule: "lost-epsilon",
        level: "warning",
        headline: `${becomes === 0 ? constant : `1 - ${Number((1 - constant).toPrecision(3))}`} is ${becomes} in ${format}: the guard is not there`,
        parameters: [],
        marks: marksOf(node, `guards with a number that ${format} does not have`),
        evidence: [{ label: "proved", text: `${format} rounds it to ${becomes}` }],
        help: [
          {
            text: `a guard that ${format} has`,
            write: becomes === 0 ? String(GUARDS[format]) : `1 - ${GUARDS[format]}`,
          },
        ],
        notes: [],
        proof: "proved",
        blocks: textOf(node),
      }),
    )
  },
}
