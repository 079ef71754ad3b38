import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import {
  digamma,
  erf,
  erfc,
  erfinv,
  gammaP,
  lgamma,
  logaddexp,
  ndtr,
  ndtri,
  polygamma,
  sigmoid,
  softplus,
} from "../../src/ops/special.ts"

interface Row {
  readonly f: string
  readonly x: number
  readonly y: number
  readonly n?: number
  readonly a?: number
  readonly cancels?: boolean
}
const rows: Row[] = JSON.parse(
  readFileSync(new URL("../../fixtures/special-functions.json", import.meta.url), "utf8"),
).rows

const functions = new Map<string, (x: number, row: Row) => number>(
  Object.entries({ erf, erfc, erfinv, ndtr, ndtri, lgamma, digamma }),
)
functions.set("polygamma", (x, row) => polygamma(row.n ?? 1, x))
functions.set("gammaP", (x, row) => gammaP(row.a ?? 1, x))

// The bounds are the errors that were measured, rounded up: a change that costs digits must be seen and chosen.
const BOUND = new Map([
  ["erf", 4e-16],
  ["erfc", 8e-16],
  ["ndtr", 8e-16],
  ["erfinv", 8e-16],
  ["ndtri", 8e-16],
  ["lgamma", 8e-16],
  ["digamma", 8e-16],
  ["polygamma", 1e-15],
  ["gammaP", 2e-14],
])

// Why: every gradient of a special function is measured against these values, so they are checked against 60 digits.
describe("special functions against mpmath", () => {
  for (const [name, f] of functions) {
    it(name, () => {
      let worst = 0
      let at: Row | undefined
      const mine = rows.filter((row) => row.f === name)
      expect(mine.length).toBeGreaterThan(20)
      for (const row of mine) {
        // Between poles a root may be near: there the error is counted against the sizes that cancel.
        const size = row.cancels
          ? Math.max(Math.abs(row.y), Math.abs(functions.get(name)!(1 - row.x, row)))
          : Math.abs(row.y)
        const error = Math.abs(f(row.x, row) - row.y) / size / (row.cancels ? 8 : 1)
        if (!(error <= worst)) {
          worst = error
          at = row
        }
      }
      if (process.env.SHOW_ERRORS) console.log(name, worst, at)
      expect(worst, JSON.stringify(at)).toBeLessThan(BOUND.get(name)!)
    })
  }
})

// Why: a checker that looks for NaN and infinity must not make its own, and must make those that torch makes.
describe("special functions at the edges", () => {
  it("keep zeros, infinities and NaN", () => {
    expect([erf(Infinity), erf(-Infinity), erf(0), erf(-0), erf(NaN)]).toEqual([1, -1, 0, -0, NaN])
    expect([erfc(Infinity), erfc(-Infinity), erfc(0), erfc(NaN), erfc(30)]).toEqual([0, 2, 1, NaN, 0])
    expect([ndtr(Infinity), ndtr(-Infinity), ndtr(0), ndtr(NaN)]).toEqual([1, 0, 0.5, NaN])
    expect([ndtri(0), ndtri(1), ndtri(0.5), ndtri(-0.1), ndtri(1.1), ndtri(NaN)]).toEqual([
      -Infinity,
      Infinity,
      0,
      NaN,
      NaN,
      NaN,
    ])
    expect([erfinv(-1), erfinv(1), erfinv(0), erfinv(1.5), erfinv(NaN)]).toEqual([-Infinity, Infinity, 0, NaN, NaN])
    expect([sigmoid(Infinity), sigmoid(-Infinity), sigmoid(NaN)]).toEqual([1, 0, NaN])
    expect([softplus(Infinity), softplus(-Infinity), softplus(NaN)]).toEqual([Infinity, 0, NaN])
    expect([logaddexp(Infinity, Infinity), logaddexp(-Infinity, -Infinity), logaddexp(Infinity, -Infinity)]).toEqual([
      Infinity,
      -Infinity,
      Infinity,
    ])
    expect([logaddexp(NaN, 0), logaddexp(NaN, Infinity)]).toEqual([NaN, NaN])
  })
  it("have the poles of the gamma family", () => {
    expect([0, -0, -1, -2, Infinity, -Infinity, NaN].map(lgamma)).toEqual([...Array(6).fill(Infinity), NaN])
    expect([lgamma(1), lgamma(2)].map(Math.abs)).toEqual([0, 0])
    expect([0, -0, -1, -2, Infinity, -Infinity, NaN].map(digamma)).toEqual([
      -Infinity,
      Infinity,
      NaN,
      NaN,
      Infinity,
      NaN,
      NaN,
    ])
    expect([0, -1].map((x) => polygamma(1, x))).toEqual([Infinity, Infinity])
    expect([polygamma(2, 0), polygamma(1, Infinity), polygamma(1, NaN)]).toEqual([-Infinity, 0, NaN])
    expect([polygamma(0, 1), polygamma(-1, 1), polygamma(1.5, 1)]).toEqual([digamma(1), NaN, NaN])
    expect([gammaP(2, 0), gammaP(2, Infinity), gammaP(-1, 1), gammaP(2, -1)]).toEqual([0, 1, NaN, NaN])
  })
})

// Why: softplus, sigmoid and logaddexp are where naive code overflows; the reference values are limits known in closed form.
describe("stable forms", () => {
  it("do not overflow or lose small values", () => {
    expect([sigmoid(800), sigmoid(-800), softplus(800), softplus(-800)]).toEqual([1, 0, 800, 0])
    expect(sigmoid(-700)).toBe(Math.exp(-700))
    expect(softplus(-700)).toBe(Math.exp(-700))
    expect(softplus(0)).toBe(Math.LN2)
    expect(logaddexp(1000, 1000)).toBe(1000 + Math.LN2)
    expect(logaddexp(-1000, -1001)).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 12)
  })
  it("invert each other over the whole range", () => {
    for (let x = -37; x < 8; x += 0.37)
      expect(Math.abs(ndtri(ndtr(x)) - x)).toBeLessThan(x < 0 ? 1e-13 : 3e-16 / Math.exp((-x * x) / 2) + 1e-14)
  })
})
