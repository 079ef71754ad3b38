// Where the given samples have no gradient, or hardly any: whether a finer number format has one there, or other values of
// the parameter that are better.
import type { Range } from "../definitions/ranges.ts"
import { anyRange, rangeOfName } from "../definitions/roles.ts"
import { compile, compute, type Points, run } from "../gradient/compile.ts"
import { inputName, type Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import { draw } from "./distributions.ts"
import type { Question } from "./evidence.ts"
import { pointsAt } from "./points.ts"
import { halton } from "./sequence.ts"
import { FADING } from "./verdict.ts"

/** So many other values are tried. */
const TRIED = 64
/** And so many fractions of the samples themselves, for what is only too large. */
const SCALES = [0.5, 0.1, 0.01, 0.001, -1, 0]

export interface Beyond {
  /**
   * finer: the gradient is lost to rounding; better, other: none is there, but at other values, some of them better or none;
   * faint: it is there, and far larger at values that are better.
   */
  readonly kind: "finer" | "better" | "other" | "faint"
  /** One of the better values, with the data held. */
  readonly there?: Points
}

const nonZero = (values: Float64Array): boolean => values.some((x) => x !== 0 && Number.isFinite(x))

/** The largest size in each column of [element][point]. */
const sizesOf = (values: Float64Array, count: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    let most = 0
    for (let k = i; k < values.length; k += count) most = Math.max(most, Math.abs(values[k]!))
    return most
  })

/** What there is beyond the given points; `found` is the gradient there, and `isNoise` says of a finer one whether it is one. */
export function beyond(
  question: Question,
  total: Node,
  parameter: Node,
  gradient: Node,
  found: Float64Array,
  isNoise: (finer: Float64Array, losses: Float64Array) => boolean,
): Beyond | undefined {
  const { ranges, format } = question
  const none = !nonZero(found)
  if (none && format !== "float64") {
    const { points } = question
    const [finer, losses] = compute([gradient, total], "float64", points)
    if (nonZero(finer!) && !isNoise(finer!, losses!)) return { kind: "finer" }
  }
  const range = ranges.get(inputName(parameter))
  if (range?.kind !== "list" || range.samples.length > TRIED) return undefined
  const distinct = Math.min(question.points.count, range.samples.length)
  const points = pointsAt(
    question.points,
    Array.from({ length: distinct }, (_, i) => i),
  )
  const look = compile([gradient, total], "float64", TRIED)
  const [ownSlopes, ownLosses] = run(look, points)
  const own = sizesOf(ownSlopes!, points.count)
  let other = false
  const left = new Set(own.keys())
  let there: Points | undefined
  for (const tried of others(points, parameter)) {
    const [slopes, losses] = run(look, tried)
    sizesOf(slopes!, tried.count).forEach((size, i) => {
      const base = i % points.count
      const slack = 1e-9 * Math.max(1, Math.abs(ownLosses![base]!))
      if (size > 0) other = true
      // Better is what lies lower; a plateau is what has a far larger slope there.
      if (!(losses![i]! < ownLosses![base]! - slack) || (!none && !(size > FADING * own[base]!))) return
      if (left.delete(base)) there ??= pointsAt(tried, [i])
    })
  }
  if (none) return other ? { kind: there ? "better" : "other" } : undefined
  return there && left.size === 0 ? { kind: "faint", there } : undefined
}

/** The given points with other values of the parameter: a usual range, and the samples shrunk. */
function others(points: Points, parameter: Node): Points[] {
  const name = inputName(parameter)
  const size = sizeOf(parameter.shape)
  const rows = pointsAt(
    points,
    Int32Array.from({ length: TRIED }, (_, i) => i % points.count),
  )
  const range: Range = rangeOfName(name) ?? anyRange
  const drawn = draw(range, parameter.shape, TRIED, halton(size, TRIED, 0), 0)
  const own = points.values.get(name)!
  return [
    { count: TRIED, values: new Map([...rows.values, [name, drawn]]) },
    ...SCALES.map((scale) => ({
      count: points.count,
      values: new Map([...points.values, [name, own.map((x) => scale * x)]]),
    })),
  ]
}
