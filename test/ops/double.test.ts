// Double-double against mpmath: pairs of doubles in, pairs out, right to far beyond what a double can hold.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { add, compare, type Double, double, round, sub } from "../../src/ops/double.ts"
import { intended } from "../../src/ops/double-intended.ts"
import { pointwiseDoubles } from "../../src/ops/doubles.ts"
import { operations } from "../../src/ops/table.ts"

type Pair = readonly [number, number]
interface Row {
  readonly f: string
  readonly at: readonly Pair[]
  readonly value: Pair
}
const { rows } = JSON.parse(readFileSync(new URL("../../fixtures/double-double.json", import.meta.url), "utf8")) as {
  rows: Row[]
}
const pair = ([hi, lo]: Pair): Double => double(hi, lo)

/** Bits that agree; for functions with roots in their range, against 1 where the value is smaller. */
const ABSOLUTE = new Set(["lgamma", "digamma", "logaddexp"])
function bits({ f, at, value }: Row): number {
  const got = pointwiseDoubles[f]!(...at.map(pair))
  const size = Math.max(Math.abs(value[0]), ABSOLUTE.has(f) ? 1 : 0)
  const error = Math.abs(sub(got, pair(value)).hi) / size
  return error === 0 ? 107 : -Math.log2(error)
}

describe("double-double", () => {
  it.each([...new Set(rows.map((r) => r.f))])("%s is right to 90 bits", (f) => {
    for (const row of rows.filter((r) => r.f === f)) expect(bits(row), `${f}(${row.at.join("; ")})`).toBeGreaterThan(90)
  })

  it("every pointwise operation gives in its high part what it gives in float64", () => {
    const numbers = [-3.5, -2, -1, -0.5, -0.125, 0, 0.25, 0.5, 1, 1.5, 2, 2.5, 7.25, Infinity, -Infinity, Number.NaN]
    for (const op of operations.filter((o) => o.value)) {
      const form = op.double
      expect(form?.kind, op.name).toBe("point")
      if (form?.kind !== "point") continue
      const tuples = numbers.flatMap((a, j) =>
        numbers.map((b, k) => [a, b, numbers[(j * 5 + k) % numbers.length]!].slice(0, op.tensors)),
      )
      for (const args of tuples) {
        const plain = op.value!(...args)
        const own = form.f(...args.map((x) => double(x))).hi
        const near =
          Object.is(plain, own) || Math.abs(plain - own) <= 1e-13 * Math.max(1, Math.abs(plain)) || plain === own
        expect(near, `${op.name}(${args.join(", ")}) is ${own}, in float64 ${plain}`).toBe(true)
      }
    }
  })

  it("sums and rounds exactly", () => {
    expect(add(double(1), double(2 ** -80))).toEqual({ hi: 1, lo: 2 ** -80 })
    expect(sub(add(double(1), double(2 ** -80)), double(1)).hi).toBe(2 ** -80)
    expect([0.5, 1.5, 2.5, -0.5, -1.5].map((x) => round(double(x)).hi + 0)).toEqual([0, 2, 2, 0, -2])
    expect(round(double(2.5, 1e-20)).hi).toBe(3)
    expect(compare(double(1, -1e-20), double(1))).toBeLessThan(0)
  })

  it("reads the doubles of formulas as the numbers meant", () => {
    const three = (x: Double): Double => add(add(x, x), x)
    expect(Math.abs(sub(three(intended(0.1)), intended(0.3)).hi)).toBeLessThan(1e-31)
    expect(Math.abs(sub(three(intended(1 / 3)), double(1)).hi)).toBeLessThan(1e-31)
    expect(intended(Math.PI).lo).toBe(1.2246467991473532e-16)
    for (const x of [0.1, 1 / 7, Math.SQRT2, Math.PI / 4, 1e-7, 123.456, 0.12345678901234568])
      expect(intended(x).hi).toBe(x)
  })
})
