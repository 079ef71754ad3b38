// Control flow that frameworks write as functions: cond, scan, loops, maps over entries, trees; and functions with a backward pass of their own.
import type { Span } from "../source/text.ts"
import { ruled, withGradient } from "./backward.ts"
import { choose } from "./branching.ts"
import type { Called, PythonFunction } from "./builtins.ts"
import { callWith } from "./calls.ts"
import { rowsOf } from "./looping.ts"
import type { Node } from "./node.ts"
import { pointwise } from "./operators.ts"
import { stopped } from "./python.ts"
import { build, type Context, failAt, LONGEST_LOOP, newScope, stackNodes, throughGuard, toNode } from "./scope.ts"
import { entriesOf, knownTruth, wholeNumber } from "./static.ts"
import { type Closure, isClosure, kindOf, tensor, type Value } from "./values.ts"

/** An argument by its place or by one of its names. */
export const given = ({ args, named }: Called, place: number, ...names: string[]): Value => {
  for (const name of names) if (named.has(name)) return named.get(name)!
  return args[place] ?? null
}
const isFunction = (value: Value): boolean =>
  ["closure", "builtin", "method", "partial", "module", "object"].includes(kindOf(value))

/** A function that the tracer runs itself, under a name. */
export const native = (
  name: string,
  run: (context: Context, args: Value[], span: Span) => Value,
  from: Called,
): Closure => ({
  kind: "closure",
  name,
  params: [{ kind: "rest", name: "args", start: from.span.start, end: from.span.end }],
  scope: newScope(),
  source: from.span.source,
  via: undefined,
  run: (context, scope) => run(context, scope.names.get("args") as Value[], from.span),
})

/** The same function of nested lists and dictionaries, entry by entry. */
export function mapped(context: Context, trees: readonly Value[], span: Span, f: (leaves: Value[]) => Value): Value {
  const [first] = trees
  if (Array.isArray(first))
    return first.map((_, k) =>
      mapped(
        context,
        trees.map((t) => (t as Value[])[k]!),
        span,
        f,
      ),
    )
  if (kindOf(first!) === "dict") {
    const { entries } = first as { entries: Map<Value, Value> }
    const of = (tree: Value, key: Value): Value => (tree as { entries: Map<Value, Value> }).entries.get(key)!
    return {
      kind: "dict",
      entries: new Map(
        [...entries.keys()].map((key) => [
          key,
          mapped(
            context,
            trees.map((t) => of(t, key)),
            span,
            f,
          ),
        ]),
      ),
    }
  }
  return f([...trees])
}
const leavesOf = (tree: Value): Value[] =>
  Array.isArray(tree)
    ? tree.flatMap(leavesOf)
    : kindOf(tree) === "dict"
      ? [...(tree as { entries: Map<Value, Value> }).entries.values()].flatMap(leavesOf)
      : [tree]

/** What several runs gave, side by side along a new first axis. */
function stacked(context: Context, parts: readonly Value[], span: Span): Value {
  return parts.length === 0
    ? []
    : mapped(context, parts, span, (leaves) =>
        leaves.every((l) => l === null)
          ? null
          : tensor(
              stackNodes(
                context,
                leaves.map((l) => toNode(context, l, span)),
                0,
                span,
              ),
            ),
      )
}
/** The entries of nested tensors along their first axis, each as the same nesting. */
function rowsOfTree(context: Context, tree: Value, length: number | undefined, span: Span): Value[] {
  const rows = new Map<Value, Value[]>()
  for (const leaf of leavesOf(tree))
    if (leaf !== null) rows.set(leaf, entriesOf(leaf) ?? rowsOf(context, toNode(context, leaf, span), span))
  const count = length ?? Math.min(...[...rows.values()].map((r) => r.length))
  if (!Number.isFinite(count)) return failAt(span, "there is nothing to go along")
  if (count > LONGEST_LOOP) return failAt(span, "the loop is too long")
  return Array.from({ length: count }, (_, k) =>
    mapped(context, [tree], span, ([leaf]) => (leaf === null ? null : rows.get(leaf!)![k]!)),
  )
}

