// What the file system refuses, in words: the same for a folder that is searched and for a file that is read.
import { Problem } from "../../source/problem.ts"

const words: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["ENOENT", "it is no longer there"],
  ["ELOOP", "its links lead round in a circle"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["ENAMETOOLONG", "its path is too long"],
  ["EMFILE", "too many files are open"],
  ["EIO", "the disk reports an error"],
])

/** What was found and has vanished since. */
export const gone = (): Problem => troubleOf({ code: "ENOENT" })

export function troubleOf(error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? ""
  if (code === "") throw error
  return new Problem({ headline: `this cannot be read: ${words.get(code) ?? code}` })
}
