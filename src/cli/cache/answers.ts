// A look's answer as it travels and is kept: packed, with the state of every path that it hangs on.
import { createHash } from "node:crypto"
import { Problem } from "../../source/problem.ts"
import type { Source } from "../../source/text.ts"
import type { Reader } from "../files/sources.ts"
import type { Looked } from "../looked.ts"
import { packed, unpacked } from "../parcel.ts"
import type { Read, Recorded } from "../recorded.ts"

/** What a path held: a digest of its text; nothing; or why it could not be read. */
export type State = string
export type PathState = readonly [path: string, state: State]

export interface Answer {
  /** Absent for a file that holds nothing of ours. */
  readonly packed?: string
  /** Absent where the answer is not to be kept. */
  readonly states?: readonly PathState[]
}

const ABSENT: State = ""
const digests = new WeakMap<Source, State>()

/** Digests of that length never meet by chance. */
const LETTERS = 22

function digestOf(source: Source): State {
  const known = digests.get(source)
  if (known !== undefined) return known
  const digest = createHash("sha256").update(source.text).digest("base64").slice(0, LETTERS)
  digests.set(source, digest)
  return digest
}

const stateOf = (read: Read): State =>
  read === undefined ? ABSENT : read instanceof Problem ? `!${read.message}` : digestOf(read)

const isText = (read: Read): read is Source => read !== undefined && !(read instanceof Problem)

/** The texts that an answer speaks of and does not hold. */
export const textsOf = ({ reads }: Recorded): Source[] => [...(reads?.values() ?? [])].filter(isText)

export function answerOf(recorded: Recorded): Answer {
  const { looked, reads } = recorded
  return {
    ...(looked ? { packed: packed(looked, new Set(textsOf(recorded))) } : {}),
    ...(reads ? { states: [...reads].map(([path, read]): PathState => [path, stateOf(read)]) } : {}),
  }
}

/** Undefined for what is damaged. */
export const lookedIn = (packed: string, sourceOf: (name: string) => Source | undefined): Looked | undefined =>
  unpacked<Looked>(packed, sourceOf)

/** What stands at paths now; each is read once. */
export interface Present {
  readonly sourceAt: (path: string) => Source | undefined
  readonly isAsThen: (state: PathState) => boolean
}

export function presentOf({ readImported }: Pick<Reader, "readImported">): Present {
  const known = new Map<string, Read>()
  const readAt = (path: string): Read => {
    if (known.has(path)) return known.get(path)
    const read = tried(path)
    known.set(path, read)
    return read
  }
  const tried = (path: string): Read => {
    try {
      const text = readImported(path)
      return text === undefined ? undefined : { name: path, text }
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  }
  return {
    sourceAt: (path) => {
      const read = readAt(path)
      return isText(read) ? read : undefined
    },
    isAsThen: ([path, state]) => stateOf(readAt(path)) === state,
  }
}
