// What a bare name or a dotted path stands for: constants, modules, functions of the vocabulary, or an input yet unknown.

import { callableNames, entryOf, isPath, knownPaths, moduleRoots, shortPath } from "../ops/table.ts"
import { suggest } from "../source/suggest.ts"
import type { Span } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import { builtinOf } from "./builtins.ts"
import { type Context, failAt, lookUp } from "./scope.ts"
import type { Scope, Value } from "./values.ts"

/** Known numbers, unless the program or the inputs use the name otherwise. */
export const constants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["π", Math.PI],
  ["e", Math.E],
  ["inf", Infinity],
  ["infinity", Infinity],
  ["nan", Number.NaN],
  ["tau", 2 * Math.PI],
])
const pathConstants: ReadonlyMap<string, number> = new Map(
  ["math", "np", "jnp", "torch", "tf.math"].flatMap((m) =>
    [...constants].map(([name, value]) => [`${m}.${name}`, value] as const),
  ),
)

/** What float('inf') and int('3') read; undefined for text that is no number. */
export function numberIn(text: string): number | undefined {
  const [, sign, rest] = /^\s*([+-]?)(.*?)\s*$/.exec(text)!
  const known = constants.get(rest!.toLowerCase()) ?? (rest === "" ? undefined : Number(rest))
  return known === undefined || (Number.isNaN(known) && !/^nan$/i.test(rest!))
    ? undefined
    : sign === "-"
      ? -known
      : known
}

/** What every library says of itself, and Keras. */
const VERSION = "2.6.0"
export const KERAS_VERSION = "3.9.0"

/** Names of Python's own types, used in casts. */
export const pythonTypes: ReadonlySet<string> = new Set(["int", "float", "bool"])

/** Python's types and exceptions as far as programs name them. */
const builtinTypes: ReadonlySet<string> = new Set(
  "str list tuple dict set object bytes complex slice Exception ValueError TypeError RuntimeError NotImplementedError AssertionError ArithmeticError ZeroDivisionError OverflowError AttributeError IndexError LookupError Warning UserWarning DeprecationWarning FutureWarning RuntimeWarning ImportError KeyError NotImplemented".split(
    " ",
  ),
)

export function nameValue(context: Context, name: string, span: Span, known: Value | undefined): Value {
  if (known !== undefined) return known
  const constant = constants.get(name)
  if (constant !== undefined) return constant
  if (pythonTypes.has(name)) return { kind: "module", path: name }
  const free = context.free?.(name, span)
  if (free !== undefined) return free
  const entry = entryOf(name)
  if (entry) return { kind: "builtin", entry, path: name }
  if (context.file && (builtinOf(name) || builtinTypes.has(name))) return { kind: "module", path: name }
  return failAt(span, `there is no ${name} here`, "", { close: suggest(name, callableNames()) })
}

/** torch.nn.functional.relu as a path, when its root is a module and nothing else. */
export function dottedPath(context: Context, expr: Expr, scope: Scope): string | undefined {
  const parts: string[] = []
  let at = expr
  while (at.type === "Attribute") {
    parts.unshift(at.name)
    at = at.object
  }
  if (at.type !== "Name" || !moduleRoots.has(at.name) || lookUp(context, scope, at.name) !== undefined) return undefined
  return [at.name, ...parts].join(".")
}

/** Packages that people install: a folder of the same name in a project does not stand for them. */
const packages: ReadonlySet<string> = new Set(
  "torch torchvision tensorflow keras tf_keras jax flax optax numpy scipy sklearn torchmetrics math functools typing".split(
    " ",
  ),
)
/** Modules of Python's own that a file beside the importing one, in the same package, does not stand for. */
const standard: ReadonlySet<string> = new Set(
  "abc builtins collections contextlib copy dataclasses enum functools inspect itertools json logging math numbers operator os random re string sys time types typing typing_extensions warnings".split(
    " ",
  ),
)
export const isStandard = (path: string): boolean => standard.has(path.split(".")[0]!)

/** A module or function of a framework, so far as the vocabulary has it. */
export const isFramework = (path: string): boolean =>
  packages.has(path.split(".")[0]!) && (isPath(path) || frameworkBase.test(path) || builtinOf(path) !== undefined)
