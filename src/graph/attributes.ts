// Attributes of values: shapes, transposes, the fields of several results.
import type { NumberType } from "../ops/record.ts"
import { spellingsOf } from "../ops/table.ts"
import { suggest } from "../source/suggest.ts"
import type { Span } from "../source/text.ts"
import { applyOf } from "./backward.ts"
import { callGiven } from "./calls.ts"
import { DEVICE } from "./making.ts"
import { applyTo, isMasked, lengthOf } from "./masked.ts"
import { nameIn } from "./modules.ts"
import { moduleMember } from "./names.ts"
import { aboveOf, boundTo, callNames, fieldOf, type Method, memberOf, type ObjectValue, type Super } from "./objects.ts"
import { pointwise } from "./operators.ts"
import { build, type Context, failAt } from "./scope.ts"
import { special } from "./special-methods.ts"
import { type Closure, isClosure, isTensor, kindOf, type Masked, tensor, type Value } from "./values.ts"

const known = ["shape", "ndim", "T", "mT", "dtype", "device", "data", "size", "values", "indices"]

/** What is false, and what is missing, for every tensor here. */
const never: ReadonlySet<string> = new Set("is_cuda is_sparse is_quantized is_meta is_mps is_xla is_nested".split(" "))
const nothing: ReadonlySet<string> = new Set(["grad", "grad_fn"])
/** What depends on the shape or the type of a tensor. */
const asks: ReadonlySet<string> = new Set(["shape", "ndim", "size", "dtype"])
const typeQuestions = /^is_floating(_point)?$/

/** The number type of a tensor, under the name that its framework has for it. */
/** What is written onto functions: f.calls = 0. */
const ownFields = new WeakMap<Closure, Map<string, Value>>()

export function setOwnField(f: Closure, name: string, value: Value): void {
  const fields = ownFields.get(f) ?? new Map<string, Value>()
  ownFields.set(f, fields.set(name, value))
}

export const ownField = (f: Closure, name: string): Value | undefined => ownFields.get(f)?.get(name)

function typeValue({ graph }: Context, type: NumberType): Value {
  const root = { torch: "torch", tf: "tf", jax: "jax.numpy", numpy: "numpy" }[graph.framework]
  return { kind: "module", path: `${root}.${{ real: "float32", whole: "int64", truth: "bool" }[type]}` }
}

/** What classes, functions and objects say of themselves. */
function nameOf(value: Value, name: string): Value | undefined {
  const kind = kindOf(value)
  if (name === "__class__" && kind === "object") return (value as ObjectValue).of
  if (name === "__doc__" || name === "__traceback__") return null
  if (name !== "__name__" && name !== "__qualname__" && name !== "__module__") return undefined
  if (kind === "class" || kind === "closure") return (value as { name: string }).name
  if (kind === "method") return nameOf((value as Method).call, name)
  return kind === "module" || kind === "builtin" ? (value as { path: string }).path.split(".").at(-1)! : undefined
}

/** What a selection by a mask has, its length among it. */
function selectionHas(context: Context, object: Masked, name: string, span: Span): Value {
  const axes = object.node.shape.map((_, k) => lengthOf(context, object, k, span))
  if (name === "shape") return axes
  if (name === "size") return axes.reduce((a, b) => pointwise(context, "mul", [a, b], span), 1)
  if (name === "data") return applyTo(context, "stop_gradient", [object], {}, span)
  if (name === "T") return axes.length < 2 ? object : applyTo(context, "transpose", [object], { axes: null }, span)
  if (name === "mT") return applyTo(context, "swapaxes", [object], { a: -1, b: -2 }, span)
  return attributeOf(context, tensor(object.node), name, span)
}

export function attributeOf(context: Context, object: Value, name: string, span: Span): Value {
  if (object && typeof object === "object" && "kind" in object) {
    if (object.kind === "struct")
      return (
        object.fields.get(name) ??
        failAt(span, `there is no ${name} among these results`, "", { close: [...object.fields.keys()] })
      )
    if (isTensor(object) || isMasked(object)) context.used.asked ||= asks.has(name)
    if (isMasked(object)) return selectionHas(context, object, name, span)
    if (object.kind === "module" && typeQuestions.test(name)) return !/int|long|short|byte|bool/.test(object.path)
    if (object.kind === "module") return moduleMember(`${object.path}.${name}`)
    if (object.kind === "file") {
      const value = nameIn(context, object.found, name)
      if (value !== undefined) return value
      return failAt(span, `the module has no name ${name}`)
    }
    const field =
      object.kind === "object"
        ? fieldOf(object, name)
        : object.kind === "class"
          ? memberOf(object, name)?.value
          : object.kind === "super"
            ? aboveOf(object as Super, name)
            : object.kind === "closure"
              ? ownField(object as Closure, name)
              : undefined
    if (field !== undefined) {
      const method = kindOf(field) === "method" ? (field as Method) : undefined
      const isRead = method && isClosure(method.call) && method.call.mark === "property"
      return isRead ? callGiven(context, field, [], span) : object.kind === "class" ? boundTo(object, field) : field
    }
    if (object.kind === "class" && name === "apply") return applyOf(context, object, span)
    // What a library's module computes is the module called.
    if (["builtin", "partial"].includes(object.kind) && callNames.includes(name)) return object
    const own = special(context, object, "__getattr__", [name], span)
    if (own !== undefined) return own
  }
  const named = nameOf(object, name)
  if (named !== undefined) return named
  if (Array.isArray(object) && ["rank", "ndims"].includes(name)) return object.length
  if (Array.isArray(object) && name === "dims") return object
  if (name === "value" && ["string", "number", "list", "partial"].includes(kindOf(object))) return object
  if (isTensor(object)) {
    const { node } = object
    switch (name) {
      case "shape":
        return [...node.shape]
      case "ndim":
        return node.shape.length
      case "size":
        return node.shape.reduce((a, b) => a * b, 1)
      case "T":
        return node.shape.length < 2 ? object : tensor(build(context, "transpose", [node], { axes: null }, span))
      case "mT":
        return tensor(build(context, "swapaxes", [node], { a: -1, b: -2 }, span))
      case "dtype":
        return typeValue(context, node.type)
      case "device":
        return DEVICE
      case "at":
        return { kind: "places", base: object }
      case "itemsize":
        return 4
      case "requires_grad":
        return node.type === "real"
      case "data":
        return tensor(build(context, "stop_gradient", [node], {}, span))
    }
  }
  if (isTensor(object) && never.has(name)) return false
  if (isTensor(object) && nothing.has(name)) return null
  // A method that is not called yet.
  if (isTensor(object) && spellingsOf(`Tensor.${name}`).length > 0)
    return { kind: "partial", call: { kind: "module", path: `Tensor.${name}` }, given: [{ value: object, span }] }
  if (typeof object === "number" && name === "dtype") return typeValue(context, "real")
  return failAt(
    span,
    `${isTensor(object) ? "a tensor" : kindOf(object) === "number" ? "a number" : "this"} has no attribute ${name}`,
    "",
    { close: suggest(name, known) },
  )
}
