// Operators on values: arithmetic, comparison and logic, on known numbers at once and on tensors as nodes.
import { operation } from "../ops/table.ts"
import { count } from "../source/count.ts"
import type { Span } from "../source/text.ts"
import type { BinaryOp, CompareOp, Expr, ExprOf } from "../syntax/ast.ts"
import { callValue } from "./calls.ts"
import { isMasked, onSelection } from "./masked.ts"
import { build, type Context, failAt, lookUp, toNode } from "./scope.ts"
import { byOwnRule, comparedByRule, special } from "./special-methods.ts"
import { entriesOf, knownNumber, knownTruth } from "./static.ts"
import { evaluate } from "./trace.ts"
import { type Dict, isTensor, kindOf, type Module, type Scope, tensor, type Value } from "./values.ts"

const binary = new Map<BinaryOp, string>([
  ["+", "add"],
  ["-", "sub"],
  ["*", "mul"],
  ["/", "div"],
  ["//", "floor_divide"],
  ["%", "remainder"],
  ["**", "pow"],
  ["&", "logical_and"],
  ["|", "logical_or"],
  ["^", "logical_xor"],
])
const compare = new Map<CompareOp, string>([
  ["<", "lt"],
  ["<=", "le"],
  [">", "gt"],
  [">=", "ge"],
  ["==", "eq"],
  ["!=", "ne"],
])

/** Entries of a list, or letters of a text: what doubles in a loop would soon fill any memory. */
const LONGEST = 100_000

function withinReach(length: number, span: Span): void {
  if (length > LONGEST) failAt(span, "this grows too long to follow", `${count(LONGEST)} entries at most`)
}

const has = (list: readonly Value[], x: Value): boolean => list.some((v) => sameValue(v, x))
/** Sets are lists here. */
const ofSets = new Map<BinaryOp, (a: readonly Value[], b: readonly Value[]) => Value[]>([
  ["|", (a, b) => [...a, ...b.filter((v) => !has(a, v))]],
  ["&", (a, b) => a.filter((v) => has(b, v))],
  ["-", (a, b) => a.filter((v) => !has(b, v))],
  ["^", (a, b) => [...a.filter((v) => !has(b, v)), ...b.filter((v) => !has(a, v))]],
])

/** Whole numbers that are known are moved by their bits. */
function shifted(op: BinaryOp, left: Value, right: Value, span: Span): Value {
  const [a, b] = [knownNumber(left), knownNumber(right)]
  if (a === undefined || b === undefined || !Number.isInteger(a) || !Number.isInteger(b))
    return failAt(span, `the operator ${op} works on whole numbers only and is not followed`)
  return op === "<<" ? a * 2 ** b : Math.floor(a / 2 ** b)
}

/** Arithmetic on known numbers stays known; anything with a tensor becomes a node. */
export function operate(context: Context, op: BinaryOp, left: Value, right: Value, span: Span): Value {
  const own = byOwnRule(context, op, left, right, span)
  if (own !== undefined) return own
  if (op === "@")
    return callValue(
      context,
      { name: "matmul" },
      [
        { value: left, span },
        { value: right, span },
      ],
      span,
      span,
    )
  const name = binary.get(op)
  if (!name) return shifted(op, left, right, span)
  if (Array.isArray(left) && op === "+" && Array.isArray(right)) {
    withinReach(left.length + right.length, span)
    return [...left, ...right]
  }
  if (op === "*" && (Array.isArray(left) || Array.isArray(right))) {
    const [list, count] = Array.isArray(left) ? [left, right] : [right as Value[], left]
    if (typeof count === "number") {
      if (list.length === 0 || count <= 0) return []
      withinReach(list.length * count, span)
      return Array.from({ length: count }, () => list).flat()
    }
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    const sets = ofSets.get(op)
    if (sets) return sets(left, right)
  }
  if (op === "|" && kindOf(left) === "dict" && kindOf(right) === "dict")
    return { kind: "dict", entries: new Map([...(left as Dict).entries, ...(right as Dict).entries]) }
  if (typeof left === "string" || typeof right === "string") {
    if (typeof left === "string" && op === "%") return "…"
    const [text, times] = typeof left === "string" ? [left, right] : [right as string, left]
    if (op === "*" && typeof times === "number") {
      withinReach(text.length * times, span)
      return text.repeat(Math.max(0, times))
    }
    if (typeof left !== "string" || typeof right !== "string" || op !== "+")
      return failAt(span, "text has no arithmetic here")
    withinReach(left.length + right.length, span)
    return left + right
  }
  // In the language itself ^ is a power; between two truths nothing but "one of the two" can be meant.
  const truths = [left, right].every((v) => isTensor(v) && v.node.type === "truth")
  return pointwise(context, name === "pow" && truths ? "logical_xor" : name, [left, right], span)
}

/** A pointwise operation over values: known numbers are computed, selections by a mask stay selections. */
export function pointwise(context: Context, name: string, args: readonly Value[], span: Span): Value {
  const op = operation(name)
  if (op.value && args.every((a) => typeof a === "number" || typeof a === "boolean")) {
    const result = op.value(...args.map(Number))
    return op.type(["real"], {}) === "truth" ? result !== 0 : result
  }
  if (args.some(isMasked)) return onSelection(context, op, args, {}, span)
  return tensor(
    build(
      context,
      op,
      args.map((a) => toNode(context, a, span)),
      {},
      span,
    ),
  )
}

export function negate(context: Context, op: ExprOf<"Unary">["op"], operand: Value, span: Span): Value {
  const own = op === "-" ? special(context, operand, "__neg__", [], span) : undefined
  if (own !== undefined) return own
  if (op === "not" || op === "~") {
    const known = op === "not" || typeof operand === "boolean" ? knownTruth(operand) : undefined
    return known !== undefined ? !known : pointwise(context, "logical_not", [operand], span)
  }
  return op === "+" ? operand : pointwise(context, "neg", [operand], span)
}

