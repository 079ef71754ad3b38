// A definition of a Python file as something to trace: its inputs are the arguments without a default.
import type { PythonDefinition } from "../definitions/python.ts"
import { partOf } from "../definitions/roles.ts"
import { settingFor } from "../definitions/settings.ts"
import type { Span } from "../source/text.ts"
import type { Expr, Parameter } from "../syntax/ast.ts"
import type { Project, PythonFile } from "../syntax/project.ts"
import { callGiven, type GivenArgument } from "./calls.ts"
import { classOf, functionOf } from "./defining.ts"
import type { Subject } from "./inputs.ts"
import { fileScope, newModules } from "./modules.ts"
import { type ClassValue, callNames, construct, memberOf } from "./objects.ts"
import { type Context, failAt, lookUp, scratch, spanOf } from "./scope.ts"
import type { Closure, Value } from "./values.ts"
import { kindOf } from "./values.ts"

/**
 * Arguments that carry the tensors, self left out: positional ones without a default, and a target that may be None where
 * there is no other.
 */
function inputsOf(params: readonly Parameter[], method: boolean): string[] {
  const own = params.slice(method ? 1 : 0).filter((p) => p.kind === "either" || p.kind === "positional")
  const open = own.filter((p) => !p.default)
  const isTarget = ({ name }: Parameter): boolean => partOf(name) === "target"
  const spare = open.some(isTarget) ? undefined : own.find((p) => p.default && isNone(p.default) && isTarget(p))
  return own.filter((p) => open.includes(p) || p === spare).map((p) => p.name)
}

const isNone = (expr: Expr): boolean => expr.type === "Constant" && expr.value === null

/** The definition as a value: the function with its decorators, the class with its bases. */
function madeFrom(context: Context, statement: PythonDefinition["statement"]): Value {
  const scope = fileScope(context.modules!, context.file!)
  return statement.type === "Class" ? classOf(context, statement, scope) : functionOf(context, statement, scope)
}

/** The method by which an object of the class is called. */
function entryOf(of: ClassValue): Closure | undefined {
  for (const name of callNames) {
    const member = memberOf(of, name)?.value
    if (member !== undefined && kindOf(member) === "closure") return member as Closure
  }
  return undefined
}

/**
 * The definition with what it needs of its own file and of others. Throws a Problem when its arguments cannot be told,
 * as when a base class is not found.
 */
export function subjectOfDefinition(
  project: Project,
  file: PythonFile,
  { name, statement }: PythonDefinition,
): Subject {
  const { source } = file
  const within = (context: Context): Context => ({ ...context, file, modules: newModules(project) })
  const probe = within(scratch(source))
  const made = madeFrom(probe, statement)
  const entry = kindOf(made) === "class" ? entryOf(made as ClassValue) : made
  const head = { start: statement.start, end: statement.start + name.length }
  if (entry === undefined || kindOf(entry) !== "closure")
    failAt(spanOf(probe, head), `what ${name} computes is not found in the file or in its bases`)
  const { params, mark } = entry as Closure
  const names = inputsOf(params, kindOf(made) === "class" && mark !== "static")
  // Behind an argument that keeps its default, the others go by name.
  const first = kindOf(made) === "class" && mark !== "static" ? 1 : 0
  const before = names.findIndex((n, k) => params[first + k]?.name !== n)
  return {
    name,
    source,
    names,
    place: { start: statement.start, end: statement.end },
    run: (outer, inputs) => {
      const context = within(outer)
      const span = spanOf(context, statement)
      const args = names.map(
        (n, k): GivenArgument => ({
          ...(before < 0 || k < before ? {} : { name: n }),
          value: lookUp(context, inputs, n)!,
          span,
        }),
      )
      const value = madeFrom(context, statement)
      const result =
        kindOf(value) === "class"
          ? callGiven(context, newObject(context, value as ClassValue, span), args, span)
          : callGiven(context, value, args, span)
      return reduced(result, span)
    },
  }
}

/** An object of the class, made with the defaults of its constructor. */
function newObject(context: Context, of: ClassValue, span: Span): Value {
  const init = memberOf(of, "__init__")?.value as Closure | undefined
  const open = init?.params.slice(1).filter((p) => (p.kind === "either" || p.kind === "keyword") && !p.default) ?? []
  const missing = open.filter((p) => settingFor(p) === undefined)
  if (missing.length > 0)
    failAt(
      span,
      `the constructor needs ${missing.map((p) => p.name).join(", ")}, and nothing says what ${missing.length > 1 ? "they are" : "it is"}`,
    )
  const given = open.map((p): GivenArgument => {
    const setting = settingFor(p)!
    return { name: p.name, value: setting === "{}" ? { kind: "dict", entries: new Map() } : setting, span }
  })
  return construct(context, of, given, span)
}
/** Of several results the first is the loss; of a dictionary the entry that is named so. */
function reduced(value: Value, span: Span): Value {
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
