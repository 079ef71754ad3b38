// Functions of TensorFlow, Keras and JAX that speak of number types and settings, or check and change nothing.
import { shortPath } from "../ops/table.ts"
import type { Called, PythonFunction } from "./builtins.ts"
import { callWith } from "./calls.ts"
import { control, given, native } from "./control.ts"
import { gradients } from "./gradients.ts"
import type { Node } from "./node.ts"
import { type ObjectValue, replaced } from "./objects.ts"
import { build, toNode } from "./scope.ts"
import { entriesOf, wholeNumber } from "./static.ts"
import { isTensor, kindOf, tensor, type Value } from "./values.ts"

type Kind = "bool" | "int" | "float" | "complex"
/** What kind of number a type, a tensor or a number is of. */
function kindOfType(value: Value): Kind {
  if (isTensor(value)) return value.node.type === "real" ? "float" : value.node.type === "whole" ? "int" : "bool"
  if (typeof value === "boolean") return "bool"
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float"
  const text = typeof value === "string" ? value : ((value as { path?: string } | null)?.path ?? "")
  const last = text.slice(text.lastIndexOf(".") + 1)
  return /bool/.test(last)
    ? "bool"
    : /int|long|short|byte/.test(last)
      ? "int"
      : /complex/.test(last)
        ? "complex"
        : "float"
}
const ranks: readonly Kind[] = ["bool", "int", "float", "complex"]
const dtype = (kind: Kind): Value => ({ kind: "module", path: kind })
const strongest = (kinds: readonly Kind[]): Kind => ranks[Math.max(0, ...kinds.map((k) => ranks.indexOf(k)))]!

function isSubtype(call: Called): Value {
  const kind = kindOfType(given(call, 0, "arg1"))
  const asked = given(call, 1, "arg2")
  const name = typeof asked === "string" ? asked : ((asked as { path?: string } | null)?.path ?? "")
  const last = name.slice(name.lastIndexOf(".") + 1)
  if (/^generic$/.test(last)) return true
  if (/^number$/.test(last)) return kind !== "bool"
  if (/^inexact$/.test(last)) return kind === "float" || kind === "complex"
  if (/^(integer|signedinteger)$/.test(last)) return kind === "int"
  if (/^unsignedinteger$/.test(last)) return false
  if (/^floating$/.test(last)) return kind === "float"
  if (/^complexfloating$/.test(last)) return kind === "complex"
  return kind === kindOfType(asked)
}

const single = new Map<string, Value>([
  ["eps", 2 ** -23],
  ["max", (2 - 2 ** -23) * 2 ** 127],
  ["min", -(2 - 2 ** -23) * 2 ** 127],
  ["tiny", 2 ** -126],
  ["smallest_normal", 2 ** -126],
  ["resolution", 1e-6],
  ["bits", 32],
])
const whole = new Map<string, Value>([
  ["max", 2 ** 31 - 1],
  ["min", -(2 ** 31)],
  ["bits", 32],
])

function broadcastShapes({ args, span }: Called): Value {
  const shapes = args.map((a) => entriesOf(a)?.map((d) => wholeNumber(d, span, "a length")) ?? [])
  const rank = Math.max(0, ...shapes.map((s) => s.length))
  return Array.from({ length: rank }, (_, k) => Math.max(...shapes.map((s) => s[k - rank + s.length] ?? 1)))
}

const first: PythonFunction = ({ args }) => args[0] ?? null
const rest: PythonFunction = ({ args }) => args.slice(1)
/** What a function about arguments gives: one of them alone, or all in a list. */
const oneOrAll: PythonFunction = ({ args }) => (args.length === 2 ? args[1]! : args.slice(1))
/** ravel_pytree of one array: its entries in a row, and the way back. */
const ravel: PythonFunction = (call) => {
  const [x = null] = call.args
  const node = toNode(call.context, x, call.span)
  const shaped = (of: Node, shape: readonly number[]): Value =>
    tensor(build(call.context, "reshape", [of], { shape: [...shape] }, call.span))
  return [
    shaped(node, [-1]),
    native("unravel", (context, [y], span) => shaped(toNode(context, y!, span), node.shape), call),
  ]
}
const none: PythonFunction = () => null
const known =
  (value: Value): PythonFunction =>
  () =>
    value
