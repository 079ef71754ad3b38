// Regions where the loss is not finished and no gradient flows.
import { STUCK } from "../../samples/states.ts"
import { deadFinding, deadGroups } from "../dead.ts"
import type { Finding, FindingMark } from "../finding.ts"
import { marksOfBlocker, textOf } from "../places.ts"
import { gathersAtTheWorst } from "../profile.ts"
import type { Rule } from "../rule.ts"
import { inShare, provedLine, stateLine } from "../shares.ts"
import { surrogatesFor } from "../surrogates.ts"
import { whyBlocked } from "../words.ts"

/** Fewer stuck cases than this share are not worth a warning. */
const WORTH_TELLING = 0.01

export const flatSide: Rule = {
  page: {
    rule: "flat-side",
    summary: "the loss is not finished, and yet no gradient flows, in a part of the range",
    finds:
      "A part of the range in which the loss could still be lowered and the gradient is 0: behind a clip, a cap, a hinge that faces the wrong way.",
    matters: "What starts there stays there. If all of the range is like that, it is an error: nothing trains.",
    bad: [
      { expression: "-(y*log(clip(p, 0.1, 0.9)) + (1-y)*log(1 - clip(p, 0.1, 0.9)))" },
      { expression: "(y - clip(p, 0.2, 0.8))^2" },
    ],
    good: [
      { expression: "softplus(z) - y*z", note: "from the logit, where no guard is needed" },
      { expression: "(y - p)^2" },
    ],
    fine: "When the flat part is where the loss is at its floor, which gradcheck calls resting and does not count.",
    kin: ["dead-where-wrong", "saturation"],
  },
  find: (view) => {
    const dead = deadGroups(view)
      .filter((g) => g.rule === "flat-side")
      .map((g) => deadFinding(view, g))
    const { role } = view.evidence.question
    const partly =
      role === "activation"
        ? []
        : view.evidence.parameters.flatMap((p): Finding[] => {
            const cases = p.states.length
            const { verdict } = view.verdictOf(p)
            if (
              verdict === "dead" ||
              verdict === "disconnected" ||
              p.counts.stuck / cases < WORTH_TELLING ||
              gathersAtTheWorst(view, p)
            )
              return []
            const blockers = view.blockersOf(p)
            const marks: FindingMark[] = blockers.flatMap((b) => marksOfBlocker(b, whyBlocked(b), "here too"))
            const wrong = p.errors.filter((e, k) => p.states[k] === STUCK && Number.isFinite(e))
            const least = wrong.reduce((a, b) => Math.min(a, b), Infinity)
            return [
              {
                rule: "flat-side",
                level: role === "metric" ? "note" : "warning",
                headline: `at ${inShare(p.counts.stuck, cases, p)} the ${role} is not finished and ${p.name} gets no gradient`,
                parameters: [p.name],
                marks,
                evidence: [
                  {
                    label: p.kind === "element" && p.node.shape.length > 0 ? "elements" : "points",
                    text: stateLine(p.counts),
                  },
                  ...(p.counts.resting > 0
                    ? [{ label: "", text: `resting: the ${role} is at its floor for this target, as it should be` }]
                    : []),
                  {
                    label: "",
                    text:
                      p.errorKind === "distance" && least > 0
                        ? `stuck:   ${p.name} is wrong by ${Number(least.toPrecision(2))} or more, and stays so`
                        : `stuck:   another ${p.name} would lower the ${role}, and no gradient leads there`,
                  },
                  ...provedLine(view.certificateOf(p), p.name),
                ],
                help: blockers[0] ? surrogatesFor(view, blockers[0].node) : [],
                notes: [],
                proof: "seen",
                blocks: blockers[0] ? textOf(blockers[0].node) : "",
              },
            ]
          })
    return [...dead, ...partly]
  },
}
