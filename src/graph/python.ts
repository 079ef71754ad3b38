// Python statements, executed symbolically: blocks, branches, loops, functions and classes over known values and tensors.
import { isPath } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Expr, Parameter } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { withIndex } from "./assignment.ts"
import { callWith } from "./calls.ts"
import { decoratorName, isCalled } from "./decorators.ts"
import { imported, importedFrom } from "./modules.ts"
import { type ClassValue, type ObjectValue, setField, trusted } from "./objects.ts"
import { operate } from "./operators.ts"
import { build, type Context, failAt, lookUp, newScope, sideOf, spanOf, toNode } from "./scope.ts"
import { entriesOf, knownTruth } from "./static.ts"
import { assign, evaluate, rowsOf } from "./trace.ts"
import { type Closure, isClosure, isTensor, kindOf, type Scope, tensor, type Value } from "./values.ts"

/** How a block ends. */
type Flow =
  | { readonly kind: "next" | "break" | "continue" }
  | { readonly kind: "return"; readonly value: Value; readonly span?: Span }
  /** An exception: the path is not taken by a run that gives a loss. */
  | { readonly kind: "raise"; readonly span: Span }

const NEXT: Flow = { kind: "next" }

/** Runs a function's body; None when it returns nothing. */
export function runBody(context: Context, body: readonly FileStmt[], scope: Scope): Value {
  const flow = runBlock(context, body, scope)
  if (flow.kind === "raise") failAt(flow.span, "every way through the function ends in an exception")
  return flow.kind === "return" ? flow.value : null
}

function runBlock(context: Context, body: readonly FileStmt[], scope: Scope): Flow {
  for (let k = 0; k < body.length; k++) {
    const flow = execute(context, body[k]!, scope, body.slice(k + 1))
    if (flow === DONE) return NEXT
    if (flow.kind !== "next") return flow
  }
  return NEXT
}

/** What a statement gives when it has run the rest of its block itself. */
const DONE: Flow = { kind: "next" }

/** `rest` is what follows in the block: a branch on a tensor that returns runs it for the other side. */
export function execute(context: Context, statement: FileStmt, scope: Scope, rest: readonly FileStmt[]): Flow {
  const span = spanOf(context, statement)
  switch (statement.type) {
    case "Expression":
      expression(context, statement.value, scope)
      return NEXT
    case "Return":
      return { kind: "return", value: statement.value ? evaluate(context, statement.value, scope) : null, span }
    case "Assign": {
      const value = evaluate(context, statement.value, scope)
      for (const target of statement.targets) store(context, target, value, scope)
      return NEXT
    }
    case "AnnotatedAssign":
      if (statement.value) store(context, statement.target, evaluate(context, statement.value, scope), scope)
      return NEXT
    case "AugmentedAssign": {
      const before = evaluate(context, statement.target, scope)
      store(
        context,
        statement.target,
        operate(context, statement.op, before, evaluate(context, statement.value, scope), span),
        scope,
      )
      return NEXT
    }
    case "If":
      return branch(context, statement.branches, statement.otherwise, scope, rest)
    case "For":
      return loop(context, statement, scope)
    case "While":
      return whileLoop(context, statement, scope)
    case "With":
      return withBlock(context, statement, scope)
    case "Try": {
      const flow = runBlock(context, [...statement.body, ...statement.otherwise], scope)
      const last = runBlock(context, statement.last, scope)
      return last.kind === "next" ? flow : last
    }
    case "Raise":
      return { kind: "raise", span }
    case "Break":
      return { kind: "break" }
    case "Continue":
      return { kind: "continue" }
    case "Import":
      for (const { name, as } of statement.names)
        scope.names.set(as ?? name.split(".")[0]!, imported(context, as ? name : name.split(".")[0]!))
      return NEXT
    case "ImportFrom":
      for (const { name, as } of statement.names)
        if (name !== "*") scope.names.set(as ?? name, importedFrom(context, statement, name, span))
      return NEXT
    case "Function":
      scope.names.set(statement.name, functionOf(context, statement, scope))
      return NEXT
    case "Class":
      scope.names.set(statement.name, classOf(context, statement, scope))
      return NEXT
    case "Assert":
    case "Delete":
    case "Global":
    case "Nonlocal":
    case "Pass":
    case "TypeAlias":
      return NEXT
    case "Match":
      return failAt(span, "match is not followed")
    case "Error":
      return failAt(span, "this statement could not be read")
  }
}

