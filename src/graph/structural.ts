// The functions that handle lists, shapes and known numbers; one for each record of ops/structural.ts.

import { sameShape, sizeOf, stridesOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import { einsum } from "./contraction.ts"
import { extreme, named, order, struct, torchExtreme } from "./extremes.ts"
import { indexInto, takeAlong } from "./indexing.ts"
import { rowsOf } from "./looping.ts"
import { knownVector, making, steps } from "./making.ts"
import { applyTo, endToEnd, isMasked, lengthOf, masked, productOf, unknownCount } from "./masked.ts"
import { addConstant, dataOf, isConstant } from "./node.ts"
import { pointwise } from "./operators.ts"
import { build, type Context, failAt, ShapeProblem, stackNodes, toNode } from "./scope.ts"
import { differentIn, placesOf, selectWith } from "./selecting.ts"
import { special } from "./special-methods.ts"
import { entriesOf, knownNumber, knownTruth, wholeNumber, wholeNumbers } from "./static.ts"
import { type Call, node, number } from "./structure.ts"
import { type Dict, isTensor, kindOf, tensor, type Value } from "./values.ts"
import { eachEntry } from "./vmap.ts"

/** The first entries along an axis: as many as are asked for, which may depend on data. */
function firstAlong(context: Context, x: Value, n: Value, axis: number, span: Span): Value {
  const shape = isMasked(x) ? x.node.shape : toNode(context, x, span).shape
  const k = axis < 0 ? axis + shape.length : axis
  const known = knownNumber(n)
  if (!(k >= 0 && k < shape.length) || (known !== undefined && (known < 0 || known > shape[k]!)))
    throw new ShapeProblem({
      headline: `an axis of length ${shape[k] ?? 0} does not hold ${known} entries`,
      mark: { span, text: "" },
    })
  // So many must be there, or the framework stops.
  const whole =
    known !== undefined && isMasked(x)
      ? masked(
          x.node,
          x.valid.map((v, j) => (j === k ? undefined : v)),
        )
      : x
  const ends = known === undefined ? { upper: null, to: toNode(context, n, span) } : { upper: known }
  const slice: Value = { kind: "slice", lower: 0, step: null, ...ends }
  const all: Value = { kind: "slice", lower: null, upper: null, step: null }
  return selectWith(
    context,
    whole,
    shape.map((_, j) => (j === k ? slice : all)),
    span,
  )
}

/** The lengths that are kept of all axes, of a selection too. */
const keptShape = (call: Call): readonly number[] => {
  const x = call.args.get("x")!
  call.context.used.asked = true
  return isMasked(x) ? x.node.shape : node(call, "x").shape
}

function pieces(call: Call, sizes: readonly number[]): Value[] {
  const rank = keptShape(call).length
  const k = number(call, "axis") < 0 ? number(call, "axis") + rank : number(call, "axis")
  let at = 0
  return sizes.map((size) => {
    const items = keptShape(call).map(
      (_, j): Value => ({ kind: "slice", lower: j === k ? at : null, upper: j === k ? at + size : null, step: null }),
    )
    at += size
    return selectWith(call.context, call.args.get("x")!, items, call.span)
  })
}
const noAxis = (call: Call, headline: string): never => {
  throw new ShapeProblem({ headline, mark: { span: call.span, text: "" } })
}
const axisLength = (call: Call): number => {
  const shape = keptShape(call)
  const axis = number(call, "axis")
  const k = axis < 0 ? axis + shape.length : axis
  const x = call.args.get("x")!
  if (isMasked(x) && x.valid[k]) return unknownCount(call.span, "cutting it in pieces")
  return shape[k] ?? noAxis(call, `there is no axis ${axis}`)
}
const evenly = (length: number, size: number): number[] =>
  Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size))

function listOf(call: Call, name: string): Value[] {
  const value = call.args.get(name)!
  if (isMasked(value) && !value.valid[0])
    return Array.from({ length: value.node.shape[0]! }, (_, k) => selectWith(call.context, value, [k], call.span))
  return (
    entriesOf(value) ??
    (isTensor(value) ? rowsOf(call.context, value.node, call.span) : failAt(call.span, "a list is needed here"))
  )
}

/** The length of each axis; one that depends on data is a whole number of the graph. */
function lengthsOf(call: Call): Value[] {
  const x = call.args.get("x")!
  if (!isTensor(x) || !isConstant(x.node)) call.context.used.asked = true
  if (!isMasked(x)) return [...node(call, "x").shape]
  return x.node.shape.map((_, k) => lengthOf(call.context, x, k, call.span))
}

