// Exact ways out, applied round by round until nothing is left to apply: what overlaps waits for the next round.
import type { LintedFile } from "../../findings/result.ts"
import { editedTexts } from "../../source/edit.ts"
import type { Files } from "../files/sources.ts"
import type { All } from "../look-at-all.ts"
import { choose, type Refuse } from "./choose.ts"

/** Each round looks at everything again. */
const MOST_ROUNDS = 10

export interface Fixed {
  /** The last look: at the texts as they are now. */
  readonly all: All
  /** Every text that was changed, by its path: as it was looked at first, and as it is now. */
  readonly changed: ReadonlyMap<string, { readonly before: string; readonly after: string }>
  readonly count: number
  readonly left: readonly string[]
}

export async function fixAll(
  files: Files,
  first: All,
  look: (files: Files) => Promise<All>,
  told: (all: All) => Promise<readonly LintedFile[]>,
  refuse: Refuse,
): Promise<Fixed> {
  const own = new Set(files.files.map((f) => f.path))
  const changed = new Map<string, { before: string; after: string }>()
  const mayChange: Refuse = (file) => (own.has(file) ? refuse(file) : "this file was not asked for")
  let [all, count] = [first, 0]
  for (let round = 0; ; round++) {
    const { edits, answered, left } = choose(await told(all), true, mayChange)
    const texts = editedTexts(edits)
    if (edits.length === 0 || !texts || round >= MOST_ROUNDS || all.stopped) return { all, changed, count, left }
    for (const [path, after] of texts) {
      const { text } = edits.find((e) => e.source.name === path)!.source
      changed.set(path, { before: changed.get(path)?.before ?? text, after })
    }
    count += answered
    const after = new Map([...files.texts, ...[...changed].map(([path, c]) => [path, c.after] as const)])
    all = await look({ ...files, texts: after })
  }
}
