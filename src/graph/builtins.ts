// Python's own functions over known values, and calls that say something of the program and compute nothing.
import { shortPath, spellingsOf } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import { importedNames } from "../syntax/imported.ts"
import { attributeOf, ownField } from "./attributes.ts"
import { callGiven, callWith, type GivenArgument } from "./calls.ts"
import { frameworkFunction } from "./frameworks.ts"
import { itertools, listed } from "./itertools.ts"
import { written } from "./layers.ts"
import { isMasked } from "./masked.ts"
import { isFramework, KERAS_VERSION } from "./names.ts"
import { type ClassValue, isEnumeration, memberOf, type ObjectValue, orderOf } from "./objects.ts"
import { type Context, failAt, Raised } from "./scope.ts"
import { entriesOf, knownNumber, knownTruth } from "./static.ts"
import { isClosure, isTensor, kindOf, type Masked, type TensorNode, type Value } from "./values.ts"

export interface Called {
  readonly context: Context
  /** Positional arguments, and those with a name. */
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  readonly given: readonly GivenArgument[]
  readonly span: Span
}
export type PythonFunction = (call: Called) => Value

/** A tensor, whether or not the lengths of its axes are known. */
const isArray = (value: Value): value is TensorNode | Masked => isTensor(value) || isMasked(value)

const lastPart = (path: string): string => path.slice(path.lastIndexOf(".") + 1)

/** Names of the types that a value has, as isinstance asks for them. */
function typesOf(value: Value): RegExp {
  if (isArray(value)) return /^(\w*Tensor|ndarray|Array\w*|Variable|Parameter|KerasTensor)$/
  switch (kindOf(value)) {
    case "boolean":
      return /^(bool|int|Number|Integral|Hashable)$/
    case "number":
      // 1.0 is the number 1 here: a whole number may be either.
      return Number.isInteger(value)
        ? /^(int|float|integer_types|Number|Integral|Real|Hashable)$/
        : /^(float|Number|Real|Hashable)$/
    case "string":
      return /^(str|string_types|text_type|Sequence|Iterable|Collection|Container|Hashable)$/
    case "list":
      return /^(list|tuple|set|frozenset|Sequence|Iterable|Collection|Container|Hashable|Size|ListConfig)$/
    case "dict":
      return /^(dict|Mapping|MutableMapping|Iterable|Collection|OrderedDict|DictConfig)$/
    case "None":
      return /^(NoneType|Hashable)$/
    case "closure":
    case "method":
    case "builtin":
    case "partial":
      return /^(Callable|FunctionType|LambdaType|MethodType)$/
    case "class":
      return isEnumeration(value as ClassValue)
        ? /^(type|EnumMeta|EnumType|Callable|Hashable)$/
        : /^(type|Callable|Hashable)$/
    default:
      return /^\b$/
  }
}

/** Whether a class is one that is asked for, or inherits from it: by its text, or by the name of a base in a library. */
const isOfClass = (of: ClassValue, asked: Value): boolean =>
  orderOf(of).some((c) =>
    kindOf(asked) === "class"
      ? c.name === (asked as ClassValue).name && c.statement === (asked as ClassValue).statement
      : kindOf(asked) === "module" &&
        [c.name, ...c.bases.map((b) => lastPart(pathOf(b)))].includes(lastPart(pathOf(asked))),
  )
const pathOf = (value: Value): string =>
  kindOf(value) === "module" || kindOf(value) === "builtin" ? (value as { path: string }).path : ""

export function isInstance(context: Context, value: Value, type: Value): boolean {
  if (Array.isArray(type)) return type.some((t) => isInstance(context, value, t))
  if (kindOf(value) === "object") return isOfClass((value as ObjectValue).of, type)
  // Where there are tensors, an array is something else.
  if (isArray(value) && shortPath(pathOf(type)) === "np.ndarray" && knowsTensors(context)) return false
  return typesOf(value).test(lastPart(pathOf(type)))
}

