// Files are written whole or not at all: beside their place first, then moved there in one step.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs"
import { basename, dirname, join } from "node:path"
import { Problem } from "../source/problem.ts"
import { whyNotWritten } from "./reasons.ts"

/** Throws a Problem when it cannot be done; then the file is as it was before. */
export function writeWhole(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const old = statSync(file, { throwIfNoEntry: false })
    if (old?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" })
    // A device or a pipe has no content that could be half written, and must not be replaced by a file.
    // Nor may what a shell has opened, which /dev/stdout is another name for.
    if (old && (!old.isFile() || /^\/(dev|proc)\//.test(file))) writeAll(file, "a", text)
    // A link stays a link: what it points to is replaced.
    else replace(old ? realpathSync(file) : file, text, old?.mode)
  } catch (error) {
    const why = whyNotWritten(error)
    if (why === undefined) throw error
    throw new Problem({ headline: `${file} could not be written: ${why}` })
  }
}

function replace(target: string, text: string, mode: number | undefined): void {
  const draft = join(dirname(target), `.${basename(target).slice(0, 200)}.${process.pid}`)
  try {
    writeAll(draft, "wx", text, mode)
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function writeAll(file: string, flag: "a" | "wx", text: string, mode = 0o666): void {
  const fd = openSync(file, flag, mode & 0o777)
  try {
    const bytes = Buffer.from(text, "utf8")
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
    // Some disks say only now that they are full. Devices and pipes have nothing to settle.
    if (flag === "wx") fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
