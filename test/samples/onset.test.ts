// Where a format loses a gradient: held to evaluate() beside the places that are told.
import { describe, expect, it } from "vitest"
import { evaluate } from "../../src/evaluate.ts"
import { onsets } from "../../src/onsets.ts"
import type { NumberFormat } from "../../src/ops/record.ts"

const of = (expression: string, range: string, name: string, dtype: NumberFormat, more = {}) =>
  onsets(expression, { inputs: { [name]: range, ...more } }, [dtype]).get(dtype)!

describe("onsets", () => {
  it("tells from where on a sigmoid is flat", () => {
    for (const dtype of ["float32", "bfloat16", "float16"] as const) {
      const found = of("(1 - sigmoid(z))^2", "-20..20", "z", dtype)
      const right = found.find((o) => o.first > 0)!
      expect(right).toMatchObject({ becomes: "0", from: right.first })
      const gradient = (z: number): number =>
        Math.abs(Number(evaluate("(1 - sigmoid(z))^2", { at: { z }, dtype }).gradients.z))
      expect(gradient(right.first)).toBe(0)
      expect(gradient(right.first + 1)).toBe(0)
      expect(gradient(right.first - 0.5)).not.toBe(0)
    }
  })
  it("tells overflow apart, and losses near 0", () => {
    expect(of("exp(z)", "-20..20", "z", "float16")).toMatchObject([
      { becomes: "not finite", first: expect.closeTo(11.1, 0) },
      { becomes: "0", first: expect.closeTo(-17.3, 0) },
    ])
    expect(of("p^20", "0.01..1", "p", "float16")).toMatchObject([{ becomes: "0", upTo: expect.closeTo(0.39, 1) }])
  })
  it("has nothing to tell of float64, of vectors, and where float64 has no gradient either", () => {
    expect(of("exp(z)", "-20..20", "z", "float64")).toEqual([])
    expect(of("sum(exp(z))", "-20..20 [3]", "z", "float16")).toEqual([])
    expect(of("relu(z)", "-20..20", "z", "float16")).toEqual([])
  })
})
