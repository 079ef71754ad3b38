// The verb lint: files in, a report of their losses out, and the exit code.

import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { projectOf } from "../syntax/project.ts"
import { configOfRun, type FileOptions, optionsFor, scopeBy } from "./config/apply.ts"
import { type Files, filesOf, readerOf } from "./files/sources.ts"
import { finished, type Held, outcomeOf } from "./held.ts"
import type { LintSettings } from "./lint-options.ts"
import { lookAt, unread } from "./look.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { now, write } from "./terminal.ts"
import { version } from "./version.ts"

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

/** What a search or a list met and did not take. */
const leftOut = ({ links, left }: Files): string[] => [
  ...left.map(({ path, why }) => `left out: ${path}: ${why}`),
  ...links.map((path) => `left out: ${path}: links to folders are not followed`),
]

/** Looks at every definition of every file and prints one report. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  const [started, began] = [performance.now(), now()]
  const configOf = await configOfRun(lint)
  const files = await filesOf(paths, lint, scopeBy(configOf))
  const found = performance.now()
  const partial = lint.filesFrom !== undefined || files.files.some((f) => f.named)
  const looked = await lookAtAll(files, (path) => optionsFor(path, configOf, settings, lint))
  const done = performance.now()
  const held = finished(looked, partial)
  const outcome = await outcomeOf(held, lint, process.env)
  await readyFor(held.map((h) => h.source.text).join(""))
  const run: Run = {
    version,
    results: outcome.files.flatMap((f) => f.losses.map((l) => l.result)),
    problems: [],
    files: outcome.files,
    failOn: held[0]?.options.failOn ?? settings.failOn,
    exit: outcome.exit,
    started: began,
    seconds: (performance.now() - started) / 1000,
    stages: { reading: (found - started) / 1000, looking: (done - found) / 1000 },
  }
  const terminal = settings.terminal.length > 0 ? settings.terminal : usualFormats(process.env)
  const exit = await emit(run, { ...settings, terminal })
  for (const line of [...(settings.verbose ? leftOut(files) : []), ...outcome.said])
    write(2, `${line}\n`, settings.ascii)
  return exit
}
