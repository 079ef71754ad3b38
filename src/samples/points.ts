// Drawing the points: every input from its range, low-discrepancy, kept where a condition holds.

import type { Range } from "../definitions/ranges.ts"
import { compile, type Points, run } from "../gradient/compile.ts"
import type { Traced, TracedInput } from "../graph/inputs.ts"
import type { Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import { count } from "../source/count.ts"
import { Problem } from "../source/problem.ts"
import { draw } from "./distributions.ts"
import { halton } from "./sequence.ts"

/** Doubles that the drawn points may fill; beyond that fewer points are drawn. */
const MOST_DOUBLES = 4_000_000
/** Rounds of drawing before a condition is given up. */
const MOST_ROUNDS = 64

/** Noise that the source draws itself. */
export const noiseRange = (kind: "uniform" | "normal"): Range =>
  kind === "uniform" ? { kind: "interval", low: 0, high: 1, whole: false } : { kind: "normal", mean: 0, sd: 1 }
export const drawnRange = ({ kind }: TracedInput): Range | undefined =>
  kind === "uniform" || kind === "normal" ? noiseRange(kind) : undefined

/**
 * Values that were drawn last, input by input, by all that they depend on, names not among it: other number formats,
 * trials and the next definitions ask for the same ones again. Nobody writes into them.
 */
const drawn = new Map<string, Float64Array>()
const MOST_KEPT = 64
/** Larger ones are not kept. */
const MOST_DOUBLES_KEPT = 20_000

function drawAll(traced: Traced, ranges: ReadonlyMap<string, Range>, count: number, seed: number): Points {
  const sizes = traced.inputs.map((i) => sizeOf(i.node.shape))
  const uniforms = halton(
    sizes.reduce((a, b) => a + b, 0),
    count,
    seed,
  )
  const values = new Map<string, Float64Array>()
  let offset = 0
  traced.inputs.forEach((input, k) => {
    const own = uniforms.subarray(offset * count, (offset + sizes[k]!) * count)
    const range = drawnRange(input) ?? ranges.get(input.name)!
    const make = (): Float64Array => draw(range, input.node.shape, count, own, seed + k)
    const key = () => JSON.stringify([count, seed, k, offset, input.node.shape, range])
    values.set(input.name, own.length > MOST_DOUBLES_KEPT || range.kind === "list" ? make() : kept(key(), make))
    offset += sizes[k]!
  })
  return { count, values }
}

function kept(key: string, make: () => Float64Array): Float64Array {
  const known = drawn.get(key)
  if (known) return known
  const values = make()
  if (drawn.size >= MOST_KEPT) drawn.delete(drawn.keys().next().value!)
  drawn.set(key, values)
  return values
}

/** The points at `keep`, in that order. */
export function pointsAt(points: Points, keep: readonly number[] | Int32Array): Points {
  const values = new Map<string, Float64Array>()
  for (const [name, all] of points.values) {
    const size = all.length / points.count
    const own = new Float64Array(size * keep.length)
    for (let e = 0; e < size; e++)
      for (let i = 0; i < keep.length; i++) own[e * keep.length + i] = all[e * points.count + keep[i]!]!
    values.set(name, own)
  }
  return { count: keep.length, values }
}

function join(parts: readonly Points[], count: number): Points {
  const values = new Map<string, Float64Array>()
  for (const [name, first] of parts[0]!.values) {
    const size = first.length / parts[0]!.count
    const own = new Float64Array(size * count)
    for (let e = 0; e < size; e++) {
      let at = 0
      for (const part of parts) {
        const source = part.values.get(name)!
        for (let i = 0; i < part.count && at < count; i++) own[e * count + at++] = source[e * part.count + i]!
      }
    }
    values.set(name, own)
  }
  return { count, values }
}

/**
 * Draws `number` points. With a condition, points that do not meet it are drawn again; a Problem when it hardly ever
 * holds. Deterministic by seed.
 */
export function drawPoints(
  traced: Traced,
  ranges: ReadonlyMap<string, Range>,
  number: number,
  seed: number,
  given?: { readonly node: Node; readonly text: string },
): Points {
  const doubles = traced.inputs.reduce((sum, i) => sum + sizeOf(i.node.shape), 0)
  const wanted = Math.max(1, Math.min(number, Math.floor(MOST_DOUBLES / Math.max(1, doubles))))
  if (!given) return drawAll(traced, ranges, wanted, seed)
  const program = compile([given.node])
  const parts: Points[] = []
  let have = 0
  for (let round = 0; round < MOST_ROUNDS && have < wanted; round++) {
    const points = drawAll(traced, ranges, wanted, seed + 7919 * round)
    const truth = run(program, points)[0]!
    const size = truth.length / points.count
    const keep: number[] = []
    for (let i = 0; i < points.count; i++) {
      let holds = true
      for (let e = 0; e < size; e++) if (!(truth[e * points.count + i]! !== 0)) holds = false
      if (holds) keep.push(i)
    }
    if (keep.length > 0) parts.push(pointsAt(points, keep))
    have += keep.length
  }
  if (have < wanted) {
    throw new Problem({
      headline: have === 0 ? "the condition never holds" : "the condition hardly ever holds",
      note: [`--given "${given.text}" held at ${have} of ${count(MOST_ROUNDS * wanted)} points drawn`],
      help: ["widen the ranges (--in NAME=RANGE), or drop the condition"],
    })
  }
  return join(parts, wanted)
}
