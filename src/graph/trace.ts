// The tracer: executes a program with Python's semantics over known values and symbolic tensors, adding to the graph.
import { count } from "../source/count.ts"

import type { Span } from "../source/text.ts"
import type { Expr, ExprOf, Generator, Program, Stmt } from "../syntax/ast.ts"
import { attributeOf } from "./attributes.ts"
import { callValue, type GivenArgument } from "./calls.ts"
import { yieldTo } from "./generators.ts"
import { type Ends, indexInto, indexWith, itemsOf, sliceOf } from "./indexing.ts"
import { loopedOver, rowsOf } from "./looping.ts"
import { isMasked } from "./masked.ts"
import { dottedPath, moduleMember, nameValue } from "./names.ts"
import type { ClassValue, ObjectValue } from "./objects.ts"
import { compareChain, logic, negate, operate } from "./operators.ts"
import { aboutToChange, storeInto, writeBack, writeInto } from "./python.ts"
import {
  build,
  type Context,
  changes,
  failAt,
  LONGEST_LOOP,
  lookUp,
  MOST_STEPS,
  newScope,
  noteBound,
  ShapeProblem,
  sideOf,
  spanOf,
  toNode,
} from "./scope.ts"
import { selectWith } from "./selecting.ts"
import { special } from "./special-methods.ts"
import { readVariable } from "./state.ts"
import { entriesOf, knownTruth } from "./static.ts"
import { ELLIPSIS, isTensor, kindOf, type Places, type Scope, tensor, type Value } from "./values.ts"

/** Runs a program in a scope; the value of its last statement, or of the first `return`. */
export function run(context: Context, program: Program, scope: Scope): Value {
  let last: Value | undefined
  for (const statement of program.body) {
    const result = execute(context, statement, scope)
    if (statement.type === "Return") return result ?? null
    last = result
  }
  const final = program.body.at(-1)
  if (last === undefined) {
    const span = final ? spanOf(context, final) : { source: context.source, start: 0, end: context.source.text.length }
    failAt(span, "there is no value at the end", "the last line gives the loss")
  }
  return last
}

/** Runs one statement. A name that is assigned last also counts as the value. */
function execute(context: Context, statement: Stmt, scope: Scope): Value | undefined {
  switch (statement.type) {
    case "Expression":
      return evaluate(context, statement.value, scope)
    case "Return":
      return statement.value ? evaluate(context, statement.value, scope) : null
    case "Assign": {
      const value = evaluate(context, statement.value, scope)
      for (const target of statement.targets) assign(context, target, value, scope)
      return value
    }
    case "AugmentedAssign": {
      const before = evaluate(context, statement.target, scope)
      const by = evaluate(context, statement.value, scope)
      changes(context, before, spanOf(context, statement))
      const value = operate(context, statement.op, before, by, spanOf(context, statement))
      context.onValue?.(spanOf(context, statement), value)
      assign(context, statement.target, value, scope)
      return value
    }
    case "Function": {
      const { name, params, body } = statement
      const { source, via } = context
      scope.names.set(name, {
        kind: "closure",
        name,
        params,
        scope,
        source,
        via,
        run: (inner, own) => run(inner, { body }, own),
      })
      return undefined
    }
  }
}

export function assign(context: Context, target: Expr, value: Value, scope: Scope): void {
  if (target.type === "Name") {
    noteBound(scope, target.name)
    scope.names.set(target.name, value)
  } else if (target.type === "Tuple" || target.type === "List") unpack(context, target, value, scope)
  else failAt(spanOf(context, target), "this cannot be assigned to", "a name, or several names, stand left of =")
}

