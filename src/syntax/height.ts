// A bound on the height of trees, measured without recursion, so that all later stages may recurse.
import type { Expr } from "./ast.ts"
import { give, MOST_HEIGHT, type Parser } from "./parser.ts"
import { children } from "./walk.ts"

/** The expression itself, unless it is too high to walk by recursion. */
export function bounded(p: Parser, root: Expr): Expr {
  let row: Expr[] = [root]
  for (let height = 1; row.length > 0; height++) {
    if (height > MOST_HEIGHT) {
      const { start, end } = row[0] ?? root
      const headline = `the expression is nested too deeply (${MOST_HEIGHT} levels at most)`
      give(p, { start, end, headline, text: "this level is one too many" })
    }
    const below: Expr[] = []
    for (const node of row) for (const child of children(node)) below.push(child)
    row = below
  }
  return root
}
