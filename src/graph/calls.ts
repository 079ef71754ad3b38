// Calls: which entry of the vocabulary is meant, which argument goes where, and what comes of it.

import type { Composition, Operation } from "../ops/record.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { SignatureParameter } from "../ops/signature.ts"
import {
  callableNames,
  type Entry,
  entryOf,
  isComposition,
  isOperation,
  keepsState,
  signatureOf,
  spellingsOf,
} from "../ops/table.ts"
import { suggest } from "../source/suggest.ts"
import type { Source, Span } from "../source/text.ts"
import type { Expr, Program } from "../syntax/ast.ts"
import { parseProgram } from "../syntax/parse.ts"
import { BindProblem, bind } from "./binding.ts"
import { builtinOf, callPartial, callBuiltin as runBuiltin } from "./builtins.ts"
import { addedUp } from "./itertools.ts"
import { isComplex, written } from "./layers.ts"
import { metMethod, throughPath } from "./leaving.ts"
import { isMasked, onSelection } from "./masked.ts"
import { callObject, memberCall } from "./members.ts"
import { nearPaths, numberIn, pathConstant, pythonTypes } from "./names.ts"
import { addConstant, dataOf, isConstant, type Node } from "./node.ts"
import { construct, memberOf } from "./objects.ts"
import { pointwise } from "./operators.ts"
import { build, type Context, DEEPEST_CALL, failAt, fitting, newScope, spanOf, toNode } from "./scope.ts"
import { readVariable, stored } from "./state.ts"
import { knownTruth, toStatic } from "./static.ts"
import { structurals } from "./structural.ts"
import { evaluate, run } from "./trace.ts"
import {
  type Builtin,
  type Closure,
  type GivenNames,
  isTensor,
  kindOf,
  type Scope,
  tensor,
  type Value,
} from "./values.ts"

export interface GivenArgument {
  readonly name?: string
  readonly value: Value
  readonly span: Span
  /** Where it came from a name of the caller: gives that what is written into the argument. */
  readonly put?: (value: Value) => void
}

/** What is called: a value, a bare name, or a method of an object. */
export type Callee =
  | { readonly value: Value }
  | { readonly name: string }
  | { readonly method: string; readonly object: Value; readonly objectSpan: Span }

/** One way to read a call: an entry and the parameters in the order and under the names of the spelling. */
interface Reading {
  readonly entry: Entry
  readonly params: readonly SignatureParameter[]
  readonly later?: readonly SignatureParameter[]
}

const ownReading = (entry: Entry): Reading => ({ entry, params: signatureOf(entry).calls![0]! })

/** Evaluates a call. */
export function callValue(
  context: Context,
  callee: Callee,
  args: readonly GivenArgument[],
  span: Span,
  calleeSpan: Span,
): Value {
  if ("value" in callee) return callKnown(context, callee.value, args, span, calleeSpan)
  if ("name" in callee) {
    if (pythonTypes.has(callee.name)) return callPath(context, callee.name, args, span, calleeSpan)
    if (callee.name === "sum" && context.source === context.file?.source) return addedUp(context, args, span)
    const entry = entryOf(callee.name)
    if (entry) return tryReadings(context, callee.name, [ownReading(entry)], args, span)
    const python = builtinOf(callee.name)
    if (python) return runBuiltin(context, python, args, span)
    if (callee.name === "print") return null
    return failAt(calleeSpan, `there is no function ${callee.name}`, "", {
      close: suggest(callee.name, callableNames()),
    })
  }
  const { method, objectSpan } = callee
  const member = memberCall(context, callee.object, method, args, span, calleeSpan)
  if (member !== undefined) return member
  const object = readVariable(callee.object)
  if (object && typeof object === "object" && "kind" in object && object.kind === "struct" && object.fields.has(method))
    return callKnown(context, object.fields.get(method)!, args, span, calleeSpan)
  if (isTensor(object)) metMethod(context, method)
  // What a hook hands back stands for the gradient: it is tried on ones, and one that ends it is not passed over.
  if (method === "register_hook" && isTensor(object) && args[0]) {
    const { shape } = object.node
    const ones = tensor(addConstant(context.graph, new Float64Array(sizeOf(shape)).fill(1), shape))
    const left = callKnown(context, args[0].value, [{ value: ones, span }], span, calleeSpan)
    if (isTensor(left) && isConstant(left.node) && dataOf(left.node).every((x) => x === 0))
      return failAt(span, "a hook that stops the gradient is not followed")
  }
  const readings: Reading[] = spellingsOf(`Tensor.${method}`).map(({ entry, signature }) => ({
    entry,
    params: signature.calls?.[0] ?? ownReading(entry).params,
  }))
  // x.mul_(y) is x.mul(y); that x itself changes is the statement's business.
  if (readings.length === 0 && /[a-z]_$/.test(method))
    return callValue(context, { ...callee, method: method.slice(0, -1) }, args, span, calleeSpan)
  const own = entryOf(method)
  if (own) readings.push(ownReading(own))
  if (readings.length === 0) {
    const names = callableNames()
    return failAt(calleeSpan, `a tensor has no method ${method}`, "", { close: suggest(method, names) })
  }
  return tryReadings(context, method, readings, [{ value: object, span: objectSpan }, ...args], span)
}

