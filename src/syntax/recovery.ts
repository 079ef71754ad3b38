// Going on behind a statement that could not be read: at the next line that is not indented further than it.
import { Problem } from "../source/problem.ts"
import type { FileStmt } from "./file-ast.ts"
import { put } from "./file-lexer.ts"
import type { FileParser } from "./file-parser.ts"
import { lastEnd, peek, previous, take } from "./parser.ts"
import type { Token } from "./tokens.ts"

/** A text with more mistakes than this is no Python; its rest is one mistake more. */
const MOST_ERRORS = 10_000

export function broken(p: FileParser, error: unknown, start: number, end: number): FileStmt {
  if (!(error instanceof Problem)) throw error
  if (++p.errors <= MOST_ERRORS) return { type: "Error", problem: error.parts, start, end }
  const { lexer, text } = p
  rewind(p, text.length)
  put(lexer, "end", "", text.length, text.length)
  lexer.done = true
  const mark = { span: { source: p.source, start, end }, text: "reading stopped here" }
  return { type: "Error", problem: { headline: "this is hardly Python", mark }, start, end: text.length }
}

/** Leaves a broken statement that began at `start`, in the block of that level; a header takes its clauses with it. */
export function recover(p: FileParser, error: unknown, start: number, level: number, header: boolean): FileStmt {
  const at = peek(p)
  // Where to go back to when a bracket turns out to be open for good.
  let back = nextLine(p.text, p.bracket?.start ?? at.start)
  let inner = p.columns.length - level
  p.bracket = undefined
  p.lexer.keep = false
  p.columns.length = level
  let end = lastEnd(p)
  // Whether a line begins at the next token.
  const last = previous(p)?.kind
  let fresh = at.start > start && (last === "newline" || last === "dedent")
  for (;;) {
    const token = peek(p)
    const { kind } = token
    const lost = kind === "end" ? p.lexer.open.length > 0 : !fresh && beginsStatement(p, token, start)
    if (lost && goBack(p, back)) {
      end = Math.min(end, lastSign(p.text, back))
      back = Math.max(nextLine(p.text, back), kind === "end" ? 0 : token.start)
      inner = 0
      fresh = true
      continue
    }
    if (kind === "end" || (kind === "dedent" && inner === 0)) break
    if (fresh && inner === 0 && kind !== "indent" && !(header && isClause(token))) break
    if (kind === "indent") inner++
    else if (kind === "dedent") inner--
    else if (kind === "newline") fresh = true
    else {
      fresh = false
      end = token.end
    }
    take(p)
  }
  p.ended = Math.max(start, end)
  return broken(p, error, start, p.ended)
}

const CLAUSES: ReadonlySet<string> = new Set(["elif", "else", "except", "finally"])
const isClause = ({ kind, text }: Token): boolean => kind === "keyword" && CLAUSES.has(text)

/** Words that begin a statement and stand nowhere else. */
const BEGINNERS: ReadonlySet<string> = new Set(
  "def class return import while with try raise del global nonlocal pass break continue assert".split(" "),
)

/** Whether a line inside a bracket begins as only a statement does: then the bracket was never closed. */
const beginsStatement = (p: FileParser, { kind, text, start }: Token, from: number): boolean =>
  kind === "keyword" && start > from && BEGINNERS.has(text) && /(?:^|[\r\n])[ \t\f]*$/.test(before(p, start))

const before = ({ text }: FileParser, at: number): string => text.slice(Math.max(0, at - 200), at)

function nextLine(text: string, from: number): number {
  let i = from
  while (i < text.length && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++
  return i + (text.startsWith("\r\n", i) ? 2 : 1)
}

/** Where the text before an offset ends, blanks and line breaks aside. */
function lastSign(text: string, before: number): number {
  let i = before
  while (i > 0 && text.charCodeAt(i - 1) <= 32) i--
  return i
}

/** Reads from an earlier offset again, as long as that does not add up. */
function goBack(p: FileParser, to: number): boolean {
  const twice = p.lexer.at - to
  if (twice <= 0 || twice > p.lexer.again) return false
  p.lexer.again -= twice
  rewind(p, to)
  return true
}

function rewind(p: FileParser, to: number) {
  const { lexer } = p
  lexer.passed += lexer.tokens.length
  lexer.tokens.length = 0
  lexer.open.length = 0
  lexer.indents.splice(0, lexer.indents.length, ...p.columns)
  while ((lexer.comments.at(-1) ?? -1) >= to) lexer.comments.pop()
  lexer.at = to
  lexer.fresh = true
  lexer.done = false
  p.at = 0
}
