// The arguments of a node as the user wrote them: syntax for each argument name of its operation.

import type { Node } from "../graph/node.ts"
import { entryOf, signatureOf } from "../ops/table.ts"
import { sliceOf } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"

/** Argument expressions in order, keyword arguments by name. */
function given(expr: Expr): { positional: Expr[]; keywords: Map<string, Expr> } | undefined {
  const keywords = new Map<string, Expr>()
  switch (expr.type) {
    case "Binary":
      return { positional: [expr.left, expr.right], keywords }
    case "Unary":
      return { positional: [expr.operand], keywords }
    case "Compare":
      return expr.rest.length === 1 ? { positional: [expr.first, expr.rest[0]!.right], keywords } : undefined
    case "Conditional":
      return { positional: [expr.test, expr.then, expr.otherwise], keywords }
    case "Call": {
      if (expr.args.some((a) => a.spread)) return undefined
      for (const a of expr.args) if (a.name) keywords.set(a.name, a.value)
      const own = expr.args.filter((a) => !a.name).map((a) => a.value)
      // A method's object is its first argument; a module is none.
      const method =
        expr.callee.type === "Attribute" &&
        !/^(torch|F|nn|tf|keras|K|jnp|jax|np|numpy|lax|math|optax)\b/.test(rootOf(expr.callee))
      return { positional: method && expr.callee.type === "Attribute" ? [expr.callee.object, ...own] : own, keywords }
    }
    default:
      return undefined
  }
}

function rootOf(expr: Expr): string {
  let at = expr
  while (at.type === "Attribute") at = at.object
  return at.type === "Name" ? at.name : ""
}

/** Syntax for the arguments of a call text under the argument names of an entry. */
export function argumentsOfCall(expr: Expr, entryName: string): ReadonlyMap<string, Expr> | undefined {
  const entry = entryOf(entryName)
  const parts = given(expr)
  if (!entry || !parts) return undefined
  const params = signatureOf(entry).calls![0]!
  const names = new Map<string, Expr>()
  params.forEach((param, k) => {
    const value = parts.positional[k] ?? parts.keywords.get(param.name)
    if (value) names.set(param.name, value)
  })
  return names
}

/** Syntax for the arguments of a node, from its first place in the source. */
export function argumentsOf(node: Node): ReadonlyMap<string, Expr> | undefined {
  const span = node.spans[0]
  if (!span) return undefined
  try {
    return argumentsOfCall(parseExpression({ name: "", text: sliceOf(span) }), node.op.name)
  } catch {
    // A piece of a chain such as `a < b < c` need not be an expression of its own.
    return undefined
  }
}