/** Calls a value. */
export function callKnown(
  context: Context,
  value: Value,
  args: readonly GivenArgument[],
  span: Span,
  calleeSpan: Span,
): Value {
  if (value && typeof value === "object" && "kind" in value) {
    if (value.kind === "closure") return callClosure(context, value, args, span)
    if (value.kind === "builtin") {
      const result = callBuiltin(context, value, args, span)
      return value.params && keepsState(value.path) ? stored(context, result, span) : result
    }
    if (value.kind === "module") return callPath(context, value.path, args, span, calleeSpan)
    if (value.kind === "partial") return callPartial(context, value, args, span)
    if (value.kind === "file") return failAt(calleeSpan, "this is a module and cannot be called")
    if (value.kind === "class") return construct(context, value, args, span)
    if (value.kind === "method")
      return callKnown(context, value.call, [{ value: value.self, span }, ...args], span, calleeSpan)
    if (value.kind === "object") {
      const result = callObject(context, value, args, span, calleeSpan)
      if (result !== undefined) return result
    }
  }
  return failAt(calleeSpan, "this is a value and cannot be called", isTensor(value) ? "write * for a product" : "")
}

/** torch.nn.functional.relu(x), nn.BCELoss()(p, y). */
export function callPath(
  context: Context,
  path: string,
  args: readonly GivenArgument[],
  span: Span,
  calleeSpan: Span,
): Value {
  return throughPath(context, path, args, calledBy(context, path, args, span, calleeSpan), span)
}

/** Second names of functions, by the method of a complex tensor. */
const complexNames = new Map([
  ["absolute", "abs"],
  ["conj_physical", "conj"],
  ["multiply", "mul"],
  ["reduce_sum", "sum"],
  ["reduce_mean", "mean"],
])

/** A framework's function of a complex tensor is what that has under its name: a method, or one of its parts. */
function ofComplex(context: Context, path: string, args: readonly GivenArgument[], span: Span): Value | undefined {
  const value = args[0]?.value ?? null
  if (!isComplex(value)) return undefined
  const last = path.slice(path.lastIndexOf(".") + 1)
  const name = complexNames.get(last) ?? last
  const member = memberOf(value.of, name)
  return member ? callGiven(context, member.value, args, span) : value.fields.get(name)
}

