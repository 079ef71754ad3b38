// A proof is worth nothing if an interval can miss a value: random boxes, random points in them, not one outside.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addInput, apply, newGraph } from "../../src/graph/node.ts"
import type { Interval } from "../../src/ops/interval.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import { operations } from "../../src/ops/table.ts"
import { blameFor, contains, intervalFrom, outside, pointsIn } from "../support/boxes.ts"
import { prepare } from "../support/evaluate.ts"
import { expressionNumber, inputShapes } from "../support/expressions.ts"
import { type Case, casesOf } from "../support/operations.ts"
import { randomFrom, seedOf } from "../support/random.ts"

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
function pointsOf({ lo, hi }: Interval, random: readonly number[]): number[] {
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

describe("interval transfers contain every value", () => {
  it.each(pointwise)("$name", (op) => {
    const arity = op.tensors
    fc.assert(
      fc.property(
        fc.array(box, { minLength: arity, maxLength: arity }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (boxes, random) => {
          const range = op.range!(...boxes)
          const candidates = boxes.map((b) => pointsOf(b, random))
          for (let k = 0; k < 40; k++) {
            const args = candidates.map(
              (c, j) => c[(k * (j === 0 ? 1 : 7 * j) + (j > 0 ? Math.floor(k / 3) : 0)) % c.length]!,
            )
            const value = op.value!(...args)
            if (!contains(range, value))
              expect.fail(
                `${op.name}(${args.join(", ")}) = ${value} outside ${JSON.stringify(range)} for ${JSON.stringify(boxes)}`,
              )
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})

const shaped = operations.filter((op) => (op.range || op.foldRange || op.rowRange || op.wholeRange) && casesOf(op))

/** Arguments that hold positions get whole numbers, some of them known exactly; the others anything, NaN included. */
function boxOf(c: Case, random: () => number): Map<string, Interval[]> {
  return new Map(
    c.shapes.map((shape, k) => {
      const length = Math.max(...c.shapes.flat(), 1)
      const known = c.fixed?.[k]
      return [
        `x${k}`,
        Array.from({ length: sizeOf(shape) }, (_, e): Interval => {
          if (!known) return { ...intervalFrom(random), nan: random() < 0.05 }
          const at = random() < 0.5 ? known[e]! : Math.floor(random() * 2 * length) - length
          return { lo: at, hi: at + (random() < 0.5 ? 0 : Math.floor(3 * random())), nan: false }
        }),
      ]
    }),
  )
}

describe("so do those of whole operations, NaN among the arguments", () => {
  it.each(shaped)("$name", (op) => {
    const random = randomFrom(seedOf(op.name))
    for (const c of casesOf(op)!) {
      const graph = newGraph()
      const inputs = c.shapes.map((s, k) => addInput(graph, `x${k}`, s, c.fixed?.[k] ? "whole" : "real"))
      const node = apply(graph, op, inputs, c.statics)
      for (let k = 0; k < 30; k++) {
        const own = boxOf(c, random)
        const points = pointsIn(own, 40, random)
        c.shapes.forEach((_, j) => {
          if (c.fixed?.[j])
            points.values.get(`x${j}`)!.forEach((x, e, all) => {
              all[e] = Math.round(x)
            })
        })
        const wrong = outside([node], own, points, k % 2 === 0 ? "float64" : "float32")
        if (wrong) expect.fail(blameFor([node], own, points, k % 2 === 0 ? "float64" : "float32"))
      }
    }
  })
})

describe("so do those of whole graphs", () => {
  const EXPRESSIONS = 625
  const POINTS = 400
  it("values and gradients of random expressions, in float64 and float32, at a million points", {
    timeout: 60_000,
  }, () => {
    let checked = 0
    for (let n = 0; n < EXPRESSIONS; n++) {
      const text = expressionNumber(n)
      const { root, adjoints } = prepare(text, inputShapes)
      const outputs = [root, ...[...adjoints.values()].filter((node) => node !== null)]
      const random = randomFrom(n + 1)
      for (const format of ["float64", "float32", "float64", "float32"] as const) {
        const own = new Map(
          Object.entries(inputShapes).map(([name, shape]) => [
            name,
            Array.from({ length: sizeOf(shape) }, () => intervalFrom(random)),
          ]),
        )
        const points = pointsIn(own, POINTS, random)
        checked += POINTS
        if (outside(outputs, own, points, format))
          expect.fail(`${text}, ${format}: ${blameFor(outputs, own, points, format)}`)
      }
    }
    expect(checked).toBeGreaterThanOrEqual(1_000_000)
  })
})
