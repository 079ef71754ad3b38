// A gradient that fades as the error grows.

import { fadingNode } from "../../samples/fading.ts"
import { fades } from "../../samples/verdict.ts"
import { lossOfInput } from "../losses-instead.ts"
import { marksOf, textOf } from "../places.ts"
import { profileTable } from "../profile.ts"
import type { Rule } from "../rule.ts"

export const saturation: Rule = {
  page: {
    rule: "saturation",
    summary: "the gradient shrinks by more than 1,000 as the error grows",
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
    const { role, traced, format } = view.evidence.question
    if (role !== "loss") return []
    const rounded = view.evidence.parameters
      .filter((p) => p.beyond?.kind === "finer" && view.verdictOf(p).verdict === "saturating")
      .map((p) => {
        const blockers = view.blockersOf(p)
        return {
          rule: "saturation" as const,
          level: "warning" as const,
          headline: `the gradient of ${p.name} is 0 in ${format}, and not in float64`,
          parameters: [p.name],
          marks: blockers.flatMap((b) => marksOf(b.node, `its slope is lost to the rounding of ${format}`, "here too")),
          evidence: [],
          help: [],
          notes: [],
          proof: "seen" as const,
          blocks: blockers[0] ? textOf(blockers[0].node) : "",
        }
      })
    const fading = view.evidence.parameters
      .filter(
        (p) =>
          ["saturating", "partial"].includes(view.verdictOf(p).verdict) && (p.beyond?.kind === "faint" || fades(p)),
      )
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
          help: lossOfInput(view, node),
          notes: [],
          proof: "seen" as const,
          blocks: textOf(node),
        }
      })
    return [...rounded, ...fading]
  },
}
