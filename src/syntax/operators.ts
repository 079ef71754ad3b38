// The table of infix operators: how tightly they bind and which node they make.
import type { BinaryOp, CompareOp } from "./ast.ts"
import { isOp, type Parser, partnerOf, peek, previous, tokenAt } from "./parser.ts"
import { CLOSERS } from "./tokens.ts"

/** How tightly things bind, loosest first; shared by parser and printer. */
export const LEVEL = {
  tuple: 0,
  test: 1,
  or: 2,
  and: 3,
  not: 4,
  compare: 5,
  bitOr: 6,
  bitXor: 7,
  bitAnd: 8,
  shift: 9,
  sum: 10,
  product: 11,
  unary: 12,
  power: 13,
  postfix: 14,
} as const

export type Infix =
  | { readonly kind: "binary"; readonly level: number; readonly op: BinaryOp }
  | { readonly kind: "compare"; readonly level: number; readonly op: CompareOp }
  | { readonly kind: "bool"; readonly level: number; readonly op: "and" | "or" }

export const BINARY_LEVEL: Readonly<Record<BinaryOp, number>> = {
  "|": LEVEL.bitOr,
  "^": LEVEL.bitXor,
  "&": LEVEL.bitAnd,
  "<<": LEVEL.shift,
  ">>": LEVEL.shift,
  "+": LEVEL.sum,
  "-": LEVEL.sum,
  "*": LEVEL.product,
  "/": LEVEL.product,
  "//": LEVEL.product,
  "%": LEVEL.product,
  "@": LEVEL.product,
  "**": LEVEL.power,
}

const binary = (op: BinaryOp): [string, Infix] => [op, { kind: "binary", level: BINARY_LEVEL[op], op }]
const compare = (op: CompareOp): [string, Infix] => [op, { kind: "compare", level: LEVEL.compare, op }]

export const BINARY_OPS: readonly BinaryOp[] = ["|", "^", "&", "<<", ">>", "+", "-", "*", "/", "//", "%", "@", "**"]
const COMPARE_OPS: readonly CompareOp[] = ["<", "<=", ">", ">=", "==", "!="]

const SIGNS: ReadonlyMap<string, Infix> = new Map([...BINARY_OPS.map(binary), ...COMPARE_OPS.map(compare)])
const POWER: Infix = { kind: "binary", level: LEVEL.power, op: "**" }
const WORDS: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ["or", { kind: "bool", level: LEVEL.or, op: "or" }],
  ["and", { kind: "bool", level: LEVEL.and, op: "and" }],
  compare("in"),
  compare("is"),
])
const NOT_IN: Infix = { kind: "compare", level: LEVEL.compare, op: "not in" }
const IS_NOT: Infix = { kind: "compare", level: LEVEL.compare, op: "is not" }

/** The operator at the next token, and how many tokens it takes: two for `not in` and `is not`. */
export function infixAt(p: Parser): Infix | undefined {
  const token = peek(p)
  if (token.kind === "op") {
    if (!p.paper) return SIGNS.get(token.text)
    if (token.text === "^") return POWER
    // A bar closes the bars that are open, and belongs to the `=` that touches it: `a |= b` is two tokens.
    if (token.text === "|" && (p.bars > 0 || timesBars(p) || assignsOr(p) || doubleBar(p) || afterBar(p)))
      return undefined
    return SIGNS.get(token.text)
  }
  if (token.kind !== "keyword") return undefined
  const next = peek(p, 1)
  if (token.text === "not") return next.kind === "keyword" && next.text === "in" ? NOT_IN : undefined
  if (token.text === "is" && next.kind === "keyword" && next.text === "not") return IS_NOT
  return WORDS.get(token.text)
}

export const infixLength = (infix: Infix): number => (infix === NOT_IN || infix === IS_NOT ? 2 : 1)

export const assignsOr = (p: Parser): boolean =>
  isOp(peek(p), "|") && isOp(peek(p, 1), "=") && peek(p).end === peek(p, 1).start

/** A bar that touches the one before: `|a||b|` is two absolute values with nothing between them. */
export const afterBar = (p: Parser): boolean => isOp(previous(p), "|") && previous(p)?.end === peek(p).start

/** How far a bar looks for the bar that closes it. */
const FARTHEST_BAR = 100

/** `2|x|`: bars that touch a number, and close, are a factor; `1|2` stays what it is in Python. */
export function timesBars(p: Parser): boolean {
  const bar = peek(p)
  const before = previous(p)
  if (!p.paper || p.bars > 0 || !isOp(bar, "|") || before?.kind !== "number" || before.end !== bar.start) return false
  let i = p.at + (doubleBar(p) ? 2 : 1)
  for (const stop = i + FARTHEST_BAR; i < stop; i++) {
    const token = tokenAt(p, i)
    if (token === undefined || isOp(token, "|")) return token !== undefined
    if (token.kind === "newline" || token.kind === "end" || token.kind === "error") return false
    if (token.kind !== "op") continue
    if (CLOSERS.has(token.text)) i = partnerOf(p, token)
    else if (/^[)\]},;=]$/.test(token.text)) return false
    if (i < 0) return false
  }
  return false
}

/** `||` where an operator stands. */
export const doubleBar = (p: Parser): boolean =>
  isOp(peek(p), "|") && isOp(peek(p, 1), "|") && peek(p).end === peek(p, 1).start
