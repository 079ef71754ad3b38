// Selections by a mask that depends on data: folds over what is selected, and whatever treats each selected row alone.

import type { Operation, Statics } from "../ops/record.ts"
import type { Span } from "../source/text.ts"
import type { Node } from "./node.ts"
import { build, type Context, failAt, toNode } from "./scope.ts"
import { kindOf, type Masked, tensor, type Value } from "./values.ts"

/** A mask over rows, spread over all that lies in them. */
export function widen(context: Context, rows: Node, shape: readonly number[], span: Span): Node {
  let wide = rows
  for (let k = rows.shape.length; k < shape.length; k++)
    wide = build(context, "expand_dims", [wide], { axis: -1 }, span)
  return build(context, "broadcast_to", [wide], { shape: [...shape] }, span)
}

const unknownCount = (span: Span, name: string): never =>
  failAt(span, `how many entries the mask selects depends on the data, and ${name} needs to know`, "", {
    note: ["what is selected can be summed, averaged, or worked on row by row"],
  })

const isMasked = (value: Value): value is Masked => kindOf(value) === "masked"

/** The axis of the whole tensor that an axis of the selection stands for; "rows" for the selected ones themselves. */
function axisOf({ node, rows }: Masked, axis: unknown): number | "rows" | undefined {
  const inner = node.shape.length - rows.shape.length
  if (typeof axis !== "number") return undefined
  if (axis < 0) return -axis <= inner ? axis : -axis === inner + 1 ? "rows" : undefined
  return axis === 0 ? "rows" : axis <= inner + 1 ? axis - 1 + rows.shape.length : undefined
}

/** An operation on a selection by a mask: what is not selected counts as nothing. */
export function onSelection(
  context: Context,
  op: Operation,
  values: readonly Value[],
  statics: Statics,
  span: Span,
): Value {
  if (op.name === "where") return failAt(span, "a selection by a mask cannot be a branch of where")
  const selection = values.find(isMasked)!
  const same = values.every((v) => !isMasked(v) || v.rows === selection.rows)
  if (!same) return failAt(span, "selections by two different masks cannot be combined")
  if (["float", "stop_gradient", "int", "bool"].includes(op.name))
    return { ...selection, node: build(context, op, [selection.node], {}, span) }
  if (["flatten", "reshape"].includes(op.name)) {
    const shape = statics.shape
    if (Array.isArray(shape) && shape.length > 1) return unknownCount(span, op.name)
    return { ...selection, rows: selection.mask }
  }
  const axis = axisOf(selection, statics.axis)
  if (typeof axis === "number") {
    // Each row is worked on alone: the others do not matter.
    const inputs = values.map((v) => (isMasked(v) ? v.node : toNode(context, v, span)))
    const node = build(context, op, inputs, { ...statics, axis }, span)
    return { ...selection, node, mask: widen(context, selection.rows, node.shape, span) }
  }
  const fold =
    statics.axis === null
      ? null
      : axis === "rows" && selection.rows.shape.length === selection.node.shape.length
        ? null
        : axis === "rows"
          ? selection.rows.shape.map((_, k) => k)
          : undefined
  if (fold === undefined || statics.keepdims) return unknownCount(span, op.name)
  return foldSelection(context, op, selection, fold, span) ?? unknownCount(span, op.name)
}

/** A sum, mean or extreme over the selected rows (over everything where the axes are null). */
export function foldSelection(
  context: Context,
  op: Operation | string,
  { node, mask }: Masked,
  axis: readonly number[] | null,
  span: Span,
): Value | undefined {
  const name = typeof op === "string" ? op : op.name
  const over = { axis, keepdims: false }
  const fill = (value: number): Node => build(context, "where", [mask, node, toNode(context, value, span)], {}, span)
  const sum = (of: Node): Node => build(context, "sum", [of], over, span)
  if (name === "sum") return tensor(sum(fill(0)))
  if (name === "mean") return tensor(build(context, "div", [sum(fill(0)), sum(mask)], {}, span))
  if (name === "amax" || name === "amin")
    return tensor(build(context, op, [fill(name === "amax" ? -Infinity : Infinity)], over, span))
  return undefined
}

/**
 * A function that gives one loss for each row, called with selections: it is worked out for all rows, and the selected
 * ones are then averaged or added up. `call` calls it with arguments.
 */
export function selectedRows(
  context: Context,
  name: string,
  bound: ReadonlyMap<string, Value>,
  call: (args: ReadonlyMap<string, Value>) => Value,
  span: Span,
): Value {
  const selections = [...bound.values()].filter(isMasked)
  const { rows } = selections[0]!
  if (selections.some((s) => s.rows !== rows))
    return failAt(span, "selections by two different masks cannot be combined")
  if ([...bound.values()].some((v) => kindOf(v) === "tensor")) return unknownCount(span, name)
  const reduction = bound.get("reduction") ?? "mean"
  const all = new Map([...bound].map(([key, v]) => [key, isMasked(v) ? tensor(v.node) : v]))
  const node = toNode(context, call(all.set("reduction", "none")), span)
  if (rows.shape.some((d, k) => node.shape[k] !== d)) return unknownCount(span, name)
  const selection: Masked = { kind: "masked", node, rows, mask: widen(context, rows, node.shape, span) }
  if (reduction === "none" || reduction === null) return selection
  return foldSelection(context, String(reduction), selection, null, span) ?? unknownCount(span, name)
}
