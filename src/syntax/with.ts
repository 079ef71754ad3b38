// `with`: its items stand side by side, in brackets or without, and brackets may belong to the first value as well.
import { checkTarget, parseTargetItem } from "./atoms.ts"
import { parseSuite } from "./blocks.ts"
import { parseTest } from "./expressions.ts"
import type { FileStmt, WithItem } from "./file-ast.ts"
import type { FileParser } from "./file-parser.ts"
import { acceptOp, acceptWord, isOp, isWord, peek, take } from "./parser.ts"

export function parseWith(p: FileParser): FileStmt {
  const { start } = peek(p)
  const async = acceptWord(p, "async")
  take(p)
  const items = inBrackets(p) ?? parseItems(p)
  const body = parseSuite(p)
  return { type: "With", async, items, body, start, end: p.ended }
}

function parseItems(p: FileParser): WithItem[] {
  const items: WithItem[] = []
  do items.push(parseWithItem(p))
  while (acceptOp(p, ","))
  return items
}

function parseWithItem(p: FileParser): WithItem {
  const value = parseTest(p)
  return acceptWord(p, "as") ? { value, target: checkTarget(p, parseTargetItem(p)) } : { value }
}

/** `(a as b, c)`: as in Python, items if they can be items; otherwise nothing is read. */
function inBrackets(p: FileParser): WithItem[] | undefined {
  const opener = peek(p)
  if (!isOp(opener, "(")) return undefined
  const before = p.at
  const { bracket } = p
  p.lexer.keep = true
  take(p)
  const first = peek(p)
  if (!isOp(first, ")") && !isOp(first, "*") && !isWord(first, "yield")) {
    p.bracket = opener
    const items: WithItem[] = []
    do {
      items.push(parseWithItem(p))
      if (!isOp(peek(p), ",") && !isOp(peek(p), ")")) break
    } while (acceptOp(p, ",") && !isOp(peek(p), ")") && !isOp(peek(p), "*"))
    p.bracket = bracket
    if (acceptOp(p, ")") && isOp(peek(p), ":")) {
      p.lexer.keep = false
      return items
    }
  }
  p.lexer.keep = false
  p.at = before
  p.bracket = bracket
  return undefined
}