function unpack(context: Context, target: ExprOf<"Tuple"> | ExprOf<"List">, value: Value, scope: Scope): void {
  const entries =
    entriesOf(value) ?? (isTensor(value) ? rowsOf(context, value.node, spanOf(context, target)) : undefined)
  const star = target.items.findIndex((t) => t.type === "Starred")
  const fits =
    entries && (star < 0 ? entries.length === target.items.length : entries.length >= target.items.length - 1)
  // A shape of another length may be a wrong guess of it.
  if (!entries || !fits)
    throw new ShapeProblem({
      headline: `${target.items.length} names, but ${entries ? `${entries.length} values` : "one value"} to unpack`,
      mark: { span: spanOf(context, target), text: "" },
    })
  const extra = entries.length - target.items.length
  target.items.forEach((item, k) => {
    if (item.type === "Starred") assign(context, item.value, entries.slice(k, k + extra + 1), scope)
    else assign(context, item, entries[star >= 0 && k > star ? k + extra : k]!, scope)
  })
}

/** Evaluates an expression. Long sums lean left, so they are walked in a loop instead of in depth. */
export function evaluate(context: Context, expr: Expr, scope: Scope): Value {
  if (expr.type !== "Binary") {
    const one = evaluateOne(context, expr, scope)
    context.onValue?.(spanOf(context, expr), one)
    return one
  }
  const chain: ExprOf<"Binary">[] = []
  let head: Expr = expr
  while (head.type === "Binary") {
    chain.push(head)
    head = head.left
  }
  let value = evaluate(context, head, scope)
  for (let k = chain.length - 1; k >= 0; k--) {
    const link = chain[k]!
    value = operate(context, link.op, value, evaluate(context, link.right, scope), spanOf(context, link))
    context.onValue?.(spanOf(context, link), value)
  }
  return value
}

function evaluateOne(context: Context, expr: Expr, scope: Scope): Value {
  if (++context.used.steps + (context.used.large ?? 0) > MOST_STEPS)
    failAt(spanOf(context, expr), "this takes too many steps to unroll", `${count(MOST_STEPS)} at most`)
  const span = spanOf(context, expr)
  const value = (e: Expr): Value => evaluate(context, e, scope)
  switch (expr.type) {
    case "Number":
      return expr.value
    case "String":
      return expr.value
    case "Format":
      return expr.parts.map((p) => (typeof p === "string" ? p : shown(context, p, scope))).join("")
    case "Constant":
      return expr.value === "..." ? ELLIPSIS : expr.value
    case "Name":
    case "Attribute":
      return readVariable(written(context, expr, scope))
    case "Call":
      return call(context, expr, scope)
    case "Index":
      return index(context, value(expr.object), expr.index, scope, span)
    case "Slice": {
      return sliceOf(context, span, [expr.lower, expr.upper, expr.step].map((e) => (e ? value(e) : null)) as Ends)
    }
    case "Tuple":
    case "List":
    case "Set":
      return expr.items.flatMap((item) => {
        if (item.type !== "Starred") return [value(item)]
        return entriesOf(value(item.value)) ?? failAt(spanOf(context, item), "only a list can be spread here")
      })
    case "Dict": {
      const entries = new Map<Value, Value>()
      for (const { key, value: v } of expr.entries) {
        if (!key) failAt(span, "** in a dictionary is not followed")
        entries.set(value(key), value(v))
      }
      return { kind: "dict", entries }
    }
    case "Unary":
      return negate(context, expr.op, value(expr.operand), span)
    case "Binary":
      return evaluate(context, expr, scope)
    case "Compare":
      return compareChain(context, expr, scope, span)
    case "Bool":
      return logic(context, expr, scope, span)
    case "Conditional":
      return conditional(context, expr, scope, span)
    case "Lambda":
      return {
        kind: "closure",
        name: "lambda",
        params: expr.params,
        run: (inner, own) => evaluate(inner, expr.body, own),
        scope,
        source: context.source,
        via: context.via,
      }
    case "Comprehension":
      return comprehend(context, expr.generators, 0, newScope(scope), (inner) => evaluate(context, expr.item, inner))
    case "DictComprehension": {
      const entries = new Map<Value, Value>()
      comprehend(context, expr.generators, 0, newScope(scope), (inner) => {
        entries.set(evaluate(context, expr.key, inner), evaluate(context, expr.value, inner))
        return null
      })
      return { kind: "dict", entries }
    }
    case "Starred":
      return failAt(span, "a starred value stands only in a list or a call")
    case "Walrus": {
      const result = value(expr.value)
      scope.names.set(expr.name, result)
      return result
    }
  }
}

