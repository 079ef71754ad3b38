// Indexing where how many entries there are depends on data: masks, positions that a mask gave, slices with such ends.

import { sizeOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import { expandEllipsis, indexWith, rankOf } from "./indexing.ts"
import {
  below,
  countIn,
  frontOf,
  isMasked,
  masked,
  maskOf,
  movedValid,
  packedAlong,
  placeOf,
  unknownCount,
  validOf,
  widen,
} from "./masked.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { build, type Context, ShapeProblem, toNode } from "./scope.ts"
import { counted, countedBy } from "./static.ts"
import { isTensor, kindOf, type Masked, type SliceValue, tensor, type Value } from "./values.ts"

const all: SliceValue = { kind: "slice", lower: null, upper: null, step: null }
const isSlice = (item: Value): item is SliceValue => kindOf(item) === "slice"
const isOpen = (item: Value): boolean => isTensor(item) && item.node.type === "truth" && !isConstant(item.node)

/** Whether an index makes an axis whose length depends on data. */
export const makesSelection = (items: readonly Value[]): boolean =>
  items.some((i) => isMasked(i) || isOpen(i) || (isSlice(i) && (i.from !== undefined || i.to !== undefined)))

type Valid = Masked["valid"]
interface State {
  readonly node: Node
  readonly valid: Valid
}

/** x[items], where x or the items have axes whose length depends on data. */
export function selectWith(context: Context, object: Value, raw: readonly Value[], span: Span): Value {
  const start = isMasked(object) ? object.node : toNode(context, object, span)
  const items = expandEllipsis(raw, start.shape.length, span)
  const still = moved(context, { node: start, valid: validOf(object, start.shape.length) }, items, span)
  const chosen = still.items.flatMap((item, axis) => (isSlice(item) ? [] : [{ item, axis }]))
  const [only] = chosen
  const { node, valid } = still.state
  if (!only) return masked(node, valid)
  const isMask = (item: Value): boolean =>
    (isTensor(item) && item.node.type === "truth") || (isMasked(item) && item.node.type === "truth")
  if (chosen.length === 1 && isMask(only.item)) return throughMask(context, still.state, only.item, only.axis, span)
  if (chosen.some(({ item }) => isMask(item))) return unknownCount(span, "indexing by a mask beside positions")
  return atPlaces(context, still.state, still.items, span)
}

/** Does all that slices, single numbers and new axes say; what is left are full slices, positions and masks. */
function moved(
  context: Context,
  start: State,
  items: readonly Value[],
  span: Span,
): { readonly state: State; readonly items: Value[] } {
  const plain: Value[] = []
  const left: Value[] = []
  const { node, valid, cuts } = cutAxes(context, start, items, span)
  let axis = 0
  for (const item of items) {
    if (item === null) {
      plain.push(null)
      left.push(all)
      continue
    }
    const own = valid[axis]
    if (isSlice(item)) {
      plain.push(cuts.get(axis) ?? item)
      left.push(all)
    } else if (typeof item === "number" && own) {
      plain.push(all)
      left.push(tensor(placeOf(context, own, item, span)))
    } else if (typeof item === "number") plain.push(item)
    else {
      for (let k = 0; k < Math.max(1, rankOf(item)); k++) plain.push(all)
      left.push(item)
    }
    axis += Math.max(1, rankOf(item))
  }
  const places = addConstant(
    context.graph,
    Float64Array.from({ length: sizeOf(node.shape) }, (_, e) => e),
    node.shape,
    "whole",
  )
  const picked = toNode(context, indexWith(context, places, plain, span), span)
  const map = Int32Array.from(dataOf(picked))
  const to = [...picked.shape]
  const after = build(context, "_pick", [node], { map, to }, span)
  const moved = movedValid(context, { node, valid }, map, to, span) ?? unknownCount(span, "this index")
  return { state: { node: after, valid: moved }, items: left }
}

/** Slices of axes whose length depends on data, or with such ends: the entries move to the front, and fewer of them count. */
function cutAxes(
  context: Context,
  { node, valid }: State,
  items: readonly Value[],
  span: Span,
): State & { readonly cuts: ReadonlyMap<number, SliceValue> } {
  let x: Masked = { kind: "masked", node, valid }
  const cuts = new Map<number, SliceValue>()
  let axis = 0
  for (const item of items) {
    if (item === null) continue
    const own = valid[axis]
    const at = axis
    axis += Math.max(1, rankOf(item))
    if (!isSlice(item)) continue
    const open = item.from !== undefined || item.to !== undefined
    const isAll = item.lower === null && item.upper === null && (item.step ?? 1) === 1
    if (!open && (!own || isAll)) continue
    x = packedAlong(context, x, at, span)
    const length = x.node.shape[at]!
    const before = own ? frontOf(x.valid[at]!)! : toNode(context, length, span)
    const { from, count } = within(context, item, before, own && x.valid[at], span)
    if (from > 0) x = { ...x, node: shifted(context, x.node, at, from, span) }
    const left = count === before && own ? x.valid[at]! : below(context, length, count, span)
    counted.set(count, left)
    x = { ...x, valid: x.valid.map((v, k) => (k === at ? left : v)) }
    cuts.set(at, all)
  }
  const seen = cuts.size > 0 ? build(context, "_enter", [maskOf(context, x, span), x.node], {}, span) : x.node
  return { node: seen, valid: x.valid, cuts }
}

/** The entries of an axis moved to the front by so many places. */
function shifted(context: Context, node: Node, axis: number, by: number, span: Span): Node {
  const slice: Value = { kind: "slice", lower: by, upper: null, step: null }
  const rest = toNode(
    context,
    indexWith(
      context,
      node,
      node.shape.map((_, j) => (j === axis ? slice : all)),
      span,
    ),
    span,
  )
  const gap = (n: number): number[] => node.shape.map((_, j) => (j === axis ? n : 0))
  return build(context, "_pad", [rest], { before: gap(0), after: gap(Math.min(by, node.shape[axis]!)) }, span)
}

/** The places that a slice picks from an axis whose entries stand in front, and how many there are of them. */
function within(
  context: Context,
  item: SliceValue,
  count: Node,
  own: Node | undefined,
  span: Span,
): { readonly from: number; readonly count: Node } {
  if ((item.step ?? 1) !== 1 || (item.lower ?? 0) < 0 || item.from)
    return unknownCount(span, "a slice with steps, or with a beginning that depends on data")
  const plus = (n: Node, k: number): Node =>
    k === 0 ? n : build(context, "add", [n, toNode(context, k, span)], {}, span)
  const least = (n: Node): Node => build(context, "minimum", [count, n], {}, span)
  const from = item.lower ?? 0
  // An end that is the length itself takes nothing away.
  const whole = item.to && own && countedBy(tensor(item.to)) === own
  const end = whole
    ? count
    : item.to
      ? least(item.to)
      : item.upper === null
        ? count
        : item.upper < 0
          ? plus(count, item.upper)
          : least(toNode(context, item.upper, span))
  return { from, count: plus(end, -from) }
}

/** x[mask]: the axes that the mask covers become one. */
function throughMask(context: Context, { node, valid }: State, item: Value, axis: number, span: Span): Value {
  const mask = isMasked(item) ? item.node : (item as { node: Node }).node
  const rank = mask.shape.length
  const covered = node.shape.slice(axis, axis + rank)
  if (covered.length !== rank || covered.some((d, j) => d !== mask.shape[j]))
    throw new ShapeProblem({ headline: "the mask and the tensor have different shapes", mark: { span, text: "" } })
  let own = mask
  valid.slice(axis, axis + rank).forEach((v, k) => {
    if (!v) return
    const shape = mask.shape.map((d, j) => (j === k ? d : 1))
    own = build(context, "logical_and", [own, build(context, "reshape", [v], { shape }, span)], {}, span)
  })
  const lead = node.shape.slice(0, axis)
  const seen = build(context, "reshape", [own], { shape: [...lead.map(() => 1), ...mask.shape] }, span)
  // Only what is selected is seen from here on: what is left out hands nothing back, NaN included.
  const entered = build(context, "_enter", [widen(context, seen, node.shape, span), node], {}, span)
  const length = sizeOf(mask.shape)
  const shape = [...lead, length, ...node.shape.slice(axis + rank)]
  const row = rank === 1 ? own : build(context, "reshape", [own], { shape: [length] }, span)
  countIn(context, row, span)
  // So many are selected: this number may stand where a shape is asked for.
  counted.set(build(context, "sum", [own], { axis: null, keepdims: false }, span), row)
  return masked(build(context, "reshape", [entered], { shape }, span), [
    ...valid.slice(0, axis),
    row,
    ...valid.slice(axis + rank),
  ])
}

/** x[i, j]: as many entries as there are positions. */
function atPlaces(context: Context, { node, valid }: State, items: readonly Value[], span: Span): Value {
  const axes = items.flatMap((item, k) => (isSlice(item) ? [] : [k]))
  const positions = axes.map((k) => items[k]!)
  const plain = items.map((i) => (isMasked(i) ? tensor(i.node) : i))
  const out = toNode(context, indexWith(context, node, plain, span), span)
  const rest = valid.filter((_, k) => !axes.includes(k))
  const rank = out.shape.length - rest.length
  const own = new Array<Node | undefined>(rank).fill(undefined)
  for (const p of positions)
    validOf(p, isTensor(p) ? p.node.shape.length : 0).forEach((v, k, list) => {
      const at = rank - list.length + k
      if (v && own[at] && own[at] !== v) unknownCount(span, "indexing by positions of two masks")
      own[at] = v ?? own[at]
    })
  const adjacent = axes.every((k, j) => j === 0 || k === axes[j - 1]! + 1)
  const lead = adjacent ? axes[0]! : 0
  const left = [...rest.slice(0, lead), ...own, ...rest.slice(lead)]
  // A place that is not there is a stand-in: what it picks is nobody's, and hands nothing back.
  return masked(
    left.some((v) => v)
      ? build(context, "_enter", [maskOf(context, { node: out, valid: left }, span), out], {}, span)
      : out,
    left,
  )
}

/** Where entries are not 0: their positions, one row for each, or a list for each axis. */
export function placesOf(context: Context, x: Value, apart: boolean, span: Span): Value {
  const node = isMasked(x) ? x.node : toNode(context, x, span)
  // Another guess of the shapes has an axis to stand on.
  if (node.shape.length === 0)
    throw new ShapeProblem({ headline: "a single number has no positions", mark: { span, text: "" } })
  const truth = build(context, "bool", [node], {}, span)
  const { shape } = node
  const coordinates = (axis: number): Node => {
    const step = sizeOf(shape.slice(axis + 1))
    const data = Float64Array.from({ length: sizeOf(shape) }, (_, e) => Math.floor(e / step) % shape[axis]!)
    return addConstant(context.graph, data, [...shape], "whole")
  }
  const state = { valid: validOf(x, shape.length) }
  const lists = shape.map((_, axis) =>
    throughMask(context, { node: coordinates(axis), ...state }, tensor(truth), 0, span),
  ) as Masked[]
  if (apart) return lists
  const columns = lists.map((l) => build(context, "expand_dims", [l.node], { axis: -1 }, span))
  const table = columns.reduce((a, b) => joined(context, a, b, span))
  return masked(table, [lists[0]!.valid[0], undefined])
}

const joined = (context: Context, a: Node, b: Node, span: Span): Node => {
  const gap = (n: number): number[] => [0, n]
  const left = build(context, "_pad", [a], { before: [0, 0], after: gap(b.shape[1]!) }, span)
  const right = build(context, "_pad", [b], { before: gap(a.shape[1]!), after: [0, 0] }, span)
  return build(context, "add", [left, right], {}, span)
}

/** The different entries in order: each where it first stands among all in order. */
export function differentIn(context: Context, x: Node, span: Span): Masked {
  const flat = build(context, "reshape", [x], { shape: [-1] }, span)
  const sorted = build(context, "sort", [flat], { axis: 0, descending: false }, span)
  const before = build(context, "roll", [sorted], { shift: 1, axis: 0 }, span)
  const change = build(context, "ne", [sorted, before], {}, span)
  const first = below(context, flat.shape[0]!, toNode(context, 1, span), span)
  const valid = build(context, "logical_or", [change, first], {}, span)
  return { kind: "masked", node: sorted, valid: [valid] }
}
