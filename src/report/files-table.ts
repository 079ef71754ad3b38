// The table of files: how many definitions each has, and how they fare.
import type { LintedFile } from "../findings/result.ts"
import type { Verdict } from "../samples/states.ts"
import { columns } from "./lines.ts"
import { count, counted } from "./numbers.ts"
import { say, type Theme } from "./theme.ts"
import { toldOfFile } from "./told.ts"
import { definitionsIn, speaks } from "./totals.ts"
import { widthOf } from "./width.ts"

/** More rows than this are folded: those of files without anything to report into one. */
const MOST_ROWS = 10

/** Verdicts that mean the same to a reader share a column. */
const verdictColumns: readonly (readonly [title: string, verdicts: readonly Verdict[]])[] = [
  ["alive", ["alive"]],
  ["partly", ["partial"]],
  ["saturating", ["saturating"]],
  ["broken", ["broken"]],
  ["dead", ["dead", "disconnected"]],
]

interface Figures {
  readonly name: string
  readonly figures: readonly number[]
}

const titles = ["definitions", ...verdictColumns.map(([title]) => title), "metrics", "not understood"]
/** These say whether it is well; the others may be left out where they are 0 in all rows and there is no room. */
const always: ReadonlySet<string> = new Set(["definitions", "alive"])

/** A metric may be dead, so its verdict is none of those that count. */
function figuresOf(files: readonly LintedFile[]): number[] {
  const results = files.flatMap((f) => f.losses.map((l) => l.result))
  const trained = results.filter((r) => r.role !== "metric")
  return [
    files.reduce((n, f) => n + definitionsIn(f), 0),
    ...verdictColumns.map(([, verdicts]) => trained.filter((r) => verdicts.includes(r.verdict)).length),
    results.length - trained.length,
    files.reduce((n, f) => n + f.notUnderstood.length, 0),
  ]
}

function rowsOf(files: readonly LintedFile[], theme: Theme): Figures[] {
  const spoken = files.filter(speaks)
  const row = (f: LintedFile): Figures => ({ name: say(f.file, theme), figures: figuresOf([f]) })
  if (spoken.length <= MOST_ROWS) return spoken.map(row)
  const quiet = new Set(spoken.filter((f) => toldOfFile(f).every((t) => t.finding.level === "note")))
  const rows = spoken.filter((f) => !quiet.has(f)).map(row)
  // One row for one file would save nothing.
  if (quiet.size < 2) return spoken.map(row)
  return [
    ...rows,
    {
      name: rows.length > 0 ? counted(quiet.size, "other file") : counted(quiet.size, "file"),
      figures: figuresOf([...quiet]),
    },
  ]
}

/** Cut at the front, between folders where that is enough: the end of a path tells files apart. */
function cut(name: string, width: number, theme: Theme): string {
  if (widthOf(name) <= width) return name
  const room = width - widthOf(theme.signs.more)
  for (let k = name.indexOf("/"); k >= 0; k = name.indexOf("/", k + 1))
    if (widthOf(name.slice(k)) <= room) return theme.signs.more + name.slice(k)
  const letters = Array.from(name)
  while (letters.length > 1 && widthOf(letters.join("")) > room) letters.shift()
  return theme.signs.more + letters.join("")
}

export function filesTable(files: readonly LintedFile[], theme: Theme): string[] {
  const rows = rowsOf(files, theme)
  const draw = (kept: readonly number[], gap: number, room: number): string[] =>
    columns(
      [
        ["file", ...kept.map((k) => titles[k]!)],
        ...rows.map(({ name, figures }) => [cut(name, room, theme), ...kept.map((k) => count(figures[k]!))]),
      ],
      gap,
    ).map((line) => `  ${line}`)
  const fits = (lines: readonly string[]): boolean => lines.every((l) => widthOf(l) <= theme.room)
  const used = titles.flatMap((t, k) => (always.has(t) || rows.some((r) => r.figures[k] !== 0) ? [k] : []))
  // Without metrics nobody asks after them.
  const all = titles.flatMap((t, k) => (t === "metrics" && !used.includes(k) ? [] : [k]))
  const longest = Math.max(...rows.map((r) => widthOf(r.name)))
  const tries = [draw(all, 3, longest), draw(used, 3, longest), draw(used, 2, longest)]
  const fitting = tries.find(fits)
  if (fitting) return painted(fitting, theme)
  const over = Math.max(...tries.at(-1)!.map(widthOf)) - theme.room
  return painted(draw(used, 2, Math.max(12, longest - over)), theme)
}

const painted = ([head = "", ...rows]: readonly string[], theme: Theme): string[] => [
  theme.paint("evidence", head),
  ...rows,
]