/** A function that sees what it was written among through a guard, as a side of an `if` does. */
const guarded = (f: Value, guard: Node): Value => (isClosure(f) ? { ...f, scope: newScope(f.scope, guard) } : f)

/** cond(test, then, otherwise, *operands): one side where the test is known, else both, entry by entry. */
function cond(call: Called): Value {
  const { context, span } = call
  const test = given(call, 0, "pred", "condition")
  const [then, otherwise] = [
    given(call, 1, "true_fn", "true_fun", "then_expression", "fn1"),
    given(call, 2, "false_fn", "false_fun", "else_expression", "fn2"),
  ]
  const operands = call.args.slice(3)
  const taken = (side: Value, guard?: Node): Value => {
    if (!isFunction(side)) return side
    const seen = guard ? operands.map((v) => throughGuard(context, v, guard)) : operands
    return callWith(context, guard ? guarded(side, guard) : side, seen, span)
  }
  const known = knownTruth(test)
  if (known !== undefined) return taken(known ? then : otherwise)
  const condition = toNode(context, test, span)
  const opposite = build(context, "logical_not", [condition], {}, span)
  return choose({ context, condition, span }, taken(then, condition), taken(otherwise, opposite))
}

/** scan(f, init, xs): the last carry, and what each step gave. */
function scan(call: Called): Value {
  const { context, span } = call
  const [f, xs, length] = [given(call, 0, "f"), given(call, 2, "xs"), given(call, 3, "length")]
  let carry = given(call, 1, "init")
  const rows =
    xs === null
      ? Array.from({ length: wholeNumber(length, span, "length") }, () => null)
      : rowsOfTree(context, xs, undefined, span)
  const backwards = knownTruth(given(call, 4, "reverse")) ?? false
  const out: Value[] = []
  for (const row of backwards ? [...rows].reverse() : rows) {
    const [next, y] = entriesOf(callWith(context, f, [carry, row], span)) ?? failAt(span, "a step of scan gives a pair")
    carry = next!
    out.push(y ?? null)
  }
  return [carry, stacked(context, backwards ? out.reverse() : out, span)]
}

function foriLoop(call: Called): Value {
  const [low, high] = [given(call, 0, "lower"), given(call, 1, "upper")].map((v) =>
    wholeNumber(v, call.span, "a bound"),
  )
  if (high! - low! > LONGEST_LOOP) return failAt(call.span, "the loop is too long")
  let value = given(call, 3, "init_val")
  for (let k = low!; k < high!; k++) value = callWith(call.context, given(call, 2, "body_fun"), [k, value], call.span)
  return value
}

function whileLoop(call: Called): Value {
  const { context, span } = call
  const [test, body] = [given(call, 0, "cond_fun", "cond"), given(call, 1, "body_fun", "body")]
  const start = given(call, 2, "init_val", "loop_vars")
  // TensorFlow hands a list on as several arguments, JAX as one.
  const several = call.context.graph.framework !== "jax" && Array.isArray(start)
  let value = start
  for (let k = 0; k < LONGEST_LOOP; k++) {
    const args = several ? (value as Value[]) : [value]
    const known = knownTruth(callWith(context, test, args, span))
    if (known === undefined) return failAt(span, "a loop whose end depends on a tensor is not followed")
    if (!known) return value
    value = callWith(context, body, args, span)
  }
  return failAt(span, "the loop is too long")
}

