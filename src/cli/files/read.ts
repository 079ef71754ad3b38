// A file's bytes as text: UTF-8, or what Python's own coding comment says; anything else is told, never guessed.
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs"
import { count } from "../../source/count.ts"
import { Problem } from "../../source/problem.ts"
import { kindOf } from "./kinds.ts"
import { troubleOf } from "./trouble.ts"

/** Files larger than this are no loss files; they are named and left out. */
const LARGEST = 5_000_000
/** A text has no zero bytes; so many are looked at. */
const LOOKED_AT = 8192

/** Python's rule: a comment in one of the first two lines (PEP 263). */
const coding = /^(?:[^\n]*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/

/** The bytes of a regular file; a pipe or a device would never end. */
function bytesOf(path: string): Buffer {
  let file: number | undefined
  try {
    file = openSync(path, "r")
    const stat = fstatSync(file)
    if (stat.isDirectory()) throw new Problem({ headline: "this cannot be read: it is a folder" })
    if (stat.size > LARGEST)
      throw new Problem({
        headline: `this is too large to be read: ${count(stat.size)} bytes, and ${count(LARGEST)} are the most`,
      })
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw troubleOf(error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** The text of a file, without a byte order mark. Throws a Problem that says why there is none. */
export const readText = (path: string): string => decode(bytesOf(path), path)

export function decode(bytes: Uint8Array, path: string): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOKED_AT))
  if (start[0] === 0xff || start[0] === 0xfe)
    if (start[1] === 0xff || start[1] === 0xfe)
      throw new Problem({
        headline: "this is UTF-16, and source is read as UTF-8",
        help: [`iconv -f UTF-16 -t UTF-8 ${path}`],
      })
  if (start.includes(0)) throw new Problem({ headline: "this is no text: it holds zero bytes" })
  const named = kindOf(path) === "python" ? coding.exec(start.toString("latin1"))?.[1] : undefined
  const label = named === undefined ? "utf-8" : labelOf(named.toLowerCase().replaceAll("_", "-"))
  return textOf(bytes, label)
}

/** Python's name of an encoding as the web has it. */
const labelOf = (name: string): string =>
  /^utf-?8/.test(name) ? "utf-8" : /^(iso-)?latin-?1/.test(name) ? "latin1" : name

function textOf(bytes: Uint8Array, label: string): string {
  let decoder: InstanceType<typeof TextDecoder>
  try {
    decoder = new TextDecoder(label, { fatal: true })
  } catch {
    throw new Problem({ headline: `this says that it is written in ${label}, and that cannot be read here` })
  }
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Problem({
      headline: label === "utf-8" ? "this is not UTF-8" : `this is not ${label}, though it says so`,
      note: [`byte ${count(firstOdd(bytes, label))} is the first that does not fit`],
    })
  }
}

/** How many bytes can be read before the first that cannot. */
function firstOdd(bytes: Uint8Array, label: string): number {
  let [low, high] = [0, bytes.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    try {
      new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      low = middle
    } catch {
      high = middle - 1
    }
  }
  return low + 1
}
