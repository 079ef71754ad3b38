// Words for what a node does to a gradient, from its nature and the side of its kinks.

import type { Node } from "../graph/node.ts"
import type { Blocker } from "../samples/blame.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { printExpr } from "../syntax/print.ts"
import { rewrite } from "../syntax/rewrite.ts"
import { argumentsOf } from "./arguments.ts"

/** Why a cut is one: said of the node by its nature. */
export function whyCut(node: Node): string {
  if (node.op.nature === "stop") return node.op.cutsBecause ?? "cut off on purpose"
  if (node.op.nature === "choice") return `${node.op.name} gives a position: it is flat until another entry wins`
  if (node.type === "truth") return "a comparison is flat on both sides of its jump"
  if (node.type === "whole") return "whole numbers carry no gradient"
  return `${node.op.name} is flat between its jumps`
}

/** `A - B` below zero reads `A < B`; a bare formula reads `A < 0`; a number on the left moves to the right. */
function readSide(formula: Expr, sign: number): string {
  const order = sign < 0 ? "<" : ">"
  if (formula.type === "Binary" && formula.op === "-") {
    const [left, right] = [formula.left, formula.right]
    if (left.type === "Number") return `${printExpr(right)} ${sign < 0 ? ">" : "<"} ${printExpr(left)}`
    return `${printExpr(left)} ${order} ${printExpr(right)}`
  }
  return `${printExpr(formula)} ${order} 0`
}

/** A kink formula of a node on one side of 0, in the user's own words; undefined when its arguments have none. */
export function sideText(node: Node, formula: string, sign: number): string | undefined {
  const names = argumentsOf(node)
  if (!names) return undefined
  const own = rewrite(parseExpression({ name: "kink", text: formula }), (e) =>
    e.type === "Name" ? names.get(e.name) : undefined,
  )
  return simplify(own, sign)
}

/** On which side of its kinks a blocker is flat, in the user's own words; undefined when that is not known. */
export function flatWhere(blocker: Blocker): string | undefined {
  const kinks = blocker.node.op.kinks ?? []
  const sides = blocker.sides.flatMap((sign, k) => (sign === 0 ? [] : (sideText(blocker.node, kinks[k]!, sign) ?? [])))
  return sides.length > 0 ? [...new Set(sides)].join(" or ") : undefined
}

/** max(0, 1 - d) is flat where 0 > 1 - d; people read d > 1. */
function simplify(formula: Expr, sign: number): string {
  if (formula.type === "Binary" && formula.op === "-") {
    const { left, right } = formula
    const zero = (e: Expr): boolean => e.type === "Number" && e.value === 0
    if (zero(left)) return readSide(right, -sign)
    if (zero(right)) return readSide(left, sign)
  }
  return readSide(formula, sign)
}

/** Why a blocker stops the gradient at the cases that get none. */
export function whyBlocked(blocker: Blocker): string {
  const { node } = blocker
  const side = flatWhere(blocker)
  if (side) return `flat where ${side}`
  if (node.op.branches) return "the side that is picked here does not depend on it"
  if (node.op.nature === "smooth" || node.op.nature === "linear")
    return `${node.op.name} multiplies the gradient by 0 here`
  return whyCut(node)
}
