// One finding as people read it: headline, frame, evidence, figures, ways out, and where to read on.
import type { Finding, Help } from "../findings/finding.ts"
import { frame } from "./frame.ts"
import { columns, hanging, labelled } from "./lines.ts"
import { size } from "./numbers.ts"
import { say, type Theme, type Tone } from "./theme.ts"

/** "error[rule]  headline", painted. */
export function headlineOf(tone: Tone, label: string, headline: string, theme: Theme): string[] {
  const lines = hanging(`${label}  ${headline}`, theme, 0, 2)
  const [first = "", ...more] = lines
  return [
    theme.paint(tone, first.slice(0, label.length)) + theme.paint("strong", first.slice(label.length)),
    ...more.map((l) => theme.paint("strong", l)),
  ]
}

export const findingHeadline = ({ rule, level, headline }: Finding, theme: Theme): string[] =>
  headlineOf(level, `${level}[${rule}]`, headline, theme)

export function drawFinding(finding: Finding, theme: Theme): string[] {
  const { rule, level, evidence, table, help, notes, marks } = finding
  const room = Math.max(6, ...evidence.map((e) => e.label.length))
  const blocks = [
    findingHeadline(finding, theme),
    marks.length > 0 ? frame(marks, level, theme) : [],
    evidence.flatMap(({ label, text }, k) =>
      labelled(evidence[k - 1]?.label === label ? "" : label, text, room, theme, "evidence", true),
    ),
    table ? drawTable(table, theme) : [],
    [
      ...help.flatMap((h) => drawHelp(h, room, theme)),
      ...notes.flatMap((n) => labelled("note", n, room, theme, "note")),
    ],
    labelled("more", `gradcheck explain ${rule}`, room, theme, "evidence", true),
  ]
  return joined(blocks)
}

/** Blocks with a blank line between them; empty ones leave none. */
export const joined = (blocks: readonly (readonly string[])[]): string[] =>
  blocks.filter((b) => b.length > 0).flatMap((block, k) => (k > 0 ? ["", ...block] : [...block]))

const drawTable = (table: readonly (readonly string[])[], theme: Theme): string[] =>
  columns(table.map((row) => row.map((cell) => say(cell, theme)))).map((line) => theme.paint("evidence", `  ${line}`))

/** What is offered: where it was not tried, as a question. */
export const offerOf = ({ text, write, checked }: Help): string =>
  checked === undefined && write !== undefined && !text.endsWith("?") ? `${text}?` : text

/** What happened when it was tried; undefined when it was not. */
export const outcomeOf = ({ checked }: Help): string | undefined =>
  checked &&
  (checked.text ||
    (checked.cases > 0
      ? `${checked.verdict} in ${size(checked.live)} of ${size(checked.cases)} cases`
      : checked.verdict))

/** Code to paste is never broken into lines. */
function drawHelp(help: Help, room: number, theme: Theme): string[] {
  const { write, keepsValue } = help
  const question = offerOf(help)
  const indent = " ".repeat(2 + room + 2)
  const outcome = outcomeOf(help)
  return [
    ...labelled("help", question, room, theme, "help"),
    ...(write ?? "")
      .split("\n")
      .filter((l) => l !== "")
      .map((line) => `${indent}  ${theme.paint("help", say(line, theme))}`),
    ...(outcome ? hanging(`checked: ${outcome}`, theme, indent.length).map((l) => theme.paint("evidence", l)) : []),
    ...(keepsValue && outcome && !/same value/.test(outcome)
      ? [theme.paint("evidence", `${indent}the value stays the same everywhere`)]
      : []),
  ]
}
