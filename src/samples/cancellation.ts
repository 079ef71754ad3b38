// Telling rounding noise from a gradient: noise goes when the computation is carried on in twice the digits, a gradient stays.

import type { Range } from "../definitions/ranges.ts"
import { compute, type Peaks, type Points } from "../gradient/compile.ts"
import { differentiate } from "../gradient/differentiate.ts"
import { type DoubleValues, doublesIn, evaluateDouble, type FinePoints } from "../gradient/double.ts"
import type { NumberFormat } from "../gradient/formats.ts"
import { addConstant, isConstant, type Node } from "../graph/node.ts"
import { add, type Double, div, double, sqrt, square, ZERO } from "../ops/double.ts"
import type { Differentiated, Question } from "./evidence.ts"
import { largestOf, medianOf, typicalOf } from "./median.ts"
import { pointsAt } from "./points.ts"

/**
 * A gradient that is nowhere larger than this against what it is made of is looked at twice. Rounding leaves some units
 * of 2^-53, 2^-24, 2^-9 and 2^-11; the room above is for sums of many and for what errors are multiplied with.
 */
const SUSPICIOUS: Readonly<Record<NumberFormat, number>> = { float64: 1e-10, float32: 1e-3, bfloat16: 1, float16: 0.5 }
/** Noise goes down by 2^50 and more in double-double; a gradient is off by a few units, or by its cancelled digits. */
const GONE = 2 ** 20
const CHECKED = 16
/** Entries smaller than the largest by more than this say nothing: beside a gradient, noise is small, and often in most entries. */
const NOTABLE = 2 ** -10
/** Numbers that may be computed in double-double: some tenths of a second at several points, a few seconds at one. */
const MOST_DOUBLES = 400_000
const MOST_AT_ONE = 2_000_000

/** True when all that the gradient shows is what rounding left over from contributions that cancel. `peaks` are the largest of them. */
export function isNoise(
  question: Question,
  { total, adjoints }: Differentiated,
  node: Node,
  gradient: Float64Array,
  losses: Float64Array,
  peaks: Peaks,
): boolean {
  const adjoint = adjoints.get(node)!
  if (!(largestOf(gradient) > 0 && (isConstant(adjoint) || isSmall(question, gradient, losses, peaks)))) return false
  // Where a coarse format leaves noise, float64 leaves less by 2^29 and more; not of constants, which were folded in it.
  if (question.format !== "float64" && !isConstant(adjoint)) {
    const at = somewhere(gradient, question.points.count, CHECKED)
    const few = pointsAt(question.points, at)
    const [fine] = compute([adjoint], "float64", few)
    return isGone(gradient, question.points.count, at, (k) => fine![k]!)
  }
  const shares = sharesOf(question, total, node)
  // The parameter itself is the result: nothing adds up to its gradient.
  if (shares.length === 0) return false
  const size = doublesIn(shares)
  const most = Math.min(CHECKED, Math.max(size < MOST_AT_ONE ? 1 : 0, Math.floor(MOST_DOUBLES / size)))
  const at = somewhere(gradient, question.points.count, most)
  const few = pointsAt(question.points, at)
  const parts = most > 0 ? evaluateDouble(shares, finer(few, question)) : undefined
  if (!parts) return growsWhenCoarse(adjoint, few)
  return isGone(gradient, question.points.count, at, (k) => sumAt(parts, k).hi)
}

/** Whether the gradient is small against what it is made of, point by point: where one is nearly singular all is large. */
function isSmall({ points, format }: Question, gradient: Float64Array, losses: Float64Array, { from, sizes }: Peaks) {
  const least = Math.max(typicalOf(losses), 1e-3)
  return sizes.every((peak, k) => {
    let largest = 0
    for (let at = from + k; at < gradient.length; at += points.count)
      largest = Math.max(largest, Math.abs(gradient[at]!))
    return largest < SUSPICIOUS[format] * Math.max(peak, least)
  })
}

/** Whether what shows at some points is mostly gone in a finer computation of the same, laid out [element][point]. */
function isGone(gradient: Float64Array, count: number, at: readonly number[], finer: (k: number) => number): boolean {
  const shown = new Float64Array((gradient.length / count) * at.length)
  for (let k = 0; k < shown.length; k++) shown[k] = gradient[Math.floor(k / at.length) * count + at[k % at.length]!]!
  return medianOf(ratiosOf(shown, finer)) > GONE
}

