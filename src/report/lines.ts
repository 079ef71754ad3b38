// Lines of words: wrapping, labels with hanging text, and columns.

import { say, type Theme, type Tone } from "./theme.ts"
import { widthOf } from "./width.ts"

/** Breaks a text at blanks so that each line fills at most `width` columns; a longer word keeps a line to itself. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    if (widthOf(line) <= width) return [line]
    const lines: string[] = []
    let open = ""
    for (const word of line.split(" ")) {
      if (open !== "" && widthOf(open) + 1 + widthOf(word) > width) {
        lines.push(open.trimEnd())
        open = word
      } else open = open === "" ? word : `${open} ${word}`
    }
    return [...lines, open].filter((l) => l !== "")
  })
}

/** Words with a label before them, what does not fit hanging below the words. */
export function labelled(label: string, text: string, room: number, theme: Theme, tone?: Tone, all = false): string[] {
  const indent = 2 + room + 2
  const lines = wrap(say(text, theme), Math.max(20, theme.width - indent))
  const paint = (part: string): string => (tone ? theme.paint(tone, part) : part)
  return lines.map((line, k) => {
    const shown = all ? paint(line) : line
    return k > 0 ? " ".repeat(indent) + shown : `  ${paint(padEnd(say(label, theme), room))}  ${shown}`.trimEnd()
  })
}

/** Words from the left edge, what does not fit hanging two columns in. */
export function hanging(text: string, theme: Theme, indent = 0, hang = indent + 2): string[] {
  const [first = "", ...more] = wrap(say(text, theme), theme.width - hang)
  return [" ".repeat(indent) + first, ...more.map((line) => " ".repeat(hang) + line)]
}

/** Remarks with dots between them, from two columns in; lines break between remarks, where they can. */
export const dotted = (parts: readonly string[], theme: Theme): string[] =>
  remarks(parts, theme, 2).map((line) => theme.paint("evidence", line))

/** The same from any column, unpainted. */
export function remarks(parts: readonly string[], theme: Theme, indent: number): string[] {
  const dot = ` ${theme.signs.dot} `
  const room = theme.width - indent
  const lines: string[] = []
  for (const part of parts.map((p) => say(p, theme))) {
    const open = lines.at(-1)
    if (open !== undefined && widthOf(open) + dot.length + widthOf(part) <= room)
      lines[lines.length - 1] = open + dot + part
    else lines.push(part)
  }
  const broken = (line: string): string[] => (widthOf(line) <= room ? [line] : wrap(line, room - 2))
  return lines.flatMap((line) => broken(line).map((l, k) => `${" ".repeat(k > 0 ? indent + 2 : indent)}${l}`))
}

export const padEnd = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)))
export const padStart = (text: string, width: number): string => " ".repeat(Math.max(0, width - widthOf(text))) + text

/** Cuts a text to a width, with a sign where something is missing. */
export function crop(text: string, width: number, theme: Theme): string {
  if (widthOf(text) <= width) return text
  const room = width - widthOf(theme.signs.more)
  let kept = ""
  for (const sign of text) {
    if (widthOf(kept + sign) > room) break
    kept += sign
  }
  return kept.trimEnd() + theme.signs.more
}

/** Rows as columns: the first to the left, the others to the right, or as `left` says. */
export function columns(rows: readonly (readonly string[])[], gap = 3, left: readonly number[] = [0]): string[] {
  const widths: number[] = []
  for (const row of rows) for (const [k, cell] of row.entries()) widths[k] = Math.max(widths[k] ?? 0, widthOf(cell))
  return rows.map((row) =>
    row
      .map((cell, k) => (left.includes(k) ? padEnd(cell, widths[k]!) : padStart(cell, widths[k]!)))
      .join(" ".repeat(gap))
      .trimEnd(),
  )
}
