// Methods of Python's own values: texts, lists, dictionaries.
import type { Span } from "../source/text.ts"
import { failAt } from "./scope.ts"
import { entriesOf, knownNumber } from "./static.ts"
import { type Dict, kindOf, type Value } from "./values.ts"

type Method<T> = (self: T, args: readonly Value[], span: Span, named?: ReadonlyMap<string, Value>) => Value

/** A value as a text shows it; what is not known beforehand is shown as dots. */
export const shown = (value: Value): string =>
  typeof value === "string" ? value : value === null ? "None" : String(knownNumber(value) ?? "…")

/** "{} of {name}".format(…): the fields in their order, by number or by name. */
function format(text: string, args: readonly Value[], _: Span, named: ReadonlyMap<string, Value> = new Map()): Value {
  let next = 0
  return text.replace(/\{(\w*)(?:[!:][^{}]*)?\}/g, (_whole, field: string) => {
    const value = field === "" ? args[next++] : /^\d+$/.test(field) ? args[Number(field)] : named.get(field)
    return value === undefined ? "…" : shown(value)
  })
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "")

/** A text in pieces between what stands between them or blanks, at most so many cuts from the front or the back. */
const pieces =
  (front: boolean): Method<string> =>
  (s, [by, most], _, named) => {
    const glue = by ?? named?.get("sep") ?? null
    const parts = typeof glue === "string" ? s.split(glue) : words(s)
    const cuts = knownNumber(most ?? named?.get("maxsplit") ?? -1) ?? -1
    if (cuts < 0 || parts.length <= cuts + 1) return parts
    const rest = (some: readonly string[]): string => some.join(typeof glue === "string" ? glue : " ")
    const at = front ? cuts : parts.length - cuts
    return front ? [...parts.slice(0, at), rest(parts.slice(at))] : [rest(parts.slice(0, at)), ...parts.slice(at)]
  }

/** Without the characters at the ends that are given, or without blanks. */
const stripped =
  (front: boolean, back: boolean): Method<string> =>
  (text, [set = null]) => {
    const goes = (c: string): boolean => (typeof set === "string" ? set.includes(c) : /\s/.test(c))
    let [from, to] = [0, text.length]
    while (front && from < to && goes(text[from]!)) from++
    while (back && from < to && goes(text[to - 1]!)) to--
    return text.slice(from, to)
  }

const ofText: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ["lower", (s) => s.toLowerCase()],
  ["upper", (s) => s.toUpperCase()],
  ["splitlines", (s) => s.split(/\r?\n/)],
  ["strip", stripped(true, true)],
  ["lstrip", stripped(true, false)],
  ["rstrip", stripped(false, true)],
  ["title", (s) => s.toLowerCase().replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1))],
  ["removeprefix", (s, [x]) => (s.startsWith(String(x)) ? s.slice(String(x).length) : s)],
  ["removesuffix", (s, [x]) => (x !== "" && s.endsWith(String(x)) ? s.slice(0, -String(x).length) : s)],
  ["find", (s, [x]) => s.indexOf(String(x))],
  ["rfind", (s, [x]) => s.lastIndexOf(String(x))],
  ["format", format],
  ["capitalize", (s) => s.charAt(0).toUpperCase() + s.slice(1).toLowerCase()],
  ["startswith", (s, [x]) => (Array.isArray(x) ? x : [x]).some((one) => s.startsWith(String(one)))],
  ["endswith", (s, [x]) => (Array.isArray(x) ? x : [x]).some((one) => s.endsWith(String(one)))],
  ["split", pieces(true)],
  ["rsplit", pieces(false)],
  ["join", (s, [xs]) => (Array.isArray(xs) ? xs.map(String).join(s) : "…")],
  ["replace", (s, [a, b]) => s.replaceAll(String(a), String(b))],
  ["isdigit", (s) => /^\p{Nd}+$/u.test(s)],
  ["isnumeric", (s) => /^\p{N}+$/u.test(s)],
  ["isdecimal", (s) => /^\p{Nd}+$/u.test(s)],
  ["isalpha", (s) => /^\p{L}+$/u.test(s)],
  ["isalnum", (s) => /^[\p{L}\p{N}]+$/u.test(s)],
  ["islower", (s) => s !== s.toUpperCase() && s === s.toLowerCase()],
  ["isupper", (s) => s !== s.toLowerCase() && s === s.toUpperCase()],
  ["isspace", (s) => /^\s+$/.test(s)],
  ["isidentifier", (s) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(s)],
  ["count", (s, [x]) => s.split(String(x)).length - 1],
])

const sameKey = (a: Value, b: Value): boolean =>
  a === b || (knownNumber(a) !== undefined && knownNumber(a) === knownNumber(b))
const placeOf = (list: readonly Value[], x: Value): number => list.findIndex((v) => sameKey(v, x))

const entries = (xs: Value, span: Span): readonly Value[] => entriesOf(xs) ?? failAt(span, "a list is needed here")

