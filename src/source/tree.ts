// A document of settings as a tree that knows where everything stands: one shape for YAML, JSON and TOML.
import type { Source, Span } from "./text.ts"

interface Place {
  readonly start: number
  readonly end: number
}

export interface Entry {
  readonly key: string
  readonly at: Place
  readonly value: Tree
}

export interface Scalar extends Place {
  readonly kind: "scalar"
  readonly value: string | number | boolean | bigint | Date | null
  /** As it is written, without quotes. */
  readonly text: string
  /** Where a piece of the text stands in the file: quotes, escapes and line breaks are behind us. */
  readonly placeOf: (start: number, end: number) => Place
}

export type Tree =
  | (Place & { readonly kind: "map"; readonly entries: readonly Entry[] })
  | (Place & { readonly kind: "list"; readonly items: readonly Tree[] })
  | Scalar

export type Path = readonly PropertyKey[]

/** What a path leads to; the nearest that is there, where it leads on into nothing. `key` is the last key on the way. */
export function follow(tree: Tree, path: Path): { readonly value: Tree; readonly key?: Entry } {
  let value = tree
  let key: Entry | undefined
  for (const step of path) {
    if (value.kind === "map") {
      const entry = value.entries.find((e) => e.key === String(step))
      if (!entry) break
      key = entry
      value = entry.value
    } else if (value.kind === "list") {
      const item = value.items[Number(step)]
      if (!item) break
      value = item
    } else break
  }
  return { value, ...(key ? { key } : {}) }
}

export const spanIn = (source: Source, { start, end }: Place): Span => ({ source, start, end })

/** As data, for a schema to look at. A key may be __proto__. */
export function plain(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value
  if (tree.kind === "list") return tree.items.map(plain)
  const data = {}
  for (const { key, value } of tree.entries)
    Object.defineProperty(data, key, { value: plain(value), enumerable: true, writable: true, configurable: true })
  return data
}

export const entriesOf = (tree: Tree | undefined): readonly Entry[] => (tree?.kind === "map" ? tree.entries : [])
export const entryOf = (tree: Tree | undefined, key: string): Entry | undefined =>
  entriesOf(tree).find((e) => e.key === key)
