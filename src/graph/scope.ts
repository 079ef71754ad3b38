// Names and what they stand for, and the state of one trace.

import type { AssumedSetting } from "../definitions/settings.ts"
import { type Operation, ShapeError, type Statics } from "../ops/record.ts"
import { sizeOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import { count } from "../source/count.ts"
import { Problem, type ProblemParts } from "../source/problem.ts"
import type { Source, Span } from "../source/text.ts"
import type { PythonFile } from "../syntax/project.ts"
import type { Flow } from "./branching.ts"
import type { Worlds } from "./leaving.ts"
import { isMasked } from "./masked.ts"
import type { Modules } from "./modules.ts"
import { addConstant, apply, type Graph, isConstant, type Node, newGraph, placedConstant, scalarOf } from "./node.ts"
import { type GivenNames, isTensor, kindOf, type Scope, tensor, type Value } from "./values.ts"

/** Bounds on one trace, so that hostile input costs a message and not a hang. */
export const MOST_STEPS = 200_000
export const DEEPEST_CALL = 100
export const LONGEST_LOOP = 10_000
export const MOST_NODES = 100_000
/** In files, where nobody states shapes, each so many numbers of a result count as steps: large tensors take time, too. */
const LARGE = { numbers: 4096, steps: 64 }

/** The adjoints of the nodes between `root` and `wrt`; `seed` is that of root. */
export type Differentiate = (graph: Graph, root: Node, seed: Node, wrt: ReadonlySet<Node>) => ReadonlyMap<Node, Node>

/** One trace: the graph it adds to, where the source stands, and what has been used up. */
export interface Context {
  readonly graph: Graph
  readonly source: Source
  /** The call that led into this source. */
  readonly via: Span | undefined
  /** The call of a function of the user's own that is being run. */
  readonly calls?: Span
  readonly depth: number
  /** The files around, and the one that is run. */
  readonly modules?: Modules
  readonly file?: PythonFile
  /**
   * What the trace has taken; what it had to leave open, where a number stands for what nothing tells; whether it went
   * around an exception in which most inputs would end; whether it asked for a shape or a type of what it was given; and
   * what stands for settings that have no default.
   */
  readonly used: {
    steps: number
    large?: number
    unsaid?: Problem
    strayed?: Span
    asked?: boolean
    settings?: AssumedSetting[]
  }
  /** Gradients as nodes of the same graph, where a program asks for them itself. */
  readonly differentiate?: Differentiate
  /** Hears of inputs that serve as positions, and how many positions there are. */
  readonly onPosition?: (input: Node, count: number) => void
  /** There while shapes are guessed: a single number is not folded then, it wants to be a vector. Hears whether one was to be. */
  readonly strict?: { folds: boolean } | undefined
  /** True where the framework keeps nothing for a backward pass: without gradient, and in forward passes with one of their own. */
  readonly untracked?: boolean
  /** Inside a loop: runs the rounds that follow, for the side of a branch on a tensor that stays. */
  readonly goOn?: (scope: Scope) => Flow
  /** What the trace meets of frameworks and of plain Python; whether what is plain is cut off. */
  readonly worlds?: Worlds
  readonly cuts?: boolean
  /** False in derivative formulas, whose nodes carry no places. */
  readonly places: boolean
  /** Makes an input of noise that the source draws itself. */
  readonly noise?: (kind: "uniform" | "normal", shape: readonly number[]) => Node
  /** Hears the value of every piece of source, compositions included, in the order of evaluation. */
  readonly onValue?: (place: Span, value: Value) => void
  /** Called for a name that stands for nothing yet. */
  readonly free?: (name: string, span: Span) => Value | undefined
}

/** A context whose graph nobody looks at. */
export const scratch = (source: Source): Context => ({
  graph: newGraph("torch"),
  source,
  via: undefined,
  depth: 0,
  used: { steps: 0 },
  places: false,
})

export const newScope = (parent?: Scope, guard?: Node): Scope => ({
  names: new Map(),
  parent,
  ...(guard ? { guard } : {}),
})

export const spanOf = (context: Context, place: { readonly start: number; readonly end: number }): Span => ({
  source: context.source,
  start: place.start,
  end: place.end,
  ...(context.via ? { via: context.via } : {}),
  ...(context.calls ? { calls: context.calls } : {}),
})

/** Stops with a message at a place. */
export function failAt(
  span: Span,
  headline: string,
  text = "",
  rest: { help?: string[]; note?: string[]; close?: string[] } = {},
): never {
  throw new Problem({ headline, mark: { span, text }, ...rest })
}

/** Applies an operation; shapes that do not fit become a message at the place. */
export function build(
  context: Context,
  op: Operation | string,
  inputs: readonly Node[],
  statics: Statics,
  span: Span,
): Node {
  if (context.graph.nodes.length > MOST_NODES)
    failAt(span, "the expression grows too large to follow", `over ${count(MOST_NODES)} steps`)
  const record = typeof op === "string" ? operation(op) : op
  if (context.strict && (record.spreads || record.flattens) && inputs[0]!.shape.length === 0) {
    context.strict.folds = true
    throw new ShapeProblem({ headline: `${record.name} of a single number`, mark: { span, text: "" } })
  }
  const made = fitting(span, () => apply(context.graph, record, inputs, statics, context.places ? span : undefined))
  if (context.file)
    context.used.large = (context.used.large ?? 0) + LARGE.steps * Math.floor(sizeOf(made.shape) / LARGE.numbers)
  return made
}

/** Shapes that do not fit: another guess of the inputs' shapes may. */
export class ShapeProblem extends Problem {
  /** Two lengths that had to be the same. */
  readonly lengths: readonly [number, number] | undefined
  constructor(parts: ProblemParts, lengths?: readonly [number, number]) {
    super(parts)
    this.lengths = lengths
  }
}

/** An exception that the program itself raises: its own `try`, or a branch around it, may go on without it. */
export class Raised extends Problem {}

/** Runs `step`; shapes that do not fit become a message at the place. */
export function fitting<T>(span: Span | undefined, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof ShapeError)
      throw new ShapeProblem({ headline: error.message, ...(span ? { mark: { span, text: "" } } : {}) }, error.lengths)
    throw error
  }
}

