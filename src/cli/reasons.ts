// Why the system could not write, in words.

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "it would be larger than a file may be here"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["EEXIST", "a part of its path is no folder"],
  ["ENAMETOOLONG", "its name is too long"],
  ["ELOOP", "its links lead in a circle"],
])

/** Undefined for what is no fault of the system. */
export function whyNotWritten(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException
  return code === undefined ? undefined : (reasons.get(code) ?? message)
}
