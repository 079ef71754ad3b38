// Names for regions: the sides of kinks and jumps on which a gradient is proved to be 0.

import { dependents, lowerFormula, parsed } from "../gradient/differentiate.ts"
import type { Line, Step, Wanted } from "../gradient/elements.ts"
import { addConstant, type Graph, type Node } from "../graph/node.ts"
import { type Interval, point } from "../ops/interval.ts"
import type { Operation, Shape } from "../ops/record.ts"
import { broadcast, broadcastMap, sizeOf } from "../ops/shapes.ts"
import { signatureOf } from "../ops/table.ts"
import { printExpr } from "../syntax/print.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"

/** "formula below 0" or above. */
export interface Side {
  readonly node: Node
  /** A kink or jump formula of the node's operation, as its record has it. */
  readonly formula: string
  readonly sign: 1 | -1
}

/** A border: where `left` and `right` are equal, the two parts of a difference, or a formula and 0. */
export interface Border {
  readonly node: Node
  readonly formula: string
  readonly left: Node
  readonly right: Node
}

/** More kinks than this are not tried as names for a region. */
const MOST_BORDERS = 12

/** Kinks on the way to the parameter, and the jumps of comparisons that something there is chosen by. */
export function bordersBetween({ question: { traced } }: Evidence, parameter: ParameterEvidence): Border[] {
  const borders: Border[] = []
  const add = (node: Node, formulas: readonly string[] | undefined): void => {
    for (const formula of formulas ?? []) borders.push(borderOf(traced.graph, node, formula))
  }
  for (const node of dependents(traced.root, new Set([parameter.node]))) {
    add(node, node.op.kinks)
    if (node.op.branches) for (const input of node.inputs) if (input.type === "truth") add(input, input.op.jumps)
  }
  const size = sizeOf(parameter.node.shape)
  return borders.filter((b) => [1, size].includes(sizeOf(shapeOf(b)))).slice(0, MOST_BORDERS)
}

const shapeOf = ({ left, right }: Border): Shape => broadcast([left.shape, right.shape])

function borderOf(graph: Graph, node: Node, formula: string): Border {
  const expr = parsed(formula)
  const [left, right] =
    expr.type === "Binary" && expr.op === "-"
      ? [lowerFormula(graph, node, printExpr(expr.left)), lowerFormula(graph, node, printExpr(expr.right))]
      : [lowerFormula(graph, node, formula), addConstant(graph, 0)]
  return { node, formula, left, right }
}

/** The elements of a border that stand beside an element of the gradient: its own, or the only one. */
export function besides(border: Border, element: number): readonly [Wanted, Wanted] {
  const shape = shapeOf(border)
  const at = (node: Node): Wanted => {
    const map = broadcastMap(node.shape, shape)
    const own = sizeOf(shape) === 1 ? 0 : element
    return { node, element: map ? map[own]! : own }
  }
  return [at(border.left), at(border.right)]
}

/** Which side of a border is meant when one number is above or below the other all over a box; 0 when on both. */
export const sideOf = (left: Interval, right: Interval): 1 | 0 | -1 =>
  left.nan || right.nan || left.lo > left.hi || right.lo > right.hi
    ? 0
    : left.lo >= right.hi && left.hi > right.lo
      ? 1
      : left.hi <= right.lo && left.lo < right.hi
        ? -1
        : 0

/** The truths of a line that are known on one side of a border, because they ask which of the same two numbers is larger. */
export function knownOn(line: Line, left: number, right: number, sign: 1 | -1): ReadonlyMap<Step, Interval> {
  const known = new Map<Step, Interval>()
  for (const step of line.steps) {
    const { op, type } = step.node
    if (type !== "truth" || !op.value || op.jumps?.length !== 1 || !isDifference(op.jumps[0]!, op)) continue
    const [a, b] = step.args
    if (a === left && b === right) known.set(step, point(op.value(sign, 0)))
    if (a === right && b === left) known.set(step, point(op.value(0, sign)))
  }
  return known
}

/** "a - b" of the two arguments in their order. */
function isDifference(formula: string, op: Operation): boolean {
  const expr = parsed(formula)
  const names = signatureOf(op).calls![0]!.map((p) => p.name)
  return (
    expr.type === "Binary" &&
    expr.op === "-" &&
    expr.left.type === "Name" &&
    expr.right.type === "Name" &&
    expr.left.name === names[0] &&
    expr.right.name === names[1]
  )
}
