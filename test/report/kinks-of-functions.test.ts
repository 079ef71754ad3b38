// `gradcheck explain` finds kinks where they are: at poles that stand on no half, and inside functions written in the language.
import { expect, it } from "vitest"
import { bordersAlong } from "../../src/borders.ts"
import { evaluate } from "../../src/evaluate.ts"
import type { Composition, Operation } from "../../src/ops/record.ts"
import { entryOf } from "../../src/ops/table.ts"
import { compositionRows, kinkRows } from "../../src/report/pages/kinks.ts"

const rowsOf = (name: string) => compositionRows(entryOf(name) as Composition, evaluate, bordersAlong)

it("the pole of tan", () => {
  const [row] = kinkRows(entryOf("tan") as Operation, evaluate, bordersAlong)
  expect(row!.at).toBeCloseTo(Math.PI / 2, 12)
  expect(row!.left.torch).toBeGreaterThan(1e11)
})

it("kinks of losses and activations, with the slope on both sides", () => {
  expect(rowsOf("hinge").map((r) => [r.call, r.at, r.left.torch, r.right.torch])).toEqual([["hinge(0, p)", -1, 0, 1]])
  expect(rowsOf("hardshrink").map((r) => r.at)).toEqual([-0.5, 0.5])
  const [leaky] = rowsOf("leaky_relu")
  expect(leaky!.at).toBe(0)
  expect(leaky!.left.torch).toBeCloseTo(0.01, 9)
})

it("where a formula changes and the slope does not jump there is no kink to choose at", () => {
  expect(rowsOf("huber")).toEqual([])
  expect(rowsOf("silu")).toEqual([])
})

it("a function of vectors alone has no table, and is no error", () => {
  expect(rowsOf("cross_entropy")).toEqual([])
})

it("roots are found between the steps, jumps of a formula over 0 are none", () => {
  expect(bordersAlong("abs(x - 1/3) + relu(x + pi)", "x", {})).toEqual([
    expect.closeTo(1 / 3, 12),
    expect.closeTo(-Math.PI, 12),
  ])
  expect(bordersAlong("max(1/x, 0)", "x", {})).toEqual([])
})