/** The function around, if it has arguments that came from names. */
function givenAround(scope: Scope): { readonly names: Scope["names"]; readonly given: GivenNames } | undefined {
  for (let s: Scope | undefined = scope; s; s = s.parent) if (s.given) return { names: s.names, given: s.given }
  return undefined
}

/** What is written into an argument is written into the caller's own tensor. */
export function noteWritten(scope: Scope, name: string): void {
  const given = givenAround(scope)?.given
  if (given?.put.has(name)) given.written.add(name)
}

/** A name that is bound anew is the argument no longer. */
export function noteBound(scope: Scope, name: string): void {
  const around = givenAround(scope)
  const put = around?.given.put.get(name)
  if (!around || !put) return
  if (around.given.written.has(name)) put(around.names.get(name)!)
  around.given.put.delete(name)
}

/** Looks a name up; a value from outside a guarded branch is seen through its guard. */
export function lookUp(context: Context, scope: Scope, name: string): Value | undefined {
  const guards: Node[] = []
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    // None is null here, and a name like any other.
    const own = s.names.get(name)
    const value = own === undefined ? s.make?.(context, name) : own
    if (value !== undefined) return guards.reduceRight((v, guard) => throughGuard(context, v, guard), value)
    if (s.guard) guards.push(s.guard)
  }
  return undefined
}

/** A value from outside a branch, as seen inside it. A list stays the very list, since it may be added to. */
export function throughGuard(context: Context, value: Value, guard: Node): Value {
  // What carries no gradient is the same inside.
  if ((isTensor(value) || isMasked(value)) && value.node.type !== "real") return value
  if (isMasked(value)) {
    const node = fitting(undefined, () => apply(context.graph, operation("_enter"), [guard, value.node], {}))
    return { ...value, node }
  }
  if (isTensor(value) && !isConstant(value.node))
    return tensor(fitting(undefined, () => apply(context.graph, operation("_enter"), [guard, value.node], {})))
  return value
}

