// A look at one file, and all that its answer hangs on: it can be kept for as long as that stays the same.
import { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import type { LookOptions } from "./config/apply.ts"
import type { Found } from "./files/discover.ts"
import { lookAt, type Reading } from "./look.ts"
import type { Looked } from "./looked.ts"

/** What was found at a path: a text, nothing, or why it could not be read. */
export type Read = Source | undefined | Problem

export interface Recorded {
  /** Absent for a file that was searched for and holds nothing of ours. */
  readonly looked?: Looked
  /**
   * Every path that was read, its own and those of what it imports, and every path where nothing was; absent where the
   * answer hung on more than that: on the clock, or on files that changed meanwhile.
   */
  readonly reads?: ReadonlyMap<string, Read>
}

/** Files share what was read and parsed, so what one of them hangs on is noted where it asks, not where the disk is read. */
export async function lookRecorded(reading: Reading, found: Found, options: LookOptions): Promise<Recorded> {
  const reads = new Map<string, Read>()
  let chance = false
  const note = (path: string, read: Read): void => {
    const before = reads.get(path)
    // Who keeps few files reads some of them again.
    if (reads.has(path) && !isSame(before, read)) chance = true
    reads.set(path, read)
  }
  const noting =
    <T>(read: (path: string) => T, sourceIn: (answer: T) => Source | undefined) =>
    (path: string): T => {
      try {
        const answer = read(path)
        note(path, sourceIn(answer))
        return answer
      } catch (error) {
        if (error instanceof Problem) note(path, error)
        throw error
      }
    }
  const noted: Reading = {
    project: { at: noting(reading.project.at, (file) => file?.source) },
    read: noting(reading.read, (source) => source),
  }
  const looked = await lookAt(noted, found, options, () => {
    chance = true
  })
  return { ...(looked ? { looked } : {}), ...(chance ? {} : { reads }) }
}

const isSame = (a: Read, b: Read): boolean =>
  a === b || (a !== undefined && b !== undefined && wordsOf(a) === wordsOf(b))

const wordsOf = (read: Source | Problem): string => (read instanceof Problem ? `!${read.message}` : read.text)