/** A name or an attribute as it was bound: a variable stays one, so that it can be assigned to. */
function written(context: Context, expr: ExprOf<"Name"> | ExprOf<"Attribute">, scope: Scope): Value {
  const span = spanOf(context, expr)
  if (expr.type === "Name") return nameValue(context, expr.name, span, lookUp(context, scope, expr.name))
  const path = dottedPath(context, expr, scope)
  return path ? moduleMember(path) : attributeOf(context, evaluate(context, expr.object, scope), expr.name, span)
}

/** A name in a formatted text: a text or number that is known; anything else is not needed. */
function shown(context: Context, part: Expr, scope: Scope): string {
  const value = part.type === "Name" ? lookUp(context, scope, part.name) : undefined
  return typeof value === "string" || typeof value === "number" ? String(value) : "…"
}

function call(context: Context, expr: ExprOf<"Call">, scope: Scope): Value {
  const result = plainCall(context, expr, scope)
  writeInto(context, expr, result, scope)
  return result
}

function plainCall(context: Context, expr: ExprOf<"Call">, scope: Scope): Value {
  const span = spanOf(context, expr)
  const args: GivenArgument[] = []
  for (const a of expr.args) {
    const value = evaluate(context, a.value, scope)
    const place = spanOf(context, a.value)
    if (a.spread === "*") {
      const entries = entriesOf(value)
      if (!entries) failAt(place, "only a list can be spread over arguments")
      for (const entry of entries) args.push({ value: entry, span: place })
    } else if (a.spread === "**") {
      if (kindOf(value) !== "dict") failAt(place, "only a dictionary can be spread over keyword arguments")
      for (const [key, entry] of (value as { entries: Map<Value, Value> }).entries)
        args.push({ name: String(key), value: entry, span: place })
    } else {
      const into = isTensor(value) && ["Name", "Attribute", "Index"].includes(a.value.type)
      args.push({
        ...(a.name === undefined ? {} : { name: a.name }),
        value,
        span: place,
        ...(into ? { put: (changed) => giveBack(context, a.value, changed, scope) } : {}),
      })
    }
  }
  const callee = expr.callee
  // A method: the object becomes the first argument.
  if (callee.type === "Attribute" && !dottedPath(context, callee, scope)) {
    const { object: left } = callee
    const object =
      left.type === "Name" || left.type === "Attribute" ? written(context, left, scope) : evaluate(context, left, scope)
    const method = { method: callee.name, object, objectSpan: spanOf(context, left) }
    if (isTensor(object)) aboutToChange(context, callee, object)
    const result = callValue(context, method, args, span, spanOf(context, callee))
    if (isTensor(object)) writeBack(context, callee, result, scope)
    return result
  }
  if (callee.type === "Name") {
    const known = lookUp(context, scope, callee.name)
    if (callee.name === "super" && known === undefined) return superOf(context, scope, span)
    if (callee.name === "yield" || callee.name === "yield from")
      return yieldTo(scope, callee.name === "yield from", args[0]?.value ?? null, span)
    return callValue(
      context,
      known !== undefined ? { value: known } : { name: callee.name },
      args,
      span,
      spanOf(context, callee),
    )
  }
  return callValue(context, { value: evaluate(context, callee, scope) }, args, span, spanOf(context, callee))
}

/** What was written into an argument, where it came from; what indexing took out of a tensor may have been a copy. */
function giveBack(context: Context, from: Expr, changed: Value, scope: Scope): void {
  if (from.type !== "Index" || !isTensor(evaluate(context, from.object, scope)))
    storeInto(context, from, changed, scope)
}

