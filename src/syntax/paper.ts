// Paper notation that is not a matter of single signs: bars, products without a sign, and how far a root reaches.
import type { Expr } from "./ast.ts"
import { parseBinary, parseConditional, parsePostfix, parseTest } from "./expressions.ts"
import { stuck } from "./messages.ts"
import { doubleBar, LEVEL, timesBars } from "./operators.ts"
import {
  give,
  isOp,
  lastEnd,
  type Parser,
  partnerOf,
  peek,
  previous,
  quoted,
  replaced,
  take,
  tokenAt,
} from "./parser.ts"
import type { Token } from "./tokens.ts"

/** Whether a definition begins at a token: `NAME =` or `NAME(…) =`. */
export function isDefinition(p: Pick<Parser, "lexer">, at: number): boolean {
  if (tokenAt(p, at)?.kind !== "name") return false
  const next = tokenAt(p, at + 1)
  if (next !== undefined && isOp(next, "(")) {
    const partner = partnerOf(p, next)
    return partner >= 0 && isOp(tokenAt(p, partner + 1), "=")
  }
  return isOp(next, "=")
}

/** Whether the word `where` with a definition behind it stands at a token; line breaks between them do not count. */
export function isWhere(p: Parser, at = p.at): boolean {
  const token = tokenAt(p, at)
  return token?.kind === "name" && token.text === "where" && isDefinition(p, skipLines(p, at + 1))
}

export function skipLines(p: Parser, at: number): number {
  let i = at
  for (;;) {
    const kind = tokenAt(p, i)?.kind
    if (kind !== "newline" && kind !== "indent" && kind !== "dedent") return i
    i++
  }
}

const call = (name: string, start: number, end: number, value: Expr, inside: { start: number; end: number }): Expr => ({
  type: "Call",
  callee: { type: "Name", name, start, end },
  args: [{ value, start: inside.start, end: inside.end }],
  start,
  end,
})

/**
 * `|x|` is abs(x), `||x||` is norm(x). Two bars that open may also be two absolute values, `||x| - 1|`: which one it is
 * shows when the first bar closes, so nothing is read twice.
 */
export function parseBars(p: Parser): Expr {
  const first = take(p)
  const second = isOp(peek(p), "|") && peek(p).start === first.end ? take(p) : undefined
  const outer = p.bars
  p.bars = outer + 1
  const from = peek(p).start
  let value = parseTest(p)
  let inside = { start: from, end: lastEnd(p) }
  if (second !== undefined) {
    if (doubleBar(p)) {
      take(p)
      p.bars = outer
      return whole(call("norm", first.start, take(p).end, value, inside), second.end)
    }
    closeBar(p, second)
    const inner = whole(call("abs", second.start, lastEnd(p), value, inside), second.end)
    const left = parseBinary(p, LEVEL.or, second.start, parsePostfix(p, second.start, inner))
    value = parseConditional(p, left, second.start)
    inside = { start: second.start, end: lastEnd(p) }
  }
  closeBar(p, first)
  p.bars = outer
  return whole(call("abs", first.start, lastEnd(p), value, inside), first.end)
}

/** The name that a bar stands for lies on the bar that opens. */
const whole = (made: Expr, barEnd: number): Expr =>
  made.type === "Call" ? { ...made, callee: { ...made.callee, end: barEnd } } : made

function closeBar(p: Parser, opener: Token) {
  const token = peek(p)
  if (isOp(token, "|")) {
    take(p)
    return
  }
  const ended = token.kind === "end" || token.kind === "newline" || token.kind === "dedent"
  if (!ended && !isOp(token, ")") && !isOp(token, "]") && !isOp(token, "}") && !isOp(token, ",")) stuck(p)
  give(p, {
    start: lastEnd(p),
    end: lastEnd(p),
    headline: "a bar is still open",
    text: "`|` is missing here",
    also: [{ start: opener.start, end: opener.end, text: "opened here" }],
  })
}

/** Whether the next token multiplies the number before it: `2x`, `2(x + 1)`. */
export function impliesProduct(p: Parser): boolean {
  if (previous(p)?.kind !== "number") return false
  const token = peek(p)
  if (token.kind === "name") return !isWhere(p) && token.text !== "then"
  return token.kind === "op" && (token.text === "(" || token.text === "√" || timesBars(p))
}

/** `2x` behind its number, which ends `left`. */
export function impliedProduct(p: Parser, left: Expr, start: number): Expr {
  const opStart = lastEnd(p)
  const reach = reachesInto(left)
  if (reach !== undefined) unclear(p, reach, start)
  const right = parseBinary(p, LEVEL.product + 1)
  return { type: "Binary", op: "*", left, right, opStart, start, end: lastEnd(p) }
}

/** The operator whose right side ends in the number: past it, a product without a sign could mean two things. */
function reachesInto(left: Expr): Expr | undefined {
  let node = left
  for (;;) {
    if (node.type === "Unary") node = node.operand
    else if (node.type === "Binary") {
      if (node.op === "/" || node.op === "//" || node.op === "%" || node.op === "**") return node
      node = node.right
    } else return node.type === "Call" ? node : undefined
  }
}

function unclear(p: Parser, reach: Expr, start: number): never {
  const number = previous(p)?.start ?? start
  const from = lastEnd(p)
  const end = endOfFactor(p)
  const factor = p.text.slice(peek(p).start, end)
  const digits = p.text.slice(number, from)
  const product = `${digits}*${factor}`
  const shown = quoted(p, reach.start, end)
  const op = reach.type === "Binary" ? reach.op : ""
  const headline =
    op === "**"
      ? `it is not clear how far the exponent reaches in ${shown}`
      : op === ""
        ? `it is not clear how far the root reaches in ${shown}`
        : op === "%"
          ? `it is not clear what ${shown} takes the rest of`
          : `it is not clear what ${shown} divides by`
  give(p, {
    start: number,
    end,
    headline,
    text: "a product without a sign",
    either: true,
    fixes: [replaced(p, number, end, `(${product})`), replaced(p, number, end, product)],
  })
}

/** Where the factor at the next token ends; its end as a token when it cannot be read. */
function endOfFactor(p: Parser): number {
  const { at, depth } = p
  let { end } = peek(p)
  try {
    if (!isOp(peek(p), "√")) {
      parsePostfix(p)
      end = lastEnd(p)
    }
  } catch {
    // The question is what the product means; what else is wrong with it comes next time.
  }
  p.at = at
  p.depth = depth
  return end
}

/** `√x²` could be the square of a root or the root of a square, which differ. */
export function checkRootReach(p: Parser, base: Expr, start: number) {
  const bare = base.type === "Call" && base.start === start && p.text[start] === "√" && p.text[base.end - 1] !== ")"
  if (!bare) return
  const end = lastEnd(p)
  const root = p.text.slice(start + 1, base.end)
  const power = p.text.slice(base.end, end)
  give(p, {
    start,
    end,
    headline: `it is not clear how far the root reaches in ${quoted(p, start, end)}`,
    text: "brackets say it",
    either: true,
    fixes: [replaced(p, start, end, `√(${root}${power})`), replaced(p, start, end, `√(${root})${power}`)],
  })
}
