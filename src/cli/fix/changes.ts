// What --fix and --diff do: ways out become texts, and these a patch or the files themselves.
import type { LintedFile } from "../../findings/result.ts"
import { editedTexts } from "../../source/edit.ts"
import { Problem } from "../../source/problem.ts"
import type { Files } from "../files/sources.ts"
import type { LintSettings } from "../lint-options.ts"
import type { All } from "../look-at-all.ts"
import { choose, type Refuse } from "./choose.ts"
import { type Fixed, fixAll } from "./rounds.ts"
import { markedAs, wholeText, whyFixed, writeFixed } from "./texts.ts"

export interface Changes extends Fixed {
  /** What kept changes from being made. */
  readonly problems: readonly Problem[]
}

/** What is to be changed; nothing is written yet. */
export async function changesOf(
  files: Files,
  first: All,
  { fix, diff }: LintSettings,
  look: (files: Files) => Promise<All>,
  told: (all: All) => Promise<readonly LintedFile[]>,
): Promise<Changes> {
  const problems = new Map<string, Problem>()
  const refuse: Refuse = (file) => {
    if (files.texts.has(file)) return undefined
    if (wholeText(file) === undefined) return "the file is not written in UTF-8"
    const why = diff ? undefined : whyFixed(file)
    if (why !== undefined) problems.set(file, new Problem({ headline: `${file} could not be fixed: ${why}` }))
    return why
  }
  const fixed = fix ? await fixAll(files, first, look, told, refuse) : offered(first, await told(first), refuse)
  return { ...fixed, problems: [...problems.values()] }
}

/** Every way out at once, as each was tried alone. */
function offered(all: All, files: readonly LintedFile[], refuse: Refuse): Fixed {
  const { edits, answered, left } = choose(files, false, refuse)
  const texts = editedTexts(edits) ?? new Map<string, string>()
  const before = (path: string): string => edits.find((e) => e.source.name === path)!.source.text
  const changed = new Map([...texts].map(([path, after]) => [path, { before: before(path), after }]))
  return { all, changed, count: answered, left }
}

/** Writes every changed file; what could not be written is handed back. */
export function writeAll({ changed }: Changes): Problem[] {
  const problems: Problem[] = []
  for (const [path, { before, after }] of changed) {
    try {
      writeFixed(path, before, after)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problems.push(error)
    }
  }
  return problems
}

/** The changes as a patch of the files as they are on the disk. */
export async function patchFor({ changed }: Changes, files: Files): Promise<string> {
  const { patchOf } = await import("./patch.ts")
  const whole = [...changed].map(([path, { before, after }]) => {
    const own = files.texts.has(path) ? before : wholeText(path)!
    return [path, { before: markedAs(own, before), after: markedAs(own, after) }] as const
  })
  return patchOf(new Map(whole))
}
