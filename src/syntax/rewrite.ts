// Putting other expressions in the place of some: trees are plain data, so one walk serves every kind of node.
import type { Expr, Program } from "./ast.ts"

/** The tree with every expression replaced for which `change` gives another; what is replaced is not walked further. */
export function rewrite<T extends Expr | Program>(tree: T, change: (e: Expr) => Expr | undefined): T {
  return copy(tree, change) as T
}

function copy(value: unknown, change: (e: Expr) => Expr | undefined): unknown {
  if (Array.isArray(value)) return value.map((v) => copy(v, change))
  if (typeof value !== "object" || value === null) return value
  if ("type" in value && "start" in value) {
    const other = change(value as Expr)
    if (other) return other
  }
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, copy(v, change)]))
}

/** The expression at a range of the source, the outermost one of exactly that extent. */
export function expressionAt(program: Program, start: number, end: number): Expr | undefined {
  let found: Expr | undefined
  rewrite(program, (e) => {
    if (!found && e.start === start && e.end === end && !isStatement(e)) found = e
    return found === e ? e : undefined
  })
  return found
}

const statements: ReadonlySet<string> = new Set(["Expression", "Assign", "AugmentedAssign", "Return", "Function"])
const isStatement = (e: { readonly type: string }): boolean => statements.has(e.type)
