// The verb lint: files in, a report of their losses out, and the exit code.
import type { Level } from "../findings/finding.ts"
import type { LintedFile } from "../findings/result.ts"
import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { projectOf } from "../syntax/project.ts"
import { configOfRun, optionsFor, scopeBy } from "./config/apply.ts"
import { exitCode, type FailOn } from "./exit.ts"
import { filesOf, readerOf } from "./files/sources.ts"
import type { LintSettings } from "./lint-options.ts"
import { lookAt, unread } from "./look.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { now } from "./terminal.ts"
import { version } from "./version.ts"

/** A file that was looked at, and when it makes the run fail. */
interface Looked {
  readonly file: LintedFile
  readonly failOn: FailOn
}

const levelsOf = (file: LintedFile): Level[] => [
  ...file.losses.flatMap((l) => l.result.findings.map((f) => f.level)),
  ...file.unreadable.map((u) => u.level ?? "warning"),
  ...(file.findings ?? []).map((f) => f.level),
]

/** Each file is held to the limit of its own configuration. */
const exitOf = (looked: readonly Looked[]): 0 | 1 =>
  looked.some(({ file, failOn }) => exitCode(levelsOf(file), 0, failOn) === 1) ? 1 : 0

/** Looks at every definition of every file and prints one report. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  const [started, began] = [performance.now(), now()]
  const configOf = await configOfRun(lint)
  const files = await filesOf(paths, lint, scopeBy(configOf))
  const { read, readImported } = readerOf(files)
  const project = projectOf(readImported)
  const looked: Looked[] = []
  for (const { path, problem } of files.troubles) {
    const { failOn } = await optionsFor(path, configOf, settings, lint)
    looked.push({ file: unread(path, problem), failOn })
  }
  for (const found of files.files) {
    const options = await optionsFor(found.path, configOf, settings, lint)
    const file = await lookAt(project, read, found, options)
    if (file) looked.push({ file, failOn: options.failOn })
  }
  const linted = looked.map((l) => l.file)
  const results = linted.flatMap((f) => f.losses.map((l) => l.result))
  await readyFor(results.map((r) => r.source.text).join(""))
  const run: Run = {
    version,
    results,
    problems: [],
    files: linted,
    failOn: looked[0]?.failOn ?? settings.failOn,
    exit: exitOf(looked),
    started: began,
    seconds: (performance.now() - started) / 1000,
  }
  const terminal = settings.terminal.length > 0 ? settings.terminal : usualFormats(process.env)
  return await emit(run, { ...settings, terminal })
}
