import { describe, expect, it } from "vitest"
import { listSpec, parseInputSpec, type Range } from "../../src/definitions/ranges.ts"
import { draw } from "../../src/samples/distributions.ts"
import { halton } from "../../src/samples/sequence.ts"
import { Problem } from "../../src/source/problem.ts"

const POINTS = 4000

function sample(text: string | Range, shape: readonly number[] = [], points = POINTS): Float64Array {
  const range = typeof text === "string" ? parseInputSpec(text).range : text
  const elements = shape.reduce((product, size) => product * size, 1)
  return draw(range, shape, points, halton(elements, points, 11), 11)
}
const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v, 0) / x.length
const variance = (x: Float64Array, centre = mean(x)) => mean(x.map((v) => (v - centre) ** 2))
const share = (x: Float64Array, value: number) => x.filter((v) => v === value).length / x.length

// Why: a wrong mean or variance moves every share that a report tells. Theory is exact; the sequence's own error is small.
describe("means and variances against theory", () => {
  const EULER = 0.5772156649015329
  const rows: [string, number, number][] = [
    ["-8..8", 0, 256 / 12],
    ["0..1", 0.5, 1 / 12],
    ["0..3 int", 1.5, 1.25],
    ["{-1, 1}", 0, 1],
    ["bernoulli(0.4)", 0.4, 0.24],
    ["normal(0, 1)", 0, 1],
    ["normal(-1, 0.4)", -1, 0.16],
    ["gumbel", EULER, Math.PI ** 2 / 6],
    ["exponential(2)", 2, 4],
    ["poisson(2)", 2, 2],
    ["poisson(0.1)", 0.1, 0.1],
    ["poisson(3000)", 3000, 3000],
    ["poisson(1e8)", 1e8, 1e8],
    ["gamma(2, 0.7)", 1.4, 0.98],
    ["gamma(0.3, 1)", 0.3, 0.3],
    ["gamma(50, 2)", 100, 200],
    ["gamma(1e6, 1)", 1e6, 1e6],
  ]
  it.each(rows)("%s", (text, m, v) => {
    const x = sample(text)
    expect(Math.abs(mean(x) - m) / Math.sqrt(v)).toBeLessThan(0.01)
    expect(Math.abs(variance(x) / v - 1)).toBeLessThan(0.03)
  })
})

// Why: mean and variance do not see a wrong form; these values are the theory's own, cell by cell.
describe("frequencies and quantiles against theory", () => {
  it("poisson(2) has its probabilities", () => {
    const x = sample("poisson(2)")
    for (let k = 0, p = Math.exp(-2); k < 7; p *= 2 / ++k) expect(Math.abs(share(x, k) - p)).toBeLessThan(0.002)
  })
  it("whole numbers and sets have equal shares, both ends included", () => {
    for (const [text, values] of [
      ["0..3 int", [0, 1, 2, 3]],
      ["{0.5, -2, 7}", [0.5, -2, 7]],
    ] as const) {
      const x = sample(text)
      for (const value of values) expect(Math.abs(share(x, value) - 1 / values.length)).toBeLessThan(0.002)
    }
  })
  it("bernoulli at its ends is constant", () => {
    expect(share(sample("bernoulli(0)"), 0)).toBe(1)
    expect(share(sample("bernoulli(1)"), 1)).toBe(1)
  })
  it("gamma of shape 1 is exponential, and of shape 1/2 half a squared normal", () => {
    const u = Float64Array.of(1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9)
    const gamma = (shape: number) => draw({ kind: "gamma", shape, scale: 1 }, [], u.length, u, 0)
    const exponential = draw({ kind: "exponential", scale: 1 }, [], u.length, u, 0)
    gamma(1).forEach((x, i) => {
      expect(Math.abs(x / exponential[i]! - 1)).toBeLessThan(1e-6)
    })
    const normal = draw(
      { kind: "normal", mean: 0, sd: 1 },
      [],
      u.length,
      u.map((v) => (1 + v) / 2),
      0,
    )
    gamma(0.5).forEach((x, i) => {
      expect(Math.abs(x / (normal[i]! ** 2 / 2) - 1)).toBeLessThan(1e-6)
    })
  })
  it("gamma has scipy's quantiles for small, moderate and large shapes", () => {
    const u = Float64Array.of(0.01, 0.5, 0.99)
    // scipy.special.gammaincinv(shape, u)
    const rows: [number, number[]][] = [
      [0.05, [5.844632057286578e-41, 5.573878440746256e-7, 1.0876274000918094]],
      [0.5, [7.854392895485092e-5, 0.227468211559786, 3.3174483005106072]],
      [1.5, [0.057415900949558535, 1.1829869421876689, 5.6724333650721865]],
      [3, [0.43604516507829316, 2.674060313723559, 8.405946914885464]],
      [30, [18.742425764901892, 29.66733313822123, 44.189709450724685]],
      [500, [449.4562234648066, 499.6667062016905, 553.4844971761087]],
      [9000, [8780.774960739129, 8999.666668861542, 9222.166272104369]],
    ]
    for (const [shape, want] of rows) {
      draw({ kind: "gamma", shape, scale: 1 }, [], 3, u, 0).forEach((x, i) => {
        expect(Math.abs(x / want[i]! - 1), `${shape}, ${u[i]}`).toBeLessThan(1e-8)
      })
    }
  })
})

