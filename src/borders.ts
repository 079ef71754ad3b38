// Where an expression has kinks and jumps along one of its inputs, the others held: roots of the formulas of its operations.

import { compile, type Points, run } from "./gradient/compile.ts"
import { dependents, lowerFormula } from "./gradient/differentiate.ts"
import { trace } from "./graph/inputs.ts"
import type { Node } from "./graph/node.ts"
import { parseProgram } from "./syntax/parse.ts"

/** Roots are looked for between these, in steps that few kinks stand on. */
const [LOW, HIGH, STEPS] = [-10, 10, 1024]
/** Parts that a step with a change of sign is cut into, again and again. */
const PARTS = 64
const ROUNDS = 10
/** Roots nearer to each other are one. */
const SAME = 1e-9

/** Kinks and jumps along `name`, the nearest to 0 first, the positive one of two. */
export function bordersAlong(expression: string, name: string, others: Readonly<Record<string, number>>): number[] {
  const source = { name: "", text: expression }
  const names = [name, ...Object.keys(others)]
  const shapes = new Map(names.map((n) => [n, []]))
  const { graph, root, inputs } = trace(parseProgram(source), source, { shapes, batch: 1, framework: "torch" })
  const moving = inputs.find((i) => i.name === name)
  if (!moving) return []
  const formulas = dependents(root, new Set([moving.node])).flatMap((node) =>
    [...(node.op.kinks ?? []), ...(node.op.jumps ?? [])].map((text) => lowerFormula(graph, node, text)),
  )
  const at = (xs: Float64Array): Points => ({
    count: xs.length,
    values: new Map([
      [name, xs],
      ...Object.entries(others).map(([n, x]): [string, Float64Array] => [n, new Float64Array(xs.length).fill(x)]),
    ]),
  })
  const roots = formulas.filter((f) => f.shape.length === 0).flatMap((f) => rootsOf(f, at))
  const found: number[] = []
  const far = (x: number): number => Math.round(Math.abs(x) / SAME)
  for (const x of roots.sort((a, b) => far(a) - far(b) || b - a))
    if (found.every((y) => Math.abs(x - y) > SAME)) found.push(x)
  return found
}

function rootsOf(formula: Node, at: (xs: Float64Array) => Points): number[] {
  const spread = (low: number, high: number, parts: number): Float64Array =>
    Float64Array.from({ length: parts + 1 }, (_, k) => low + ((high - low) * k) / parts)
  const roots: number[] = []
  const look = (low: number, high: number, parts: number, rounds: number): void => {
    const xs = spread(low, high, parts)
    const [values] = run(compile([formula], "float64", xs.length), at(xs))
    for (let k = 0; k < xs.length; k++) {
      const [a, b] = [values![k]!, values![k + 1] ?? Number.NaN]
      if (a === 0) roots.push(xs[k]!)
      else if (a * b < 0) {
        if (rounds > 0) look(xs[k]!, xs[k + 1]!, PARTS, rounds - 1)
        // Where a formula jumps over 0 it has no root.
        else if (Math.abs(a) + Math.abs(b) < SAME) roots.push(Math.abs(a) < Math.abs(b) ? xs[k]! : xs[k + 1]!)
      }
    }
  }
  look(LOW, HIGH, STEPS, ROUNDS)
  return roots
}