function store(context: Context, target: Expr, value: Value, scope: Scope): void {
  if (target.type === "Attribute") {
    const object = evaluate(context, target.object, scope)
    if (kindOf(object) === "object") setField(object as ObjectValue, target.name, value)
    return
  }
  if (target.type === "Index") {
    const base = evaluate(context, target.object, scope)
    const index = evaluate(context, target.index, scope)
    const changed = withIndex(context, base, index, target.index.type === "Tuple", value, spanOf(context, target))
    if (changed !== base) store(context, target.object, changed, scope)
    return
  }
  if (target.type === "Tuple" || target.type === "List") {
    const entries =
      entriesOf(value) ?? (isTensor(value) ? rowsOf(context, value.node, spanOf(context, target)) : undefined)
    if (entries && entries.length === target.items.length && !target.items.some((t) => t.type === "Starred")) {
      target.items.forEach((t, k) => {
        store(context, t, entries[k]!, scope)
      })
      return
    }
  }
  assign(context, target, value, scope)
}

/** A call for its effect: methods that end in `_` and list.append change what they are called on. */
function expression(context: Context, expr: Expr, scope: Scope): void {
  if (expr.type === "String") return
  if (expr.type === "Call" && expr.callee.type === "Attribute") {
    const { object, name } = expr.callee
    if (name === "append" || name === "extend") {
      const list = evaluate(context, object, scope)
      if (Array.isArray(list)) {
        const values = expr.args.map((a) => evaluate(context, a.value, scope))
        list.push(...(name === "append" ? values : (entriesOf(values[0]!) ?? [])))
        return
      }
    }
    if (name.endsWith("_") && !name.startsWith("_")) {
      store(context, object, evaluate(context, expr, scope), scope)
      return
    }
  }
  // What a library does for its effect, without a tensor, is none of ours: logs, plots, checks.
  if (expr.type === "Call" && context.file && isUnknown(context, expr.callee, scope)) {
    const args = expr.args.map((a) => evaluate(context, a.value, scope))
    if (!args.some((a) => isTensor(a) || kindOf(a) === "object")) return
  }
  evaluate(context, expr, scope)
}

/** A function of a module that the vocabulary does not have. */
function isUnknown(context: Context, callee: Expr, scope: Scope): boolean {
  if (callee.type !== "Name" && callee.type !== "Attribute") return false
  if (callee.type === "Name" && lookUp(context, scope, callee.name) === undefined) return false
  const root = rootOf(callee)
  if (root.type !== "Name" || kindOf(lookUp(context, scope, root.name) ?? null) !== "module") return false
  const value = evaluate(context, callee, scope)
  return kindOf(value) === "module" && !isPath((value as { path: string }).path)
}

const rootOf = (expr: Expr): Expr => (expr.type === "Attribute" ? rootOf(expr.object) : expr)

/** `if`: a known test picks a side; a tensor runs both, and what they leave behind is chosen element by element. */
function branch(
  context: Context,
  branches: readonly { readonly test: Expr; readonly body: readonly FileStmt[] }[],
  otherwise: readonly FileStmt[],
  scope: Scope,
  rest: readonly FileStmt[],
): Flow {
  const [first, ...others] = branches
  if (!first) return runBlock(context, otherwise, scope)
  const test = evaluate(context, first.test, scope)
  const known = knownTruth(test)
  if (known !== undefined)
    return known ? runBlock(context, first.body, scope) : branch(context, others, otherwise, scope, rest)
  const span = spanOf(context, first.test)
  const condition = toNode(context, test, span)
  const opposite = build(context, "logical_not", [condition], {}, span)
  const [yes, no] = [newScope(scope, condition), newScope(scope, opposite)]
  const then = runBlock(context, first.body, yes)
  const other = branch(context, others, otherwise, no, rest)
  if (then.kind === "raise") return settle(other, no, scope)
  if (other.kind === "raise") return settle(then, yes, scope)
  if (then.kind === "next" && other.kind === "next") {
    merge(context, condition, yes, no, scope, span)
    return NEXT
  }
  // One side returns: the other goes on with the rest of the block, and the results are chosen between.
  const finish = (flow: Flow, inner: Scope): Flow => (flow.kind === "next" ? runBlock(context, rest, inner) : flow)
  const [a, b] = [finish(then, yes), finish(other, no)]
  if (a.kind === "raise") return b
  if (b.kind === "raise") return a
  if (a.kind !== "return" || b.kind !== "return")
    return failAt(span, "one side of this branch on a tensor returns and the other does not")
  return { kind: "return", value: choose(context, condition, a.value, b.value, span, [a.span, b.span]) }
}

