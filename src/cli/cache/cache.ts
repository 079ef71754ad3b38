// What runs keep for the next one, and the rounds of --fix for each other: answers of looks, for as long as nothing that
// they hang on has changed.
import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { relative } from "node:path"
import { Problem } from "../../source/problem.ts"
import type { LookOptions } from "../config/apply.ts"
import type { Found } from "../files/discover.ts"
import { kindOf } from "../files/kinds.ts"
import type { Looked } from "../looked.ts"
import { whyNotWritten } from "../reasons.ts"
import { build, version } from "../version.ts"
import { writeWhole } from "../whole-file.ts"
import { type Answer, lookedIn, type Present } from "./answers.ts"
import { makeFolder, shelfFile, sweep } from "./folder.ts"
import { type Answers, drawShelf, loadShelf, MOST_BYTES } from "./shelf.ts"

export interface Known {
  /** Absent for a file that holds nothing of ours. */
  readonly looked?: Looked
  /** Whether it was an earlier run that looked. */
  readonly earlier: boolean
}

export interface Cache {
  /** What a look would give; undefined where one is needed. */
  readonly find: (present: Present, found: Found, options: LookOptions) => Known | undefined
  readonly keep: (found: Found, options: LookOptions, answer: Answer) => void
  /** Writes what is new. Why that, or reading, cannot be done is handed back: a run works as well without. */
  readonly save: () => string | undefined
}

/** The answers to one set of options. */
interface Shelf {
  readonly name: string
  readonly answers: Answers
  /** Those of this run. */
  readonly fresh: Answers
  /** Whether some of them are not written yet. */
  unsaved: boolean
  readonly trouble?: Problem
}

/** A file that was named is told of, even where it holds nothing of ours; Python is looked at in one way only. */
const keyOf = ({ path, named }: Found): string => (named && kindOf(path) === "definitions" ? `${path}\0named` : path)
const pathOf = (key: string): string => key.split("\0")[0]!

/** What an answer hangs on beside texts. Arithmetic is the machine's and the engine's, paths begin in the working folder. */
const nameOf = (folder: string, options: string): string =>
  createHash("sha256")
    .update(JSON.stringify([build ?? version, process.version, process.platform, process.arch]))
    .update(JSON.stringify([relative(folder, process.cwd()), options]))
    .digest("hex")
    .slice(0, 32)

/** A cache in a folder; without one it lasts as long as the run. */
export function cacheIn(folder: string | undefined): Cache {
  const shelves = new Map<string, Shelf>()
  const shelfFor = ({ common, role }: LookOptions): Shelf => {
    const key = JSON.stringify([common, role])
    const known = shelves.get(key)
    if (known) return known
    const name = folder === undefined ? "" : nameOf(folder, key)
    const loaded = folder === undefined ? new Map() : loadShelf(name, shelfFile(folder, name))
    const shelf: Shelf = {
      name,
      fresh: new Map(),
      unsaved: false,
      ...(loaded instanceof Problem ? { answers: new Map(), trouble: loaded } : { answers: loaded }),
    }
    shelves.set(key, shelf)
    return shelf
  }
  return {
    find: (present, found, options) => {
      const { answers, fresh } = shelfFor(options)
      const key = keyOf(found)
      const own = fresh.get(key)
      const answer = own ?? answers.get(key)
      const earlier = own === undefined
      if (!answer?.states.every(present.isAsThen)) return undefined
      if (answer.packed === undefined) return { earlier }
      const looked = lookedIn(answer.packed, present.sourceAt)
      return looked && { looked: earlier ? { ...looked, file: { ...looked.file, earlier } } : looked, earlier }
    },
    keep: (found, options, { states, ...answer }) => {
      if (!states) return
      const shelf = shelfFor(options)
      shelf.fresh.set(keyOf(found), { ...answer, states })
      shelf.unsaved = true
    },
    save: () => {
      if (folder === undefined) return undefined
      const all = [...shelves.values()]
      const changed = all.filter((s) => s.unsaved)
      try {
        if (changed.length > 0) makeFolder(folder)
        for (const shelf of changed) write(folder, shelf)
        if (changed.length > 0) sweep(folder, new Set(all.map((s) => shelfFile(folder, s.name))))
      } catch (error) {
        if (error instanceof Problem) return error.message
        const why = whyNotWritten(error)
        if (why === undefined) throw error
        return `the cache could not be written: ${why}`
      }
      return all.find((s) => s.trouble)?.trouble?.message.replace(/^this/, "the cache")
    },
  }
}

/** With what another run has written meanwhile, without what is about files that are gone. */
function write(folder: string, shelf: Shelf): void {
  const { name, answers, fresh } = shelf
  const file = shelfFile(folder, name)
  const now = loadShelf(name, file)
  const all: Answers = new Map([...answers, ...(now instanceof Problem ? [] : now), ...fresh])
  for (const key of all.keys()) if (!fresh.has(key) && !existsSync(pathOf(key))) all.delete(key)
  const text = drawShelf(name, all)
  if (text.length > MOST_BYTES) throw new Problem({ headline: `${file} would be too large` })
  writeWhole(file, text)
  shelf.unsaved = false
}
