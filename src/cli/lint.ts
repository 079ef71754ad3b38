// The verb lint: files in, a report of their losses out, and the exit code.

import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { count } from "../source/count.ts"
import { configOfRun, optionsFor, scopeBy } from "./config/apply.ts"
import { type Files, filesOf } from "./files/sources.ts"
import { finished, outcomeOf } from "./held.ts"
import type { LintSettings } from "./lint-options.ts"
import { lookAtAll } from "./look-at-all.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { now, write } from "./terminal.ts"
import { version } from "./version.ts"
import type { Seen } from "./watch.ts"

/** What a search or a list met and did not take. */
const leftOut = ({ links, left }: Files): string[] => [
  ...left.map(({ path, why }) => `left out: ${path}: ${why}`),
  ...links.map((path) => `left out: ${path}: links to folders are not followed`),
]

/** Looks at every definition of every file and prints one report; with --watch again and again. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  if (!lint.watch) return (await runOnce(paths, settings, lint)).code
  const { watching } = await import("./watch.ts")
  return watching(() => runOnce(paths, settings, lint), settings.ascii ? ["--ascii"] : [], settings.ascii)
}

async function runOnce(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<Seen> {
  const [started, began] = [performance.now(), now()]
  const configOf = await configOfRun(lint)
  const files = await filesOf(paths, lint, scopeBy(configOf))
  const found = performance.now()
  const partial = lint.filesFrom !== undefined || files.files.some((f) => f.named)
  const all = await lookAtAll(files, (path) => optionsFor(path, configOf, settings, lint), settings.quiet)
  const { stopped } = all
  const done = performance.now()
  const held = finished(all.held, partial || stopped)
  const outcome = await outcomeOf(held, lint, process.env, stopped)
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
  // What is not whole is told, but it is no report to keep.
  const exit = await emit(run, { ...settings, terminal, ...(stopped ? { files: [] } : {}) })
  for (const line of [...(settings.verbose ? leftOut(files) : []), ...outcome.said])
    write(2, `${line}\n`, settings.ascii)
  const seen = { files: files.files.map((f) => f.path), folders: files.folders }
  if (!stopped) return { code: exit, ...seen }
  const words = `stopped: ${count(all.done)} of ${count(all.total)} files were looked at, and nothing was written`
  write(2, `${words}\n`, settings.ascii)
  return { code: INTERRUPTED, ...seen }
}

/** As a shell counts an end by Ctrl-C. */
const INTERRUPTED = 130
