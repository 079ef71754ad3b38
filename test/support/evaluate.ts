// Evaluates a text in gradcheck's language at given inputs: its value and its gradients, as the program itself computes them.
import { compile, type Points, type Program, run as runProgram } from "../../src/gradient/compile.ts"
import { differentiate, reachOf } from "../../src/gradient/differentiate.ts"
import type { NumberFormat } from "../../src/gradient/formats.ts"
import { addConstant, addInput, type Graph, type Node, newGraph } from "../../src/graph/node.ts"
import { type Context, newScope, toNode } from "../../src/graph/scope.ts"
import { run } from "../../src/graph/trace.ts"
import { tensor } from "../../src/graph/values.ts"
import type { Framework, NumberType, Shape } from "../../src/ops/record.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import { parseProgram } from "../../src/syntax/parse.ts"

export type Numbers = number | readonly Numbers[]

export interface Options {
  /** Inputs to differentiate for; all real ones unless told. */
  readonly wrt?: readonly string[]
  readonly framework?: Framework
  readonly format?: NumberFormat
  /** Inputs that hold whole numbers or truths. */
  readonly types?: Readonly<Record<string, NumberType>>
}

/** A text made into a graph over inputs of known shape. */
export interface Prepared {
  readonly graph: Graph
  readonly root: Node
  readonly inputs: ReadonlyMap<string, Node>
  readonly wrt: readonly string[]
  /** Adjoints by name; null where no path leads. */
  readonly adjoints: ReadonlyMap<string, Node | null>
  /** Values at several points: rows[point] = { value, gradients }. */
  readonly at: (points: readonly Readonly<Record<string, readonly number[]>>[]) => Row[]
}

export interface Row {
  readonly value: number[]
  readonly gradients: Readonly<Record<string, number[] | null>>
}

/** Points that one program is made for at most; more run in several blocks. */
const WIDEST = 256

/** Parses, traces and differentiates once, to evaluate at many points. */
export function prepare(text: string, shapes: Readonly<Record<string, Shape>>, options: Options = {}): Prepared {
  const graph = newGraph(options.framework ?? "torch")
  const source = { name: "test", text }
  const scope = newScope()
  const inputs = new Map<string, Node>()
  for (const [name, shape] of Object.entries(shapes)) {
    const node = addInput(graph, name, shape, options.types?.[name] ?? "real")
    inputs.set(name, node)
    scope.names.set(name, tensor(node))
  }
  let noises = 0
  const context: Context = {
    graph,
    source,
    via: undefined,
    depth: 0,
    used: { steps: 0 },
    places: true,
    noise: (_, shape) => addInput(graph, `noise${noises++}`, shape),
  }
  const value = run(context, parseProgram(source), scope)
  const root = toNode(context, value, { source, start: 0, end: text.length })
  const wrt = options.wrt ?? [...inputs].filter(([, n]) => n.type === "real").map(([name]) => name)
  const targets = new Set(wrt.map((name) => inputs.get(name)!))
  const seed = addConstant(graph, new Float64Array(sizeOf(root.shape)).fill(1), root.shape)
  const all = root.type === "real" ? differentiate(graph, root, seed, targets) : new Map<Node, Node>()
  const adjoints = new Map<string, Node | null>()
  for (const name of wrt) {
    const node = inputs.get(name)!
    const cut = root.type !== "real" || reachOf(root, node, graph.framework) === "cut"
    const zero = (): Node => addConstant(graph, new Float64Array(sizeOf(node.shape)), node.shape)
    adjoints.set(name, cut ? null : (all.get(node) ?? zero()))
  }
  const found = [...adjoints].filter((e): e is [string, Node] => e[1] !== null)
  const programs = new Map<number, Program>()
  const at: Prepared["at"] = (points) => {
    const values = new Map<string, Float64Array>()
    for (const [name, node] of inputs) {
      const size = sizeOf(node.shape)
      const block = new Float64Array(size * points.length)
      points.forEach((p, i) => {
        for (let e = 0; e < size; e++) block[e * points.length + i] = p[name]![e]!
      })
      values.set(name, block)
    }
    const width = Math.min(points.length, WIDEST)
    let program = programs.get(width)
    if (!program) {
      program = compile([root, ...found.map(([, n]) => n)], options.format ?? "float64", width)
      programs.set(width, program)
    }
    const out = runProgram(program, { count: points.length, values } satisfies Points)
    const column = (k: number, i: number): number[] =>
      Array.from({ length: out[k]!.length / points.length }, (_, e) => out[k]![e * points.length + i]!)
    return points.map((_, i) => ({
      value: column(0, i),
      gradients: Object.fromEntries([
        ...wrt.map((name) => [name, null] as const),
        ...found.map(([name], k) => [name, column(k + 1, i)] as const),
      ]),
    }))
  }
  return { graph, root, inputs, wrt, adjoints, at }
}

export const shapeOf = (x: Numbers): number[] =>
  typeof x === "number" ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])]
export const flat = (x: Numbers): number[] => (typeof x === "number" ? [x] : x.flatMap(flat))

export interface Evaluation extends Row {
  readonly shape: Shape
  readonly type: NumberType
}

/** Value and gradients of the sum of a text at one point. A gradient is null where no path leads. */
export function evaluateAt(text: string, inputs: Readonly<Record<string, Numbers>>, options: Options = {}): Evaluation {
  const entries = Object.entries(inputs)
  const prepared = prepare(text, Object.fromEntries(entries.map(([n, v]) => [n, shapeOf(v)])), options)
  const [row] = prepared.at([Object.fromEntries(entries.map(([n, v]) => [n, flat(v)]))])
  return { ...row!, shape: prepared.root.shape, type: prepared.root.type }
}
