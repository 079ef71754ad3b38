// One file of the cache: the answers of one build, in one folder, to one set of options. A line that names it and tells
// whether it is whole, a line of what the answers hang on, and a line for each answer, which is read when it is wanted.
import { createHash } from "node:crypto"
import { readFileSync, statSync, utimesSync } from "node:fs"
import type { Problem } from "../../source/problem.ts"
import { troubleOf } from "../files/trouble.ts"
import { whyNotWritten } from "../reasons.ts"
import type { Answer, PathState } from "./answers.ts"

/** By the path of the file that was looked at. */
export type Answers = Map<string, Required<Pick<Answer, "states">> & Answer>

/** Each state stands in the file once, and answers name it by its place: most of them hang on the same paths. */
type Contents = readonly [states: readonly PathState[], answers: readonly (readonly [path: string, states: number[]])[]]

const headOf = (name: string, body: string | Uint8Array): string =>
  `gradcheck ${name} ${createHash("sha256").update(body).digest("hex")}\n`

export function drawShelf(name: string, answers: Answers): string {
  const places = new Map<string, number>()
  const states: PathState[] = []
  const placeOf = (state: PathState): number => {
    const key = state.join("\0")
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, states.length)
    return states.push(state) - 1
  }
  const rows = [...answers].map(([path, answer]) => [path, answer.states.map(placeOf)] as const)
  const contents: Contents = [states, rows]
  const body = [JSON.stringify(contents), ...[...answers.values()].map((a) => a.packed ?? "")].join("\n")
  return headOf(name, body) + body
}

/** Nothing for what is cut short, damaged or another shelf's. */
export function readShelf(name: string, bytes: Buffer): Answers {
  const answers: Answers = new Map()
  const start = bytes.indexOf("\n") + 1
  const body = bytes.subarray(start)
  if (bytes.toString("latin1", 0, start) !== headOf(name, body)) return answers
  const [first = "", ...lines] = body.toString("utf8").split("\n")
  const [states, rows] = JSON.parse(first) as Contents
  for (const [k, [path, places]] of rows.entries()) {
    const packed = lines[k]!
    answers.set(path, { states: places.map((p) => states[p]!), ...(packed === "" ? {} : { packed }) })
  }
  return answers
}

/** More than this takes longer to read than it saves; and longer texts than 512 MB there are none. */
export const MOST_BYTES = 200_000_000
const DAY = 86_400_000

/** What an earlier run has written, or why it cannot be read. What is used is marked as young. */
export function loadShelf(name: string, file: string): Answers | Problem {
  try {
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat || stat.size > MOST_BYTES) return new Map()
    const answers = readShelf(name, readFileSync(file))
    if (Date.now() - stat.mtimeMs > DAY) touch(file)
    return answers
  } catch (error) {
    return troubleOf(error)
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch (error) {
    // Where nothing can be written, nothing is thrown away either.
    if (whyNotWritten(error) === undefined) throw error
  }
}
