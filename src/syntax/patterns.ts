// The patterns of a `case`.
import type { Expr } from "./ast.ts"
import { parseBinary } from "./expressions.ts"
import type { Pattern } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { parseName } from "./imports.ts"
import { LEVEL } from "./operators.ts"
import { acceptOp, acceptWord, enter, isOp, isWord, lastEnd, peek, take } from "./parser.ts"

/** What stands behind `case`: a pattern, or several with commas as a sequence without brackets. */
export function parsePatterns(p: FileParser): Pattern {
  const { start } = peek(p)
  const first = parseItem(p)
  if (!isOp(peek(p), ",")) return first.type === "Rest" ? unread(p) : first
  const items = [first]
  while (acceptOp(p, ",") && !isOp(peek(p), ":") && !isWord(peek(p), "if")) items.push(parseItem(p))
  return { type: "Sequence", items, start, end: lastEnd(p) }
}

/** A pattern, or `*rest`. */
function parseItem(p: FileParser): Pattern {
  const { start } = peek(p)
  if (!acceptOp(p, "*")) return parsePattern(p)
  return { type: "Rest", ...captured(parseName(p)), start, end: lastEnd(p) }
}

const captured = (name: string): { readonly name?: string } => (name === "_" ? {} : { name })

/** Alternatives, and a name for what they meet. */
function parsePattern(p: FileParser): Pattern {
  enter(p)
  const { start } = peek(p)
  let pattern = parseClosed(p)
  if (isOp(peek(p), "|")) {
    const items = [pattern]
    while (acceptOp(p, "|")) items.push(parseClosed(p))
    pattern = { type: "Or", items, start, end: lastEnd(p) }
  }
  if (acceptWord(p, "as")) pattern = { type: "As", pattern, name: parseName(p), start, end: lastEnd(p) }
  p.depth--
  return pattern
}

function parseClosed(p: FileParser): Pattern {
  const { kind, text, start } = peek(p)
  if (kind === "name") return parseNamed(p)
  if (kind === "op") {
    if (text === "(" || text === "[") return parseSequence(p, text === "(" ? ")" : "]")
    if (text === "{") return parseMapping(p)
  }
  const value = parseBinary(p, LEVEL.sum)
  return { type: "Value", value, start, end: lastEnd(p) }
}

/** A capture; or a dotted name, which is a value; or the name of a class with patterns in brackets. */
function parseNamed(p: FileParser): Pattern {
  const { text, start, end } = take(p)
  let callee: Expr = { type: "Name", name: text, start, end }
  while (acceptOp(p, ".")) {
    callee = { type: "Attribute", object: callee, name: parseName(p), start, end: lastEnd(p) }
  }
  if (isOp(peek(p), "(")) return parseClass(p, callee, start)
  if (callee.type === "Attribute") return { type: "Value", value: callee, start, end: lastEnd(p) }
  return { type: "Capture", ...captured(text), start, end }
}

function parseClass(p: FileParser, callee: Expr, start: number): Pattern {
  const items: Pattern[] = []
  const named: { name: string; pattern: Pattern }[] = []
  take(p)
  while (!isOp(peek(p), ")")) {
    if (peek(p).kind === "name" && isOp(peek(p, 1), "=")) {
      const name = take(p).text
      take(p)
      named.push({ name, pattern: parsePattern(p) })
    } else items.push(parsePattern(p))
    if (!acceptOp(p, ",")) break
  }
  if (!acceptOp(p, ")")) unread(p)
  return { type: "Class", callee, items, named, start, end: lastEnd(p) }
}

/** `[a, *b]`, `(a, b)`; round brackets around one pattern only group. */
function parseSequence(p: FileParser, closer: ")" | "]"): Pattern {
  const { start } = take(p)
  const items: Pattern[] = []
  let commas = 0
  while (!isOp(peek(p), closer)) {
    items.push(parseItem(p))
    if (!acceptOp(p, ",")) break
    commas++
  }
  if (!acceptOp(p, closer)) unread(p)
  const only = items[0]
  if (closer === ")" && items.length === 1 && commas === 0 && only !== undefined && only.type !== "Rest") return only
  return { type: "Sequence", items, start, end: lastEnd(p) }
}

function parseMapping(p: FileParser): Pattern {
  const { start } = take(p)
  const entries: { key: Expr; pattern: Pattern }[] = []
  let rest: string | undefined
  while (!isOp(peek(p), "}")) {
    if (acceptOp(p, "**")) rest = parseName(p)
    else {
      const key = parseBinary(p, LEVEL.sum)
      if (!acceptOp(p, ":")) unread(p)
      entries.push({ key, pattern: parsePattern(p) })
    }
    if (!acceptOp(p, ",")) break
  }
  if (!acceptOp(p, "}")) unread(p)
  return { type: "Mapping", entries, ...(rest === undefined ? {} : { rest }), start, end: lastEnd(p) }
}
