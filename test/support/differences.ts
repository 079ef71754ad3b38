// Gradients as the program derives them against finite differences of the values that the program computes.
import { compile, run } from "../../src/gradient/compile.ts"
import { differentiate } from "../../src/gradient/differentiate.ts"
import { addConstant, addInput, apply, type Graph, type Node, newGraph } from "../../src/graph/node.ts"
import type { Framework, Shape } from "../../src/ops/record.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import { operation } from "../../src/ops/table.ts"
import { randomFrom } from "./random.ts"

export type Build = (graph: Graph, inputs: readonly Node[]) => Node

export interface Outcome {
  /** Largest difference between a directional derivative and the finite difference, against their size. */
  readonly error: number
  readonly said: number
  readonly seen: number
  readonly at: readonly number[]
}

/** A scalar of all entries, each with a weight of its own, so that no two errors cancel. */
export function weighed(graph: Graph, node: Node, seed: number): Node {
  const random = randomFrom(seed)
  const weights = Float64Array.from({ length: sizeOf(node.shape) }, () => 0.5 + random())
  const product = apply(graph, operation("mul"), [node, addConstant(graph, weights, node.shape)])
  return apply(graph, operation("sum"), [product], { axis: null, keepdims: false })
}

/** The gradient of a scalar node with respect to inputs, as nodes; zeros where no path leads. */
export function gradientOf(graph: Graph, root: Node, wrt: readonly Node[]): Node[] {
  const adjoints = differentiate(graph, root, addConstant(graph, 1), new Set(wrt))
  return wrt.map((n) => adjoints.get(n) ?? addConstant(graph, new Float64Array(sizeOf(n.shape)), n.shape))
}

/** Runs nodes at points, each point a flat list of all inputs' numbers. */
export function valuesAt(
  outputs: readonly Node[],
  inputs: readonly Node[],
  points: readonly (readonly number[])[],
): number[][] {
  let offset = 0
  const values = new Map<string, Float64Array>()
  for (const input of inputs) {
    const size = sizeOf(input.shape)
    const block = new Float64Array(size * points.length)
    points.forEach((p, i) => {
      for (let e = 0; e < size; e++) block[e * points.length + i] = p[offset + e]!
    })
    values.set(String(input.statics.name), block)
    offset += size
  }
  const out = run(compile(outputs, "float64", points.length), { count: points.length, values })
  return points.map((_, i) =>
    out.flatMap((o) => Array.from({ length: o.length / points.length }, (_, e) => o[e * points.length + i]!)),
  )
}

/** Central differences with step h and h/2, combined so that the error falls with the fourth power of h. */
const STEP = 1e-4
const OFFSETS = [STEP, -STEP, STEP / 2, -STEP / 2]
const slopeOf = ([a, b, c, d]: readonly number[]): number => (4 * ((c! - d!) / STEP) - (a! - b!) / (2 * STEP)) / 3

/**
 * The worst disagreement over points along random directions. `order` 2 checks the gradient of a directional
 * derivative instead: the formulas of the formulas. Only the inputs named in `live` move.
 */
export function compareGradients(
  build: Build,
  shapes: readonly Shape[],
  points: readonly (readonly number[])[],
  seed: number,
  options: { readonly framework?: Framework; readonly order?: 1 | 2; readonly live?: readonly number[] } = {},
): Outcome {
  const graph = newGraph(options.framework ?? "torch")
  const inputs = shapes.map((shape, k) => addInput(graph, `x${k}`, shape))
  const live = options.live ?? inputs.map((_, k) => k)
  const wrt = live.map((k) => inputs[k]!)
  let root = weighed(graph, build(graph, inputs), seed)
  if (options.order === 2) {
    const first = gradientOf(graph, root, wrt).map((n, k) => weighed(graph, n, seed + 1 + k))
    root = first.reduce((a, b) => apply(graph, operation("add"), [a, b]))
  }
  const gradients = gradientOf(graph, root, wrt)
  const random = randomFrom(seed + 99)
  const moves = inputs.map((_, k) => live.includes(k))
  const directions = points.map(() =>
    shapes.flatMap((s, k) => Array.from({ length: sizeOf(s) }, () => (moves[k] ? 2 * random() - 1 : 0))),
  )
  const probes = points.flatMap((p, i) => OFFSETS.map((h) => p.map((x, e) => x + h * directions[i]![e]!)))
  const values = valuesAt([root], inputs, probes).map((v) => v[0]!)
  const said = valuesAt(gradients, inputs, points)
  let worst: Outcome = { error: 0, said: 0, seen: 0, at: [] }
  points.forEach((p, i) => {
    const seen = slopeOf(values.slice(4 * i, 4 * i + 4))
    const own = directions[i]!.filter((_, e) => moves[ownerOf(shapes, e)])
    const dot = said[i]!.reduce((sum, g, e) => sum + g * own[e]!, 0)
    // The values' own rounding bounds what a difference can tell.
    const floor = Math.max(...values.slice(4 * i, 4 * i + 4).map(Math.abs)) * 1e-5
    const error = Math.abs(dot - seen) / Math.max(1e-3, floor, Math.abs(dot), Math.abs(seen))
    if (!(error <= worst.error)) worst = { error, said: dot, seen, at: p }
  })
  return worst
}

/** Which input the e-th number of a point belongs to. */
function ownerOf(shapes: readonly Shape[], e: number): number {
  let left = e
  return shapes.findIndex((s) => {
    left -= sizeOf(s)
    return left < 0
  })
}
