// The verb lint: files in, a report of their losses out, and the exit code.
import type { Level } from "../findings/finding.ts"
import type { LintedFile } from "../findings/result.ts"
import { lintFile } from "../lint.ts"
import { reportFormats } from "../report/index.ts"
import { lintText } from "../report/lint.ts"
import { readyFor } from "../report/width.ts"
import { Problem } from "../source/problem.ts"
import { type Project, projectOf } from "../syntax/project.ts"
import { exitCode } from "./exit.ts"
import { everywhere } from "./files/discover.ts"
import { kindOf } from "./files/kinds.ts"
import { filesOf, textIn } from "./files/sources.ts"
import type { LintSettings } from "./lint-options.ts"
import type { Settings } from "./options.ts"
import { themeFor, write } from "./terminal.ts"
import { version } from "./version.ts"

const clock = (): number => performance.now()

/** A file of which nothing could be read. */
const unread = (file: string, problem: Problem): LintedFile => ({
  file,
  losses: [],
  notUnderstood: [],
  unreadable: [{ file, line: 1, name: "", problem }],
})

function lookAt(project: Project, path: string, { check, dtypes }: Settings): LintedFile {
  try {
    const [dtype = "float32"] = dtypes
    if (kindOf(path) === "other")
      throw new Problem({
        headline: "this is neither Python nor a definition file",
        note: ["Python ends in .py, definitions in .yaml, .yml or .json"],
      })
    const file = project.at(path)
    if (!file) throw new Problem({ headline: "this cannot be read: it is no longer there" })
    return lintFile(project, file, { ...check, dtype }, clock)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return unread(path, error)
  }
}

const levelsOf = (file: LintedFile): Level[] => [
  ...file.losses.flatMap((l) => l.result.findings.map((f) => f.level)),
  ...file.unreadable.map((u) => u.level ?? "warning"),
  ...(file.findings ?? []).map((f) => f.level),
]

/** Looks at every definition of every file and prints one report. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  const started = clock()
  const files = filesOf(paths, lint, everywhere)
  const project = projectOf((path) => textIn(files, path))
  const linted = [
    ...files.troubles.map(({ path, problem }) => unread(path, problem)),
    ...files.files.map(({ path }) => lookAt(project, path, settings)),
  ]
  const results = linted.flatMap((f) => f.losses.map((l) => l.result))
  const exit = exitCode(linted.flatMap(levelsOf), 0, settings.failOn)
  const { ascii, color, quiet, verbose, format } = settings
  const problems = linted.flatMap((f) =>
    [...f.notUnderstood, ...f.unreadable].map(({ name, problem }) => ({ expression: `${f.file}: ${name}`, problem })),
  )
  await readyFor(results.map((r) => r.source.text).join(""))
  const view = { theme: await themeFor(1, color, ascii), quiet, verbose }
  const text =
    format === "text"
      ? lintText(linted, (clock() - started) / 1000, view)
      : reportFormats.get(format)!({ version, results, problems, failOn: settings.failOn, exit }, view)
  write(1, text, ascii && format === "text")
  return exit
}
