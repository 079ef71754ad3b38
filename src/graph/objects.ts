// Classes and their objects: look-up along the bases, fields, construction, and what calling an object means.
import type { Span } from "../source/text.ts"
import { callGiven, type GivenArgument } from "./calls.ts"
import type { Context } from "./scope.ts"
import { type Closure, kindOf, type Value } from "./values.ts"

export interface ClassValue {
  readonly kind: "class"
  readonly name: string
  readonly bases: readonly Value[]
  readonly members: ReadonlyMap<string, Value>
}

export interface ObjectValue {
  readonly kind: "object"
  readonly of: ClassValue
  readonly fields: Map<string, Value>
}

/** A function with its object as the first argument. */
export interface Method {
  readonly kind: "method"
  readonly self: ObjectValue
  readonly call: Value
}

/** What super() gives: the object, seen from above one of its classes. */
export interface Super {
  readonly kind: "super"
  readonly self: ObjectValue
  readonly above: ClassValue
}

export const setField = (object: ObjectValue, name: string, value: Value): void => {
  object.fields.set(name, value)
}

/** A member of a class or of the first of its bases that has it. */
export function memberOf(
  of: ClassValue,
  name: string,
): { readonly value: Value; readonly owner: ClassValue } | undefined {
  const own = of.members.get(name)
  if (own !== undefined) return { value: own, owner: of }
  for (const base of of.bases) {
    const found = kindOf(base) === "class" ? memberOf(base as ClassValue, name) : undefined
    if (found) return found
  }
  return undefined
}

/** A field of an object, or a method of its class bound to it. */
export function fieldOf(object: ObjectValue, name: string): Value | undefined {
  const field = object.fields.get(name)
  if (field !== undefined) return field
  const member = memberOf(object.of, name)
  if (!member) return undefined
  return kindOf(member.value) === "closure" && !(member.value as Closure).free
    ? { kind: "method", self: object, call: member.value }
    : member.value
}

/** Names under which a module, a Keras loss or a plain class keeps what it computes. */
export const callNames = ["forward", "call", "__call__"] as const

/** Makes an object: its constructor runs with the arguments given. */
export function construct(context: Context, of: ClassValue, args: readonly GivenArgument[], span: Span): ObjectValue {
  const object: ObjectValue = { kind: "object", of, fields: new Map() }
  const init = memberOf(of, "__init__")
  if (init) callGiven(context, init.value, [{ value: object, span }, ...args], span)
  return object
}

/** A method as super() finds it: the first one above the class that asks. */
export function aboveOf({ self, above }: Super, name: string): Value | undefined {
  for (const base of above.bases) {
    const found = kindOf(base) === "class" ? memberOf(base as ClassValue, name) : undefined
    if (found) return kindOf(found.value) === "closure" ? { kind: "method", self, call: found.value } : found.value
  }
  return undefined
}