/** map(f, xs), map_fn(fn, elems): the function of each entry along the first axis. */
const mapEntries: PythonFunction = (call) => {
  const { context, span } = call
  const [f, xs] = [given(call, 0, "f", "fn"), given(call, 1, "xs", "elems", "elements")]
  return stacked(
    context,
    rowsOfTree(context, xs, undefined, span).map((row) => callWith(context, f, [row], span)),
    span,
  )
}
const fold =
  (keep: boolean): PythonFunction =>
  (call) => {
    const { context, span } = call
    const [f, xs] = [given(call, 0, "fn"), given(call, 1, "elems")]
    const rows = rowsOfTree(context, xs, undefined, span)
    const start = given(call, 2, "initializer")
    let value: Value = start ?? rows.shift()!
    const all: Value[] = start === null ? [value] : []
    for (const row of rows) {
      value = callWith(context, f, [value, row], span)
      all.push(value)
    }
    return keep ? stacked(context, all, span) : value
  }

/** vectorize(f, signature="(n),()->()"): leading axes beyond those of the signature are gone along. */
const vectorize: PythonFunction = (call) => {
  const f = given(call, 0, "pyfunc")
  const signature = given(call, 2, "signature")
  const make = (inner: Value): Value =>
    native(
      "vectorize",
      (context, args, span) => {
        const cores =
          typeof signature === "string"
            ? [...signature.split("->")[0]!.matchAll(/\(([^)]*)\)/g)].map(
                (m) => m[1]!.split(",").filter(Boolean).length,
              )
            : args.map(() => 0)
        return broadcastCall(context, inner, args, cores, span)
      },
      call,
    )
  return f === null ? native("vectorize", (_, [inner]) => make(inner!), call) : make(f)
}

/** Calls f for every entry of the leading axes, those of length 1 and missing ones repeated. */
function broadcastCall(context: Context, f: Value, args: Value[], cores: readonly number[], span: Span): Value {
  const nodes = args.map((a) => toNode(context, a, span))
  const extra = nodes.map((n, k) => n.shape.length - (cores[k] ?? 0))
  const most = Math.max(0, ...extra)
  if (most === 0) return callWith(context, f, args, span)
  const lengths = nodes.map((n, k) => (extra[k] === most ? n.shape[0]! : 1))
  const length = Math.max(...lengths)
  const rows = nodes.map((n, k) => (extra[k] === most ? rowsOf(context, n, span) : undefined))
  return stacked(
    context,
    Array.from({ length }, (_, i) =>
      broadcastCall(
        context,
        f,
        nodes.map((n, k) => rows[k]?.[lengths[k] === 1 ? 0 : i] ?? tensor(n)),
        cores,
        span,
      ),
    ),
    span,
  )
}

/** A function with a backward pass of its author's. */
const customised: PythonFunction = (call) => {
  const f = given(call, 0, "fun", "f")
  return f === null ? native("custom_gradient", (_, [inner]) => customOf(inner!, call), call) : customOf(f, call)
}
const customOf = (f: Value, call: Called): Value =>
  native(
    "custom_gradient",
    (context, args, span) => withGradient(context, callWith(context, f, args, span), args, span),
    call,
  )
const withRule: PythonFunction = (call) => {
  const f = given(call, 0, "fun", "f")
  return f !== null && isClosure(f) ? ruled(f) : asIs(call)
}

/** A decorator as a function: jit(f), or jit(static_argnums=0)(f). */
const asIs: PythonFunction = (call) => given(call, 0, "fun", "func", "f") ?? native("same", (_, [f]) => f ?? null, call)

/** A function of NumPy inside a TensorFlow program: its result has no way back. */
const numpyFunction: PythonFunction = (call) => stopped(call.context, pythonOf(call), call.span)
/** Any function of Python, called on a list of tensors. */
const pythonOf = (call: Called): Value =>
  callWith(call.context, given(call, 0, "func"), entriesOf(given(call, 1, "inp")) ?? [given(call, 1, "inp")], call.span)

