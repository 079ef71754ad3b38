// A user's mistake as a message: headline, place, and ways on.
import type { Problem } from "../source/problem.ts"
import { headlineOf, joined } from "./finding.ts"
import { frame } from "./frame.ts"
import { labelled } from "./lines.ts"
import { listed } from "./numbers.ts"
import type { Theme } from "./theme.ts"

/** What is said beside the problem's own words. */
export interface Around {
  /** What stands in brackets after "error"; "" for none. */
  readonly kind: string
  /** Commands that lead on. */
  readonly more: readonly { readonly label: string; readonly text: string }[]
}

export function drawProblem({ parts }: Problem, { kind, more }: Around, theme: Theme): string[] {
  const { headline, mark, also = [], help = [], note = [], close = [] } = parts
  const guess = close.length > 0 ? `did you mean ${close[0]}?` : ""
  const marks = mark ? [mark.text === "" ? { ...mark, text: guess } : mark, ...also] : []
  const told = guess !== "" && marks.some((m) => m.text === guess)
  return joined([
    headlineOf("error", kind === "" ? "error" : `error[${kind}]`, headline, theme),
    marks.length > 0 ? frame(marks, "error", theme) : [],
    [
      ...(close.length > 0
        ? labelled("close", told ? close.join("   ") : `did you mean ${listed(close, "or")}?`, 6, theme, "help")
        : []),
      ...help.flatMap((h) => labelled("help", h, 6, theme, "help", true)),
      ...note.flatMap((n) => labelled("note", n, 6, theme, "note")),
      ...more.flatMap(({ label, text }) => labelled(label, text, 6, theme, "evidence", true)),
    ],
  ])
}