const knowsTensors = ({ file }: Context): boolean =>
  file !== undefined && [...importedNames(file.tree).values()].some((path) => /^(torch|tensorflow)(\.|$)/.test(path))

const tensorHas: ReadonlySet<string> = new Set(["shape", "ndim", "T", "dtype", "device", "data", "size"])
/** Whether reading an attribute would succeed: fields, members, and what a tensor has. */
export function hasAttribute(value: Value, name: string): boolean {
  if (kindOf(value) === "object") {
    const object = value as ObjectValue
    return object.fields.has(name) || memberOf(object.of, name) !== undefined
  }
  if (kindOf(value) === "class") return memberOf(value as ClassValue, name) !== undefined
  if (isClosure(value)) return ownField(value, name) !== undefined
  if (kindOf(value) === "dict") return name === "keys" || name === "items"
  if (!isArray(value)) return kindOf(value) === "module" || kindOf(value) === "file"
  return tensorHas.has(name) || spellingsOf(`Tensor.${name}`).length > 0
}

function sorted(call: Called): Value {
  const key = call.named.get("key") ?? null
  const entries = listed(call, call.args[0]!).map((value) => {
    const by = key === null ? value : callWith(call.context, key, [value], call.span)
    const known = typeof by === "string" ? by : knownNumber(by)
    return { value, by: known ?? failAt(call.span, "only what is known beforehand can be sorted here") }
  })
  entries.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
  const values = entries.map((e) => e.value)
  return knownTruth(call.named.get("reverse") ?? false) ? values.reverse() : values
}

function dictionary({ args, named, span, context }: Called): Value {
  const entries = new Map<Value, Value>()
  const [first] = args
  if (first !== undefined && kindOf(first) === "dict")
    for (const [k, v] of (first as { entries: Map<Value, Value> }).entries) entries.set(k, v)
  else if (first !== undefined)
    for (const pair of listed({ args, named, span, context, given: [] }, first)) {
      const [k, v] = entriesOf(pair) ?? failAt(span, "a dictionary is made of pairs")
      entries.set(k!, v!)
    }
  for (const [k, v] of named) entries.set(k, v)
  return { kind: "dict", entries }
}

const keysOf = (call: Called): [Value, Value][] =>
  listed(call, call.args[0] ?? null).map((key) => [key, call.args[1] ?? null])

function type({ context, args }: Called): Value {
  const [value = null] = args
  if (kindOf(value) === "object") return (value as ObjectValue).of
  if (isArray(value)) return { kind: "module", path: context.graph.framework === "torch" ? "torch.Tensor" : "Tensor" }
  const name = { boolean: "bool", number: Number.isInteger(value) ? "int" : "float", string: "str", None: "NoneType" }[
    kindOf(value)
  ]
  return { kind: "module", path: name ?? kindOf(value) }
}

const known =
  (value: Value): PythonFunction =>
  () =>
    value
const first: PythonFunction = ({ args }) => args[0] ?? null

/** A module that is not a framework is taken for one that is not installed. */
function importByName({ args: [name], span }: Called): Value {
  const path = String(name)
  if (isFramework(path)) return { kind: "module", path }
  throw new Raised({ headline: `${path} is a module that is not followed`, mark: { span, text: "" } })
}

/** What is read is gone: lists stand for iterators here. */
function next(call: Called): Value {
  const value = listed(call, call.args[0]!).shift() ?? call.args[1]
  if (value === undefined) throw new Raised({ headline: "there is no next entry", mark: { span: call.span, text: "" } })
  return value
}

const versionParts = ({ args: [text] }: Called): Value =>
  String(text)
    .split(/[.+]/)
    .map((part) => Number.parseInt(part, 10))
    .filter((n) => !Number.isNaN(n))

