// Backward passes that authors write themselves: traced once to see that they can be followed, and again with the gradient
// that comes in when the graph is differentiated.

import { sizeOf } from "../ops/shapes.ts"
import { Problem } from "../source/problem.ts"
import type { Span } from "../source/text.ts"
import { callGiven, callWith, type GivenArgument } from "./calls.ts"
import { addConstant, addInput, belowOf, isConstant, type Node } from "./node.ts"
import { type ClassValue, memberOf, type ObjectValue } from "./objects.ts"
import { build, type Context, newScope, toNode } from "./scope.ts"
import { type Closure, isTensor, tensor, type Value } from "./values.ts"

/** The gradients of a function's arguments from those of its results; null where there is none. */
type Backward = (context: Context, gs: readonly Value[]) => readonly Value[]

const filledLike = ({ graph }: Context, node: Node, value: number): Value =>
  tensor(addConstant(graph, new Float64Array(sizeOf(node.shape)).fill(value), node.shape))
const listOf = (value: Value): Value[] => (Array.isArray(value) ? value : [value])

/** The context of a backward pass: it adds no places, draws no noise, and starts to count anew each time. */
function apart({ noise: _, ...context }: Context): Context {
  return { ...context, places: false, used: { steps: 0 } }
}

/** Results whose way back is `backward`; one that cannot be followed is trusted to hand the gradient on as it comes. */
export function authored(
  context: Context,
  result: Value,
  args: readonly Value[],
  backward: Backward | undefined,
  span: Span,
): Value {
  const results = listOf(result)
  const made = results.map((one, i) => {
    if (!isTensor(one)) return one
    const back = (g: Value): readonly Value[] => {
      const inner = apart(context)
      return backward!(
        inner,
        results.map((r, j) => (j === i || !isTensor(r) ? g : filledLike(inner, r.node, 0))),
      )
    }
    return authoredOne(context, one.node, args, backward && followed(context, back, one.node), span)
  })
  return Array.isArray(result) ? made : made[0]!
}

interface Followed {
  readonly back: (g: Value) => readonly Value[]
  /** Arguments that get a gradient at all. */
  readonly open: readonly boolean[]
}

/** A backward pass with the arguments that it serves; undefined where it cannot be followed. */
function followed(context: Context, back: Followed["back"], result: Node): Followed | undefined {
  try {
    return { back, open: back(filledLike(context, result, 1)).map((g) => g !== null) }
  } catch (error) {
    // What a backward pass calls may be unknown: then it is taken at its word.
    if (error instanceof Problem) return undefined
    throw error
  }
}

function authoredOne(
  context: Context,
  value: Node,
  args: readonly Value[],
  known: Followed | undefined,
  span: Span,
): Value {
  const { graph } = context
  let out = build(context, "_authored", [value], {}, span)
  const moving = args.flatMap((a, k) =>
    isTensor(a) && !isConstant(a.node) && a.node.type === "real" ? [{ k, node: a.node }] : [],
  )
  for (const { k, node } of known ? moving.filter((m) => known.open[m.k]) : moving.slice(0, 1)) {
    const author = graph.backward.length
    graph.backward.push((g) => {
      const share = known?.back(tensor(g))[k]
      return share === undefined || share === null ? g : toNode(context, share, span)
    })
    out = build(context, "_trusted", [out, node], { author }, span)
  }
  return tensor(out)
}

/** Function.apply of torch: forward with a context to save into, and its backward. */
export function applyFunction(
  context: Context,
  of: ClassValue,
  args: readonly GivenArgument[],
  span: Span,
): Value | undefined {
  const forward = memberOf(of, "forward")
  if (!forward) return undefined
  const setup = memberOf(of, "setup_context")
  const values = args.map((a) => a.value)
  const saved: ObjectValue = {
    kind: "object",
    of: { kind: "class", name: "ctx", bases: [], members: new Map() },
    fields: new Map<string, Value>([["needs_input_grad", values.map(isTensor)]]),
  }
  const result = callGiven(
    { ...context, untracked: true },
    forward.value,
    setup ? args : [{ value: saved, span }, ...args],
    span,
  )
  if (setup) callWith(context, setup.value, [saved, [...values], result], span)
  const backward = memberOf(of, "backward")
  const back: Backward | undefined =
    backward && ((inner, gs) => listOf(callWith(inner, backward.value, [saved, ...gs], span)))
  return authored(context, result, values, back, span)
}

