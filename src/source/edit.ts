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

/** A piece of an edited text: a range of the text as it was, or what was written. */
type Piece = { readonly start: number; readonly end: number } | { readonly write: string }

const lengthOf = (piece: Piece): number => ("write" in piece ? piece.write.length : piece.end - piece.start)

const partOf = (piece: Piece, from: number, to: number): Piece =>
  "write" in piece
    ? { write: piece.write.slice(from, to) }
    : { start: piece.start + from, end: Math.min(piece.end, piece.start + to) }

/** The pieces between two offsets of the text that they make. */
function between(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0
  return pieces.flatMap((piece) => {
    const begin = at
    at += lengthOf(piece)
    const [low, high] = [Math.max(from, begin), Math.min(to, at)]
    return low < high ? [partOf(piece, low - begin, high - begin)] : []
  })
}

/** Pieces with edits of the text that they make. */
function edited(pieces: readonly Piece[], edits: readonly Edit[]): Piece[] {
  let at = 0
  const before = inOrder(edits).flatMap(({ start, end, write }): Piece[] => {
    const kept = between(pieces, at, start)
    at = end
    return [...kept, { write }]
  })
  return [...before, ...between(pieces, at, Number.POSITIVE_INFINITY)]
}

/** Edits one after the other as one list: `then` is said of the texts that `first` makes. */
export function composed(first: readonly Edit[], then: readonly Edit[]): Edit[] {
  const sources = new Map([...then, ...first].map(({ source }) => [source.name, source]))
  return [...sources].flatMap(([name, source]) => {
    const own = (edits: readonly Edit[]): Edit[] => edits.filter((e) => e.source.name === name)
    const whole: Piece = { start: 0, end: source.text.length }
    const result: Edit[] = []
    let [at, write] = [0, ""]
    for (const piece of [...edited(edited([whole], own(first)), own(then)), { start: whole.end, end: whole.end }]) {
      if ("write" in piece) {
        write += piece.write
        continue
      }
      if (piece.start > at || write !== "") result.push({ source, start: at, end: piece.start, write })
      at = piece.end
      write = ""
    }
    return result
  })
}
