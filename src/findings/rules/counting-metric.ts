// The shape of accuracy, F1, precision, recall, IoU or dice: comparisons that are counted.
import { deadFinding, deadGroups } from "../dead.ts"
import type { Rule } from "../rule.ts"

export const countingMetric: Rule = {
  page: {
    rule: "counting-metric",
    summary: "a count of comparisons (accuracy, F1, precision, recall, IoU, dice) is used as a loss",
    finds:
      "A value made of counts: comparisons of the prediction with a threshold or a label, added up. A count changes only when a prediction crosses its threshold; between two crossings it is flat.",
    matters: "These are what one wants to improve, so they get trained on. Nothing moves.",
    bad: [
      { expression: "1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))", note: "F1" },
      { expression: "1 - mean((p > 0.5) == y)", note: "accuracy" },
      { expression: "1 - sum(y*(p > 0.5)) / sum(max(y, p > 0.5))", note: "IoU" },
    ],
    good: [
      { expression: "1 - 2*sum(y*p) / (sum(y) + sum(p))", note: "soft F1" },
      { expression: "-mean(y*log(p) + (1 - y)*log(1 - p))", note: "cross-entropy" },
      { expression: "1 - sum(y*p) / sum(y + p - y*p)", note: "soft IoU" },
    ],
    fine: "As a metric: say --role metric, or write it under `metrics:` in a definition file.",
    kin: ["step-function", "discrete-choice"],
  },
  find: (view) =>
    deadGroups(view)
      .filter((g) => g.rule === "counting-metric")
      .map((g) => deadFinding(view, g)),
}
