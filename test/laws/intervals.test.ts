// A proof is worth nothing if an interval can miss a value: random boxes, random points in them, not one outside.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Interval } from "../../src/ops/interval.ts"
import { operations } from "../../src/ops/table.ts"

const pointwise = operations.filter((op) => op.range && op.value)
const specials = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  1e-300,
  -1e-300,
  5e-324,
  1e300,
  -1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  709,
  710,
  -745,
  -746,
  36.75,
]

/** Ends of boxes: ordinary numbers of all sizes, and the numbers at which functions change their mind. */
const end = fc.oneof(
  fc.double({ min: -5, max: 5, noNaN: true }),
  fc.double({ noNaN: true }),
  fc.constantFrom(...specials),
  fc.integer({ min: -4, max: 4 }),
)
const box = fc.tuple(end, end).map(([a, b]) => ({ lo: Math.min(a, b), hi: Math.max(a, b), nan: false }))

/** Points of a box: its ends, what lies inside of the specials, and mixtures. */
function pointsIn({ lo, hi }: Interval, random: readonly number[]): number[] {
  const inside = [...specials, Math.PI / 2, -Math.PI / 2].filter((x) => x >= lo && x <= hi)
  const mixed = random.map((t) =>
    Number.isFinite(lo) && Number.isFinite(hi)
      ? Math.min(Math.max(lo + t * (hi - lo), lo), hi)
      : Number.isFinite(lo)
        ? lo + Math.exp(20 * t) - 1
        : Number.isFinite(hi)
          ? hi - Math.exp(20 * t) + 1
          : Math.tan(Math.PI * (t - 0.5)),
  )
  return [lo, hi, ...inside, ...mixed.filter((x) => x >= lo && x <= hi)]
}

const contains = (range: Interval, value: number): boolean =>
  Number.isNaN(value) ? range.nan : value >= range.lo && value <= range.hi

describe("interval transfers contain every value", () => {
  it.each(pointwise)("$name", (op) => {
    const arity = op.tensors
    fc.assert(
      fc.property(
        fc.array(box, { minLength: arity, maxLength: arity }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (boxes, random) => {
          const range = op.range!(...boxes)
          const candidates = boxes.map((b) => pointsIn(b, random))
          for (let k = 0; k < 40; k++) {
            const args = candidates.map(
              (c, j) => c[(k * (j === 0 ? 1 : 7 * j) + (j > 0 ? Math.floor(k / 3) : 0)) % c.length]!,
            )
            const value = op.value!(...args)
            expect(
              contains(range, value),
              `${op.name}(${args.join(", ")}) = ${value} outside ${JSON.stringify(range)} for ${JSON.stringify(boxes)}`,
            ).toBe(true)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
