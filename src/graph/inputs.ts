// From a program and what is said of its inputs to a graph: shapes that nobody stated are found by use.

import { type Candidate, CLASSES } from "../definitions/candidates.ts"
import { freeNames } from "../definitions/free-names.ts"
import { isPerRow, parametersOf, partOf, type Role, soundsTrained } from "../definitions/roles.ts"
import type { Framework, Shape } from "../ops/record.ts"
import { sameShape } from "../ops/shapes.ts"
import { type Edit, editedText } from "../source/edit.ts"
import { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import type { Program } from "../syntax/ast.ts"
import { called } from "../syntax/called.ts"
import type { Module } from "../syntax/file-ast.ts"
import { parseProgram } from "../syntax/parse.ts"
import { isMixed, newWorlds } from "./leaving.ts"
import { filled, isMasked } from "./masked.ts"
import { constants } from "./names.ts"
import {
  addInput,
  belowOf,
  type Graph,
  inputName,
  isConstant,
  isControl,
  isInput,
  type Node,
  newGraph,
  scalarOf,
} from "./node.ts"
import { type Context, type Differentiate, fitting, newScope, ShapeProblem, toNode } from "./scope.ts"
import { run } from "./trace.ts"
import { type Scope, tensor, type Value } from "./values.ts"

export interface TracedInput {
  readonly name: string
  readonly node: Node
  /** Noise that the program draws itself; "labels" are whole numbers below `classes`, used as positions. */
  readonly kind: "given" | "free" | "uniform" | "normal"
  readonly shapeAssumed: boolean
  readonly classes?: number
}

export interface Traced {
  readonly graph: Graph
  readonly source: Source
  readonly root: Node
  readonly inputs: readonly TracedInput[]
}

/** What a single number costs in a mixed guess, against 1 for each axis. */
const LONE = 1.5
/** So many combinations of shapes are tried before giving up. */
const MOST_TRIES = 600

export interface TraceOptions {
  /** Shapes that were stated; a name without one is found by use. */
  readonly shapes: ReadonlyMap<string, Shape | undefined>
  readonly batch: number
  readonly framework: Framework
  /** Hears the value of every piece of source, when all shapes are stated. */
  readonly onValue?: Context["onValue"]
  /** What makes gradients that the program asks for itself; without it they are not followed. */
  readonly differentiate?: Differentiate
}

/** The names that the program reads as inputs; constants such as e count only when they are declared. */
export const inputNames = (program: Program, declared: Iterable<string>): string[] => {
  const given = new Set(declared)
  return [...freeNames(called(program)).keys()].filter((n) => given.has(n) || !constants.has(n))
}

/** What is traced: an expression, or a function of a file, with the names of its inputs. */
export interface Subject {
  /** What to call it: the expression itself, or the function's name. */
  readonly name: string
  readonly source: Source
  readonly names: readonly string[]
  /** What is taken for the inputs that nobody states. */
  readonly assume?: Candidate
  /** True when only the simplest guesses of shapes are to be tried. */
  readonly simple?: boolean
  /** The piece of source that stands for the whole value. */
  readonly place: { readonly start: number; readonly end: number }
  /** True when the inputs are the arguments of a function, and only their names say what they are for. */
  readonly arguments?: true
  /** An argument that holds nothing unless it is given: what is made of its entries is not seen then. */
  readonly empty?: string
  /** True when some argument is taken for a list of tensors that might be one tensor as well. */
  readonly pairs?: true
  /** Computes the value in a scope that holds the inputs. */
  readonly run: (context: Context, scope: Scope) => Value
  /** The expression in the source that gives the value, where there is one. */
  readonly ending?: { readonly start: number; readonly end: number }
  /** The tree of a source that it is written in; undefined for any other. */
  readonly treeOf: (source: Source) => Program | Module | undefined
  /** The same after edits of its sources; undefined where they overlap. Throws a Problem where it cannot be read then. */
  readonly revised: (edits: readonly Edit[]) => Subject | undefined
}

function endingOf({ body }: Program): Pick<Subject, "ending"> {
  const last = body.at(-1)
  return last?.type === "Expression" ? { ending: last.value } : {}
}

/** An expression as something to trace; `declared` names count as inputs even where they are constants such as e. */
export function subjectOf(written: Program, source: Source, declared: Iterable<string>): Subject {
  const program = called(written)
  const names = [...declared]
  return {
    name: source.text.trim(),
    source,
    names: inputNames(program, names),
    place: program.body.at(-1) ?? { start: 0, end: source.text.length },
    run: (context, scope) => run(context, program, scope),
    ...endingOf(written),
    treeOf: (of) => (of === source ? written : undefined),
    revised: (edits) => {
      const text = editedText(source.text, edits)
      if (text === undefined) return undefined
      const other = { ...source, text }
      return subjectOf(parseProgram(other), other, names)
    },
  }
}

/**
 * Traces once, with a shape for each input. With `strict` a single number is not folded: it wants to be a vector. With
 * `cuts`, plain numbers and arrays know nothing of what they were computed from.
 */
function traceOnce(
  subject: Subject,
  shapes: ReadonlyMap<string, Shape>,
  options: TraceOptions,
  strict?: Context["strict"],
  cuts = false,
): Traced {
  const { framework, onValue, differentiate } = options
  const { source, names, place, assume } = subject
  const worlds = newWorlds()
  const graph = newGraph(framework)
  const scope = newScope()
  const inputs: TracedInput[] = names.map((name) => {
    const node = addInput(graph, name, shapes.get(name)!, assume?.inputs.get(name)?.whole ? "whole" : "real")
    scope.names.set(name, tensor(node))
    return { name, node, kind: "free", shapeAssumed: true }
  })
  const noise: TracedInput[] = []
  const positions = new Map<Node, number>()
  const context: Context = {
    graph,
    source,
    via: undefined,
    depth: 0,
    used: { steps: 0 },
    places: true,
    strict,
    worlds,
    cuts,
    ...(onValue ? { onValue } : {}),
    ...(differentiate ? { differentiate } : {}),
    onPosition: (input, count) => positions.set(input, Math.min(count, positions.get(input) ?? count)),
    noise: (kind, shape) => {
      const node = addInput(graph, `noise ${noise.length + 1}`, shape)
      noise.push({ name: `noise ${noise.length + 1}`, node, kind, shapeAssumed: false })
      return node
    },
  }
  const whole = { source, start: place.start, end: place.end }
  const root = fitting(whole, () => {
    const value = subject.run(context, scope)
    // What is not selected has no loss.
    return isMasked(value) ? filled(context, value, 0, whole) : toNode(context, value, whole)
  })
  if (isMixed(worlds) && !cuts) return traceOnce(subject, shapes, options, strict, true)
  const counted = inputs.map((i) => (positions.has(i.node) ? { ...i, classes: positions.get(i.node)! } : i))
  return { graph, source, root, inputs: [...counted, ...noise] }
}

/** All ways to give the open names shapes, the likeliest first: of an expression single numbers, of a function vectors. */
function* guesses(open: readonly string[], batch: number, subject: Subject): Generator<Map<string, Shape>> {
  const few: readonly Shape[] = subject.arguments ? [[batch], []] : [[], [batch]]
  const choices: readonly Shape[] = [...few, [batch, CLASSES], [CLASSES]]
  const tensors = open.filter((n) => partOf(n) !== "setting")
  const settings = open.filter((n) => partOf(n) === "setting")
  const scalars = settings.map((n): [string, Shape] => [n, []])
  const targets = tensors.filter((n) => partOf(n) === "target")
  const predictions = tensors.filter((n) => partOf(n) === "prediction")
  for (const shape of choices) {
    // Scores in rows beside labels in a vector come before matrices of both.
    if (shape.length === 2 && targets.length > 0 && targets.length < tensors.length)
      yield new Map([
        ...tensors.map((n): [string, Shape] => [n, targets.includes(n) ? shape.slice(0, 1) : shape]),
        ...scalars,
      ])
    if (tensors.length > 0) yield new Map([...tensors.map((n): [string, Shape] => [n, shape]), ...scalars])
    // Scores in rows beside one number for each row: actions, rewards, weights.
    if (shape.length === 2 && predictions.length > 0 && predictions.length < tensors.length)
      yield new Map([
        ...tensors.map((n): [string, Shape] => [n, predictions.includes(n) ? shape : shape.slice(0, 1)]),
        ...scalars,
      ])
    if (shape.length === 2 && tensors.some(isPerRow) && !tensors.every(isPerRow))
      yield new Map([...tensors.map((n): [string, Shape] => [n, isPerRow(n) ? shape.slice(0, 1) : shape]), ...scalars])
    if (settings.length > 0) yield new Map(open.map((n) => [n, shape]))
  }
  if (subject.simple) return
  // Mixed shapes: vectors of labels beside matrices of scores, a query beside keys.
  const mixed: readonly Shape[] = [...choices, [CLASSES, CLASSES]]
  const all = mixed.length ** open.length
  const order = Array.from({ length: Math.min(all, 4096) }, (_, code) => {
    const digits = open.map((_, k) => Math.floor(code / mixed.length ** k) % mixed.length)
    const rank = (k: number): number => mixed[digits[k]!]!.length
    const ranks = open.reduce((sum, _, k) => sum + rank(k), 0)
    // Beside arrays a single number is rare, a target rarely has more axes than what is compared with it, and a
    // setting is a number.
    const lone = open.reduce((sum, n, k) => sum + (rank(k) === 0 && partOf(n) !== "setting" ? LONE : 0), 0)
    const largest =
      predictions.length === 0 ? 2 : Math.max(0, ...open.map((n, k) => (partOf(n) === "prediction" ? rank(k) : 0)))
    const odd = open.reduce(
      (sum, n, k) =>
        sum + (partOf(n) === "setting" ? 5 * rank(k) : partOf(n) === "target" && rank(k) > largest ? 10 : 0),
      0,
    )
    return { digits, cost: ranks + lone + odd }
  }).sort((a, b) => a.cost - b.cost)
  for (const { digits } of order) yield new Map(open.map((n, k): [string, Shape] => [n, mixed[digits[k]!]!]))
}

/**
 * Traces a program. Throws a Problem where the program cannot be followed, or no shapes of the open inputs make it
 * work; the message is then that of the likeliest guess.
 */
export const trace = (written: Program, source: Source, options: TraceOptions): Traced =>
  traceSubject(subjectOf(written, source, options.shapes.keys()), options)

/** The same for anything with named inputs. */
export function traceSubject(subject: Subject, options: TraceOptions): Traced {
  const { names } = subject
  const stated = new Map([...options.shapes].flatMap(([n, s]) => (s ? [[n, s] as const] : [])))
  const open = names.filter((n) => !stated.has(n))
  const finish = (traced: Traced): Traced => ({
    ...traced,
    inputs: traced.inputs.map((i) => describe(i, traced, options.shapes, stated)),
  })
  if (open.length === 0) return finish(traceOnce(subject, stated, options))
  let first: unknown
  let tries = 0
  const attempt = (guess: ReadonlyMap<string, Shape>, strict?: Context["strict"]): Traced | undefined => {
    try {
      return traceOnce(subject, new Map([...stated, ...guess]), { ...options, onValue: undefined }, strict)
    } catch (error) {
      if (!(error instanceof ShapeProblem)) throw error
      // The message for a vector tells most; a scalar's only says that it is none.
      if (first === undefined || (tries === 2 && !subject.arguments)) first = error
      return undefined
    }
  }
  const folding: Map<string, Shape>[] = []
  for (const guess of guesses(open, options.batch, subject)) {
    if (++tries > MOST_TRIES) break
    const strict = { folds: false }
    const traced = attempt(guess, strict)
    // Of vectors that never meet, one number each tells all.
    const lone = traced && subject.arguments && isElementwise(traced)
    if (traced) return finish((lone && attempt(new Map(open.map((n) => [n, []])), strict)) || traced)
    if (strict.folds) folding.push(guess)
  }
  for (const guess of folding) {
    const traced = attempt(guess)
    if (traced) return finish(traced)
  }
  if (first instanceof Problem) {
    const shown = open
      .slice(0, 3)
      .map((name) => `--in "${name}=… [8, 5]"`)
      .join(" ")
    const note = `the shape of ${open.join(", ")} was guessed, and no guess fitted; state it: ${shown}`
    const { lengths } = first instanceof ShapeProblem ? first : {}
    throw new ShapeProblem({ ...first.parts, note: [...(first.parts.note ?? []), note] }, lengths)
  }
  return finish(traceOnce(subject, stated, options))
}

/** Whether each element of a vector is computed from nothing but one element of each input. */
const isElementwise = ({ root }: Traced): boolean =>
  root.shape.length === 1 && [...belowOf(root)].every((n) => isInput(n) || isConstant(n) || n.op.pointwise === true)

/** An input of whole numbers that are used as positions: the number of positions there are. */
function classesOf(input: Node, graph: Graph): number | undefined {
  const seen = new Set<Node>([input])
  for (const node of graph.nodes) {
    const at = node.inputs.findIndex((i) => seen.has(i))
    if (at < 0 || isInput(node)) continue
    if (node.op.positions && node.inputs.some((i, k) => seen.has(i) && node.op.positions!.index === k)) {
      const axis = Number(node.statics.axis ?? -1)
      const source = node.inputs[node.op.positions.of]!.shape
      return source[axis < 0 ? axis + source.length : axis]
    }
    if (node.op.compares) {
      const other = node.inputs[1 - at]
      if (other && other.type === "whole" && !isConstant(other)) return largestOf(other)
      // What is asked whether it is 1 holds truths, where it is none of the predictions.
      if (other && scalarOf(other) === 1 && node.op.compares === "equal" && partOf(inputName(input)) !== "prediction")
        return 2
      if (other && isConstant(other) && other.shape.length > 0)
        return Math.max(...(other.statics.data as Float64Array)) + 1
    }
    if (node.op.nature === "linear" && node.inputs.length === 1) seen.add(node)
  }
  return undefined
}

/** How many positions an argmax ranges over. */
function largestOf(node: Node): number | undefined {
  const source = node.inputs[0]
  if (!source || node.op.nature !== "choice") return undefined
  const axis = node.statics.axis
  if (axis === null || axis === undefined) return source.shape.reduce((a, b) => a * b, 1)
  return source.shape[Number(axis) < 0 ? Number(axis) + source.shape.length : Number(axis)]
}

function describe(
  input: TracedInput,
  traced: Traced,
  shapes: ReadonlyMap<string, Shape | undefined>,
  stated: ReadonlyMap<string, Shape>,
): TracedInput {
  if (input.kind !== "free") return input
  const classes = input.classes ?? classesOf(input.node, traced.graph)
  return {
    ...input,
    kind: shapes.has(input.name) ? "given" : "free",
    shapeAssumed: !stated.has(input.name),
    ...(classes !== undefined ? { classes } : {}),
  }
}

/** The parameters by name; what serves as a position or is taken for whole numbers is none, where there is anything else. */
export function defaultParameters(traced: Traced, assume?: Candidate): string[] {
  const asked = traced.inputs.filter((i) => i.kind === "given" || i.kind === "free")
  // An argument that a function takes and leaves alone, or only asks whether it holds, is its own affair, unless it is
  // what is to be trained.
  const used = belowOf(traced.root, (node, k) => !isControl(node, k))
  const met = asked.filter((i) => used.has(i.node) || soundsTrained(i.name))
  const all = met.length > 0 ? met : asked
  const reals = all.filter(
    ({ name, classes }) => partOf(name) === "prediction" || (classes === undefined && !assume?.inputs.get(name)?.whole),
  )
  return parametersOf((reals.length > 0 ? reals : all).map((i) => i.name))
}

/** Activation where there is no target and the result has the parameter's shape, not folded from arrays; else loss. */
export function guessRole(traced: Traced, parameters: readonly string[], targets: readonly string[]): Role {
  const own = traced.inputs.filter((i) => parameters.includes(i.name))
  return targets.length === 0 &&
    own.some((i) => sameShape(i.node.shape, traced.root.shape)) &&
    (traced.root.shape.length > 0 || traced.inputs.every((i) => i.node.shape.length === 0)) &&
    !traced.inputs.some(
      (i) => partOf(i.name) === "prediction" && i.node.shape.length === 0 && traced.root.shape.length > 0,
    )
    ? "activation"
    : "loss"
}

/** Traces a condition over the inputs of an expression that is already traced, into the same graph. */
export function traceCondition(traced: Traced, program: Program, source: Source): Node {
  const scope = newScope()
  for (const input of traced.inputs) scope.names.set(input.name, tensor(input.node))
  // What the condition shares with the expression keeps its places there.
  const context: Context = { graph: traced.graph, source, via: undefined, depth: 0, used: { steps: 0 }, places: false }
  return toNode(context, run(context, program, scope), { source, start: 0, end: source.text.length })
}
