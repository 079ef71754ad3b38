// Again on every change: the folders of the files that were looked at are watched, and a run follows what settles.
import { type FSWatcher, watch } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { CACHE_FOLDER } from "./cache/folder.ts"
import { isConfigName } from "./config/find.ts"
import { told } from "./files/discover.ts"
import { kindOf } from "./files/kinds.ts"
import { tellError } from "./tell.ts"
import { write } from "./terminal.ts"

/** Editors write in several steps. */
const SETTLES = 100
const INTERRUPTED = 130

/** What a run looked at: its files, and the folders in which others may come. */
export interface Seen {
  readonly code: number
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** What has no ending may be a script; the folder that a run makes itself has none either. */
const matters = (path: string): boolean =>
  isConfigName(basename(path)) || (kindOf(path) !== "other" && basename(path) !== CACHE_FOLDER)

/** Ends with Ctrl-C. A mistake in a configuration is told, and waited for. */
export async function watching(run: () => Promise<Seen>, argv: readonly string[], ascii: boolean): Promise<number> {
  const watchers = new Map<string, FSWatcher>()
  let changed: (path: string) => void = () => {}
  let stop: () => void = () => {}
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined)
  })
  process.on("SIGINT", stop)
  const add = (folder: string): void => {
    if (watchers.has(folder)) return
    try {
      const watcher = watch(folder, (_, name) => {
        const path = join(folder, name ?? "")
        if (name !== null && matters(path)) changed(path)
      })
      // A folder that goes away takes its watcher with it.
      watcher.on("error", () => forget(folder))
      watchers.set(folder, watcher)
    } catch (error) {
      write(2, `${told(folder)} is not watched: ${(error as Error).message}\n`, ascii)
    }
  }
  const forget = (folder: string): void => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  try {
    for (;;) {
      const change = new Promise<string>((resolve) => {
        let timer: NodeJS.Timeout | undefined
        changed = (path) => {
          clearTimeout(timer)
          timer = setTimeout(() => resolve(path), SETTLES)
        }
      })
      try {
        const seen = await run()
        if (seen.code === INTERRUPTED) return INTERRUPTED
        for (const folder of new Set([
          ...seen.files.map((f) => dirname(resolve(f))),
          ...seen.folders.map((f) => resolve(f)),
        ]))
          add(folder)
      } catch (error) {
        await tellError(error, argv)
        if (watchers.size === 0) add(process.cwd())
      }
      write(2, `watching ${watchers.size === 1 ? "1 folder" : `${watchers.size} folders`}; Ctrl-C ends it\n`, ascii)
      const path = await Promise.race([change, stopped])
      if (path === undefined) return INTERRUPTED
      write(2, `\n${told(path)} has changed\n\n`, ascii)
    }
  } finally {
    process.off("SIGINT", stop)
    for (const folder of [...watchers.keys()]) forget(folder)
  }
}
