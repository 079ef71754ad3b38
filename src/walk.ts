// One point, step by step: the value of every sub-expression as the user wrote it, and the gradient of the loss by it.
import { nest } from "./definitions/nested.ts"
import { type EvaluateOptions, readPoint } from "./evaluate.ts"
import { type Scene, type Share, shareOf, whyCut, whyNoKind, whyOdd } from "./findings/reasons.ts"
import type { Walk, WalkStep } from "./findings/walk.ts"
import { compile, needed, run } from "./gradient/compile.ts"
import { differentiate, edgesOf, reachOf } from "./gradient/differentiate.ts"
import { inputNames, type Traced, trace } from "./graph/inputs.ts"
import { addConstant, apply, isConstant, isInput, type Node } from "./graph/node.ts"
import { isTensor, type Value } from "./graph/values.ts"
import { NONE, ZERO } from "./ops/record.ts"
import { sizeOf } from "./ops/shapes.ts"
import { operation } from "./ops/table.ts"
import { Problem } from "./source/problem.ts"
import { suggest } from "./source/suggest.ts"
import { type Span, sliceOf } from "./source/text.ts"
import type { Program } from "./syntax/ast.ts"
import { parseProgram } from "./syntax/parse.ts"

/** Loops may take very many steps: so many are shown, and the last. */
const MOST_SHOWN = 200

