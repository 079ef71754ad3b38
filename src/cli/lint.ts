// The verb lint: files in, a report of their losses out, and the exit code.
import { count } from "../source/count.ts"
import { Problem } from "../source/problem.ts"
import { cacheIn } from "./cache/cache.ts"
import { cacheFolder } from "./cache/folder.ts"
import { conclude, type Looks } from "./conclude.ts"
import { configOfRun, optionsFor, scopeBy } from "./config/apply.ts"
import { type Files, filesOf } from "./files/sources.ts"
import type { LintSettings } from "./lint-options.ts"
import { type All, lookAtAll } from "./look-at-all.ts"
import type { Settings } from "./options.ts"
import { now, write } from "./terminal.ts"
import type { Seen } from "./watch.ts"

/** What a search or a list met and did not take. */
const leftOut = ({ links, left }: Files): string[] => [
  ...left.map(({ path, why }) => `left out: ${path}: ${why}`),
  ...links.map((path) => `left out: ${path}: links to folders are not followed`),
]

/** What a cache was good for, and what it could not do. */
const ofCache = ({ earlier, total }: All, troubles: ReadonlySet<string | undefined>): string[] => [
  ...(earlier > 0 ? [`from the cache: ${count(earlier)} of ${count(total)} files`] : []),
  ...[...troubles].flatMap((why) => why ?? []),
]

/** Looks at every definition of every file and prints one report; with --watch again and again. */
export async function runLint(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<number> {
  const [asked] = settings.terminal
  if (lint.diff && asked !== undefined)
    throw new Problem({
      headline: "--diff prints a patch, and --format another report to the same place",
      help: [`gradcheck lint --diff --format ${asked}=FILE`],
    })
  if (!lint.watch) return (await runOnce(paths, settings, lint)).code
  const { watching } = await import("./watch.ts")
  return watching(() => runOnce(paths, settings, lint), settings.ascii ? ["--ascii"] : [], settings.ascii)
}

async function runOnce(paths: readonly string[], settings: Settings, lint: LintSettings): Promise<Seen> {
  const [begun, started] = [performance.now(), now()]
  const configOf = await configOfRun(lint)
  const whole = await filesOf(paths, lint, scopeBy(configOf))
  const parts = lint.shard && (await import("./parts.ts"))
  const part = lint.shard && parts?.dealOut(whole, lint.shard)
  const files = part?.files ?? whole
  const found = performance.now()
  const partial = lint.filesFrom !== undefined || whole.files.some((f) => f.named)
  const folder = await cacheFolder(lint, configOf, process.env)
  // The rounds of --fix look again at what the last one has changed, and at nothing else.
  const cache = folder !== undefined || lint.fix ? cacheIn(folder) : undefined
  const look = (some: Files): Promise<All> =>
    lookAtAll(some, (path) => optionsFor(path, configOf, settings, lint), settings.quiet, cache)
  const first = await look(files)
  const troubles = new Set([cache?.save()])
  const { held, stopped } = first
  const done = performance.now()
  const times = {
    started,
    seconds: (done - begun) / 1000,
    stages: { reading: (found - begun) / 1000, looking: (done - found) / 1000 },
  }
  const shard = part && {
    ...lint.shard!,
    files: part.total,
    carried: parts!.pack({ ...times, asked: lint.asked, partial, dealt: part.dealt, held: held.map(part.placed) }),
  }
  const looks: Looks = {
    held,
    stopped,
    scope: shard ? "part" : partial || stopped ? "some" : "all",
    ...times,
    ...(shard ? { shard } : {}),
  }
  const { all, exit } =
    lint.fix || lint.diff
      ? await (await import("./fix/run.ts")).changing(files, first, looks, settings, lint, look)
      : { all: first, exit: await conclude(looks, settings, lint) }
  // A patch changes no file: what was found in texts that are nowhere is of no use to the next run.
  if (lint.fix && !lint.diff) troubles.add(cache?.save())
  const more = [...leftOut(files), ...(cache ? ofCache(all, troubles) : [])]
  for (const line of settings.verbose ? more : []) write(2, `${line}\n`, settings.ascii)
  const seen = { files: files.files.map((f) => f.path), folders: files.folders }
  if (!all.stopped) return { code: exit, ...seen }
  const but = folder === undefined ? "" : " but the cache"
  const words = `stopped: ${count(all.done)} of ${count(all.total)} files were looked at, and nothing was written${but}`
  write(2, `${words}\n`, settings.ascii)
  return { code: INTERRUPTED, ...seen }
}

/** As a shell counts an end by Ctrl-C. */
const INTERRUPTED = 130
