// Resting or stuck: a case without gradient is stuck when another value of the parameter would lower the loss.
import { bounds } from "../definitions/ranges.ts"
import { compile, type Points, run } from "../gradient/compile.ts"
import { differentiate } from "../gradient/differentiate.ts"
import type { NumberFormat } from "../gradient/formats.ts"
import { addConstant, apply, type Graph, type Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import type { Differentiated, Question } from "./evidence.ts"
import { typicalOf } from "./median.ts"
import { pointsAt } from "./points.ts"
import type { Separation } from "./separate.ts"
import { RESTING, STUCK } from "./states.ts"

/** How far other samples are taken from: values that the parameter has at other points, so many of them. */
const SHIFTS = [1, 7, 37, 113, 229, 359, 431, 577, 661, 743]

/** So many other values are tried at the least; the rest only where one of them was better. */
const ENOUGH = 8

/** A lower loss counts when it is lower by more than rounding can explain. */
const TOLERANCE: Readonly<Record<NumberFormat, number>> = {
  float64: 1e-10,
  float32: 1e-5,
  bfloat16: 3e-2,
  float16: 3e-3,
}

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
    const share = apply(graph, operation("_place"), [apply(graph, operation("mul"), [weight, part])], {
      map: owners,
      to: node.shape,
    })
    sum = sum ? apply(graph, operation("add"), [sum, share]) : share
  }
  return sum ?? addConstant(graph, new Float64Array(sizeOf(node.shape)), node.shape)
}

/** Other values for all cases: what `from` has there, or so many points further on; or a number. */
type Candidate = { readonly from: Float64Array; readonly shift: number } | number

/** Values to try in place of the parameter's own: copies of data, those of other points, and the ends of its range. */
function candidates(question: Question, node: Node): Candidate[] {
  const { points, traced, ranges, parameters } = question
  const { count } = points
  const name = node.statics.name as string
  const own = points.values.get(name)!
  const range = ranges.get(name)!
  const { low, high } = bounds(range)
  const within = (x: number): number => Math.min(Math.max(x, low), high)
  const copies = traced.inputs
    .filter((i) => !parameters.includes(i.name) && sizeOf(i.node.shape) === sizeOf(node.shape))
    .map((i): Candidate => {
      return { from: points.values.get(i.name)!.map(within), shift: 0 }
    })
  const others = SHIFTS.filter((shift) => shift < count).map((shift): Candidate => ({ from: own, shift }))
  const elementwise = !["simplex", "onehot", "unit", "sorted", "list"].includes(range.kind)
  const constants = elementwise ? [low, high, 0, (low + high) / 2].filter(Number.isFinite).map(within) : []
  return [...copies, ...constants, ...others]
}

/** Sorts the cases without gradient: RESTING ones that another value of the parameter would improve become STUCK. */
export function markStuck(zeros: Zeros): void {
  const { question, differentiated, node, separation, kind, states, losses, format } = zeros
  const { points, traced } = question
  const { count } = points
  const size = sizeOf(node.shape)
  const name = node.statics.name as string
  const elements = kind === "element" ? size : 1
  const resting = (i: number): boolean => {
    for (let e = 0; e < elements; e++) if (states[e * count + i] === RESTING) return true
    return false
  }
  let keep = new Int32Array(count).map((_, i) => i).filter(resting)
  if (keep.length === 0) return
  const shared = separation?.traceable === true && size > 1 && kind === "element"
  const judge = shared ? sharesOf(traced.graph, differentiated.total, node, separation) : differentiated.total
  const program = compile([judge], format, keep.length)
  let here = pointsAt(points, keep)
  let before = run(program, here)[0]!
  const tolerance = TOLERANCE[format]
  const slack = tolerance * Math.max(typicalOf(shared ? before : losses), Number.MIN_VALUE)
  // Without shares of their own, the elements that have no gradient move together, and the others stay.
  const apart = kind === "element" && !shared
  let better = false
  for (const [k, candidate] of candidates(question, node).entries()) {
    // Where so many others are no better anywhere, more will not be.
    if (keep.length === 0 || (k >= ENOUGH && !better)) return
    const n = keep.length
    const own = here.values.get(name)!
    const moved = new Float64Array(size * n)
    const stays = (state: number): boolean => apart && state !== RESTING && state !== STUCK
    const [from, shift] = typeof candidate === "number" ? [undefined, 0] : [candidate.from, candidate.shift]
    if (from === undefined) moved.fill(candidate as number)
    for (let e = 0; e < size; e++)
      for (let k = 0; k < n; k++) {
        const i = keep[k]!
        if (stays(states[e * count + i]!)) moved[e * n + k] = own[e * n + k]!
        else if (from !== undefined) moved[e * n + k] = from[e * count + ((i + shift) % count)]!
      }
    const after = run(program, { count: n, values: new Map([...here.values, [name, moved]]) } satisfies Points)[0]!
    let found = false
    for (let e = 0; e < elements; e++)
      for (let k = 0; k < n; k++) {
        if (states[e * count + keep[k]!] !== RESTING) continue
        const from = shared ? e * n + k : k
        const here = before[from]!
        if (!(after[from]! < here - slack - tolerance * Math.abs(here))) continue
        states[e * count + keep[k]!] = STUCK
        found = true
      }
    if (!found) continue
    better = true
    const left = keep.filter(resting)
    if (left.length < 0.7 * n) {
      keep = left
      here = pointsAt(points, keep)
      before = keep.length > 0 ? run(program, here)[0]! : before
    }
  }
}
