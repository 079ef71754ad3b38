// Comments that state a definition: `# gradcheck: loss(y in {0,1} [8], p in 0..1 [8])` above a function or a class.
import { fail } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import type { Source } from "../source/text.ts"
import type { Module } from "../syntax/file-ast.ts"
import type { PythonDefinition } from "./python.ts"
import { parseInputSpec } from "./ranges.ts"
import type { Role } from "./roles.ts"
import { readSetting, type Setting } from "./settings.ts"

export interface Stated {
  readonly role: Role
  /** Range texts by name, as `--in` takes them. */
  readonly inputs: Readonly<Record<string, string>>
  /** Values of arguments that are settings, those of a constructor among them. */
  readonly settings: ReadonlyMap<string, Setting>
}

const roles: ReadonlyMap<string, Role> = new Map([
  ["loss", "loss"],
  ["metric", "metric"],
  ["activation", "activation"],
])
/** Other words behind "gradcheck:", which are read elsewhere. */
const others = ["ignore", "skip-file"]
const directive = /#\s*gradcheck:\s*([\w-]+)\s*(?:\(([^#\n]*)\))?/iy
/** What may stand between the comment and the definition. */
const between = /^[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*$/

/** Pieces between commas that stand in no bracket, each with where it starts. */
function pieces(text: string, offset: number): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = []
  let [depth, from] = [0, 0]
  for (let k = 0; k <= text.length; k++) {
    const c = text[k]
    if (c === undefined || (c === "," && depth === 0)) {
      if (text.slice(from, k).trim() !== "") found.push({ text: text.slice(from, k), start: offset + from })
      from = k + 1
    } else if ("([{".includes(c)) depth++
    else if (")]}".includes(c)) depth--
  }
  return found
}

function read(source: Source, start: number): Stated | undefined {
  directive.lastIndex = start
  const match = directive.exec(source.text)
  if (!match) return undefined
  const [whole, word = "", inside] = match
  const role = roles.get(word.toLowerCase())
  if (!role) {
    const close = suggest(word, [...roles.keys(), ...others])
    if (others.includes(word.toLowerCase()) || close.some((c) => others.includes(c))) return undefined
    const at = start + whole.indexOf(word)
    fail(source, at, at + word.length, `a comment for gradcheck begins with loss, metric, activation or ignore`, "", {
      close,
      help: ["# gradcheck: loss(y in {0,1} [8], p in 0..1 [8])"],
    })
  }
  const inputs: Record<string, string> = {}
  const settings = new Map<string, Setting>()
  for (const piece of pieces(inside ?? "", start + whole.indexOf("(") + 1)) {
    const given = /^\s*([\p{L}_][\p{L}\p{N}_.]*)\s*=\s*(.*?)\s*$/su.exec(piece.text)
    if (given) {
      const [, name, text] = given as unknown as [string, string, string]
      const value = readSetting(text)
      const at = piece.start + piece.text.indexOf(text)
      if (value === undefined)
        fail(
          source,
          at,
          at + text.length,
          "a setting is a number, True, False, None, a text or a list of numbers",
          "",
          {
            help: ["margin = 0.5", 'reduction = "sum"', "weights = [1, 2]"],
          },
        )
      settings.set(name, value)
      continue
    }
    const parts = /^(\s*)([\p{L}_][\p{L}\p{N}_.]*)\s+in\s+(.*)$/su.exec(piece.text)
    if (!parts)
      fail(
        source,
        piece.start,
        piece.start + piece.text.length,
        "an input is stated as `name in range`, a setting as `name = value`",
        "",
        {
          help: ["p in 0..1 [8]"],
        },
      )
    const [, , name, range] = parts as unknown as [string, string, string, string]
    parseInputSpec(range, source, piece.start + piece.text.length - range.length)
    inputs[name] = range.trim()
  }
  return { role, inputs, settings }
}

/** What a comment right above a definition states of it. Mistakes in the comment are Problems with their place. */
export function statedAbove(
  source: Source,
  comments: Module["comments"],
  { start, decorators }: PythonDefinition["statement"],
): Stated | undefined {
  const head = decorators[0] ? source.text.lastIndexOf("@", decorators[0].start) : start
  const before = comments.findLastIndex((offset) => offset < head)
  // Several comment lines may stand above each other.
  for (let k = before; k >= 0; k--) {
    if (!between.test(source.text.slice(comments[k]!, head))) return undefined
    const stated = read(source, comments[k]!)
    if (stated) return stated
  }
  return undefined
}
