// The summands of a loss: a warning about one must not accuse a weight of what it weighs.
import { describe, expect, it } from "vitest"
import { checkLoss } from "../../src/check.ts"

const rulesOf = (text: string, wrt?: string[]): string[] =>
  checkLoss(text, { role: "loss", ...(wrt ? { wrt } : {}) }).findings.map((f) => f.rule)

// Why: the factor that a detached value is multiplied with is trained by it; actor and critic are written like this.
describe("a detached factor of a term that trains another parameter", () => {
  it.each([
    ["sum(a*stop_gradient(b)) + sum((r-b)^2)", ["a", "b"]],
    ["-mean(logp*stop_gradient(ret - value)) + 0.5*mean((ret - value)^2)", ["logp", "value"]],
  ])("%s", (text, wrt) => {
    expect(rulesOf(text, wrt)).not.toContain("dead-term")
  })
})

describe("a term that trains nothing", () => {
  it.each(["(y - p)^2 + 0.5*abs(y - round(p))", "mean((y - p)^2) + 0.1*mean((p > 0.5) != y)"])("%s", (text) => {
    expect(rulesOf(text)).toContain("dead-term")
  })
})
