// x[…]: whole numbers, slices, None, the ellipsis, lists and tensors of positions, masks.

import { partOf } from "../definitions/roles.ts"
import { axisOf, sizeOf, stridesOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import { addConstant, dataOf, isConstant, isInput, type Node } from "./node.ts"
import { build, type Context, failAt, ShapeProblem, toNode } from "./scope.ts"
import { makesSelection, selectWith } from "./selecting.ts"
import { knownNumber } from "./static.ts"
import { isTensor, kindOf, type SliceValue, type TensorNode, tensor, type Value } from "./values.ts"

/** The positions that a slice picks from an axis, as Python does. */
function sliced({ lower, upper, step }: SliceValue, length: number, span: Span): number[] {
  const by = step ?? 1
  if (by === 0) throw new ShapeProblem({ headline: "a slice cannot step by 0", mark: { span, text: "" } })
  const clamp = (v: number, low: number, high: number): number => Math.min(Math.max(v < 0 ? v + length : v, low), high)
  const start = lower === null ? (by > 0 ? 0 : length - 1) : clamp(lower, by > 0 ? 0 : -1, by > 0 ? length : length - 1)
  const stop = upper === null ? (by > 0 ? length : -1) : clamp(upper, by > 0 ? 0 : -1, by > 0 ? length : length - 1)
  const out: number[] = []
  for (let i = start; by > 0 ? i < stop : i > stop; i += by) out.push(i)
  return out
}

export type Ends = [lower: Value, upper: Value, step: Value]

/** A slice; its ends may depend on data. */
export function sliceOf(context: Context, span: Span, [lower, upper, step]: Ends): Value {
  const end = (value: Value): number | null => {
    const number = knownNumber(value)
    if (number !== undefined && !Number.isInteger(number)) failAt(span, "the ends of a slice are whole numbers")
    return number ?? null
  }
  const open = (value: Value): Node | undefined =>
    value === null || knownNumber(value) !== undefined ? undefined : toNode(context, value, span)
  if (open(step)) failAt(span, "the step of a slice is a whole number that is known beforehand")
  const [from, to] = [open(lower), open(upper)]
  return {
    kind: "slice",
    lower: end(lower),
    upper: end(upper),
    step: end(step),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
}

export const rankOf = (item: Value): number => {
  if (item === null || kindOf(item) === "ellipsis") return 0
  if ((isTensor(item) || kindOf(item) === "masked") && (item as TensorNode).node.type === "truth")
    return Math.max(1, (item as TensorNode).node.shape.length)
  return 1
}

export function expandEllipsis(items: readonly Value[], rank: number, span: Span): Value[] {
  const used = items.reduce<number>((n, item) => n + rankOf(item), 0)
  const at = items.findIndex((item) => kindOf(item) === "ellipsis")
  if (used > rank)
    throw new ShapeProblem({
      headline:
        rank === 0
          ? "a single number cannot be indexed"
          : `there are ${used} positions for ${rank} axis${rank === 1 ? "" : "es"}`.replace("axises", "axes"),
      mark: { span, text: "" },
    })
  const all: SliceValue = { kind: "slice", lower: null, upper: null, step: null }
  const filler = new Array<Value>(rank - used).fill(all)
  return at < 0 ? [...items, ...filler] : [...items.slice(0, at), ...filler, ...items.slice(at + 1)]
}

/** Evaluates an index. */
export function indexInto(context: Context, object: Node, index: Value, span: Span): Value {
  return indexWith(context, object, itemsOf(context, index, span), span)
}

/** What stands in the brackets, as one item for each axis. */
export const itemsOf = (context: Context, index: Value, span: Span): readonly Value[] =>
  !Array.isArray(index) ? [index] : isKnownList(index) ? [toNodeValue(context, index, span)] : index

/** A list of numbers or truths, perhaps nested: positions or a mask. Any other list stands for a tuple of items. */
const isKnownList = (value: Value): boolean =>
  Array.isArray(value) && value.every((v) => typeof v === "number" || typeof v === "boolean" || isKnownList(v))
const toNodeValue = (context: Context, list: Value[], span: Span): Value => tensor(toNode(context, list, span))

/** Where each element comes from: from `offset` on, the sum of what its places add along each axis. */
function mapOf(shape: readonly number[], picks: readonly number[][], offset: number): Int32Array {
  const strides = stridesOf(shape)
  const map = new Int32Array(sizeOf(shape)).fill(offset)
  for (let axis = 0; axis < shape.length; axis++) {
    const [own, stride, length] = [picks[axis]!, strides[axis]!, shape[axis]!]
    for (let e = 0; e < map.length; e++) map[e]! += own[Math.floor(e / stride) % length]!
  }
  return map
}

/** x[items]: each item stands for one axis (a mask for as many as it has, None for none). */
export function indexWith(context: Context, object: Node, raw: readonly Value[], span: Span): Value {
  const given = raw.map((item) => maskOf(context, item, span))
  if (makesSelection(given)) return selectWith(context, tensor(object), given, span)
  const items = expandEllipsis(given, object.shape.length, span)

  // First all that is known: one pick with a list of positions for each axis.
  const strides = stridesOf(object.shape)
  const shape: number[] = []
  const picks: number[][] = []
  const moving: { axis: number; node: Node }[] = []
  let offset = 0
  let k = 0
  for (const item of items) {
    if (item === null) {
      shape.push(1)
      picks.push([0])
      continue
    }
    const length = object.shape[k]!
    const stride = strides[k]!
    if (typeof item === "number" || typeof item === "boolean") {
      const at = Number(item) < 0 ? Number(item) + length : Number(item)
      if (!Number.isInteger(at) || at < 0 || at >= length)
        throw new ShapeProblem({
          headline: `position ${Number(item)} lies outside an axis of length ${length}`,
          mark: { span, text: "" },
        })
      offset += at * stride
      k++
    } else if (kindOf(item) === "slice") {
      const positions = sliced(item as SliceValue, length, span)
      shape.push(positions.length)
      picks.push(positions.map((p) => p * stride))
      k++
    } else {
      const node = toNode(context, item, span)
      if (node.type === "truth" && isConstant(node)) {
        const positions = [...dataOf(node)].flatMap((v, p) => (v !== 0 ? [p] : []))
        const size = sizeOf(object.shape.slice(k, k + node.shape.length))
        if (positions.length > 0 && positions.at(-1)! >= size)
          throw new ShapeProblem({ headline: "the mask is longer than the axis", mark: { span, text: "" } })
        shape.push(positions.length)
        picks.push(positions.map((p) => p * strides[k + node.shape.length - 1]!))
        k += node.shape.length
        continue
      }
      // An input may hold positions: only what was computed is known to be real.
      if (node.type === "real" && !isConstant(node) && !isInput(movedFrom(node)))
        throw new ShapeProblem({
          headline: "positions are whole numbers, and these are reals",
          mark: { span, text: "cast them: int(…)" },
        })
      moving.push({ axis: shape.length, node })
      shape.push(length)
      picks.push(Array.from({ length }, (_, p) => p * stride))
      k++
    }
  }
  const picked = build(context, "_pick", [object], { map: mapOf(shape, picks, offset), to: shape }, span)
  return tensor(moving.length === 0 ? picked : gather(context, picked, moving, span))
}

/** What a tensor's entries were before they were moved about. */
function movedFrom(node: Node): Node {
  let from = node
  while (from.op.prepare || from.op.permutes || from.op.moves) from = from.inputs.at(-1)!
  return from
}

/** An input that is a mask by name holds truths, whatever it is drawn from. */
function maskOf(context: Context, item: Value, span: Span): Value {
  if (!isTensor(item) || !isInput(item.node) || partOf(String(item.node.statics.name)) !== "mask") return item
  return tensor(build(context, "bool", [item.node], {}, span))
}

/** Positions that are themselves tensors: one position each along the axes named, shapes broadcast together as in NumPy. */
function gather(within: Context, x: Node, moving: readonly { axis: number; node: Node }[], span: Span): Node {
  // A single position is as good as many, also while shapes are guessed.
  const context = { ...within, strict: undefined }
  const axes = moving.map((m) => m.axis)
  // One linear position over the axes picked along, those axes in front.
  let linear: Node | undefined
  for (const { axis, node } of moving) {
    const size = x.shape[axis]!
    let from = node
    while (from.inputs.length === 1 && (from.op.nature === "linear" || from.type === "whole")) from = from.inputs[0]!
    if (isInput(from)) within.onPosition?.(from, size)
    const length = addConstant(context.graph, size, [], "whole")
    if (isConstant(node) && dataOf(node).some((p) => p < -size || p >= size))
      throw new ShapeProblem({
        headline: `a position lies outside an axis of length ${size}`,
        mark: { span, text: "" },
      })
    const own = isConstant(node)
      ? addConstant(
          context.graph,
          dataOf(node).map((p) => (p < 0 ? p + size : p)),
          node.shape,
          "whole",
        )
      : moving.length > 1
        ? fromFront(context, node, length, span)
        : node
    linear = linear ? build(context, "add", [build(context, "mul", [linear, length], {}, span), own], {}, span) : own
  }
  const rest = x.shape.map((_, k) => k).filter((k) => !axes.includes(k))
  const front = build(context, "transpose", [x], { axes: [...axes, ...rest] }, span)
  const length = sizeOf(axes.map((k) => x.shape[k]!))
  const tail = rest.map((k) => x.shape[k]!)
  const out = takeRows(
    context,
    build(context, "reshape", [front], { shape: [length, sizeOf(tail)] }, span),
    linear!,
    tail,
    span,
  )
  // NumPy leaves the picked axes where the first one stood when they are side by side.
  const picked = linear!.shape.length
  const adjacent = axes.every((k, j) => j === 0 || k === axes[j - 1]! + 1)
  if (!adjacent || axes[0] === 0 || picked + tail.length === 0) return out
  const lead = rest.filter((k) => k < axes[0]!).length
  const order = [
    ...Array.from({ length: lead }, (_, j) => picked + j),
    ...Array.from({ length: picked }, (_, j) => j),
    ...Array.from({ length: tail.length - lead }, (_, j) => picked + lead + j),
  ]
  return build(context, "transpose", [out], { axes: order }, span)
}

/** Positions that count from the end when negative, counted from the front. */
function fromFront(context: Context, node: Node, length: Node, span: Span): Node {
  const negative = build(context, "lt", [node, addConstant(context.graph, 0, [], "whole")], {}, span)
  return build(context, "where", [negative, build(context, "add", [node, length], {}, span), node], {}, span)
}

/** Rows of a matrix at positions of any shape: positions.shape + tail. */
function takeRows(context: Context, matrix: Node, positions: Node, tail: readonly number[], span: Span): Node {
  const count = sizeOf(positions.shape)
  const width = matrix.shape[1]!
  const column = build(context, "reshape", [positions], { shape: [count, 1] }, span)
  const wide = build(context, "broadcast_to", [column], { shape: [count, width] }, span)
  const rows = build(context, "take_along", [matrix, wide], { axis: 0 }, span)
  return build(context, "reshape", [rows], { shape: [...positions.shape, ...tail] }, span)
}

/** The slices at positions along one axis (all elements in a row when the axis is null). */
export function takeAlong(context: Context, x: Node, positions: Value, axis: number | null, span: Span): Value {
  const flat = axis === null ? build(context, "reshape", [x], { shape: [-1] }, span) : x
  const k = axisOf(axis ?? 0, flat.shape.length)
  const before = new Array<Value>(k).fill({ kind: "slice", lower: null, upper: null, step: null })
  return indexWith(context, flat, [...before, positions], span)
}