function shapeOf(call: Call): Value {
  const shape = lengthsOf(call)
  const axis = call.args.get("axis") ?? null
  if (axis === null) return shape
  const k = wholeNumber(axis, call.span, "dim")
  return shape[k < 0 ? k + shape.length : k] ?? noAxis(call, `there is no axis ${k} in ${shape.length} dimensions`)
}

const sizeOfAll = (call: Call): Value =>
  lengthsOf(call).reduce((a, b) => pointwise(call.context, "mul", [a, b], call.span), 1)

function pad(call: Call): Value {
  const x = node(call, "x")
  const width = wholeNumbers(call.args.get("width")!, call.span, "width")
  // torch counts pairs from the last axis backwards.
  const of = (k: number, side: 0 | 1): number => width[2 * (x.shape.length - 1 - k) + side] ?? 0
  const before = x.shape.map((_, k) => of(k, 0))
  const after = x.shape.map((_, k) => of(k, 1))
  const padded = build(call.context, "_pad", [x], { before, after }, call.span)
  const value = knownNumber(call.args.get("value") ?? 0) ?? failAt(call.span, "what is padded must be known beforehand")
  if (value === 0) return tensor(padded)
  const inside = addConstant(call.context.graph, new Float64Array(sizeOf(x.shape)).fill(1), x.shape, "truth")
  const mask = build(call.context, "_pad", [inside], { before, after }, call.span)
  return tensor(build(call.context, "where", [mask, padded, toNode(call.context, value, call.span)], {}, call.span))
}

const joined = (call: Call): Value => endToEnd(call.context, listOf(call, "xs"), number(call, "axis"), call.span)

function namedLayers({ args, span }: Call): Value {
  const xs = args.get("xs") ?? null
  if (xs === null) return { kind: "dict", entries: new Map() }
  if (kindOf(xs) === "dict") return { kind: "dict", entries: new Map((xs as Dict).entries) }
  return failAt(span, "a dictionary is needed here")
}

function unique(call: Call): Value {
  const x = node(call, "x")
  if (!isConstant(x)) return differentIn(call.context, x, call.span)
  const values = [...new Set(dataOf(x))].sort((a, b) => a - b)
  return knownVector(call, values, values.every(Number.isInteger))
}

function nonzero(call: Call): Value {
  const x = call.args.get("x")!
  const apart = knownTruth(call.args.get("apart") ?? false) ?? false
  if (isMasked(x) || !isConstant(node(call, "x"))) return placesOf(call.context, x, apart, call.span)
  const { shape } = node(call, "x")
  const data = dataOf(node(call, "x"))
  const strides = stridesOf(shape)
  const at = [...data.keys()].filter((e) => data[e] !== 0)
  const along = (k: number): number[] => at.map((e) => Math.floor(e / strides[k]!) % shape[k]!)
  if (apart) return shape.map((_, k) => knownVector(call, along(k), true))
  const numbers = at.flatMap((_, row) => shape.map((_, k) => along(k)[row]!))
  return tensor(addConstant(call.context.graph, Float64Array.from(numbers), [at.length, shape.length], "whole"))
}

