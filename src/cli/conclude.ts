// The end of a run over files: what was looked at, in one go or in parts, becomes a report and an exit code.
import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { finished, type Held, outcomeOf, type Scope } from "./held.ts"
import type { BaselineSettings } from "./lint-options.ts"
import type { Output } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { write } from "./terminal.ts"
import { version } from "./version.ts"

export interface Looks extends Pick<Run, "started" | "seconds" | "stages" | "shard" | "fixed"> {
  readonly held: readonly Held[]
  readonly scope: Scope
  /** By Ctrl-C: what is not whole is told, but it is no report to keep. */
  readonly stopped?: boolean
}

/** The report of a run, and what is said beside it. `keeps` leaves the baseline as it is. */
export async function runOf(
  looks: Looks,
  failOn: Output["failOn"],
  baseline: BaselineSettings,
  keeps: boolean,
): Promise<{ readonly run: Run; readonly said: readonly string[] }> {
  const { scope, stopped: _, held: all, ...rest } = looks
  const held = finished(all, scope)
  const outcome = await outcomeOf(held, baseline, process.env, keeps)
  await readyFor(held.map((h) => h.source.text).join(""))
  const run: Run = {
    version,
    results: outcome.files.flatMap((f) => f.losses.map((l) => l.result)),
    problems: [],
    files: outcome.files,
    failOn: held[0]?.options.failOn ?? failOn,
    exit: outcome.exit,
    ...rest,
  }
  return { run, said: outcome.said }
}

/** The formats for the terminal: those that were asked for, or those that the surroundings want. */
export const terminalOf = ({ terminal }: Output): readonly string[] =>
  terminal.length > 0 ? terminal : usualFormats(process.env)

export async function conclude(looks: Looks, output: Output, baseline: BaselineSettings): Promise<number> {
  const { stopped = false } = looks
  const { run, said } = await runOf(looks, output.failOn, baseline, stopped)
  const exit = await emit(run, { ...output, terminal: terminalOf(output), ...(stopped ? { files: [] } : {}) })
  for (const line of said) write(2, `${line}\n`, output.ascii)
  return exit
}
