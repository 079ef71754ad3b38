// Writing into a part of a value: x[i] = v gives a new tensor with the entries put in, a list or dictionary changes itself.

import { sizeOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import { indexInto, indexWith } from "./indexing.ts"
import { isMasked } from "./masked.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { build, type Context, failAt, toNode } from "./scope.ts"
import { knownNumber } from "./static.ts"
import { type Dict, isTensor, kindOf, tensor, type Value } from "./values.ts"

/** The value with its part at `index` replaced. Lists and dictionaries are changed in place and returned as they are. */
export function withIndex(
  context: Context,
  base: Value,
  index: Value,
  several: boolean,
  value: Value,
  span: Span,
): Value {
  if (kindOf(base) === "dict") {
    ;(base as Dict).entries.set(index, value)
    return base
  }
  if (Array.isArray(base)) {
    const at = knownNumber(index)
    if (at === undefined) failAt(span, "a list is written at known places only")
    base[at < 0 ? at + base.length : at] = value
    return base
  }
  if (!isTensor(base)) return failAt(span, "this cannot be written into")
  const { node } = base
  const given = several ? (index as Value[]) : [index]
  // A mask in the shape of the tensor chooses element by element.
  const [mask] = given
  if (given.length === 1 && isTensor(mask!) && mask.node.type === "truth" && !isConstant(mask.node)) {
    // What was selected by the same mask stands where it was.
    const source = isMasked(value)
      ? tensor(build(context, "reshape", [value.node], { shape: [...node.shape] }, span))
      : value
    let wide = mask.node
    for (let k = wide.shape.length; k < node.shape.length; k++)
      wide = build(context, "expand_dims", [wide], { axis: -1 }, span)
    return tensor(build(context, "where", [wide, toNode(context, source, span), node], {}, span))
  }
  // Known places: the places themselves are found by indexing the positions.
  const positions = addConstant(
    context.graph,
    Float64Array.from({ length: sizeOf(node.shape) }, (_, e) => e),
    node.shape,
    "whole",
  )
  const picked = several ? indexWith(context, positions, given, span) : indexInto(context, positions, index, span)
  if (!isTensor(picked)) return failAt(span, "entries are written at known places or by a mask only")
  const places = picked.node
  if (!isConstant(places)) return tensor(writtenAt(context, node, places, toNode(context, value, span), span))
  const filled = build(context, "broadcast_to", [toNode(context, value, span)], { shape: [...places.shape] }, span)
  const map = Int32Array.from(dataOf(places))
  const inside = new Float64Array(sizeOf(node.shape))
  for (const p of map) inside[p] = 1
  const put = build(context, "_place", [filled], { map, to: node.shape }, span)
  return tensor(build(context, "where", [addConstant(context.graph, inside, node.shape, "truth"), put, node], {}, span))
}

/** Values put at places that depend on data: where a place is written several times, what was put there is averaged. */
function writtenAt(context: Context, base: Node, places: Node, value: Node, span: Span): Node {
  const [count, size] = [sizeOf(places.shape), sizeOf(base.shape)]
  const flat = (n: Node, length: number): Node => build(context, "reshape", [n], { shape: [length] }, span)
  const like = addConstant(context.graph, new Float64Array(size), [size])
  const at = flat(places, count)
  const added = (n: Node): Node => build(context, "_scatter_like", [n, at, like], { axis: 0 }, span)
  const wide = build(context, "broadcast_to", [value], { shape: [...places.shape] }, span)
  const hits = added(addConstant(context.graph, new Float64Array(count).fill(1), [count]))
  const hit = build(context, "gt", [hits, toNode(context, 0, span)], {}, span)
  const most = build(context, "maximum", [hits, toNode(context, 1, span)], {}, span)
  const put = build(context, "div", [added(flat(wide, count)), most], {}, span)
  const whole = build(context, "where", [hit, put, flat(base, size)], {}, span)
  return build(context, "reshape", [whole], { shape: [...base.shape] }, span)
}