/** `k in range(low, high)` where a bound is a tensor: between the two. Undefined for what is no such range. */
function inRange(context: Context, left: Value, right: Expr, scope: Scope, span: Span): Value | undefined {
  if (right.type !== "Call" || right.callee.type !== "Name" || right.callee.name !== "range") return undefined
  if (right.args.length < 1 || right.args.length > 2 || lookUp(context, scope, "range") !== undefined) return undefined
  const bounds = right.args.map((a) => evaluate(context, a.value, scope))
  if (bounds.every((b) => knownNumber(b) !== undefined)) return undefined
  const [low, high] = bounds.length === 1 ? [0, bounds[0]!] : [bounds[0]!, bounds[1]!]
  const sides = [pointwise(context, "ge", [left, low], span), pointwise(context, "lt", [left, high], span)]
  return joinTruths(context, "logical_and", sides[0]!, sides[1]!, span)
}

export function compareChain(context: Context, expr: ExprOf<"Compare">, scope: Scope, span: Span): Value {
  let left = evaluate(context, expr.first, scope)
  let start = expr.start
  let result: Value | undefined
  for (const { op, right: next } of expr.rest) {
    const place = { ...span, start, end: expr.rest.length === 1 ? expr.end : next.end }
    const within = op === "in" || op === "not in" ? inRange(context, left, next, scope, place) : undefined
    const right = within === undefined ? evaluate(context, next, scope) : null
    const one =
      within === undefined
        ? comparePair(context, op, left, right, place)
        : op === "in"
          ? within
          : pointwise(context, "logical_not", [within], place)
    result = result === undefined ? one : joinTruths(context, "logical_and", result, one, span)
    if (result === false) return false
    left = right
    start = next.start
  }
  return result!
}

/** Second names of number types. */
const typeNames = new Map([
  ["float", "float32"],
  ["double", "float64"],
  ["half", "float16"],
  ["long", "int64"],
  ["int", "int32"],
  ["bool_", "bool"],
])
/** The name of a number type; the path itself of anything else. */
function typeName({ path }: Module): string {
  const last = path.slice(path.lastIndexOf(".") + 1)
  const own = typeNames.get(last) ?? last
  return /^(b?float|u?int|bool|complex)\d*$/.test(own) ? own : path
}

const sameValue = (a: Value, b: Value): boolean => {
  if (kindOf(a) === "module" && kindOf(b) === "module")
    return (a as Module).path === (b as Module).path || typeName(a as Module) === typeName(b as Module)
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((v, k) => sameValue(v, b[k]!))
  return knownNumber(a) !== undefined && knownNumber(b) !== undefined ? knownNumber(a) === knownNumber(b) : a === b
}

export function comparePair(context: Context, op: CompareOp, left: Value, right: Value, span: Span): Value {
  if (op === "is" || op === "is not") return (left === right || (left === null && right === null)) === (op === "is")
  const own = comparedByRule(context, op, left, right, span)
  if (own !== undefined) return own
  if (op === "in" || op === "not in") {
    const entries =
      typeof right === "string" && typeof left === "string" ? (right.includes(left) ? [left] : []) : entriesOf(right)
    if (!entries || isTensor(left)) failAt(span, `${op} works on known lists only`)
    return entries.some((e) => sameValue(e, left)) === (op === "in")
  }
  const symbolic = [left, right].some((v) => (isTensor(v) || kindOf(v) === "masked") && knownNumber(v) === undefined)
  if (!symbolic && (typeof left !== "number" || typeof right !== "number") && (op === "==" || op === "!="))
    return sameValue(left, right) === (op === "==")
  if (Array.isArray(left) && Array.isArray(right) && [...left, ...right].every((v) => knownNumber(v) !== undefined))
    return inOrder(
      op,
      left.map((v) => knownNumber(v)!),
      right.map((v) => knownNumber(v)!),
    )
  if (typeof left === "string" && typeof right === "string")
    return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[op as "<"]
  // A tensor is never equal to None, nor to a text.
  if ([left, right].some((v) => v === null || typeof v === "string"))
    return op === "==" || op === "!=" ? op === "!=" : failAt(span, "these two cannot be compared")
  return pointwise(context, compare.get(op)!, [left, right], span)
}

/** Lists of numbers are compared entry by entry; of two that agree as far as the shorter one goes, that is the less. */
function inOrder(op: CompareOp, left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((v, k) => v !== right[k])
  const less = at < 0 ? left.length - right.length : at >= right.length ? 1 : left[at]! - right[at]!
  return op === "<" ? less < 0 : op === "<=" ? less <= 0 : op === ">" ? less > 0 : less >= 0
}

function joinTruths(
  context: Context,
  name: "logical_and" | "logical_or",
  left: Value,
  right: Value,
  span: Span,
): Value {
  const known = knownTruth(left)
  if (known !== undefined) return known === (name === "logical_and") ? right : left
  return pointwise(context, name, [left, right], span)
}

export function logic(context: Context, expr: ExprOf<"Bool">, scope: Scope, span: Span): Value {
  const name = expr.op === "and" ? "logical_and" : "logical_or"
  let result = evaluate(context, expr.items[0]!, scope)
  for (const item of expr.items.slice(1)) {
    const known = knownTruth(result)
    if (known !== undefined && known !== (expr.op === "and")) return result
    result = joinTruths(context, name, result, evaluate(context, item, scope), {
      ...span,
      start: expr.start,
      end: item.end,
    })
  }
  return result
}
