// The expression door: a text with Python's expressions and paper notation becomes a program.
import { count } from "../source/count.ts"
import { fail, Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import type { Expr, Program, Stmt } from "./ast.ts"
import { parseList } from "./atoms.ts"
import { bounded } from "./height.ts"
import { readTo } from "./lexer.ts"
import { stuck } from "./messages.ts"
import { isDefinition, skipLines } from "./paper.ts"
import { isOp, isWord, offered, type Parser, peek } from "./parser.ts"
import { type Lexer, openLexer } from "./reading.ts"
import { parseStatements } from "./statements.ts"

/** A loss is a formula; what is longer than a novel is another file, given by mistake. */
const LONGEST_TEXT = 1_000_000

/** Statements, of which the last gives the value. */
export function parseProgram(source: Source): Program {
  const p = open(source)
  const body: Stmt[] = []
  withHelp(p, () => parseStatements(p, body, false))
  if (body.length === 0) fail(source, 0, 0, "there is nothing to check", "no expression stands here")
  return { body }
}

/** One expression. */
export function parseExpression(source: Source): Expr {
  const p = open(source)
  return withHelp(p, () => {
    p.at = skipLines(p, 0)
    const value = bounded(p, parseList(p))
    p.at = skipLines(p, p.at)
    if (peek(p).kind !== "end") stuck(p)
    return value
  })
}

/** Adds to a Problem the repairs that parse. */
function withHelp<T>(p: Parser, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const help = offered(p)
    throw help.length > 0 ? new Problem({ ...error.parts, help }) : error
  }
}

function open(source: Source): Parser {
  const { text } = source
  if (text.length > LONGEST_TEXT) {
    fail(source, LONGEST_TEXT, LONGEST_TEXT, `the text is too long (${count(LONGEST_TEXT)} characters at most)`)
  }
  const p = parserOf(source, (fix) => accepts({ ...source, text: fix }))
  if (peek(p).kind === "end") {
    const comment = text.includes("#")
    fail(source, 0, 0, "there is nothing to check", comment ? "the text is only a comment" : "the text is empty")
  }
  return p
}

function parserOf(source: Source, check: (text: string) => boolean): Parser {
  const { text } = source
  const lexer = openLexer(text, { paper: true })
  const ownSigma = text.includes("σ") && definesSigma(lexer)
  const start = { at: 0, depth: 0, bars: 0, bracket: undefined, clause: false }
  const offer = { fixes: [], either: false }
  return { source, text, lexer, paper: true, accepts: check, offer, ownSigma, ...start }
}

/** Whether a repaired text parses. Its own repairs are not tried. */
function accepts(source: Source): boolean {
  try {
    const p = parserOf(source, () => false)
    const body: Stmt[] = []
    parseStatements(p, body, false)
    return body.length > 0
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

function definesSigma(lexer: Lexer): boolean {
  readTo(lexer, Number.POSITIVE_INFINITY)
  const { tokens } = lexer
  return tokens.some((token, i) => {
    if (token.kind !== "name" || token.text !== "σ") return false
    const [before, after] = [tokens[i - 1], tokens[i + 1]]
    return isDefinition({ lexer }, i) || isWord(before, "def") || isWord(before, "lambda") || isOp(after, ":")
  })
}
