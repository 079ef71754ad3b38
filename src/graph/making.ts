// Tensors made out of nothing: zeros, ranges, noise, what is like another tensor; and casts from one number type to another.

import { type NumberType, ShapeError } from "../ops/record.ts"
import { checkSize, sameShape, sizeOf } from "../ops/shapes.ts"
import { count } from "../source/count.ts"
import { applyTo, isMasked, masked } from "./masked.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { build, type Context, failAt, LONGEST_LOOP, toNode } from "./scope.ts"
import { newVariable } from "./state.ts"
import { countedBy, knownNumber, settledNumber, wholeNumbers } from "./static.ts"
import { type Call, node, number } from "./structure.ts"
import { isTensor, kindOf, type Struct, tensor, type Value } from "./values.ts"

function shaped(call: Call, shape: readonly number[]): readonly number[] {
  try {
    return checkSize(shape)
  } catch (error) {
    if (error instanceof ShapeError) return failAt(call.span, error.message)
    throw error
  }
}

/** The type that is asked for, or that of what it is to be like. */
function typeFor({ args }: Call): NumberType {
  const dtype = args.get("dtype") ?? null
  if (dtype !== null) return numberTypes[isTensor(dtype) ? typeOf(dtype.node) : typeNamed(nameOf(dtype))]
  const like = args.get("like") ?? args.get("x") ?? null
  return isTensor(like) || isMasked(like) ? like.node.type : "real"
}

const filled = (call: Call, shape: readonly number[], value: number): Value =>
  tensor(
    addConstant(call.context.graph, new Float64Array(sizeOf(shaped(call, shape))).fill(value), shape, typeFor(call)),
  )
const shapeArgument = (call: Call, name: string): number[] => wholeNumbers(call.args.get(name)!, call.span, "a shape")

function fillWith(call: Call, shape: readonly number[], value: Value): Value {
  const known = knownNumber(value)
  if (known !== undefined) return filled(call, shape, known)
  const spread = toNode(call.context, value, call.span)
  const wide = build(call.context, "broadcast_to", [spread], { shape: [...shaped(call, shape)] }, call.span)
  const type = typeFor(call)
  return type === "real" ? tensor(wide) : applyTo(call.context, ofType[type], [tensor(wide)], {}, call.span)
}

export function knownVector(call: Call, values: number[], whole: boolean): Value {
  return tensor(addConstant(call.context.graph, Float64Array.from(values), [values.length], whole ? "whole" : "real"))
}

export function steps(call: Call): number[] {
  const [a, b] = ["start", "stop"].map((k) => call.args.get(k) ?? null) as [Value, Value]
  const read = (v: Value, name: string): number => settledNumber(v, call.span, name)
  const by = read(call.args.get("step") ?? 1, "the step")
  const [start, stop] = b === null ? [0, read(a, "the end")] : [read(a, "the start"), read(b, "the end")]
  const length = Math.max(0, Math.ceil((stop - start) / by))
  if (by === 0 || !(length <= LONGEST_LOOP))
    failAt(call.span, "the range is too long", `${count(LONGEST_LOOP)} steps at most`)
  return Array.from({ length }, (_, k) => start + k * by)
}

const noise =
  (kind: "uniform" | "normal") =>
  (call: Call): Value => {
    const shape = call.args.has("x") ? node(call, "x").shape : shapeArgument(call, "shape")
    if (!call.context.noise) failAt(call.span, "noise cannot be drawn here")
    return tensor(call.context.noise(kind, shaped(call, shape)))
  }

/** What a type's name means here: a whole number, a truth or a real. */
const typeNamed = (text: string): "int" | "bool" | "float" =>
  /bool/i.test(text) ? "bool" : /int|long|short|byte/i.test(text) ? "int" : "float"
const typeOf = (n: Node): "int" | "bool" | "float" =>
  n.type === "truth" ? "bool" : n.type === "whole" ? "int" : "float"

