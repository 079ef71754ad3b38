// Functions and classes as they are written: decorators, how methods are bound, members and bases.
import type { Expr, Parameter } from "../syntax/ast.ts"
import type { FileStmtOf } from "../syntax/file-ast.ts"
import { lastName } from "../syntax/walk.ts"
import { defineRule, withGradient, withRules } from "./backward.ts"
import { callWith } from "./calls.ts"
import { decoratorName, isCalled } from "./decorators.ts"
import { collecting } from "./generators.ts"
import { layerOf } from "./layers.ts"
import type { ClassValue } from "./objects.ts"
import { execute, runBody, silent, stopped } from "./python.ts"
import { type Context, newScope, spanOf } from "./scope.ts"
import { entriesOf } from "./static.ts"
import { evaluate } from "./trace.ts"
import { type Closure, isClosure, kindOf, type Scope, type Value } from "./values.ts"

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
  const custom = marks.includes("custom_gradient")
  const ruled = marks.findIndex((m) => m === "custom_vjp" || m === "custom_jvp")
  const quiet = marks.some((m) => silent.test(m))
  const mark = marks.flatMap((m) => bindings.get(m as "property") ?? [])[0]
  const made: Closure = {
    kind: "closure",
    name: statement.name,
    params: statement.params,
    scope,
    source: context.source,
    via: context.via,
    ...(context.file ? { file: context.file } : {}),
    ...(mark ? { mark } : {}),
    ...(ruled >= 0 ? { rules: { fixed: fixedArguments(context, statement.decorators[ruled]!, scope) } } : {}),
    run: (inner, own) => {
      const args = statement.params.map((p) => own.names.get(p.name) ?? null)
      const span = spanOf(inner, statement)
      const ruled = made.rules && withRules(inner, made.rules, args, span)
      if (ruled !== undefined) return ruled
      const result = collecting(own, (scope) => runBody(inner, statement.body, scope))
      if (quiet) return stopped(inner, result, span)
      return custom ? withGradient(inner, result, args, span) : result
    },
  }
  // @f.defjvp above a function states the rule of f.
  for (const d of statement.decorators)
    if (d.type === "Attribute" && /^def(jvp|vjp)$/.test(d.name)) {
      const of = evaluate(context, d.object, scope)
      if (isClosure(of)) defineRule(of, d.name, [{ value: made, span: spanOf(context, d) }])
    }
  return made
}

/** nondiff_argnums of a decorator. */
function fixedArguments(context: Context, decorator: Expr, scope: Scope): number[] {
  const given = decorator.type === "Call" ? decorator.args.find((a) => a.name === "nondiff_argnums") : undefined
  const value = given ? evaluate(context, given.value, scope) : []
  return (entriesOf(value) ?? [value]).map(Number)
}

export function classOf(context: Context, statement: FileStmtOf<"Class">, scope: Scope): ClassValue {
  const bases = statement.args
    .filter((a) => a.name === undefined)
    .flatMap((a) => evaluate(context, a.value, scope))
    .map((b) => (kindOf(b) === "module" ? (layerOf((b as { path: string }).path) ?? b) : b))
  const own: Scope = { ...newScope(scope), body: true }
  for (const inner of statement.body) {
    if (inner.type === "Expression") continue
    execute(context, inner, own, [])
  }
  // Methods do not see the names of their class, only the class itself, through super().
  const outer = newScope(scope.body ? scope.parent : scope)
  const members = new Map(
    [...own.names].map(([name, value]): [string, Value] => [
      name,
      isClosure(value) && value.scope === own ? { ...value, scope: outer } : value,
    ]),
  )
  const declared = declaredIn(statement, bases)
  const made: ClassValue = { kind: "class", name: statement.name, bases, members, statement, ...declared }
  outer.names.set("__class__", made)
  return made
}

/** Decorators and bases that make a constructor from the fields that a class declares with their types. */
const declaring = /^(dataclass|define|mutable|frozen|attrs)$/
const declaringBase = /^(typing\.NamedTuple|(flax|haiku|equinox)(\.\w+)*\.Module)$/

function declaredIn({ decorators, body }: FileStmtOf<"Class">, bases: readonly Value[]): Pick<ClassValue, "declared"> {
  const above = bases.some((b) =>
    kindOf(b) === "class"
      ? (b as ClassValue).declared !== undefined
      : kindOf(b) === "module" && declaringBase.test((b as { path: string }).path),
  )
  if (!above && !decorators.some((d) => declaring.test(decoratorName(d)))) return {}
  const declared = body.flatMap((s): Parameter[] => {
    if (s.type !== "AnnotatedAssign" || s.target.type !== "Name" || lastName(s.annotation) === "ClassVar") return []
    const { name, start, end } = s.target
    return [{ name, kind: "either", annotation: s.annotation, ...(s.value ? { default: s.value } : {}), start, end }]
  })
  return { declared }
}
