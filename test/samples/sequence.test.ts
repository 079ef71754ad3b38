import { describe, expect, it } from "vitest"
import { halton, random } from "../../src/samples/sequence.ts"

const column = (all: Float64Array, d: number, points: number) => all.subarray(d * points, (d + 1) * points)

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v, 0) / x.length
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb)
    aa += (a[i]! - ma) ** 2
    bb += (b[i]! - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

/** The largest difference between the share of values below x and x. */
function discrepancy(values: Float64Array): number {
  const sorted = values.slice().sort()
  return sorted.reduce(
    (worst, v, i) => Math.max(worst, Math.abs(v - i / sorted.length), Math.abs((i + 1) / sorted.length - v)),
    0,
  )
}

// Why: shares of dead points are counted over these points, so every coordinate must cover (0, 1) evenly.
describe("evenness", () => {
  it("holds 100 ± 15 of 1,000 points in every decile of the first 300 dimensions", () => {
    for (const seed of [0, 1, 2]) {
      const all = halton(300, 1000, seed)
      expect(all.every((u) => u > 0 && u < 1)).toBe(true)
      for (let d = 0; d < 300; d++) {
        const counts = new Array<number>(10).fill(0)
        for (const u of column(all, d, 1000)) counts[Math.floor(10 * u)]! += 1
        expect(Math.max(...counts.map((c) => Math.abs(c - 100))), `dimension ${d}`).toBeLessThanOrEqual(15)
      }
    }
  })
  it("has a small star discrepancy in each of the first 64 dimensions, far below random points' 0.03", () => {
    const all = halton(64, 1000, 3)
    for (let d = 0; d < 64; d++) expect(discrepancy(column(all, d, 1000)), `dimension ${d}`).toBeLessThan(0.025)
    for (let d = 0; d < 10; d++) expect(discrepancy(column(all, d, 1000)), `dimension ${d}`).toBeLessThan(0.006)
  })
  it("covers every cell once where the base is above the number of points", () => {
    const all = halton(20, 7, 1)
    for (let d = 4; d < 20; d++)
      expect([...column(all, d, 7)].map((u) => Math.floor(7 * u)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
  it("is better than random points in two dimensions", () => {
    const all = halton(2, 1000, 5)
    let hits = 0
    for (let i = 0; i < 1000; i++) if (all[i]! ** 2 + all[1000 + i]! ** 2 < 1) hits++
    expect(Math.abs(hits / 1000 - Math.PI / 4)).toBeLessThan(0.006)
  })
})

// Why: unscrambled Halton points lie on lines in high dimensions, which would make two inputs look related.
describe("independence", () => {
  it("keeps every pair of the first 64 dimensions uncorrelated", () => {
    const all = halton(64, 1000, 0)
    for (let a = 0; a < 64; a++) {
      for (let b = 0; b < a; b++)
        expect(Math.abs(correlation(column(all, a, 1000), column(all, b, 1000))), `${a}, ${b}`).toBeLessThan(0.12)
    }
  })
  it("has correlations no larger than random points' over seeds and into the thousands of dimensions", () => {
    let sum = 0
    let count = 0
    for (let seed = 1; seed <= 5; seed++) {
      const all = halton(2000, 1000, seed)
      for (let a = 1; a < 2000; a += 7) {
        const r = correlation(column(all, a, 1000), column(all, a - 1, 1000))
        sum += r * r
        count++
        expect(Math.abs(r)).toBeLessThan(0.16)
      }
    }
    expect(Math.sqrt(sum / count)).toBeLessThan(0.035)
  })
})

// Why: a report must be the same on every run and every machine, and another seed must really be another sample.
describe("seeds", () => {
  it("give the same points again, and other points for another seed", () => {
    expect(halton(5, 100, 7)).toEqual(halton(5, 100, 7))
    const [a, b] = [halton(5, 100, 7), halton(5, 100, 8)]
    expect(a.filter((u, i) => u === b[i]).length).toBe(0)
    expect(halton(3, 100, 7)).toEqual(a.subarray(0, 300))
  })
  it("fix the numbers themselves", () => {
    const next = random(1)
    expect([next(), next(), next()]).toMatchInlineSnapshot(`
      [
        0.7887684755260125,
        0.25165802508126944,
        0.8257388832280412,
      ]
    `)
    expect([...halton(3, 3, 42)]).toMatchInlineSnapshot(`
      [
        0.6617529567156453,
        0.09677723413915373,
        0.7611713644873817,
        0.5755404518373931,
        0.10798953283422937,
        0.983769691355216,
        0.9198833213886246,
        0.20217125967610627,
        0.46304408565629274,
      ]
    `)
  })
  it("take large and negative seeds apart", () => {
    const first = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 52].map((seed) => random(seed)())
    expect(new Set(first).size).toBe(6)
  })
  it("handle no points, one point and no dimensions", () => {
    expect(halton(0, 10, 1).length).toBe(0)
    expect(halton(3, 0, 1).length).toBe(0)
    expect(halton(3, 1, 1).every((u) => u > 0 && u < 1)).toBe(true)
  })
})

// Why: the generator is written out here; an even mean and spread catch a slip in its rotations.
describe("random", () => {
  it("is even", () => {
    const next = random(9)
    const values = Float64Array.from({ length: 100_000 }, next)
    expect(discrepancy(values)).toBeLessThan(0.006)
    expect(Math.abs(correlation(values.subarray(1), values.subarray(0, -1)))).toBeLessThan(0.012)
  })
})

// Why: sampling happens before anything is told, so a slow sequence is felt in every command. The bound is generous: a
// busy machine must not fail it. Measured: about 0.3 ms.
it("makes 1,000 points in 32 dimensions quickly", () => {
  const times = Array.from({ length: 30 }, (_, i) => {
    const start = performance.now()
    halton(32, 1000, i)
    return performance.now() - start
  })
  expect(Math.min(...times)).toBeLessThan(2)
})
