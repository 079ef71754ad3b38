// Writing into a part of a value: x[i] = v gives a new tensor with the entries put in, a list or dictionary changes itself.

import { sizeOf } from "../ops/shapes.ts"
import { entryOf } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import { callWith, type GivenArgument } from "./calls.ts"
import { indexInto, indexWith } from "./indexing.ts"
import { applyTo, filled, isMasked, unknownCount } from "./masked.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { pointwise } from "./operators.ts"
import { build, type Context, failAt, toNode } from "./scope.ts"
import { selectWith } from "./selecting.ts"
import { knownNumber } from "./static.ts"
import { type Dict, isTensor, kindOf, type Masked, type Places, tensor, type Value } from "./values.ts"

/** What a mask selected, back where it stood. */
function inPlaceOf(context: Context, value: Masked, node: Node, span: Span): Value {
  if (sizeOf(value.node.shape) !== sizeOf(node.shape)) return unknownCount(span, "writing them elsewhere")
  return tensor(build(context, "reshape", [value.node], { shape: [...node.shape] }, span))
}

/** Whole numbers and truths take what is written into them as their own kind, as a cast does. */
function asWritten(context: Context, { type }: Node, value: Value, span: Span): Value {
  if (type === "real") return value
  const given = isMasked(value) ? value : tensor(toNode(context, value, span))
  return given.node.type === type ? given : applyTo(context, type === "whole" ? "int" : "bool", [given], {}, span)
}

/** The value with its part at `index` replaced. Lists and dictionaries are changed in place and returned as they are. */
export function withIndex(
  context: Context,
  base: Value,
  index: Value,
  several: boolean,
  written: Value,
  span: Span,
): Value {
  if (kindOf(base) === "dict") {
    ;(base as Dict).entries.set(index, written)
    return base
  }
  if (Array.isArray(base)) {
    const at = knownNumber(index)
    if (at === undefined) failAt(span, "a list is written at known places only")
    base[at < 0 ? at + base.length : at] = written
    return base
  }
  if (isMasked(base)) return intoSelection(context, base, several ? (index as Value[]) : [index], written, span)
  if (!isTensor(base)) return failAt(span, "this cannot be written into")
  const { node } = base
  const value = asWritten(context, node, written, span)
  const given = several ? (index as Value[]) : [index]
  // A mask in the shape of the tensor chooses element by element.
  const [mask] = given
  if (given.length === 1 && isTensor(mask!) && mask.node.type === "truth" && !isConstant(mask.node)) {
    const source = isMasked(value) ? inPlaceOf(context, value, node, span) : value
    let wide = mask.node
    for (let k = wide.shape.length; k < node.shape.length; k++)
      wide = build(context, "expand_dims", [wide], { axis: -1 }, span)
    return tensor(build(context, "where", [wide, toNode(context, source, span), node], {}, span))
  }
  // Rows that a mask chooses, each at a position of its own: x[mask, i[mask]] = v.
  const [, chosen] = given
  if (given.length === 2 && node.shape.length === 2 && isTensor(mask!) && isMasked(chosen!)) {
    const own = chosen.valid[0] === mask.node && chosen.node.shape.length === 1 && !isMasked(value)
    if (own) return atRows(context, node, mask.node, chosen.node, value, span)
  }
  // Known places: the places themselves are found by indexing the positions.
  const positions = positionsOf(context, node)
  const picked = several ? indexWith(context, positions, given, span) : indexInto(context, positions, index, span)
  if (!isTensor(picked) || !isConstant(picked.node)) return scattered(context, node, picked, value, span)
  return writtenAt(context, node, picked.node, value, span)
}

/** 0, 1, 2, … in the shape of a tensor: what picks of it tells which places it picks. */
export const positionsOf = (context: Context, { shape }: Node): Node =>
  addConstant(
    context.graph,
    Float64Array.from({ length: sizeOf(shape) }, (_, e) => e),
    shape,
    "whole",
  )

