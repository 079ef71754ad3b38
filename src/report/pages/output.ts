// The page of the formats of a report: what each is for, and how several go to several places.
import { reportFormats } from "../index.ts"
import { labelled } from "../lines.ts"
import type { Theme } from "../theme.ts"
import { page, paragraph, titled } from "./page.ts"

const table = (rows: readonly (readonly [string, string])[], theme: Theme): string[] => {
  const room = Math.max(...rows.map(([a]) => a.length))
  return rows.flatMap(([a, b]) => labelled(a, b, room, theme))
}

export const outputPage = (theme: Theme): string[] =>
  page("output", "--format NAME[=FILE]", theme, [
    table(
      [...reportFormats].map(([name, { says }]) => [name, says]),
      theme,
    ),
    titled(
      "Where it goes",
      paragraph(
        "Without a file to the terminal, which takes one format; with =FILE into the file, as often as you like, and the terminal keeps its own. A file is written whole or not at all; one that cannot be written ends in exit code 2.",
        theme,
      ),
      theme,
    ),
    titled(
      "In CI",
      table(
        [
          ["GitHub", "lint prints text and annotations (GITHUB_ACTIONS is set), unless a format is asked for"],
          ["", "--format text --format sarif=gradcheck.sarif, for code scanning"],
          ["", "--format markdown >> $GITHUB_STEP_SUMMARY, for the job's summary"],
          ["GitLab", "--format gitlab=gl-code-quality-report.json, as artifacts:reports:codequality"],
          ["to look at", "--format html=gradcheck.html: one page with charts, kept as an artefact"],
          ["others", "--format junit=gradcheck.xml"],
          ["a matrix", "on machine I of N: gradcheck lint --shard I/N --format json=I.json; then, in the same folder"],
          ["", "of one machine: gradcheck merge 1.json 2.json …, which takes the flags of a report"],
        ],
        theme,
      ),
      theme,
    ),
    titled(
      "What is told",
      paragraph(
        "Notes are for records (json, jsonl, sarif, gitlab, junit, html); text, concise, github and markdown show them with -v. A definition that is not understood is never healthy: it is counted in text, concise and markdown, one notice on GitHub, a notification in SARIF (a result would open an alert that no change of the code closes), an info in GitLab's report, a skipped case in JUnit's. A statement that cannot be read is a warning named cannot-read. Fingerprints are file, rule, loss and the text of what blocks, without lines: they outlive moved and reformatted code.",
        theme,
      ),
      theme,
    ),
  ])
