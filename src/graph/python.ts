// Python statements, executed symbolically: blocks, branches, loops, functions and classes over known values and tensors.
import { isPath, moduleRoots } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Expr, ExprOf } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { lastName } from "../syntax/walk.ts"
import { positionsOf, throughView, withIndex } from "./assignment.ts"
import { setOwnField } from "./attributes.ts"
import { branch, type Flow, guarded, NEXT } from "./branching.ts"
import { classOf, functionOf } from "./defining.ts"
import { loopedOver, rowsOf } from "./looping.ts"
import { isMasked } from "./masked.ts"
import { caseFor } from "./matching.ts"
import { imported, importedFrom } from "./modules.ts"
import { type ObjectValue, setField } from "./objects.ts"
import { operate } from "./operators.ts"
import { build, type Context, changes, failAt, lookUp, newScope, noteWritten, Raised, spanOf, toNode } from "./scope.ts"
import { special } from "./special-methods.ts"
import { entriesOf, knownTruth } from "./static.ts"
import { assign, evaluate } from "./trace.ts"
import { isClosure, isTensor, kindOf, type Masked, type Scope, tensor, type Value } from "./values.ts"

/** Runs a function's body; None when it returns nothing. */
export function runBody(context: Context, body: readonly FileStmt[], scope: Scope): Value {
  const flow = runBlock(context, body, scope)
  if (flow.kind === "raise")
    throw new Raised({
      headline: "every way through the function ends in an exception",
      mark: { span: flow.span, text: "" },
    })
  return flow.kind === "return" ? flow.value : null
}

/** `after` is what follows in the blocks around, up to the end of the function or of the loop's body. */
export function runBlock(
  context: Context,
  body: readonly FileStmt[],
  scope: Scope,
  after: readonly FileStmt[] = [],
): Flow {
  for (let k = 0; k < body.length; k++) {
    const flow = ending(context, body[k]!, scope, [...body.slice(k + 1), ...after])
    if (flow.kind !== "next") return flow
  }
  return NEXT
}

/** How a statement ends; an exception out of a function that it calls is one of its own. */
function ending(context: Context, statement: FileStmt, scope: Scope, rest: readonly FileStmt[]): Flow {
  try {
    return execute(context, statement, scope, rest)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    return { kind: "raise", span: error.parts.mark?.span ?? spanOf(context, statement) }
  }
}

/** `rest` is what follows up to the end: where one side of a branch on a tensor leaves, it runs for the other side. */
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
      const by = evaluate(context, statement.value, scope)
      changes(context, before, span)
      // torch's tensors are changed where they are; elsewhere the name gets a new one.
      const write = isTensor(before) && context.graph.framework === "torch" ? storeInto : store
      write(context, statement.target, operate(context, statement.op, before, by, span), scope)
      return NEXT
    }
    case "If":
      return branch(context, statement.branches, statement.otherwise, scope, rest)
    case "For":
      return loop(context, statement, scope)
    case "While":
      return whileLoop(context, statement, scope)
    case "With":
      return withBlock(context, statement, scope, rest)
    case "Try": {
      const tried = runBlock(context, [...statement.body, ...statement.otherwise], scope, rest)
      const [handler] = statement.handlers
      // What is caught is an object that nobody looks into.
      if (handler?.name !== undefined) scope.names.set(handler.name, handler.name)
      const flow = tried.kind === "raise" && handler ? runBlock(context, handler.body, scope, rest) : tried
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
      return runBlock(
        context,
        caseFor(context, evaluate(context, statement.subject, scope), statement.cases, scope)?.body ?? [],
        scope,
        rest,
      )
    case "Error":
      return failAt(span, "this statement could not be read")
  }
}

/** Writes into what a place holds: the tensor itself is another one then, under all names that are known to be its. */
export function storeInto(context: Context, target: Expr, value: Value, scope: Scope): void {
  if (target.type !== "Name") {
    store(context, target, value, scope)
    return
  }
  noteWritten(scope, target.name)
  scope.names.set(target.name, value)
}

