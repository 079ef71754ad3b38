// Files as text for people. Of one file, frames; of several a line for each finding and a table, as frames would fill pages.

import type { LintedFile } from "../findings/result.ts"
import { takenText } from "./assumed.ts"
import { placeText } from "./concise.ts"
import { filesTable } from "./files-table.ts"
import { drawFinding, findingHeadline, joined } from "./finding.ts"
import { hanging, remarks, wrap } from "./lines.ts"
import type { Run, View } from "./run.ts"
import { say, type Theme } from "./theme.ts"
import { allTold, notUnderstood, placeOfLost, type Told, whyLost, worthTelling } from "./told.ts"
import { totalsOf, totalsParts } from "./totals.ts"
import { widthOf } from "./width.ts"

export function lintText(run: Run, { theme, quiet, verbose }: View): string {
  const { files = [], seconds } = run
  const all = allTold(run)
  const told = worthTelling(all, verbose)
  const totals = totalsOf(run, all)
  const several = totals.files > 1
  const found = quiet || (several && !verbose) ? [linesOf(told, theme)] : told.map((t) => frameOf(t, theme))
  const first = (["error", "warning"] as const).flatMap((level) => told.find((t) => t.finding.level === level) ?? [])[0]
  return `${joined([
    ...found,
    ...(verbose ? [takenLines(files, theme), lostLines(run, theme)] : []),
    ...(several && !quiet ? [filesTable(files, theme)] : []),
    [
      ...remarks(totalsParts(totals, verbose, seconds), { ...theme, width: theme.room }, 0),
      // Frames end in the way on; lines do not.
      ...(several && !verbose && !quiet && first
        ? [theme.paint("evidence", say(`first: gradcheck explain ${first.finding.rule}`, theme))]
        : []),
    ],
  ]).join("\n")}\n`
}

/** Where nothing is marked, the headline must say of what place it speaks. */
function frameOf({ finding, headline, place }: Told, theme: Theme): string[] {
  const where = finding.marks.length > 0 ? "" : ` (${place.file}:${place.start.line})`
  return drawFinding({ ...finding, headline: `${headline}${where}` }, theme)
}

/** Headlines keep this much of a line, or hang below their places. */
const LEAST_ROOM = 36

/** In columns; where there is no room for a third one, headlines hang below. */
function linesOf(told: readonly Told[], theme: Theme): string[] {
  const places = told.map((t) => say(placeText(t.place), theme))
  const labels = told.map(({ finding }) => `${finding.level}[${finding.rule}]`)
  const [first, second] = [places, labels].map((list) => Math.max(0, ...list.map(widthOf))) as [number, number]
  const room = theme.room - first - second - 4
  return told.flatMap(({ finding, headline }, k) => {
    const [place, label] = [theme.paint("evidence", places[k]!), labels[k]!]
    if (room < LEAST_ROOM)
      return [
        place,
        ...findingHeadline({ ...finding, headline }, { ...theme, width: theme.room - 2 }).map((l) => `  ${l}`),
      ]
    const gap = " ".repeat(first - widthOf(places[k]!) + 2)
    return wrap(say(headline, theme), room).map((line, row) =>
      row > 0
        ? " ".repeat(first + second + 4) + line
        : `${place}${gap}${theme.paint(finding.level, label)}${" ".repeat(second - label.length + 2)}${line}`,
    )
  })
}

/** Every definition that was understood: its verdict, its role, and the inputs and settings that it was tried with. */
function takenLines(files: readonly LintedFile[], theme: Theme): string[] {
  const lines = files.flatMap(({ file, losses }) =>
    losses.map(({ line, result }) => {
      const words = [result.verdict, ...takenText(result)].map((w) => say(w, theme)).join(` ${theme.signs.dot} `)
      return `${file}:${line}   ${result.name}: ${words}`
    }),
  )
  return lines.length === 0 ? [] : ["looked at", ...lines.flatMap((line) => hanging(line, theme, 2, 6))]
}

function lostLines(run: Run, theme: Theme): string[] {
  const lost = notUnderstood(run)
  if (lost.length === 0) return []
  return [
    "not understood",
    ...lost.flatMap((u) => hanging(`${u.file}:${placeOfLost(u).start.line}   ${u.name}: ${whyLost(u)}`, theme, 2, 6)),
  ]
}
