// Stuck cases that gather where the error is largest.
import { termFromAfar } from "../losses-instead.ts"
import { marksOfBlocker, textOf } from "../places.ts"
import { gathersAtTheWorst, profileTable } from "../profile.ts"
import type { Rule } from "../rule.ts"
import { provedLine } from "../shares.ts"
import { surrogatesFor } from "../surrogates.ts"
import { whyBlocked } from "../words.ts"

export const deadWhereWrong: Rule = {
  page: {
    rule: "dead-where-wrong",
    summary: "stuck points gather where the error is largest",
    finds:
      "A loss whose gradient is 0 where the prediction is worst: a capped error, an overlap of boxes that do not touch, a correlation of what does not overlap.",
    matters: "The loss repairs small mistakes and leaves the large ones. A bad start never recovers.",
    bad: [
      { expression: "min(abs(y-p), 1)", options: { inputs: { y: "-3..3", p: "-3..3" } } },
      {
        expression: "1 - max(0, 1 - abs(y-p)) / (2 - max(0, 1 - abs(y-p)))",
        options: { inputs: { y: "0..4", p: "0..4" } },
      },
    ],
    good: [
      { expression: "abs(y-p)", options: { inputs: { y: "-3..3", p: "-3..3" } } },
      {
        expression: "log(1 + (y-p)^2)",
        options: { inputs: { y: "-3..3", p: "-3..3" } },
        note: "grows slowly instead of stopping",
      },
    ],
    fine: "When large errors are outliers that should be ignored, and training starts close to the target.",
    kin: ["flat-side", "saturation"],
  },
  find: (view) => {
    const { role } = view.evidence.question
    if (role === "activation") return []
    return view.evidence.parameters
      .filter((p) => !["dead", "disconnected"].includes(view.verdictOf(p).verdict) && gathersAtTheWorst(view, p))
      .map((p) => {
        const blockers = view.blockersOf(p)
        const table = profileTable(view, p)
        return {
          rule: "dead-where-wrong" as const,
          level: role === "metric" ? ("note" as const) : ("warning" as const),
          headline: `${p.name} gets no gradient where the error is largest`,
          parameters: [p.name],
          marks: blockers.flatMap((b) => marksOfBlocker(b, whyBlocked(b), "here too")),
          evidence: provedLine(view.certificateOf(p), p.name),
          ...(table ? { table } : {}),
          help: [...(blockers[0] ? surrogatesFor(view, blockers[0].node) : []), ...termFromAfar(view, p)],
          notes: [],
          proof: "seen" as const,
          blocks: blockers[0] ? textOf(blockers[0].node) : "",
        }
      })
  },
}
