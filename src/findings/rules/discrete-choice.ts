// An index, an order or a one-hot choice on every path to a parameter.
import { deadFinding, deadGroups } from "../dead.ts"
import type { Rule } from "../rule.ts"

export const discreteChoice: Rule = {
  page: {
    rule: "discrete-choice",
    summary: "argmax, sort order, top-k index or one-hot lies on every path to a parameter",
    finds:
      "A choice of a position (argmax, argsort, the index of a maximum) on every path from a parameter to the loss. The position stays the same while the scores move a little, so the slope is 0.",
    matters: "Hard attention, hard routing and ranks look like layers, and stop every gradient behind them.",
    bad: [
      { expression: "(argmax(z) - y)^2", options: { inputs: { z: "normal(0, 1) [5]", y: "0..4 int" } } },
      {
        expression: "one_hot(argmax(k @ q), 8) @ v",
        options: {
          inputs: { q: "normal(0, 1) [4]", k: "normal(0, 1) [8, 4]", v: "normal(0, 1) [8]" },
          wrt: ["q"],
          role: "activation",
        },
        note: "hard attention",
      },
    ],
    good: [
      {
        expression: "softmax(k @ q) @ v",
        options: {
          inputs: { q: "normal(0, 1) [4]", k: "normal(0, 1) [8, 4]", v: "normal(0, 1) [8]" },
          wrt: ["q"],
          role: "activation",
        },
        note: "soft attention",
      },
    ],
    fine: "When the position only picks which entry is read: the entry itself carries a gradient. For metrics, say --role metric.",
    kin: ["step-function", "counting-metric"],
  },
  find: (view) =>
    deadGroups(view)
      .filter((g) => g.rule === "discrete-choice")
      .map((g) => deadFinding(view, g)),
}
