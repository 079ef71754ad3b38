// The files of a run: named, searched for, listed in a file, or one on standard input.
import { readFileSync, statSync } from "node:fs"
import { Problem } from "../../source/problem.ts"
import type { LintSettings } from "../lint-options.ts"
import { type Discovered, discover, discoverListed, type ScopeOf } from "./discover.ts"
import { decode, readText } from "./read.ts"
import { troubleOf } from "./trouble.ts"

export interface Files extends Discovered {
  /** Texts that stand for files; all others are read. */
  readonly texts: ReadonlyMap<string, string>
}

/** Everything on standard input. */
function inputBytes(): Uint8Array {
  try {
    return readFileSync(0)
  } catch (error) {
    if (["EAGAIN", "EOF", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return new Uint8Array()
    throw error
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
])

/** A path as git writes it: in quotes, with the bytes of odd signs in octal, where it has any. */
const unquoted = (line: string): string =>
  /^".*"$/.test(line)
    ? line
        .slice(1, -1)
        .replace(/(?:\\[0-7]{3})+/g, (run) =>
          Buffer.from(
            run
              .split("\\")
              .slice(1)
              .map((d) => Number.parseInt(d, 8)),
          ).toString("utf8"),
        )
        .replace(/\\(.)/g, (_, sign: string) => escapes.get(sign) ?? sign)
    : line

/** One path a line, or parted by zero bytes as `git diff -z` parts them. */
export const listedPaths = (text: string): string[] =>
  (text.includes("\0") ? text.split("\0") : text.split(/\r?\n/).map((line) => unquoted(line.trim()))).filter(
    (path) => path !== "",
  )

function listText(file: string): string {
  if (file === "-") return Buffer.from(inputBytes()).toString("utf8")
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new Problem({ headline: `there is no list ${file}` })
    const { message } = troubleOf(error)
    throw new Problem({ headline: `the list ${file} cannot be read${message.slice(message.indexOf(":"))}` })
  }
}

export async function filesOf(
  paths: readonly string[],
  { filesFrom, stdinName }: LintSettings,
  scopeOf: ScopeOf,
): Promise<Files> {
  if (stdinName !== undefined) {
    if (paths.length > 0 || filesFrom !== undefined)
      throw new Problem({
        headline: "--stdin-name looks at one file, the one on standard input",
        help: [`gradcheck lint --stdin-name ${stdinName} < ${stdinName}`],
      })
    const found = { files: [{ path: stdinName, named: true }], troubles: [], links: [], folders: [], left: [] }
    return { ...found, texts: new Map([[stdinName, decode(inputBytes(), stdinName)]]) }
  }
  const texts = new Map<string, string>()
  if (filesFrom === undefined) return { ...(await discover(paths.length === 0 ? ["."] : paths, scopeOf)), texts }
  const listed = await discoverListed(listedPaths(listText(filesFrom)), scopeOf)
  const named = await discover(paths, scopeOf)
  const files = new Map([...listed.files, ...named.files].map((f) => [f.path, f]))
  return {
    files: [...files.values()],
    troubles: [...listed.troubles, ...named.troubles],
    links: [...listed.links, ...named.links],
    folders: [...listed.folders, ...named.folders],
    left: listed.left,
    texts,
  }
}

export interface Reader {
  /** The text of a file of the run. */
  readonly read: (path: string) => string
  /** The same for a file that another one may import: undefined where there is none. */
  readonly readImported: (path: string) => string | undefined
}

export function readerOf({ files, texts }: Files): Reader {
  const asked = new Set(files.map((f) => f.path))
  const read = (path: string): string => texts.get(path) ?? readText(path)
  const isThere = (path: string): boolean => {
    if (asked.has(path)) return true
    try {
      return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
    } catch (error) {
      throw troubleOf(error)
    }
  }
  return { read, readImported: (path) => (isThere(path) ? read(path) : undefined) }
}
