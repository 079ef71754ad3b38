// Shapes and lengths, tensors of a given shape, and positions: what asks how many entries there are.

import { ShapeError } from "../ops/record.ts"
import { checkSize, sizeOf } from "../ops/shapes.ts"
import { countAlong, isMasked, maskedOr } from "./masked.ts"
import { positionsOf } from "./masked-shapes.ts"
import { addConstant, dataOf, isConstant } from "./node.ts"
import { pointwise } from "./operators.ts"
import { build, failAt, ShapeProblem, toNode } from "./scope.ts"
import { entriesOf, knownNumber, knownTruth, wholeNumber, wholeNumbers } from "./static.ts"
import { type Call, node } from "./structure.ts"
import { type Masked, tensor, type Value } from "./values.ts"

/** A shape that is not too large. */
export function shaped(call: Call, shape: readonly number[]): readonly number[] {
  try {
    return checkSize(shape)
  } catch (error) {
    if (error instanceof ShapeError) return failAt(call.span, error.message)
    throw error
  }
}

export const filled = (call: Call, shape: readonly number[], value: number): Value =>
  tensor(addConstant(call.context.graph, new Float64Array(sizeOf(shaped(call, shape))).fill(value), shape, "real"))
export const shapeArgument = (call: Call): number[] => wholeNumbers(call.args.get("shape")!, call.span, "a shape")

function fillWith(call: Call, shape: readonly number[], value: Value): Value {
  const known = knownNumber(value)
  if (known !== undefined) return filled(call, shape, known)
  return tensor(
    build(
      call.context,
      "broadcast_to",
      [toNode(call.context, value, call.span)],
      { shape: [...shaped(call, shape)] },
      call.span,
    ),
  )
}

/** In the shape of a tensor, selected where it is. */
function like(call: Call, fill: (shape: readonly number[]) => Value): Value {
  const x = call.args.get("x")!
  if (!isMasked(x)) return fill(node(call, "x").shape)
  return maskedOr(toNode(call.context, fill(x.node.shape), call.span), x.axes)
}

export const noAxis = (call: Call, headline: string): never => {
  throw new ShapeProblem({ headline, mark: { span: call.span, text: "" } })
}

/** The lengths of all axes. */
export const lengthsOf = (call: Pick<Call, "context" | "span">, x: Masked): Value[] =>
  x.axes.map((_, k) => countAlong(call.context, x, k, call.span))

function shapeOf(call: Call): Value {
  const x = call.args.get("x")!
  const shape: Value[] = isMasked(x) ? lengthsOf(call, x) : [...node(call, "x").shape]
  const axis = call.args.get("axis") ?? null
  if (axis === null) return shape
  const k = wholeNumber(axis, call.span, "dim")
  return shape[k < 0 ? k + shape.length : k] ?? noAxis(call, `there is no axis ${k} in ${shape.length} dimensions`)
}

function numel(call: Call): Value {
  const x = call.args.get("x")!
  if (!isMasked(x)) return sizeOf(node(call, "x").shape)
  return lengthsOf(call, x).reduce((a, b) => pointwise(call.context, "mul", [a, b], call.span), 1)
}

function length(call: Call): Value {
  const x = call.args.get("x")!
  if (isMasked(x)) return countAlong(call.context, x, 0, call.span)
  return entriesOf(x)?.length ?? node(call, "x").shape[0] ?? failAt(call.span, "a single number has no length")
}

/** The different entries in order: known ones, or a selection of the sorted entries, each that is not as the one before. */
function unique(call: Call): Value {
  const { context, span } = call
  const x = node(call, "x")
  if (isConstant(x)) {
    const values = [...new Set(dataOf(x))].sort((a, b) => a - b)
    const whole = values.every(Number.isInteger)
    return tensor(addConstant(context.graph, Float64Array.from(values), [values.length], whole ? "whole" : "real"))
  }
  const size = sizeOf(x.shape)
  const row = build(context, "reshape", [build(context, "stop_gradient", [x], {}, span)], { shape: [size] }, span)
  const sorted = build(context, "sort", [row], { axis: -1, descending: false }, span)
  const before = build(context, "roll", [sorted], { shift: 1, axis: 0 }, span)
  const changes = build(context, "ne", [sorted, before], {}, span)
  const first = addConstant(
    context.graph,
    Float64Array.from({ length: size }, (_, k) => Number(k === 0)),
    [size],
    "truth",
  )
  return maskedOr(sorted, [build(context, "logical_or", [first, changes], {}, span)])
}

const positions = (call: Call, apart: boolean): Value => positionsOf(call.context, node(call, "x"), apart, call.span)

export const counting: readonly (readonly [string, (call: Call) => Value])[] = [
  ["nonzero", (call) => positions(call, knownTruth(call.args.get("apart") ?? false) ?? false)],
  ["_nonzero_apart", (call) => positions(call, true)],
  ["unique", unique],
  ["zeros", (call) => filled(call, shapeArgument(call), 0)],
  ["ones", (call) => filled(call, shapeArgument(call), 1)],
  ["full", (call) => fillWith(call, shapeArgument(call), call.args.get("value")!)],
  ["zeros_like", (call) => like(call, (shape) => filled(call, shape, 0))],
  ["ones_like", (call) => like(call, (shape) => filled(call, shape, 1))],
  ["full_like", (call) => like(call, (shape) => fillWith(call, shape, call.args.get("value")!))],
  ["shape", shapeOf],
  ["len", length],
  [
    "ndim",
    (call) =>
      isMasked(call.args.get("x")!) ? (call.args.get("x") as Masked).axes.length : node(call, "x").shape.length,
  ],
  ["numel", numel],
]
