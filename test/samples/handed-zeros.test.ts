// torch hands zeros back through a step, and 0/0 further down is NaN; TensorFlow and JAX stop at the step.
import { expect, it } from "vitest"
import { checkLoss } from "../../src/check.ts"
import type { Framework } from "../../src/ops/record.ts"

const rulesOf = (framework: Framework): string[] =>
  checkLoss("2**round(log2(abs(x)))", { inputs: { x: "normal(0, 1)" }, framework }).findings.map((f) => f.rule)

// Why: a dead parameter is not harmless where its zeros meet an infinite slope: the batch becomes NaN.
it("a NaN below a step is told for torch, and for torch only", () => {
  expect(rulesOf("torch")).toContain("nan-gradient")
  expect(rulesOf("tf")).not.toContain("nan-gradient")
  expect(rulesOf("jax")).not.toContain("nan-gradient")
})
