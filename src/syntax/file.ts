// The file door: a Python file becomes a module. It never throws: what cannot be read becomes an Error in its place.
import type { Source } from "../source/text.ts"
import { parseStatements } from "./blocks.ts"
import type { FileStmt, Module } from "./file-ast.ts"
import type { FileParser } from "./file-parser.ts"
import { openLexer } from "./reading.ts"

export function parseFile(source: Source): Module {
  const lexer = openLexer(source.text, { paper: false })
  const p: FileParser = {
    source,
    text: source.text,
    lexer,
    paper: false,
    accepts: () => false,
    offer: { fixes: [], either: false },
    ownSigma: false,
    columns: [0],
    errors: 0,
    ended: 0,
    at: 0,
    depth: 0,
    bars: 0,
    bracket: undefined,
    clause: false,
  }
  const body: FileStmt[] = []
  parseStatements(p, body)
  if (lexer.end < source.text.length) body.push(tooLong(source, lexer.end))
  return { body, comments: lexer.comments }
}

function tooLong(source: Source, start: number): FileStmt {
  const mark = { span: { source, start, end: start }, text: "the rest is not read" }
  return { type: "Error", problem: { headline: "the file is too long", mark }, start, end: source.text.length }
}
