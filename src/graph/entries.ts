// By which function a definition is called: its own, a method of its class, or the one that it makes and returns.
import type { PythonDefinition } from "../definitions/python.ts"
import type { Expr, Parameter } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { type ClassValue, callNameOf, memberOf } from "./objects.ts"
import { isClosure, kindOf, type Value } from "./values.ts"

export interface DefinitionEntry {
  readonly params: readonly Parameter[]
  /** The first parameter is the object. */
  readonly bound: boolean
  /** What a function that makes and returns another one is called with first. */
  readonly settings?: readonly Parameter[]
}

/** Metrics take the batch in, and are asked for their value later. */
const entryNames = ["update_state", "update"]

/** The function that a function makes and returns: the one that is called with tensors. */
function returnedFunction({ body }: FileStmtOf<"Function">): readonly Parameter[] | undefined {
  const last = body.at(-1)
  if (last?.type !== "Return" || !last.value) return undefined
  const value: Expr = last.value
  if (value.type === "Lambda") return value.params
  if (value.type !== "Name") return undefined
  const made = body.findLast((s: FileStmt) => s.type === "Function" && s.name === value.name)
  return made?.type === "Function" ? made.params : undefined
}

/** Undefined when nothing tells how a class is called. */
export function entryOf(made: Value, statement: PythonDefinition["statement"]): DefinitionEntry | undefined {
  if (kindOf(made) === "class") {
    const called = callNameOf(made as ClassValue)
    for (const name of called === undefined ? entryNames : [called]) {
      const member = memberOf(made as ClassValue, name)?.value
      if (member !== undefined && isClosure(member)) return { params: member.params, bound: member.mark !== "static" }
    }
    return undefined
  }
  if (statement.type !== "Function") return undefined
  const inner = returnedFunction(statement)
  if (inner) return { params: inner, bound: false, settings: statement.params }
  // A decorator may hand any arguments on: then they are those of what it decorates.
  const own = isClosure(made) && made.params.some((p) => p.kind === "either" || p.kind === "positional")
  return { params: own ? made.params : statement.params, bound: false }
}
