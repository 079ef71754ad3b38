// Comments that speak to gradcheck: which findings to hide, and why. What states a definition is read elsewhere.
import { positionOf, type Source } from "../source/text.ts"

export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface IgnoreComment {
  readonly kind: "ignore" | "skip-file" | "unknown"
  /** What stands behind "gradcheck:". */
  readonly word: Word
  /** The rules that it names; undefined without brackets. */
  readonly rules?: readonly Word[]
  readonly reason: string
  readonly start: number
  readonly end: number
  readonly line: number
}

const directive = /#\s*gradcheck:\s*([a-z_-]+)\s*(\[([^\]\n]*)\]?)?([^\n]*)/iy
const meant = /^(ign\w*|igor\w*|noqa|disable\w*|skip\w*|suppress\w*)/i

/** The comments of a text that hide something, or were meant to; `offsets` are those of their `#`. */
export function ignoreComments(source: Source, offsets: Iterable<number>): IgnoreComment[] {
  const found: IgnoreComment[] = []
  for (const offset of offsets) {
    const lineEnd = /[\r\n]|$/g
    lineEnd.lastIndex = offset
    const end = lineEnd.exec(source.text)?.index ?? source.text.length
    // A comment may hold others: "# noqa  # gradcheck: …".
    for (const { index } of source.text.slice(offset, end).matchAll(/#\s*gradcheck:/gi)) {
      const comment = read(source, offset + index, end)
      if (comment) found.push(comment)
    }
  }
  return found
}

function read(source: Source, start: number, end: number): IgnoreComment | undefined {
  directive.lastIndex = start
  const match = directive.exec(source.text.slice(0, end))
  if (!match) return undefined
  const [whole, name = "", brackets, inside = "", rest = ""] = match
  const kind = name.toLowerCase() === "ignore" ? "ignore" : name.toLowerCase() === "skip-file" ? "skip-file" : "unknown"
  if (kind === "unknown" && !meant.test(name)) return undefined
  const at = start + whole.indexOf(name, whole.indexOf(":"))
  const open = brackets === undefined ? 0 : start + whole.indexOf("[") + 1
  const reason = /^\s*(?:--|—|–)\s*([^#]*)/.exec(rest)?.[1] ?? ""
  return {
    kind,
    word: { text: name, start: at, end: at + name.length },
    ...(brackets === undefined ? {} : { rules: wordsIn(inside, open) }),
    reason: reason.trim(),
    start,
    end: start + whole.trimEnd().length,
    line: positionOf(source, start).line,
  }
}

const wordsIn = (text: string, offset: number): Word[] =>
  [...text.matchAll(/[^\s,]+/g)].map((m) => ({
    text: m[0],
    start: offset + m.index,
    end: offset + m.index + m[0].length,
  }))

/** In a file of definitions: wherever it stands, also in an expression over several lines. */
export const commentOffsets = (text: string): number[] => [...text.matchAll(/#\s*gradcheck:/gi)].map((m) => m.index)
