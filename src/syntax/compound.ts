// Statements with blocks: choices, loops, try, with, functions and classes.
import type { Argument, Expr, Parameter } from "./ast.ts"
import { parseItem, parseList, parseTargets } from "./atoms.ts"
import { parseSuite } from "./blocks.ts"
import { parseCall, parseParameters } from "./calls.ts"
import { parseTest } from "./expressions.ts"
import type { Branch, FileStmt, Handler } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { parseName } from "./imports.ts"
import { parseMatch, startsMatch } from "./match.ts"
import { acceptOp, acceptWord, isOp, isWord, peek, take } from "./parser.ts"
import { measured } from "./simple.ts"
import { parseTypeParameters } from "./types.ts"
import { parseWith } from "./with.ts"

/** A statement with a block, if one begins here. */
export function parseCompound(p: FileParser): FileStmt | undefined {
  const { kind, text } = peek(p)
  if (kind === "keyword") return BY_WORD.get(text)?.(p)
  if (kind === "op" && text === "@") return parseDecorated(p)
  return kind === "name" && text === "match" && startsMatch(p) ? parseMatch(p) : undefined
}

function parseIf(p: FileParser): FileStmt {
  const { start } = peek(p)
  const branches: Branch[] = []
  do {
    const from = take(p).start
    const test = measured(p, parseItem)
    const body = parseSuite(p)
    branches.push({ test, body, start: from, end: p.ended })
  } while (isWord(peek(p), "elif"))
  const otherwise = parseElse(p)
  return { type: "If", branches, otherwise, start, end: p.ended }
}

const parseElse = (p: FileParser): FileStmt[] => (acceptWord(p, "else") ? parseSuite(p) : [])

function parseFor(p: FileParser): FileStmt {
  const { start } = peek(p)
  const async = acceptWord(p, "async")
  take(p)
  const target = parseTargets(p)
  if (!acceptWord(p, "in")) unread(p)
  const iterable = measured(p, parseList)
  const body = parseSuite(p)
  const otherwise = parseElse(p)
  return { type: "For", async, target, iterable, body, otherwise, start, end: p.ended }
}

function parseWhile(p: FileParser): FileStmt {
  const { start } = take(p)
  const test = measured(p, parseItem)
  const body = parseSuite(p)
  const otherwise = parseElse(p)
  return { type: "While", test, body, otherwise, start, end: p.ended }
}

function parseTry(p: FileParser): FileStmt {
  const { start } = take(p)
  const body = parseSuite(p)
  const handlers: Handler[] = []
  let groups = false
  while (isWord(peek(p), "except")) {
    const from = take(p).start
    if (acceptOp(p, "*")) groups = true
    const caught = isOp(peek(p), ":") ? {} : { caught: measured(p, parseTest) }
    const name = acceptWord(p, "as") ? { name: parseName(p) } : {}
    const handled = parseSuite(p)
    handlers.push({ ...caught, ...name, body: handled, start: from, end: p.ended })
  }
  const otherwise = parseElse(p)
  const last = acceptWord(p, "finally") ? parseSuite(p) : []
  if (handlers.length === 0 && last.length === 0) unread(p)
  return { type: "Try", body, handlers, groups, otherwise, last, start, end: p.ended }
}

function parseDecorated(p: FileParser): FileStmt {
  const decorators: Expr[] = []
  while (acceptOp(p, "@")) {
    decorators.push(measured(p, parseItem))
    if (peek(p).kind !== "newline") unread(p)
    take(p)
  }
  if (isWord(peek(p), "class")) return parseClass(p, decorators)
  if (isWord(peek(p), "def") || (isWord(peek(p), "async") && isWord(peek(p, 1), "def"))) return parseDef(p, decorators)
  return unread(p)
}

function parseDef(p: FileParser, decorators: readonly Expr[] = []): FileStmt {
  const { start } = peek(p)
  const async = acceptWord(p, "async")
  take(p)
  const name = parseName(p)
  const types = parseTypeParameters(p)
  const params = parseSignature(p)
  const returns = acceptOp(p, "->") ? { returns: measured(p, parseTest) } : {}
  const body = parseSuite(p)
  return { type: "Function", async, decorators, name, types, params, ...returns, body, start, end: p.ended }
}

function parseSignature(p: FileParser): Parameter[] {
  if (!isOp(peek(p), "(")) unread(p)
  p.bracket = take(p)
  const params = parseParameters(p, ")", () => unread(p))
  take(p)
  p.bracket = undefined
  return params
}

function parseClass(p: FileParser, decorators: readonly Expr[] = []): FileStmt {
  const { start } = take(p)
  const at = peek(p)
  const name = parseName(p)
  const types = parseTypeParameters(p)
  const args = isOp(peek(p), "(") ? parseBases(p, { type: "Name", name, start: at.start, end: at.end }) : []
  const body = parseSuite(p)
  return { type: "Class", decorators, name, types, args, body, start, end: p.ended }
}

/** The bases of a class stand like the arguments of a call. */
function parseBases(p: FileParser, name: Expr): readonly Argument[] {
  const call = parseCall(p, name, name.start)
  return call.type === "Call" ? call.args : []
}

function parseAsync(p: FileParser): FileStmt {
  const next = peek(p, 1)
  if (isWord(next, "def")) return parseDef(p)
  if (isWord(next, "for")) return parseFor(p)
  if (isWord(next, "with")) return parseWith(p)
  take(p)
  return unread(p)
}

const BY_WORD: ReadonlyMap<string, (p: FileParser) => FileStmt> = new Map([
  ["if", parseIf],
  ["for", parseFor],
  ["while", parseWhile],
  ["try", parseTry],
  ["with", parseWith],
  ["def", (p) => parseDef(p)],
  ["class", (p) => parseClass(p)],
  ["async", parseAsync],
])
