// Markdown for a job's summary or a comment: the losses with their verdicts in a table, the frames folded.
import type { LossResult } from "../findings/result.ts"
import { drawFinding } from "./finding.ts"
import { counted } from "./numbers.ts"
import { drawProblem } from "./problem.ts"
import type { Run, View } from "./run.ts"
import { asciiOf, harmless, type Theme, themeOf } from "./theme.ts"
import { allTold, type Told, whyLost, worthTelling } from "./told.ts"
import { foundText, totalsOf, totalsParts } from "./totals.ts"
import { verdictWords } from "./verdict.ts"

/** A comment on GitHub holds 65,536 characters, which is some fifty frames. */
const MOST_FRAMES = 50
/** More healthy losses than this are folded, so that the others are seen. */
const MOST_HEALTHY = 20

const oneLine = (text: string): string => harmless(text.trim().replace(/\s+/g, " "))
/** Words in a cell: nothing in them is markup. */
const words = (text: string): string => oneLine(text).replace(/[\\`*_[\]<|~]/g, "\\$&")

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))

/** Code in a cell; a bar would end it even there. */
function code(text: string): string {
  const line = oneLine(text).replaceAll("|", "\\|")
  const fence = "`".repeat(longestRun(line) + 1)
  const gap = line.startsWith("`") || line.endsWith("`") ? " " : ""
  return line === "" ? "" : fence + gap + line + gap + fence
}

const html = (text: string): string => oneLine(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;")

function folded(summary: string, lines: readonly string[]): string {
  const text = lines.join("\n")
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1))
  return `<details><summary>${summary}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>`
}

interface Row {
  readonly name: string
  readonly where: string
  readonly verdict: string
  readonly found: string
  readonly lost: string
  readonly healthy: boolean
}

function rowOf(result: LossResult, where: string, told: readonly Told[], many: boolean): Row {
  const own = told.filter((t) => t.result === result)
  const verdict = verdictWords[result.verdict].name
  return {
    name: many ? `${result.name} (${result.options.dtype})` : result.name,
    where,
    verdict: result.role === "loss" ? verdict : `${verdict} (${result.role})`,
    found: own.map(({ finding: f }) => words(`${f.level}[${f.rule}] ${f.headline}`)).join("<br>"),
    lost: "",
    healthy: own.length === 0,
  }
}

function rowsOf(run: Run, told: readonly Told[]): Row[] {
  const unlooked = { found: "", healthy: false }
  const other = (t: Told): string => words(`${t.finding.level}[${t.finding.rule}] ${t.finding.headline}`)
  if (!run.files) {
    const many = new Set(run.results.map((r) => r.options.dtype)).size > 1
    return [
      ...run.results.map((r) => rowOf(r, "", told, many)),
      ...run.problems.map(({ expression, problem }) => ({
        ...unlooked,
        name: expression,
        where: "",
        verdict: "cannot be read",
        lost: words(problem.message),
      })),
    ]
  }
  return run.files.flatMap((file) => [
    ...file.losses.map(({ result, line }) => rowOf(result, `${file.file}:${line}`, told, false)),
    ...file.notUnderstood.map((u) => ({
      ...unlooked,
      name: u.name,
      where: `${u.file}:${u.line}`,
      verdict: "not understood",
      lost: words(whyLost(u)),
    })),
    ...told
      .filter((t) => t.result === undefined && t.place.file === file.file)
      .map((t) => ({
        ...unlooked,
        name: t.loss,
        where: `${t.place.file}:${t.place.start.line}`,
        verdict: t.finding.rule === "cannot-read" ? "cannot be read" : "",
        found: other(t),
        lost: "",
      })),
  ])
}

/** Columns in which nothing stands are left out. */
function tableOf(rows: readonly Row[]): string {
  const columns = (
    [
      ["loss", (r) => code(r.name)],
      ["where", (r) => words(r.where)],
      ["verdict", (r) => r.verdict],
      ["found", (r) => r.found],
      ["not understood", (r) => r.lost],
    ] as readonly (readonly [string, (row: Row) => string])[]
  ).filter(([title, of]) => title === "verdict" || rows.some((r) => of(r) !== ""))
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`
  return [
    line(columns.map(([title]) => title)),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(columns.map(([, of]) => of(row)))),
  ].join("\n")
}

function framesOf(run: Run, told: readonly Told[], theme: Theme): string[] {
  const frames = [
    ...run.problems.map(({ problem }) =>
      folded(
        html(`error[cannot-read] ${problem.message}`),
        drawProblem(problem, { kind: "cannot-read", more: [] }, theme),
      ),
    ),
    ...told.map((t) =>
      folded(
        html(`${t.finding.level}[${t.finding.rule}] ${t.headline}`),
        drawFinding({ ...t.finding, headline: t.headline }, theme),
      ),
    ),
  ]
  const rest = frames.length - MOST_FRAMES
  return rest > 0
    ? [...frames.slice(0, MOST_FRAMES), `and ${counted(rest, "more", "more")}, which gradcheck shows in a terminal`]
    : frames
}

export function markdown(run: Run, { theme: { ascii }, verbose }: View): string {
  const all = allTold({ ...run, problems: [] })
  const told = worthTelling(all, verbose)
  const totals = totalsOf(run, all)
  const rows = rowsOf(run, told)
  const healthy = rows.filter((r) => r.healthy)
  const fold = healthy.length > MOST_HEALTHY
  const shown = [...rows.filter((r) => !r.healthy), ...(fold ? [] : healthy)]
  const [first = ""] = rows.length === 0 ? totalsParts(totals, verbose, undefined) : []
  const found =
    run.problems.length > 0
      ? `${counted(run.problems.length, "expression")} cannot be read`
      : first || foundText(totals, true)
  const blocks = [
    `## gradcheck: ${found}`,
    ...(shown.length > 0 ? [tableOf(shown)] : []),
    ...(fold
      ? [
          `<details><summary>${counted(healthy.length, "loss", "losses")} without findings</summary>\n\n${tableOf(healthy)}\n\n</details>`,
        ]
      : []),
    ...framesOf(run, told, themeOf(100, ascii)),
    run.files && rows.length > 0 ? totalsParts(totals, verbose, run.seconds).join(" · ") : "",
  ].filter((b) => b !== "")
  const text = `${blocks.join("\n\n")}\n`
  return ascii ? asciiOf(text) : text
}
