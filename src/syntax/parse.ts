// The expression door: a text with Python's expressions and paper notation becomes a program.
import { fail, Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import type { Expr, Program, Stmt } from "./ast.ts"
import { parseList } from "./atoms.ts"
import { bounded } from "./height.ts"
import { lex } from "./lexer.ts"
import { stuck } from "./messages.ts"
import { isDefinition, skipLines } from "./paper.ts"
import { isOp, isWord, type Parser, peek } from "./parser.ts"
import { parseStatements } from "./statements.ts"
import type { Token } from "./tokens.ts"

/** A loss is a formula; what is longer than a novel is another file, given by mistake. */
const LONGEST_TEXT = 1_000_000

/** Statements, of which the last gives the value. */
export function parseProgram(source: Source): Program {
  const p = open(source)
  const body: Stmt[] = []
  parseStatements(p, body, false)
  if (body.length === 0) fail(source, 0, 0, "there is nothing to check", "only imports stand here")
  return { body }
}

/** One expression. */
export function parseExpression(source: Source): Expr {
  const p = open(source)
  p.at = skipLines(p, 0)
  const value = bounded(p, parseList(p))
  p.at = skipLines(p, p.at)
  if (peek(p).kind !== "end") stuck(p)
  return value
}

function open(source: Source): Parser {
  const { text } = source
  if (text.length > LONGEST_TEXT) {
    fail(
      source,
      LONGEST_TEXT,
      LONGEST_TEXT,
      `the text is too long (${LONGEST_TEXT.toLocaleString("en")} characters at most)`,
    )
  }
  const tokens = lex(text, { paper: true })
  if (tokens[0]?.kind === "end") {
    const comment = text.includes("#")
    fail(source, 0, 0, "there is nothing to check", comment ? "the text is only a comment" : "the text is empty")
  }
  return parserOf(source, tokens, (fix) => accepts({ ...source, text: fix }))
}

function parserOf(source: Source, tokens: Token[], check: (text: string) => boolean): Parser {
  const ownSigma = source.text.includes("σ") && definesSigma(tokens)
  const start = { at: 0, depth: 0, bars: 0, bracket: undefined, clause: false }
  return { source, text: source.text, tokens, paper: true, accepts: check, ownSigma, ...start }
}

/** Whether a repaired text parses. Its own repairs are not tried. */
function accepts(source: Source): boolean {
  try {
    const p = parserOf(source, lex(source.text, { paper: true }), () => false)
    const body: Stmt[] = []
    parseStatements(p, body, false)
    return body.length > 0
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

function definesSigma(tokens: Token[]): boolean {
  return tokens.some((token, i) => {
    if (token.kind !== "name" || token.text !== "σ") return false
    return (
      isDefinition({ tokens }, i) ||
      isWord(tokens[i - 1], "def") ||
      isWord(tokens[i - 1], "lambda") ||
      isOp(tokens[i + 1], ":")
    )
  })
}
