// Import statements: the modules and names that a file takes from elsewhere.

import type { Alias, FileStmt } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { acceptOp, acceptWord, isOp, lastEnd, peek, take } from "./parser.ts"

/** `import a.b as c, d` */
export function parseImport(p: FileParser): FileStmt {
  const { start } = take(p)
  const names: Alias[] = []
  do names.push(parseAlias(p, parsePath))
  while (acceptOp(p, ","))
  return { type: "Import", names, start, end: lastEnd(p) }
}

/** `from ..a.b import c as d, e`, also in brackets, or `import *`. */
export function parseFrom(p: FileParser): FileStmt {
  const { start } = take(p)
  let level = 0
  for (;;) {
    if (acceptOp(p, ".")) level++
    else if (acceptOp(p, "...")) level += 3
    else break
  }
  const module = level > 0 && peek(p).kind === "keyword" ? "" : parsePath(p)
  if (!acceptWord(p, "import")) unread(p)
  const star = peek(p)
  if (acceptOp(p, "*")) {
    const all: Alias = { name: "*", start: star.start, end: star.end }
    return { type: "ImportFrom", module, level, names: [all], start, end: lastEnd(p) }
  }
  const bracket = isOp(star, "(")
  if (bracket) p.bracket = take(p)
  const names: Alias[] = []
  do names.push(parseAlias(p, parseName))
  while (acceptOp(p, ",") && !(bracket && isOp(peek(p), ")")))
  if (bracket && !acceptOp(p, ")")) unread(p)
  p.bracket = undefined
  return { type: "ImportFrom", module, level, names, start, end: lastEnd(p) }
}

function parseAlias(p: FileParser, read: (p: FileParser) => string): Alias {
  const { start } = peek(p)
  const name = read(p)
  const as = acceptWord(p, "as") ? { as: parseName(p) } : {}
  return { name, ...as, start, end: lastEnd(p) }
}

function parsePath(p: FileParser): string {
  let path = parseName(p)
  while (acceptOp(p, ".")) path += `.${parseName(p)}`
  return path
}

export function parseName(p: FileParser): string {
  if (peek(p).kind !== "name") unread(p)
  return take(p).text
}
