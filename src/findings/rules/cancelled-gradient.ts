// Contributions that are not zero but whose sum is.
import { deadFinding, deadGroups, listNames } from "../dead.ts"
import type { Finding } from "../finding.ts"
import { marksOf, textOf } from "../places.ts"
import type { Rule } from "../rule.ts"

export const cancelledGradient: Rule = {
  page: {
    rule: "cancelled-gradient",
    summary: "contributions to the gradient are not zero but their sum is",
    finds:
      "A value that does not change with the parameter although every piece of it does: a difference of equal things, a sum of softmax, a shift before a normalisation. What the frameworks hand back is rounding noise around 1e-17, not zero.",
    matters:
      "The gradient looks alive in a debugger, and an optimizer that divides by its size (Adam) takes full steps in the direction of the noise.",
    bad: [
      { expression: "sum(softmax(z))", options: { inputs: { z: "normal(0, 1) [5]" }, role: "loss" } },
      {
        expression: "h = x + b; mean((h - mean(h))*w)",
        options: {
          inputs: { x: "normal(0, 1) [8]", b: "normal(0, 1)", w: "normal(0, 1) [8]" },
          wrt: ["b"],
          role: "loss",
        },
      },
    ],
    good: [
      {
        expression: "sum(softmax(z)*r)",
        options: { inputs: { z: "normal(0, 1) [5]", r: "normal(0, 1) [5]" }, wrt: ["z"], role: "loss" },
      },
    ],
    fine: "For a bias before a normalisation layer that has one of its own: drop it.",
    kin: ["disconnected-parameter", "flat-side"],
  },
  find: (view) =>
    deadGroups(view)
      .filter((g) => g.rule === "cancelled-gradient")
      .map((g): Finding => {
        const { root } = view.evidence.question.traced
        const names = g.parameters.map((p) => p.name)
        const sizes = g.parameters[0]!.gradient!.map(Math.abs)
        const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
        const base = deadFinding(view, { ...g, blockers: [] })
        return {
          ...base,
          marks: marksOf(root, "does not change with it, though its parts do"),
          blocks: textOf(root),
          evidence: [
            ...(base.proof === "proved"
              ? [{ label: "proved", text: `the gradient is 0 for every ${listNames(names)}` }]
              : []),
            {
              label: "seen",
              text: `the contributions to the gradient of ${listNames(names)} cancel${
                largest === 0
                  ? " exactly, at every drawn point"
                  : `: what is left is at most ${largest.toExponential(1)}, and grows with the coarseness of the number format, as rounding noise does`
              }`,
            },
          ],
        }
      }),
}