/** Each of all lists once. */
function unitedWith(list: readonly Value[], more: readonly Value[], span: Span): Value[] {
  const all = [...list]
  for (const v of more.flatMap((m) => entries(m, span))) if (placeOf(all, v) < 0) all.push(v)
  return all
}

/** A method that changes the list and gives None. */
const change =
  (act: (list: Value[], args: readonly Value[], span: Span) => void): Method<Value[]> =>
  (list, args, span) => {
    act(list, args, span)
    return null
  }

const ofList: ReadonlyMap<string, Method<Value[]>> = new Map<string, Method<Value[]>>([
  ["append", change((list, [x]) => list.push(x!))],
  ["extend", change((list, [xs], span) => list.push(...entries(xs!, span)))],
  ["insert", change((list, [at, x]) => list.splice(Number(at), 0, x!))],
  ["remove", change((list, [x]) => list.splice(placeOf(list, x!), 1))],
  ["reverse", change((list) => list.reverse())],
  ["clear", change((list) => list.splice(0))],
  [
    "add",
    change((list, [x]) => {
      if (placeOf(list, x!) < 0) list.push(x!)
    }),
  ],
  ["pop", (list, [at = -1], span) => list.splice(knownNumber(at) ?? -1, 1)[0] ?? failAt(span, "the list is empty")],
  ["copy", (list) => [...list]],
  ["union", (list, more, span) => unitedWith(list, more, span)],
  ["difference", (list, more, span) => list.filter((v) => !more.some((m) => placeOf(entries(m, span), v) >= 0))],
  ["intersection", (list, more, span) => list.filter((v) => more.every((m) => placeOf(entries(m, span), v) >= 0))],
  ["issubset", (list, [m], span) => list.every((v) => placeOf(entries(m!, span), v) >= 0)],
  ["issuperset", (list, [m], span) => entries(m!, span).every((v) => placeOf(list, v) >= 0)],
  ["isdisjoint", (list, [m], span) => list.every((v) => placeOf(entries(m!, span), v) < 0)],
  ["index", (list, [x], span) => (placeOf(list, x!) < 0 ? failAt(span, "this is not in the list") : placeOf(list, x!))],
  ["count", (list, [x]) => list.filter((v) => sameKey(v, x!)).length],
  ["numel", (list) => list.reduce<number>((product, n) => product * (knownNumber(n) ?? Number.NaN), 1)],
])

const ofDict: ReadonlyMap<string, Method<Dict>> = new Map<string, Method<Dict>>([
  ["keys", ({ entries }) => [...entries.keys()]],
  ["values", ({ entries }) => [...entries.values()]],
  ["items", ({ entries }) => [...entries].map(([k, v]) => [k, v])],
  ["get", ({ entries }, [key, other = null]) => (entries.has(key!) ? entries.get(key!)! : other)],
  [
    "pop",
    ({ entries }, [key, other], span) => {
      const value = entries.has(key!) ? entries.get(key!)! : other
      entries.delete(key!)
      return value === undefined ? failAt(span, "there is no such key in the dictionary") : value
    },
  ],
  [
    "setdefault",
    ({ entries }, [key, other = null]) => {
      if (!entries.has(key!)) entries.set(key!, other)
      return entries.get(key!)!
    },
  ],
  [
    "update",
    ({ entries }, [more]) => {
      if (more !== undefined && kindOf(more) === "dict") for (const [k, v] of (more as Dict).entries) entries.set(k, v)
      return null
    },
  ],
  ["copy", ({ entries }) => ({ kind: "dict", entries: new Map(entries) })],
])

/** TensorFlow's shapes are lists here; what checks them changes nothing. */
const ofShape: ReadonlyMap<string, Method<Value[]>> = new Map<string, Method<Value[]>>([
  ["as_list", (list) => [...list]],
  ["num_elements", (list) => list.reduce<number>((product, n) => product * (knownNumber(n) ?? Number.NaN), 1)],
  ["is_fully_defined", () => true],
  ["is_compatible_with", (list, [other]) => Array.isArray(other) && other.length === list.length],
  ["assert_is_compatible_with", () => null],
  ["assert_has_rank", () => null],
  ["assert_same_rank", () => null],
  ["assert_is_fully_defined", () => null],
  ["with_rank", (list) => list],
  ["with_rank_at_least", (list) => list],
  ["merge_with", (list) => list],
  ["concatenate", (list, [other]) => [...list, ...(entriesOf(other ?? null) ?? [])]],
])

/** Calls a method of a text, a list or a dictionary; undefined when it has none of that name. */
export function pythonMethod(
  self: Value,
  name: string,
  args: readonly Value[],
  span: Span,
  named: ReadonlyMap<string, Value>,
): Value | undefined {
  if (typeof self === "string") return ofText.get(name)?.(self, args, span, named)
  if (Array.isArray(self)) return (ofList.get(name) ?? ofShape.get(name))?.(self, args, span)
  return kindOf(self) === "dict" ? ofDict.get(name)?.(self as Dict, args, span) : undefined
}
