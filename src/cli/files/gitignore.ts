// What git leaves out: the rules of .gitignore files from the repository's root downwards, and of .git/info/exclude.
import { readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import ignore, { type Ignore } from "ignore"

interface Rules {
  readonly folder: string
  readonly rules: Ignore
}

/** The rules that hold in a folder, the outermost first: what an inner one says wins. */
export type Ignoring = readonly Rules[]

/** Git does not tell upper from lower case where the file system does not. */
const ignoreCase = process.platform === "win32" || process.platform === "darwin"

const notThere: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EISDIR"])

/** A text that may not be there. */
function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if (notThere.has((error as NodeJS.ErrnoException).code ?? "")) return undefined
    throw error
  }
}

function rulesAt(folder: string, file: string): Rules[] {
  const text = textAt(file)
  return text === undefined ? [] : [{ folder, rules: ignore({ ignoreCase }).add(text.replace(/^\uFEFF/, "")) }]
}

/** The repository's own folder; in a work tree or a submodule .git is a file that names it. */
function gitFolder(root: string): string | undefined {
  const path = join(root, ".git")
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return undefined
  if (stat.isDirectory()) return path
  const named = /^gitdir: (.*)$/m.exec(textAt(path) ?? "")?.[1]
  if (named === undefined) return undefined
  const own = resolve(root, named.trim())
  const common = textAt(join(own, "commondir"))
  return common === undefined ? own : resolve(own, common.trim())
}

/** The rules of a folder below one where `above` holds. A repository inside of another is its own. */
export function ignoringIn(folder: string, above: Ignoring): Ignoring {
  const git = gitFolder(folder)
  const outer = git === undefined ? above : rulesAt(folder, join(git, "info", "exclude"))
  return [...outer, ...rulesAt(folder, join(folder, ".gitignore"))]
}

/** The folders from the root of the repository down to this one; only this one where there is no repository. */
function fromRoot(folder: string): string[] {
  const chain = [folder]
  for (let at = folder; gitFolder(at) === undefined; ) {
    const parent = dirname(at)
    if (parent === at) return [folder]
    chain.unshift(parent)
    at = parent
  }
  return chain
}

/** The rules at the place where a search begins. Who names a folder that git ignores wants to see what is in it. */
export function ignoringAt(folder: string): Ignoring {
  return fromRoot(folder).reduce<Ignoring>(
    (above, at) => ignoringIn(at, above.length > 0 && ignores(above, at, true) ? [] : above),
    [],
  )
}

export function ignores(ignoring: Ignoring, path: string, isFolder: boolean): boolean {
  for (let k = ignoring.length - 1; k >= 0; k--) {
    const { folder, rules } = ignoring[k]!
    const inner = relative(folder, path).split(sep).join("/")
    const { ignored, unignored } = rules.test(isFolder ? `${inner}/` : inner)
    if (ignored) return true
    if (unignored) return false
  }
  return false
}
