// Reading values that must be known before anything is computed: axes, shapes, flags, loop lengths.

import type { Static } from "../ops/record.ts"
import { Problem } from "../source/problem.ts"
import type { Span } from "../source/text.ts"
import { belowOf, dataOf, inputName, isConstant, isInput, type Node } from "./node.ts"
import { isEnumeration, tupleOf } from "./objects.ts"
import { type Context, ShapeProblem } from "./scope.ts"
import { type Dict, isTensor, kindOf, type Value } from "./values.ts"

/** The number that a value is known to be. */
export function knownNumber(value: Value): number | undefined {
  if (typeof value === "number") return value
  if (typeof value === "boolean") return value ? 1 : 0
  if (isTensor(value) && isConstant(value.node) && value.node.shape.length === 0) return dataOf(value.node)[0]
  return undefined
}

/** Known Python truth of a value; undefined when it depends on data. */
export function knownTruth(value: Value): boolean | undefined {
  const number = knownNumber(value)
  if (number !== undefined) return number !== 0
  if (value === null) return false
  if (typeof value === "string" || Array.isArray(value)) return value.length > 0
  if (kindOf(value) === "dict") return (value as Dict).entries.size > 0
  return isTensor(value) || kindOf(value) === "masked" ? undefined : true
}

/** A number that depends on inputs where it must be known: it may be a setting that was taken for an input. */
export class OpenNumber extends Problem {
  /** The inputs that it is computed from. */
  readonly inputs: readonly string[]
  constructor(headline: string, value: Value, span: Span) {
    super({ headline, mark: { span, text: isTensor(value) ? "this depends on the inputs" : "" } })
    this.inputs = isTensor(value) ? [...belowOf(value.node)].filter(isInput).map(inputName) : []
  }
}

export function wholeNumber(value: Value, span: Span, what: string): number {
  const number = knownNumber(value)
  const headline = `${what} must be a whole number that is known beforehand`
  if (number === undefined) throw new OpenNumber(headline, value, span)
  if (!Number.isInteger(number)) throw new ShapeProblem({ headline, mark: { span, text: "" } })
  return number
}

/** A number that must be known before anything is computed. */
export function settledNumber(value: Value, span: Span, what: string): number {
  const number = knownNumber(value)
  if (number === undefined) throw new OpenNumber(`${what} must be known beforehand`, value, span)
  return number
}

/** Numbers of the graph that say how long an axis is whose length depends on data: which of its entries there are. */
export const counted = new WeakMap<Node, Node>()

/** Which entries there are of the axis that a number counts. */
export function countedBy(value: Value): Node | undefined {
  if (!isTensor(value)) return undefined
  let { node } = value
  while (!counted.has(node) && node.op.pointwise && node.inputs.length === 1) node = node.inputs[0]!
  return counted.get(node)
}

/** A list of whole numbers: one number counts as a list of one. An axis whose length depends on data keeps all its entries. */
export function wholeNumbers(value: Value, span: Span, what: string): number[] {
  if (Array.isArray(value)) return value.map((v) => countedBy(v)?.shape[0] ?? wholeNumber(v, span, what))
  if (isTensor(value) && isConstant(value.node) && value.node.shape.length === 1) return [...dataOf(value.node)]
  return [wholeNumber(value, span, what)]
}

/** A value as a static argument of an operation. */
export function toStatic(_context: Context, value: Value, span: Span, what: string): Static {
  if (value === null || typeof value === "string" || value instanceof Int32Array) return value
  if (typeof value === "boolean") return value
  if (Array.isArray(value)) return wholeNumbers(value, span, what)
  return settledNumber(value, span, what)
}

/** Of what stands in an enumeration, functions are its methods. */
const isMember = (name: string, value: Value): boolean =>
  !name.startsWith("_") && !["closure", "method", "struct", "class"].includes(kindOf(value))

/** Entries to loop over: a list, a known vector, a string, a dictionary's keys. */
export function entriesOf(value: Value): Value[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value === "string") return [...value]
  if (value && typeof value === "object" && "kind" in value) {
    if (value.kind === "dict") return [...value.entries.keys()]
    if (value.kind === "struct") return [...value.fields.values()]
    if (value.kind === "object") return tupleOf(value)
    // The members of an enumeration are their values.
    if (value.kind === "class" && isEnumeration(value))
      return [...value.members].flatMap(([name, v]) => (isMember(name, v) ? [v] : []))
  }
  return undefined
}
