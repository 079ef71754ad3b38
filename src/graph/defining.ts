// Functions and classes as they are written: decorators, how methods are bound, members and bases.
import type { FileStmtOf } from "../syntax/file-ast.ts"
import { callWith } from "./calls.ts"
import { decoratorName, isCalled } from "./decorators.ts"
import { type ClassValue, trusted } from "./objects.ts"
import { execute, runBody, silent, stopped } from "./python.ts"
import { type Context, newScope, spanOf } from "./scope.ts"
import { evaluate } from "./trace.ts"
import { type Closure, isClosure, type Scope, type Value } from "./values.ts"

/** A function with its decorators: those of the user's own are called, those that change no value are passed over. */
export function functionOf(context: Context, statement: FileStmtOf<"Function">, scope: Scope): Value {
  let made: Value = plainFunction(context, statement, scope)
  for (const decorator of [...statement.decorators].reverse()) {
    if (!isCalled(context, decorator, scope)) continue
    made = callWith(context, evaluate(context, decorator, scope), [made], spanOf(context, decorator))
  }
  return made
}

/** Decorators that say how a method is bound. */
const bindings = new Map([
  ["staticmethod", "static"],
  ["classmethod", "class"],
  ["property", "property"],
  ["cached_property", "property"],
] as const)

function plainFunction(context: Context, statement: FileStmtOf<"Function">, scope: Scope): Closure {
  const marks = statement.decorators.map(decoratorName)
  const custom = marks.some((m) => customGradients.has(m))
  const quiet = marks.some((m) => silent.test(m))
  const mark = marks.flatMap((m) => bindings.get(m as "property") ?? [])[0]
  return {
    kind: "closure",
    name: statement.name,
    params: statement.params,
    scope,
    source: context.source,
    via: context.via,
    ...(context.file ? { file: context.file } : {}),
    ...(mark ? { mark } : {}),
    run: (inner, own) => {
      const result = runBody(inner, statement.body, own)
      if (quiet) return stopped(inner, result, spanOf(inner, statement))
      if (!custom) return result
      // The pair of a value and its backward function: the backward is trusted.
      const given = statement.params.map((p) => own.names.get(p.name) ?? null)
      return trusted(inner, Array.isArray(result) ? result[0]! : result, given, spanOf(inner, statement))
    },
  }
}

/** Decorators that come with a backward pass of the author's own. */
const customGradients: ReadonlySet<string> = new Set(["custom_gradient", "custom_vjp", "custom_jvp"])
export function classOf(context: Context, statement: FileStmtOf<"Class">, scope: Scope): ClassValue {
  const bases = statement.args.filter((a) => a.name === undefined).map((a) => evaluate(context, a.value, scope))
  const own = newScope(scope)
  for (const inner of statement.body) {
    if (inner.type === "Expression") continue
    execute(context, inner, own, [])
  }
  // Methods do not see the names of their class, only the class itself, through super().
  const outer = newScope(scope)
  const members = new Map(
    [...own.names].map(([name, value]): [string, Value] => [
      name,
      isClosure(value) && value.scope === own ? { ...value, scope: outer } : value,
    ]),
  )
  const made: ClassValue = { kind: "class", name: statement.name, bases, members, statement }
  outer.names.set("__class__", made)
  return made
}
