// Curves of charts: each of their points is what the loss is there, and has the state that its gradient says.
import { describe, expect, it } from "vitest"
import { checkLoss } from "../../src/check.ts"
import { evaluate } from "../../src/evaluate.ts"

const curvesIn = (expression: string, inputs: Readonly<Record<string, string>>, more = {}) =>
  checkLoss(expression, { inputs, curves: true, ...more }).curves!

// Why: a chart that shows another loss than the one that was judged would be believed.
describe("a curve", () => {
  it.each([
    ["min(abs(y - p), 1)", { y: "-3..3", p: "-3..3" }],
    ["-(y*log(p) + (1 - y)*log(1 - p))", { y: "{0, 1}", p: "0..1" }],
    ["(y - sigmoid(z))^2", { y: "{0, 1}", z: "normal(0, 5)" }],
    ["abs(y - round(p))*w", { y: "0..1", p: "0..1", w: "1..2" }],
    ["relu(x)", { x: "-1..1" }],
  ])("of %s is what evaluation says at each point", (expression, inputs) => {
    for (const curve of curvesIn(expression, inputs)) {
      expect(curve.at.length).toBeGreaterThan(2)
      expect(curve.at).toEqual(curve.at.toSorted((a, b) => a - b))
      for (const [k, x] of curve.at.entries()) {
        const at = Object.fromEntries([...curve.fixed.map((f) => [f.name, f.value]), [curve.parameter, x]])
        const { value, gradients } = evaluate(expression, { at, wrt: [curve.parameter], dtype: "float64" })
        expect(curve.value[k]).toBe(value)
        // Plus 0, since 0 has two signs.
        expect(curve.gradient[k]! + 0).toBe((gradients[curve.parameter] as number) + 0)
        const finite = Number.isFinite(curve.value[k]!) && Number.isFinite(curve.gradient[k]!)
        expect(curve.states[k] === "broken").toBe(!finite)
        expect(curve.states[k] === "live").toBe(finite && curve.gradient[k] !== 0)
      }
    }
  })
  it("tells what is finished from what is stuck", () => {
    const [curve] = curvesIn("min(abs(3 - p), 1)", { p: "-3..3" }, { role: "loss" })
    const stuck = curve!.at.filter((_, k) => curve!.states[k] === "stuck")
    expect([stuck[0], stuck.at(-1)]).toEqual([-3, 1.9375])
    expect(curve!.states.at(-1)).toBe("resting")
  })
  it("reaches both ends of the range, or as far as was drawn", () => {
    const [p] = curvesIn("p^2", { p: "-2..5" })
    expect([p!.at[0], p!.at.at(-1)]).toEqual([-2, 5])
    const [z] = curvesIn("z^2", { z: "normal(0, 1)" })
    expect(z!.at[0]).toBeLessThan(-2)
    expect(z!.at[0]).toBeGreaterThan(-6)
    expect(curvesIn("p^2", { p: "0..5 int" })[0]!.at).toEqual([0, 1, 2, 3, 4, 5])
  })
  it("moves one element of what has a shape, and nothing whose elements are bound to each other", () => {
    expect(curvesIn("mean(p^2)", { p: "0..1 [4]" })).toMatchObject([{ parameter: "p", element: 0 }])
    for (const range of ["simplex(1) [4]", "onehot [4]", "sorted(0..1) [4]", "{0, 1}"])
      expect(curvesIn("mean(p^2)", { p: range })).toEqual([])
  })
  it("is there only when it is asked for", () => {
    expect(checkLoss("p^2").curves).toBeUndefined()
  })
})
