// TOML as a tree. The package that reads it does not know places, so a second look finds each key and value again.
import { parse, TomlError } from "smol-toml"
import { offsetsOf } from "./offsets.ts"
import { fail } from "./problem.ts"
import type { Source } from "./text.ts"
import type { Entry, Scalar, Tree } from "./tree.ts"

interface Place {
  readonly start: number
  readonly end: number
}
interface Found {
  readonly key: Place
  value: Place
}
type Places = Map<string, Found>

/** Throws a Problem where the text is no TOML. */
export function readToml(source: Source): Tree {
  const { text } = source
  try {
    const data = parse(text, { integersAsBigInt: "asNeeded" })
    return treeOf(source, data, [], placesIn(text), { start: 0, end: text.length })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const start = offsetOf(text, error.line, error.column)
    const words = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "")
    return fail(source, start, Math.min(start + 1, text.length), "this is no TOML", words)
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0
  for (let k = 1; k < line; k++) at = text.indexOf("\n", at) + 1
  return Math.min(at + column - 1, text.length)
}

const keyOf = (path: readonly string[]): string => JSON.stringify(path)

function treeOf(source: Source, data: unknown, path: readonly string[], places: Places, around: Place): Tree {
  const place = places.get(keyOf(path))?.value ?? around
  if (Array.isArray(data))
    return { kind: "list", items: data.map((d, k) => treeOf(source, d, [...path, String(k)], places, place)), ...place }
  if (typeof data === "object" && data !== null && !(data instanceof Date)) {
    const entries = Object.entries(data).map(([key, value]): Entry => {
      const inner = [...path, key]
      const at = places.get(keyOf(inner))?.key ?? place
      return { key, at, value: treeOf(source, value, inner, places, at) }
    })
    return { kind: "map", entries, ...place }
  }
  return scalar(source, data as Scalar["value"], place)
}

function scalar({ text: whole }: Source, value: Scalar["value"], { start, end }: Place): Scalar {
  const written = whole.slice(start, end)
  const quotes = /^("""|'''|"|')/.exec(written)?.[0] ?? ""
  const text = typeof value === "string" ? value : written
  const style = quotes.startsWith('"') ? "double" : "block"
  return {
    kind: "scalar",
    value,
    text,
    start,
    end,
    placeOf: (a, b) => offsetsOf(text, whole, start + quotes.length, end - quotes.length, style)(a, b),
  }
}

const blank = /(?:[ \t\r\n]|#[^\n]*)*/y
const bare = /[\w-]+/y
const quoted = /"""[\s\S]*?"""(?!")|'''[\s\S]*?'''(?!')|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y
const word = /[^\s,\]}#]+(?: \d[^\s,\]}#]*)?/y

/** The places of all keys and values. The text is known to be right, so that only its marks are looked at. */
function placesIn(text: string): Places {
  const places: Places = new Map()
  const counts = new Map<string, number>()
  let at = 0
  let table: string[] = []
  const take = (pattern: RegExp): Place => {
    pattern.lastIndex = at
    const start = at
    at += pattern.exec(text)?.[0].length ?? 0
    return { start, end: at }
  }
  /** One or several keys with points between them; each names what it leads to. */
  const keys = (): { name: string; place: Place }[] => {
    const list: { name: string; place: Place }[] = []
    do {
      if (list.length > 0) at++
      take(/[ \t]*/y)
      const isQuoted = text[at] === '"' || text[at] === "'"
      const place = take(isQuoted ? quoted : bare)
      const written = text.slice(place.start, place.end)
      list.push({
        name: written.startsWith('"') ? (JSON.parse(written) as string) : isQuoted ? written.slice(1, -1) : written,
        place,
      })
      take(/[ \t]*/y)
    } while (text[at] === ".")
    return list
  }
  const put = (path: readonly string[], key: Place, value: Place): void => {
    if (!places.has(keyOf(path))) places.set(keyOf(path), { key, value })
  }
  const value = (path: readonly string[]): Place => {
    const start = at
    if (text[at] === "[") {
      at++
      for (let k = 0; ; k++) {
        take(blank)
        if (at >= text.length || text[at] === "]") break
        const item = [...path, String(k)]
        const place = value(item)
        put(item, place, place)
        take(blank)
        if (text[at] === ",") at++
      }
      at++
    } else if (text[at] === "{") {
      at++
      for (;;) {
        take(blank)
        if (at >= text.length || text[at] === "}") break
        pair(path)
        take(blank)
        if (text[at] === ",") at++
      }
      at++
    } else take(/["']/.test(text[at] ?? "") ? quoted : word)
    return { start, end: at }
  }
  const pair = (base: readonly string[]): void => {
    const list = keys()
    at++
    take(blank)
    const path = [...base, ...list.map((k) => k.name)]
    const place = value(path)
    for (const [k, { place: key }] of list.entries())
      put([...base, ...list.slice(0, k + 1).map((l) => l.name)], key, k === list.length - 1 ? place : key)
  }
  const header = (): void => {
    const many = text.startsWith("[[", at)
    at += many ? 2 : 1
    const list = keys()
    at += many ? 2 : 1
    table = []
    for (const [k, { name, place }] of list.entries()) {
      table.push(name)
      put(table, place, place)
      const last = k === list.length - 1
      const count = counts.get(keyOf(table))
      if (many && last) {
        counts.set(keyOf(table), (count ?? -1) + 1)
        table.push(String((count ?? -1) + 1))
        put(table, place, place)
      } else if (count !== undefined) table.push(String(count))
    }
  }
  for (;;) {
    take(blank)
    if (at >= text.length) return places
    const before = at
    if (text[at] === "[") header()
    else pair(table)
    // What is right moves on; a mistake of ours must not go round for ever.
    if (at === before) return places
  }
}
