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
  const { question, kind, node, states } = zeros
  const { count } = question.points
  const elements = kind === "element" ? sizeOf(node.shape) : 1
  const all = restingAt(states, elements, count)
  if (all.length === 0) return
  const improve = improving(zeros, elements)
  // Where so many can do no better, the others cannot either.
  const few = screened(all, restingIn(states) / all.length)
  if (few.length > all.length / 2 || improve(few)) improve(all)
}

/** Resting cases that are looked at first, and the fewest points for it. */
const SCREENED = 256
const FEWEST_SCREENED = 16

/**
 * The first of the points, so many that there are enough cases among them, of which each point has `each`: of points drawn
 * low-discrepancy the first are spread as all are, and every second is not.
 */
const screened = (points: Int32Array, each: number): Int32Array =>
  points.subarray(0, Math.max(FEWEST_SCREENED, Math.ceil(SCREENED / each)))

function restingIn(states: Uint8Array): number {
  let found = 0
  for (let k = 0; k < states.length; k++) if (states[k] === RESTING) found++
  return found
}

/** The points at which some of the cases rest, among `points` or among all. */
function restingAt(states: Uint8Array, elements: number, count: number, points?: Int32Array): Int32Array {
  const found = new Int32Array(points?.length ?? count)
  let n = 0
  for (let k = 0; k < found.length; k++) {
    const i = points ? points[k]! : k
    for (let e = 0; e < elements; e++)
      if (states[e * count + i] === RESTING) {
        found[n++] = i
        break
      }
  }
  return found.subarray(0, n)
}

/** Tries other values at some points, and marks the cases that they improve; says whether there was any. */
function improving(zeros: Zeros, elements: number): (points: Int32Array) => boolean {
  const { question, differentiated, node, separation, kind, states, losses, format } = zeros
  const { points, traced } = question
  const size = sizeOf(node.shape)
  const name = node.statics.name as string
  const shared = separation?.traceable === true && size > 1 && kind === "element"
  const judge = shared ? sharesOf(traced.graph, differentiated.total, node, separation) : differentiated.total
  const tolerance = TOLERANCE[format]
  const others = candidates(question, node)
  // Without shares of their own, the elements that have no gradient move together, and the others stay.
  const apart = kind === "element" && !shared
  return (some) => {
    let keep = some
    const program = compile([judge], format, keep.length)
    let here = pointsAt(points, keep)
    let before = run(program, here)[0]!
    const slack = tolerance * Math.max(typicalOf(shared ? before : losses), Number.MIN_VALUE)
    let better = false
    for (const [k, candidate] of others.entries()) {
      // Where so many others are no better anywhere, more will not be.
      if (keep.length === 0 || (k >= ENOUGH && !better)) break
      const moved = movedTo(candidate, keep, size, points.count)
      if (apart) putBack(moved, here.values.get(name)!, states, keep, points.count)
      const values = new Map([...here.values, [name, moved]])
      const after = run(program, { count: keep.length, values } satisfies Points)[0]!
      if (!markLower(states, keep, shared ? elements : 1, elements, points.count, before, after, slack, tolerance))
        continue
      better = true
      const left = restingAt(states, elements, points.count, keep)
      if (left.length < 0.7 * keep.length) {
        keep = left
        here = pointsAt(points, keep)
        before = keep.length > 0 ? run(program, here)[0]! : before
      }
    }
    return better
  }
}

/** A candidate's values at some of `count` points, laid out [element][point]. */
function movedTo(candidate: Candidate, keep: Int32Array, size: number, count: number): Float64Array {
  const n = keep.length
  const moved = new Float64Array(size * n)
  if (typeof candidate === "number") return moved.fill(candidate)
  const { from, shift } = candidate
  for (let e = 0; e < size; e++)
    for (let k = 0; k < n; k++) moved[e * n + k] = from[e * count + ((keep[k]! + shift) % count)]!
  return moved
}

/** Takes back what was moved of the cases that have a gradient. */
function putBack(moved: Float64Array, own: Float64Array, states: Uint8Array, keep: Int32Array, count: number): void {
  const n = keep.length
  for (let at = 0, from = 0; at < moved.length; at += n, from += count)
    for (let k = 0; k < n; k++) {
      const state = states[from + keep[k]!]
      if (state !== RESTING && state !== STUCK) moved[at + k] = own[at + k]!
    }
}

/** Marks the resting cases whose number, one for each of `judged` elements, went down; says whether there was any. */
function markLower(
  states: Uint8Array,
  keep: Int32Array,
  judged: number,
  elements: number,
  count: number,
  before: Float64Array,
  after: Float64Array,
  slack: number,
  tolerance: number,
): boolean {
  const n = keep.length
  let found = false
  for (let e = 0; e < elements; e++)
    for (let k = 0; k < n; k++) {
      const at = e * count + keep[k]!
      if (states[at] !== RESTING) continue
      const from = judged === 1 ? k : e * n + k
      const here = before[from]!
      if (!(after[from]! < here - slack - tolerance * Math.abs(here))) continue
      states[at] = STUCK
      found = true
    }
  return found
}