/** super() in a method: its object, seen from above the class that the method is written in. */
function superOf(context: Context, scope: Scope, span: Span): Value {
  const [self, above] = [lookUp(context, scope, "self"), lookUp(context, scope, "__class__")]
  if (self === undefined || above === undefined) return failAt(span, "super() stands in a method only")
  return { kind: "super", self: self as ObjectValue, above: above as ClassValue }
}

function index(context: Context, object: Value, at: Expr, scope: Scope, span: Span): Value {
  const position = evaluate(context, at, scope)
  const own = special(context, object, "__getitem__", [position], span)
  if (own !== undefined) return own
  if (isTensor(object))
    return at.type === "Tuple"
      ? indexWith(context, object.node, position as Value[], span)
      : indexInto(context, object.node, position, span)
  if (isMasked(object)) {
    const items = at.type === "Tuple" ? (position as Value[]) : itemsOf(context, position, span)
    return selectWith(context, object, items, span)
  }
  if (kindOf(object) === "places")
    return { ...(object as Places), index: { value: position, several: at.type === "Tuple" } }
  const entries = entriesOf(object)
  if (object && typeof object === "object" && "kind" in object && object.kind === "dict") {
    for (const [key, value] of object.entries) if (key === position) return value
    return failAt(span, "there is no such key in the dictionary")
  }
  if (entries && typeof position === "number") {
    const value = entries[position < 0 ? position + entries.length : position]
    // A shape that is too short may be a wrong guess of it.
    if (value === undefined)
      throw new ShapeProblem({
        headline: `position ${position} lies outside a list of ${entries.length}`,
        mark: { span, text: "" },
      })
    return value
  }
  if (entries && kindOf(position) === "slice") {
    const { lower, upper, step } = position as { lower: number | null; upper: number | null; step: number | null }
    if ((step ?? 1) === 1) return entries.slice(lower ?? 0, upper ?? entries.length)
    if (step === -1 && lower === null && upper === null) return [...entries].reverse()
  }
  if (entries && object !== null && !(typeof object === "string"))
    return indexInto(context, toNode(context, object, span), position, span)
  return failAt(span, "this cannot be indexed")
}

/** `a if c else b`: a known condition picks a side; a tensor picks both, each side seen only where it is taken. */
function conditional(context: Context, expr: ExprOf<"Conditional">, scope: Scope, span: Span): Value {
  const test = evaluate(context, expr.test, scope)
  const known = knownTruth(test)
  if (known !== undefined) return evaluate(context, known ? expr.then : expr.otherwise, scope)
  const condition = toNode(context, test, spanOf(context, expr.test))
  const opposite = build(context, "logical_not", [condition], {}, spanOf(context, expr.test))
  const then = evaluate(context, expr.then, newScope(scope, condition))
  const otherwise = evaluate(context, expr.otherwise, newScope(scope, opposite))
  return tensor(
    build(
      context,
      "where",
      [
        condition,
        sideOf(context, then, spanOf(context, expr.then)),
        sideOf(context, otherwise, spanOf(context, expr.otherwise)),
      ],
      { control: true },
      span,
    ),
  )
}

function comprehend(
  context: Context,
  generators: readonly Generator[],
  k: number,
  scope: Scope,
  item: (scope: Scope) => Value,
): Value[] {
  const generator = generators[k]
  if (!generator) return [item(scope)]
  const span = spanOf(context, generator.iterable)
  const iterable = evaluate(context, generator.iterable, scope)
  const entries = loopedOver(context, iterable, span)
  const out: Value[] = []
  for (const entry of entries) {
    const inner = newScope(scope)
    assign(context, generator.target, entry, inner)
    const keep = generator.conditions.every((c) => {
      const known = knownTruth(evaluate(context, c, inner))
      return (
        known ??
        failAt(
          spanOf(context, c),
          "a condition in a comprehension must be known beforehand",
          "this depends on the inputs",
        )
      )
    })
    if (keep) out.push(...comprehend(context, generators, k + 1, inner, item))
    if (out.length > LONGEST_LOOP)
      failAt(span, "the comprehension is too long", `${count(LONGEST_LOOP)} entries at most`)
  }
  return out
}
