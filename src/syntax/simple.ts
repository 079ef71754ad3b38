// Statements of one line in a file: values, assignments of every kind, and those that begin with a word of their own.
import type { BinaryOp, Expr } from "./ast.ts"
import { checkTarget, parseValue } from "./atoms.ts"
import { parseTest } from "./expressions.ts"
import type { FileStmt } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { bounded } from "./height.ts"
import { parseFrom, parseImport } from "./imports.ts"
import { BINARY_OPS } from "./operators.ts"
import { acceptOp, acceptWord, isOp, lastEnd, MOST_HEIGHT, peek, take } from "./parser.ts"
import { parseTypeAlias, startsTypeAlias } from "./types.ts"

export function parseSimple(p: FileParser): FileStmt {
  const token = peek(p)
  if (token.kind === "keyword") {
    const read = BY_WORD.get(token.text)
    if (read !== undefined) return read(p)
  } else if (token.kind === "name" && token.text === "type" && startsTypeAlias(p)) return parseTypeAlias(p)
  return parseAssignment(p)
}

/** Reads a value; only one with many tokens can be too high, and is measured. */
export function measured(p: FileParser, read: (p: FileParser) => Expr): Expr {
  const before = p.at + p.lexer.passed
  const value = read(p)
  return p.at + p.lexer.passed - before > MOST_HEIGHT ? bounded(p, value) : value
}

const AUGMENTED: ReadonlyMap<string, BinaryOp> = new Map(BINARY_OPS.map((op) => [`${op}=`, op]))

function parseAssignment(p: FileParser): FileStmt {
  const { start } = peek(p)
  let value = measured(p, parseValue)
  const { kind, text } = peek(p)
  if (kind === "newline" || kind !== "op") return { type: "Expression", value, start, end: lastEnd(p) }
  const op = AUGMENTED.get(text)
  if (op !== undefined) {
    const target = checkTarget(p, value)
    if (target.type === "Tuple" || target.type === "List") unread(p)
    take(p)
    value = measured(p, parseValue)
    return { type: "AugmentedAssign", target, op, value, start, end: lastEnd(p) }
  }
  if (text === ":" && isAnnotatable(value)) return parseAnnotated(p, value, start)
  if (text !== "=") return { type: "Expression", value, start, end: lastEnd(p) }
  const targets: Expr[] = []
  while (isOp(peek(p), "=")) {
    targets.push(checkTarget(p, value))
    take(p)
    value = measured(p, parseValue)
  }
  return { type: "Assign", targets, value, start, end: lastEnd(p) }
}

const isAnnotatable = ({ type }: Expr): boolean => type === "Name" || type === "Attribute" || type === "Index"

function parseAnnotated(p: FileParser, target: Expr, start: number): FileStmt {
  take(p)
  const annotation = measured(p, parseTest)
  const value = acceptOp(p, "=") ? measured(p, parseValue) : undefined
  const given = value === undefined ? {} : { value }
  return { type: "AnnotatedAssign", target, annotation, ...given, start, end: lastEnd(p) }
}

/** Whether the statement is over. */
const isOver = (p: FileParser): boolean => peek(p).kind === "newline" || isOp(peek(p), ";")

function parseReturn(p: FileParser): FileStmt {
  const { start } = take(p)
  if (isOver(p)) return { type: "Return", start, end: lastEnd(p) }
  const value = measured(p, parseValue)
  return { type: "Return", value, start, end: lastEnd(p) }
}

function parseRaise(p: FileParser): FileStmt {
  const { start } = take(p)
  if (isOver(p)) return { type: "Raise", start, end: lastEnd(p) }
  const value = measured(p, parseTest)
  if (!acceptWord(p, "from")) return { type: "Raise", value, start, end: lastEnd(p) }
  const cause = measured(p, parseTest)
  return { type: "Raise", value, cause, start, end: lastEnd(p) }
}

function parseAssert(p: FileParser): FileStmt {
  const { start } = take(p)
  const test = measured(p, parseTest)
  if (!acceptOp(p, ",")) return { type: "Assert", test, start, end: lastEnd(p) }
  const message = measured(p, parseTest)
  return { type: "Assert", test, message, start, end: lastEnd(p) }
}

function parseDelete(p: FileParser): FileStmt {
  const { start } = take(p)
  const targets: Expr[] = []
  do targets.push(checkTarget(p, measured(p, parseTest)))
  while (acceptOp(p, ",") && !isOver(p))
  return { type: "Delete", targets, start, end: lastEnd(p) }
}

function parseNames(type: "Global" | "Nonlocal"): (p: FileParser) => FileStmt {
  return (p) => {
    const { start } = take(p)
    const names: string[] = []
    do {
      if (peek(p).kind !== "name") unread(p)
      names.push(take(p).text)
    } while (acceptOp(p, ","))
    return { type, names, start, end: lastEnd(p) }
  }
}

function parseWord(type: "Pass" | "Break" | "Continue"): (p: FileParser) => FileStmt {
  return (p) => {
    const { start, end } = take(p)
    return { type, start, end }
  }
}

const BY_WORD: ReadonlyMap<string, (p: FileParser) => FileStmt> = new Map([
  ["return", parseReturn],
  ["raise", parseRaise],
  ["assert", parseAssert],
  ["del", parseDelete],
  ["global", parseNames("Global")],
  ["nonlocal", parseNames("Nonlocal")],
  ["pass", parseWord("Pass")],
  ["break", parseWord("Break")],
  ["continue", parseWord("Continue")],
  ["import", parseImport],
  ["from", parseFrom],
])
