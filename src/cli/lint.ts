// The verb lint: files in, a report of their losses out, and the exit code.
import type { Level } from "../findings/finding.ts"
import type { LintedFile } from "../findings/result.ts"
import { lintFile } from "../lint.ts"
import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { Problem } from "../source/problem.ts"
import { type Project, projectOf } from "../syntax/project.ts"
import { exitCode } from "./exit.ts"
import { everywhere, type Found } from "./files/discover.ts"
import { kindOf } from "./files/kinds.ts"
import { filesOf, readerOf } from "./files/sources.ts"
import type { LintSettings } from "./lint-options.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { now } from "./terminal.ts"
import { version } from "./version.ts"

const clock = (): number => performance.now()

/** A file of which nothing could be read. */
const unread = (file: string, problem: Problem): LintedFile => ({
  file,
  losses: [],
  notUnderstood: [],
  unreadable: [{ file, line: 1, name: "", problem }],
})

async function lookAt(
  project: Project,
  read: (path: string) => string,
  { path, named }: Found,
  { check, dtypes }: Settings,
): Promise<LintedFile | undefined> {
  try {
    const kind = kindOf(path)
    if (kind === "other")
      throw new Problem({
        headline: "this is neither Python nor a definition file",
        note: ["Python ends in .py, definitions in .yaml, .yml or .json"],
      })
    if (kind === "python") return lintFile(project, project.at(path)!, { ...check, dtype: dtypes[0]! }, clock)
    const { lookAtDefinitions } = await import("./files/definitions.ts")
    return lookAtDefinitions({ name: path, text: read(path) }, named, { ...check, dtypes }, clock)
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
  const [started, began] = [clock(), now()]
  const files = filesOf(paths, lint, everywhere)
  const { read, readImported } = readerOf(files)
  const project = projectOf(readImported)
  const linted = files.troubles.map(({ path, problem }) => unread(path, problem))
  for (const found of files.files) {
    const file = await lookAt(project, read, found, settings)
    if (file) linted.push(file)
  }
  const results = linted.flatMap((f) => f.losses.map((l) => l.result))
  await readyFor(results.map((r) => r.source.text).join(""))
  const run: Run = {
    version,
    results,
    problems: [],
    files: linted,
    failOn: settings.failOn,
    exit: exitCode(linted.flatMap(levelsOf), 0, settings.failOn),
    started: began,
    seconds: (clock() - started) / 1000,
  }
  const terminal = settings.terminal.length > 0 ? settings.terminal : usualFormats(process.env)
  return await emit(run, { ...settings, terminal })
}
