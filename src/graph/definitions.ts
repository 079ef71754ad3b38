// A definition of a Python file as something to trace: its inputs are the arguments without a default.
import type { PythonDefinition } from "../definitions/python.ts"
import type { Source } from "../source/text.ts"
import type { Parameter } from "../syntax/ast.ts"
import type { FileStmtOf, Module } from "../syntax/file-ast.ts"
import { callGiven, type GivenArgument } from "./calls.ts"
import type { Subject } from "./inputs.ts"
import { type ClassValue, callNames, construct, memberOf } from "./objects.ts"
import { runModule } from "./python.ts"
import { type Context, failAt, lookUp, newScope, spanOf } from "./scope.ts"
import type { Closure, Value } from "./values.ts"
import { kindOf } from "./values.ts"

/** Arguments that carry the tensors: positional ones without a default, self left out. */
const inputsOf = (params: readonly Parameter[], method: boolean): string[] =>
  params
    .filter((p) => (p.kind === "either" || p.kind === "positional") && !p.default)
    .map((p) => p.name)
    .slice(method ? 1 : 0)

function methodOf(statement: FileStmtOf<"Class">): FileStmtOf<"Function"> | undefined {
  for (const name of callNames) {
    const method = statement.body.find((s) => s.type === "Function" && s.name === name)
    if (method?.type === "Function") return method
  }
  return undefined
}

/** The definition with what it needs: the file's own names are made first, then it is called with its inputs. */
export function subjectOfDefinition(tree: Module, source: Source, { name, statement }: PythonDefinition): Subject {
  const entry = statement.type === "Class" ? methodOf(statement)! : statement
  const names = inputsOf(entry.params, statement.type === "Class")
  return {
    name,
    source,
    names,
    place: { start: entry.start, end: entry.end },
    run: (context, inputs) => {
      const module = newScope()
      runModule(context, tree, module, () => {})
      const span = spanOf(context, entry)
      const args = names.map((n): GivenArgument => ({ value: lookUp(context, inputs, n)!, span }))
      const value = lookUp(context, module, name)
      if (value === undefined) failAt(span, `${name} could not be made from the file`)
      return reduced(called(context, value, args), span)
    },
  }
}

function called(context: Context, value: Value, args: readonly GivenArgument[]): Value {
  const span = args[0]?.span ?? { source: context.source, start: 0, end: 0 }
  if (kindOf(value) !== "class") return callGiven(context, value, args, span)
  const init = memberOf(value as ClassValue, "__init__")?.value as Closure | undefined
  const missing = init?.params.slice(1).filter((p) => (p.kind === "either" || p.kind === "keyword") && !p.default) ?? []
  if (missing.length > 0)
    failAt(
      span,
      `the constructor needs ${missing.map((p) => p.name).join(", ")}, and nothing says what ${missing.length > 1 ? "they are" : "it is"}`,
    )
  return callGiven(context, construct(context, value as ClassValue, [], span), args, span)
}

/** Of several results the first is the loss; of a dictionary the entry that is named so. */
function reduced(value: Value, span: ReturnType<typeof spanOf>): Value {
  if (Array.isArray(value) && value.length > 0 && value.some((v) => kindOf(v) === "tensor")) return value[0]!
  if (kindOf(value) === "dict") {
    const entries = (value as { entries: Map<Value, Value> }).entries
    return (
      entries.get("loss") ??
      entries.get("total_loss") ??
      failAt(span, "a dictionary is returned, and no entry of it is called loss")
    )
  }
  if (value === null) failAt(span, "nothing is returned")
  return value
}
