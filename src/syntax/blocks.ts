// Lines and blocks of a file: statements one below the other, each guarded, so that a broken one costs only itself.
import { fail } from "../source/problem.ts"
import { parseCompound } from "./compound.ts"
import type { FileStmt } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { acceptOp, enter, lastEnd, peek, take } from "./parser.ts"
import { broken, recover } from "./recovery.ts"
import { parseSimple } from "./simple.ts"

/** Statements up to the end of their block. */
export function parseStatements(p: FileParser, into: FileStmt[]) {
  for (;;) {
    const { kind, text } = peek(p)
    if (kind === "end" || kind === "dedent") return
    if (kind === "newline") take(p)
    else if (kind === "error" && text === "dedent") into.push(betweenLevels(p))
    else parseStatement(p, into)
  }
}

/** An indentation between two levels; the inner block goes on with it. */
function betweenLevels(p: FileParser): FileStmt {
  const { start, end } = peek(p)
  p.columns[p.columns.length - 1] = columnAt(p.text, end)
  try {
    return unread(p)
  } catch (error) {
    take(p)
    return broken(p, error, start, end)
  }
}

function parseStatement(p: FileParser, into: FileStmt[]) {
  const { start } = peek(p)
  const level = p.columns.length
  const { depth } = p
  try {
    const compound = parseCompound(p)
    if (compound !== undefined) {
      into.push(compound)
      return
    }
  } catch (error) {
    p.depth = depth
    into.push(recover(p, error, start, level, true))
    return
  }
  parseLine(p, into)
}

/** Simple statements up to the end of their line. */
function parseLine(p: FileParser, into: FileStmt[]) {
  const level = p.columns.length
  const { depth } = p
  for (;;) {
    const { start } = peek(p)
    try {
      const statement = parseSimple(p)
      const more = acceptOp(p, ";")
      if (!more && peek(p).kind !== "newline") unread(p)
      into.push(statement)
      if (more && peek(p).kind !== "newline") continue
      p.ended = lastEnd(p)
      take(p)
      return
    } catch (error) {
      p.depth = depth
      into.push(recover(p, error, start, level, false))
      return
    }
  }
}

/** What stands behind `:`, in the same line or as an indented block. */
export function parseSuite(p: FileParser): FileStmt[] {
  if (!acceptOp(p, ":")) unread(p)
  const body: FileStmt[] = []
  if (peek(p).kind !== "newline") parseLine(p, body)
  else {
    openBlock(p)
    parseStatements(p, body)
    closeBlock(p)
  }
  return body
}

/** Steps over a line break into an indented block; one that turns out to be empty ends with its header. */
export function openBlock(p: FileParser) {
  p.ended = lastEnd(p)
  take(p)
  const { kind, start } = peek(p)
  if (kind !== "indent") {
    fail(p.source, start, start, "a block is missing", "an indented line is expected here")
  }
  enter(p)
  take(p)
  p.columns.push(columnAt(p.text, start))
}

export function closeBlock(p: FileParser) {
  if (peek(p).kind === "dedent") take(p)
  p.columns.pop()
  p.depth--
}

/** The column of the first sign of a line, tabs as wide as Python takes them. */
function columnAt(text: string, at: number): number {
  let from = at
  while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--
  let column = 0
  for (let i = from; i < at; i++) {
    const c = text.charCodeAt(i)
    column = c === 9 ? column + 8 - (column % 8) : c === 12 ? 0 : column + 1
  }
  return column
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 12
