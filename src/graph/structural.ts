// The functions that handle lists, shapes and known numbers; one for each record of ops/structural.ts.

import { sizeOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import { einsum, matmul } from "./contraction.ts"
import { counting, noAxis } from "./counting.ts"
import { extreme, named, order, struct, torchExtreme } from "./extremes.ts"
import { indexWith, takeAlong } from "./indexing.ts"
import { making, steps } from "./making.ts"
import { isMasked, maskedOr, productOf } from "./masked.ts"
import { joined } from "./masked-shapes.ts"
import { addConstant, isConstant, type Node } from "./node.ts"
import { build, type Context, concatNodes, failAt, ShapeProblem, stackNodes, toNode } from "./scope.ts"
import { entriesOf, knownNumber, knownTruth, wholeNumber, wholeNumbers } from "./static.ts"
import { type Call, node, number } from "./structure.ts"
import { rowsOf } from "./trace.ts"
import { type Dict, isTensor, kindOf, tensor, type Value } from "./values.ts"
import { eachEntry } from "./vmap.ts"

function firstAlong(context: Context, x: Node, n: number, axis: number, span: Span): Value {
  const k = axis < 0 ? axis + x.shape.length : axis
  if (!(k >= 0 && k < x.shape.length) || n < 1 || n > x.shape[k]!)
    throw new ShapeProblem({
      headline: `an axis of length ${x.shape[k] ?? 0} does not hold ${n} entries`,
      mark: { span, text: "" },
    })
  const items = x.shape.map((_, j): Value => ({ kind: "slice", lower: 0, upper: j === k ? n : null, step: null }))
  return indexWith(context, x, items, span)
}

function pieces(call: Call, sizes: readonly number[]): Value {
  const x = node(call, "x")
  const k = number(call, "axis") < 0 ? number(call, "axis") + x.shape.length : number(call, "axis")
  let at = 0
  return sizes.map((size) => {
    const items = x.shape.map(
      (_, j): Value => ({ kind: "slice", lower: j === k ? at : null, upper: j === k ? at + size : null, step: null }),
    )
    at += size
    return indexWith(call.context, x, items, call.span)
  })
}
const lengthOf = (call: Call): number => {
  const x = node(call, "x")
  const axis = number(call, "axis")
  return x.shape[axis < 0 ? axis + x.shape.length : axis] ?? noAxis(call, `there is no axis ${axis}`)
}
const evenly = (length: number, size: number): number[] =>
  Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size))

const listOf = (call: Call, name: string): Value[] => {
  const value = call.args.get(name)!
  return (
    entriesOf(value) ??
    (isTensor(value) ? rowsOf(call.context, value.node, call.span) : failAt(call.span, "a list is needed here"))
  )
}

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

const endToEnd = (call: Call): Value => {
  const parts = listOf(call, "xs")
  if (parts.some(isMasked)) return joined(call.context, parts, number(call, "axis"), call.span)
  return tensor(
    concatNodes(
      call.context,
      parts.map((v) => toNode(call.context, v, call.span)),
      number(call, "axis"),
      call.span,
    ),
  )
}

function namedLayers({ args, span }: Call): Value {
  const xs = args.get("xs") ?? null
  if (xs === null) return { kind: "dict", entries: new Map() }
  if (kindOf(xs) === "dict") return { kind: "dict", entries: new Map((xs as Dict).entries) }
  return failAt(span, "a dictionary is needed here")
}

function product(call: Call): Value {
  const { context, args, span } = call
  const [a, b] = [args.get("a")!, args.get("b")!]
  const of = (x: Node, y: Node): Node => matmul(context, x, y, span)
  return isMasked(a) || isMasked(b) ? productOf(context, a, b, of, span) : tensor(of(node(call, "a"), node(call, "b")))
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
      const k = number(call, "k")
      const first = (v: Value): Value => {
        if (v === null) return null
        if (!isMasked(v)) return firstAlong(call.context, toNode(call.context, v, call.span), k, axis, call.span)
        // What is selected stands first along a sorted axis, so that a piece of its mask is the mask of the piece.
        const piece = (n: Node, at: number): Node =>
          toNode(call.context, firstAlong(call.context, n, k, at, call.span), call.span)
        const own = axis < 0 ? axis + v.axes.length : axis
        return maskedOr(
          piece(v.node, own),
          v.axes.map((mask, j) => (j === own && mask ? piece(mask, 0) : mask)),
        )
      }
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
      const mask = build(call.context, "bool", [node(call, "mask")], {}, call.span)
      return indexWith(call.context, node(call, "x"), [tensor(mask)], call.span)
    },
  ],
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
  ["concat", endToEnd],
  ["concatenate", endToEnd],
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
          : evenly(lengthOf(call), Math.max(1, wholeNumber(size, call.span, "size"))),
      )
    },
  ],
  [
    "chunk",
    (call) =>
      pieces(call, evenly(lengthOf(call), Math.max(1, Math.ceil(lengthOf(call) / Math.max(1, number(call, "n")))))),
  ],
  [
    "unbind",
    (call) =>
      (pieces(call, new Array<number>(lengthOf(call)).fill(1)) as Value[]).map((p) =>
        tensor(build(call.context, "squeeze", [(p as { node: Node }).node], { axis: number(call, "axis") }, call.span)),
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
    (call) => firstAlong(call.context, node(call, "x"), number(call, "n"), number(call, "axis"), call.span),
  ],
  ["pad", pad],
  ["matmul", product],
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
  ...counting,
])
