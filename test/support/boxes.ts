// Random boxes, points inside them, and a look for a value outside of its interval, down to the first node that is wrong.
import { compile, type Points, run } from "../../src/gradient/compile.ts"
import { type Box, compileIntervals, runIntervals } from "../../src/gradient/intervals.ts"
import type { Node } from "../../src/graph/node.ts"
import type { Interval } from "../../src/ops/interval.ts"
import type { NumberFormat, Shape } from "../../src/ops/record.ts"
import { sizeOf } from "../../src/ops/shapes.ts"

type Draw = () => number
const corners = [0, 0, 1, -1, 0.5, -0.5, 2, -2, 3, 6, -3, 1e-8, 100, -100, 710, -746, 1e4, Infinity, -Infinity]

function end(random: Draw): number {
  const kind = random()
  return kind < 0.6
    ? 6 * random() - 3
    : kind < 0.9
      ? corners[Math.floor(random() * corners.length)]!
      : Math.tan(3 * random() - 1.5)
}
/** Narrow and wide, single numbers among them, ends where functions change their mind. */
export function intervalFrom(random: Draw): Interval {
  const [a, kind] = [end(random), random()]
  const b = kind < 0.1 ? a : kind < 0.4 ? a + 10 ** (-8 * random()) : end(random)
  return { lo: Math.min(a, b), hi: Math.max(a, b), nan: false }
}
export const boxFrom = (shapes: Readonly<Record<string, Shape>>, random: Draw): Map<string, Interval[]> =>
  new Map(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Array.from({ length: sizeOf(shape) }, () => intervalFrom(random)),
    ]),
  )

function pointIn({ lo, hi, nan }: Interval, random: Draw): number {
  if (nan && random() < 0.2) return Number.NaN
  const kind = random()
  if (kind < 0.12) return lo
  if (kind < 0.24) return hi
  const whole = Math.round(lo + random() * Math.min(hi - lo, 10))
  if (kind < 0.4 && whole >= lo && whole <= hi) return whole
  const [from, to] = [Math.max(lo, -1e6), Math.min(hi, 1e6)]
  const within =
    kind < 0.7 && from < to ? from + random() * (to - from) : (lo === -Infinity ? Math.min(hi, 0) : lo) + random()
  return Math.min(Math.max(within, lo), hi)
}
export function pointsIn(box: Box, count: number, random: Draw): Points {
  const values = new Map<string, Float64Array>()
  for (const [name, intervals] of box) {
    const own = new Float64Array(intervals.length * count)
    intervals.forEach((x, e) => {
      for (let i = 0; i < count; i++) own[e * count + i] = pointIn(x, random)
    })
    values.set(name, own)
  }
  return { count, values }
}

export const contains = (x: Interval, value: number): boolean =>
  Number.isNaN(value) ? x.nan : value >= x.lo && value <= x.hi

/** What is wrong with the intervals of these nodes over a box, if anything is. */
export function outside(outputs: readonly Node[], box: Box, points: Points, format: NumberFormat): string | undefined {
  const ranges = runIntervals(compileIntervals(outputs), box, format)
  const values = run(compile(outputs, format, points.count), points)
  for (let k = 0; k < outputs.length; k++) {
    const own = values[k]!
    for (let e = 0; e < own.length; e++) {
      const range = ranges[k]![Math.floor(e / points.count)]!
      if (!contains(range, own[e]!)) return `${own[e]} outside ${range.lo}..${range.hi}${range.nan ? " or NaN" : ""}`
    }
  }
  return undefined
}

/** The first node below the outputs whose interval misses a value, with what it was computed from. */
export function blameFor(outputs: readonly Node[], box: Box, points: Points, format: NumberFormat): string {
  const all = new Set<Node>()
  const stack = [...outputs]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (all.has(node)) continue
    all.add(node)
    stack.push(...node.inputs)
  }
  for (const node of [...all].sort((a, b) => a.id - b.id)) {
    const wrong = outside([node], box, points, format)
    if (!wrong) continue
    const from = runIntervals(compileIntervals([...node.inputs]), box, format)
    return `${node.op.name}: ${wrong}, from ${JSON.stringify(from.map((f) => f.map((x) => [String(x.lo), String(x.hi), x.nan])))}`
  }
  return "nothing"
}
