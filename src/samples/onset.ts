// Where a number format loses a gradient that float64 has: from which input on it underflows to 0, or overflows.
import { compute, type Points } from "../gradient/compile.ts"
import type { NumberFormat } from "../ops/record.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"
import { pointsAt } from "./points.ts"
import { trialsOf } from "./trials.ts"

/** On one side of 0, along a parameter that is one number. */
export interface Onset {
  readonly parameter: string
  /** What the gradient becomes. */
  readonly becomes: "0" | "not finite"
  /** The input nearest to 0 at which it does. */
  readonly first: number
  /** From this input on, away from 0, it does at every point that was looked at. */
  readonly from?: number
  /** Up to this input, seen from 0, it does at every point that was looked at. */
  readonly upTo?: number
}

/** The drawn points and the special ones in one list. */
function allPoints(evidence: Evidence): Points {
  const { points } = evidence.question
  const trials = trialsOf(evidence)
  const rows = pointsAt(points, [...Array.from({ length: points.count }, (_, i) => i), ...trials.map((t) => t.base)])
  trials.forEach((trial, k) => {
    for (const [name, own] of trial.set)
      own.forEach((x, e) => {
        rows.values.get(name)![e * rows.count + points.count + k] = x
      })
  })
  return rows
}

/** Looks at every parameter that is one number; evidence of any format will do. */
export function onsetsOf(evidence: Evidence, format: NumberFormat): Onset[] {
  if (format === "float64") return []
  const single = evidence.parameters.filter((p) => p.gradient && sizeOf(p.node.shape) === 1 && !p.cancelled)
  if (single.length === 0) return []
  const points = allPoints(evidence)
  const adjoints = single.map((p) => evidence.differentiated.adjoints.get(p.node)!)
  const fine = compute(adjoints, "float64", points)
  const coarse = compute(adjoints, format, points)
  return single.flatMap((p, k) => onsetsAlong(p, points, fine[k]!, coarse[k]!))
}

interface Look {
  readonly x: number
  readonly becomes: Onset["becomes"] | undefined
}

function onsetsAlong(parameter: ParameterEvidence, points: Points, fine: Float64Array, coarse: Float64Array): Onset[] {
  const looks: Look[] = []
  points.values.get(parameter.name)!.forEach((x, i) => {
    // Where float64 has no gradient there is none to lose.
    if (!Number.isFinite(fine[i]!) || fine[i] === 0) return
    const g = coarse[i]!
    looks.push({ x, becomes: g === 0 ? "0" : Number.isFinite(g) ? undefined : "not finite" })
  })
  looks.sort((a, b) => Math.abs(a.x) - Math.abs(b.x))
  return [1, -1].flatMap((side) => {
    const own = looks.filter(({ x }) => (side > 0 ? x >= 0 : x < 0))
    return (["0", "not finite"] as const).flatMap((becomes): Onset[] => {
      const first = own.findIndex((l) => l.becomes === becomes)
      if (first < 0) return []
      const last = own.findLastIndex((l) => l.becomes !== becomes)
      const end = own.findIndex((l) => l.becomes !== becomes)
      return [
        {
          parameter: parameter.name,
          becomes,
          first: own[first]!.x,
          ...(last < own.length - 1 ? { from: own[last + 1]!.x } : {}),
          ...(first === 0 && end > 0 ? { upTo: own[end - 1]!.x } : {}),
        },
      ]
    })
  })
}
