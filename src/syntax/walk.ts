// Going through a tree without knowing its kinds: children, comparison, and the names an expression needs.
import type { Expr, Parameter, Program, Stmt } from "./ast.ts"

const ofParams = (params: readonly Parameter[]): Expr[] =>
  params.flatMap((p) => [...(p.annotation ? [p.annotation] : []), ...(p.default ? [p.default] : [])])

/** The expressions directly in an expression, in the order of the source. */
export function children(e: Expr): Expr[] {
  switch (e.type) {
    case "Number":
    case "String":
    case "Constant":
    case "Name":
      return []
    case "Format":
      return e.parts.filter((part) => typeof part !== "string")
    case "Attribute":
      return [e.object]
    case "Call":
      return [e.callee, ...e.args.map((a) => a.value)]
    case "Index":
      return [e.object, e.index]
    case "Slice":
      return [e.lower, e.upper, e.step].filter((part) => part !== undefined)
    case "Tuple":
    case "List":
    case "Set":
    case "Bool":
      return [...e.items]
    case "Dict":
      return e.entries.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value]))
    case "Unary":
      return [e.operand]
    case "Binary":
      return [e.left, e.right]
    case "Compare":
      return [e.first, ...e.rest.map((r) => r.right)]
    case "Conditional":
      return [e.then, e.test, e.otherwise]
    case "Lambda":
      return [...ofParams(e.params), e.body]
    case "Comprehension":
      return [e.item, ...e.generators.flatMap((g) => [g.target, g.iterable, ...g.conditions])]
    case "DictComprehension":
      return [e.key, e.value, ...e.generators.flatMap((g) => [g.target, g.iterable, ...g.conditions])]
    case "Starred":
    case "Walrus":
      return [e.value]
  }
}

/** The last part of what an expression names: "Loss" of keras.losses.Loss and of Loss[int]; "" of what names nothing. */
export const lastName = (e: Expr): string =>
  e.type === "Attribute" || e.type === "Name" ? e.name : e.type === "Index" ? lastName(e.object) : ""

/** The expressions directly in a statement; those of a function's body are its statements'. */
export function expressionsOf(s: Stmt): Expr[] {
  switch (s.type) {
    case "Expression":
      return [s.value]
    case "Assign":
      return [...s.targets, s.value]
    case "AugmentedAssign":
      return [s.target, s.value]
    case "Return":
      return s.value === undefined ? [] : [s.value]
    case "Function":
      return ofParams(s.params)
  }
}

const POSITIONS: ReadonlySet<string> = new Set(["start", "end", "opStart"])

/** Whether two trees are the same apart from positions. */
export const sameTree = (a: Expr | Stmt | Program, b: Expr | Stmt | Program): boolean => same(a, b)

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
  }
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  for (const key of keys) if (!POSITIONS.has(key) && !same(left[key], right[key])) return false
  return true
}

/** The names that an expression takes from outside: not those that its own lambdas and comprehensions bind. */
export function freeNames(e: Expr, found: Set<string> = new Set()): Set<string> {
  if (e.type === "Name") found.add(e.name)
  else if (e.type === "Lambda") {
    for (const part of ofParams(e.params)) freeNames(part, found)
    addUnbound(freeNames(e.body), new Set(e.params.map((p) => p.name)), found)
  } else if (e.type === "Comprehension" || e.type === "DictComprehension") {
    const inner = new Set<string>()
    const bound = new Set<string>()
    for (const child of children(e)) freeNames(child, inner)
    for (const { target } of e.generators) freeNames(target, bound)
    addUnbound(inner, bound, found)
  } else for (const child of children(e)) freeNames(child, found)
  return found
}

function addUnbound(names: ReadonlySet<string>, bound: ReadonlySet<string>, found: Set<string>) {
  for (const name of names) if (!bound.has(name)) found.add(name)
}
