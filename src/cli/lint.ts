// The verb lint: files in, a report of their losses out, and the exit code.

import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { count } from "../source/count.ts"
import { Problem } from "../source/problem.ts"
import { configOfRun, optionsFor, scopeBy } from "./config/apply.ts"
import { type Files, filesOf } from "./files/sources.ts"
import type { Changes } from "./fix/changes.ts"
import { finished, type Outcome, outcomeOf } from "./held.ts"
import type { LintSettings } from "./lint-options.ts"
import { type All, lookAtAll } from "./look-at-all.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { tellError } from "./tell.ts"
import { now, themeFor, write } from "./terminal.ts"
import { version } from "./version.ts"
import type { Seen } from "./watch.ts"

/** What a search or a list met and did not take. */
const leftOut = ({ links, left }: Files): string[] => [
  ...left.map(({ path, why }) => `left out: ${path}: ${why}`),
  ...links.map((path) => `left out: ${path}: links to folders are not followed`),
]

/** Looks at every definition of every file and prints one report; with --watch again and again. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  const [asked] = settings.terminal
  if (lint.diff && asked !== undefined)
    throw new Problem({
      headline: "--diff prints a patch, and --format another report to the same place",
      help: [`gradcheck lint --diff --format ${asked}=FILE`],
    })
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
  const look = (some: Files): Promise<All> =>
    lookAtAll(some, (path) => optionsFor(path, configOf, settings, lint), settings.quiet)
  const judge = ({ held, stopped }: All, keeps: boolean): Promise<Outcome> =>
    outcomeOf(finished(held, partial || stopped), lint, process.env, stopped || keeps)
  const first = await look(files)
  const seen = { files: files.files.map((f) => f.path), folders: files.folders }
  const changing = lint.fix || lint.diff ? await import("./fix/changes.ts") : undefined
  const told = async (all: All): Promise<Outcome["files"]> => (await judge(all, true)).files
  const changes = await changing?.changesOf(files, first, lint, look, told)
  const all = changes?.all ?? first
  const { stopped } = all
  const failed = [...(changes?.problems ?? [])]
  if (changes && !lint.diff && !stopped && lint.stdinName === undefined) failed.push(...changing!.writeAll(changes))
  const done = performance.now()
  const outcome = await judge(all, lint.diff)
  await readyFor(all.held.map((h) => h.source.text).join(""))
  const run: Run = {
    version,
    results: outcome.files.flatMap((f) => f.losses.map((l) => l.result)),
    problems: [],
    files: outcome.files,
    ...(changes && lint.fix ? { fixed: changes.count } : {}),
    failOn: all.held[0]?.options.failOn ?? settings.failOn,
    exit: outcome.exit,
    started: began,
    seconds: (performance.now() - started) / 1000,
    stages: { reading: (found - started) / 1000, looking: (done - found) / 1000 },
  }
  // What is not whole is told, but it is no report to keep.
  const kept = { ...settings, ...(stopped ? { files: [] } : {}) }
  const exit = changes
    ? await tellChanges(run, kept, lint, files, changes)
    : await emit(run, { ...kept, terminal: terminalOf(settings) })
  for (const line of [...(settings.verbose ? leftOut(files) : []), ...outcome.said, ...(changes?.left ?? [])])
    write(2, `${line}\n`, settings.ascii)
  for (const problem of failed) await tellError(problem, toldAs(settings))
  if (!stopped) return { code: failed.length > 0 ? 2 : exit, ...seen }
  const words = `stopped: ${count(all.done)} of ${count(all.total)} files were looked at, and nothing was written`
  write(2, `${words}\n`, settings.ascii)
  return { code: INTERRUPTED, ...seen }
}

const terminalOf = ({ terminal }: Settings): readonly string[] =>
  terminal.length > 0 ? terminal : usualFormats(process.env)

const toldAs = ({ color, ascii }: Settings): string[] => [`--color=${color}`, ...(ascii ? ["--ascii"] : [])]

/** A patch, and the text of standard input, have the standard output for themselves. */
async function tellChanges(
  run: Run,
  settings: Settings,
  lint: LintSettings,
  files: Files,
  changes: Changes,
): Promise<number> {
  const { patchFor } = await import("./fix/changes.ts")
  if (!lint.diff && lint.stdinName === undefined) return emit(run, { ...settings, terminal: terminalOf(settings) })
  if (lint.diff) write(1, await patchFor(changes, files))
  else write(1, changes.changed.get(lint.stdinName!)?.after ?? files.texts.get(lint.stdinName!)!)
  const exit = await emit(run, { ...settings, terminal: [], stats: false })
  const { changed, count: answered } = changes
  if (!lint.diff) {
    const { render } = await import("../report/index.ts")
    const { ascii, quiet, verbose, color } = settings
    const theme = await themeFor(2, color, ascii)
    write(2, await render("concise", run, { theme, quiet, verbose }))
    return exit
  }
  const where = `${count(changed.size)} ${changed.size === 1 ? "file" : "files"}`
  write(2, changed.size === 0 ? "nothing to change\n" : `${count(answered)} found, with a way out, in ${where}\n`)
  return exit === 2 ? 2 : changed.size > 0 ? 1 : 0
}

/** As a shell counts an end by Ctrl-C. */
const INTERRUPTED = 130