function calledBy(context: Context, path: string, args: readonly GivenArgument[], span: Span, calleeSpan: Span): Value {
  if (pathConstant(path) !== undefined) failAt(calleeSpan, `${path} is a number and cannot be called`)
  const part = ofComplex(context, path, args, span)
  if (part !== undefined) return part
  const ours = written(path)
  if (ours !== undefined) return callKnown(context, ours, args, span, calleeSpan)
  const readings: Reading[] = spellingsOf(path).map(({ entry, signature }) => {
    const [first, second] = signature.calls ?? []
    return { entry, params: first ?? ownReading(entry).params, ...(second ? { later: second } : {}) }
  })
  if (pythonTypes.has(path)) {
    const given = args[0]?.value
    if (given !== undefined && path === "bool" && !isTensor(given) && kindOf(given) !== "masked")
      return knownTruth(given) ?? true
    if (typeof given === "string") return numberIn(given) ?? failAt(span, `'${given}' is not a number`)
    // Python's own numbers stay what they are.
    if (typeof given === "number" || typeof given === "boolean")
      return path === "int" ? Math.trunc(Number(given)) : Number(given)
    readings.push(ownReading(entryOf(path)!))
  }
  const python = readings.length === 0 || path === "iter" ? builtinOf(path) : undefined
  if (python) return runBuiltin(context, python, args, span)
  if (readings.length === 0) failAt(calleeSpan, `${path} is not known`, "", { close: nearPaths(path) })
  return tryReadings(context, path, readings, args, span)
}

export function callBuiltin(context: Context, builtin: Builtin, args: readonly GivenArgument[], span: Span): Value {
  if (!builtin.params) return tryReadings(context, builtin.path, [ownReading(builtin.entry)], args, span)
  return invoke(
    context,
    builtin.entry,
    new Map([...(builtin.bound ?? []), ...bind(builtin.path, builtin.params, args, span)]),
    args,
    span,
  )
}

/** Several libraries give one name several forms: the first whose parameters fit is meant. */
function tryReadings(
  context: Context,
  name: string,
  readings: readonly Reading[],
  args: readonly GivenArgument[],
  span: Span,
): Value {
  let first: unknown
  for (const { entry, params, later } of readings) {
    let bound: Map<string, Value>
    try {
      bound = bind(name, params, args, span)
    } catch (error) {
      if (!(error instanceof BindProblem)) throw error
      first ??= error
      continue
    }
    if (later) return { kind: "builtin", entry, path: name, bound, params: later }
    return invoke(context, entry, bound, args, span)
  }
  throw first
}

/** Carries a call out. */
function invoke(
  context: Context,
  entry: Entry,
  bound: ReadonlyMap<string, Value>,
  args: readonly GivenArgument[],
  span: Span,
): Value {
  if (isComposition(entry)) {
    return inline(context, entry, bound, span)
  }
  if (isOperation(entry)) return applyOperation(context, entry, bound, args, span)
  return fitting(span, () => structurals.get(entry.name)!({ context, args: bound, span }))
}

/** Defaults that the spelling leaves out are the entry's own. */
function withDefaults(entry: Entry, bound: ReadonlyMap<string, Value>): Map<string, Value> {
  const all = new Map(bound)
  for (const param of signatureOf(entry).calls![0]!)
    if (!all.has(param.target) && !param.required) all.set(param.target, param.default as Value)
  return all
}

function applyOperation(
  context: Context,
  op: Operation,
  given: ReadonlyMap<string, Value>,
  args: readonly GivenArgument[],
  span: Span,
): Value {
  const bound = withDefaults(op, given)
  const params = signatureOf(op).calls![0]!
  const tensors = params.slice(0, op.tensors).map((p) => bound.get(p.target)!)
  // None as a bound of clip, say, means that there is none.
  const values = tensors.map((v, k) => (v === null ? (params[k]!.default as Value) : v))
  if (op.value) return pointwise(context, op.name, values, span)
  const statics: Record<string, ReturnType<typeof toStatic>> = {}
  for (const param of params.slice(op.tensors))
    statics[param.target] = toStatic(
      context,
      bound.get(param.target)!,
      args.find((a) => a.name === param.name)?.span ?? span,
      `${param.name} of ${op.name}`,
    )
  if (values.some(isMasked)) return onSelection(context, op, values, statics, span)
  return tensor(
    build(
      context,
      op,
      values.map((v) => toNode(context, v, span)),
      statics,
      span,
    ),
  )
}

const bodies = new Map<string, { program: Program; source: Source }>()

