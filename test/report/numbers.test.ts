import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { count, counted, listed, percent, size } from "../../src/report/numbers.ts"

describe("numbers for people", () => {
  it("parts thousands", () => {
    expect([0, 7, 999, 1000, 12345, 1000000].map(count)).toEqual(["0", "7", "999", "1,000", "12,345", "1,000,000"])
    expect(counted(1, "point")).toBe("1 point")
    expect(counted(1000, "point")).toBe("1,000 points")
  })
  it("keeps two digits of a size", () => {
    expect([0, 1, 0.0013, 9.1e-5, 0.16, 1.4, 12.34, 99.6, 12400, -0.73, 4.1e-9, 2.5e10].map(size)).toEqual([
      "0",
      "1",
      "0.0013",
      "9.1e-5",
      "0.16",
      "1.4",
      "12",
      "100",
      "12,400",
      "-0.73",
      "4.1e-9",
      "2.5e10",
    ])
    expect([Number.NaN, Infinity, -Infinity].map(size)).toEqual(["NaN", "infinite", "-infinite"])
  })
  // Why: "seen at 100%" of 999,600 of a million points would be a claim that the evidence refutes.
  it("says all and none only where they are exact", () => {
    expect(percent(9996, 10000)).toBe("over 99.9%")
    expect(percent(9986, 10000)).toBe("99.8%")
    expect(percent(999_999, 1_000_000)).toBe("over 99.9%")
    expect(percent(1, 1_000_000)).toBe("under 0.1%")
    expect(percent(4, 1000)).toBe("0.4%")
    expect([percent(0), percent(1), percent(1, 0), percent(0.44)]).toEqual(["0%", "100%", "0%", "44%"])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (a, b) => {
        const [part, whole] = [Math.min(a, b), Math.max(a, b)]
        expect(percent(part, whole) === "100%").toBe(part === whole)
        expect(percent(part, whole)).not.toBe("0%")
      }),
    )
  })
  it("lists", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((l) => listed(l))).toEqual(["", "a", "a and b", "a, b and c"])
  })
})
