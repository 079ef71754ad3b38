// The functions that handle lists, shapes and known numbers; one for each record of ops/structural.ts.

import { ShapeError } from "../ops/record.ts"
import { checkSize, sizeOf, stridesOf } from "../ops/shapes.ts"
import { count } from "../source/count.ts"
import type { Span } from "../source/text.ts"
import { einsum, matmul } from "./contraction.ts"
import { extreme, named, order, struct, torchExtreme } from "./extremes.ts"
import { indexWith, takeAlong } from "./indexing.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { build, type Context, concatNodes, failAt, LONGEST_LOOP, ShapeProblem, stackNodes, toNode } from "./scope.ts"
import { newVariable } from "./state.ts"
import { entriesOf, knownNumber, knownTruth, wholeNumber, wholeNumbers } from "./static.ts"
import { type Call, node, number } from "./structure.ts"
import { rowsOf } from "./trace.ts"
import { isTensor, kindOf, type Masked, tensor, type Value } from "./values.ts"
import { eachEntry } from "./vmap.ts"

function shaped(call: Call, shape: readonly number[]): readonly number[] {
  try {
    return checkSize(shape)
  } catch (error) {
    if (error instanceof ShapeError) return failAt(call.span, error.message)
    throw error
  }
}

const filled = (call: Call, shape: readonly number[], value: number): Value =>
  tensor(addConstant(call.context.graph, new Float64Array(sizeOf(shaped(call, shape))).fill(value), shape, "real"))
const shapeArgument = (call: Call, name: string): number[] => wholeNumbers(call.args.get(name)!, call.span, "a shape")

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

function knownVector(call: Call, values: number[], whole: boolean): Value {
  return tensor(addConstant(call.context.graph, Float64Array.from(values), [values.length], whole ? "whole" : "real"))
}