const functionTable = (): ReadonlyMap<string, PythonFunction> =>
  new Map<string, PythonFunction>([
    ...control,
    ...gradients,
    ["jnp.issubdtype", isSubtype],
    ["np.issubdtype", isSubtype],
    ["jax.dtypes.issubdtype", isSubtype],
    ...["jnp", "np", "jax.dtypes", "K", "keras"].flatMap((root): [string, PythonFunction][] => [
      [`${root}.result_type`, ({ args }) => dtype(strongest(args.map(kindOfType)))],
      [`${root}.promote_types`, ({ args }) => dtype(strongest(args.map(kindOfType)))],
    ]),
    ...["jnp", "np", "jax.dtypes", "tf.experimental.numpy", "torch"].flatMap((root): [string, PythonFunction][] => [
      [`${root}.finfo`, known({ kind: "struct", fields: single })],
      [`${root}.iinfo`, known({ kind: "struct", fields: whole })],
    ]),
    ["jax.dtypes.canonicalize_dtype", first],
    ["tf.as_dtype", first],
    ["tf.dtypes.as_dtype", first],
    ["tf.DType", first],
    ["np.dtype", first],
    ["jnp.dtype", first],
    ["K.standardize_dtype", first],
    ["K.dtype", ({ args }) => dtype(kindOfType(args[0] ?? null))],
    ["K.floatx", known("float32")],
    ["K.image_data_format", known("channels_last")],
    ["K.backend", known("tensorflow")],
    ["keras.config.floatx", known("float32")],
    ["keras.config.backend", known("tensorflow")],
    ["keras.config.image_data_format", known("channels_last")],
    ["K.is_float_dtype", ({ args }) => kindOfType(args[0] ?? null) === "float"],
    ["K.is_int_dtype", ({ args }) => kindOfType(args[0] ?? null) === "int"],
    ["K.is_keras_tensor", known(false)],
    ["K.is_sparse", known(false)],
    ["K.any_symbolic_tensors", known(false)],
    ["keras.utils.is_keras_tensor", known(false)],
    ["K.learning_phase", known(1)],
    ["jnp.broadcast_shapes", broadcastShapes],
    ["np.broadcast_shapes", broadcastShapes],
    ["lax.broadcast_shapes", broadcastShapes],
    ["tf.broadcast_static_shape", broadcastShapes],
    ["tf.broadcast_dynamic_shape", broadcastShapes],
    ["tf.TensorShape", first],
    ["jnp.ensure_arraylike", oneOrAll],
    ["jnp.promote_args", rest],
    ["jnp.promote_args_inexact", rest],
    ["jnp.promote_args_numeric", rest],
    ["jnp.promote_dtypes", ({ args }) => [...args]],
    ["jnp.promote_dtypes_inexact", ({ args }) => [...args]],
    ["jnp.check_arraylike", none],
    ["jax.flatten_util.ravel_pytree", ravel],
    ["tf.distribute.get_strategy", known({ kind: "struct", fields: new Map([["num_replicas_in_sync", 1]]) })],
    ["tf.distribute.get_replica_context", none],
    ["tf.distribute.has_strategy", known(false)],
    ["tf.distribute.in_cross_replica_context", known(false)],
    ["keras.ops.dtype", ({ args }) => dtype(kindOfType(args[0] ?? null))],
    ["tf.debugging.is_numeric_tensor", ({ args }) => isTensor(args[0] ?? null)],
    ["operator.index", first],
    // Each place of the source another number.
    ["typing.TypeVar", none],
    ["typing.NewType", ({ args }) => args[1] ?? null],
    ["typing.NamedTuple", none],
    ["collections.namedtuple", tupleClass],
    ["dataclasses.field", fieldDefault],
    ["flax.struct.field", fieldDefault],
    [
      "dataclasses.replace",
      ({ args: [object = null], named }) =>
        kindOf(object) === "object" ? replaced(object as ObjectValue, named) : object,
    ],
    ["enum.auto", ({ span }) => span.start],
    ["jax.core.concrete_or_error", ({ args }) => args[1] ?? null],
    ["jax.named_scope", none],
    ["tf.name_scope", none],
    ["tf.group", none],
    ["tf.no_op", none],
    ["tf.print", none],
    ["jax.debug.print", none],
    ["jax.debug.callback", none],
  ])

/** collections.namedtuple("Pair", ["first", "second"]) or "first second". */
function tupleClass(call: Called): Value {
  const [name, fields] = [given(call, 0, "typename"), given(call, 1, "field_names")]
  const names =
    typeof fields === "string" ? fields.split(/[\s,]+/).filter(Boolean) : (entriesOf(fields) ?? []).map(String)
  const { start, end } = call.span
  return {
    kind: "class",
    name: String(name),
    bases: [{ kind: "module", path: "typing.NamedTuple" }],
    members: new Map(),
    declared: names.map((field) => ({ name: field, kind: "either", start, end })),
  }
}

/** What field(default=…) of a class with declared fields stands for. */
function fieldDefault({ context, named, span }: Called): Value {
  const maker = named.get("default_factory") ?? named.get("factory")
  return maker === undefined ? (named.get("default") ?? null) : callWith(context, maker, [], span)
}

let functions: ReadonlyMap<string, PythonFunction> | undefined

/** Checks of shapes, types and values: a loss is looked at where they pass. */
const checks =
  /^(chex\.(assert\w*|disable_asserts)|tf(\.debugging)?\.(assert_\w+|Assert|enable_check_numerics)|tf\.debugging\.experimental\.\w+|(optax|optax\.utils|utils|base)\.check_\w+|(keras\.)?utils\.check_\w+|tf\.summary\.\w+|(np|torch)\.testing\.\w+|torch\._assert\w*|typeguard\.check_type|jax\.config\.update)$/

/** What a path does; undefined for all others. */
export function frameworkFunction(path: string): PythonFunction | undefined {
  const short = shortPath(path)
  functions ??= functionTable()
  return functions.get(short) ?? (checks.test(short) ? none : undefined)
}
