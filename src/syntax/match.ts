// `match` and its cases; the words are names like any others where no cases follow.
import type { Expr } from "./ast.ts"
import { parseItem } from "./atoms.ts"
import { closeBlock, openBlock, parseSuite } from "./blocks.ts"
import type { Case, FileStmt } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { acceptOp, acceptWord, isOp, lastEnd, peek, take, tokenAt } from "./parser.ts"
import { parsePatterns } from "./patterns.ts"
import { measured } from "./simple.ts"

/** Whether the line goes on as no line does that begins with a name, and ends in `:` before an indented `case`. */
export function startsMatch(p: FileParser): boolean {
  const next = peek(p, 1)
  if (next.kind === "newline" || (next.kind === "op" && !BEGINS.has(next.text))) return false
  let i = p.at + 1
  const most = i + MOST_SUBJECT
  while (i < most && tokenAt(p, i) !== undefined && tokenAt(p, i)?.kind !== "newline") i++
  if (!isOp(tokenAt(p, i - 1), ":") || tokenAt(p, i + 1)?.kind !== "indent") return false
  const word = tokenAt(p, i + 2)
  return word?.kind === "name" && word.text === "case"
}

/** How many tokens of a line are looked at: what is longer is no subject. */
const MOST_SUBJECT = 5000
/** Signs that a subject can begin with. */
const BEGINS: ReadonlySet<string> = new Set(["(", "[", "{", "-", "+", "~", "*", "..."])

export function parseMatch(p: FileParser): FileStmt {
  const { start } = take(p)
  const subject = measured(p, parseSubject)
  if (!acceptOp(p, ":")) unread(p)
  openBlock(p)
  const cases: Case[] = []
  do cases.push(parseCase(p))
  while (peek(p).kind === "name")
  if (peek(p).kind !== "dedent" && peek(p).kind !== "end") unread(p)
  closeBlock(p)
  return { type: "Match", subject, cases, start, end: p.ended }
}

/** A value, or several with commas as a tuple; unlike in other places, each may have a name. */
function parseSubject(p: FileParser): Expr {
  const { start } = peek(p)
  const first = parseItem(p)
  if (!isOp(peek(p), ",")) return first
  const items = [first]
  while (acceptOp(p, ",") && !isOp(peek(p), ":")) items.push(parseItem(p))
  return { type: "Tuple", items, start, end: lastEnd(p) }
}

function parseCase(p: FileParser): Case {
  const { kind, text, start } = peek(p)
  if (kind !== "name" || text !== "case") unread(p)
  take(p)
  const pattern = parsePatterns(p)
  const guard = acceptWord(p, "if") ? { guard: measured(p, parseItem) } : {}
  const body = parseSuite(p)
  return { pattern, ...guard, body, start, end: p.ended }
}
