// Why a share of a gradient is what it is at one point: its formula followed to where a NaN, an infinity or a 0 is born.
import { evaluateFormula } from "../graph/calls.ts"
import { type Graph, type Node, scalarOf } from "../graph/node.ts"
import type { Context } from "../graph/scope.ts"
import { isTensor, type Value } from "../graph/values.ts"
import { broadcastMap } from "../ops/shapes.ts"
import { Problem } from "../source/problem.ts"
import type { Expr } from "../syntax/ast.ts"
import { printExpr } from "../syntax/print.ts"
import { rewrite } from "../syntax/rewrite.ts"
import { bindings, edgesOf, parsed } from "./differentiate.ts"

/** The formula by which a node hands its gradient to one argument, and what its names stand for. */
export interface ShareFormula {
  readonly expr: Expr
  readonly names: ReadonlyMap<string, Value>
  /** The nodes that names stand for, of which numbers are needed. */
  readonly nodes: readonly Node[]
}

/** Undefined where the elements of the formula do not stand beside each other, as in a matrix product. */
export function shareFormula(graph: Graph, node: Node, argument: number, g: Node): ShareFormula | undefined {
  if (!node.op.pointwise && !node.op.spreads) return undefined
  const expr = parsed(edgesOf(node, graph.framework)[argument]!)
  const names = bindings(graph, node, g)
  return { expr, names, nodes: [...names.values()].flatMap((v) => (isTensor(v) ? [v.node] : [])) }
}

/** What a share is, at one place: the last step of its computation with its numbers, such as "0 * -inf". */
export interface Born {
  readonly text: string
  /** The share before it was rounded to a format. */
  readonly exact: number
}

type Numbers = ReadonlyMap<string, Value>

/** Numbers for a message: short, and as the language writes them. */
export const shortNumber = (x: number): string =>
  Number.isNaN(x)
    ? "NaN"
    : x === Infinity
      ? "inf"
      : x === -Infinity
        ? "-inf"
        : String(Number(x.toPrecision(3))).replace("e+", "e")

/** Follows a formula at element `e` of the argument; `numbersOf` gives the numbers of a node. */
export function bornAt(
  graph: Graph,
  node: Node,
  argument: number,
  formula: ShareFormula,
  e: number,
  numbersOf: (node: Node) => Float64Array,
  isWanted: (share: number) => boolean,
): Born | undefined {
  const input = node.inputs[argument]!
  const shape = node.op.spreads ? input.shape : node.shape
  const map = broadcastMap(input.shape, shape)
  const size = shape.reduce((a, b) => a * b, 1)
  const places = map ? Array.from({ length: size }, (_, j) => j).filter((j) => map[j] === e) : [e]
  let first: Born | undefined
  for (const j of places.slice(0, MOST_PLACES)) {
    const numbers = new Map(
      [...formula.names].map(([name, value]): [string, Value] => {
        if (!isTensor(value)) return [name, value]
        const at = broadcastMap(value.node.shape, shape)
        return [name, numbersOf(value.node)[at ? at[j]! : j]!]
      }),
    )
    const compute = (expr: Expr): number | undefined => computed(graph, expr, numbers)
    const exact = compute(formula.expr)
    if (exact === undefined) return undefined
    const born = { text: follow(formula.expr, exact, compute, numbers), exact }
    if (isWanted(exact)) return born
    first ??= born
  }
  return first
}

/** So many places that broadcasting joined are looked at. */
const MOST_PLACES = 64

function computed(graph: Graph, expr: Expr, numbers: Numbers): number | undefined {
  const context: Context = {
    graph,
    source: { name: "formula", text: "" },
    via: undefined,
    depth: 0,
    used: { steps: 0 },
    places: false,
  }
  try {
    return scalarOf(evaluateFormula(context, expr, numbers))
  } catch (error) {
    // A formula that folds or moves elements has no meaning for one of them.
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Down to the step that makes a NaN, an infinity or a 0 of numbers that are none. */
function follow(expr: Expr, value: number, compute: (expr: Expr) => number | undefined, numbers: Numbers): string {
  const alike = (x: number | undefined): boolean => x !== undefined && Object.is(Math.abs(x), Math.abs(value))
  if (expr.type === "Call" && expr.callee.type === "Name" && expr.callee.name === "where" && expr.args.length === 3) {
    const branch = compute(expr.args[0]!.value) === 0 ? 2 : 1
    return follow(expr.args[branch]!.value, value, compute, numbers)
  }
  if (expr.type === "Unary") return follow(expr.operand, -value, compute, numbers)
  if (expr.type === "Binary") {
    const [left, right] = [compute(expr.left), compute(expr.right)]
    if (!isLeaf(expr.left) && alike(left)) return follow(expr.left, left!, compute, numbers)
    // A product is 0 by what the gradient is multiplied with: that factor is shown, and not how it came about.
    if (!isLeaf(expr.right) && alike(right) && !Object.is(Math.abs(value), 0))
      return follow(expr.right, right!, compute, numbers)
    if (left !== undefined && right !== undefined)
      return `${shortNumber(left)} ${expr.op} ${right < 0 && expr.op === "**" ? `(${shortNumber(right)})` : shortNumber(right)}`
  }
  return written(expr, numbers)
}

const isLeaf = (e: Expr): boolean => e.type === "Name" || e.type === "Number"

/** The formula with numbers in the place of names. */
const written = (expr: Expr, numbers: Numbers): string =>
  printExpr(
    rewrite(expr, (e) => {
      const value = e.type === "Name" ? numbers.get(e.name) : undefined
      return typeof value === "number"
        ? { type: "Name", name: shortNumber(value), start: e.start, end: e.end }
        : undefined
    }),
  )
