// Value and gradient along each parameter with all else as it was drawn at one point: what a chart of a loss shows.
import { bounds, type Range } from "../definitions/ranges.ts"
import type { Points } from "../gradient/compile.ts"
import { sizeOf } from "../ops/shapes.ts"
import { type Evidence, gather } from "./evidence.ts"
import { type StateName, stateNames } from "./states.ts"

/** Numbers in the order of `at`; what is not finite stays so. */
export interface Curve {
  readonly parameter: string
  /** Of a parameter with a shape, its first element is moved; absent for a single number. */
  readonly element?: 0
  readonly at: readonly number[]
  readonly value: readonly number[]
  readonly gradient: readonly number[]
  readonly states: readonly StateName[]
  /** The single numbers among the other inputs, and the first element of the rest. */
  readonly fixed: readonly { readonly name: string; readonly value: number; readonly element?: 0 }[]
}

/** Both ends, the middle and the quarters are among so many points. */
const POINTS = 97
/** A loss with more parameters is a model, and nobody looks at a chart of each weight. */
const MOST_CURVES = 6
/** Drawn points that are tried for one at which the value is finite. */
const MOST_TRIES = 8

/** Elements of these are bound to each other: none moves alone. */
const bound: ReadonlySet<Range["kind"]> = new Set(["simplex", "onehot", "unit", "sorted", "list", "set", "bernoulli"])

/** From one end of its range to the other; where there is no end, as far as it was drawn. */
function stops(range: Range, drawn: Float64Array): number[] {
  if (bound.has(range.kind)) return []
  let [least, most] = [Infinity, -Infinity]
  for (const x of drawn) {
    least = Math.min(least, x)
    most = Math.max(most, x)
  }
  const { low, high } = bounds(range)
  const [from, to] = [Number.isFinite(low) ? low : least, Number.isFinite(high) ? high : most]
  if (!(from < to)) return []
  const all = Array.from({ length: POINTS }, (_, k) => from + ((to - from) * k) / (POINTS - 1))
  const whole = range.kind === "poisson" || (range.kind === "interval" && range.whole)
  return whole ? [...new Set(all.map(Math.round))] : all
}

/** The first drawn point with a finite value. */
function baseOf({ losses }: Evidence): number {
  for (let i = 0; i < Math.min(MOST_TRIES, losses.length); i++) if (Number.isFinite(losses[i]!)) return i
  return 0
}

function sweep(points: Points, base: number, name: string, at: readonly number[]): Points {
  const values = new Map<string, Float64Array>()
  for (const [input, all] of points.values) {
    const size = all.length / points.count
    const own = new Float64Array(size * at.length)
    for (let e = 0; e < size; e++) own.fill(all[e * points.count + base]!, e * at.length, (e + 1) * at.length)
    if (input === name) own.set(at)
    values.set(input, own)
  }
  return { count: at.length, values }
}

/** Curves of the parameters that move number by number along a range. */
export function curvesOf(evidence: Evidence): Curve[] {
  const { question } = evidence
  const { traced, points, ranges, parameters, role } = question
  const base = baseOf(evidence)
  const given = traced.inputs.filter((i) => i.kind === "given" || i.kind === "free")
  return parameters.slice(0, MOST_CURVES).flatMap((parameter): Curve[] => {
    const range = ranges.get(parameter)
    const at = range ? stops(range, points.values.get(parameter)!) : []
    if (at.length < 2) return []
    const looked = gather({ ...question, points: sweep(points, base, parameter, at) })
    const own = looked.parameters.find((p) => p.name === parameter)!
    const size = sizeOf(own.node.shape)
    const pointwise = sizeOf(traced.root.shape) === 1 || (role === "activation" && sizeOf(traced.root.shape) === size)
    const first = (all: Float64Array): number[] => [...all.subarray(0, at.length)]
    return [
      {
        parameter,
        ...(size > 1 ? { element: 0 as const } : {}),
        at,
        value: first(pointwise ? looked.values : looked.losses),
        gradient: own.gradient ? first(own.gradient) : at.map(() => 0),
        states: [...own.states.subarray(0, at.length)].map((s) => stateNames[s]!),
        fixed: given
          .filter((i) => i.name !== parameter)
          .map((i) => ({
            name: i.name,
            value: points.values.get(i.name)![base]!,
            ...(sizeOf(i.node.shape) > 1 ? { element: 0 as const } : {}),
          })),
      },
    ]
  })
}
