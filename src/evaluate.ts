// One point: the value of an expression and its gradients there, as the program itself computes them.

import { type Nested, nest } from "./definitions/nested.ts"
import { listSpec } from "./definitions/ranges.ts"
import { compile, type Points, run } from "./gradient/compile.ts"
import { differentiate, reachOf } from "./gradient/differentiate.ts"
import { type Subject, subjectOf, traceSubject } from "./graph/inputs.ts"
import { addConstant, apply, belowOf, type Node } from "./graph/node.ts"
import type { Framework, NumberFormat } from "./ops/record.ts"
import { sizeOf } from "./ops/shapes.ts"
import { operation } from "./ops/table.ts"
import { draw } from "./samples/distributions.ts"
import { noiseRange } from "./samples/points.ts"
import { halton } from "./samples/sequence.ts"
import { Problem } from "./source/problem.ts"
import { suggest } from "./source/suggest.ts"
import { parseProgram } from "./syntax/parse.ts"

export type { Nested }

export interface EvaluateOptions {
  /** A value for every input. */
  readonly at: Readonly<Record<string, Nested>>
  /** Inputs to differentiate by; default: all. */
  readonly wrt?: readonly string[]
  readonly dtype?: NumberFormat
  readonly framework?: Framework
}

export interface Evaluated {
  readonly value: Nested
  /** By input; null where no path of reals leads to it. A value with a shape is summed before differentiating. */
  readonly gradients: Readonly<Record<string, Nested | null>>
}

/** The values of a point, flat, and their shapes. */
export function readPoint(at: EvaluateOptions["at"]): {
  values: Map<string, Float64Array>
  shapes: Map<string, readonly number[]>
} {
  const values = new Map<string, Float64Array>()
  const shapes = new Map<string, readonly number[]>()
  for (const [name, value] of Object.entries(at)) {
    const { range, shape } = listSpec([value])
    if (range.kind !== "list" || !shape) throw new Error("a list of one sample was expected")
    values.set(name, range.samples[0]!)
    shapes.set(name, shape)
  }
  return { values, shapes }
}

/** Which side of each `if` is taken at a point: the other one is not run, and hands nothing back. */
function takenAt(root: Node, point: Points, dtype: NumberFormat): (node: Node, argument: number) => boolean {
  const decisions = [...belowOf(root)].filter((n) => n.statics.control === true)
  if (decisions.length === 0) return () => true
  const tests = run(
    compile(
      decisions.map((n) => n.inputs[0]!),
      dtype,
      1,
    ),
    point,
  )
  const truths = new Map(decisions.map((n, k) => [n, tests[k]!]))
  return (node, argument) => {
    const test = truths.get(node)
    if (!test || argument === 0) return true
    return test.some((t) => (t !== 0) === (argument === 1))
  }
}

/** Value and gradients of an expression at one point. Throws a Problem when the expression or a value cannot be read. */
export function evaluate(expression: string, options: EvaluateOptions): Evaluated {
  const source = { name: "", text: expression }
  return evaluateSubject(subjectOf(parseProgram(source), source, Object.keys(options.at)), options)
}

/** The same for anything that can be traced, such as a function of a file. */
export function evaluateSubject(
  subject: Subject,
  { at, wrt, dtype = "float64", framework = "torch" }: EvaluateOptions,
): Evaluated {
  const { values, shapes } = readPoint(at)
  const traced = traceSubject(subject, { shapes, batch: 8, framework, differentiate })
  for (const { name, node, kind } of traced.inputs)
    if (kind === "uniform" || kind === "normal")
      values.set(name, draw(noiseRange(kind), node.shape, 1, halton(sizeOf(node.shape), 1, 0), 0))
  const missing = traced.inputs.find((i) => !values.has(i.name))
  if (missing)
    throw new Problem({
      headline: `there is no value for ${missing.name}`,
      close: suggest(missing.name, [...values.keys()]),
    })
  const names = wrt ?? traced.inputs.map((i) => i.name)
  const nodes = names.map((name) => {
    const input = traced.inputs.find((i) => i.name === name)
    if (!input)
      throw new Problem({
        headline: `${name} does not occur in the expression`,
        close: suggest(name, [...values.keys()]),
      })
    return input.node
  })
  const { graph, root } = traced
  const total = root.shape.length === 0 ? root : apply(graph, operation("sum"), [root], { axis: null, keepdims: false })
  const adjoints = differentiate(graph, total, addConstant(graph, 1), new Set(nodes))
  const gradients = nodes.map((n) => adjoints.get(n))
  const point = { count: 1, values }
  const [value, ...results] = run(compile([root, ...gradients.flatMap((g) => (g ? [g] : []))], dtype, 1), point)
  const taken = takenAt(root, point, dtype)
  return {
    value: nest(value!, root.shape),
    gradients: Object.fromEntries(
      names.map((name, k) => {
        const node = nodes[k]!
        const found = gradients[k] && results.shift()!
        // Through a step alone the frameworks hand back zeros; without any path, nothing, but for JAX.
        if (framework !== "jax" && reachOf(root, node, framework, taken) === "cut") return [name, null]
        return [name, nest(found ?? new Float64Array(sizeOf(node.shape)), node.shape)]
      }),
    ),
  }
}
