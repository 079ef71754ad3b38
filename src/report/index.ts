// The formats of a report: one row for each. Only the text of an expression's results is there from the start.
import type { Format, Run, View } from "./run.ts"
import { text } from "./text.ts"

interface FormatRow {
  /** What it is for, as `explain` says it. */
  readonly says: string
  readonly load: (run: Run) => Promise<Format>
  /** What it shows beyond findings and verdicts, which takes time to find out. */
  readonly shows: readonly ("evidence" | "curves")[]
}

const rows: readonly (readonly [name: string, says: string, load: FormatRow["load"], shows?: FormatRow["shows"]])[] = [
  [
    "text",
    "for people: frames, evidence, ways out",
    async ({ files }) => (files ? (await import("./lint.ts")).lintText : text),
  ],
  [
    "concise",
    "for editors, grep and agents: a line for each finding",
    async () => (await import("./concise.ts")).concise,
  ],
  ["json", "for programs: one object, see explain json", async () => (await import("./json.ts")).json, ["evidence"]],
  ["jsonl", "for streams: a finding a line", async () => (await import("./jsonl.ts")).jsonl],
  ["sarif", "for code scanning: SARIF 2.1.0 with the rules' pages", async () => (await import("./sarif.ts")).sarif],
  ["github", "annotations in GitHub's workflows", async () => (await import("./github.ts")).github],
  ["gitlab", "GitLab's code quality report", async () => (await import("./gitlab.ts")).gitlab],
  ["junit", "for CI servers: a suite a file, a case a loss", async () => (await import("./junit.ts")).junit],
  [
    "markdown",
    "a job's summary, a comment: a table, frames folded",
    async () => (await import("./markdown.ts")).markdown,
  ],
  [
    "html",
    "one page to look at: a card a loss, with charts; it requests nothing",
    async () => (await import("./html.ts")).htmlPage,
    ["evidence", "curves"],
  ],
]

export const reportFormats: ReadonlyMap<string, FormatRow> = new Map(
  rows.map(([name, says, load, shows = []]) => [name, { says, load, shows }]),
)

/** The report in a format. */
export const render = async (format: string, run: Run, view: View): Promise<string> =>
  (await reportFormats.get(format)!.load(run))(run, view)
