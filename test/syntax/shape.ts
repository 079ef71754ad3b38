// Trees of files as short text: statements and patterns with their fields, expressions as Python writes them.
import type { Expr } from "../../src/syntax/ast.ts"
import { parseFile } from "../../src/syntax/file.ts"
import { printExpr } from "../../src/syntax/print.ts"

export const parse = (text: string) => parseFile({ name: "file.py", text })

/** The statements of a text, one a line. */
export const shapes = (text: string): string[] => parse(text).body.map(shape)

const EXPRESSIONS: ReadonlySet<unknown> = new Set(
  "Number String Format Constant Name Attribute Call Index Slice Tuple List Set Dict Unary Binary Compare Bool Conditional Lambda Comprehension DictComprehension Starred Walrus".split(
    " ",
  ),
)

function shape(node: unknown): string {
  if (Array.isArray(node)) return `[${node.map(shape).join(" ")}]`
  if (typeof node !== "object" || node === null) return String(node)
  const { type, start: _start, end: _end, problem, ...fields } = node as Record<string, unknown>
  if (EXPRESSIONS.has(type)) return printExpr(node as Expr)
  const shown = Object.entries(fields).flatMap(([key, value]) => {
    const empty = value === undefined || value === false || value === "" || (Array.isArray(value) && value.length === 0)
    return empty ? [] : [`${key}=${shape(value)}`]
  })
  if (typeof problem === "object" && problem !== null && "headline" in problem) shown.push(String(problem.headline))
  return `(${[...(type === undefined ? [] : [String(type)]), ...shown].join(" ")})`
}
