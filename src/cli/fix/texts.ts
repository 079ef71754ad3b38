// The texts of files that are to be changed: as they are on the disk, byte order mark and all, and back.
import { accessSync, constants, readFileSync, statSync } from "node:fs"
import { Problem } from "../../source/problem.ts"
import { troubleOf } from "../files/trouble.ts"
import { whyNotWritten } from "../reasons.ts"
import { writeWhole } from "../whole-file.ts"

const MARK = "\ufeff"

/** The whole text of a file; undefined when it is not written in UTF-8. */
export function wholeText(path: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw troubleOf(error)
  }
}

/** `text` in the place of what was looked at, with the byte order mark that the file has. */
export const markedAs = (whole: string, text: string): string => (whole.startsWith(MARK) ? MARK + text : text)

/** Why a file cannot be changed; undefined when it can. */
export function whyFixed(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK)
    // Who may do everything is still not to change what was made read-only.
    return (statSync(path).mode & 0o222) === 0 ? "it is read-only" : undefined
  } catch (error) {
    const why = whyNotWritten(error)
    if (why === undefined) throw error
    return why
  }
}

/** Writes a file whole, unless it has changed since it was looked at. Throws a Problem; then the file is as it was. */
export function writeFixed(path: string, before: string, after: string): void {
  const whole = wholeText(path)
  if (whole === undefined || whole !== markedAs(whole, before))
    throw new Problem({ headline: `${path} has changed while it was looked at, and is left as it is` })
  writeWhole(path, markedAs(whole, after))
}
