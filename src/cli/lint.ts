// The verb lint: files in, a report of their losses out, and the exit code.
import type { AnyRule, Level } from "../findings/finding.ts"
import { unusedIn } from "../findings/ignored.ts"
import { withLevels } from "../findings/levels.ts"
import type { LintedFile } from "../findings/result.ts"
import { wantedRules } from "../findings/wanted.ts"
import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { projectOf } from "../syntax/project.ts"
import { configOfRun, type FileOptions, optionsFor, scopeBy } from "./config/apply.ts"
import { exitCode } from "./exit.ts"
import { type Files, filesOf, readerOf } from "./files/sources.ts"
import type { LintSettings } from "./lint-options.ts"
import { type Looked, lookAt, unread } from "./look.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { now } from "./terminal.ts"
import { version } from "./version.ts"

/** A file that was looked at, and what its configuration says. */
interface Held extends Looked {
  readonly options: FileOptions
}

const levelsOf = (file: LintedFile): Level[] => [
  ...file.losses.flatMap((l) => l.result.findings.map((f) => f.level)),
  ...file.unreadable.map((u) => u.level ?? "warning"),
  ...(file.findings ?? []).map((f) => f.level),
]

/** Each file is held to the limit of its own configuration. */
const exitOf = (held: readonly Held[]): 0 | 1 =>
  held.some(({ file, options }) => exitCode(levelsOf(file), 0, options.failOn) === 1) ? 1 : 0

/** When all files have been looked at it is known which comments hide nothing, and levels are set. */
function finished(held: readonly Held[], partial: boolean): Held[] {
  const used = new Set(held.flatMap(({ file }) => file.used ?? []))
  return held.map((one) => {
    const { file, source, comments, options } = one
    const wanted = wantedRules(options.common)
    const looksFor = (rule: AnyRule): boolean => wanted(rule) && options.rules.get(rule) !== "off"
    const unused = unusedIn(file, source, comments, used, looksFor, partial)
    const findings = [...(file.findings ?? []), ...unused].filter((f) => wanted(f.rule))
    return { ...one, file: withLevels({ ...file, findings }, options.rules) }
  })
}

/** Looks at every file of a run. */
async function lookAtAll(files: Files, optionsOf: (path: string) => Promise<FileOptions>): Promise<Held[]> {
  const { read, readImported } = readerOf(files)
  const reading = { read, project: projectOf(readImported) }
  const held: Held[] = []
  for (const { path, problem } of files.troubles)
    held.push({ ...unread(path, problem), options: await optionsOf(path) })
  for (const found of files.files) {
    const options = await optionsOf(found.path)
    const looked = await lookAt(reading, found, options)
    if (looked) held.push({ ...looked, options })
  }
  return held
}

/** Looks at every definition of every file and prints one report. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  const [started, began] = [performance.now(), now()]
  const configOf = await configOfRun(lint)
  const files = await filesOf(paths, lint, scopeBy(configOf))
  const partial = lint.filesFrom !== undefined || files.files.some((f) => f.named)
  const looked = await lookAtAll(files, (path) => optionsFor(path, configOf, settings, lint))
  const held = finished(looked, partial)
  const linted = held.map((h) => h.file)
  const results = linted.flatMap((f) => f.losses.map((l) => l.result))
  await readyFor(held.map((h) => h.source.text).join(""))
  const run: Run = {
    version,
    results,
    problems: [],
    files: linted,
    failOn: held[0]?.options.failOn ?? settings.failOn,
    exit: exitOf(held),
    started: began,
    seconds: (performance.now() - started) / 1000,
  }
  const terminal = settings.terminal.length > 0 ? settings.terminal : usualFormats(process.env)
  return await emit(run, { ...settings, terminal })
}
