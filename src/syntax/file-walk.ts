// Going through the statements of a file without knowing their kinds.
import type { Expr } from "./ast.ts"
import type { FileStmt } from "./file-ast.ts"
import { children } from "./walk.ts"

/** The statements inside a statement. */
export function bodiesOf(s: FileStmt): readonly (readonly FileStmt[])[] {
  switch (s.type) {
    case "If":
      return [...s.branches.map((b) => b.body), s.otherwise]
    case "For":
    case "While":
      return [s.body, s.otherwise]
    case "Match":
      return s.cases.map((c) => c.body)
    case "With":
    case "Function":
    case "Class":
      return [s.body]
    case "Try":
      return [s.body, ...s.handlers.map((h) => h.body), s.otherwise, s.last]
    default:
      return []
  }
}

/** The expressions directly in a statement. */
export function partsOf(s: FileStmt): readonly Expr[] {
  switch (s.type) {
    case "Expression":
    case "Assign":
    case "AugmentedAssign":
    case "AnnotatedAssign":
    case "Return":
      return s.value ? [s.value] : []
    case "If":
      return s.branches.map((b) => b.test)
    case "For":
      return [s.iterable]
    case "With":
      return s.items.map((i) => i.value)
    default:
      return []
  }
}

/** Every expression in statements and in the statements inside them, outer ones first. */
export function* expressionsIn(body: readonly FileStmt[]): Generator<Expr> {
  for (const s of body) {
    const open = [...partsOf(s)]
    for (let e = open.shift(); e !== undefined; e = open.shift()) {
      yield e
      open.unshift(...children(e))
    }
    for (const inner of bodiesOf(s)) yield* expressionsIn(inner)
  }
}