/** The one side that goes on: its names are those of the block. */
function settle(flow: Flow, inner: Scope, scope: Scope): Flow {
  for (const [name, value] of inner.names) scope.names.set(name, value)
  return flow
}

function merge(
  context: Context,
  condition: ReturnType<typeof toNode>,
  yes: Scope,
  no: Scope,
  scope: Scope,
  span: Span,
): void {
  for (const name of new Set([...yes.names.keys(), ...no.names.keys()])) {
    const [a, b] = [yes.names.get(name) ?? lookUp(context, no, name), no.names.get(name) ?? lookUp(context, no, name)]
    const before = lookUp(context, scope, name)
    const [left, right] = [yes.names.get(name) ?? before, no.names.get(name) ?? before]
    if (left === undefined || right === undefined) scope.names.set(name, (a ?? b)!)
    else scope.names.set(name, choose(context, condition, left, right, span))
  }
}

/** What a branch on a tensor leaves; the places are those of the two sides, where they are told. */
/** One of two values by a condition on a tensor, entry by entry. */
export function choose(
  context: Context,
  condition: ReturnType<typeof toNode>,
  a: Value,
  b: Value,
  span: Span,
  [then, other]: readonly (Span | undefined)[] = [],
): Value {
  if (a === b) return a
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.map((v, k) => choose(context, condition, v, b[k]!, span, [then, other]))
  const side = (v: Value, place: Span | undefined) => (place ? sideOf(context, v, place) : toNode(context, v, span))
  return tensor(build(context, "where", [condition, side(a, then), side(b, other)], { control: true }, span))
}

function loop(context: Context, statement: FileStmtOf<"For">, scope: Scope): Flow {
  const span = spanOf(context, statement.iterable)
  const iterable = evaluate(context, statement.iterable, scope)
  const entries =
    entriesOf(iterable) ??
    (isTensor(iterable)
      ? rowsOf(context, iterable.node, span)
      : failAt(span, "only what is known beforehand can be looped over"))
  for (const entry of entries) {
    store(context, statement.target, entry, scope)
    const flow = runBlock(context, statement.body, scope)
    if (flow.kind === "break") return NEXT
    if (flow.kind === "return" || flow.kind === "raise") return flow
  }
  return runBlock(context, statement.otherwise, scope)
}

function whileLoop(context: Context, statement: FileStmtOf<"While">, scope: Scope): Flow {
  for (;;) {
    const known = knownTruth(evaluate(context, statement.test, scope))
    if (known === undefined)
      failAt(spanOf(context, statement.test), "a loop whose end depends on a tensor is not followed")
    if (!known) return runBlock(context, statement.otherwise, scope)
    const flow = runBlock(context, statement.body, scope)
    if (flow.kind === "break") return NEXT
    if (flow.kind === "return" || flow.kind === "raise") return flow
  }
}

/** Context managers whose values carry no gradient. */
const silent = /(^|\.)(no_grad|inference_mode|stop_recording)$/

function withBlock(context: Context, statement: FileStmtOf<"With">, scope: Scope): Flow {
  const quiet = statement.items.some(
    ({ value }) => value.type === "Call" && value.callee.type === "Attribute" && silent.test(value.callee.name),
  )
  if (!quiet) return runBlock(context, statement.body, scope)
  const inner = newScope(scope)
  const flow = runBlock(context, statement.body, inner)
  const span = spanOf(context, statement)
  for (const [name, value] of inner.names) scope.names.set(name, stopped(context, value, span))
  return flow.kind === "return" ? { kind: "return", value: stopped(context, flow.value, span) } : flow
}

/** A value without its way back to what it was computed from. */
function stopped(context: Context, value: Value, span: Span): Value {
  if (isTensor(value)) return tensor(build(context, "stop_gradient", [value.node], {}, span))
  return Array.isArray(value) ? value.map((v) => stopped(context, v, span)) : value
}

/** Names of a function's parameters that a caller fills. */
export const paramsOf = (statement: FileStmtOf<"Function">): readonly Parameter[] => statement.params

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
