// A gradient that fades as the error grows.

import { fadingNode } from "../../samples/fading.ts"
import { fades } from "../../samples/verdict.ts"
import { marksOf, textOf } from "../places.ts"
import { profileTable } from "../profile.ts"
import type { Rule } from "../rule.ts"

export const saturation: Rule = {
  page: {
    rule: "saturation",
    level: "warning",
    summary: "the gradient shrinks by more than 10,000 as the error grows",
    finds:
      "A loss whose gradient is smallest where the error is largest: a squared error of a sigmoid, a bounded loss of something unbounded.",
    matters: "What is confidently wrong hardly moves, and in a coarse number format not at all.",
    bad: [{ expression: "(y - sigmoid(z))^2", options: { inputs: { z: "-20..20" } } }],
    good: [
      {
        expression: "softplus(z) - y*z",
        options: { inputs: { z: "-20..20" } },
        note: "the gradient is sigmoid(z) - y, near 1 when wrong",
      },
    ],
    fine: "For losses that are meant to forget outliers.",
    kin: ["dead-where-wrong"],
  },
  find: (view) => {
    const { role, traced } = view.evidence.question
    if (role !== "loss") return []
    return view.evidence.parameters
      .filter((p) => ["saturating", "partial"].includes(view.verdictOf(p).verdict) && fades(p))
      .map((p) => {
        const table = profileTable(view, p)
        const node = fadingNode(view.evidence, p) ?? traced.root
        return {
          rule: "saturation" as const,
          level: "warning" as const,
          headline: `${p.name} learns almost nothing where it is most wrong`,
          parameters: [p.name],
          marks: marksOf(node, "its slope fades as the error grows"),
          evidence: [],
          ...(table ? { table } : {}),
          help: [],
          notes: [],
          proof: "seen" as const,
          blocks: textOf(node),
        }
      })
  },
}
