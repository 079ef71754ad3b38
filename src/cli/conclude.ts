// The end of a run over files: what was looked at, in one go or in parts, becomes a report and an exit code.
import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { finished, type Held, outcomeOf, type Scope } from "./held.ts"
import type { BaselineSettings } from "./lint-options.ts"
import type { Output } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { write } from "./terminal.ts"
import { version } from "./version.ts"

export interface Looks extends Pick<Run, "started" | "seconds" | "stages" | "shard"> {
  readonly held: readonly Held[]
  readonly scope: Scope
  /** By Ctrl-C: what is not whole is told, but it is no report to keep. */
  readonly stopped?: boolean
}

export async function conclude(looks: Looks, output: Output, baseline: BaselineSettings): Promise<number> {
  const { scope, stopped = false, held: all, ...rest } = looks
  const held = finished(all, scope)
  const outcome = await outcomeOf(held, baseline, process.env, stopped)
  await readyFor(held.map((h) => h.source.text).join(""))
  const run: Run = {
    version,
    results: outcome.files.flatMap((f) => f.losses.map((l) => l.result)),
    problems: [],
    files: outcome.files,
    failOn: held[0]?.options.failOn ?? output.failOn,
    exit: outcome.exit,
    ...rest,
  }
  const terminal = output.terminal.length > 0 ? output.terminal : usualFormats(process.env)
  const exit = await emit(run, { ...output, terminal, ...(stopped ? { files: [] } : {}) })
  for (const line of outcome.said) write(2, `${line}\n`, output.ascii)
  return exit
}
