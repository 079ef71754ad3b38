// Edits: what takes the place of a piece of a text.
import type { Source } from "./text.ts"

/** A half-open range of UTF-16 offsets in a source, and the text in its place. */
export interface Edit {
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly write: string
}

/** In the order of their places; an edit at two places of one text is one at each. */
export const inOrder = (edits: readonly Edit[]): Edit[] => [...edits].sort((a, b) => a.start - b.start || a.end - b.end)

/** Whether two edits touch the same piece of a text. */
export const overlap = (a: Edit, b: Edit): boolean =>
  a.source.name === b.source.name && a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1)

/** The text with its edits; undefined when two of them overlap. */
export function editedText(text: string, edits: readonly Edit[]): string | undefined {
  const sorted = inOrder(edits)
  if (sorted.some((edit, k) => k > 0 && overlap(sorted[k - 1]!, edit))) return undefined
  let result = ""
  let at = 0
  for (const { start, end, write } of sorted) {
    result += text.slice(at, start) + write
    at = end
  }
  return result + text.slice(at)
}

/** Every text that has edits, by the name of its source, with them; undefined when two overlap. */
export function editedTexts(edits: readonly Edit[]): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>()
  for (const { source } of edits) {
    if (texts.has(source.name)) continue
    const text = editedText(
      source.text,
      edits.filter((e) => e.source.name === source.name),
    )
    if (text === undefined) return undefined
    texts.set(source.name, text)
  }
  return texts
}
