// Resting or stuck: a case without gradient is stuck when another value of the parameter would lower the loss.
import { bounds } from "../definitions/ranges.ts"
import { compile, type Points, run } from "../gradient/compile.ts"
import { differentiate } from "../gradient/differentiate.ts"
import type { NumberFormat } from "../gradient/formats.ts"
import { addConstant, apply, type Graph, type Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import { type Differentiated, type Question, RESTING, STUCK } from "./evidence.ts"
import { pointsAt } from "./points.ts"
import type { Separation } from "./separate.ts"

/** How far other samples are taken from: values that the parameter has at other points, so many of them. */
const SHIFTS = [1, 3, 7, 17, 37, 71, 113, 167, 229, 293, 359, 431, 499, 577, 661, 743]

/** A lower loss counts when it is lower by more than rounding can explain. */
const TOLERANCE: Readonly<Record<NumberFormat, number>> = { float64: 1e-10, float32: 1e-5, bfloat16: 3e-2, float16: 3e-3 }

interface Zeros {
  readonly question: Question
  readonly differentiated: Differentiated
  readonly node: Node
  readonly separation: Separation | undefined
  readonly kind: "element" | "point"
  /** Cases without gradient are RESTING on entry; those that could do better become STUCK. */
  readonly states: Uint8Array
  readonly losses: Float64Array
  readonly format: NumberFormat
}

/**
 * What each element of the parameter adds to the loss, where that can be told: the frontier's elements times their
 * weight in the rest of the way, which does not depend on the parameter.
 */
function sharesOf(graph: Graph, total: Node, node: Node, separation: Separation): Node {
  const weights = differentiate(graph, total, addConstant(graph, 1), new Set(separation.frontier))
  let sum: Node | undefined
  for (const part of separation.frontier) {
    const weight = weights.get(part)
    if (!weight) continue
    const owners = separation.owners.get(part)!
    const share = apply(graph, operation("_place"), [apply(graph, operation("mul"), [weight, part])], { map: owners, to: node.shape })
    sum = sum ? apply(graph, operation("add"), [sum, share]) : share
  }
  return sum ?? addConstant(graph, new Float64Array(sizeOf(node.shape)), node.shape)
}

/** Values to try in place of the parameter's own: those of other points, copies of data, and the ends of its range. */
function* candidates(question: Question, node: Node, keep: Int32Array): Generator<Float64Array> {
  const { points, traced, ranges, parameters } = question
  const name = node.statics["name"] as string
  const own = points.values.get(name)!
  const size = sizeOf(node.shape)
  const { low, high } = bounds(ranges.get(name)!)
  const at = (source: Float64Array, e: number, i: number): number => source[e * points.count + i]!
  const make = (value: (e: number, i: number) => number): Float64Array => {
    const out = new Float64Array(size * keep.length)
    for (let e = 0; e < size; e++) for (let k = 0; k < keep.length; k++) out[e * keep.length + k] = Math.min(Math.max(value(e, keep[k]!), low), high)
    return out
  }
  for (const input of traced.inputs) {
    if (parameters.includes(input.name) || sizeOf(input.node.shape) !== size) continue
    const theirs = points.values.get(input.name)!
    yield make((e, i) => at(theirs, e, i))
  }
  for (const shift of SHIFTS) if (shift < points.count) yield make((e, i) => at(own, e, (i + shift) % points.count))
  const elementwise = !["simplex", "onehot", "unit", "sorted", "list"].includes(ranges.get(name)!.kind)
  if (elementwise) for (const end of [low, high, 0, (low + high) / 2]) if (Number.isFinite(end)) yield make(() => end)
}

export function markStuck(zeros: Zeros): void {
  const { question, differentiated, node, separation, kind, states, losses, format } = zeros
  const { points, traced } = question
  const size = sizeOf(node.shape)
  const count = points.count
  const name = node.statics["name"] as string
  const elements = kind === "element" ? size : 1
  const rows: number[] = []
  for (let i = 0; i < count; i++) {
    let any = false
    for (let e = 0; e < elements; e++) any ||= states[e * count + i] === RESTING
    if (any) rows.push(i)
  }
  if (rows.length === 0) return
  const keep = Int32Array.from(rows)
  const here = pointsAt(points, keep)
  const shared = separation?.traceable && size > 1 && kind === "element"
  const judge = shared ? sharesOf(traced.graph, differentiated.total, node, separation) : differentiated.total
  const program = compile([judge], format, keep.length)
  const before = run(program, here)[0]!
  const own = here.values.get(name)!
  const slack = TOLERANCE[format] * Math.max(typical(shared ? before : losses), Number.MIN_VALUE)
  for (const value of candidates(question, node, keep)) {
    // Without shares of their own, the elements that have no gradient move together, and the others stay.
    const moved = kind === "element" && !shared
      ? value.map((v, at) => (states[Math.floor(at / keep.length) * count + keep[at % keep.length]!]! >= RESTING && states[Math.floor(at / keep.length) * count + keep[at % keep.length]!]! <= STUCK ? v : own[at]!))
      : value
    const after = run(program, { count: keep.length, values: new Map([...here.values, [name, moved]]) } satisfies Points)[0]!
    for (let e = 0; e < elements; e++) {
      for (let k = 0; k < keep.length; k++) {
        const state = e * count + keep[k]!
        if (states[state] !== RESTING) continue
        const from = shared ? e * keep.length + k : k
        if (after[from]! < before[from]! - slack - TOLERANCE[format] * Math.abs(before[from]!)) states[state] = STUCK
      }
    }
  }
}

/** The median size of the finite ones. */
function typical(values: Float64Array): number {
  const finite = values.filter(Number.isFinite).map(Math.abs).sort()
  return finite[finite.length >> 1] ?? 0
}
