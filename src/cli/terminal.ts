// The terminal: how wide it is, whether it wants colour, and writing that never loses or mixes a byte.
import { fstatSync, readFileSync, writeSync } from "node:fs"
import { asciiOf, noPaint, type Paint, type Theme, themeOf } from "../report/theme.ts"
import { Problem } from "../source/problem.ts"
import { whyNotWritten } from "./reasons.ts"

export const colours = ["auto", "always", "never"] as const
export type Colour = (typeof colours)[number]
type Environment = Readonly<Record<string, string | undefined>>

const PIPED = 100

/** A file or a pipe is told from a terminal without loading what Node needs for terminals. */
export function isTerminal(fd: 1 | 2): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && (fd === 1 ? process.stdout : process.stderr).isTTY === true
  } catch {
    return false
  }
}

/** The flag first, then FORCE_COLOR, NO_COLOR and TERM, then whether somebody is looking. */
export function wantsColour(flag: Colour, env: Environment, terminal: boolean): boolean {
  if (flag !== "auto") return flag === "always"
  const forced = env.FORCE_COLOR
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false"
  if (env.NO_COLOR) return false
  return terminal && env.TERM !== "dumb"
}

/** Undefined where there is no terminal and nobody says how wide it would be. */
function widthOf(fd: 1 | 2, terminal: boolean, env: Environment): number | undefined {
  const columns = terminal ? (fd === 1 ? process.stdout : process.stderr).columns : Number(env.COLUMNS)
  return Number.isInteger(columns) && columns > 0 ? columns : undefined
}

/** The theme for an output. The colour library is loaded only when there is colour. */
export async function themeFor(fd: 1 | 2, flag: Colour, ascii: boolean): Promise<Theme> {
  const terminal = isTerminal(fd)
  let paint: Paint = noPaint
  if (wantsColour(flag, process.env, terminal)) paint = (await import("../report/colour.ts")).colours
  const width = widthOf(fd, terminal, process.env)
  return themeOf(width ?? PIPED, ascii, paint, width ?? Number.POSITIVE_INFINITY)
}

/** A full disk behind `> file` is no fault of ours. */
function unwritten(error: unknown): unknown {
  const why = whyNotWritten(error)
  return why === undefined ? error : new Problem({ headline: `standard output could not be written: ${why}` })
}

/** A full pipe is waited for; a reader that has gone away (`| head`) is no fault, and the rest is not for anybody. */
export function write(fd: 1 | 2, text: string, ascii = false): void {
  const bytes = Buffer.from(ascii ? asciiOf(text) : text, "utf8")
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== "EAGAIN") {
        if (code === "EPIPE") return
        throw fd === 1 ? unwritten(error) : error
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** The time of day, in ISO 8601, to the second. */
export const now = (): string => new Date().toISOString().slice(0, 19)

/** Everything on standard input. */
export function readInput(): string {
  try {
    return readFileSync(0, "utf8").replace(/^\uFEFF/, "")
  } catch (error) {
    if (["EAGAIN", "EOF", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return ""
    throw error
  }
}
