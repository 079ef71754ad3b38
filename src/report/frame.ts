// Source frames: the lines that a message is about, with marks under them and words at the marks.
import { lineOf, positionOf } from "../source/text.ts"
import { excerpt } from "./excerpt.ts"
import { type Mark, type Place, type Scene, scenesOf } from "./scenes.ts"
import { say, type Theme, type Tone } from "./theme.ts"
import { underline } from "./underline.ts"
import { widthOf } from "./width.ts"

/** So many sources are shown; a finding that needs more is told by its words. */
const MOST_SCENES = 4
/** Of a mark over more lines than this, the first two and the last are shown. */
const MOST_LINES = 4

/** The part of a mark that lies in one line. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly main: boolean
}

/** Frames for all marks, without blank lines around them. */
export function frame(marks: readonly Mark[], tone: Tone, theme: Theme): string[] {
  const scenes = scenesOf(marks)
  const shown = scenes.slice(0, MOST_SCENES)
  const digits = Math.max(4, ...shown.map((s) => String(lastLine(s)).length + 2))
  const lines = shown.flatMap((scene, k) => [
    ...(k > 0 ? [""] : []),
    ...(scene.title === "" ? [] : [`  ${theme.paint("evidence", say(titleOf(scene), theme))}`]),
    ...draw(scene, digits, tone, theme),
  ])
  if (scenes.length > MOST_SCENES)
    lines.push("", `  ${theme.paint("evidence", `and in ${scenes.length - MOST_SCENES} more places`)}`)
  return lines
}

const lastLine = ({ source, places }: Scene): number => positionOf(source, Math.max(...places.map((p) => p.end))).line

/** A file's place is written so that editors can follow it. */
function titleOf({ source, via, title, places }: Scene): string {
  if (via || source.name === "" || source.name.startsWith("--")) return title
  const { line, column } = positionOf(source, places[0]!.start)
  return `${title}:${line}:${column}`
}

function draw(scene: Scene, digits: number, tone: Tone, theme: Theme): string[] {
  const byLine = new Map<number, Piece[]>()
  for (const place of scene.places) {
    for (const { line, piece } of piecesOf(scene, place)) {
      const list = byLine.get(line)
      if (list) list.push(piece)
      else byLine.set(line, [piece])
    }
  }
  const gutter = (number: string): string =>
    `${theme.paint("evidence", `${number.padStart(digits)} ${theme.signs.bar}`)} `
  // One column is kept for a caret behind the end of a full line.
  const room = theme.width - digits - 4
  return [...byLine]
    .sort(([a], [b]) => a - b)
    .flatMap(([line, pieces]) => {
      const text = lineOf(scene.source, line)
      const sorted = pieces.sort((a, b) => a.from - b.from || b.to - a.to)
      const groups = text.length <= 4 * room && widthOf(say(text, theme)) <= room ? [sorted] : groupsOf(sorted, room)
      return groups.flatMap((group) => {
        const from = Math.min(...group.map((p) => p.from))
        const to = Math.max(...group.map((p) => p.to))
        const cut = excerpt(text, from, to, room, theme)
        const marked = group.map((p) => ({ ...p, from: cut.columnOf(p.from), to: cut.columnOf(p.to) }))
        return [gutter(String(line)) + cut.text, ...underline(marked, room, tone, theme).map((row) => gutter("") + row)]
      })
    })
}

/** A mark line by line; its words stand at its last line. */
function piecesOf({ source }: Scene, place: Place): { line: number; piece: Piece }[] {
  const { text, main } = place
  const start = positionOf(source, place.start)
  const end = positionOf(source, Math.max(place.start, place.end))
  const lines = Array.from({ length: end.line - start.line + 1 }, (_, k) => start.line + k)
  const shown = lines.length > MOST_LINES ? [lines[0]!, lines[1]!, lines.at(-1)!] : lines
  return shown.flatMap((line) => {
    const whole = lineOf(source, line)
    const from = line === start.line ? start.column - 1 : whole.length - whole.trimStart().length
    const to = line === end.line ? end.column - 1 : whole.trimEnd().length
    if (to <= from && lines.length > 1) return []
    return [{ line, piece: { from, to, main, text: line === end.line ? text : "" } }]
  })
}

/** Marks, from left to right, that fit into one window together: far apart in a long line they get a window each. */
function groupsOf(pieces: readonly Piece[], room: number): Piece[][] {
  const groups: Piece[][] = []
  for (const piece of pieces) {
    const group = groups.at(-1)
    if (group && piece.to - group[0]!.from <= (room * 2) / 3) group.push(piece)
    else if (group && piece.from < Math.max(...group.map((p) => p.to))) group.push(piece)
    else groups.push([piece])
  }
  return groups
}
