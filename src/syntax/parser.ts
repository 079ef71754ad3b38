// The parser's state and its first moves: looking at the next token, taking it, and giving up with a Problem.
import { fail, type Mark } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import { readTo } from "./lexer.ts"
import type { Lexer } from "./reading.ts"
import type { Mistake, Token } from "./tokens.ts"

/** Brackets and operators within each other: what keeps the parser's own stack small. */
export const MOST_LEVELS = 500
/** The height of a tree, long sums included: every later stage may walk a tree by recursion. */
export const MOST_HEIGHT = 1000

export interface Parser {
  readonly source: Source
  readonly text: string
  readonly lexer: Lexer
  /** The expression door: paper notation counts, and only statements that give values are read. */
  readonly paper: boolean
  /** Whether a text parses; tells which repairs may be offered. */
  readonly accepts: (text: string) => boolean
  /** The repairs of the mistake that was given last. */
  readonly offer: { fixes: readonly string[]; either: boolean }
  /** `σ` is defined in the text itself, so a call of it is not sigmoid. */
  readonly ownSigma: boolean
  at: number
  depth: number
  /** Absolute-value bars that are open in the current bracket. */
  bars: number
  /** The current bracket, and whether a where clause's value is being read directly in it. */
  bracket: Token | undefined
  clause: boolean
}

/** Read a few more than asked for: asking has its price too. */
const READ_AHEAD = 64

export function tokenAt({ lexer }: Pick<Parser, "lexer">, index: number): Token | undefined {
  if (index >= lexer.tokens.length && !lexer.done) readTo(lexer, index + READ_AHEAD)
  return lexer.tokens[index]
}

export const peek = (p: Parser, ahead = 0): Token => p.lexer.tokens[p.at + ahead] ?? readOn(p, ahead)

function readOn(p: Parser, ahead: number): Token {
  if (!p.paper && p.at > MOST_KEPT && !p.lexer.keep) letGo(p)
  return tokenAt(p, p.at + ahead) ?? p.lexer.tokens.at(-1)!
}

/** A file of any length needs room for so many tokens that were read; those before are not looked at again. */
const MOST_KEPT = 4096

function letGo(p: Parser) {
  p.lexer.passed += p.at - 1
  p.lexer.tokens.splice(0, p.at - 1)
  p.at = 1
}

export const previous = (p: Parser): Token | undefined => p.lexer.tokens[p.at - 1]

export const lastEnd = (p: Parser): number => previous(p)?.end ?? 0

export function take(p: Parser): Token {
  const token = peek(p)
  if (token.kind !== "end") p.at++
  return token
}

export const isOp = (token: Token | undefined, text: string): boolean => token?.kind === "op" && token.text === text

export const isWord = (token: Token | undefined, text: string): boolean =>
  token?.kind === "keyword" && token.text === text

export function acceptOp(p: Parser, text: string): boolean {
  if (!isOp(peek(p), text)) return false
  p.at++
  return true
}

export function acceptWord(p: Parser, text: string): boolean {
  if (!isWord(peek(p), text)) return false
  p.at++
  return true
}

/** The bracket's partner, looked for as far as people write: past that it counts as missing. */
export function partnerOf({ lexer }: Pick<Parser, "lexer">, bracket: Token): number {
  if (bracket.match < 0) readTo(lexer, lexer.tokens.length + FARTHEST)
  return bracket.match
}

const FARTHEST = 20_000

/** Steps into an operator or a bracket; the caller takes the level back when it leaves. */
export function enter(p: Parser) {
  if (++p.depth > MOST_LEVELS) tooDeep(p)
}

export function tooDeep(p: Parser, levels = MOST_LEVELS): never {
  const { start, end } = peek(p)
  return give(p, {
    start,
    end,
    headline: `the expression is nested too deeply (${levels} levels at most)`,
    text: "this level is one too many",
  })
}

/** Above this length a corrected text helps nobody, and checking it costs. */
const LONGEST_HELP = 2000

/** Throws a mistake as a Problem. Its repairs wait until the stack is free again, since trying them is parsing. */
export function give(p: Parser, mistake: Mistake): never {
  const { start, end, headline, text, also = [], fixes = [], either = false, note } = mistake
  p.offer.fixes = p.text.length > LONGEST_HELP ? [] : fixes
  p.offer.either = either
  const marks: Mark[] = also.map((a) => ({ span: { source: p.source, start: a.start, end: a.end }, text: a.text }))
  return fail(p.source, start, end, headline, text, {
    ...(marks.length > 0 ? { also: marks } : {}),
    ...(note === undefined ? {} : { note }),
  })
}

/** Help lines from those repairs of the last mistake that parse. */
export function offered(p: Parser): string[] {
  const { fixes, either } = p.offer
  const tried = [...new Set(fixes)].filter((fix) => fix !== p.text)
  const first = either ? undefined : tried.find(p.accepts)
  const shown = either ? tried.filter(p.accepts) : first === undefined ? [] : [first]
  return shown.flatMap((fix) => changedLines(p.text, fix))
}

/** Of a corrected text, the lines that differ; all of it when lines came or went. */
function changedLines(before: string, after: string): string[] {
  const old = before.split(/\r\n|\r|\n/)
  const lines = after.split(/\r\n|\r|\n/)
  return lines.length === old.length ? lines.filter((line, i) => line !== old[i]) : lines
}

/** The text with a range replaced: a candidate for `fixes`. */
export const replaced = (p: Parser, start: number, end: number, by: string): string =>
  p.text.slice(0, start) + by + p.text.slice(end)

/** A part of the source for a headline. */
export function quoted(p: Parser, start: number, end: number, most = 24): string {
  const part = p.text.slice(start, end).replace(/\s+/g, " ")
  return part.length > most ? `${part.slice(0, most - 1)}…` : part
}
