// Contributions that cancel leave rounding noise; small gradients are none.
import { describe, expect, it } from "vitest"
import { type CheckOptions, examine } from "../../src/check.ts"
import { lintTexts } from "../../src/lint.ts"

const cancelledIn = (text: string, options: CheckOptions): boolean =>
  examine(text, { role: "loss", ...options }).evidence.parameters[0]!.cancelled

const normal = "normal(0, 1)"
const vector = "normal(0, 1) [5]"
const shift = (text: string, more: Record<string, string> = {}): [string, CheckOptions] => [
  text,
  { inputs: { x: vector, b: normal, ...more }, wrt: ["b"] },
]

const cancelled: [string, CheckOptions][] = [
  ["sum(softmax(z))", { inputs: { z: vector } }],
  ["p - p", { inputs: { p: "0..1" } }],
  ["x/x", { inputs: { x: "1..2" } }],
  ["sin(x)**2 + cos(x)**2", { inputs: { x: normal } }],
  ["log(exp(x)) - x", { inputs: { x: normal } }],
  ["(x+1)**2 - x**2 - 2*x", { inputs: { x: normal } }],
  ["0.1*x + 0.2*x - 0.3*x", { inputs: { x: normal } }],
  ["sin(x + pi) + sin(x)", { inputs: { x: normal } }],
  ["sum(x)/7 - mean(x)", { inputs: { x: "normal(0, 1) [7]" } }],
  ["lgamma(x + 1) - lgamma(x) - log(x)", { inputs: { x: "1..5" } }],
  ["sum(sort(x)) - sum(x)", { inputs: { x: vector } }],
  shift("h = x + b; mean(((h - mean(h))/sqrt(var(h) + 1e-5))*w)", { w: vector }),
  shift("h = x + b; sum((h - mean(h))/std(h)*w)", { w: vector }),
  shift("sum(log_softmax(x + b)*y)", { y: "simplex [5]" }),
  // What sums to 1 only by the meaning of its range.
  shift("logsumexp(x + b) - sum(y*(x + b))", { y: "simplex [5]" }),
]

/** Every gradient here is what it is, however small. */
const alive: [string, CheckOptions][] = [
  ["(x - mean(x))/sqrt(var(x) + 1e-12)", { inputs: { x: "normal(0, 1) [2]" }, role: "activation" }],
  ["sigmoid(x)", { inputs: { x: "30..36" }, role: "activation" }],
  ["exp(-x*x)", { inputs: { x: "5..6" }, role: "activation" }],
  ["1 - tanh(x)**2", { inputs: { x: "15..18" }, role: "activation" }],
  ["1e-12*(y - p)**2", { inputs: { y: "0..1", p: "0..1" }, wrt: ["p"] }],
  ["1e-30*(y - p)**2", { inputs: { y: "0..1", p: "0..1" }, wrt: ["p"] }],
  ["1e12/q + p", { inputs: { q: "0..1", p: "0..1" }, wrt: ["p"] }],
  ["relu(x)", { inputs: { x: "-2..-1" }, role: "activation" }],
  // Most entries are noise, at most points; where two histograms overlap there is a gradient, which is as large as ever.
  [
    "e = linspace(0, 1, 256); h(x) = sum(exp(-0.5*((unsqueeze(x, -1) - e)/0.01)**2), 0); mean(abs(h(y)/sum(h(y)) - h(p)/sum(h(p))))",
    { inputs: { y: "{0, 1} [8]", p: "0..1 [8]" }, wrt: ["p"], samples: 64, dtype: "float32" },
  ],
]

describe("a gradient that is rounding noise", () => {
  it.each(cancelled)("%s", (text, options) => {
    expect(cancelledIn(text, options)).toBe(true)
  })
  it.each([1e-9, 1e6, 1e12])("whatever the loss is multiplied with: %d", (by) => {
    expect(cancelledIn(`${by}*sum(softmax(z))`, { inputs: { z: vector } })).toBe(true)
    expect(cancelledIn(`${by}*(log(exp(x)) - x)`, { inputs: { x: normal } })).toBe(true)
  })
  it("in float32, too", () => {
    expect(cancelledIn("sum(softmax(z))", { inputs: { z: vector }, dtype: "float32" })).toBe(true)
  })
  // Of two rows that are nearly the same all steps are large: the size of one point says nothing of another.
  it("where some of the points are nearly singular", () => {
    const text = [
      "import jax.numpy as jnp",
      "def spread_loss(z):",
      "    scaled = (z - jnp.mean(z, axis=0)) / jnp.std(z, axis=0)",
      "    return -jnp.mean(jnp.var(scaled, axis=0))",
    ].join("\n")
    expect(lintTexts({ "losses.py": text }, {}, () => 0)[0]!.losses[0]!.result.verdict).toBe("dead")
  })
  it("in a large tensor", () => {
    expect(cancelledIn("sum(softmax(z))", { inputs: { z: "normal(0, 1) [300, 300]" }, samples: 4 })).toBe(true)
  })
})

describe("a gradient that is small", () => {
  it.each(alive)("%s", (text, options) => {
    expect(cancelledIn(text, options)).toBe(false)
  })
})