/** How many times larger than `finer` the notable entries are: those near the largest. */
function ratiosOf(shown: Float64Array, finer: (k: number) => number): number[] {
  const least = NOTABLE * largestOf(shown.filter(Number.isFinite))
  const ratios: number[] = []
  shown.forEach((value, k) => {
    const truth = finer(k)
    if (value !== 0 && Math.abs(value) >= least && !Number.isNaN(truth)) ratios.push(Math.abs(value / truth))
  })
  return ratios
}

/** True when contributions that are not 0 sum to exactly 0, somewhere on the way to the parameter, at most points. */
export function cancelsExactly({ points, traced, format }: Question, { total }: Differentiated, node: Node): boolean {
  const incoming = new Map<Node, Node[]>()
  const adjoints = differentiate(
    traced.graph,
    total,
    addConstant(traced.graph, 1),
    new Set([node]),
    (_, input, share) => {
      incoming.set(input, [...(incoming.get(input) ?? []), share])
    },
  )
  const sums = [...incoming].filter(([, shares]) => shares.length > 1)
  if (sums.length === 0) return false
  const few = pointsAt(points, everyFew(points.count))
  const outputs = sums.flatMap(([to, shares]) => [adjoints.get(to)!, ...shares])
  const values = compute(outputs, format, few)
  return sums.some(([, { length }]) => {
    const [sum, ...shares] = values.splice(0, length + 1)
    const cancelled = sum!.reduce((n, g, k) => n + (g === 0 && shares.some((s) => s[k] !== 0) ? 1 : 0), 0)
    return cancelled > sum!.length / 2
  })
}

const everyFew = (count: number): Int32Array =>
  Int32Array.from({ length: Math.min(count, CHECKED) }, (_, k) => Math.floor((k * count) / Math.min(count, CHECKED)))

/** What each user of the parameter hands back to it: added up in double-double, sums of constants show what they are. */
function sharesOf({ traced: { graph } }: Question, total: Node, node: Node): Node[] {
  const shares: Node[] = []
  differentiate(graph, total, addConstant(graph, 1), new Set([node]), (_, input, share) => {
    if (input === node) shares.push(share)
  })
  return shares
}

const sumAt = (parts: readonly DoubleValues[], k: number): Double =>
  parts.reduce((sum, p) => add(sum, double(p.hi[k]!, p.lo[k]!)), ZERO)

/** The points at which the gradient shows most. */
function somewhere(gradient: Float64Array, count: number, most: number): number[] {
  const largest = new Float64Array(count)
  gradient.forEach((value, k) => {
    if (Number.isFinite(value)) largest[k % count] = Math.max(largest[k % count]!, Math.abs(value))
  })
  const shown = Array.from(largest.keys()).filter((i) => largest[i]! > 0)
  return shown.sort((a, b) => largest[b]! - largest[a]!).slice(0, Math.max(1, most))
}

/** Probabilities sum to 1 and unit vectors have length 1 beyond what doubles can say: rounded data are not meant. */
function finer(points: Points, { traced, ranges }: Question): FinePoints {
  const values = new Map(points.values)
  const low = new Map<string, Float64Array>()
  for (const { name, node } of traced.inputs) {
    const whole = normOf(ranges.get(name))
    const own = points.values.get(name)
    const length = node.shape.at(-1)
    if (!whole || !own || !length) continue
    const [hi, lo] = [own.slice(), new Float64Array(own.length)]
    for (let row = 0; row < own.length; row += length * points.count)
      for (let i = 0; i < points.count; i++) {
        const places = Array.from({ length }, (_, j) => row + j * points.count + i)
        const size = whole(places.map((k) => double(own[k]!)))
        for (const k of places) {
          const share = div(double(own[k]!), size)
          ;[hi[k], lo[k]] = [share.hi, share.lo]
        }
      }
    values.set(name, hi)
    low.set(name, lo)
  }
  return { count: points.count, values, low }
}
function normOf(range: Range | undefined): ((row: readonly Double[]) => Double) | undefined {
  if (range?.kind === "simplex") return (row) => row.reduce(add, ZERO)
  if (range?.kind === "unit") return (row) => sqrt(row.map(square).reduce(add, ZERO))
  return undefined
}

/** Where double-double does not reach: float32 has 29 bits less, so that pure noise grows by about 2^29, a gradient by nothing. */
function growsWhenCoarse(adjoint: Node, points: Points): boolean {
  const [fine] = compute([adjoint], "float64", points)
  const [coarse] = compute([adjoint], "float32", points)
  return medianOf(ratiosOf(coarse!, (k) => fine![k]!).filter(Number.isFinite)) > 2 ** 25
}