function bodyOf(entry: Composition): { program: Program; source: Source } {
  let body = bodies.get(entry.name)
  if (!body) {
    const text = entry.body.trim().replace(/\n\s+/g, "\n")
    const source = { name: entry.name, text }
    body = { program: parseProgram(source), source }
    bodies.set(entry.name, body)
  }
  return body
}

/** A composition: its body runs in the place of the call. */
function inline(context: Context, entry: Composition, given: ReadonlyMap<string, Value>, span: Span): Value {
  if (context.depth >= DEEPEST_CALL) failAt(span, "calls are nested too deeply", `${DEEPEST_CALL} at most`)
  const { program, source } = bodyOf(entry)
  const scope = newScope()
  for (const [name, value] of withDefaults(entry, given)) scope.names.set(name, value)
  const { free: _, ...rest } = context
  return run({ ...rest, source, via: span, depth: context.depth + 1 }, program, scope)
}

function callClosure(context: Context, closure: Closure, args: readonly GivenArgument[], span: Span): Value {
  if (context.depth >= DEEPEST_CALL)
    failAt(span, "calls are nested too deeply", `${closure.name} calls itself without end`)
  const given: GivenNames = { put: new Map(), written: new Set() }
  const scope: Scope = { ...newScope(closure.scope), given }
  const bind = (name: string, { value, put }: GivenArgument): void => {
    scope.names.set(name, value)
    if (put) given.put.set(name, put)
  }
  const inner: Context = {
    ...context,
    source: closure.source,
    via: closure.file ? closure.via : closure.source === context.source ? context.via : span,
    ...(closure.file ? { file: closure.file, calls: span } : {}),
    depth: context.depth + 1,
  }
  const positional = args.filter((a) => a.name === undefined)
  let k = 0
  for (const param of closure.params) {
    const named = args.find((a) => a.name === param.name)
    if (param.kind === "rest") {
      scope.names.set(
        param.name,
        positional.slice(k).map((a) => a.value),
      )
      k = positional.length
    } else if (param.kind === "options") {
      const others = args.filter((a) => a.name !== undefined && !closure.params.some((p) => p.name === a.name))
      scope.names.set(param.name, { kind: "dict", entries: new Map(others.map((a) => [a.name!, a.value])) })
    } else if (param.kind !== "keyword" && k < positional.length) bind(param.name, positional[k++]!)
    else if (named) bind(param.name, named)
    else if (param.default) scope.names.set(param.name, evaluate(inner, param.default, closure.scope))
    else failAt(span, `${closure.name} needs its argument ${param.name}`)
  }
  if (k < positional.length)
    failAt(
      positional[k]!.span,
      `${closure.name} takes ${closure.params.length} argument${closure.params.length === 1 ? "" : "s"}, not ${positional.length}`,
    )
  const unknown = args.find(
    (a) => a.name !== undefined && !closure.params.some((p) => p.name === a.name || p.kind === "options"),
  )
  if (unknown)
    failAt(unknown.span, `${closure.name} has no argument ${unknown.name}`, "", {
      close: suggest(
        unknown.name!,
        closure.params.map((p) => p.name),
      ),
    })
  const result = closure.run(inner, scope)
  for (const name of given.written) given.put.get(name)?.(scope.names.get(name)!)
  return result
}

/** Calls a function value with arguments as they were given. */
export const callGiven = (context: Context, f: Value, args: readonly GivenArgument[], span: Span): Value =>
  callKnown(context, f, args, span, span)

/** Calls a function value with positional arguments. */
export const callWith = (context: Context, f: Value, values: readonly Value[], span: Span): Value =>
  callKnown(
    context,
    f,
    values.map((value) => ({ value, span })),
    span,
    span,
  )

/** Evaluates a derivative formula with names bound to nodes and static arguments. */
export function evaluateFormula(context: Context, expr: Expr, names: ReadonlyMap<string, Value>): Node {
  const scope = newScope()
  for (const [name, value] of names) scope.names.set(name, value)
  return toNode(context, evaluate(context, expr, scope), spanOf(context, expr))
}
