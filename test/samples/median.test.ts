// The median by selection is the one that sorting gives: the reports print it.
import fc from "fast-check"
import { expect, it } from "vitest"
import { medianOf } from "../../src/samples/median.ts"

it("is what stands in the middle after sorting", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), { minLength: 1 }),
      (xs) => {
        const sorted = Float64Array.from(xs).sort()
        expect(medianOf(Float64Array.from(xs)) === sorted[xs.length >> 1]!).toBe(true)
      },
    ),
  )
})

it("of nothing is no number", () => expect(medianOf(new Float64Array(0))).toBeNaN())
