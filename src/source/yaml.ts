// YAML and JSON as trees. JSON is read twice: by its own strict rules, then as the YAML that it is, which knows places.
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from "yaml"
import { offsetsOf, type Style } from "./offsets.ts"
import { fail, Problem } from "./problem.ts"
import type { Source } from "./text.ts"
import type { Entry, Tree } from "./tree.ts"

/** Settings do not nest deeper. */
const DEEPEST = 50
/** Aliases of aliases multiply: so many nodes are made of one file. */
const MOST = 100_000

const styles: ReadonlyMap<string, Style> = new Map<string, Style>([
  ["QUOTE_SINGLE", "single"],
  ["QUOTE_DOUBLE", "double"],
  ["BLOCK_LITERAL", "block"],
  ["BLOCK_FOLDED", "block"],
])

interface Reading {
  readonly source: Source
  readonly document: Document
  left: number
}

/** A tree of the file; an empty file is an empty map. */
export function readYaml(source: Source): Tree {
  const { text } = source
  const empty: Tree = { kind: "map", entries: [], start: 0, end: text.length }
  const document = parsed(source)
  const [error] = document.errors
  if (error) {
    const [start, end] = error.pos
    const words = error.message.replace(/^./, (c) => c.toLowerCase()).split("\n")[0]!
    fail(source, start, Math.max(end, start + 1), "this is no YAML", words, {
      note: ["a text that holds any of { } [ ] | # & * : goes in quotes"],
    })
  }
  return document.contents === null ? empty : treeOf({ source, document, left: MOST }, document.contents as Node, 0)
}

const jsonToken = /\s+|[{}[\],:]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b|(?:true|false|null)\b/y

/** Where a text stops being made of the words of JSON; undefined where it does not. */
function oddIn(text: string): number | undefined {
  for (let at = 0; at < text.length; at = jsonToken.lastIndex) {
    jsonToken.lastIndex = at
    if (!jsonToken.test(text)) return at
  }
  return undefined
}

/** JSON as it is defined: no comments, no trailing commas. */
export function readJson(source: Source): Tree {
  const { text } = source
  if (text.trim() === "") return readYaml(source)
  try {
    JSON.parse(text)
  } catch (error) {
    // Engines word their messages as they like, and not all of them name the place.
    const odd = oddIn(text)
    const told = /position (\d+)/.exec((error as Error).message)?.[1]
    const at = odd ?? (told === undefined ? text.trimEnd().length : Number(told))
    const end = text.trimEnd().length
    fail(
      source,
      at,
      Math.max(at, Math.min(at + 1, end)),
      "this is no JSON",
      at >= end ? "it ends too early" : "this has no place here",
      {
        note: text[at] === "/" || text[at] === "#" ? ["JSON has no comments; YAML has"] : [],
      },
    )
  }
  // YAML minds tabs where JSON does not; a blank in their place moves nothing.
  return readYaml({ ...source, text: text.replaceAll("\t", " ") })
}

/** A hostile file nests until the stack is full. */
function parsed(source: Source): Document {
  try {
    return parseDocument(source.text, { prettyErrors: false, logLevel: "silent" })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return fail(source, 0, 0, "this nests too deep for a file of settings")
  }
}

function treeOf(reading: Reading, node: Node, depth: number): Tree {
  const { source, document } = reading
  const [start, end] = node.range ?? [0, 0]
  if (depth > DEEPEST || --reading.left < 0) fail(source, start, end, "this nests too deep for a file of settings")
  if (isAlias(node)) {
    const meant = node.resolve(document)
    if (!meant) fail(source, start, end, `there is no anchor ${node.source}`, "")
    return treeOf(reading, meant as Node, depth + 1)
  }
  if (isSeq(node))
    return { kind: "list", items: node.items.map((item) => treeOf(reading, item as Node, depth + 1)), start, end }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }): Entry => {
      const name = key as Scalar
      const [from, to] = name.range ?? [start, end]
      if (!isScalar(name)) fail(source, from, to, "a key is a single word here", "")
      const at = { start: from, end: to }
      return {
        key: textOf(name),
        at,
        value: value ? treeOf(reading, value as Node, depth + 1) : nothing(to),
      }
    })
    return { kind: "map", entries, start, end }
  }
  if (isScalar(node)) return scalar(source, node)
  throw new Problem({ headline: "this is no YAML", mark: { span: { source, start, end }, text: "" } })
}

const nothing = (at: number): Tree => ({
  kind: "scalar",
  value: null,
  text: "",
  start: at,
  end: at,
  placeOf: () => ({ start: at, end: at }),
})

/** Numbers and switches as they were written: 1e-7 must not become 1.0000000000000001e-7. */
const textOf = (node: Scalar): string =>
  typeof node.value === "string" ? node.value : (node.source ?? String(node.value ?? ""))

function scalar({ text: whole }: Source, node: Scalar): Tree {
  const [start, end] = node.range ?? [0, 0]
  const style = styles.get(node.type ?? "") ?? "plain"
  const text = textOf(node)
  const [from, to] =
    style === "block"
      ? [Math.min(end, Math.max(whole.indexOf("\n", start), start) + 1), end]
      : style === "plain"
        ? [start, end]
        : [start + 1, end - 1]
  let place: ReturnType<typeof offsetsOf> | undefined
  return {
    kind: "scalar",
    value: node.value as string | number | boolean | null,
    text,
    start,
    end,
    placeOf: (a, b) => {
      place ??= offsetsOf(text, whole, from, to, style)
      return place(a, b)
    },
  }
}
