// Methods of objects, classes, modules and variables, and what calling an object means.
import { keepsState } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import { placesCall } from "./assignment.ts"
import { applyFunction, defineRule } from "./backward.ts"
import { callBuiltin, callKnown, callPath, type GivenArgument } from "./calls.ts"
import { pythonMethod } from "./methods.ts"
import { type FileModule, nameIn } from "./modules.ts"
import {
  aboveOf,
  BASE,
  boundTo,
  type ClassValue,
  callNameOf,
  callNames,
  fieldOf,
  initBase,
  type Method,
  memberOf,
  type ObjectValue,
  replaced,
  type Super,
} from "./objects.ts"
import type { Context } from "./scope.ts"
import { metricCall, newWeight, variableCall } from "./state.ts"
import {
  type Builtin,
  type Closure,
  type Dict,
  isClosure,
  kindOf,
  type Module,
  type Places,
  type Value,
  type Variable,
} from "./values.ts"

/** Methods that a framework's base class has, and that change nothing that is looked at. */
const quiet: ReadonlySet<string> = new Set([
  "to",
  "eval",
  "train",
  "cuda",
  "cpu",
  "float",
  "double",
  "half",
  "bfloat16",
  "requires_grad_",
  "get_config",
  "mark_dirty",
  "mark_non_differentiable",
  "set_materialize_grads",
])

/** A method of an object, a function of a class or of a module; undefined for what is none of these. */
export function memberCall(
  context: Context,
  object: Value,
  name: string,
  args: readonly GivenArgument[],
  span: Span,
  calleeSpan: Span,
): Value | undefined {
  const kind = kindOf(object)
  if (kind === "module") return callPath(context, `${(object as Module).path}.${name}`, args, span, calleeSpan)
  if (kind === "file") {
    const value = nameIn(context, (object as FileModule).found, name)
    return value && callKnown(context, value, args, span, calleeSpan)
  }
  if (kind === "class") {
    const member = memberOf(object as ClassValue, name)
    if (!member && name === "apply") return applyFunction(context, object as ClassValue, args, span)
    return member && callKnown(context, boundTo(object as ClassValue, member.value), args, span, calleeSpan)
  }
  const known = pythonMethod(
    object,
    name,
    args.filter((a) => a.name === undefined).map((a) => a.value),
    span,
    new Map(args.flatMap((a) => (a.name === undefined ? [] : [[a.name, a.value] as const]))),
  )
  if (known !== undefined) {
    if (name === "update" && kind === "dict")
      for (const a of args) if (a.name !== undefined) (object as Dict).entries.set(a.name, a.value)
    return known
  }
  if (kind === "closure") return defineRule(object as Closure, name, args) ? null : undefined
  if (kind === "places") return placesCall(context, object as Places, name, args, span)
  if (kind === "variable") return variableCall(context, object as Variable, name, args, span)
  if (kind === "builtin" && keepsState((object as Builtin).path))
    return metricCall(context, object as Builtin, name, () => callBuiltin(context, object as Builtin, args, span), span)
  if ((kind === "builtin" || kind === "partial") && callNames.includes(name))
    return callKnown(context, object, args, span, calleeSpan)
  if ((kind === "builtin" || kind === "partial") && quiet.has(name)) return object
  if (kind === "object" || kind === "super") {
    const method = kind === "object" ? fieldOf(object as ObjectValue, name) : aboveOf(object as Super, name)
    if (method !== undefined) return callKnown(context, method, args, span, calleeSpan)
    const self = kind === "object" ? (object as ObjectValue) : (object as Super).self
    if (self.kind !== "object") return undefined
    if (name === "__init__")
      return initBase(context, self, kind === "super" ? (object as Super).above : self.of, args, span)
    if (name === "_replace" || name === "replace")
      return replaced(self, new Map(args.flatMap((a) => (a.name === undefined ? [] : [[a.name, a.value] as const]))))
    const base = self.fields.get(BASE)
    if (base !== undefined && (callNames as readonly string[]).includes(name))
      return callKnown(context, base, args, span, calleeSpan)
    // The base's own call is what hands the batch to the method that the class has for it.
    const own =
      kind === "super" && name === "__call__" ? (fieldOf(self, "forward") ?? fieldOf(self, "call")) : undefined
    if (own !== undefined) return callKnown(context, own, args.slice(0, takenBy(own)), span, calleeSpan)
    if (kindOf(base ?? null) === "builtin" && keepsState((base as Builtin).path)) {
      const held = base as Builtin
      const read = metricCall(context, held, name, () => callBuiltin(context, held, args, span), span)
      if (read !== undefined) return read
    }
    const named = args[0]?.value
    if (
      (name === "register_buffer" || name === "register_parameter" || name === "add_state") &&
      typeof named === "string"
    ) {
      const value = args[1]?.value ?? null
      self.fields.set(named, Array.isArray(value) ? [...value] : value)
      return null
    }
    if (name === "parameters" || name === "named_parameters") return weightsOf(self, name === "named_parameters")
    if (name === "save_for_backward") {
      self.fields.set(
        "saved_tensors",
        args.map((a) => a.value),
      )
      return null
    }
    if (name === "add_weight" || name === "add_variable") return newWeight(context, args, span)
    return quiet.has(name) ? self : undefined
  }
  return undefined
}

/** The tensors that an object and those in it hold, as the framework lists them. */
function weightsOf(object: ObjectValue, named: boolean, prefix = "", seen = new Set<ObjectValue>()): Value[] {
  // Each object once: one may hold another that holds it.
  if (seen.has(object)) return []
  seen.add(object)
  return [...object.fields].flatMap(([name, value]): Value[] => {
    if (kindOf(value) === "object") return weightsOf(value as ObjectValue, named, `${prefix}${name}.`, seen)
    return kindOf(value) === "tensor" ? [named ? [`${prefix}${name}`, value] : value] : []
  })
}

/** How many arguments a method has room for, its object left out: Keras keeps the weight of a sample to itself. */
const takenBy = (method: Value): number =>
  kindOf(method) === "method" && isClosure((method as Method).call)
    ? ((method as Method).call as Closure).params.length - 1
    : Number.POSITIVE_INFINITY

/** How the frameworks call a metric object: it takes the batch in, and gives its value. */
const updatedAndRead = [
  ["update_state", "result"],
  ["update", "compute"],
] as const

/** Calls an object as its framework would; undefined when it cannot be called. */
export function callObject(
  context: Context,
  object: ObjectValue,
  args: readonly GivenArgument[],
  span: Span,
  calleeSpan: Span,
): Value | undefined {
  const name = callNameOf(object.of)
  const method = name === undefined ? undefined : fieldOf(object, name)
  if (method !== undefined) return callKnown(context, method, args, span, calleeSpan)
  const base = object.fields.get(BASE)
  for (const [update, result] of updatedAndRead) {
    const take = fieldOf(object, update)
    if (take === undefined || (base === undefined && fieldOf(object, result) === undefined)) continue
    callKnown(context, take, args, span, calleeSpan)
    return memberCall(context, object, result, [], span, calleeSpan)
  }
  return base === undefined ? undefined : callKnown(context, base, args, span, calleeSpan)
}
