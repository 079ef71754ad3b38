// The figures of a run: what was looked at, what was found, and what was not understood.
import type { LintedFile } from "../findings/result.ts"
import { count, counted } from "./numbers.ts"
import type { Run } from "./run.ts"
import { allTold, type Told } from "./told.ts"

export interface Totals {
  readonly errors: number
  readonly warnings: number
  readonly notes: number
  readonly notUnderstood: number
  /** Definitions, or expressions: those that were not understood as well. */
  readonly definitions: number
  /** Files with a definition, or with something to tell; and all that were looked at. */
  readonly files: number
  readonly looked: number
  /** Findings that the baseline hides, and those that comments hide. */
  readonly known: number
  readonly ignored: number
  readonly fixed?: number
}

const sum = <T>(list: readonly T[], of: (item: T) => number): number => list.reduce((n, item) => n + of(item), 0)

/** One that was looked at in several number formats is still one. */
export function definitionsIn({ losses, notUnderstood }: LintedFile): number {
  const times = new Map<string, Map<string, number>>()
  for (const { line, result } of losses) {
    const formats = times.get(`${line} ${result.name}`) ?? new Map<string, number>()
    formats.set(result.options.dtype, (formats.get(result.options.dtype) ?? 0) + 1)
    times.set(`${line} ${result.name}`, formats)
  }
  return sum([...times.values()], (formats) => Math.max(...formats.values())) + notUnderstood.length
}

/** A file without a definition and without a finding is nothing to speak of: most files of a project are. */
export const speaks = (f: LintedFile): boolean =>
  definitionsIn(f) + f.unreadable.length + (f.findings?.length ?? 0) + (f.known?.length ?? 0) > 0

export function totalsOf(run: Run, told: readonly Told[] = allTold(run)): Totals {
  const at = (level: string): number => told.filter((t) => t.finding.level === level).length
  const { files = [] } = run
  return {
    errors: at("error"),
    warnings: at("warning"),
    notes: at("note"),
    notUnderstood: sum(files, (f) => f.notUnderstood.length),
    definitions: run.files ? sum(files, definitionsIn) : run.results.length + run.problems.length,
    files: files.filter(speaks).length,
    looked: files.length,
    known: sum(files, (f) => f.known?.length ?? 0),
    ignored: sum(files, (f) => f.ignored ?? 0),
    ...(run.fixed === undefined ? {} : { fixed: run.fixed }),
  }
}

/** "2 errors, 1 warning"; notes are counted only where they are not shown. */
export function foundText({ errors, warnings, notes }: Totals, verbose: boolean): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
    ...(notes > 0 ? [`${counted(notes, "note")}${verbose ? "" : " (-v)"}`] : []),
  ]
  return parts.length === 0 ? "nothing found" : parts.join(", ")
}

/** Nothing found and nothing looked at must not look alike. */
export const nothingText = ({ looked }: Totals): string =>
  looked === 0
    ? "nothing to check: there is no Python file and no definition file here"
    : `nothing to check: no loss, activation or metric in ${counted(looked, "file")}`

/** The last line, remark by remark: silence is never mistaken for health, so what was not looked at or not shown is counted. */
export function totalsParts(totals: Totals, verbose: boolean, seconds: number | undefined): string[] {
  const { definitions, files, looked, known, ignored } = totals
  if (definitions === 0 && files === 0) return [nothingText(totals)]
  const where = looked > files ? `${count(files)} of ${counted(looked, "file")}` : counted(files, "file")
  return [
    `${counted(definitions, "definition")} in ${where}`,
    ...(totals.fixed === undefined ? [] : [`${count(totals.fixed)} fixed`]),
    foundText(totals, verbose),
    ...(totals.notUnderstood > 0
      ? [`${count(totals.notUnderstood)} not understood${verbose ? "" : " (-v tells why)"}`]
      : []),
    ...(known > 0 ? [`${counted(known, "known one")} hidden (--show-known)`] : []),
    ...(ignored > 0 ? [`${count(ignored)} ignored by comments`] : []),
    ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
  ]
}
