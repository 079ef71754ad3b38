// The end of a run that changes files, or says how: the patch or the files themselves, and the report of what is left.

import type { Run } from "../../report/run.ts"
import { count } from "../../source/count.ts"
import { type Looks, runOf, terminalOf } from "../conclude.ts"
import type { Files } from "../files/sources.ts"
import type { LintSettings } from "../lint-options.ts"
import type { All } from "../look-at-all.ts"
import type { Settings } from "../options.ts"
import { emit } from "../outputs.ts"
import { tellError } from "../tell.ts"
import { themeFor, write } from "../terminal.ts"
import { type Changes, changesOf, patchFor, writeAll } from "./changes.ts"

/** Makes the changes and tells them: the last look, and the exit code. A run that was stopped changes nothing. */
export async function changing(
  files: Files,
  first: All,
  looks: Looks,
  settings: Settings,
  lint: LintSettings,
  look: (files: Files) => Promise<All>,
): Promise<{ readonly all: All; readonly exit: number }> {
  const judge = ({ held, stopped }: All, keeps: boolean) =>
    runOf({ ...looks, held, stopped, scope: stopped ? "some" : looks.scope }, settings.failOn, lint, keeps)
  const changes = await changesOf(files, first, lint, look, async (all) => (await judge(all, true)).run.files!)
  const { all, left } = changes
  const failed = [...changes.problems]
  if (!lint.diff && !all.stopped && lint.stdinName === undefined) failed.push(...writeAll(changes))
  const { run, said } = await judge(all, lint.diff || all.stopped)
  const told = lint.fix ? { ...run, fixed: changes.count } : run
  const exit = await tellChanges(told, { ...settings, ...(all.stopped ? { files: [] } : {}) }, lint, files, changes)
  for (const line of [...said, ...left]) write(2, `${line}\n`, settings.ascii)
  const as = [`--color=${settings.color}`, ...(settings.ascii ? ["--ascii"] : [])]
  for (const problem of failed) await tellError(problem, as)
  return { all, exit: failed.length > 0 ? 2 : exit }
}

/** A patch, and the text of standard input, have the standard output for themselves. */
async function tellChanges(
  run: Run,
  settings: Settings,
  lint: LintSettings,
  files: Files,
  changes: Changes,
): Promise<number> {
  if (!lint.diff && lint.stdinName === undefined) return emit(run, { ...settings, terminal: terminalOf(settings) })
  if (lint.diff) write(1, await patchFor(changes, files))
  else write(1, changes.changed.get(lint.stdinName!)?.after ?? files.texts.get(lint.stdinName!)!)
  const exit = await emit(run, { ...settings, terminal: [], stats: false })
  const { changed, count: answered } = changes
  if (!lint.diff) {
    const { render } = await import("../../report/index.ts")
    const { ascii, quiet, verbose, color } = settings
    const theme = await themeFor(2, color, ascii)
    write(2, await render("concise", run, { theme, quiet, verbose }))
    return exit
  }
  const where = `${count(changed.size)} ${changed.size === 1 ? "file" : "files"}`
  write(2, changed.size === 0 ? "nothing to change\n" : `${count(answered)} found, with a way out, in ${where}\n`)
  return exit === 2 ? 2 : changed.size > 0 ? 1 : 0
}