/** tf.grad_pass_through(f): f forward, nothing of it backward. */
const passThrough: PythonFunction = (call) =>
  native(
    "grad_pass_through",
    (context, [x], span) => {
      const held = callWith(context, given(call, 0, "f"), [x!], span)
      const change = pointwise(context, "sub", [held, x!], span)
      return pointwise(context, "add", [x!, stopped(context, change, span)], span)
    },
    call,
  )

/** jax.tree_util.tree_reduce(f, tree, initial). */
const treeReduce: PythonFunction = (call) => {
  const leaves = leavesOf(call.args[1] ?? null)
  const start = call.args[2] ?? call.named.get("initializer")
  const all = start === undefined ? leaves : [start, ...leaves]
  if (all.length === 0) return failAt(call.span, "there is nothing to add up")
  return all.reduce((sum, leaf) => callWith(call.context, call.args[0]!, [sum, leaf], call.span))
}

const treeMap: PythonFunction = (call) =>
  mapped(call.context, call.args.slice(1), call.span, (leaves) =>
    callWith(call.context, call.args[0]!, leaves, call.span),
  )

/** By their short paths. */
export const control: readonly (readonly [path: string, run: PythonFunction])[] = [
  ...["tf.cond", "lax.cond", "keras.ops.cond", "tf.__internal__.smart_cond.smart_cond", "K.switch"].map(
    (path): [string, PythonFunction] => [path, cond],
  ),
  ...["lax.scan", "keras.ops.scan"].map((path): [string, PythonFunction] => [path, scan]),
  ...["lax.fori_loop", "keras.ops.fori_loop"].map((path): [string, PythonFunction] => [path, foriLoop]),
  ...["lax.while_loop", "keras.ops.while_loop", "tf.while_loop"].map((path): [string, PythonFunction] => [
    path,
    whileLoop,
  ]),
  ...["lax.map", "tf.map_fn", "tf.vectorized_map", "K.map_fn", "keras.ops.map", "keras.ops.vectorized_map"].map(
    (path): [string, PythonFunction] => [path, mapEntries],
  ),
  ...["tf.foldl", "K.foldl"].map((path): [string, PythonFunction] => [path, fold(false)]),
  ["tf.scan", fold(true)],
  ["jnp.vectorize", vectorize],
  ["np.vectorize", vectorize],
  ["keras.ops.vectorize", vectorize],
  ["tf.control_dependencies", () => null],
  ["tf.numpy_function", numpyFunction],
  ["tf.py_function", pythonOf],
  ["tf.grad_pass_through", passThrough],
  ["jax.device_get", (call) => stopped(call.context, call.args[0] ?? null, call.span)],
  ["jax.tree_util.tree_reduce", treeReduce],
  ["jax.tree.reduce", treeReduce],
  ...[
    "jax.jit",
    "jax.pmap",
    "jax.checkpoint",
    "jax.remat",
    "jax.named_call",
    "tf.function",
    "tf.recompute_grad",
    "tf.autograph.experimental.do_not_convert",
    "tf.keras.utils.register_keras_serializable",
    "keras.saving.register_keras_serializable",
    "keras.utils.register_keras_serializable",
  ].map((path): [string, PythonFunction] => [path, asIs]),
  ...["jax.custom_jvp", "jax.custom_vjp"].map((path): [string, PythonFunction] => [path, withRule]),
  ...["jax.custom_gradient", "tf.custom_gradient", "keras.ops.custom_gradient"].map(
    (path): [string, PythonFunction] => [path, customised],
  ),
  ...[
    "jax.tree_util.tree_map",
    "jax.tree_map",
    "jax.tree.map",
    "tf.nest.map_structure",
    "keras.tree.map_structure",
  ].map((path): [string, PythonFunction] => [path, treeMap]),
  ...["jax.tree_util.tree_leaves", "jax.tree.leaves", "jax.tree_leaves", "tf.nest.flatten", "keras.tree.flatten"].map(
    (path): [string, PythonFunction] => [path, ({ args }) => leavesOf(args[0] ?? null)],
  ),
]