const numberTypes = { float: "real", int: "whole", bool: "truth" } as const
const ofType = { whole: "int", truth: "bool" } as const

function nameOf(dtype: Value): string {
  if (typeof dtype === "string") return dtype
  const kind = kindOf(dtype)
  return kind === "module" || kind === "builtin" ? (dtype as { path: string }).path : ""
}

function cast(call: Call): Value {
  const { context, args, span } = call
  const x = args.get("x")!
  const dtype = args.get("dtype") ?? null
  if (dtype === null) return isTensor(x) ? `torch.${torchTypes[typeOf(x.node)]}` : x
  // A device or a layout changes no number.
  if (kindOf(dtype) === "struct" || (typeof dtype === "string" && /^(cuda|cpu|mps|meta|xla)/.test(dtype))) return x
  const to = isTensor(dtype) || isMasked(dtype) ? typeOf(dtype.node) : typeNamed(nameOf(dtype))
  return applyTo(context, to, [x], {}, span)
}
const torchTypes = { float: "FloatTensor", int: "LongTensor", bool: "BoolTensor" } as const

/** The limits of a number format, as torch.finfo and np.finfo tell them. */
const formats: readonly (readonly [RegExp, readonly [eps: number, max: number, tiny: number, bits: number]])[] = [
  [/bfloat16/, [2 ** -7, 3.3895313892515355e38, 2 ** -126, 16]],
  [/float64|double/, [2 ** -52, Number.MAX_VALUE, 2 ** -1022, 64]],
  [/float16|half/, [2 ** -10, 65504, 2 ** -14, 16]],
]
function floatInfo(call: Call): Value {
  const text = nameOf(call.args.get("dtype") ?? null)
  const [eps, max, tiny, bits] = formats.find(([name]) => name.test(text))?.[1] ?? [
    2 ** -23,
    (2 - 2 ** -23) * 2 ** 127,
    2 ** -126,
    32,
  ]
  const fields: [string, Value][] = Object.entries({ eps, max, min: -max, tiny, smallest_normal: tiny, bits })
  return { kind: "struct", fields: new Map([...fields, ["resolution", 10 ** Math.ceil(Math.log10(eps))]]) }
}
function wholeInfo(call: Call): Value {
  const bits = Number(/\d+/.exec(nameOf(call.args.get("dtype") ?? null))?.[0] ?? 64)
  const max = 2 ** (bits - 1) - 1
  return { kind: "struct", fields: new Map<string, Value>(Object.entries({ max, min: -max - 1, bits })) }
}

/** Where a tensor lies: always in the same place here. */
export const DEVICE: Struct = {
  kind: "struct",
  fields: new Map<string, Value>([
    ["type", "cpu"],
    ["index", null],
  ]),
}

/** Numbers that are not said: noise where noise can be drawn, zeros elsewhere. */
const unsaid = (call: Call, shape: readonly number[]): Value =>
  call.context.noise ? tensor(call.context.noise("normal", shaped(call, shape))) : filled(call, shape, 0)

/** torch.Tensor(2, 3) is a shape to fill, torch.Tensor([2, 3]) the numbers themselves. */
function shapeOrNumbers(call: Call): Value {
  const first = call.args.get("x")!
  if (typeof first !== "number") return fresh(call)
  return unsaid(call, wholeNumbers([first, ...(call.args.get("more") as Value[])], call.span, "a shape"))
}

/** torch.tensor of a tensor makes a fresh leaf; of known numbers, those numbers. */
function fresh(call: Call): Value {
  const n = node(call, "x")
  const leaf = call.args.get("requires_grad") === true
  return tensor(isConstant(n) ? n : build(call.context, "stop_gradient", [n], { leaf }, call.span))
}