/** A value written into a view of a tensor, at the places that the view shows. */
export function throughView(context: Context, node: Node, view: Value, given: Value, span: Span): Value {
  if (!isTensor(view) || !isConstant(view.node)) return failAt(span, "this cannot be written into")
  return writtenAt(context, node, view.node, asWritten(context, node, given, span), span)
}

function writtenAt(context: Context, node: Node, places: Node, value: Value, span: Span): Value {
  const spread = build(context, "broadcast_to", [toNode(context, value, span)], { shape: [...places.shape] }, span)
  const map = Int32Array.from(dataOf(places))
  const inside = new Float64Array(sizeOf(node.shape))
  for (const p of map) inside[p] = 1
  const put = build(context, "_place", [spread], { map, to: node.shape }, span)
  return tensor(build(context, "where", [addConstant(context.graph, inside, node.shape, "truth"), put, node], {}, span))
}

function atRows(context: Context, node: Node, mask: Node, column: Node, value: Value, span: Span): Value {
  const wide = (n: Node): Node => build(context, "expand_dims", [n], { axis: -1 }, span)
  const columns = Float64Array.from({ length: node.shape[1]! }, (_, k) => k)
  const places = addConstant(context.graph, columns, [columns.length], "whole")
  const here = build(
    context,
    "logical_and",
    [wide(mask), build(context, "eq", [wide(column), places], {}, span)],
    {},
    span,
  )
  return tensor(build(context, "where", [here, toNode(context, value, span), node], {}, span))
}

/** Entries written at places that depend on data; a place that is not there lies behind the last one. */
function scattered(context: Context, node: Node, picked: Value, value: Value, span: Span): Value {
  const size = sizeOf(node.shape)
  const places = isMasked(picked) ? filled(context, picked, size, span) : toNode(context, picked, span)
  const source = isMasked(value) ? value.node : toNode(context, value, span)
  const row = (n: Node): Node => build(context, "reshape", [n], { shape: [-1] }, span)
  const spread = build(context, "broadcast_to", [source], { shape: [...places.shape] }, span)
  const scatter: Value = { kind: "builtin", entry: entryOf("scatter")!, path: "scatter" }
  const put = callWith(context, scatter, [tensor(row(node)), 0, tensor(row(places)), tensor(row(spread))], span)
  return tensor(build(context, "reshape", [toNode(context, put, span)], { shape: [...node.shape] }, span))
}

/** The same for a tensor whose length depends on data. */
function intoSelection(context: Context, base: Masked, items: readonly Value[], value: Value, span: Span): Value {
  const { node } = base
  const places: Masked = { ...base, node: positionsOf(context, node) }
  const written = scattered(context, node, selectWith(context, places, items, span), value, span)
  return { ...base, node: toNode(context, written, span) }
}

/** What is put at the places of x.at[…]: the value itself, or one made of it and of what stands there. */
const changes: ReadonlyMap<string, string> = new Map([
  ["add", "add"],
  ["subtract", "sub"],
  ["multiply", "mul"],
  ["mul", "mul"],
  ["divide", "div"],
  ["power", "pow"],
  ["min", "minimum"],
  ["max", "maximum"],
])

/** x.at[…].set(v), add(v), get(), apply(f): a changed copy; undefined for other methods. */
export function placesCall(
  context: Context,
  { base, index }: Places,
  name: string,
  args: readonly GivenArgument[],
  span: Span,
): Value | undefined {
  if (!index) return undefined
  const { value, several } = index
  const there = (): Value =>
    several ? indexWith(context, base.node, value as Value[], span) : indexInto(context, base.node, value, span)
  if (name === "get") return there()
  const given = args[0]?.value ?? failAt(span, `${name} needs a value`)
  const put = (made: Value): Value => withIndex(context, base, value, several, made, span)
  if (name === "set") return put(given)
  if (name === "apply") return put(callWith(context, given, [there()], span))
  const op = changes.get(name)
  return op === undefined ? undefined : put(pointwise(context, op, [there(), given], span))
}
