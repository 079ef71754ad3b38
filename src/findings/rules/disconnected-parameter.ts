// A parameter that does not occur in what reaches the loss.
import { deadFinding, deadGroups, listNames } from "../dead.ts"
import type { Finding } from "../finding.ts"
import { marksOf } from "../places.ts"
import type { Rule } from "../rule.ts"

export const disconnectedParameter: Rule = {
  page: {
    rule: "disconnected-parameter",
    summary: "a parameter does not occur in what reaches the loss",
    finds:
      "A parameter that the value does not depend on: it is not written there, or only in a part whose result is not used.",
    matters: "torch leaves its .grad at None and the optimizer skips it; TensorFlow warns; JAX hands back zeros.",
    bad: [{ expression: "d = y - p; y^2", options: { wrt: ["p"] } }],
    good: [{ expression: "d = y - p; d^2", options: { wrt: ["p"] } }],
    fine: "Never for a parameter that is to be trained. Name the ones that are: --wrt.",
    kin: ["detached"],
  },
  find: (view) =>
    deadGroups(view)
      .filter((g) => g.rule === "disconnected-parameter")
      .map((g): Finding => {
        const names = g.parameters.map((p) => p.name)
        const { root } = view.evidence.question.traced
        return {
          ...deadFinding(view, { ...g, blockers: [] }),
          headline: `${listNames(names)} ${names.length > 1 ? "do" : "does"} not occur in what the value is made of`,
          marks: marksOf(root, `made without ${listNames(names)}`),
        }
      }),
}
