// Moving selections around: which axes of the result a mask lies along, positions of what is selected, and reading with them.

import { sizeOf, stridesOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import { indexWith } from "./indexing.ts"
import { guarded, isMasked, maskedOr, onSelection, unknownCount } from "./masked.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { build, type Context, concatNodes, failAt, toNode } from "./scope.ts"
import { isTensor, kindOf, type Masked, type SliceValue, tensor, type Value } from "./values.ts"

/** True when a row of numbers is one or more whole copies of 0 … length - 1, in order. */
function wholeCopies(row: readonly number[], length: number): boolean {
  let next = 0
  for (const x of row) {
    if (x !== next - 1 || x < 0) {
      if (next === length && x === 0) next = 0
      if (x !== next) return false
      next++
    }
  }
  return next === length
}

/** A selection whose elements are moved by `move`; undefined where a masked axis does not stay one. */
export function rearranged(
  context: Context,
  { node, axes }: Masked,
  move: (node: Node) => Node,
  span: Span,
): Value | undefined {
  const size = sizeOf(node.shape)
  const ids = addConstant(
    context.graph,
    Float64Array.from({ length: size }, (_, e) => e),
    node.shape,
    "whole",
  )
  const places = move(ids)
  if (!isConstant(places)) return undefined
  const from = dataOf(places)
  const to = places.shape
  const [own, target] = [stridesOf(node.shape), stridesOf(to)]
  const result: (Node | undefined)[] = to.map(() => undefined)
  for (const [k, mask] of axes.entries()) {
    if (!mask) continue
    const length = node.shape[k]!
    const at = (e: number): number => Math.floor(from[e]! / own[k]!) % length
    // The one axis of the result along which the place on this axis changes.
    const along = to.flatMap((d, j) =>
      from.some(
        (_, e) => Math.floor(e / target[j]!) % d > 0 && at(e) !== at(e - (Math.floor(e / target[j]!) % d) * target[j]!),
      )
        ? [j]
        : [],
    )
    const j = along.length === 0 && length === 1 ? to.indexOf(1) : along.length === 1 ? along[0]! : -1
    if (j < 0) return undefined
    const row = Array.from({ length: to[j]! }, (_, i) => at(i * target[j]!))
    if (!wholeCopies(row, length)) return undefined
    const moved = build(context, "_pick", [mask], { map: Int32Array.from(row), to: [row.length] }, span)
    result[j] = result[j] ? build(context, "logical_and", [result[j]!, moved], {}, span) : moved
  }
  return maskedOr(move(node), result)
}

/** The rows that a mask over leading axes selects: those axes become one. */
export function selectedBy(context: Context, object: Node, mask: Node, span: Span): Value {
  const inner = object.shape.slice(mask.shape.length)
  const flat = mask.shape.length === 1
  const rows = flat ? mask : build(context, "reshape", [mask], { shape: [-1] }, span)
  const node = flat ? object : build(context, "reshape", [object], { shape: [sizeOf(mask.shape), ...inner] }, span)
  return guarded(context, node, [rows, ...inner.map(() => undefined)], span)
}

/** Where a condition holds: the positions, one row for each, or a list with one tensor for each axis. */
export function positionsOf(context: Context, condition: Node, apart: boolean, span: Span): Value {
  const rank = Math.max(1, condition.shape.length)
  const size = sizeOf(condition.shape)
  const strides = stridesOf(condition.shape)
  const at = (e: number, k: number): number =>
    condition.shape.length === 0 ? 0 : Math.floor(e / strides[k]!) % condition.shape[k]!
  if (isConstant(condition)) {
    const places = [...dataOf(condition).keys()].filter((e) => dataOf(condition)[e] !== 0)
    const column = (k: number): number[] => places.map((e) => at(e, k))
    if (apart)
      return Array.from({ length: rank }, (_, k) =>
        tensor(addConstant(context.graph, Float64Array.from(column(k)), [places.length], "whole")),
      )
    const rows = places.flatMap((e) => Array.from({ length: rank }, (_, k) => at(e, k)))
    return tensor(addConstant(context.graph, Float64Array.from(rows), [places.length, rank], "whole"))
  }
  const truth = build(context, "bool", [condition], {}, span)
  const rows = build(context, "reshape", [truth], { shape: [size] }, span)
  const numbers = (shape: number[], of: (e: number) => number): Node =>
    addConstant(
      context.graph,
      Float64Array.from({ length: sizeOf(shape) }, (_, e) => of(e)),
      shape,
      "whole",
    )
  if (apart)
    return Array.from({ length: rank }, (_, k) =>
      selectedBy(
        context,
        numbers([size], (e) => at(e, k)),
        rows,
        span,
      ),
    )
  const grid = numbers([size, rank], (e) => at(Math.floor(e / rank), e % rank))
  return selectedBy(context, grid, rows, span)
}

/** Reading a tensor at selected positions: what is read is selected along with them. */
export function atSelected(context: Context, object: Node, items: readonly Value[], span: Span): Value {
  const chosen = items.filter(isMasked)
  const [first] = chosen
  const alike = chosen.every((m) => m.axes.length === 1 && m.axes[0] === first!.axes[0] && m.node.type !== "truth")
  if (!alike) return failAt(span, "a mask over a selection does not fit the whole")
  const plain = items.map((item) => (isMasked(item) ? tensor(item.node) : item))
  const read = indexWith(context, object, plain, span)
  if (!isTensor(read)) return unknownCount(span, "this")
  const places = items.flatMap((item, k) => (isMasked(item) ? [k] : []))
  const side = places.every((p, k) => k === 0 || p === places[k - 1]! + 1)
  const lead = side ? items.slice(0, places[0]).filter((item) => typeof item !== "number").length : 0
  return guarded(
    context,
    read.node,
    read.node.shape.map((_, k) => (k === lead ? first!.axes[0] : undefined)),
    span,
  )
}

/** A selection indexed: by a mask over its rows, or along its other axes. */
export function indexSelection(context: Context, m: Masked, items: readonly Value[], span: Span): Value {
  const [only] = items
  if (items.length === 1 && isMasked(only!) && only.node.type === "truth" && only.axes.length === 1) {
    if (only.axes[0] !== m.axes[0]) return failAt(span, "selections by two different masks cannot be combined")
    const both = build(context, "logical_and", [m.axes[0]!, only.node], {}, span)
    return guarded(context, m.node, [both, ...m.axes.slice(1)], span)
  }
  if (items.some(isMasked)) return unknownCount(span, "this")
  const [first, ...rest] = items
  if (m.axes[0] && (typeof first === "number" || isPiece(first!))) {
    const piece = firstOnes(context, m, first!, span)
    if (rest.length === 0) return piece
    const whole: SliceValue = { kind: "slice", lower: null, upper: null, step: null }
    const others = typeof first === "number" ? rest : [whole, ...rest]
    return isMasked(piece)
      ? indexSelection(context, piece, others, span)
      : indexWith(context, toNode(context, piece, span), others, span)
  }
  const moved = rearranged(context, m, (node) => toNode(context, indexWith(context, node, items, span), span), span)
  return moved ?? unknownCount(span, "a position in it")
}

/** A slice that is not the whole axis. */
const isPiece = (item: Value): item is SliceValue => {
  if (kindOf(item) !== "slice") return false
  const { lower, upper, step } = item as SliceValue
  return lower !== null || upper !== null || (step !== null && step !== 1)
}

/** One entry of a selection along its first axis, or the entries of a slice: told by how many are selected up to each. */
function firstOnes(context: Context, m: Masked, item: number | SliceValue, span: Span): Value {
  const mask = m.axes[0]!
  const number = (x: number): Node => addConstant(context.graph, x, [], "whole")
  const count = build(context, "sum", [mask], { axis: null, keepdims: false }, span)
  const upTo = build(context, "cumsum", [build(context, "float", [mask], {}, span)], { axis: 0 }, span)
  const end = (x: number): Node => (x < 0 ? build(context, "add", [count, number(x)], {}, span) : number(x))
  const both = (a: Node, b: Node): Node => build(context, "logical_and", [a, b], {}, span)
  if (typeof item === "number") {
    const one = both(
      mask,
      build(context, "eq", [upTo, build(context, "add", [end(item), number(1)], {}, span)], {}, span),
    )
    const piece: Masked = { ...m, axes: [one, ...m.axes.slice(1)] }
    return onSelection(context, operation("sum"), [piece], { axis: 0, keepdims: false }, span)
  }
  if ((item.step ?? 1) !== 1) return unknownCount(span, "a slice in steps")
  let own = mask
  if (item.lower !== null) own = both(own, build(context, "gt", [upTo, end(item.lower)], {}, span))
  if (item.upper !== null) own = both(own, build(context, "le", [upTo, end(item.upper)], {}, span))
  return { ...m, axes: [own, ...m.axes.slice(1)] }
}

/** Selections and tensors end to end. */
export function joined(context: Context, parts: readonly Value[], axis: number, span: Span): Value {
  const all = parts.map((v): Pick<Masked, "node" | "axes"> => {
    if (isMasked(v)) return v
    const node = toNode(context, v, span)
    return { node, axes: node.shape.map(() => undefined) }
  })
  const rank = all[0]!.axes.length
  const k = axis < 0 ? axis + rank : axis
  const same = all.every((p) => p.axes.length === rank && p.axes.every((m, j) => j === k || m === all[0]!.axes[j]))
  if (!same) return unknownCount(span, "this")
  const node = concatNodes(
    context,
    all.map((p) => p.node),
    k,
    span,
  )
  const ones = (length: number): Node => addConstant(context.graph, new Float64Array(length).fill(1), [length], "truth")
  const masks = all.map((p) => p.axes[k] ?? ones(p.node.shape[k]!))
  const whole = build(context, "bool", [concatNodes(context, masks, 0, span)], {}, span)
  return maskedOr(
    node,
    all[0]!.axes.map((m, j) => (j === k ? (all.some((p) => p.axes[k]) ? whole : undefined) : m)),
  )
}