export function store(context: Context, target: Expr, value: Value, scope: Scope): void {
  if (target.type === "Attribute") {
    const object = evaluate(context, target.object, scope)
    if (kindOf(object) === "object") setField(object as ObjectValue, target.name, value)
    if (isClosure(object)) setOwnField(object, target.name, value)
    // x.data = v: x has other numbers from here on, and its gradient goes where it went.
    if (isTensor(object) && target.name === "data") {
      const span = spanOf(context, target)
      const fresh = build(context, "stop_gradient", [toNode(context, value, span)], {}, span)
      store(context, target.object, tensor(build(context, "_trusted", [fresh, object.node], {}, span)), scope)
    }
    return
  }
  if (target.type === "Index") {
    const base = evaluate(context, target.object, scope)
    const index = evaluate(context, target.index, scope)
    if (special(context, base, "__setitem__", [index, value], spanOf(context, target)) !== undefined) return
    changes(context, base, spanOf(context, target))
    const changed = withIndex(context, base, index, target.index.type === "Tuple", value, spanOf(context, target))
    if (changed !== base) storeInto(context, target.object, changed, scope)
    return
  }
  const viewed = viewedBy(context, target, scope)
  if (viewed) {
    const base = evaluate(context, viewed.of, scope)
    const span = spanOf(context, target)
    if (!isTensor(base)) failAt(span, "this cannot be written into")
    // The same view of the places instead of the numbers.
    const inner = newScope(scope)
    inner.names.set(VIEWED, tensor(positionsOf(context, base.node)))
    const places = evaluate(context, viewed.through, inner)
    storeInto(context, viewed.of, throughView(context, base.node, places, value, span), scope)
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

/** Under this name, which no program can write, stands what is viewed. */
const VIEWED = " viewed"
/** Methods that show a tensor's own numbers in another order. */
const views: ReadonlySet<string> = new Set(
  "diagonal view view_as reshape t transpose permute movedim swapaxes swapdims squeeze unsqueeze select narrow flatten unflatten expand expand_as detach".split(
    " ",
  ),
)

/** What a call such as x.view(-1) or torch.diagonal(x) shows, and the same call on what stands under VIEWED. */
function viewedBy(
  context: Context,
  expr: Expr,
  scope: Scope,
): { readonly of: Expr; readonly through: Expr } | undefined {
  if (expr.type !== "Call" || expr.callee.type !== "Attribute" || !views.has(expr.callee.name)) return undefined
  const { callee, args } = expr
  const stand = ({ start, end }: Expr): Expr => ({ type: "Name", name: VIEWED, start, end })
  if (!isModuleName(context, callee.object, scope))
    return { of: callee.object, through: { ...expr, callee: { ...callee, object: stand(callee.object) } } }
  const [first, ...rest] = args
  return first && { of: first.value, through: { ...expr, args: [{ ...first, value: stand(first.value) }, ...rest] } }
}

/** Methods of tensors whose names end in one underscore change what they are called on. */
const inPlace = (name: string): boolean => /[a-z\d]_$/.test(name)
/** Those that change no numbers. */
const flags: ReadonlySet<string> = new Set(["detach_", "requires_grad_", "share_memory_"])

/** Remembers that a method is about to change what it is called on: what it keeps of that itself, it keeps before. */
export function aboutToChange(context: Context, callee: ExprOf<"Attribute">, object: Value): void {
  if (inPlace(callee.name) && !flags.has(callee.name)) changes(context, object, spanOf(context, callee))
}

/** x.mul_(y) changes x, and so does x.add_(1).mul_(y). */
export function writeBack(context: Context, callee: ExprOf<"Attribute">, result: Value, scope: Scope): void {
  if (!inPlace(callee.name)) return
  let root = callee.object
  while (root.type === "Call" && root.callee.type === "Attribute" && inPlace(root.callee.name))
    root = root.callee.object
  if (["Name", "Attribute", "Index"].includes(root.type) || viewedBy(context, root, scope))
    storeInto(context, root, result, scope)
}

/** A dotted name that begins with a module. */
function isModuleName(context: Context, expr: Expr, scope: Scope): boolean {
  const root = rootOf(expr)
  if (root.type !== "Name") return false
  const value = lookUp(context, scope, root.name)
  return value === undefined ? moduleRoots.has(root.name) : kindOf(value) === "module"
}

/** nn.init.ones_(w) writes into its first argument. */
export function writeInto(context: Context, { callee, args }: ExprOf<"Call">, result: Value, scope: Scope): void {
  const [first] = args
  const name = callee.type === "Name" || callee.type === "Attribute" ? callee.name : ""
  if (!first || !isTensor(result) || !inPlace(name) || !isModuleName(context, callee, scope)) return
  if (first.value.type === "Name" || first.value.type === "Attribute") storeInto(context, first.value, result, scope)
}

/** A call for its effect. */
function expression(context: Context, expr: Expr, scope: Scope): void {
  if (expr.type === "String") return
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

function loop(context: Context, statement: FileStmtOf<"For">, scope: Scope): Flow {
  const span = spanOf(context, statement.iterable)
  const iterable = evaluate(context, statement.iterable, scope)
  if (isMasked(iterable) && iterable.valid[0]) return overSelection(context, statement, iterable, scope, span)
  const entries = loopedOver(context, iterable, span)
  const from = (first: number, inner: Scope, round = 0): Flow => {
    for (let k = first; k < entries.length; k++) {
      store(context, statement.target, entries[k]!, inner)
      const goOn = (side: Scope): Flow => from(k + 1, side, nextRound(round, span))
      const flow = runBlock({ ...context, goOn }, statement.body, inner)
      if (flow.kind === "break" || flow.kind === "done") return NEXT
      if (flow.kind === "return" || flow.kind === "raise") return flow
    }
    return runBlock(context, statement.otherwise, inner)
  }
  return from(0, scope)
}

/** Of a selection each entry that may be there is met, under the condition that it is. */
function overSelection(
  context: Context,
  statement: FileStmtOf<"For">,
  { node, valid }: Masked,
  scope: Scope,
  span: Span,
): Flow {
  const [rows, there] = [rowsOf(context, node, span), rowsOf(context, valid[0]!, span)]
  if (rows.length > MOST_SELECTED) failAt(span, `a loop over a selection from ${rows.length} entries is not followed`)
  for (const [k, row] of rows.entries()) {
    const run = (inner: Scope): Flow => {
      store(context, statement.target, row, inner)
      return runBlock(context, statement.body, inner)
    }
    guarded(context, toNode(context, there[k]!, span), run, scope, span)
  }
  return runBlock(context, statement.otherwise, scope)
}

/** Each of them is run, whether or not it is there. */
const MOST_SELECTED = 128

/** Each round that a tensor may end stands inside the one before: so many, and a loop that is longer is not followed. */
const MOST_ROUNDS = 128

const nextRound = (round: number, span: Span): number =>
  round < MOST_ROUNDS ? round + 1 : failAt(span, `a loop that a tensor may end is followed for ${MOST_ROUNDS} rounds`)

function whileLoop(context: Context, statement: FileStmtOf<"While">, scope: Scope, round = 0): Flow {
  for (;;) {
    const known = knownTruth(evaluate(context, statement.test, scope))
    if (known === undefined)
      failAt(spanOf(context, statement.test), "a loop whose end depends on a tensor is not followed")
    if (!known) return runBlock(context, statement.otherwise, scope)
    const goOn = (side: Scope): Flow =>
      whileLoop(context, statement, side, nextRound(round, spanOf(context, statement.test)))
    const flow = runBlock({ ...context, goOn }, statement.body, scope)
    if (flow.kind === "break" || flow.kind === "done") return NEXT
    if (flow.kind === "return" || flow.kind === "raise") return flow
  }
}

/** Context managers whose values carry no gradient. */
export const silent = /(^|\.)(no_grad|inference_mode|stop_recording)$/

function withBlock(context: Context, statement: FileStmtOf<"With">, scope: Scope, rest: readonly FileStmt[]): Flow {
  const quiet = statement.items.some(
    ({ value }) =>
      value.type === "Call" &&
      (silent.test(lastName(value.callee)) ||
        (lastName(value.callee) === "set_grad_enabled" &&
          value.args[0] !== undefined &&
          knownTruth(evaluate(context, value.args[0].value, scope)) === false)),
  )
  for (const { value, target } of statement.items)
    if (target && value.type === "Call" && lastName(value.callee) === "GradientTape")
      assign(context, target, evaluate(context, value, scope), scope)
  if (!quiet) return runBlock(context, statement.body, scope, rest)
  const inner = newScope(scope)
  const flow = runBlock({ ...context, untracked: true }, statement.body, inner)
  const span = spanOf(context, statement)
  if (flow.kind === "end") failAt(span, "a block without gradient that one side of a branch leaves is not followed")
  for (const [name, value] of inner.names) scope.names.set(name, stopped(context, value, span))
  return flow.kind === "return" ? { kind: "return", value: stopped(context, flow.value, span) } : flow
}

/** A value without its way back to what it was computed from. */
export function stopped(context: Context, value: Value, span: Span): Value {
  if (isTensor(value)) return tensor(build(context, "stop_gradient", [value.node], {}, span))
  return Array.isArray(value) ? value.map((v) => stopped(context, v, span)) : value
}
