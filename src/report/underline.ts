// The marks under a line of source, and the words that hang from them.
import type { Piece } from "./frame.ts"
import { wrap } from "./lines.ts"
import { say, type Theme, type Tone } from "./theme.ts"
import { widthOf } from "./width.ts"

interface Label {
  readonly at: number
  readonly text: string
  readonly main: boolean
}

/** Words below a mark want at least this many columns; where there are fewer, they stand to its left. */
const NARROW = 24

/** Rows below a line: the marks, then words that found no place behind them. Columns count from the line's start. */
export function underline(pieces: readonly Piece[], room: number, tone: Tone, theme: Theme): string[] {
  const signs: string[] = []
  for (const { from, to, main } of [...pieces].sort((a, b) => Number(a.main) - Number(b.main)))
    for (let k = from; k < Math.max(to, from + 1); k++) signs[k] = main ? "^" : "-"
  const length = signs.length
  const labels = labelsOf(pieces, theme)
  const last = labels.at(-1)
  const rightmost = Math.max(...pieces.map((p) => p.from))
  const inline = last && last.at === rightmost && length + 1 + widthOf(last.text) <= room ? last : undefined
  const marks = paintRuns(
    Array.from(signs, (s) => s ?? " "),
    tone,
    theme,
  )
  const words = inline ? ` ${theme.paint(inline.main ? tone : "strong", inline.text)}` : ""
  return [marks + words, ...below(inline ? labels.slice(0, -1) : labels, room, tone, theme)]
}

/** Words from left to right. Lighter marks that say the same say it once, at the rightmost. */
function labelsOf(pieces: readonly Piece[], theme: Theme): Label[] {
  const labels = pieces
    .filter((p) => p.text !== "")
    .map((p) => ({ at: p.from, text: say(p.text, theme), main: p.main }))
    .sort((a, b) => a.at - b.at || Number(a.main) - Number(b.main))
  return labels.filter((l, k) => l.main || !labels.some((other, j) => j > k && !other.main && other.text === l.text))
}

function paintRuns(signs: readonly string[], tone: Tone, theme: Theme): string {
  return signs
    .join("")
    .replace(/\^+/g, (run) => theme.paint(tone, run))
    .replace(/-+/g, (run) => theme.paint("strong", run))
}

/** From right to left, so that the lines down to words further left cross nothing. */
function below(labels: readonly Label[], room: number, tone: Tone, theme: Theme): string[] {
  const { bar, corner, fork } = theme.signs
  const rows: string[] = []
  for (let k = labels.length - 1; k >= 0; k--) {
    const { at, text, main } = labels[k]!
    const open = labels.slice(0, k)
    const paint = (part: string): string => theme.paint(main ? tone : "strong", part)
    const down = (upTo: number): string => {
      let row = ""
      for (const other of open)
        if (other.at < upTo && other.at >= row.length) row += " ".repeat(other.at - row.length) + bar
      return row + " ".repeat(Math.max(0, upTo - row.length))
    }
    const wide = room - at - 2
    if (wide < NARROW && widthOf(text) > wide) {
      rows.push(...toTheLeft(text, at, room, down, paint, theme))
      continue
    }
    const sign = open.some((other) => other.at === at) ? fork : corner
    for (const [row, line] of wrap(text, wide).entries())
      rows.push(down(at) + (row === 0 ? paint(`${sign} ${line}`) : `  ${paint(line)}`))
  }
  return rows
}

/** Words that end at their mark's column. */
function toTheLeft(
  text: string,
  at: number,
  room: number,
  down: (upTo: number) => string,
  paint: (part: string) => string,
  theme: Theme,
): string[] {
  const lines = wrap(text, Math.max(NARROW, Math.min(at - 1, room)))
  return lines.map((line, row) => {
    const width = widthOf(line)
    const start = Math.max(0, at - 1 - width)
    return down(start) + paint(row === 0 ? `${line} ${theme.signs.back}` : line)
  })
}
