// Arguments that hold several tensors: dictionaries, tuples and objects with fields, told by what a function does with them.

import { entryOf, spellingsOf } from "../ops/table.ts"
import type { Expr } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { bodiesOf, expressionsIn } from "../syntax/file-walk.ts"
import type { Value } from "./values.ts"

/** What an argument holds: entries under keys, in places, or in fields; an entry that is a tensor holds nothing. */
export interface Container {
  readonly kind: "dict" | "tuple" | "object"
  readonly entries: ReadonlyMap<string, Container | undefined>
}

type Functions = ReadonlyMap<string, FileStmtOf<"Function">>

/** So many functions that an argument is handed to are read. */
const MOST_READ = 12
const MOST_ENTRIES = 50

/** What is done with an expression wherever it stands. */
interface Uses {
  readonly keys: Map<string, Uses>
  readonly fields: Map<string, Uses>
  places?: readonly string[]
  /** It is used as a tensor or a model is. */
  other: boolean
}

const noUses = (): Uses => ({ keys: new Map(), fields: new Map(), other: false })
const entryIn = (entries: Map<string, Uses>, name: string): Uses => {
  const known = entries.get(name) ?? noUses()
  entries.set(name, known)
  return known
}

/** What arguments of a function hold, by their uses there and in the functions of the file that they are handed to. */
export function containersOf(
  names: readonly string[],
  body: readonly FileStmt[],
  functions: Functions,
): ReadonlyMap<string, Container> {
  const held = [...usesIn(names, body, functions, { left: MOST_READ })].map(
    ([name, uses]) => [name, holding(uses)] as const,
  )
  return new Map(held.flatMap(([name, container]) => (container ? [[name, container] as const] : [])))
}

function holding({ keys, fields, places, other }: Uses): Container | undefined {
  if (other || keys.size + fields.size + (places?.length ?? 0) > MOST_ENTRIES) return undefined
  const within = (uses: ReadonlyMap<string, Uses>) => new Map([...uses].map(([k, u]) => [k, holding(u)] as const))
  if (keys.size > 0) return { kind: "dict", entries: within(keys) }
  if (fields.size > 0) return { kind: "object", entries: within(fields) }
  return places && { kind: "tuple", entries: new Map(places.map((p) => [p, undefined])) }
}

const ofDictionaries: ReadonlySet<string> = new Set(["get", "items", "keys", "values", "copy", "update", "pop"])
/** Attributes that tensors have; any other is a field of something else. */
const isOfTensors = (name: string): boolean =>
  /^(shape|ndim|dtype|device|data|grad\w*|values|indices|real|imag|at|is_\w+|requires_grad|m?[TH])$/.test(name) ||
  spellingsOf(`Tensor.${name}`).length > 0 ||
  entryOf(name.replace(/_$/, "")) !== undefined

function usesIn(
  names: readonly string[],
  body: readonly FileStmt[],
  functions: Functions,
  budget: { left: number },
): Map<string, Uses> {
  const roots = new Map(names.map((n) => [n, noUses()]))
  /** The uses of what an expression stands for, when it is an argument or an entry of one. */
  const at = (e: Expr): Uses | undefined => {
    if (e.type === "Name") return roots.get(e.name)
    const of = e.type === "Index" || e.type === "Attribute" ? at(e.object) : undefined
    if (!of) return undefined
    if (e.type === "Attribute") return ofDictionaries.has(e.name) ? undefined : entryIn(of.fields, e.name)
    if (e.type === "Index" && e.index.type === "String") return entryIn(of.keys, e.index.value)
    return undefined
  }
  for (const e of expressionsIn(body)) {
    const own = at(e)
    if (e.type === "Index" && e.index.type !== "String") mark(at(e.object))
    if (e.type === "Attribute" && own && isOfTensors(e.name)) mark(at(e.object))
    if (e.type === "Binary") for (const side of [e.left, e.right]) mark(at(side))
    if (e.type === "Unary") mark(at(e.operand))
    if (e.type !== "Call") continue
    const { callee, args } = e
    mark(at(callee))
    if (callee.type === "Attribute") {
      const [first] = args
      const object = at(callee.object)
      if (!ofDictionaries.has(callee.name)) mark(object)
      else if (object && callee.name === "get" && first?.value.type === "String")
        entryIn(object.keys, first.value.value)
    }
    const called = callee.type === "Name" ? functions.get(callee.name) : undefined
    for (const [k, { name, value }] of args.entries()) {
      const handed = called && at(value)
      const param = name === undefined ? called?.params[k] : called?.params.find((p) => p.name === name)
      if (handed && param && budget.left-- > 0)
        merge(handed, usesIn([param.name], called.body, functions, budget).get(param.name)!)
    }
  }
  for (const { targets, value } of assignmentsIn(body)) {
    const unpacked = targets.find((t) => t.type === "Tuple" && t.items.every((i) => i.type === "Name"))
    const own = unpacked && at(value)
    if (own && unpacked.type === "Tuple") own.places = unpacked.items.map((i) => (i.type === "Name" ? i.name : ""))
  }
  return roots
}

function mark(uses: Uses | undefined): void {
  if (uses) uses.other = true
}

function* assignmentsIn(body: readonly FileStmt[]): Generator<FileStmtOf<"Assign">> {
  for (const s of body) {
    if (s.type === "Assign") yield s
    for (const inner of bodiesOf(s)) yield* assignmentsIn(inner)
  }
}

function merge(into: Uses, from: Uses): void {
  for (const [name, uses] of from.keys) merge(entryIn(into.keys, name), uses)
  for (const [name, uses] of from.fields) merge(entryIn(into.fields, name), uses)
  if (from.places) into.places ??= from.places
  into.other ||= from.other
}

/** The names of the tensors in an argument: `batch.image` for batch["image"], and for a field or a place of that name. */
export function leavesOf(
  name: string,
  container: Container | undefined,
  isLeft: (name: string, key: string) => boolean,
): string[] {
  if (!container) return [name]
  return [...container.entries].flatMap(([key, inner]) =>
    !inner && isLeft(`${name}.${key}`, key) ? [] : leavesOf(`${name}.${key}`, inner, isLeft),
  )
}

/** The argument itself, of what stands for its tensors. */
export function gathered(
  name: string,
  container: Container | undefined,
  make: (name: string, key: string) => Value,
): Value {
  if (!container) return make(name, name)
  const values = new Map(
    [...container.entries].map(([key, inner]) => {
      const own = `${name}.${key}`
      return [key, inner ? gathered(own, inner, make) : make(own, key)] as const
    }),
  )
  if (container.kind === "dict") return { kind: "dict", entries: new Map<Value, Value>(values) }
  return container.kind === "tuple" ? [...values.values()] : { kind: "struct", fields: values }
}
