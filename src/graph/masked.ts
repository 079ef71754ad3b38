// Tensors whose axes have a length that depends on data, as a mask makes them: all entries are kept, and which of them there are.

import type { Operation, Statics } from "../ops/record.ts"
import { axesOf, sizeOf, stridesOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { evaluateFormula } from "./calls.ts"
import { matmul } from "./contraction.ts"
import { addConstant, isConstant, type Node } from "./node.ts"
import { build, type Context, concatNodes, failAt, ShapeProblem, toNode } from "./scope.ts"
import { counted } from "./static.ts"
import { kindOf, type Masked, tensor, type Value } from "./values.ts"

/** For each axis which of its entries there are; undefined where there are all. */
type Valid = Masked["valid"]

export const isMasked = (value: Value): value is Masked => kindOf(value) === "masked"

export const unknownCount = (span: Span, name: string): never =>
  failAt(span, `how many entries the mask selects depends on the data, and ${name} needs to know`, "", {
    note: ["what is selected can be summed, averaged, sorted, or worked on entry by entry"],
  })

/** A selection, or the tensor itself where nothing of it depends on data any more. */
export const masked = (node: Node, valid: Valid): Value =>
  valid.some((v) => v !== undefined) ? { kind: "masked", node, valid } : tensor(node)

export const validOf = (value: Value, rank: number): Valid =>
  isMasked(value) ? value.valid : new Array<undefined>(rank).fill(undefined)

/** A mask over rows, spread over all that lies in them. */
export function widen(context: Context, rows: Node, shape: readonly number[], span: Span): Node {
  let wide = rows
  for (let k = rows.shape.length; k < shape.length; k++)
    wide = build(context, "expand_dims", [wide], { axis: -1 }, span)
  return build(context, "broadcast_to", [wide], { shape: [...shape] }, span)
}

/** Which entries there are, in the shape of the tensor. */
export function maskOf(
  context: Context,
  { node, valid }: { readonly node: Pick<Node, "shape">; readonly valid: Valid },
  span: Span,
): Node {
  let all: Node | undefined
  valid.forEach((v, k) => {
    if (!v) return
    const shape = node.shape.map((d, j) => (j === k ? d : 1))
    const along = build(context, "reshape", [v], { shape }, span)
    all = all ? build(context, "logical_and", [all, along], {}, span) : along
  })
  const mask = build(context, "broadcast_to", [all!], { shape: [...node.shape] }, span)
  masks.add(mask)
  return mask
}

const masks = new WeakSet<Node>()
/** Whether a truth for each entry says which of them a selection holds. */
export const saysWhatIsThere = (node: Node): boolean => masks.has(node)

/** The tensor with a number in the place of all that there is not. */
export function filled(context: Context, value: Masked, by: number, span: Span): Node {
  const rest = toNode(context, by, span)
  return build(context, "where", [maskOf(context, value, span), value.node, rest], {}, span)
}

/** How many entries an axis has. */
export const lengthOf = (context: Context, { node, valid }: Masked, axis: number, span: Span): Value => {
  const own = valid[axis]
  return own ? tensor(countIn(context, own, span)) : node.shape[axis]!
}

/** How many entries there are: a number by which the axis it counts is found again, where a shape is asked for. */
export function countIn(context: Context, valid: Node, span: Span): Node {
  const count = build(context, "sum", [valid], { axis: null, keepdims: false }, span)
  counted.set(count, valid)
  return count
}

/** Another guess of the shapes may fit. */
const together = (span: Span): never => {
  throw new ShapeProblem({ headline: "selections by two different masks cannot be combined", mark: { span, text: "" } })
}

/** Which entries there are of what several tensors are broadcast to. */
function broadcastValid(inputs: readonly Value[], nodes: readonly Node[], span: Span): Valid {
  const rank = Math.max(...nodes.map((n) => n.shape.length))
  const valid = new Array<Node | undefined>(rank).fill(undefined)
  for (const value of inputs) {
    if (!isMasked(value)) continue
    value.valid.forEach((v, j) => {
      const at = rank - value.valid.length + j
      if (v && valid[at] && valid[at] !== v) together(span)
      valid[at] = v ?? valid[at]
    })
  }
  return valid
}

const nodesOf = (context: Context, values: readonly Value[], span: Span): Node[] =>
  values.map((v) => (isMasked(v) ? v.node : toNode(context, v, span)))

const formulas = new Map<string, Expr>()
/** A formula of an operation over what there is: `m` says where. */
function among(context: Context, text: string, names: ReadonlyMap<string, Value>, span: Span): Node {
  const source = { name: "selection", text }
  const expr = formulas.get(text) ?? parseExpression(source)
  formulas.set(text, expr)
  return evaluateFormula({ ...context, source, via: span, strict: undefined }, expr, names)
}

/** The first entries of an axis, as many as there are. */
export function packed(context: Context, valid: Node, span: Span): Node {
  const front = below(context, valid.shape[0]!, countIn(context, valid, span), span)
  counted.set(countIn(context, valid, span), front)
  return front
}

/** Which axes hold what there is in front, and how much that is. */
const inFront = new WeakMap<Node, Node>()

/** How many entries stand in front of an axis that holds them there; undefined where they stand anywhere. */
export const frontOf = (valid: Node): Node | undefined => inFront.get(valid)

/** The selection with what there is of an axis in front. */
export function packedAlong(context: Context, x: Masked, axis: number, span: Span): Masked {
  const own = x.valid[axis]
  if (!own || frontOf(own)) return x
  const gone = build(context, "logical_not", [own], {}, span)
  const order = build(
    context,
    "argsort",
    [build(context, "int", [gone], {}, span)],
    { axis: 0, descending: false },
    span,
  )
  const shape = x.node.shape.map((d, j) => (j === axis ? d : 1))
  const column = build(context, "reshape", [order], { shape }, span)
  const wide = build(context, "broadcast_to", [column], { shape: [...x.node.shape] }, span)
  const node = build(context, "take_along", [x.node, wide], { axis }, span)
  return { ...x, node, valid: x.valid.map((v, k) => (k === axis ? packed(context, own, span) : v)) }
}

/** The first `count` of so many places. */
export function below(context: Context, length: number, count: Node, span: Span): Node {
  const front = firstOnes(context, length, count, span)
  inFront.set(front, count)
  return front
}

function firstOnes(context: Context, length: number, count: Node, span: Span): Node {
  const places = addConstant(
    context.graph,
    Float64Array.from({ length }, (_, k) => k),
    [length],
    "whole",
  )
  return build(context, "lt", [places, count], {}, span)
}

/** An operation on tensors some axes of which have a length that depends on data. */
export function onSelection(
  context: Context,
  op: Operation,
  values: readonly Value[],
  statics: Statics,
  span: Span,
): Value {
  const nodes = nodesOf(context, values, span)
  if (op.pointwise || op.value) return elementwise(context, op, values, nodes, statics, span)
  const [first] = values
  if (isMasked(first!) && values.length === 1) {
    const overAxes = op.spreads || op.among !== undefined
    if (overAxes) return alongAxes(context, op, first, statics, span)
    if (op.prepare) return rearranged(context, op, first, statics, span)
  }
  if (op.positions?.of === 0 && values.length === 2) return taken(context, op, values, nodes, statics, span)
  if (typeof statics.axis === "number") return besideAxis(context, op, values, nodes, statics, span)
  return unknownCount(span, op.name)
}

/** Element by element. What is not there may be infinite or NaN, and must not reach what it is combined with. */
function elementwise(
  context: Context,
  op: Operation,
  values: readonly Value[],
  nodes: readonly Node[],
  statics: Statics,
  span: Span,
): Value {
  const valid = broadcastValid(values, nodes, span)
  const { shape } = build(context, op, nodes, statics, span)
  const there = maskOf(context, { node: { shape }, valid }, span)
  const kept = nodes.map((n, k) =>
    isMasked(values[k]!) || isConstant(n) ? n : build(context, "_enter", [there, n], {}, span),
  )
  return masked(build(context, op, kept, statics, span), valid)
}

/** An operation on tensors of either kind. */
export const applyTo = (
  context: Context,
  name: string,
  values: readonly Value[],
  statics: Statics,
  span: Span,
): Value =>
  values.some(isMasked)
    ? onSelection(context, operation(name), values, statics, span)
    : tensor(build(context, name, nodesOf(context, values, span), statics, span))

/** A fold, or what works along one axis: where that axis is whole, what there is of the others does not matter. */
function alongAxes(context: Context, op: Operation, x: Masked, statics: Statics, span: Span): Value {
  const rank = x.node.shape.length
  const over = axesOf(statics.axis, rank)
  const folds = op.spreads || "keepdims" in statics
  const hidden = over.some((k) => x.valid[k])
  const left = x.valid.map((v, k) => (folds && over.includes(k) ? undefined : v))
  const valid = folds && !statics.keepdims ? left.filter((_, k) => !over.includes(k)) : left
  if (!hidden) return masked(build(context, op, [x.node], statics, span), valid)
  if (op.among === undefined) return unknownCount(span, op.name)
  const names = new Map<string, Value>(Object.entries(statics) as [string, Value][])
  const m = maskOf(context, x, span)
  const node = among(context, op.among, names.set("x", tensor(x.node)).set("m", tensor(m)), span)
  const now = op.packs ? valid.map((v, k) => (v && over.includes(k) ? packed(context, v, span) : v)) : valid
  if (!now.some((v) => v)) return tensor(node)
  return masked(build(context, "_enter", [maskOf(context, { node, valid: now }, span), node], {}, span), now)
}

/** Moves of elements: an axis that depends on data must come out as one axis again. */
function rearranged(context: Context, op: Operation, x: Masked, statics: Statics, span: Span): Value {
  const node = build(context, op, [x.node], statics, span)
  const map = node === x.node ? undefined : (op.prepare!([x.node.shape], statics).map as Int32Array)
  if (!map) return { ...x, node }
  const valid = movedValid(context, x, map, node.shape, span)
  if (valid) return masked(node, valid)
  if (op.name === "reshape" && x.valid[0] && x.node.shape.length === 1 && node.shape.length === 2)
    return inRows(context, node, x.valid[0], span)
  return unknownCount(span, op.name)
}

/**
 * d[same].view(n, -1): rows of what is selected in each, which Python only does where all rows have as many. In front of
 * each row stands what there is of it.
 */
function inRows(context: Context, node: Node, valid: Node, span: Span): Masked {
  const [rows, length] = node.shape as [number, number]
  const there = build(context, "reshape", [valid], { shape: [rows, length] }, span)
  const gone = build(context, "int", [build(context, "logical_not", [there], {}, span)], {}, span)
  const order = build(context, "argsort", [gone], { axis: 1, descending: false }, span)
  const first = build(context, "_pick", [valid], { map: Int32Array.from({ length }, (_, k) => k), to: [length] }, span)
  return masked(build(context, "take_along", [node, order], { axis: 1 }, span), [
    undefined,
    below(context, length, countIn(context, first, span), span),
  ]) as Masked
}

/** What there is of each axis after a move that an index map tells; undefined where no axis holds it. */
export function movedValid(
  context: Context,
  x: Pick<Masked, "node" | "valid">,
  map: Int32Array,
  to: readonly number[],
  span: Span,
): Valid | undefined {
  const valid = new Array<Node | undefined>(to.length).fill(undefined)
  const [from, own] = [stridesOf(x.node.shape), stridesOf(to)]
  for (const [k, v] of x.valid.entries()) {
    if (!v || sizeOf(to) === 0) continue
    const length = x.node.shape[k]!
    const at = (e: number): number => (map[e]! < 0 ? -1 : Math.floor(map[e]! / from[k]!) % length)
    const differs = (d: number, j: number): boolean =>
      Array.from({ length: d }, (_, i) => at(i * own[j]!)).some((p) => p !== at(0))
    const varies = to.flatMap((d, j) => (differs(d, j) ? [j] : []))
    const axis = varies[0] ?? (length === 1 ? to.indexOf(1) : -1)
    if (varies.length > 1 || axis < 0 || map.includes(-1)) return undefined
    const along = Int32Array.from({ length: to[axis]! }, (_, i) => at(i * own[axis]!))
    if (map.some((_, e) => at(e) !== along[Math.floor(e / own[axis]!) % to[axis]!])) return undefined
    const same = build(context, "_pick", [v], { map: along, to: [to[axis]!] }, span)
    valid[axis] = valid[axis] ? build(context, "logical_and", [valid[axis]!, same], {}, span) : same
  }
  return valid
}

/** Entries at positions along an axis: there are as many as there are positions. */
function taken(
  context: Context,
  op: Operation,
  values: readonly Value[],
  nodes: readonly Node[],
  statics: Statics,
  span: Span,
): Value {
  const rank = nodes[0]!.shape.length
  const [axis] = axesOf(statics.axis, rank)
  const [x, i] = values.map((v) => validOf(v, rank)) as [Valid, Valid]
  const valid = x.map((v, k) => {
    if (k === axis) return i[k]
    if (v && i[k] && v !== i[k]) together(span)
    return v ?? i[k]
  })
  return masked(build(context, op, nodes, statics, span), valid)
}

/** What works along an axis that is whole in all of its tensors, such as writing at positions. */
function besideAxis(
  context: Context,
  op: Operation,
  values: readonly Value[],
  nodes: readonly Node[],
  statics: Statics,
  span: Span,
): Value {
  const rank = nodes[0]!.shape.length
  const [axis] = axesOf(statics.axis, rank)
  if (nodes.some((n) => n.shape.length !== rank) || values.some((v) => validOf(v, rank)[axis!]))
    return unknownCount(span, op.name)
  return masked(build(context, op, nodes, statics, span), broadcastValid(values, nodes, span))
}

/** The product of matrices: what is not there counts as 0. */
export function productOf(context: Context, a: Value, b: Value, span: Span): Value {
  const [left, right] = [a, b].map((v) => (isMasked(v) ? filled(context, v, 0, span) : toNode(context, v, span)))
  const node = matmul(context, left!, right!, span)
  const [va, vb] = [validOf(a, left!.shape.length), validOf(b, right!.shape.length)]
  const rows = left!.shape.length > 1 ? [va.at(-2)] : []
  const columns = right!.shape.length > 1 ? [vb.at(-1)] : []
  const lead = node.shape.length - rows.length - columns.length
  const front = Array.from({ length: lead }, (_, k) => va[va.length - 2 - lead + k] ?? vb[vb.length - 2 - lead + k])
  return masked(node, [...front, ...rows, ...columns])
}

/** Selections end to end. */
export function endToEnd(context: Context, values: readonly Value[], axis: number, span: Span): Value {
  const nodes = nodesOf(context, values, span)
  const node = concatNodes(context, nodes, axis, span)
  const [k] = axesOf(axis, node.shape.length)
  const all = (n: Node): Node =>
    addConstant(context.graph, new Float64Array(n.shape[k!]!).fill(1), [n.shape[k!]!], "truth")
  const rank = node.shape.length
  const valid = node.shape.map((_, j): Node | undefined => {
    const own = values.map((v) => validOf(v, rank)[j])
    if (own.every((v) => v === undefined)) return undefined
    if (j !== k) return own.every((v) => v === own[0] || v === undefined) ? own.find((v) => v) : together(span)
    const joined = concatNodes(
      context,
      nodes.map((n, i) => own[i] ?? all(n)),
      0,
      span,
    )
    return build(context, "bool", [joined], {}, span)
  })
  return masked(node, valid)
}

/** The places along an axis, counted over what there is: the first has 1. */
export const countedPlaces = (context: Context, valid: Node, span: Span): Node =>
  build(context, "cumsum", [build(context, "int", [valid], {}, span)], { axis: 0 }, span)

/** Entry `index` of an axis that depends on data, as a position among all that was kept. */
export function placeOf(context: Context, valid: Node, index: number, span: Span): Node {
  const count = build(context, "sum", [valid], { axis: null, keepdims: false }, span)
  const wanted =
    index >= 0
      ? toNode(context, index + 1, span)
      : build(context, "add", [count, toNode(context, index + 1, span)], {}, span)
  const hit = build(context, "eq", [countedPlaces(context, valid, span), wanted], {}, span)
  const own = build(context, "logical_and", [hit, valid], {}, span)
  return build(context, "argmax", [own], { axis: 0, keepdims: false }, span)
}
