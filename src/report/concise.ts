// One line for each finding, for editors, grep and agents: path:line:col: level[rule] headline.

import type { Run, View } from "./run.ts"
import { say } from "./theme.ts"
import { allTold, allWithLost, type Place, worthTelling } from "./told.ts"
import { totalsOf, totalsParts } from "./totals.ts"
import { verdictLines, verdictWords } from "./verdict.ts"

/** What an expression from the command line is called where a file is expected. */
export const EXPRESSION = "expression"

export const placeText = ({ file, start }: Place): string =>
  `${file === "" ? EXPRESSION : file}:${start.line}:${start.column}`

export function concise(run: Run, { theme, verbose, quiet }: View): string {
  const all = allTold(run)
  const lines = worthTelling(verbose ? allWithLost(run) : all, verbose).map(
    ({ place, finding, headline }) => `${placeText(place)}: ${finding.level}[${finding.rule}] ${headline}`,
  )
  return [...lines, ...(quiet ? [] : lastWords(run, all, verbose))]
    .map((line) => `${say(line.replace(/\s*\n\s*/g, " "), theme)}\n`)
    .join("")
}

function lastWords(run: Run, all: ReturnType<typeof allTold>, verbose: boolean): string[] {
  if (!run.files)
    return run.results.flatMap((result) =>
      verdictLines(result).map(
        ({ verdict, text }) =>
          `${verdictWords[verdict].name}  ${run.results.length > 1 ? `${result.name}: ` : ""}${text}`,
      ),
    )
  return [totalsParts(totalsOf(run, all), verbose, run.seconds).join(" · ")]
}
