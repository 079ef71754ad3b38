// From what is named on the command line to the files to look at, in the order of their names, and what was met on the way.
import { type Dirent, readdirSync, statSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { Problem } from "../../source/problem.ts"
import { type Ignoring, ignores, ignoringAt, ignoringIn } from "./gitignore.ts"
import { globParts, type Matches, matcher, slashed } from "./globs.ts"
import { defaultInclude } from "./kinds.ts"
import { troubleOf } from "./trouble.ts"

/** What the configuration that holds in a folder says of the files there. */
export interface Scope {
  readonly includes: Matches
  readonly excludes: Matches
}
export type ScopeOf = (folder: string) => Promise<Scope>

export interface Found {
  /** As it is told to people: from the working folder. */
  readonly path: string
  /** Named by itself, and therefore read whatever it is. */
  readonly named: boolean
}

export interface Discovered {
  readonly files: readonly Found[]
  /** What could not be opened. */
  readonly troubles: readonly { readonly path: string; readonly problem: Problem }[]
  /** Links to folders, which are not followed. */
  readonly links: readonly string[]
  /** Folders that were searched. */
  readonly folders: readonly string[]
  /** Paths of a list that are not there, or are nothing to look at. */
  readonly left: readonly { readonly path: string; readonly why: string }[]
}

interface Search {
  readonly scopeOf: ScopeOf
  readonly files: Map<string, Found>
  readonly troubles: { path: string; problem: Problem }[]
  readonly links: string[]
  readonly folders: string[]
  readonly left: { path: string; why: string }[]
}

/** Folders that hold other people's code, whatever git says of them. */
const skipped: ReadonlySet<string> = new Set(["node_modules", "__pycache__", "venv", "site-packages"])

export const everywhere: ScopeOf = async (folder) => ({
  includes: matcher(defaultInclude, folder),
  excludes: () => false,
})

/** A path from the working folder, as every report tells it; the folder itself is ".". */
export const told = (path: string): string => slashed(relative("", path)) || "."

const openSearch = (scopeOf: ScopeOf): Search => ({
  scopeOf,
  files: new Map(),
  troubles: [],
  links: [],
  folders: [],
  left: [],
})

const add = (search: Search, path: string, named: boolean): void => {
  const before = search.files.get(path)
  if (!before || (named && !before.named)) search.files.set(path, { path: told(path), named })
}

const finished = ({ files, troubles, links, folders, left }: Search): Discovered => ({
  files: [...files.values()],
  troubles,
  links,
  folders,
  left,
})

/** Files, folders and globs. A Problem for what is not there. */
export async function discover(paths: readonly string[], scopeOf: ScopeOf): Promise<Discovered> {
  const search = openSearch(scopeOf)
  for (const path of paths) if (!(await exists(search, path))) await expand(search, path)
  return finished(search)
}

/** Adds what is there; false where nothing is. */
async function exists(search: Search, path: string): Promise<boolean> {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return false
    if (stat.isDirectory()) await walk(search, resolve(path), ignoringAt(resolve(path)))
    else add(search, resolve(path), true)
  } catch (error) {
    search.troubles.push({ path: told(resolve(path)), problem: troubleOf(error) })
  }
  return true
}

/** A glob that the shell did not expand. */
async function expand(search: Search, path: string): Promise<void> {
  const parts = globParts(path)
  if (!parts) throw new Problem({ headline: `there is no file or folder ${path === "" ? "without a name" : path}` })
  const folder = resolve(parts.base)
  const meant = matcher([parts.glob], folder)
  const before = search.files.size
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    await walk(
      { ...search, scopeOf: async (at) => ({ includes: meant, excludes: (await search.scopeOf(at)).excludes }) },
      folder,
      ignoringAt(folder),
    )
  if (search.files.size === before && search.troubles.length === 0)
    throw new Problem({ headline: `no file fits ${path}`, note: ["files that git ignores are left out"] })
}

/** A list of paths, as git tells what has changed: only what the configuration includes, and what is still there. */
export async function discoverListed(paths: readonly string[], scopeOf: ScopeOf): Promise<Discovered> {
  const search = openSearch(scopeOf)
  for (const path of paths) {
    const whole = resolve(path)
    const { includes, excludes } = await scopeOf(resolve(whole, ".."))
    const stat = statSync(whole, { throwIfNoEntry: false })
    if (!stat) search.left.push({ path: told(whole), why: "it is not there" })
    else if (stat.isDirectory()) await exists(search, path)
    else if (excludes(whole)) search.left.push({ path: told(whole), why: "the configuration excludes it" })
    else if (!includes(whole))
      search.left.push({ path: told(whole), why: "it is neither Python nor a definition file" })
    else add(search, whole, false)
  }
  return finished(search)
}

function entriesOf(search: Search, folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    search.troubles.push({ path: told(folder), problem: troubleOf(error) })
    return []
  }
}

/** Links are not followed into folders, so that no search goes round in a circle. */
async function walk(search: Search, folder: string, ignoring: Ignoring): Promise<void> {
  const { includes, excludes } = await search.scopeOf(folder)
  const entries = entriesOf(search, folder)
  search.folders.push(folder)
  for (const entry of entries) {
    const { name } = entry
    if (name.startsWith(".") || skipped.has(name)) continue
    const path = join(folder, name)
    if (entry.isDirectory()) {
      if (excludes(path) || ignores(ignoring, path, true)) continue
      await enter(search, path, ignoring)
    } else if (entry.isSymbolicLink() && leadsToFolder(path)) search.links.push(told(path))
    else if ((entry.isFile() || entry.isSymbolicLink()) && includes(path) && !excludes(path))
      if (!ignores(ignoring, path, false)) add(search, path, false)
  }
}

/** In a virtual environment, which is other people's code whatever it is called, and in a cache, ours or another's. */
const marks: readonly string[] = ["pyvenv.cfg", "CACHEDIR.TAG"]

/** A folder that a search comes to. */
async function enter(search: Search, path: string, above: Ignoring): Promise<void> {
  try {
    if (marks.some((name) => statSync(join(path, name), { throwIfNoEntry: false }))) return
    await walk(search, path, ignoringIn(path, above))
  } catch (error) {
    search.troubles.push({ path: told(path), problem: troubleOf(error) })
  }
}

const leadsToFolder = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    // A link that leads nowhere is told when it is read.
    return false
  }
}