function steps(call: Call): number[] {
  const [a, b] = ["start", "stop"].map((k) => call.args.get(k) ?? null) as [Value, Value]
  const read = (v: Value, name: string): number =>
    knownNumber(v) ?? failAt(call.span, `${name} must be known beforehand`, "this depends on the inputs")
  const by = read(call.args.get("step") ?? 1, "the step")
  const [start, stop] = b === null ? [0, read(a, "the end")] : [read(a, "the start"), read(b, "the end")]
  const length = Math.max(0, Math.ceil((stop - start) / by))
  if (by === 0 || !(length <= LONGEST_LOOP))
    failAt(call.span, "the range is too long", `${count(LONGEST_LOOP)} steps at most`)
  return Array.from({ length }, (_, k) => start + k * by)
}

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
const noAxis = (call: Call, headline: string): never => {
  throw new ShapeProblem({ headline, mark: { span: call.span, text: "" } })
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

const noise =
  (kind: "uniform" | "normal") =>
  (call: Call): Value => {
    const shape = call.args.has("x") ? node(call, "x").shape : shapeArgument(call, "shape")
    if (!call.context.noise) failAt(call.span, "noise cannot be drawn here")
    return tensor(call.context.noise(kind, shaped(call, shape)))
  }

function cast(call: Call): Value {
  const { context, args, span } = call
  const dtype = args.get("dtype")!
  const text =
    typeof dtype === "string"
      ? dtype
      : kindOf(dtype) === "module" || kindOf(dtype) === "builtin"
        ? (dtype as { path: string }).path
        : ""
  const x = args.get("x")!
  const to = /bool/i.test(text) ? "bool" : /int|long|short|byte/i.test(text) ? "int" : "float"
  if (kindOf(x) === "masked") return { ...(x as Masked), node: build(context, to, [(x as Masked).node], {}, span) }
  return tensor(build(context, to, [toNode(context, x, span)], {}, span))
}

function shapeOf(call: Call): Value {
  const shape = [...node(call, "x").shape]
  const axis = call.args.get("axis") ?? null
  if (axis === null) return shape
  const k = wholeNumber(axis, call.span, "dim")
  return shape[k < 0 ? k + shape.length : k] ?? noAxis(call, `there is no axis ${k} in ${shape.length} dimensions`)
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

const endToEnd = (call: Call): Value =>
  tensor(
    concatNodes(
      call.context,
      listOf(call, "xs").map((v) => toNode(call.context, v, call.span)),
      number(call, "axis"),
      call.span,
    ),
  )

/** Numbers that must be known, since a shape depends on them. */
function known(call: Call, what: string): Float64Array {
  const x = node(call, "x")
  return isConstant(x)
    ? dataOf(x)
    : failAt(call.span, `${what} depends on the data`, "a shape must be known beforehand")
}

function nonzero(call: Call): Value {
  const data = known(call, "how many entries are not 0")
  const strides = stridesOf(node(call, "x").shape)
  const { shape } = node(call, "x")
  const at = [...data.keys()].filter((e) => data[e] !== 0)
  const numbers = at.flatMap((e) => shape.map((d, k) => Math.floor(e / strides[k]!) % d))
  return tensor(addConstant(call.context.graph, Float64Array.from(numbers), [at.length, shape.length], "whole"))
}

export const structurals: ReadonlyMap<string, (call: Call) => Value> = new Map<string, (call: Call) => Value>([
  ["max", extreme("amax", "maximum")],
  ["min", extreme("amin", "minimum")],
  ["_max_pair", torchExtreme("amax", "argmax", "maximum")],
  ["_min_pair", torchExtreme("amin", "argmin", "minimum")],
  [
    "_sort_pair",
    (call) => {
      const { values, indices } = order(call, knownTruth(call.args.get("descending")!) ?? false)
      return struct(tensor(values), tensor(indices))
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
      const first = (n: Node): Value => firstAlong(call.context, n, number(call, "k"), axis, call.span)
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
  ["nonzero", nonzero],
  [
    "unique",
    (call) => {
      const values = [...new Set(known(call, "how many different entries there are"))].sort((a, b) => a - b)
      return knownVector(call, values, values.every(Number.isInteger))
    },
  ],
  ["zeros", (call) => filled(call, shapeArgument(call, "shape"), 0)],
  ["ones", (call) => filled(call, shapeArgument(call, "shape"), 1)],
  ["full", (call) => fillWith(call, shapeArgument(call, "shape"), call.args.get("value")!)],
  ["zeros_like", (call) => filled(call, node(call, "x").shape, 0)],
  ["ones_like", (call) => filled(call, node(call, "x").shape, 1)],
  ["full_like", (call) => fillWith(call, node(call, "x").shape, call.args.get("value")!)],
  [
    "eye",
    (call) => {
      const n = number(call, "n")
      const m = call.args.get("m") === null ? n : number(call, "m")
      shaped(call, [n, m])
      return tensor(
        addConstant(
          call.context.graph,
          Float64Array.from({ length: n * m }, (_, e) => (Math.floor(e / m) === e % m ? 1 : 0)),
          [n, m],
        ),
      )
    },
  ],
  [
    "arange",
    (call) => {
      const values = steps(call)
      return knownVector(call, values, values.every(Number.isInteger))
    },
  ],
  [
    "linspace",
    (call) => {
      const n = number(call, "n")
      shaped(call, [n])
      const [a, b] = ["start", "stop"].map(
        (k) => knownNumber(call.args.get(k)!) ?? failAt(call.span, `${k} must be known beforehand`),
      ) as [number, number]
      return knownVector(
        call,
        Array.from({ length: n }, (_, k) => (n === 1 ? a : a + ((b - a) * k) / (n - 1))),
        false,
      )
    },
  ],
  [
    "tensor",
    (call) => {
      const n = node(call, "x")
      // torch.tensor of a tensor makes a fresh leaf; of known numbers, those numbers.
      const leaf = call.args.get("requires_grad") === true
      return tensor(isConstant(n) ? n : build(call.context, "stop_gradient", [n], { leaf }, call.span))
    },
  ],
  ["_variable", (call) => newVariable(call.context, call.args.get("x")!, call.span)],
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
  ["matmul", (call) => tensor(matmul(call.context, node(call, "a"), node(call, "b"), call.span))],
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
      return entriesOf(x)?.length ?? node(call, "x").shape[0] ?? failAt(call.span, "a single number has no length")
    },
  ],
  ["ndim", (call) => node(call, "x").shape.length],
  ["numel", (call) => sizeOf(node(call, "x").shape)],
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
  ["list", (call) => listOf(call, "xs")],
  ["tuple", (call) => listOf(call, "xs")],
  ["reversed", (call) => [...listOf(call, "xs")].reverse()],
  ["cast", cast],
  ["rand", noise("uniform")],
  ["randn", noise("normal")],
  ["rand_like", noise("uniform")],
  ["randn_like", noise("normal")],
  ["vmap", eachEntry],
])
