// One point, step by step: the gradients are those of evaluate(), the reasons those that a reader can check by hand.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { evaluate, type Nested, Problem, type WalkStep, walk } from "../src/index.ts"

const step = (steps: readonly WalkStep[], text: string): WalkStep => {
  const found = steps.find((s) => s.text === text)
  if (!found) throw new Error(`${text} is not among ${steps.map((s) => s.text).join(" | ")}`)
  return found
}
const whyOf = (expression: string, text: string, at: Record<string, Nested>, more = {}): string | undefined =>
  step(walk(expression, { at, ...more }).steps, text).why

describe("walk", () => {
  it("tells of a NaN trap what the design shows", () => {
    const { steps } = walk("where(p > 0, p*log(p), 0)", { at: { p: 0 } })
    expect(steps.map((s) => [s.text, s.value, s.gradient, s.why])).toEqual([
      ["p", 0, Number.NaN, "0 * -inf  +  0 / 0"],
      ["p > 0", 0, null, "a comparison"],
      ["log(p)", -Infinity, 0, undefined],
      ["p*log(p)", Number.NaN, 0, "not chosen"],
      ["where(p > 0, p*log(p), 0)", 0, 1, undefined],
    ])
  })
  it("follows the order of evaluation, leaves constants out and shows each piece once", () => {
    const { steps } = walk("e = y - p; 2*e*tanh(e) + (3 - 1)*e", { at: { y: 1, p: 0.5 } })
    expect(steps.map((s) => s.text)).toEqual([
      "y",
      "p",
      "y - p",
      "2*e",
      "tanh(e)",
      "2*e*tanh(e)",
      "2*e*tanh(e) + (3 - 1)*e",
    ])
  })
  it("does not unfold named functions, but follows the user's own", () => {
    expect(walk("1 - f1(y, p)", { at: { y: [0, 1], p: [0.2, 0.9] } }).steps.map((s) => s.text)).toEqual([
      "y",
      "p",
      "f1(y, p)",
      "1 - f1(y, p)",
    ])
    expect(walk("f(x) = x^2; f(p) + f(q)", { at: { p: 1, q: 2 } }).steps.map((s) => s.text)).toContain("x^2")
  })
  it.each([
    ["abs(y - round(p))", "p", { p: 0.3, y: 1 }, "round is flat"],
    ["p*(p > 0.5)", "p > 0.5", { p: 1 }, "a comparison"],
    ["sum(p > 0.5) + q", "p", { p: [1], q: 1 }, "a comparison"],
    ["detach(x)*y", "x", { x: 1, y: 1 }, "detached"],
    ["detach(x)*y", "detach(x)", { x: 1, y: 1 }, "goes no further"],
    ["relu(-x)", "-x", { x: 4 }, "relu is flat here"],
    ["x - x", "x", { x: 4 }, "1 + -1 cancel"],
    ["sqrt(x)", "x", { x: 0 }, "1 / 0"],
    ["x*y", "x", { x: 2, y: 0 }, "1 * 0"],
    ["argmax(z)*p", "z", { z: [1, 3], p: 1 }, "argmax gives a position"],
    ["1 - f1(y, p)", "p", { y: [0, 1], p: [0.2, 0.9] }, "a comparison in f1"],
    ["p*log(p) if p > 0 else 0", "p", { p: 0 }, "not chosen"],
    ["x + 0*y", "y", { x: 1, y: 1 }, "1 * 0"],
    ["3 + 4", "3 + 4", {}, "known beforehand"],
    ["q = x^2; y", "x^2", { x: 1, y: 1 }, "the value does not depend on it"],
  ])("%s: %s", (expression, text, at, why) => {
    expect(whyOf(expression, text, at as unknown as Record<string, Nested>)).toBe(why)
  })
  it("tells rounding in a format from a 0 of the formula", () => {
    expect(whyOf("(y - sigmoid(z))^2", "z", { z: 20, y: 0 }, { dtype: "float16" })).toBe("2 * 0")
    expect(whyOf("1e-5*(x*1e-5)", "x", { x: 1 }, { dtype: "float16" })).toBe("1e-10 rounds to 0 in float16")
    expect(whyOf("(x*300)*300", "x", { x: 1 }, { dtype: "float16" })).toBe("90000 overflows in float16")
  })
  it("speaks as the framework that is asked for", () => {
    const of = (framework: "torch" | "tf" | "jax"): Nested | null =>
      step(walk("maximum(a, 1)", { at: { a: 1 }, framework }).steps, "a").gradient
    expect([of("torch"), of("tf"), of("jax")]).toEqual([0.5, 1, 0.5])
  })
  it("differentiates by wrt only, when it is given", () => {
    const { steps } = walk("(p - y)^2", { at: { p: 1, y: 2 }, wrt: ["p"] })
    expect(step(steps, "y")).toMatchObject({ gradient: null, why: "does not depend on p" })
    expect(step(steps, "p - y").gradient).toBe(-2)
  })
  it("bounds what a long loop shows", () => {
    const { steps, left } = walk("sum([(p - i)^2 for i in range(500)])", { at: { p: 1 } })
    expect([steps.length, left > 0, steps.at(-1)!.text]).toEqual([200, true, "sum([(p - i)^2 for i in range(500)])"])
  })
  it.each([
    ["p + q", { p: 0 }, "there is no value for q"],
    ["p", { p: 0, pq: 1 }, "pq does not occur in the expression"],
    ["p + rand(3)", { p: 0 }, "the expression draws random numbers"],
    ["p +", { p: 0 }, "something is missing"],
  ])("answers %s with a message", (expression, at, headline) => {
    expect(() => walk(expression, { at: at as Record<string, Nested> })).toThrow(Problem)
    expect(() => walk(expression, { at: at as Record<string, Nested> })).toThrow(headline)
  })
})

// Why: two ways to the same number must not part; reasons are told of every odd one that is not handed down.
describe("on the recorded kinks and traps", () => {
  type Written = number | string | readonly Written[]
  const { rows } = JSON.parse(readFileSync(new URL("../fixtures/kink-conventions.json", import.meta.url), "utf8")) as {
    rows: { id: string; framework: "torch" | "tf" | "jax"; text: string; at: Record<string, Written> }[]
  }
  const read = (x: Written): Nested =>
    typeof x === "string" ? Number(x.replace("inf", "Infinity")) : typeof x === "number" ? x : (x.map(read) as Nested)
  // JSON.stringify writes null for NaN and infinities.
  const points = rows
    .map((r) => ({ ...r, at: Object.fromEntries(Object.entries(r.at).map(([n, v]) => [n, read(v)])) }))
    .filter((r) => !JSON.stringify(r.at).includes("null"))
  it("agrees with evaluate() on every one", () => {
    expect(points.length).toBeGreaterThan(500)
    for (const { text, at, framework } of points) {
      const { gradients, value } = evaluate(text, { at, framework })
      const { steps } = walk(text, { at, framework })
      for (const [name, gradient] of Object.entries(gradients)) {
        const own = steps.find((s) => s.text === name)
        if (own) expect(own.gradient, `${text} at ${JSON.stringify(at)}`).toEqual(gradient)
      }
      if (steps.at(-1)!.text === text) expect(steps.at(-1)!.value).toEqual(value)
    }
  })
})