/** A tensor as lists of numbers, each without its way back. */
function toList(call: Call): Value {
  const x = node(call, "x")
  const read = (context: Context, from: number, axis: number): Value => {
    if (axis === x.shape.length)
      return isConstant(x)
        ? dataOf(x)[from]!
        : tensor(
            build(
              context,
              "stop_gradient",
              [build(context, "_pick", [x], { map: Int32Array.of(from), to: [] }, call.span)],
              {},
              call.span,
            ),
          )
    const length = x.shape[axis]!
    if (length > LONGEST_LOOP) failAt(call.span, "the list is too long")
    return Array.from({ length }, (_, k) => read(context, from * length + k, axis + 1))
  }
  return read(call.context, 0, 0)
}

/** A tensor made in a shape of which some axes depend on data. */
function counting(call: Call, made: Value): Value {
  const shape = call.args.get("shape")!
  return isTensor(made) ? masked(made.node, (Array.isArray(shape) ? shape : [shape]).map(countedBy)) : made
}

/** 0, 1, 2, …: as many as there are entries of an axis, or as known numbers say. */
function range(call: Call): Value {
  const ends = [call.args.get("start")!, call.args.get("stop") ?? null] as const
  const valid = countedBy(ends[1] ?? ends[0])
  if (valid && (ends[1] === null || ends[0] === 0)) {
    const places = knownVector(call, [...Array(valid.shape[0]).keys()], true)
    return masked((places as { node: Node }).node, [valid])
  }
  const values = steps(call)
  return knownVector(call, values, values.every(Number.isInteger))
}

/** A tensor in the shape of x, with as many entries. */
function likeX(call: Call, make: (shape: readonly number[]) => Value): Value {
  const x = call.args.get("x")!
  return isMasked(x) ? { ...x, node: toNode(call.context, make(x.node.shape), call.span) } : make(node(call, "x").shape)
}

/** One function for each record of ops/structural.ts that makes a tensor. */
export const making: readonly (readonly [string, (call: Call) => Value])[] = [
  ["zeros", (call) => counting(call, filled(call, shapeArgument(call, "shape"), 0))],
  ["ones", (call) => counting(call, filled(call, shapeArgument(call, "shape"), 1))],
  ["full", (call) => counting(call, fillWith(call, shapeArgument(call, "shape"), call.args.get("value")!))],
  ["zeros_like", (call) => likeX(call, (shape) => filled(call, shape, 0))],
  ["ones_like", (call) => likeX(call, (shape) => filled(call, shape, 1))],
  ["full_like", (call) => likeX(call, (shape) => fillWith(call, shape, call.args.get("value")!))],
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
  ["arange", range],
  [
    "linspace",
    (call) => {
      const n = number(call, "n")
      shaped(call, [n])
      const [a, b] = ["start", "stop"].map((k) => settledNumber(call.args.get(k)!, call.span, k)) as [number, number]
      return knownVector(
        call,
        Array.from({ length: n }, (_, k) => (n === 1 ? a : a + ((b - a) * k) / (n - 1))),
        false,
      )
    },
  ],
  ["tensor", fresh],
  ["_variable", (call) => newVariable(call.context, call.args.get("x")!, call.span)],
  ["cast", cast],
  ["rand", noise("uniform")],
  ["randn", noise("normal")],
  ["rand_like", noise("uniform")],
  ["randn_like", noise("normal")],
  [
    "empty",
    (call) => {
      const x = unsaid(call, shapeArgument(call, "shape"))
      return (call.args.get("dtype") ?? null) === null ? x : cast({ ...call, args: new Map([...call.args, ["x", x]]) })
    },
  ],
  ["empty_like", (call) => unsaid(call, node(call, "x").shape)],
  ["_typed", shapeOrNumbers],
  ["finfo", floatInfo],
  ["iinfo", wholeInfo],
  ["device", () => DEVICE],
  ["tolist", toList],
  [
    "is_floating_point",
    (call) => {
      call.context.used.asked = true
      return node(call, "x").type === "real"
    },
  ],
  ["is_same_size", (call) => sameShape(node(call, "x").shape, node(call, "other").shape)],
  ["_no", () => false],
  ["_yes", () => true],
  ["element_size", () => 4],
]
