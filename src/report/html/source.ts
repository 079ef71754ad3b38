// Pieces of source in the page: lines with their numbers, what is to blame marked in them, and the words below.
import { lineOf, positionOf, type Source } from "../../source/text.ts"
import { widthOf } from "../width.ts"
import { html, type Markup } from "./markup.ts"

export interface Place {
  readonly start: number
  readonly end: number
  readonly text: string
  /** "error", "warning" or "note" for what is to blame; "also" for the other places. */
  readonly tone: string
}

/** A block of more lines keeps those around its marks, its head and its end. */
const MOST_LINES = 60
const AROUND = 4
/** Of a longer line only the neighbourhood of its first mark is shown. */
const LONGEST = 800
const BEFORE = 120

interface Piece {
  readonly from: number
  readonly to: number
  readonly tone: string
  readonly text: string
}

/** The part of a place that lies in one line; its words stand below its last line. */
function piecesIn(source: Source, line: number, text: string, places: readonly Place[]): Piece[] {
  return places.flatMap(({ start, end, tone, text: words }) => {
    const [a, b] = [positionOf(source, start), positionOf(source, Math.max(start, end))]
    if (line < a.line || line > b.line) return []
    const from = line === a.line ? a.column - 1 : text.length - text.trimStart().length
    const to = line === b.line ? b.column - 1 : text.length
    return [{ from, to: Math.max(to, from + 1), tone, text: line === b.line ? words : "" }]
  })
}

/** Where marks overlap, the one that comes first in the list is seen. */
function marked(text: string, pieces: readonly Piece[], from: number, to: number): Markup[] {
  const edges = [...new Set([from, to, ...pieces.flatMap((p) => [p.from, p.to])])]
    .filter((e) => e >= from && e <= to)
    .sort((a, b) => a - b)
  return edges.slice(0, -1).map((edge, k) => {
    const piece = pieces.find((p) => p.from <= edge && p.to > edge)
    const part = text.slice(edge, edges[k + 1])
    return piece ? html`<mark class="${piece.tone}">${part}</mark>` : html`${part}`
  })
}

function lineMarkup(source: Source, line: number, places: readonly Place[]): Markup {
  const text = lineOf(source, line)
  const pieces = piecesIn(source, line, text, places)
  const first = Math.min(text.length, ...pieces.map((p) => p.from))
  const from = text.length <= LONGEST ? 0 : Math.max(0, Math.min(first - BEFORE, text.length - LONGEST))
  // A mark at the end of a line stands behind its last character.
  const to = Math.max(
    Math.min(text.length, from + LONGEST),
    text.length <= LONGEST ? Math.max(0, ...pieces.map((p) => p.to)) : 0,
  )
  const shown = text.padEnd(to)
  const said = new Set<string>()
  const words = pieces.filter((p) => p.text !== "" && !said.has(p.text) && said.add(p.text))
  return html`<span class="line" data-n="${line}">${from > 0 ? "…" : ""}${marked(shown, pieces, from, to)}${to < text.length ? "…" : ""}
</span>${words.map(
    (p) =>
      html`<span class="line said ${p.tone}" data-n="">${" ".repeat(widthOf(text.slice(from, Math.min(p.from, to)).replaceAll("\t", "    ")) + (from > 0 ? 1 : 0))}╰ ${p.text}
</span>`,
  )}`
}

/** The lines of a source from one to another, scrolled sideways by keys as well. */
export function sourceBlock(source: Source, from: number, to: number, places: readonly Place[], label: string): Markup {
  const all = Array.from({ length: Math.max(1, to - from + 1) }, (_, k) => from + k)
  const wanted = new Set(
    places.flatMap((p) => {
      const [a, b] = [positionOf(source, p.start).line, positionOf(source, p.end).line]
      return [...all.filter((n) => n >= a - AROUND && n <= Math.min(a + AROUND, b + AROUND)), b]
    }),
  )
  const kept = all.length <= MOST_LINES ? all : all.filter((n, k) => wanted.has(n) || k < AROUND || k >= all.length - 1)
  const lines = kept.map((n, k) => [
    ...(k > 0 && n > kept[k - 1]! + 1
      ? [
          html`<span class="line gap" data-n="">…
</span>`,
        ]
      : []),
    lineMarkup(source, n, places),
  ])
  return html`<pre class="code" tabindex="0" role="region" aria-label="${label}"><code>${lines}</code></pre>`
}