/** By the name in Python, or by the path of the module. */
const functions: ReadonlyMap<string, PythonFunction> = new Map<string, PythonFunction>([
  ["isinstance", ({ context, args: [value = null, types = null] }) => isInstance(context, value, types)],
  [
    "issubclass",
    ({ args: [a = null, b = null] }) =>
      kindOf(a) === "class"
        ? isOfClass(a as ClassValue, b)
        : kindOf(a) === "module" && kindOf(b) === "module" && lastPart(pathOf(a)) === lastPart(pathOf(b)),
  ],
  ["hasattr", ({ args: [value = null, name] }) => hasAttribute(value, String(name))],
  [
    "getattr",
    ({ context, args: [value = null, name, other], span }) =>
      other !== undefined && !hasAttribute(value, String(name))
        ? other
        : attributeOf(context, value, String(name), span),
  ],
  [
    "callable",
    ({ args: [value = null] }) =>
      ["closure", "builtin", "method", "partial", "class", "module", "object"].includes(kindOf(value)),
  ],
  ["type", type],
  ["sorted", sorted],
  ["dict", dictionary],
  ["collections.OrderedDict", dictionary],
  ["set", (call) => (call.args.length === 0 ? [] : [...new Set(listed(call, call.args[0]!))])],
  ["frozenset", (call) => (call.args.length === 0 ? [] : [...new Set(listed(call, call.args[0]!))])],
  ["iter", (call) => [...listed(call, call.args[0]!)]],
  ["next", next],
  [
    "map",
    (call) =>
      listed(call, call.args[1]!).map((_, k) =>
        callWith(
          call.context,
          call.args[0]!,
          call.args.slice(1).map((a) => listed(call, a)[k]!),
          call.span,
        ),
      ),
  ],
  [
    "filter",
    (call) =>
      listed(call, call.args[1]!).filter((v) =>
        knownTruth(call.args[0] === null ? v : callWith(call.context, call.args[0]!, [v], call.span)),
      ),
  ],
  ["str", ({ args: [value = ""] }) => (typeof value === "string" ? value : String(knownNumber(value) ?? "…"))],
  ["repr", known("…")],
  ["id", known(0)],
  ["object", () => ({ kind: "struct", fields: new Map() })],
  [
    "slice",
    ({ args }) => {
      const [a = null, b = null, step = null] = args.map((v) => knownNumber(v) ?? null)
      return args.length === 1
        ? { kind: "slice", lower: null, upper: a, step: null }
        : { kind: "slice", lower: a, upper: b, step }
    },
  ],
  ["functools.partial", ({ args, given }) => ({ kind: "partial", call: args[0]!, given: given.slice(1) })],
  [
    "functools.reduce",
    (call) => {
      const entries = listed(call, call.args[1]!)
      const start = call.args[2] === undefined ? entries.shift()! : call.args[2]
      return entries.reduce((a, b) => callWith(call.context, call.args[0]!, [a, b], call.span), start)
    },
  ],
  ["__import__", importByName],
  ["importlib.import_module", importByName],
  ["os.environ.get", ({ args: [, other = null] }) => other],
  ["os.getenv", ({ args: [, other = null] }) => other],
  [
    "setattr",
    ({ args: [object = null, name, value = null] }) => {
      if (kindOf(object) === "object") (object as ObjectValue).fields.set(String(name), value)
      return null
    },
  ],
  ["collections.defaultdict", () => ({ kind: "dict", entries: new Map() })],
  [
    "torch.nn.functional._Reduction.get_enum",
    ({ args: [name = null], span }) =>
      new Map([
        ["none", 0],
        ["mean", 1],
        ["sum", 2],
      ]).get(String(name)) ?? failAt(span, `there is no reduction ${String(name)}`),
  ],
  ["packaging.version.parse", versionParts],
  ["packaging.version.Version", versionParts],
  ["distutils.version.LooseVersion", versionParts],
  ["inspect.getmro", ({ args: [of = null] }) => (kindOf(of) === "class" ? [...orderOf(of as ClassValue)] : [])],
  // Else a function would be a method of the enumeration.
  [
    "enum.member",
    ({ args: [value = null] }) => (isClosure(value) ? { kind: "partial", call: value, given: [] } : value),
  ],
  ["enum.nonmember", first],
  ["inspect.isclass", ({ args: [value = null] }) => kindOf(value) === "class"],
  ["torch._C._add_docstr", first],
  ["torch.jit.annotate", ({ args }) => args[1] ?? null],
  ["copy.copy", first],
  ["copy.deepcopy", first],
  // What it gives stands among the bases of a class, and so do all of a list.
  ["six.with_metaclass", ({ args }) => args.slice(1)],
  ["typing.cast", ({ args }) => args[1] ?? null],
  ...itertools,
  ...["torch", "tf", "K", "keras.ops"].map((root): [string, PythonFunction] => [
    `${root}.is_tensor`,
    ({ args: [value = null] }) => isArray(value),
  ]),
  ["torch.is_floating_point", ({ args: [value = null] }) => isArray(value) && value.node.type === "real"],
  ["complex", ({ context, given, span }) => callGiven(context, written("torch.complex")!, given, span)],
  ["torch.is_grad_enabled", known(true)],
  ["keras.version", known(KERAS_VERSION)],
  ["torch.distributed.is_available", known(true)],
  ["torch.get_default_dtype", known({ kind: "module", path: "torch.float32" })],
  ["dict.fromkeys", (call) => ({ kind: "dict", entries: new Map(keysOf(call)) })],
  ["tf.executing_eagerly", known(true)],
  ["torch.nn.Parameter", first],
  ["torch.nn.parameter.Parameter", first],
  ["torch.autograd.Variable", first],
])

