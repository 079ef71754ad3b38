// Selections whose length depends on data: arrays with masks along some of their axes. Each step is worked out for all
// entries, selected or not; folds count what is selected only.

import type { Operation, Statics } from "../ops/record.ts"
import { axesOf, axisOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import { rearranged } from "./masked-shapes.ts"
import { addConstant, isConstant, type Node } from "./node.ts"
import { build, type Context, failAt, toNode } from "./scope.ts"
import { kindOf, type Masked, tensor, type Value } from "./values.ts"

export const isMasked = (value: Value): value is Masked => kindOf(value) === "masked"

export const unknownCount = (span: Span, name: string): never =>
  failAt(span, `how many entries the mask selects depends on the data, and ${name} needs to know`, "", {
    note: ["what is selected can be summed, averaged, or worked on row by row"],
  })

/** A mask over the leading axes, spread over all that lies in them. */
export function widen(context: Context, rows: Node, shape: readonly number[], span: Span): Node {
  let wide = rows
  for (let k = rows.shape.length; k < shape.length; k++)
    wide = build(context, "expand_dims", [wide], { axis: -1 }, span)
  return build(context, "broadcast_to", [wide], { shape: [...shape] }, span)
}

/** Which entries are selected, in the shape of the node; undefined where no axis asked for has a mask. */
export function wholeMask(
  context: Context,
  { node, axes }: Pick<Masked, "node" | "axes">,
  span: Span,
  only: readonly number[] = axes.map((_, k) => k),
): Node | undefined {
  let whole: Node | undefined
  for (const k of only) {
    const mask = axes[k]
    if (!mask) continue
    const own = build(context, "reshape", [mask], { shape: axes.map((_, j) => (j === k ? mask.shape[0]! : 1)) }, span)
    whole = whole ? build(context, "logical_and", [whole, own], {}, span) : own
  }
  return whole && build(context, "broadcast_to", [whole], { shape: [...node.shape] }, span)
}

/** A selection, or a plain tensor when no axis is masked. */
export const maskedOr = (node: Node, axes: Masked["axes"]): Value =>
  axes.some((m) => m) ? { kind: "masked", node, axes } : tensor(node)

/** Only what is selected is seen from here on: what is left out hands nothing back, NaN included. */
export function guarded(context: Context, node: Node, axes: Masked["axes"], span: Span): Value {
  const whole = wholeMask(context, { node, axes }, span)
  return whole ? maskedOr(build(context, "_enter", [whole, node], {}, span), axes) : tensor(node)
}

/** The node with a value in the place of what is not selected along the axes asked for. */
export function filled(context: Context, m: Masked, value: number, span: Span, only?: readonly number[]): Node {
  const whole = wholeMask(context, m, span, only)
  return whole ? build(context, "where", [whole, m.node, toNode(context, value, span)], {}, span) : m.node
}

/** How many entries there are along an axis: a number, or a tensor where a mask decides. */
export function countAlong(context: Context, { node, axes }: Masked, axis: number, span: Span): Value {
  const mask = axes[axis]
  return mask ? tensor(build(context, "sum", [mask], { axis: null, keepdims: false }, span)) : node.shape[axis]!
}

/** An operation element by element: masks along an axis must be the same, and what has none there must be one entry. */
export function onPointwise(context: Context, op: Operation, values: readonly Value[], span: Span): Value {
  const parts = values.map((v): Pick<Masked, "node" | "axes"> => {
    if (isMasked(v)) return v
    const node = toNode(context, v, span)
    return { node, axes: node.shape.map(() => undefined) }
  })
  const rank = Math.max(...parts.map((p) => p.axes.length))
  const axes = Array.from({ length: rank }, (_, j) => {
    const here = parts.flatMap(({ node, axes: own }) => {
      const k = j - rank + own.length
      return k < 0 || (node.shape[k] === 1 && !own[k]) ? [] : [own[k]]
    })
    const mask = here.find((m) => m)
    if (mask && here.some((m) => m !== mask))
      return failAt(
        span,
        here.every((m) => m)
          ? "selections by two different masks cannot be combined"
          : "a selection by a mask does not fit the whole",
      )
    return mask
  })
  const nodes = parts.map((p) => p.node)
  const shape = build(context, op, nodes, {}, span).shape
  const whole = wholeMask(context, { node: { shape } as Node, axes }, span)
  // What is not selected may be infinite or NaN, and must not reach the gradient of what it is combined with.
  const kept = parts.map(({ node, axes: own }) =>
    whole && !own.some((m) => m) && !isConstant(node) ? build(context, "_enter", [whole, node], {}, span) : node,
  )
  return maskedOr(build(context, op, kept, {}, span), axes)
}

/** An operation on selections by masks. */
export function onSelection(
  context: Context,
  op: Operation,
  values: readonly Value[],
  statics: Statics,
  span: Span,
): Value {
  if (op.pointwise) return onPointwise(context, op, values, span)
  const selection = values.find(isMasked)!
  if (op.spreads) return foldSelection(context, op, selection, statics, span)
  if (op.prepare && values.length === 1) {
    const moved = rearranged(context, selection, (node) => build(context, op, [node], statics, span), span)
    return moved ?? unknownCount(span, op.name)
  }
  return alongAxis(context, op, values, statics, span)
}

/** An operation on values, selections among them or not. */
export function applied(context: Context, name: string, values: readonly Value[], statics: Statics, span: Span): Value {
  const op = operation(name)
  if (values.some(isMasked)) return onSelection(context, op, values, statics, span)
  return tensor(
    build(
      context,
      op,
      values.map((v) => toNode(context, v, span)),
      statics,
      span,
    ),
  )
}

/** Along an axis without a mask, each of the other entries is worked on alone. */
function alongAxis(context: Context, op: Operation, values: readonly Value[], statics: Statics, span: Span): Value {
  const selection = values.find(isMasked)!
  const rank = selection.node.shape.length
  if (typeof statics.axis !== "number") return unknownCount(span, op.name)
  const axis = axisOf(statics.axis, rank)
  const same = values.every((v) =>
    isMasked(v) ? v.axes.length === rank && v.axes.every((m, k) => m === selection.axes[k]) : false,
  )
  if (!same) return unknownCount(span, op.name)
  if (selection.axes[axis]) return sorted(context, op, selection, { ...statics, axis }, span)
  const nodes = values.map((v) => (v as Masked).node)
  const node = build(context, op, nodes, statics, span)
  return maskedOr(node, node.shape.length === rank ? selection.axes : selection.axes.filter((_, k) => k !== axis))
}

/** Sorted along a masked axis: what is not selected goes to the end, and the first ones are selected. */
function sorted(context: Context, op: Operation, m: Masked, statics: Statics, span: Span): Value {
  if (!op.permutes) return unknownCount(span, op.name)
  const axis = statics.axis as number
  const length = m.node.shape[axis]!
  const all = filled(context, m, statics.descending ? -Infinity : Infinity, span)
  const positions = addConstant(
    context.graph,
    Float64Array.from({ length }, (_, k) => k),
    [length],
    "whole",
  )
  const count = build(context, "sum", [m.axes[axis]!], { axis: null, keepdims: false }, span)
  const first = build(context, "lt", [positions, count], {}, span)
  const axes = m.axes.map((mask, k) => (k === axis ? first : mask))
  return guarded(context, build(context, op, [all], statics, span), axes, span)
}

/** A sum, mean or extreme: over masked axes, what is not selected counts as nothing. */
function foldSelection(context: Context, op: Operation, m: Masked, statics: Statics, span: Span): Value {
  const over = axesOf(statics.axis, m.node.shape.length)
  const kept = m.axes.flatMap((mask, k) => (over.includes(k) ? (statics.keepdims ? [undefined] : []) : [mask]))
  if (!over.some((k) => m.axes[k])) return maskedOr(build(context, op, [m.node], statics, span), kept)
  const { leftOut } = op
  if (leftOut === undefined) return unknownCount(span, op.name)
  if (leftOut !== "mean")
    return maskedOr(build(context, op, [filled(context, m, leftOut, span, over)], statics, span), kept)
  const sum = operation("sum")
  const total = build(context, sum, [filled(context, m, 0, span, over)], statics, span)
  const count = build(context, sum, [wholeMask(context, m, span, over)!], statics, span)
  return guarded(context, build(context, "div", [total, count], {}, span), kept, span)
}

/** A fold by its name, over everything that is selected. */
export const foldAll = (context: Context, name: string, m: Masked, span: Span): Value =>
  foldSelection(context, operation(name), m, { axis: null, keepdims: false }, span)

/** The matrix product of selections: rows and columns stay selected, what is added up counts where it is selected. */
export function productOf(
  context: Context,
  a: Value,
  b: Value,
  product: (a: Node, b: Node) => Node,
  span: Span,
): Value {
  const [x, y] = [a, b].map((v): Pick<Masked, "node" | "axes"> => {
    if (isMasked(v)) return v
    const node = toNode(context, v, span)
    return { node, axes: node.shape.map(() => undefined) }
  }) as [Pick<Masked, "node" | "axes">, Pick<Masked, "node" | "axes">]
  const [inner, outer] = [x.axes.length - 1, Math.max(0, y.axes.length - 2)]
  if (x.axes.length > 2 || y.axes.length > 2 || x.axes[inner] !== y.axes[outer])
    return unknownCount(span, "this product")
  const zeroed = (p: Pick<Masked, "node" | "axes">, axis: number): Node =>
    p.axes[axis] ? filled(context, { kind: "masked", ...p }, 0, span, [axis]) : p.node
  const node = product(zeroed(x, inner), zeroed(y, outer))
  return maskedOr(node, [...x.axes.slice(0, -1), ...(y.axes.length > 1 ? [y.axes[1]] : [])])
}

/**
 * A function that gives one loss for each row, called with selections: it is worked out for all rows, and the selected
 * ones are then averaged or added up. `call` calls it with arguments. Undefined where the rows do not fit.
 */
export function selectedRows(
  context: Context,
  bound: ReadonlyMap<string, Value>,
  call: (args: ReadonlyMap<string, Value>) => Value,
  span: Span,
): Value | undefined {
  const selections = [...bound.values()].filter(isMasked)
  const rows = selections[0]!.axes[0]
  const fits = selections.every((s) => s.axes[0] === rows && s.axes.slice(1).every((m) => !m))
  if (!rows || !fits || [...bound.values()].some((v) => kindOf(v) === "tensor")) return undefined
  const reduction = bound.get("reduction") ?? "mean"
  const all = new Map([...bound].map(([key, v]) => [key, isMasked(v) ? tensor(v.node) : v]))
  const node = toNode(context, call(all.set("reduction", "none")), span)
  if (node.shape[0] !== rows.shape[0]) return undefined
  const selection: Masked = { kind: "masked", node, axes: node.shape.map((_, k) => (k === 0 ? rows : undefined)) }
  if (reduction === "none" || reduction === null) return selection
  return foldAll(context, String(reduction), selection, span)
}
