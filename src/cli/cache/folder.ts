// The folder of the cache: where it is, what tells git and backups that it is none of theirs, and what is thrown away.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { Problem } from "../../source/problem.ts"
import type { ConfigOf } from "../config/find.ts"
import type { CacheSettings } from "../lint-options.ts"
import { build } from "../version.ts"

/** Its name where nobody gives another, in the folder of the configuration. */
export const CACHE_FOLDER = ".gradcheck_cache"

/** The flag first, then the environment, then the configuration of the working folder. Undefined for no cache. */
export async function cacheFolder(
  { cache, cacheDir }: CacheSettings,
  configOf: ConfigOf,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (!cache || build === undefined || env.GRADCHECK_NO_CACHE) return undefined
  const named = cacheDir ?? env.GRADCHECK_CACHE_DIR
  if (named) return resolve(named)
  try {
    const config = await configOf(process.cwd())
    return config?.cacheDir ?? join(config?.folder ?? process.cwd(), CACHE_FOLDER)
  } catch (error) {
    // What is wrong with a configuration is told where it is needed: not all files need that of the working folder.
    if (error instanceof Problem) return join(process.cwd(), CACHE_FOLDER)
    throw error
  }
}

/** https://bford.info/cachedir: by its first line, which is the same for all. */
const TAG = `Signature: 8a477f597d28d172789f06886806bc55
# What gradcheck has found out, for its next run. It can be thrown away at any time.
`

/** Makes the folder. One that was there and holds other things is left as it is, so that git goes on to see them. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  if (readdirSync(folder).length > 0) return
  writeFileSync(join(folder, ".gitignore"), "*\n")
  writeFileSync(join(folder, "CACHEDIR.TAG"), TAG)
}

const ENDING = ".answers"
export const shelfFile = (folder: string, name: string): string => join(folder, `${name}${ENDING}`)

/** So many files that this run has not used are kept: for other flags, other builds, other projects that share the folder. */
const MOST_OTHERS = 64
const DAY = 86_400_000
const LONGEST = 30 * DAY

/** Throws away what nobody has used for long, what there is too much of, and drafts of runs that were killed. */
export function sweep(folder: string, used: ReadonlySet<string>): void {
  const own = readdirSync(folder)
    .filter((name) => /^\.?[0-9a-f]{32}\.answers(\.\d+)?$/.test(name))
    .flatMap((name) => {
      const path = join(folder, name)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat && !used.has(path) ? [{ path, age: Date.now() - stat.mtimeMs, draft: name.startsWith(".") }] : []
    })
    .sort((a, b) => a.age - b.age)
  const drafts = own.filter((o) => o.draft && o.age > DAY)
  const old = own.filter((o) => !o.draft).filter((o, k) => k >= MOST_OTHERS || o.age > LONGEST)
  for (const { path } of [...drafts, ...old]) rmSync(path, { force: true })
}
