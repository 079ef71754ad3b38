// A stop-gradient on every path to a parameter.
import { deadFinding, deadGroups } from "../dead.ts"
import type { Rule } from "../rule.ts"

export const detached: Rule = {
  page: {
    rule: "detached",
    summary: "detach, stop_gradient, .item() or a fresh tensor lies on every path to a parameter",
    finds:
      "Every path from a parameter to the loss runs through detach, stop_gradient, .item(), .numpy(), .data, a fresh tensor made from old numbers, or, in Python files, float(), math or NumPy.",
    matters:
      "torch raises no error when the rest of the loss has a gradient; setting requires_grad on the result only silences the message.",
    bad: [{ expression: "(y - detach(p))^2" }, { expression: "mean((y - torch.tensor(p))^2)" }],
    good: [
      { expression: "(y - p)^2" },
      { expression: "(detach(y) - p)^2", note: "stop the target, not the prediction" },
    ],
    fine: "For targets, for weights that are computed from the prediction, in a straight-through estimator, and for a teacher beside a prediction that is trained: then it is a note.",
    kin: ["disconnected-parameter"],
  },
  find: (view) =>
    deadGroups(view)
      .filter((g) => g.rule === "detached")
      .map((g) => deadFinding(view, g)),
}