export const structurals: ReadonlyMap<string, (call: Call) => Value> = new Map<string, (call: Call) => Value>([
  ...making,
  ["max", extreme("amax", "maximum")],
  ["min", extreme("amin", "minimum")],
  ["_max_pair", torchExtreme("amax", "argmax", "maximum")],
  ["_min_pair", torchExtreme("amin", "argmin", "minimum")],
  [
    "_sort_pair",
    (call) => {
      const { values, indices } = order(call, knownTruth(call.args.get("descending")!) ?? false)
      return struct(values, indices)
    },
  ],
  [
    "_topk_pair",
    (call) => {
      const { values, indices } = order(
        { ...call, args: new Map([["axis", -1], ...call.args]) },
        knownTruth(call.args.get("largest") ?? true) ?? true,
      )
      const axis = wholeNumber(call.args.get("axis") ?? -1, call.span, "dim")
      const first = (v: Value): Value => firstAlong(call.context, v, call.args.get("k")!, axis, call.span)
      return struct(first(values), first(indices))
    },
  ],
  ["_pair", (call) => struct(call.args.get("values")!, call.args.get("indices")!)],
  [
    "_hist_pair",
    (call) => ({ kind: "struct", fields: new Map(["hist", "bin_edges"].map((name) => [name, call.args.get(name)!])) }),
  ],
  ["_named", named],
  ["refuse", (call) => failAt(call.span, String(call.args.get("text")))],
  [
    "select",
    (call) => {
      const mask = applyTo(call.context, "bool", [call.args.get("mask")!], {}, call.span)
      const x = call.args.get("x")!
      // A mask that is known picks known entries.
      return isTensor(x) && isTensor(mask) && isConstant(mask.node) && sameShape(mask.node.shape, x.node.shape)
        ? indexInto(call.context, x.node, mask, call.span)
        : selectWith(call.context, x, [mask], call.span)
    },
  ],
  ["nonzero", nonzero],
  ["_nonzero_apart", (call) => nonzero({ ...call, args: new Map([...call.args, ["apart", true]]) })],
  ["unique", unique],
  ["_array", (call) => tensor(node(call, "x"))],
  [
    "_as_tensor",
    (call) => {
      const n = node(call, "x")
      // A tensor is handed back as it is; numbers in a list are copied out of their graphs.
      const kept = isTensor(call.args.get("x")!) || isConstant(n)
      return tensor(kept ? n : build(call.context, "stop_gradient", [n], {}, call.span))
    },
  ],
  ["concat", joined],
  ["concatenate", joined],
  [
    "stack",
    (call) =>
      tensor(
        stackNodes(
          call.context,
          listOf(call, "xs").map((v) => toNode(call.context, v, call.span)),
          number(call, "axis"),
          call.span,
        ),
      ),
  ],
  [
    "split",
    (call) => {
      const size = call.args.get("size")!
      return pieces(
        call,
        Array.isArray(size)
          ? wholeNumbers(size, call.span, "sizes")
          : evenly(axisLength(call), Math.max(1, wholeNumber(size, call.span, "size"))),
      )
    },
  ],
  [
    "chunk",
    (call) =>
      pieces(call, evenly(axisLength(call), Math.max(1, Math.ceil(axisLength(call) / Math.max(1, number(call, "n")))))),
  ],
  [
    "unbind",
    (call) =>
      pieces(call, new Array<number>(axisLength(call)).fill(1)).map((p) =>
        applyTo(call.context, "squeeze", [p], { axis: number(call, "axis") }, call.span),
      ),
  ],
  [
    "take",
    (call) => {
      const axis = call.args.get("axis") ?? null
      const i = call.args.get("i")!
      return takeAlong(
        call.context,
        node(call, "x"),
        Array.isArray(i) ? tensor(toNode(call.context, i, call.span)) : i,
        axis === null ? null : wholeNumber(axis, call.span, "axis"),
        call.span,
      )
    },
  ],
  [
    "slice_axis",
    (call) => firstAlong(call.context, call.args.get("x")!, call.args.get("n")!, number(call, "axis"), call.span),
  ],
  ["pad", pad],
  ["matmul", (call) => productOf(call.context, call.args.get("a")!, call.args.get("b")!, call.span)],
  [
    "einsum",
    (call) =>
      tensor(
        einsum(
          call.context,
          String(call.args.get("spec")),
          (call.args.get("xs") as Value[]).map((v) => toNode(call.context, v, call.span)),
          call.span,
        ),
      ),
  ],
  ["shape", shapeOf],
  [
    "len",
    (call) => {
      const x = call.args.get("x")!
      const own = special(call.context, x, "__len__", [], call.span)
      if (own !== undefined) return own
      return entriesOf(x)?.length ?? lengthsOf(call)[0] ?? noAxis(call, "a single number has no length")
    },
  ],
  ["ndim", (call) => lengthsOf(call).length],
  ["numel", sizeOfAll],
  ["range", (call) => steps(call)],
  [
    "zip",
    (call) => {
      const lists = (call.args.get("xs") as Value[]).map(
        (v) =>
          entriesOf(v) ??
          (isTensor(v)
            ? rowsOf(call.context, v.node, call.span)
            : failAt(call.span, "only lists can be put side by side")),
      )
      return Array.from({ length: Math.min(...lists.map((l) => l.length)) }, (_, k) => lists.map((l) => l[k]!))
    },
  ],
  ["enumerate", (call) => listOf(call, "xs").map((v, k) => [k + Number(call.args.get("start") ?? 0), v])],
  ["_layers", (call) => ((call.args.get("xs") ?? null) === null ? [] : [...listOf(call, "xs")])],
  ["_named_layers", (call) => namedLayers(call)],
  ["list", (call) => listOf(call, "xs")],
  ["tuple", (call) => listOf(call, "xs")],
  ["reversed", (call) => [...listOf(call, "xs")].reverse()],
  ["vmap", eachEntry],
])
