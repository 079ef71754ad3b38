// Numbers and strings: from their tokens to nodes; the expressions in f-strings are read from tokens of their own.
import type { Expr } from "./ast.ts"
import { parseValue } from "./atoms.ts"
import { stuck } from "./messages.ts"
import { enter, give, lastEnd, type Parser, peek, take } from "./parser.ts"
import { openLexer } from "./reading.ts"
import type { Piece, Token } from "./tokens.ts"

export function numberOf({ text, start, end }: Token): Expr {
  const last = text.charCodeAt(text.length - 1)
  if (last === 106 || last === 74) return imaginary(text.slice(0, -1), start, end)
  const value = Number(text.includes("_") ? text.replaceAll("_", "") : text)
  const whole = Number.isFinite(value) && (/^0[xXbBoO]/.test(text) || !/[.eE]/.test(text))
  return { type: "Number", value, whole, start, end }
}

/** `2j` is complex(0, 2); every part lies on the whole literal. */
function imaginary(text: string, start: number, end: number): Expr {
  const place = { start, end }
  const zero: Expr = { type: "Number", value: 0, whole: true, ...place }
  const value: Expr = { type: "Number", value: Number(text.replaceAll("_", "")), whole: false, ...place }
  const callee: Expr = { type: "Name", name: "complex", ...place }
  return {
    type: "Call",
    callee,
    args: [
      { value: zero, ...place },
      { value, ...place },
    ],
    ...place,
  }
}

/** Neighbouring strings are one; one f-string among them makes all of it one. */
export function parseStrings(p: Parser): Expr {
  const { start } = peek(p)
  const parts: (string | Expr)[] = []
  let format = false
  while (peek(p).kind === "string") {
    const token = take(p)
    if (token.text === "format") format = true
    for (const piece of Array.isArray(token.payload) ? (token.payload as readonly Piece[]) : []) {
      const part = typeof piece === "string" ? piece : parseField(p, piece.start, piece.end)
      const last = parts.at(-1)
      if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part
      else if (part !== "" || !format) parts.push(part)
    }
  }
  const end = lastEnd(p)
  if (format) return { type: "Format", parts: parts.filter((part) => part !== ""), start, end }
  return { type: "String", value: typeof parts[0] === "string" ? parts[0] : "", start, end }
}

/** An expression in an f-string: read from its own tokens, at its own offsets. */
function parseField(p: Parser, start: number, end: number): Expr {
  const lexer = openLexer(p.text, { paper: p.paper, start, end, nested: true, outer: p.lexer })
  const inner: Parser = { ...p, lexer, at: 0, bars: 0, bracket: undefined, clause: false }
  enter(inner)
  if (peek(inner).kind === "end") {
    const headline = "the brackets of an f-string hold nothing"
    give(p, { start: start - 1, end: end + 1, headline, text: "an expression is expected between them" })
  }
  const value = parseValue(inner)
  if (peek(inner).kind !== "end") stuck(inner)
  p.lexer.passed += lexer.tokens.length + lexer.passed
  return value
}
