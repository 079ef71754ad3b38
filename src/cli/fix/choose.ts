// Which ways out are taken: of each finding the first that has edits, where it does not overlap with one taken before.
import type { Finding, Help } from "../../findings/finding.ts"
import type { LintedFile } from "../../findings/result.ts"
import { allTold, type Told } from "../../report/told.ts"
import { type Edit, overlap } from "../../source/edit.ts"

export interface Choice {
  readonly edits: readonly Edit[]
  /** How many findings they answer. */
  readonly answered: number
  /** What was not taken, and why. */
  readonly left: readonly string[]
}

/** Why a text is not to be changed; undefined when it may be. */
export type Refuse = (file: string) => string | undefined

const isTried = (help: Help): boolean => help.edits !== undefined && help.edits.length > 0 && help.checked !== undefined

const sameEdit = (a: Edit, b: Edit): boolean =>
  a.source.name === b.source.name && a.start === b.start && a.end === b.end && a.write === b.write

/** With `exact`, only what keeps the value. */
export function choose(files: readonly LintedFile[], exact: boolean, refuse: Refuse): Choice {
  const edits: Edit[] = []
  const left: string[] = []
  let answered = 0
  const told = allTold({ version: "", results: [], problems: [], files, failOn: "never", exit: 0 })
  for (const one of told) {
    const help = waysOut(one.finding, exact)[0]
    if (!help) continue
    // Losses that share a helper ask for the same edits of it.
    const more = help.edits!.filter((e) => !edits.some((taken) => sameEdit(taken, e)))
    const why =
      more.map((e) => refuse(e.source.name)).find((w) => w !== undefined) ??
      (more.some((e) => edits.some((taken) => overlap(taken, e))) ? "it overlaps with another change" : undefined)
    if (why !== undefined) left.push(`left out: ${placeOf(one)}: ${help.text}: ${why}`)
    else {
      edits.push(...more)
      answered++
    }
  }
  return { edits, answered, left: [...new Set(left)] }
}

/** Notes are asked for by nobody. */
const waysOut = ({ level, help }: Finding, exact: boolean): Help[] =>
  level === "note" ? [] : help.filter((h) => isTried(h) && (!exact || h.keepsValue === true))

const placeOf = ({ place, finding }: Told): string => `${place.file}:${place.start.line} ${finding.rule}`