/** A value as a tensor: numbers become constants, lists are stacked. */
export function toNode(context: Context, value: Value, span: Span): Node {
  if (isTensor(value)) return value.node
  if (typeof value === "number")
    return addConstant(context.graph, value, [], Number.isInteger(value) ? "whole" : "real")
  if (typeof value === "boolean") return addConstant(context.graph, value ? 1 : 0, [], "truth")
  if (Array.isArray(value))
    return stackNodes(
      context,
      value.map((v) => toNode(context, v, span)),
      0,
      span,
    )
  throw new ShapeProblem({
    headline:
      kindOf(value) === "masked"
        ? "how many entries the mask selects depends on the data, and this needs to know"
        : "a number or a tensor is needed here",
    mark: { span, text: value === null ? "this is None" : "this is something else" },
  })
}

/** Remembers that a tensor is about to be changed in place. */
export function changes(context: Context, value: Value, place: Span): void {
  const { graph } = context
  if (isTensor(value) && !isConstant(value.node) && context.places && !context.untracked)
    graph.changes.push({ node: value.node, made: graph.nodes.length, place })
}

/** One side of a branch as a tensor. Known numbers get a place of their own, so that a side without a gradient can be shown. */
export function sideOf(context: Context, value: Value, span: Span): Node {
  const node = toNode(context, value, span)
  return isConstant(node) && context.places ? placedConstant(context.graph, node, span) : node
}

/** Tensors along a new axis. */
export function stackNodes(context: Context, nodes: readonly Node[], axis: number, span: Span): Node {
  if (nodes.length === 0) return addConstant(context.graph, new Float64Array(0), [0])
  if (nodes.every((n) => n.shape.length === 0 && scalarOf(n) !== undefined)) {
    const kinds = nodes.map((n) => n.type)
    return addConstant(
      context.graph,
      Float64Array.from(nodes, (n) => scalarOf(n)!),
      [nodes.length],
      kinds.every((k) => k === kinds[0]) ? kinds[0]! : kinds.includes("real") ? "real" : "whole",
    )
  }
  return concatNodes(
    context,
    nodes.map((n) => build(context, "expand_dims", [n], { axis }, span)),
    axis,
    span,
  )
}

/**
 * Tensors end to end. Two are joined by padding each to the whole length and adding; many by halves, so that a long list
 * costs its length times the number of halvings.
 */
export function concatNodes(context: Context, nodes: readonly Node[], axis: number, span: Span): Node {
  const first = nodes[0]
  if (!first) return addConstant(context.graph, new Float64Array(0), [0])
  const rank = first.shape.length
  const k = axis < 0 ? axis + rank : axis
  const fits = nodes.every((n) => n.shape.length === rank && n.shape.every((d, j) => j === k || d === first.shape[j]))
  if (!fits || k < 0 || k >= rank)
    throw new ShapeProblem({
      headline: `tensors of shapes ${nodes.map((n) => `[${n.shape.join(", ")}]`).join(", ")} cannot be joined along axis ${axis}`,
      mark: { span, text: "" },
    })
  return joinHalves(context, nodes, k, span)
}

function joinHalves(context: Context, nodes: readonly Node[], axis: number, span: Span): Node {
  if (nodes.length === 1) return nodes[0]!
  const half = nodes.length >> 1
  const [left, right] = [
    joinHalves(context, nodes.slice(0, half), axis, span),
    joinHalves(context, nodes.slice(half), axis, span),
  ]
  const gap = (length: number): number[] => left.shape.map((_, j) => (j === axis ? length : 0))
  const none = gap(0)
  const before = build(context, "_pad", [left], { before: none, after: gap(right.shape[axis]!) }, span)
  const after = build(context, "_pad", [right], { before: gap(left.shape[axis]!), after: none }, span)
  return build(context, "add", [before, after], {}, span)
}
