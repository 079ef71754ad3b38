// One summand of a living loss that changes its value and carries no gradient.

import { reachOf } from "../../gradient/differentiate.ts"
import type { Node } from "../../graph/node.ts"
import { firstCuts } from "../../samples/blame.ts"
import { termsOf } from "../../samples/terms.ts"
import type { Finding } from "../finding.ts"
import { marksOf, textOf } from "../places.ts"
import type { Rule } from "../rule.ts"
import { isOnPurpose } from "../view.ts"
import { whyCut } from "../words.ts"

/** A term that makes up less of the value than this is not worth a warning. */
const WORTH_TELLING = 0.01

export const deadTerm: Rule = {
  page: {
    rule: "dead-term",
    summary: "one summand changes the loss but carries no gradient",
    finds:
      "A sum of terms of which one depends on the parameter only through a step or a stop: it moves the printed loss and never the parameter.",
    matters: "Its weight gets tuned, its curve gets watched, and it does nothing. The other terms hide that.",
    bad: [
      { expression: "(y - p)^2 + 0.5*abs(y - round(p))" },
      { expression: "mean((y - p)^2) + 0.1*mean((p > 0.5) != y)" },
    ],
    good: [{ expression: "(y - p)^2 + 0.5*abs(y - p)" }],
    fine: "When the term is there to be read, not to be trained on. Better report it apart.",
    kin: ["step-function", "counting-metric"],
  },
  find: (view) =>
    view.evidence.parameters.flatMap((p): Finding[] => {
      if (p.reach !== "reached" || view.evidence.question.role === "activation") return []
      const { traced, targets } = view.evidence.question
      const { root, graph } = traced
      // What a stop keeps from one input trains the others, whether or not they are asked for: a codebook, another branch.
      const trains = (term: Node): boolean => {
        const meant = firstCuts(view.evidence, p, term).every(isOnPurpose)
        const others = meant ? traced.inputs.filter((i) => !targets.includes(i.name)) : view.evidence.parameters
        return others.some((other) => reachOf(term, other.node, graph.framework) === "reached")
      }
      return (
        termsOf(view.evidence, p, (reach) => reach !== "reached")
          .filter((t) => t.reach !== "reached" && t.varies && t.share >= WORTH_TELLING && t.node !== root)
          // A term that trains another parameter is no dead one.
          .filter((t) => !trains(t.node))
          .map((term) => {
            const own = firstCuts(view.evidence, p, term.node).filter((c) => c !== term.node)
            const share = term.share > 0.99 ? "over 99%" : `${Math.max(1, Math.round(100 * term.share))}%`
            return {
              rule: "dead-term",
              level: "warning",
              headline: "one term changes the loss but not the gradient",
              parameters: [p.name],
              marks: [
                ...marksOf(term.node, `${share} of the loss value, none of the gradient`),
                ...own.slice(0, 1).flatMap((c) => marksOf(c, `stops it: ${whyCut(c)}`)),
              ],
              evidence: [
                { label: "proved", text: `no way leads from ${p.name} through this term that carries a gradient` },
                { label: "effect", text: `its weight can be set to anything; ${p.name} moves exactly the same way` },
              ],
              help: [],
              notes: [],
              proof: "proved",
              blocks: textOf(term.node),
            }
          })
      )
    }),
}
