// The cases that the project was founded on: what must be called dead, what must not, and what stops the gradient.
import { describe, expect, it } from "vitest"
import type { CheckOptions, LossResult } from "../src/index.ts"
import { check } from "../src/index.ts"

const attention: CheckOptions = {
  inputs: { q: "normal(0, 1) [4]", k: "normal(0, 1) [8, 4]", v: "normal(0, 1) [8]" },
  wrt: ["q"],
  role: "activation",
}
const signs: CheckOptions = { inputs: { y: "{-1, 1}", p: "-3..3" } }

const alive: [string, string, CheckOptions?][] = [
  ["sigmoid", "sigmoid(x)"],
  ["ReLU", "relu(x)"],
  ["cross-entropy", "cross_entropy(y, z)", { inputs: { y: "0..4 int [8]", z: "-10..10 [8, 5]" } }],
  ["log loss", "-mean(y*log(p) + (1 - y)*log(1 - p))"],
  ["L1", "abs(y - p)"],
  ["L2", "(y - p)^2"],
  ["hinge", "max(0, 1 - y*p)", signs],
  ["piecewise with if-else", "0.5*(y-p)^2 if abs(y-p) < 1 else abs(y-p) - 0.5", { inputs: { y: "-3..3", p: "-3..3" } }],
  ["softmax attention", "softmax(k @ q) @ v", attention],
]

const dead: [string, string, string, string, CheckOptions?][] = [
  ["unit step (perceptron)", "(y - (w*x + b > 0))^2", "step-function", "w*x + b > 0"],
  ["accuracy", "1 - mean((p > 0.5) == y)", "counting-metric", "p > 0.5"],
  ["F1", "1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))", "counting-metric", "p > 0.5"],
  ["IoU", "1 - sum(y*(p > 0.5)) / sum(max(y, p > 0.5))", "counting-metric", "p > 0.5"],
  ["hard attention", "one_hot(argmax(k @ q), 8) @ v", "discrete-choice", "argmax(k @ q)", attention],
]

const blamed = (result: LossResult): string | undefined => {
  const span = result.findings[0]?.marks[0]?.span
  return span?.source.text.slice(span.start, span.end)
}

describe("a gradient reaches the parameters, wherever there is an error", () => {
  it.each(alive)("%s", (_, expression, options) => {
    const result = check(expression, options)
    expect(result.verdict).toBe("alive")
    expect(result.findings.filter((f) => f.level === "error")).toEqual([])
    for (const p of Object.values(result.parameters)) expect(p.counts.stuck).toBe(0)
  })
})

describe("no gradient reaches the parameters, and the piece that stops it is named", () => {
  it.each(dead)("%s", (_, expression, rule, piece, options) => {
    const result = check(expression, options)
    expect(result.verdict).toBe("disconnected")
    expect(Object.values(result.parameters).every((p) => p.proved)).toBe(true)
    expect(result.findings[0]).toMatchObject({ rule, level: "error", proof: "proved" })
    expect(blamed(result)).toBe(piece)
  })
  it("a way out is offered only after it was tried", () => {
    for (const [, expression, , , options] of dead) {
      for (const help of check(expression, options).findings.flatMap((f) => f.help)) {
        if (!help.write) continue
        expect(check(help.write, options).verdict).not.toMatch(/dead|disconnected|broken/)
      }
    }
  })
})

describe("the states", () => {
  it("hinge rests beyond its margin and is never stuck", () => {
    const { counts } = check("max(0, 1 - y*p)", signs).parameters.p!
    expect(counts.resting).toBeGreaterThan(200)
    expect(counts.stuck).toBe(0)
  })
  it("a capped error is stuck where it is capped", () => {
    const result = check("min(abs(y-p), 1)", { inputs: { y: "-3..3", p: "-3..3" } })
    expect(result.verdict).toBe("partial")
    expect(result.findings.map((f) => f.rule)).toContain("dead-where-wrong")
    // P(|y - p| > 1) for two uniform numbers of width 6 is (5/6)^2.
    expect(result.parameters.p!.counts.stuck / 1000).toBeCloseTo((5 / 6) ** 2, 1)
  })
  it("a flat half of an activation is flat, and no error", () => {
    const result = check("relu(x)")
    expect(result.role).toBe("activation")
    expect(result.parameters.x!.counts.flat).toBe(500)
    expect(result.findings).toEqual([])
  })
  it("the same seed gives the same evidence, another seed other points", () => {
    const at = (seed: number) =>
      check("min(abs(y-p), 1)*exp(p)", { inputs: { y: "-3..3", p: "-3..3" }, seed }).parameters.p!.size
    expect(at(3)).toEqual(at(3))
    expect(at(3)).not.toEqual(at(4))
  })
})
