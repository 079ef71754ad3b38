// The operators: conditional, lambda's place, every infix and prefix operator, calls, attributes and subscripts.
import type { CompareOp, Expr, UnaryOp } from "./ast.ts"
import { parseAtom } from "./atoms.ts"
import { parseCall, parseLambda, parseSubscript } from "./calls.ts"
import { noElse, notNeedsBrackets, questionMark } from "./choices.ts"
import { calledString, setInArithmetic } from "./habits.ts"
import { missingOperand } from "./messages.ts"
import { type Infix, infixAt, infixLength, LEVEL } from "./operators.ts"
import { checkRootReach, impliedProduct, impliesProduct, isDefinition } from "./paper.ts"
import {
  acceptWord,
  enter,
  give,
  isOp,
  isWord,
  lastEnd,
  MOST_HEIGHT,
  type Parser,
  peek,
  previous,
  take,
  tooDeep,
} from "./parser.ts"

/** An expression without commas, `:=` and stars. */
export function parseTest(p: Parser): Expr {
  if (isWord(peek(p), "lambda")) return parseLambda(p)
  const { start } = peek(p)
  return parseConditional(p, parseBinary(p, LEVEL.or), start)
}

/** What may follow a value: `… if test else otherwise`. */
export function parseConditional(p: Parser, then: Expr, start: number): Expr {
  if (isOp(peek(p), "?")) questionMark(p, start)
  if (!acceptWord(p, "if")) return then
  const test = parseBinary(p, LEVEL.or)
  if (!acceptWord(p, "else")) noElse(p, start)
  enter(p)
  const otherwise = parseTest(p)
  p.depth--
  return { type: "Conditional", test, then, otherwise, start, end: lastEnd(p) }
}

/**
 * Operators that bind at least as tightly as `min`. Recursion goes into right operands only, so a long sum costs no
 * stack. `given` is a first operand that was read already.
 */
export function parseBinary(p: Parser, min: number, start = peek(p).start, given?: Expr): Expr {
  enter(p)
  let left = given ?? parsePrefix(p, min)
  for (let length = 0; ; length++) {
    if (length > MOST_HEIGHT) tooDeep(p, MOST_HEIGHT)
    const infix = infixAt(p)
    if (infix === undefined) {
      if (!p.paper || min > LEVEL.product || !impliesProduct(p)) break
      left = impliedProduct(p, left, start)
    } else if (infix.level < min || endsClause(p, infix)) break
    else if (infix.kind === "compare") left = parseComparison(p, left, start)
    else if (infix.kind === "bool") left = parseBool(p, infix.op, infix.level, left, start)
    else {
      const op = take(p)
      const right = parseBinary(p, infix.op === "**" ? LEVEL.unary : infix.level + 1)
      if (p.paper) {
        if (infix.op === "**") checkRootReach(p, left, start)
        setInArithmetic(p, infix.op, left, right)
      }
      left = { type: "Binary", op: infix.op, left, right, opStart: op.start, start, end: lastEnd(p) }
    }
  }
  p.depth--
  return left
}

/** In `where a = 1 and b = 2` the word separates definitions. */
const endsClause = (p: Parser, infix: Infix): boolean =>
  p.clause && infix.kind === "bool" && infix.op === "and" && isDefinition(p, p.at + 1)

function parseComparison(p: Parser, first: Expr, start: number): Expr {
  const rest: { op: CompareOp; right: Expr }[] = []
  for (let infix = infixAt(p); infix?.kind === "compare"; infix = infixAt(p)) {
    p.at += infixLength(infix)
    rest.push({ op: infix.op, right: parseBinary(p, LEVEL.compare + 1) })
  }
  return { type: "Compare", first, rest, start, end: lastEnd(p) }
}

function parseBool(p: Parser, op: "and" | "or", level: number, first: Expr, start: number): Expr {
  const items = [first]
  while (isWord(peek(p), op) && !(p.clause && op === "and" && isDefinition(p, p.at + 1))) {
    take(p)
    items.push(parseBinary(p, level + 1))
  }
  return { type: "Bool", op, items, start, end: lastEnd(p) }
}

const PREFIX: ReadonlyMap<string, UnaryOp> = new Map<string, UnaryOp>([
  ["-", "-"],
  ["+", "+"],
  ["~", "~"],
])

function parsePrefix(p: Parser, min: number): Expr {
  const token = peek(p)
  if (token.kind === "op") {
    const op = PREFIX.get(token.text)
    if (op !== undefined) {
      take(p)
      const operand = parseBinary(p, LEVEL.unary)
      return { type: "Unary", op, operand, start: token.start, end: lastEnd(p) }
    }
    if (token.text === "√") return parseRoot(p)
  } else if (token.kind !== "keyword") return parsePostfix(p)
  else if (token.text === "await" && !p.paper) return parseAwait(p)
  else if (token.text === "not") {
    if (min > LEVEL.not) notNeedsBrackets(p)
    take(p)
    const operand = parseBinary(p, LEVEL.not)
    return { type: "Unary", op: "not", operand, start: token.start, end: lastEnd(p) }
  }
  return parsePostfix(p)
}

/** What is waited for is the value. */
function parseAwait(p: Parser): Expr {
  take(p)
  enter(p)
  const value = isWord(peek(p), "await") ? parseAwait(p) : parsePostfix(p)
  p.depth--
  return value
}

/** `√x`: the root of what follows directly. */
function parseRoot(p: Parser): Expr {
  const { start, end } = take(p)
  enter(p)
  const from = peek(p).start
  const value = isOp(peek(p), "√") ? parseRoot(p) : parsePostfix(p)
  p.depth--
  const callee: Expr = { type: "Name", name: "sqrt", start, end }
  return { type: "Call", callee, args: [{ value, start: from, end: lastEnd(p) }], start, end: lastEnd(p) }
}

/** A value and what hangs on it: `.name`, `(…)`, `[…]`. */
export function parsePostfix(p: Parser, start = peek(p).start, given?: Expr): Expr {
  let left = given ?? parseAtom(p)
  for (let length = 0; ; length++) {
    if (length > MOST_HEIGHT) tooDeep(p, MOST_HEIGHT)
    const token = peek(p)
    if (token.kind !== "op") return left
    if (token.text === "(") {
      // `2(x + 1)` is a product on paper; `(2)(x)` stays a call.
      if (p.paper && previous(p)?.kind === "number") return left
      if (p.paper) calledString(p, left)
      left = parseCall(p, left, start)
    } else if (token.text === "[") left = parseSubscript(p, left, start)
    else if (token.text === ".") left = parseAttribute(p, left, start)
    else return left
  }
}

function parseAttribute(p: Parser, object: Expr, start: number): Expr {
  take(p)
  const token = peek(p)
  if (token.kind === "error") missingOperand(p)
  if (token.kind !== "name" && token.kind !== "keyword") {
    const { start, end } = previous(p) ?? token
    give(p, { start, end, headline: "a name is missing after `.`", text: "a name is expected after this" })
  }
  take(p)
  return { type: "Attribute", object, name: token.text, start, end: token.end }
}