/** Questions about the program and its surroundings, all answered no: nothing here runs compiled, overridden or on a device. */
const answeredNo =
  /(^|\.)(has_torch_function(_unary|_variadic)?|is_scripting|is_tracing|is_compiling|is_available|is_initialized|is_autocast_enabled|is_in_onnx_export|is_torch_version|RequirementCache|ModuleAvailableCache|package_available|module_available|compare_version|are_deterministic_algorithms_enabled|is_deterministic_algorithms_warn_only_enabled|torch_function_dispatch)$/
/** Calls for their effect on a log, a screen or a file. */
const saysSomething =
  /(^|\.)(warn|warn_once|warning|info|debug|rank_zero_warn|_log_api_usage_once|seed|manual_seed|empty_cache|getLogger|filterwarnings|simplefilter)$/

/** What is made to be raised or shown. */
const exceptions = /^([A-Z]\w*)?(Error|Exception|Warning)$/

/** What a path or a name does that is no operation; undefined for all others. */
export function builtinOf(path: string): PythonFunction | undefined {
  const plain = path.startsWith("builtins.") ? path.slice(9) : path
  return (
    functions.get(plain) ??
    functions.get(shortPath(plain)) ??
    frameworkFunction(path) ??
    (answeredNo.test(path) ? known(false) : saysSomething.test(path) || exceptions.test(path) ? known(null) : undefined)
  )
}

/** Calls one of them. */
export function callBuiltin(context: Context, run: PythonFunction, given: readonly GivenArgument[], span: Span): Value {
  const args = given.filter((a) => a.name === undefined).map((a) => a.value)
  const named = new Map(given.flatMap((a) => (a.name === undefined ? [] : [[a.name, a.value] as const])))
  return run({ context, args, named, given, span })
}

/** A function with some of its arguments given. */
export interface Partial {
  readonly kind: "partial"
  readonly call: Value
  readonly given: readonly GivenArgument[]
}

export const callPartial = (
  context: Context,
  { call, given }: Partial,
  args: readonly GivenArgument[],
  span: Span,
): Value =>
  callGiven(
    context,
    call,
    [...given.filter((g) => g.name === undefined || !args.some((a) => a.name === g.name)), ...args].sort(
      (a, b) => Number(a.name !== undefined) - Number(b.name !== undefined),
    ),
    span,
  )
