// The formats of a report: one row for each. Only the text of an expression's results is there from the start.
import type { Format, Run, View } from "./run.ts"
import { text } from "./text.ts"

interface FormatRow {
  /** What it is for, as help and `explain` say it. */
  readonly says: string
  readonly load: (run: Run) => Promise<Format>
}

export const reportFormats: ReadonlyMap<string, FormatRow> = new Map<string, FormatRow>([
  [
    "text",
    {
      says: "for people: frames, evidence, help",
      load: async ({ files }) => (files ? (await import("./lint.ts")).lintText : text),
    },
  ],
  [
    "concise",
    {
      says: "for editors, grep and agents: a line for each finding",
      load: async () => (await import("./concise.ts")).concise,
    },
  ],
  ["json", { says: "for programs: one object, see explain json", load: async () => (await import("./json.ts")).json }],
  ["jsonl", { says: "for streams: a finding a line", load: async () => (await import("./jsonl.ts")).jsonl }],
  ["github", { says: "annotations in GitHub's workflows", load: async () => (await import("./github.ts")).github }],
])

/** The report in a format. */
export const render = async (format: string, run: Run, view: View): Promise<string> =>
  (await reportFormats.get(format)!.load(run))(run, view)
