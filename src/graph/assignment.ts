// Writing into a part of a value: x[i] = v gives a new tensor with the entries put in, a list or dictionary changes itself.

import { sizeOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import { indexInto, indexWith } from "./indexing.ts"
import { isMasked } from "./masked.ts"
import { addConstant, dataOf, isConstant } from "./node.ts"
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
  const places =
    isTensor(picked) && isConstant(picked.node)
      ? picked.node
      : failAt(span, "entries are written at known places or by a mask only")
  const filled = build(context, "broadcast_to", [toNode(context, value, span)], { shape: [...places.shape] }, span)
  const map = Int32Array.from(dataOf(places))
  const inside = new Float64Array(sizeOf(node.shape))
  for (const p of map) inside[p] = 1
  const put = build(context, "_place", [filled], { map, to: node.shape }, span)
  return tensor(build(context, "where", [addConstant(context.graph, inside, node.shape, "truth"), put, node], {}, span))
}
