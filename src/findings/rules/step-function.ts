// A rounding, a sign or a comparison on every path to a parameter.
import { deadFinding, deadGroups } from "../dead.ts"
import type { Rule } from "../rule.ts"

export const stepFunction: Rule = {
  page: {
    rule: "step-function",
    summary: "rounding, sign or a comparison lies on every path to a parameter",
    finds:
      "A rounding, a sign or a comparison on every path from a parameter to the loss. Such a function is flat between its jumps, so its slope is 0 wherever it exists, and frameworks return exactly that.",
    matters:
      "Training runs, the loss is printed, nothing moves. No error is raised when the rest of the graph is connected.",
    bad: [
      { expression: "abs(y - round(p))" },
      { expression: "(y - (w*x + b > 0))^2", note: "the perceptron's unit step" },
      { expression: "where(x > 0.7, 1, where(x < -0.7, -1, 0))" },
    ],
    good: [
      { expression: "abs(y - p)", note: "round only when reporting" },
      {
        expression: "abs(y - (p + detach(round(p) - p)))",
        note: "straight-through: rounds forward, passes the gradient back",
      },
      {
        expression: "abs(y - sigmoid((p - 0.5) / 0.1))",
        note: "a soft threshold; a smaller number is sharper, and fades sooner",
      },
    ],
    fine: "As a metric (--role metric), as a mask that does not depend on the parameter, as the condition of where.",
    kin: ["discrete-choice", "counting-metric", "dead-term"],
  },
  find: (view) =>
    deadGroups(view)
      .filter((g) => g.rule === "step-function")
      .map((g) => deadFinding(view, g)),
}