interface Step {
  readonly text: string
  readonly node: Node
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** Every sub-expression once, in the order of evaluation; what is known beforehand is no step. */
function stepsOf(
  expression: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  framework: NonNullable<EvaluateOptions["framework"]>,
  program: Program,
): { traced: Traced; steps: Step[]; left: number } {
  const source = { name: "", text: expression }
  const all: Step[] = []
  const seen = new Set<Node>()
  const onValue = (place: Span, value: Value): void => {
    if (place.source !== source || place.via || !isTensor(value) || isConstant(value.node)) return
    const text = sliceOf(place)
    // A name of the user's own stands for a step that was shown; inside a branch, for an input seen through its guard.
    if (seen.has(value.node) || (NAME.test(text) && !isInput(value.node))) return
    seen.add(value.node)
    all.push({ text, node: value.node })
  }
  const traced = trace(program, source, { shapes, batch: 8, framework, onValue })
  if (all.length === 0 && isConstant(traced.root)) all.push({ text: expression.trim(), node: traced.root })
  const steps = all.length > MOST_SHOWN ? [...all.slice(0, MOST_SHOWN - 1), all.at(-1)!] : all
  return { traced, steps, left: all.length - steps.length }
}

function checkNames(program: Program, at: EvaluateOptions["at"], wrt: readonly string[]): void {
  const given = Object.keys(at)
  const names = inputNames(program, given)
  for (const name of [...given, ...wrt])
    if (!names.includes(name))
      throw new Problem({
        headline: `${name} does not occur in the expression`,
        close: suggest(name, names),
        note: [`the inputs are ${names.join(", ") || "none"}`],
      })
  const missing = names.filter((n) => !given.includes(n))
  if (missing.length > 0)
    throw new Problem({
      headline: `there is no value for ${missing.join(", ")}`,
      help: [`--at "${names.map((n) => `${n}=${n in at ? JSON.stringify(at[n]) : "…"}`).join(", ")}"`],
      note: ["a walk shows one point, so every input needs a value: a number, or a list such as [0.1, 0.2]"],
    })
}

/** Who uses what on the way to the loss. */
function usersOf(root: Node): Map<Node, { node: Node; argument: number }[]> {
  const users = new Map<Node, { node: Node; argument: number }[]>()
  for (const node of needed([root]))
    node.inputs.forEach((input, argument) => {
      const list = users.get(input)
      if (list) list.push({ node, argument })
      else users.set(input, [{ node, argument }])
    })
  return users
}

/**
 * Walks through an expression at one point: every sub-expression in the order of evaluation, its value, and the gradient
 * of the loss by it, with a short reason where it is NaN, infinite, 0 or missing. Throws a Problem for what the user can
 * put right.
 */
export function walk(expression: string, { at, wrt, dtype = "float64", framework = "torch" }: EvaluateOptions): Walk {
  const program = parseProgram({ name: "", text: expression })
  checkNames(program, at, wrt ?? [])
  const { values, shapes } = readPoint(at)
  const { traced, steps, left } = stepsOf(expression, shapes, framework, program)
  const { graph, root, inputs } = traced
  if (inputs.some((i) => i.kind !== "free" && i.kind !== "given"))
    throw new Problem({
      headline: "the expression draws random numbers, so that one point does not tell its value",
      note: ["give the noise a name, and a value with it"],
    })
  const total = root.shape.length === 0 ? root : apply(graph, operation("sum"), [root], { axis: null, keepdims: false })
  const wanted = new Set(inputs.filter((i) => !wrt || wrt.includes(i.name)).map((i) => i.node))
  const shares = new Map<Node, { node: Node; argument: number; share: Node }[]>()
  const turn = new Map<string, number>()
  const adjoints = differentiate(graph, total, addConstant(graph, 1), wanted, (node, input, share) => {
    // One argument may stand twice, as in x*x: its shares come in the order of the arguments.
    const key = `${node.id}|${input.id}`
    const open = edgesOf(node, framework).flatMap((edge, k) =>
      node.inputs[k] === input && edge !== NONE && edge !== ZERO ? [k] : [],
    )
    const argument = open[turn.get(key) ?? 0]!
    turn.set(key, (turn.get(key) ?? 0) + 1)
    const list = shares.get(input)
    if (list) list.push({ node, argument, share })
    else shares.set(input, [{ node, argument, share }])
  })
  const own = new Map<Node, Share[]>()
  const asked = new Set<Node>()
  for (const { node } of steps) {
    asked.add(node)
    const g = adjoints.get(node)
    if (g) asked.add(g)
    const list = (shares.get(node) ?? []).map((s) => shareOf(graph, s.node, s.argument, s.share, adjoints.get(s.node)!))
    own.set(node, list)
    for (const { node: user, share, formula } of list)
      for (const n of [share, adjoints.get(user)!, ...(formula?.nodes ?? [])]) asked.add(n)
  }
  const list = [...asked]
  const results = run(compile(list, dtype, 1), { count: 1, values })
  const numbers = new Map(list.map((n, k) => [n, results[k]!]))
  const scene: Scene = { graph, adjoints, users: usersOf(total), format: dtype, numbersOf: (n) => numbers.get(n)! }
  const depends = dependentsOn(wanted)
  return {
    expression,
    at,
    dtype,
    framework,
    summed: root.shape.length > 0,
    steps: steps.map(({ text, node }): WalkStep => {
      const value = nest(numbers.get(node)!, node.shape)
      const none = (why: string | undefined): WalkStep => ({ text, value, gradient: null, ...(why ? { why } : {}) })
      if (isConstant(node)) return none("known beforehand")
      if (node.type !== "real" && !isInput(node)) return none(whyNoKind(node))
      if (!depends(node)) return none(`does not depend on ${[...(wrt ?? [])].join(", ") || "an input"}`)
      const g = adjoints.get(node)
      if (!g) {
        const why = whyCut(node, scene)
        if (reachOf(total, node, framework) !== "zero") return none(why)
        const gradient = nest(new Float64Array(sizeOf(node.shape)), node.shape)
        return { text, value, gradient, ...(why ? { why } : {}) }
      }
      const flat = numbers.get(g)!
      const why = whyAt(node, flat, own.get(node)!, scene)
      return { text, value, gradient: nest(flat, node.shape), ...(why ? { why } : {}) }
    }),
    left,
  }
}

/** The first element that is not finite, or the first of all where all are 0. */
function whyAt(node: Node, gradient: Float64Array, shares: readonly Share[], scene: Scene): string | undefined {
  if (node.op.nature === "stop") return "goes no further"
  const broken = gradient.findIndex((x) => !Number.isFinite(x))
  if (broken >= 0) return whyOdd(shares, broken, gradient[broken]!, scene)
  return gradient.every((x) => x === 0) ? whyOdd(shares, 0, 0, scene) : undefined
}

function dependentsOn(wanted: ReadonlySet<Node>): (node: Node) => boolean {
  const known = new Map<Node, boolean>([...wanted].map((n) => [n, true]))
  return (node) => {
    for (const n of needed([node]))
      if (!known.has(n))
        known.set(
          n,
          n.inputs.some((i) => known.get(i)),
        )
    return known.get(node)!
  }
}
