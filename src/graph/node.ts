// The graph: operations on tensors of known shape, each different one once.

import { constant, input } from "../ops/leaves.ts"
import type { Framework, NumberType, Operation, Shape, Static, Statics } from "../ops/record.ts"
import { sameShape, sizeOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"

export interface Node {
  readonly id: number
  readonly op: Operation
  readonly inputs: readonly Node[]
  readonly statics: Statics
  readonly shape: Shape
  readonly type: NumberType
  /** Where it is written; several places when the same expression stands twice. Empty in gradient graphs. */
  readonly spans: Span[]
}

export interface Graph {
  readonly framework: Framework
  readonly nodes: Node[]
  readonly table: Map<string, Node>
  /** Ways back that authors wrote themselves, by the number that a node has as its static argument `author`. */
  readonly backward: AuthoredBackward[]
  /** Changes in place: the value before, how many nodes there were then, and where it is written. */
  readonly changes: { readonly node: Node; readonly made: number; readonly place: Span }[]
}

/** The share of one argument for the gradient of a result; or a slope that is linear in a tangent, to be turned round. */
export type AuthoredBackward = ((g: Node) => Node) | { readonly slope: Node; readonly tangent: Node }

export const newGraph = (framework: Framework = "torch"): Graph => ({
  framework,
  nodes: [],
  table: new Map(),
  backward: [],
  changes: [],
})

function keyOf(value: Static): string {
  if (value instanceof Int32Array || value instanceof Float64Array) {
    if (value.length <= 32) return `[${value.join()}]`
    let hash = 0
    const bytes = new Int32Array(value.buffer, value.byteOffset, value.byteLength >> 2)
    for (let i = 0; i < bytes.length; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0
    return `[${value.length}#${hash}]`
  }
  return Object.is(value, -0) ? "-0" : String(value)
}

/** Of long lists the key holds a hash: whether they are the same. */
function sameStatics(a: Statics, b: Statics): boolean {
  for (const name in a) {
    const [own, other] = [a[name]!, b[name]!]
    if (own instanceof Int32Array || own instanceof Float64Array) {
      const others = other as Int32Array | Float64Array
      if (own.length !== others.length) return false
      for (let k = 0; k < own.length; k++) if (!Object.is(own[k], others[k])) return false
    }
  }
  return true
}

export const isConstant = (node: Node): boolean => node.op === constant
export const isInput = (node: Node): boolean => node.op === input
export const dataOf = (node: Node): Float64Array => node.statics.data as Float64Array

/** An argument that only decides which others count: the test of an `if`, not a number of the result. */
export const isControl = (node: Node, argument: number): boolean =>
  argument === 0 && (node.op.guards === true || node.statics.control === true)

/** The number that a constant of one element holds. */
export const scalarOf = (node: Node): number | undefined =>
  isConstant(node) && dataOf(node).length === 1 ? dataOf(node)[0] : undefined

/** Adds known numbers. */
export function addConstant(
  graph: Graph,
  data: Float64Array | number,
  shape: Shape = [],
  type: NumberType = "real",
): Node {
  const numbers = typeof data === "number" ? Float64Array.of(data) : data
  return insert(graph, constant, [], { data: numbers, shape, type })
}

/** Known numbers that stand at a place of the source: apart from the same numbers elsewhere. */
export const placedConstant = (graph: Graph, { statics }: Node, span: Span): Node =>
  insert(graph, constant, [], { ...statics, place: `${span.start}:${span.end}` }, span)

export const addInput = (graph: Graph, name: string, shape: Shape, type: NumberType = "real"): Node =>
  insert(graph, input, [], { name, shape, type })
export const inputName = (node: Node): string => node.statics.name as string

/** One place counts once. */
function addSpan(spans: Span[], span: Span): void {
  for (const s of spans)
    if (s.source === span.source && s.start === span.start && s.end === span.end && s.via === span.via) return
  spans.push(span)
}

function insert(graph: Graph, op: Operation, inputs: readonly Node[], statics: Statics, span?: Span): Node {
  let key = op.name
  for (const own of inputs) key += `,${own.id}`
  for (const name in statics) key += `|${name}=${keyOf(statics[name]!)}`
  const known = graph.table.get(key)
  if (known && sameStatics(statics, known.statics)) {
    if (span) addSpan(known.spans, span)
    return known
  }
  const shapes = inputs.map((n) => n.shape)
  const node: Node = {
    id: graph.nodes.length,
    op,
    inputs,
    statics,
    shape: op.shape(shapes, statics),
    type: op.type(
      inputs.map((n) => n.type),
      statics,
    ),
    spans: span ? [span] : [],
  }
  graph.nodes.push(node)
  graph.table.set(key, node)
  return node
}

/** Folding computes at most this many elements; larger constants stay operations. */
const MOST_FOLDED = 100_000

/**
 * Adds an operation, or hands back the same one added before. Known numbers are computed at once.
 * Throws ShapeError when the inputs do not fit.
 */
export function apply(graph: Graph, op: Operation, inputs: readonly Node[], given: Statics = {}, span?: Span): Node {
  const statics = op.prepare
    ? op.prepare(
        inputs.map((n) => n.shape),
        given,
      )
    : given
  const simple = simplify(op, inputs, statics)
  if (simple) return simple
  const node = insert(graph, op, inputs, statics, span)
  if (inputs.length > 0 && inputs.every(isConstant) && sizeOf(node.shape) <= MOST_FOLDED) {
    const out = new Float64Array(sizeOf(node.shape))
    op.kernel({ inputs: inputs.map((n) => n.shape), out: node.shape, statics, block: 1 })(out, inputs.map(dataOf))
    return addConstant(graph, out, node.shape, node.type)
  }
  return node
}

/** The same numbers as a node of their own, which is not folded: a gradient is asked with regard to it. */
export const unfolded = (graph: Graph, copy: Operation, node: Node): Node => insert(graph, copy, [node], {})

/** The few identities that hold for every number, NaN and infinity included. */
function simplify(op: Operation, inputs: readonly Node[], statics: Statics): Node | undefined {
  const [a, b] = inputs
  if (op.name === "mul") {
    if (scalarOf(a!) === 1 && a!.shape.length <= b!.shape.length && b!.type === "real") return b
    if (scalarOf(b!) === 1 && b!.shape.length <= a!.shape.length && a!.type === "real") return a
  }
  // What selects stays one and the same, however often it is called a truth.
  if (op.name === "bool" && a!.type === "truth") return a
  if (op.name === "_place" || op.name === "_pick") {
    const map = statics.map as Int32Array
    if (sameShape(a!.shape, statics.to as Shape) && map.every((v, i) => v === i)) return a
  }
  return undefined
}

/** A node and all that it is computed from. */
export function belowOf(root: Node, goes: (node: Node, argument: number) => boolean = () => true): ReadonlySet<Node> {
  const seen = new Set<Node>([root])
  for (const node of seen) for (const [k, input] of node.inputs.entries()) if (goes(node, k)) seen.add(input)
  return seen
}
