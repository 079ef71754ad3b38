// Finding an expression by its place, and putting others in its place: trees are plain data, so one walk serves every kind of node.
import type { Expr, Program } from "./ast.ts"
import type { FileStmt, Module } from "./file-ast.ts"

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

/** An expression in its surroundings. */
export interface Found {
  readonly expr: Expr
  /** The expressions around it, the outermost first. */
  readonly around: readonly Expr[]
  /** The statement that the outermost one stands in. */
  readonly statement: { readonly type: string }
}

/** The expression at a range of the source, the outermost one of exactly that extent. */
export function expressionAt(tree: Program | Module, start: number, end: number): Found | undefined {
  const look = (value: unknown, around: readonly Expr[], statement: FileStmt | undefined): Found | undefined => {
    if (typeof value !== "object" || value === null) return undefined
    if (Array.isArray(value)) {
      for (const v of value) {
        const found = look(v, around, statement)
        if (found) return found
      }
      return undefined
    }
    const node = value as { readonly type?: string; readonly start?: number; readonly end?: number }
    // Pieces without a place of their own, such as the entries of a dictionary, may hold it as well.
    if (node.start !== undefined && (node.start > start || node.end! < end)) return undefined
    let [outer, within] = [around, statement]
    if (node.type !== undefined && node.start !== undefined) {
      if (isExpression(node.type)) {
        const expr = value as Expr
        if (expr.start === start && expr.end === end) return { expr, around, statement: statement ?? { type: "" } }
        outer = [...around, expr]
      } else within = value as FileStmt
    }
    for (const v of Object.values(value)) {
      const found = look(v, outer, within)
      if (found) return found
    }
    return undefined
  }
  return look(tree.body, [], undefined)
}

/** Every expression in one, itself included. */
export function expressionsIn(expr: Expr): ReadonlySet<Expr> {
  const all = new Set<Expr>()
  rewrite(expr, (e) => {
    if (isExpression(e.type)) all.add(e)
    return undefined
  })
  return all
}

const kinds: Readonly<Record<Expr["type"], true>> = {
  Number: true,
  String: true,
  Format: true,
  Constant: true,
  Name: true,
  Attribute: true,
  Call: true,
  Index: true,
  Slice: true,
  Tuple: true,
  List: true,
  Set: true,
  Dict: true,
  Unary: true,
  Binary: true,
  Compare: true,
  Bool: true,
  Conditional: true,
  Lambda: true,
  Comprehension: true,
  DictComprehension: true,
  Starred: true,
  Walrus: true,
}
const isExpression = (type: string): boolean => Object.hasOwn(kinds, type)
