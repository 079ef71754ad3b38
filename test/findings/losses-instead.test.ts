// Ways out that replace or extend the whole loss are offered where they were tried and help, and nowhere else.
import { expect, it } from "vitest"
import { type CheckOptions, checkLoss } from "../../src/check.ts"

const offered = (text: string, inputs: Record<string, string>, options: CheckOptions = {}): (string | undefined)[] =>
  checkLoss(text, { inputs, dtype: "float32", ...options }).findings.flatMap((f) => f.help.map((h) => h.write))

it("a squared error of a sigmoid: the loss of the logit, for numbers and for vectors, without steps that it does not need", () => {
  expect(offered("(y - sigmoid(z))^2", { y: "{0, 1}", z: "-20..20" })).toContain("softplus(z) - y*z")
  expect(offered("mean((y - sigmoid(2*z))^2)", { y: "{0, 1} [8]", z: "-20..20 [8]" })).toContain(
    "mean(softplus(2*z) - y*(2*z))",
  )
  expect(offered("d = y - sigmoid(z); d*d", { y: "{0, 1}", z: "-20..20" })).toContain("softplus(z) - y*z")
})

it("an error that is capped: a term that pulls from far away", () => {
  const far = { y: "-3..3", p: "-3..3" }
  expect(offered("min(abs(y-p), 1)", far)).toContain("min(abs(y - p), 1) + 0.1*abs(y - p)")
  expect(offered("1 - max(0, 1 - abs(y-p))", far)).toContain("1 - max(0, 1 - abs(y - p)) + 0.1*abs(y - p)")
})

it("neither where nothing is compared with a target, nor where it would not help", () => {
  expect(offered("sigmoid(z)^2", { z: "-20..20" }, { role: "loss" }).join()).not.toMatch(/softplus/)
  expect(offered("max(min(abs(y-p), 1), 0) * round(p - p)", { y: "-3..3", p: "-3..3" }).join()).not.toMatch(/0\.1/)
})
