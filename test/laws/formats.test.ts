// Law: rounding to each number format is right to the bit: to nearest, ties to even, with subnormals and overflow.
import { readFileSync } from "node:fs"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type NumberFormat, rounding } from "../../src/gradient/formats.ts"

/** The definition: `bits` of precision, exponents from `least` to `most`. */
const definitions: readonly {
  readonly name: NumberFormat
  readonly bits: number
  readonly least: number
  readonly most: number
}[] = [
  { name: "float32", bits: 24, least: -126, most: 127 },
  { name: "bfloat16", bits: 8, least: -126, most: 127 },
  { name: "float16", bits: 11, least: -14, most: 15 },
]

const view = new DataView(new ArrayBuffer(8))
/** The double next to a positive one, away from zero or towards it. */
function next(x: number, step: 1n | -1n): number {
  view.setFloat64(0, x)
  view.setBigUint64(0, view.getBigUint64(0) + step)
  return view.getFloat64(0)
}

/** All positive numbers of a format of 16 bits, in order, then the first that overflows. */
function positives({ bits, least, most }: (typeof definitions)[number]): number[] {
  const out: number[] = []
  for (let k = 1; k < 2 ** (bits - 1); k++) out.push(k * 2 ** (least - bits + 1))
  for (let e = least; e <= most; e++)
    for (let k = 0; k < 2 ** (bits - 1); k++) out.push((1 + k * 2 ** (1 - bits)) * 2 ** e)
  out.push(2 ** (most + 1))
  return out
}

// Why: "dead in bfloat16" is a verdict, and one wrong bit near a threshold turns it round.
describe.each(definitions.filter((d) => d.bits < 24))("$name, exhaustively", (d) => {
  const round = rounding[d.name]!
  const all = positives(d)
  const largest = all.at(-2)!

  it("keeps every number of the format, and its sign", () => {
    for (const x of all.slice(0, -1)) if (round(x) !== x || round(-x) !== -x) expect.fail(`${x} becomes ${round(x)}`)
    expect(round(0)).toBe(0)
    expect(round(-0)).toBe(-0)
    expect(round(-1e-300)).toBe(-0)
    expect(round(Number.NaN)).toBeNaN()
    expect(round(Infinity)).toBe(Infinity)
    expect(round(-Infinity)).toBe(-Infinity)
  })

  it("goes to the nearer neighbour, and at the middle to the even one", () => {
    const within = (x: number): number => (x > largest ? Infinity : x)
    for (let k = -1; k + 1 < all.length; k++) {
      const [low, high] = [k < 0 ? 0 : all[k]!, all[k + 1]!]
      const middle = low + (high - low) / 2
      // Numbers of the format in order have even and odd significands in turn; 0 is even.
      const even = k % 2 === 0 ? high : low
      for (const [x, want] of [
        [middle, within(even)],
        [next(middle, 1n), within(high)],
        [next(middle, -1n), low],
      ] as const)
        if (round(x) !== want || round(-x) !== -want) expect.fail(`${x} becomes ${round(x)}, not ${want}`)
    }
  })
})

describe.each(definitions)("$name at any double", (d) => {
  const round = rounding[d.name]!
  it("is a multiple of the last place, within half of it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (wide) => {
        // Half of the draws are brought into the format's range.
        for (const x of [
          wide,
          Math.sign(wide) *
            2 ** (d.least - d.bits + (Math.abs(Math.log2(Math.abs(wide) || 1)) % (d.most - d.least + d.bits))),
        ]) {
          const y = round(x)
          const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), d.least)
          const unit = 2 ** (exponent - d.bits + 1)
          if (Math.abs(y) === Infinity) return Math.abs(x) >= 2 ** d.most * (2 - 2 ** -d.bits)
          if (!Number.isInteger(y / unit) || Math.abs(y - x) > unit / 2) return false
        }
        return true
      }),
      { numRuns: 5000, seed: 1 },
    )
  })
  it("never turns the order of two numbers round", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) =>
        a <= b ? round(a) <= round(b) : round(a) >= round(b),
      ),
      { numRuns: 5000, seed: 2 },
    )
  })
})

// Why: the definition could be misread; PyTorch's own conversions are another witness.
it("agrees with recorded PyTorch conversions", () => {
  const { rows } = JSON.parse(readFileSync(new URL("../../fixtures/formats-torch.json", import.meta.url), "utf8")) as {
    rows: { x: string; float32: string; bfloat16: string; float16: string }[]
  }
  expect(rows.length).toBeGreaterThan(300)
  for (const row of rows)
    for (const name of ["float32", "bfloat16", "float16"] as const)
      expect(rounding[name]!(Number(row.x)), `${row.x} as ${name}`).toBe(Number(row[name]))
})