/** Function.apply as a value that is called later. */
export const applyOf = (context: Context, of: ClassValue, span: Span): Closure => ({
  kind: "closure",
  name: `${of.name}.apply`,
  params: [{ name: "args", kind: "rest", start: span.start, end: span.end }],
  scope: newScope(),
  source: context.source,
  via: context.via,
  mark: "static",
  run: (inner, scope) => {
    const args = (scope.names.get("args") as Value[]).map((value) => ({ value, span }))
    return applyFunction(inner, of, args, span) ?? null
  },
})

/** tf.custom_gradient: the function hands back its value and what computes the gradients. */
export function withGradient(context: Context, result: Value, args: readonly Value[], span: Span): Value {
  if (!Array.isArray(result) || result.length !== 2) return result
  const [value, gradient] = result as [Value, Value]
  return authored(context, value, args, (inner, gs) => listOf(callWith(inner, gradient, gs, span)), span)
}

/** What f.defvjp and f.defjvp say of a function of JAX. */
export interface Rules {
  vjp?: { readonly forward: Value; readonly backward: Value }
  jvp?: Value
  /** Arguments that are no tensors: they stand before all others in the backward pass. */
  readonly fixed: readonly number[]
  /** True while the rule itself runs: the function that it calls is then the plain one. */
  running?: boolean
}

/** jax.custom_vjp and custom_jvp; undefined where no rule was given. */
export function withRules(context: Context, rules: Rules, args: readonly Value[], span: Span): Value | undefined {
  const { vjp, jvp, fixed } = rules
  if (rules.running) return undefined
  const plainly = (run: () => Value): Value[] => {
    rules.running = true
    try {
      return listOf(run())
    } finally {
      rules.running = false
    }
  }
  const held = fixed.map((k) => args[k]!)
  const moving = args.filter((_, k) => !fixed.includes(k))
  if (vjp) {
    const [value, kept] = plainly(() => callWith(context, vjp.forward, args, span)) as [Value, Value]
    const back: Backward = (inner, gs) =>
      listOf(callWith(inner, vjp.backward, [...held, kept, gs.length === 1 ? gs[0]! : [...gs]], span))
    return authored(context, value, moving, back, span)
  }
  if (!jvp) return undefined
  const tangents = moving.map((a) =>
    isTensor(a) ? addInput(context.graph, `tangent ${context.graph.nodes.length}`, a.node.shape) : undefined,
  )
  const given = tangents.map((t) => (t ? tensor(t) : 0))
  const [value, slope] = plainly(() => callWith(context, jvp, [...held, moving, given], span)) as [Value, Value]
  if (!isTensor(value) || !isTensor(slope)) return value
  let out = build(context, "_authored", [value.node], {}, span)
  moving.forEach((a, k) => {
    const tangent = tangents[k]
    if (!isTensor(a) || isConstant(a.node) || !tangent || !belowOf(slope.node).has(tangent)) return
    const author = context.graph.backward.length
    context.graph.backward.push({ slope: slope.node, tangent })
    out = build(context, "_trusted", [out, a.node], { author }, span)
  })
  return tensor(out)
}

/** jax.custom_vjp(f) and custom_jvp(f): the function, open for a rule of its own. */
export function ruled(f: Closure): Closure {
  const rules: Rules = { fixed: [] }
  return {
    ...f,
    rules,
    run: (inner, own) => {
      const args = f.params.map((p) => own.names.get(p.name) ?? null)
      const span = { source: f.source, start: f.params[0]?.start ?? 0, end: f.params.at(-1)?.end ?? 0 }
      return withRules(inner, rules, args, span) ?? f.run(inner, own)
    },
  }
}

/** Remembers a rule of a function: f.defvjp(forward, backward), f.defjvp(rule). True when the name is one. */
export function defineRule({ rules }: Closure, name: string, args: readonly GivenArgument[]): boolean {
  if (!rules) return false
  const [first, second] = args.map((a) => a.value)
  if (name === "defvjp" && first !== undefined && second !== undefined) rules.vjp = { forward: first, backward: second }
  else if (name === "defjvp" && first !== undefined) rules.jvp = first
  // Rules in other forms are left out: the function is then differentiated as it is.
  else return /^def(jvps|_fwd|_bwd)$/.test(name)
  return true
}
