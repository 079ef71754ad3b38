// State that outlives a statement: variables that are assigned to, and metric objects that are updated and then read.
import type { Span } from "../source/text.ts"
import type { GivenArgument } from "./calls.ts"
import { addConstant } from "./node.ts"
import { operate } from "./operators.ts"
import { build, type Context, failAt, toNode } from "./scope.ts"
import { wholeNumbers } from "./static.ts"
import { type Builtin, kindOf, tensor, type Value, type Variable } from "./values.ts"

/** What is put into a variable leaves its graph: whoever reads it later gets the number alone. */
export const stored = (context: Context, value: Value, span: Span): Value =>
  tensor(build(context, "stop_gradient", [toNode(context, value, span)], {}, span))

export const newVariable = (context: Context, value: Value, span: Span): Variable => ({
  kind: "variable",
  holds: { value: stored(context, value, span) },
})

/** A weight that a layer or metric asks for: filled with what its initializer says, zeros where it says nothing. */
export function newWeight(context: Context, args: readonly GivenArgument[], span: Span): Variable {
  const given = (...names: string[]): Value => args.find((a) => names.includes(a.name ?? ""))?.value ?? null
  const shape = given("shape") ?? args.find((a) => Array.isArray(a.value))?.value ?? []
  const ones = /ones/i.test(String(given("initializer")))
  const size = wholeNumbers(shape, span, "a shape")
  const data = new Float64Array(size.reduce((a, b) => a * b, 1)).fill(ones ? 1 : 0)
  return { kind: "variable", holds: { value: tensor(addConstant(context.graph, data, size)) } }
}

/** A variable stands for its value everywhere but left of a method's dot. */
export const readVariable = (value: Value): Value =>
  kindOf(value) === "variable" ? (value as Variable).holds.value : value

const changes: ReadonlyMap<string, "+" | "-" | ""> = new Map([
  ["assign", ""],
  ["assign_add", "+"],
  ["assign_sub", "-"],
])
const reads: ReadonlySet<string> = new Set(["read_value", "value"])

/** A method of a variable; undefined for one that is any tensor's. */
export function variableCall(
  context: Context,
  { holds }: Variable,
  name: string,
  args: readonly GivenArgument[],
  span: Span,
): Value | undefined {
  if (reads.has(name)) return holds.value
  const sign = changes.get(name)
  if (sign === undefined) return undefined
  const given = args[0]?.value
  if (given === undefined) return failAt(span, `${name} needs a value`)
  holds.value = stored(context, sign === "" ? given : operate(context, sign, holds.value, given, span), span)
  return holds.value
}

/** What metric objects hold: the value of their last update. */
const states = new WeakMap<Builtin, Value>()
const updates: ReadonlySet<string> = new Set(["update_state", "update"])
const results: ReadonlySet<string> = new Set(["result", "compute"])

/** A method of a metric object of the vocabulary; `call` computes its value for arguments. */
export function metricCall(
  context: Context,
  metric: Builtin,
  name: string,
  call: () => Value,
  span: Span,
): Value | undefined {
  if (updates.has(name)) {
    states.set(metric, stored(context, call(), span))
    return null
  }
  if (/^reset(_states?)?$/.test(name)) {
    states.delete(metric)
    return null
  }
  if (results.has(name)) return states.get(metric) ?? failAt(span, `${name} is read before any update`)
  return undefined
}
