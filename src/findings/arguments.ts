// The arguments of a node as the user wrote them: syntax for each argument name of its operation.

import type { Node } from "../graph/node.ts"
import type { Static } from "../ops/record.ts"
import { isSilent } from "../ops/signature.ts"
import { entryOf, moduleRoots, signatureOf, spellingsOf } from "../ops/table.ts"
import { sliceOf } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"

/** The pieces of an expression that are its arguments, in order; keyword arguments by name. */
interface Parts {
  readonly positional: readonly Expr[]
  readonly keywords: ReadonlyMap<string, Expr>
  /** The framework path that is called, such as F.relu. */
  readonly path?: string
}

const none: ReadonlyMap<string, Expr> = new Map()

/** The dotted path that a name stands for, when it is a module or one of its functions. */
type PathOf = (name: string) => string | undefined

const byRoot: PathOf = (name) => (moduleRoots.has(name) ? name : undefined)

function partsOf(expr: Expr, rootOf: PathOf): Parts | undefined {
  switch (expr.type) {
    case "Binary":
      return { positional: [expr.left, expr.right], keywords: none }
    case "Unary":
      return { positional: [expr.operand], keywords: none }
    case "Compare":
      return expr.rest.length === 1 ? { positional: [expr.first, expr.rest[0]!.right], keywords: none } : undefined
    // A member that is no call, such as x.data, has what it is a member of for its argument.
    case "Attribute":
      return { positional: [expr.object], keywords: none }
    case "Conditional":
      return { positional: [expr.test, expr.then, expr.otherwise], keywords: none }
    case "Call": {
      if (expr.args.some((a) => a.spread)) return undefined
      const keywords = new Map(expr.args.flatMap((a) => (a.name ? [[a.name, a.value] as const] : [])))
      const own = expr.args.filter((a) => !a.name).map((a) => a.value)
      const path = pathOf(expr.callee, rootOf)
      // What a method changes in place has no value of its own.
      if (path === undefined && expr.callee.type === "Attribute" && /[^_]_$/.test(expr.callee.name)) return undefined
      if (path) return { positional: own, keywords, path }
      // A method's object is its first argument.
      if (expr.callee.type === "Attribute")
        return { positional: [expr.callee.object, ...own], keywords, path: `Tensor.${expr.callee.name}` }
      return { positional: own, keywords }
    }
    default:
      return undefined
  }
}

/** torch.nn.functional.relu as text, when its root is a module; a name that was taken out of one. */
function pathOf(expr: Expr, rootOf: PathOf): string | undefined {
  const names: string[] = []
  let at = expr
  while (at.type === "Attribute") {
    names.unshift(at.name)
    at = at.object
  }
  const root = at.type === "Name" ? rootOf(at.name) : undefined
  return root !== undefined && (names.length > 0 || root.includes(".")) ? [root, ...names].join(".") : undefined
}

/** A default as syntax; undefined for None, which says nothing. */
function defaultOf(value: Static, at: Expr): Expr | undefined {
  const place = { start: at.start, end: at.end }
  if (typeof value === "number" && Number.isFinite(value))
    return { type: "Number", value, whole: Number.isInteger(value), ...place }
  if (typeof value === "string") return { type: "String", value, ...place }
  return typeof value === "boolean" ? { type: "Constant", value, ...place } : undefined
}

/** Syntax for the arguments of a call text under the argument names of an entry; defaults where nothing is given. */
export function argumentsOfCall(
  expr: Expr,
  entryName: string,
  rootOf: PathOf = byRoot,
): ReadonlyMap<string, Expr> | undefined {
  const entry = entryOf(entryName)
  const parts = partsOf(expr, rootOf)
  if (!entry || !parts) return undefined
  const own = signatureOf(entry).calls![0]!
  const spelled = parts.path ? spellingsOf(parts.path).find((s) => s.entry === entry)?.signature.calls?.[0] : undefined
  const names = new Map<string, Expr>()
  ;(spelled ?? own).forEach((param, k) => {
    const value = parts.positional[k] ?? parts.keywords.get(param.name)
    if (value && !isSilent(param)) names.set(param.target, value)
  })
  for (const param of own) {
    const value = names.has(param.name) ? undefined : defaultOf(param.default, expr)
    if (value && !param.required) names.set(param.name, value)
  }
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
