// Sending the arguments of a call to the parameters of a signature, under the names that every library has for them.
import { isSilent, type SignatureParameter } from "../ops/signature.ts"
import { Problem } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import type { Span } from "../source/text.ts"
import type { GivenArgument } from "./calls.ts"
import type { Value } from "./values.ts"

/** Arguments that do not fit a signature: another form of the same name may. */
export class BindProblem extends Problem {}
const unfit = (span: Span, headline: string, close: string[] = []): never => {
  throw new BindProblem({ headline, mark: { span, text: "" }, close })
}

/** Keywords that mean the same in every library. */
const synonyms: readonly (readonly string[])[] = [
  ["axis", "dim", "axes", "dims"],
  ["keepdims", "keepdim"],
  ["ddof", "correction"],
]
/** What libraries call the first and the second tensor of a function, where the spelling has no names of its own. */
const ordinals: readonly ReadonlySet<string>[] = [
  new Set(["input", "input_tensor", "input_", "x", "x1", "a", "t", "tensor", "features", "values", "value", "data"]),
  new Set(["other", "y", "x2", "b", "exponent"]),
]
/** Keywords that say where and how to compute, and change no value. */
const ignored: ReadonlySet<string> = new Set([
  "name",
  "out",
  "device",
  "inplace",
  "requires_grad",
  "non_blocking",
  "copy",
  "dtype",
  "memory_format",
  "layout",
  "pin_memory",
  "out_type",
  "stable",
])

/** Inside of torch a reduction is a number. */
const reductionNamed = (value: Value): Value =>
  typeof value === "number" ? (["none", "mean", "sum"][value] ?? value) : value
const isOlder = (name: string): boolean => name === "size_average" || name === "reduce"

const shown = (value: unknown): string =>
  value === null ? "None" : value === true ? "True" : value === false ? "False" : JSON.stringify(value)
const sameAs = (value: Value, known: unknown): boolean =>
  Array.isArray(value) && Array.isArray(known)
    ? value.length === known.length && value.every((v, k) => sameAs(v, known[k]))
    : value === known

/** Sends positional and keyword arguments to the entry's own argument names. */
export function bind(
  name: string,
  params: readonly SignatureParameter[],
  args: readonly GivenArgument[],
  span: Span,
): Map<string, Value> {
  const bound = new Map<string, Value>()
  const older = new Map<string, boolean>()
  const send = (param: SignatureParameter, value: Value, place: Span): void => {
    if (param.target === "!" && isOlder(param.name) && typeof value === "boolean") {
      older.set(param.name, value)
      return
    }
    if (param.target === "!" && value !== null && !sameAs(value, param.default))
      unfit(place, `${name} is not followed with another ${param.name} than ${shown(param.default)}`)
    if (!isSilent(param)) bound.set(param.target, param.target === "reduction" ? reductionNamed(value) : value)
  }
  const positional = args.filter((a) => a.name === undefined)
  let k = 0
  for (const param of params) {
    if (param.rest) {
      const rest = positional.slice(k).map((a) => a.value)
      k = positional.length
      bound.set(param.target, rest.length === 1 && Array.isArray(rest[0]) ? rest[0] : rest)
    } else if (k < positional.length) {
      send(param, positional[k]!.value, positional[k]!.span)
      k++
    }
  }
  if (k < positional.length)
    unfit(
      positional[k]!.span,
      `${name} takes ${params.length} argument${params.length === 1 ? "" : "s"}, not ${positional.length}`,
    )
  for (const { name: key, value, span: place } of args) {
    if (key === undefined) continue
    const same = synonyms.find((s) => s.includes(key)) ?? [key]
    const param =
      params.find((p) => p.name === key) ??
      params.find((p) => p.target === key) ??
      params.find((p) => same.includes(p.name) || same.includes(p.target)) ??
      params.find((p, k) => ordinals[k]?.has(key) && p.required && !bound.has(p.target))
    if (param) send(param, value, place)
    else if (!ignored.has(key))
      unfit(
        place,
        `${name} has no argument ${key}`,
        suggest(
          key,
          params.map((p) => p.name),
        ),
      )
  }
  for (const param of params) {
    if (isSilent(param) || bound.has(param.target) || param.rest) continue
    if (param.required) unfit(span, `${name} needs its argument ${param.name}`)
    bound.set(param.target, param.default as Value)
  }
  // Flags of old releases, which `reduction` replaced.
  if (older.get("reduce") === false) bound.set("reduction", "none")
  else if (older.get("size_average") === false) bound.set("reduction", "sum")
  return bound
}
