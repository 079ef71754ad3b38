// Proofs of vectors go element by element where the loss keeps elements apart, and say why where it does not.
import { expect, it } from "vitest"
import { type CheckOptions, checkLoss } from "../../src/check.ts"
import { constantsOf, isSameEverywhere, liner, runnerOf } from "../../src/gradient/elements.ts"
import { compileIntervals, runIntervals } from "../../src/gradient/intervals.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import { boxFrom } from "../support/boxes.ts"
import { prepare } from "../support/evaluate.ts"
import { expressionNumber, inputShapes } from "../support/expressions.ts"
import { randomFrom } from "../support/random.ts"

const proved = (text: string, inputs: CheckOptions["inputs"], options: CheckOptions = {}) =>
  checkLoss(text, { ...(inputs ? { inputs } : {}), role: "loss", ...options }).parameters.p!

it("a pointwise loss of vectors is certified as that of numbers is", () => {
  const one = proved("(y-p)^2", { y: "{0, 1}", p: "0..1" })
  const many = proved("mean((y-p)^2)", { y: "{0, 1} [8]", p: "0..1 [8]" })
  expect(many.certified).toEqual(one.certified)
  expect(many.certified.live).toBeGreaterThan(0.99)
})

it("the dead side of each element has a name", () => {
  const found = proved("mean(relu(p)*2)", { p: "-2..2 [8]" })
  expect(found.deadRegion).toBe("p < 0")
  expect(found.certified.dead).toBeCloseTo(0.5, 3)
  expect(proved("mean(min(abs(y-p), 1))", { y: "-3..3 [8]", p: "-3..3 [8]" }).deadRegion).toBe("abs(y - p) > 1")
  expect(proved("mean(softshrink(p))", { p: "-2..2 [8]" }).deadRegion).toBe("-0.5 < p < 0.5")
})

it("elements that are not treated alike are not taken to be: weights, masks, single places, moves", () => {
  const p = { p: "-2..2 [8]" }
  expect(proved("sum(arange(8)*relu(p))", p).certified.dead).toBeCloseTo(1 / 8 + 7 / 16, 3)
  expect(proved("p[3]^2", p).certified.dead).toBeCloseTo(7 / 8, 9)
  expect(proved("sum(relu(p)*[1, 0, 1, 0, 1, 0, 1, 0])", p).certified.dead).toBeCloseTo(3 / 4, 3)
  expect(proved("sum(relu(p - [-1, 1, -1, 1, -1, 1, -1, 1]))", p).certified.dead).toBeCloseTo(1 / 2, 3)
  // The gradient of one place hangs on another place of p: no border along p may be named.
  const moved = proved("sum(round(p)*flip(p))", p)
  expect(moved.deadRegion).toBeUndefined()
  expect(moved.stretches).toBeUndefined()
})

it("a region along the parameter is named only where its gradient hangs on the parameter (relu(y)*p said p < 0.0001)", () => {
  const found = proved("relu(y)*p", { y: "-2..2", p: "-2..2" }, { wrt: ["p"] })
  expect(found.certified.dead).toBeCloseTo(0.5, 3)
  expect(found.deadRegion).toBeUndefined()
  expect(found.stretches).toBeUndefined()
})

it("no side is named on which something is not proved to be dead (with few boxes p < 0 was, though only p < -1 is)", () => {
  const text = "relu(p) + where(p > -1, p^3/3 - 0.999*p^3/3, 0)"
  for (const prove of [4, 8, 12, 20, 400]) {
    const { certified, deadRegion } = proved(text, { p: "-2..2" }, { prove })
    expect(deadRegion ?? "p < -1").toBe("p < -1")
    if (prove === 8) expect(certified.dead, "it must be in doubt to be a test").toBe(0.25)
  }
})

