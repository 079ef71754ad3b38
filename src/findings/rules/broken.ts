// Values and gradients that are not finite: three rules over the same faults.
import { brokenFinding, faultsOf } from "../broken.ts"
import type { RuleName } from "../finding.ts"
import type { Rule } from "../rule.ts"

const find =
  (rule: RuleName): Rule["find"] =>
  (view) =>
    faultsOf(view)
      .filter((f) => f.rule === rule)
      .map((f) => brokenFinding(view, f))

export const nanGradient: Rule = {
  page: {
    rule: "nan-gradient",
    summary: "the value is finite, the gradient is NaN",
    finds:
      "A point of the range at which the value is a number and the gradient is not: 0 times infinity on the way back, most often in the side of a where that was not picked. An error at drawn points, a warning at special ones (ends of ranges, equal inputs, zeros).",
    matters: "One NaN entry makes every parameter of the batch NaN at the next step.",
    bad: [
      { expression: "where(p > 0, p*log(p), 0)" },
      {
        expression: "sqrt(sum((a - b)^2))",
        options: { inputs: { a: "normal(0, 1) [4]", b: "normal(0, 1) [4]" }, wrt: ["a"], role: "loss" },
      },
    ],
    good: [
      { expression: "where(p > 0, p*log(where(p > 0, p, 1)), 0)" },
      {
        expression: "sqrt(sum((a - b)^2) + 1e-12)",
        options: { inputs: { a: "normal(0, 1) [4]", b: "normal(0, 1) [4]" }, wrt: ["a"], role: "loss" },
      },
    ],
    fine: "When the point cannot be reached; say so with a narrower range (--in) or a condition (--given).",
    kin: ["infinite-slope", "non-finite-loss"],
  },
  find: find("nan-gradient"),
}

export const infiniteSlope: Rule = {
  page: {
    rule: "infinite-slope",
    summary: "the slope is infinite at a reachable point",
    finds:
      "A square root, a fractional power, a norm or an inverse sine at the end of its range: the value is finite and the slope is not.",
    matters: "One step of infinite size; the parameter is infinite or NaN afterwards.",
    bad: [{ expression: "sqrt(p)", options: { inputs: { p: "0..1" } } }],
    good: [{ expression: "sqrt(p + 1e-6)", options: { inputs: { p: "0..1" } } }],
    fine: "When the point cannot be reached; say so with a narrower range (--in) or a condition (--given).",
    kin: ["nan-gradient"],
  },
  find: find("infinite-slope"),
}

export const nonFiniteLoss: Rule = {
  page: {
    rule: "non-finite-loss",
    summary: "the value itself overflows or is undefined",
    finds:
      "A point of the range at which the value is NaN or infinite: a logarithm of 0, a division by 0, an exponential that overflows. An error at drawn points, a warning at special ones.",
    matters: "The loss prints as NaN or inf, and the gradients with it.",
    bad: [
      { expression: "-log(p)", options: { inputs: { p: "0..1" } } },
      { expression: "log(x)", options: { inputs: { x: "-1..1" }, role: "activation" } },
    ],
    good: [{ expression: "-log(p + 1e-7)", options: { inputs: { p: "0..1" } } }],
    fine: "When the point cannot be reached; say so with a narrower range (--in) or a condition (--given).",
    kin: ["nan-gradient", "infinite-slope"],
  },
  find: find("non-finite-loss"),
}