/** Base classes whose machinery is none of ours. */
const frameworkBase =
  /^(torch|tensorflow|keras|jax|flax)\..*(^|\.)(Module|Function|Loss|Metric|MeanMetric\w*|Layer|Operation|KerasSaveable|Parameter)$/

/** The dotted names that a file inside a framework's own package may have, the longest first. */
export function dottedNames(path: string): string[] {
  const parts = path.replace(/(\/__init__)?\.py$/, "").split("/")
  return parts.flatMap((p, k) => (packages.has(p) ? [parts.slice(k).join(".")] : []))
}

/** What frameworks say of themselves is that they are recent. */
export const pathConstant = (path: string): number | string | undefined =>
  path.endsWith(".__version__")
    ? /(^|\.)keras\./.test(path)
      ? KERAS_VERSION
      : VERSION
    : pathConstants.get(shortPath(path))

/** Words that frameworks have constants for. */
const words: ReadonlyMap<string, string> = new Map([
  ["Reduction.AUTO", "auto"],
  ["Reduction.NONE", "none"],
  ["Reduction.SUM", "sum"],
  ["Reduction.SUM_OVER_BATCH_SIZE", "sum_over_batch_size"],
  ["Reduction.MEAN", "weighted_mean"],
  ["Reduction.SUM_BY_NONZERO_WEIGHTS", "weighted_sum_by_nonzero_weights"],
  ["Reduction.SUM_OVER_NONZERO_WEIGHTS", "weighted_sum_by_nonzero_weights"],
])
/** What a number type says of itself: single precision, and whole numbers of 32 bits. */
const ofFloat: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["max", (2 - 2 ** -23) * 2 ** 127],
  ["min", -(2 - 2 ** -23) * 2 ** 127],
  ["is_floating", true],
  ["is_floating_point", true],
  ["is_integer", false],
  ["is_bool", false],
  ["is_complex", false],
  ["name", "float32"],
  ["kind", "f"],
])
const ofInt: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["max", 2 ** 31 - 1],
  ["min", -(2 ** 31)],
  ["is_floating", false],
  ["is_floating_point", false],
  ["is_integer", true],
  ["is_bool", false],
  ["is_complex", false],
  ["name", "int32"],
  ["kind", "i"],
])
const ofBool: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["is_floating", false],
  ["is_floating_point", false],
  ["is_integer", false],
  ["is_bool", true],
  ["is_complex", false],
  ["name", "bool"],
  ["kind", "b"],
])

function typeMember(type: string, name: string): Value | undefined {
  const kind = /^(.*\.)?(float|double|half|bfloat16)\d*$/.test(type)
    ? ofFloat
    : /^(.*\.)?u?(int|long)\d*$/.test(type)
      ? ofInt
      : /^(.*\.)?bool_?$/.test(type)
        ? ofBool
        : undefined
  if (kind && /^(base_dtype|as_numpy_dtype|type|dtype)$/.test(name)) return { kind: "module", path: type }
  return kind?.get(name)
}

/** What a dotted path into a module stands for: a constant, or a function or module that may be called or asked further. */
export function moduleMember(path: string): Value {
  const constant = pathConstant(path)
  if (constant !== undefined) return constant
  const parts = path.split(".")
  const last = parts.at(-1)!
  if (last === "newaxis") return null
  const word = words.get(parts.slice(-2).join("."))
  if (word !== undefined) return word
  return typeMember(parts.slice(0, -1).join("."), last) ?? { kind: "module", path }
}

/** Names near a path that is not known: first the same last part elsewhere, then spellings in the same module. */
export function nearPaths(path: string): string[] {
  const short = shortPath(path)
  const last = short.slice(short.lastIndexOf(".") + 1)
  const root = short.slice(0, short.lastIndexOf("."))
  const paths = knownPaths()
  const same = paths.filter((p) => p.startsWith(`${root}.`)).map((p) => p.slice(root.length + 1))
  const near = suggest(last, same).map((name) => `${root}.${name}`)
  const elsewhere = paths.filter((p) => p.endsWith(`.${last}`))
  const own = entryOf(last) ? [last] : []
  return [...new Set([...near, ...own, ...elsewhere])].slice(0, 3)
}
