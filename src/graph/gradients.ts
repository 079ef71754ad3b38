// Gradients that a program asks for itself: torch.autograd.grad, jax.grad, tf.GradientTape. They become nodes like any others.

import { operation } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Called, PythonFunction } from "./builtins.ts"
import { callWith } from "./calls.ts"
import { given, mapped, native } from "./control.ts"
import { addConstant, type Node, unfolded } from "./node.ts"
import { build, type Context, failAt, toNode } from "./scope.ts"
import { entriesOf, knownTruth } from "./static.ts"
import { type Closure, isTensor, tensor, type Value } from "./values.ts"

/** The gradients of what `of` adds up to with regard to each of `wrt`; zeros, or None, where nothing leads there. */
function gradientsOf(
  { context, span }: Called,
  of: Value,
  wrt: readonly Value[],
  { seed, nones = false }: { readonly seed?: Value; readonly nones?: boolean } = {},
): Value[] {
  const { graph, differentiate } = context
  if (!differentiate) return failAt(span, "a gradient inside an expression is not followed")
  const roots = isTensor(of) || typeof of === "number" ? [of] : (entriesOf(of) ?? failAt(span, "this is no tensor"))
  const nodes = wrt.map((w) => toNode(context, w, span))
  const seeds = seed === undefined || seed === null ? [] : isTensor(seed) ? [seed] : (entriesOf(seed) ?? [])
  const sums = nodes.map((): Node | undefined => undefined)
  roots.forEach((root, k) => {
    const from = toNode(context, root, span)
    const size = from.shape.reduce((a, b) => a * b, 1)
    const own = seeds[k] ?? tensor(addConstant(graph, new Float64Array(size).fill(1), from.shape))
    const adjoints = differentiate(graph, from, toNode(context, own, span), new Set(nodes))
    nodes.forEach((node, j) => {
      const share = adjoints.get(node)
      const before = sums[j]
      if (share) sums[j] = before ? build(context, "add", [before, share], {}, span) : share
    })
  })
  return sums.map((sum, j) => {
    if (sum) return tensor(sum)
    if (nones) return null
    const { shape } = nodes[j]!
    return tensor(addConstant(graph, new Float64Array(shape.reduce((a, b) => a * b, 1)), shape))
  })
}

/** torch.autograd.grad: without create_graph what it gives has no gradient of its own. */
function autogradGrad(call: Called): Value {
  const inputs = given(call, 1, "inputs")
  const wrt = isTensor(inputs) ? [inputs] : (entriesOf(inputs) ?? [])
  const seed = given(call, 2, "grad_outputs")
  const found = gradientsOf(call, given(call, 0, "outputs"), wrt, { seed, nones: true })
  if (knownTruth(given(call, 4, "create_graph")) === true) return found
  return found.map((g) =>
    g === null ? g : tensor(build(call.context, "stop_gradient", [toNode(call.context, g, call.span)], {}, call.span)),
  )
}

/** tf.gradients and K.gradients. */
const graphGradients: PythonFunction = (call) => {
  const wrt = given(call, 1, "xs", "variables")
  return gradientsOf(call, given(call, 0, "ys", "loss"), isTensor(wrt) ? [wrt] : (entriesOf(wrt) ?? []))
}

/** jax.grad(f) and jax.value_and_grad(f): functions of the same arguments. */
const jaxGrad =
  (withValue: boolean): PythonFunction =>
  (call) => {
    const f = given(call, 0, "fun")
    const which = given(call, 1, "argnums") ?? 0
    const extra = knownTruth(given(call, 2, "has_aux")) === true
    const places = (entriesOf(which) ?? [which]).map(Number)
    return native(
      "grad",
      (context, args, span) => {
        const leaves: Value[] = []
        // Each is a tensor of its own, so that only what goes through the function counts.
        const apart = args.map((arg, k) =>
          places.includes(k)
            ? mapped(context, [arg], span, ([leaf]) => {
                const own = tensor(unfolded(context.graph, operation("_copy"), toNode(context, leaf!, span)))
                leaves.push(own)
                return own
              })
            : arg,
        )
        const result = callWith(context, f, apart, span)
        const [value, aux] = extra ? pairIn(result, span) : [result, null]
        const found = gradientsOf({ ...call, context, span }, value, leaves)
        const slopes = places.map((k) => mapped(context, [apart[k]!], span, () => found.shift()!))
        const slope = Array.isArray(which) ? slopes : slopes[0]!
        if (withValue) return [result, slope]
        return extra ? [slope, aux] : slope
      },
      call,
    )
  }

/** A value and what comes with it. */
function pairIn(result: Value, span: Span): readonly [Value, Value] {
  const [value, aux, ...more] = entriesOf(result) ?? []
  if (value === undefined || aux === undefined || more.length > 0)
    return failAt(span, "has_aux wants a pair of a value and what comes with it")
  return [value, aux]
}

/** What `with tf.GradientTape() as tape` binds. */
export function tapeIn(call: Called): Value {
  const method = (name: string, run: (context: Context, inner: Called) => Value): [string, Closure] => [
    name,
    native(name, (context, args, span) => run(context, { ...call, context, args, named: new Map(), span }), call),
  ]
  return {
    kind: "struct",
    fields: new Map<string, Value>([
      method("watch", () => null),
      method("gradient", (context, inner) => {
        const [target = null, sources = null] = inner.args
        const leaves: Value[] = []
        mapped(context, [sources], inner.span, ([leaf]) => {
          leaves.push(leaf!)
          return null
        })
        const found = gradientsOf(inner, target, leaves)
        return mapped(context, [sources], inner.span, () => found.shift()!)
      }),
    ]),
  }
}

export const gradients: readonly (readonly [path: string, run: PythonFunction])[] = [
  ["torch.autograd.grad", autogradGrad],
  ["tf.gradients", graphGradients],
  ["K.gradients", graphGradients],
  ["jax.grad", jaxGrad(false)],
  ["jax.value_and_grad", jaxGrad(true)],
  ["tf.GradientTape", tapeIn],
]
