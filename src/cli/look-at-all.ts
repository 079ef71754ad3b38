// All files of a run: what an earlier run has found and still holds, and a look at the others; stopped by Ctrl-C at any time.
import { setImmediate } from "node:timers/promises"
import { presentOf } from "./cache/answers.ts"
import type { Cache } from "./cache/cache.ts"
import type { FileOptions } from "./config/apply.ts"
import { type Files, readerOf } from "./files/sources.ts"
import type { Held } from "./held.ts"
import { type Looked, unread } from "./looked.ts"
import type { Task } from "./pool.ts"
import { type Progress, progressOf } from "./progress.ts"

export interface All {
  readonly held: readonly Held[]
  /** How many files were to be looked at, and how many were before the run was stopped. */
  readonly total: number
  readonly done: number
  readonly stopped: boolean
  /** How many an earlier run has looked at. */
  readonly earlier: number
}

/** Between looks at whether somebody has pressed Ctrl-C. */
const EVERY = 50

export async function lookAtAll(
  files: Files,
  optionsOf: (path: string) => Promise<FileOptions>,
  quiet: boolean,
  cache: Cache | undefined,
): Promise<All> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.on("SIGINT", onSignal)
  const progress = progressOf(files.files.length, quiet, process.env)
  const options = new Map<number, FileOptions>()
  const found = new Map<number, Looked | undefined>()
  let earlier = 0
  try {
    for (const [k, file] of files.files.entries()) options.set(k, await optionsOf(file.path))
    earlier = await answerAll(files, options, found, progress, cache, stop.signal)
  } finally {
    process.off("SIGINT", onSignal)
    progress.end()
  }
  const held: Held[] = []
  for (const { path, problem } of files.troubles)
    held.push({ ...unread(path, problem), options: await optionsOf(path), place: held.length })
  for (const k of files.files.keys()) {
    const looked = found.get(k)
    if (looked) held.push({ ...looked, options: options.get(k)!, place: files.troubles.length + k })
  }
  return { held, total: files.files.length, done: found.size, stopped: stop.signal.aborted, earlier }
}

/** Gives how many an earlier run has looked at. */
async function answerAll(
  files: Files,
  options: ReadonlyMap<number, FileOptions>,
  found: Map<number, Looked | undefined>,
  progress: Progress,
  cache: Cache | undefined,
  signal: AbortSignal,
): Promise<number> {
  const reader = readerOf(files)
  const present = presentOf(reader)
  const hear = (index: number, looked: Looked | undefined): void => {
    found.set(index, looked)
    progress.at(found.size)
  }
  const tasks: Task[] = []
  let earlier = 0
  let breath = performance.now()
  for (const [index, file] of files.files.entries()) {
    const { common, role } = options.get(index)!
    const own = { common, ...(role ? { role } : {}) }
    const known = cache?.find(present, file, own)
    if (known?.earlier) earlier++
    if (known) hear(index, known.looked)
    else tasks.push({ index, found: file, options: own })
    if (performance.now() - breath < EVERY) continue
    await setImmediate()
    if (signal.aborted) return earlier
    breath = performance.now()
  }
  if (tasks.length === 0) return earlier
  const { lookThrough } = await import("./look-through.ts")
  // Other threads read files, and know nothing of texts that stand for them.
  await lookThrough(tasks, reader, files.texts.size === 0, cache, hear, signal)
  return earlier
}