it("where elements mix, it is not proved, and the reason is given", () => {
  const found = proved("1 - 2*sum(y*p)/(sum(y) + sum(p))", { y: "{0, 1} [8]", p: "0..1 [8]" })
  expect(found.certified.undecided).toBe(1)
  expect(found.open).toBe("mixed")
  expect(proved("mean((t - p)^2)", { t: "simplex [3]", p: "-2..3 [3]" }).open).toBe("joint")
  expect(proved("mean((y - p)^2)", { y: "-2..2 [3]", p: "-2..3 [3]" }, { prove: 4 }).open).toBe("budget")
})

it("that the value is finite is proved apart from the gradient", () => {
  const finite = (text: string, inputs: CheckOptions["inputs"]): number =>
    checkLoss(text, { ...(inputs ? { inputs } : {}), role: "loss" }).finiteValue
  expect(finite("(y-p)^2", { y: "{0, 1}", p: "0..1" })).toBe(1)
  expect(finite("-mean(log(p + 1e-7))", { p: "0..1 [8]" })).toBe(1)
  // sqrt is finite at 0 and its slope is not.
  expect(finite("sqrt(p)", { p: "0..1" })).toBe(1)
  expect(proved("sqrt(p)", { p: "0..1" }).certified.finite).toBeLessThan(1)
  const log = finite("-log(p)", { p: "0..1" })
  expect(log).toBeGreaterThan(0.99)
  expect(log).toBeLessThan(1)
  expect(checkLoss("(y-p)^2", { prove: 0 }).finiteValue).toBe(0)
})

it("noise and counts are split, too", () => {
  expect(proved("mean(p*(rand() > 0.5))", { p: "1..2 [4]" }).certified.dead).toBeCloseTo(0.5, 3)
  const counts = proved("mean(n*p^2)", { n: "poisson(2) [3]", p: "0.5..1 [3]" }).certified.dead
  expect(counts).toBeGreaterThan(0.12)
  expect(counts, "a count is 0 in this share of draws").toBeLessThanOrEqual(Math.exp(-2))
  expect(proved("mean(relu(n)*p)", { n: "gumbel [3]", p: "0.5..1 [3]" }).certified.dead).toBeCloseTo(Math.exp(-1), 2)
})

it("the line of one element gives what the whole graph gives there", () => {
  for (let n = 0; n < 300; n++) {
    const { root, adjoints } = prepare(expressionNumber(n), inputShapes)
    const random = randomFrom(n + 1)
    for (const node of [root, ...[...adjoints.values()].filter((a) => a !== null)]) {
      const box = boxFrom(inputShapes, random)
      const format = (["float64", "float32", "bfloat16", "float16"] as const)[n % 4]!
      const whole = runIntervals(compileIntervals([node]), box, format)[0]!
      const draw = liner()
      for (let element = 0; element < sizeOf(node.shape); element++) {
        const line = draw([{ node, element }], 1e6)!
        const run = runnerOf(line, constantsOf(line), format)
        const [own] = run(line.reads.map((r) => box.get(r.name)![r.element]!))
        expect(own, `${expressionNumber(n)} ${element}`).toEqual(whole[element])
      }
    }
  }
})

it("a constant alone is the same everywhere only if its numbers are", () => {
  const { adjoints } = prepare("sum([1, 2, 3]*v)", inputShapes)
  const node = [...adjoints.values()].find((a) => a?.shape.length === 1)!
  const wanted = [{ node, element: 0 }]
  expect(isSameEverywhere(liner()(wanted, 100)!, wanted, node.shape)).toBe(false)
})

// Why: float32's sigmoid comes out as 0 below -88.4, and a cell over it once said that a gradient is certainly there.
it("what comes out as 0 in a format is 0 on every way to a proof", () => {
  for (const text of ["sigmoid(p)", "sum(sigmoid(p))", "sigmoid(p[0])"]) {
    const { certified } = proved(
      text,
      { p: text === "sigmoid(p)" ? "-100..-90" : "-100..-90 [3]" },
      { dtype: "float32" },
    )
    expect(certified.live, text).toBe(0)
  }
})
