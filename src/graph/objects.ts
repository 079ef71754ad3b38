// Classes and their objects: look-up along the bases, fields, construction, and what calling an object means.

import { spellingsOf } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Parameter } from "../syntax/ast.ts"
import type { FileStmtOf } from "../syntax/file-ast.ts"
import { callGiven, type GivenArgument } from "./calls.ts"
import { type Context, failAt } from "./scope.ts"
import { isClosure, kindOf, type Value } from "./values.ts"

export interface ClassValue {
  readonly kind: "class"
  readonly name: string
  readonly bases: readonly Value[]
  readonly members: ReadonlyMap<string, Value>
  /** The fields that its own text declares with their types, where a constructor is made from them. */
  readonly declared?: readonly Parameter[]
  /** Where it is written: a class that is made again for the same text is the same class. */
  readonly statement?: FileStmtOf<"Class">
}

export interface ObjectValue {
  readonly kind: "object"
  readonly of: ClassValue
  readonly fields: Map<string, Value>
}

/** A function with its object as the first argument. */
export interface Method {
  readonly kind: "method"
  readonly self: ObjectValue | ClassValue
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

const orders = new WeakMap<ClassValue, readonly ClassValue[]>()

/** A class and all that it inherits from, in the order in which Python looks them through (C3). */
export function orderOf(of: ClassValue): readonly ClassValue[] {
  const known = orders.get(of)
  if (known) return known
  const bases = of.bases.filter((b): b is ClassValue => kindOf(b) === "class")
  const order = [of, ...merged([...bases.map(orderOf), bases])]
  orders.set(of, order)
  return order
}

/** Lists into one that keeps the order of each; where they contradict each other, the first one is followed. */
function merged(lists: readonly (readonly ClassValue[])[]): ClassValue[] {
  const left = lists.filter((l) => l.length > 0)
  if (left.length === 0) return []
  const next = left.map((l) => l[0]!).find((c) => left.every((l) => !l.includes(c, 1))) ?? left[0]![0]!
  return [next, ...merged(left.map((l) => l.filter((c) => c !== next)))]
}

/** A member of a class or of the first class that it inherits it from. */
export function memberOf(
  of: ClassValue,
  name: string,
): { readonly value: Value; readonly owner: ClassValue } | undefined {
  const owner = orderOf(of).find((c) => c.members.has(name))
  return owner && { value: owner.members.get(name)!, owner }
}

/** What a base class of a framework says of each of its objects. */
function givenByBase(of: ClassValue, name: string): Value | undefined {
  const path = frameworkBase(of)
  if (path === undefined) return undefined
  if (name === "training") return true
  if (!/^(keras|tensorflow|tf_keras)\./.test(path)) return undefined
  if (name === "name" || name === "_name") return of.name
  return /^(_|compute_|variable_)?dtype$/.test(name) ? "float32" : undefined
}

/** A field of an object, or a method of its class bound to it. */
export function fieldOf(object: ObjectValue, name: string): Value | undefined {
  const field = object.fields.get(name)
  if (field !== undefined) return field
  const member = memberOf(object.of, name)
  if (!member) return givenByBase(object.of, name)
  return boundTo(object, member.value)
}

/** A member as an object or a class gives it: functions get the object, class methods the class. */
export function boundTo(self: ObjectValue | ClassValue, value: Value): Value {
  if (!isClosure(value) || value.mark === "static") return value
  if (value.mark === "class") return { kind: "method", self: self.kind === "object" ? self.of : self, call: value }
  return self.kind === "object" ? { kind: "method", self, call: value } : value
}

/** Names under which a plain class, a module or a Keras loss keeps what it computes. */
export const callNames: readonly string[] = ["__call__", "forward", "call"]

/** By which of its methods an object is called: the first class that has one says it, and `__call__` goes before the others. */
export const callNameOf = (of: ClassValue): string | undefined =>
  orderOf(of).flatMap((c) => callNames.find((name) => c.members.has(name)) ?? [])[0]

export const isEnumeration = (of: ClassValue): boolean =>
  of.bases.some((b) =>
    kindOf(b) === "class"
      ? isEnumeration(b as ClassValue)
      : kindOf(b) === "module" && /(^|\.)(Str|Int)?Enum(Str)?$/.test((b as { path: string }).path),
  )

/** Under this name, which no program can write, an object keeps what its base in a framework computes. */
export const BASE = " base"

/** The first base that lies in a framework, as a path. */
export function frameworkBase(of: ClassValue): string | undefined {
  for (const base of of.bases) {
    const path = kindOf(base) === "class" ? frameworkBase(base as ClassValue) : pathOf(base)
    if (path) return path
  }
  return undefined
}

const pathOf = (value: Value): string | undefined =>
  kindOf(value) === "module" || kindOf(value) === "builtin" ? (value as { path: string }).path : undefined

/** The order of arguments that torch's own loss classes begin with. */
const lossArguments = ["size_average", "reduce", "reduction"]

/** The constructor of a base in a framework: what it is given becomes fields, and a known loss or layer is kept to be called. */
export function initBase(
  context: Context,
  object: ObjectValue,
  above: ClassValue,
  args: readonly GivenArgument[],
  span: Span,
): null {
  const path = frameworkBase(above)
  if (path === undefined) return null
  const made = /(^|\.)_?(Weighted)?Loss$/.test(path) ? undefined : classForm(context, path, args, span)
  if (made !== undefined) object.fields.set(BASE, made)
  const named = kindOf(made ?? null) === "builtin" ? (made as { bound?: ReadonlyMap<string, Value> }).bound : undefined
  for (const [name, value] of named ?? []) setField(object, name, value)
  if (/Loss$/.test(path)) setField(object, "reduction", "mean")
  args.forEach(({ name, value }, k) => {
    const field = name ?? (/_(Weighted)?Loss$/.test(path) ? lossArguments[k] : undefined)
    // None asks for what the base says by itself.
    if (field !== undefined && (value !== null || givenByBase(object.of, field) === undefined))
      setField(object, field, value)
  })
  return null
}

/** A class of the vocabulary, made with its arguments; undefined when the path is none. */
function classForm(context: Context, path: string, args: readonly GivenArgument[], span: Span): Value | undefined {
  if (!spellingsOf(path).some(({ signature }) => (signature.calls?.length ?? 0) > 1)) return undefined
  return callGiven(context, { kind: "module", path }, args, span)
}

const isTuple = (of: ClassValue): boolean =>
  of.bases.some((b) => (kindOf(b) === "class" ? isTuple(b as ClassValue) : pathOf(b) === "typing.NamedTuple"))

/** The arguments of the constructor that is made from declared fields, those of the bases first; undefined where none is. */
export function fieldsOf(of: ClassValue): readonly Parameter[] | undefined {
  if (memberOf(of, "__init__")) return undefined
  const all = new Map<string, Parameter>()
  for (const c of [...orderOf(of)].reverse()) for (const p of c.declared ?? []) all.set(p.name, p)
  return all.size > 0 ? [...all.values()] : undefined
}

/** The entries of a named tuple, in order; undefined for any other object. */
export const tupleOf = ({ of, fields }: ObjectValue): Value[] | undefined =>
  isTuple(of) ? fieldsOf(of)?.map(({ name }) => fields.get(name) ?? null) : undefined

/** Fills the declared fields: what is not given has the default that the class holds under its name. */
function fillFields(context: Context, object: ObjectValue, args: readonly GivenArgument[], span: Span): void {
  const fields = fieldsOf(object.of)!
  args.forEach(({ name, value }, k) => {
    const field = name ?? fields[k]?.name
    if (field === undefined) failAt(span, `${object.of.name} has ${fields.length} fields`)
    setField(object, field, value)
  })
  for (const { name } of fields) {
    if (object.fields.has(name)) continue
    const usual = memberOf(object.of, name)?.value
    if (usual === undefined) failAt(span, `${object.of.name} needs its field ${name}`)
    setField(object, name, usual)
  }
  const after = memberOf(object.of, "__post_init__")
  if (after) callGiven(context, after.value, [{ value: object, span }], span)
}

/** The same object with other values of some fields. */
export const replaced = ({ of, fields }: ObjectValue, changes: ReadonlyMap<string, Value>): ObjectValue => ({
  kind: "object",
  of,
  fields: new Map([...fields, ...changes]),
})

/** Makes an object: its constructor runs with the arguments given. */
export function construct(context: Context, of: ClassValue, args: readonly GivenArgument[], span: Span): Value {
  // A member of an enumeration is its value, asked for by itself.
  if (isEnumeration(of) && args.length === 1) return args[0]!.value
  const object: ObjectValue = { kind: "object", of, fields: new Map() }
  const init = memberOf(of, "__init__")
  if (init) callGiven(context, init.value, [{ value: object, span }, ...args], span)
  else if (fieldsOf(of)) fillFields(context, object, args, span)
  else initBase(context, object, of, args, span)
  return object
}

/** A method as super() finds it: that of the next class, in the order of the object's own class, behind the one that asks. */
export function aboveOf({ self, above }: Super, name: string): Value | undefined {
  const order = orderOf(self.of)
  const at = order.findIndex((c) => c === above || (above.statement !== undefined && c.statement === above.statement))
  const owner = (at < 0 ? orderOf(above).slice(1) : order.slice(at + 1)).find((c) => c.members.has(name))
  return owner && boundTo(self, owner.members.get(name)!)
}
