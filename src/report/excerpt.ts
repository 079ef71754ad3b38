// One line of source as a terminal can show it: tabs, wide and invisible characters, and a window into a long line.
import { asciiOf, escaped, harmless, type Theme } from "./theme.ts"
import { widthOf } from "./width.ts"

export interface Excerpt {
  readonly text: string
  /** The column at which the character at an offset of the line is shown; outside of the window, its edge. */
  readonly columnOf: (offset: number) => number
}

const TAB = "    "
const plain = /^[\x20-\x7e]*$/

let segmenter: Intl.Segmenter | undefined

/** The characters as a reader counts them, each with what is shown for it. */
function signsOf(text: string, ascii: boolean): { offset: number; shown: string; width: number }[] {
  if (plain.test(text)) return Array.from(text, (shown, offset) => ({ offset, shown, width: 1 }))
  segmenter ??= new Intl.Segmenter()
  return Array.from(segmenter.segment(text), ({ segment, index }) => {
    const safe =
      segment === "\t"
        ? TAB
        : ascii
          ? Array.from(harmless(segment), (c) => (/[\x20-\x7e]/.test(c) ? c : escaped(c))).join("")
          : harmless(segment)
    return { offset: index, shown: ascii ? asciiOf(safe) : safe, width: widthOf(safe) }
  })
}

/**
 * The line, or as much of it as `room` columns hold around `from`..`to`, with a sign where something is left out. Only
 * the neighbourhood of a long line is measured.
 */
export function excerpt(line: string, from: number, to: number, room: number, theme: Theme): Excerpt {
  let low = line.length <= 6 * room ? 0 : Math.max(0, from - 2 * room)
  let high = line.length <= 6 * room ? line.length : Math.min(line.length, low + 6 * room)
  if (isTrail(line, low)) low--
  if (isTrail(line, high)) high++
  const signs = signsOf(line.slice(low, high), theme.ascii)
  const columns: number[] = []
  let width = 0
  for (const sign of signs) {
    for (let k = columns.length; k <= sign.offset; k++) columns.push(width)
    width += sign.width
  }
  const column = (offset: number): number => {
    const k = Math.max(0, offset - low)
    return k >= high - low ? width : (columns[k] ?? columns.at(-1) ?? 0)
  }
  if (width <= room && low === 0 && high === line.length)
    return { text: signs.map((s) => s.shown).join(""), columnOf: column }

  const more = theme.signs.more
  const need = Math.max(1, Math.min(column(to) - column(from), room))
  const before = Math.floor((room - need) / 3)
  let start = Math.max(0, column(from) - before)
  if (low === 0) start = Math.min(start, Math.max(0, width - room))
  const cutLeft = low > 0 || start > 0
  const cutRight = high < line.length || width - start > room
  const left = start + (cutLeft ? more.length : 0)
  const right = start + room - (cutRight ? more.length : 0)
  let text = cutLeft ? more : ""
  let at = 0
  let filled = left
  for (const sign of signs) {
    const end = at + sign.width
    if (at >= left && end <= right) {
      // A wide character at the edge may leave a gap of one column.
      text += " ".repeat(at - filled) + sign.shown
      filled = end
    }
    at = end
  }
  return {
    text: text + (cutRight ? " ".repeat(Math.max(0, right - filled)) + more : ""),
    columnOf: (offset) => Math.min(Math.max(column(offset), left), right) - start,
  }
}

const isTrail = (line: string, at: number): boolean =>
  at > 0 && at < line.length && (line.charCodeAt(at) & 0xfc00) === 0xdc00