// Why: ranges along the last axis are promises about whole rows, which losses over classes rely on.
describe("rows", () => {
  const rowsOf = (x: Float64Array, shape: readonly number[]): number[][] => {
    const length = shape.at(-1)!
    const rows: number[][] = []
    for (let start = 0; start < x.length; start += length * POINTS) {
      for (let p = 0; p < POINTS; p++) rows.push(Array.from({ length }, (_, i) => x[start + i * POINTS + p]!))
    }
    return rows
  }
  const shape = [2, 5]
  it("simplex rows are positive and sum to one; the spread decides how peaked they are", () => {
    const rows = rowsOf(sample("simplex(1)", shape), shape)
    expect(rows.every((row) => row.every((v) => v > 0))).toBe(true)
    expect(rows.every((row) => Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-14)).toBe(true)
    const peak = (spread: number) =>
      mean(Float64Array.from(rowsOf(sample(`simplex(${spread})`, shape), shape), (row) => Math.max(...row)))
    expect(peak(0.01)).toBeLessThan(0.21)
    expect(peak(10)).toBeGreaterThan(0.8)
  })
  it("onehot rows hold one 1, every class equally often", () => {
    const x = sample("onehot", shape)
    expect(new Set(rowsOf(x, shape).map((row) => row.toSorted().join())).size).toBe(1)
    expect(rowsOf(x, shape)[0]?.toSorted()).toEqual([0, 0, 0, 0, 1])
    for (let e = 0; e < 10; e++)
      expect(Math.abs(mean(x.subarray(e * POINTS, (e + 1) * POINTS)) - 0.2)).toBeLessThan(0.005)
  })
  it("unit rows have length 1, in every direction alike", () => {
    const x = sample("unit", shape)
    expect(rowsOf(x, shape).every((row) => Math.abs(Math.hypot(...row) - 1) < 1e-14)).toBe(true)
    expect(Math.abs(mean(x))).toBeLessThan(0.01)
    expect(sample("unit", [1]).every((v) => Math.abs(v) === 1)).toBe(true)
  })
  it("sorted rows ascend, and are the draws of their range", () => {
    const x = sample("sorted(normal(0, 1))", shape)
    expect(rowsOf(x, shape).every((row) => row.every((v, i) => i === 0 || row[i - 1]! <= v))).toBe(true)
    expect(x.slice().sort()).toEqual(sample("normal(0, 1)", shape).sort())
    expect(sample("sorted(0..1)")).toEqual(sample("0..1"))
  })
  it("are refused for a scalar, as the user's mistake", () => {
    for (const text of ["simplex(1)", "onehot", "unit", "sorted(onehot)"]) expect(() => sample(text)).toThrow(Problem)
  })
})

// Why: a list is the user's own data: sample i at point i, cycled, with every element in its place.
describe("lists", () => {
  it("are cycled", () => {
    const { range, shape = [] } = listSpec([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    expect([...draw(range, shape, 4, halton(2, 4, 0), 0)]).toEqual([1, 3, 5, 1, 2, 4, 6, 2])
    expect([...draw(listSpec([7, 8]).range, [], 3, new Float64Array(0), 0)]).toEqual([7, 8, 7])
  })
})

// Why: the edges of float64 and of (0, 1) are where an inversion leaves its range.
describe("edges", () => {
  it("stay inside the range and finite", () => {
    const u = Float64Array.of(2 ** -40, 0.5, 1 - 2 ** -53)
    for (const text of [
      "-3..3",
      "1..1",
      "-1e308..1.7e308",
      "1e-3..1",
      "-5..5 int",
      "0.1..0.3",
      "{1, 2, 3}",
      "gumbel",
      "exponential(1)",
      "poisson(2)",
      "poisson(1e8)",
      "gamma(0.001, 1)",
      "gamma(2, 0.7)",
      "gamma(9000, 1)",
      "normal(0, 1)",
    ]) {
      const { range } = parseInputSpec(text)
      const x = draw(range, [], 3, u, 0)
      expect(x.every(Number.isFinite), text).toBe(true)
      if (range.kind === "interval")
        expect(
          x.every((v) => v >= range.low && v <= range.high),
          text,
        ).toBe(true)
    }
  })
  it("are monotone in the uniform, element by element", () => {
    const u = Float64Array.from({ length: 999 }, (_, i) => (i + 1) / 1000)
    for (const text of [
      "-3..3",
      "0..9 int",
      "gumbel",
      "exponential(1)",
      "poisson(9)",
      "gamma(0.2, 1)",
      "gamma(3, 1)",
      "gamma(400, 1)",
      "normal(0, 1)",
    ]) {
      const x = draw(parseInputSpec(text).range, [], 999, u, 0)
      for (let i = 1; i < 999; i++) expect(x[i]!, text).toBeGreaterThanOrEqual(x[i - 1]!)
    }
  })
})
