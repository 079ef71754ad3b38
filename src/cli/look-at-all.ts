// All files of a run: one after the other while that is soon done, then in threads; stopped by Ctrl-C at any time.
import { availableParallelism } from "node:os"
import { setImmediate } from "node:timers/promises"
import { projectOf } from "../syntax/project.ts"
import type { FileOptions } from "./config/apply.ts"
import { type Files, readerOf } from "./files/sources.ts"
import type { Held } from "./held.ts"
import { type Looked, lookAt, unread } from "./look.ts"
import type { Task } from "./parcel.ts"
import { progressOf } from "./progress.ts"

/** Milliseconds of work after which threads are worth their start: each takes some 100 to load what it needs. */
const ALONE = 400
/** Fewer files than this are not worth it, however long each takes. */
const FEWEST = 8
/** Between looks at whether somebody has pressed Ctrl-C. */
const EVERY = 50
const MOST_THREADS = 16

export interface All {
  readonly held: readonly Held[]
  /** How many files were to be looked at, and how many were before the run was stopped. */
  readonly total: number
  readonly done: number
  readonly stopped: boolean
}

export async function lookAtAll(
  files: Files,
  optionsOf: (path: string) => Promise<FileOptions>,
  quiet: boolean,
): Promise<All> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.on("SIGINT", onSignal)
  const progress = progressOf(files.files.length, quiet, process.env)
  const options = new Map<number, FileOptions>()
  const found = new Map<number, Looked | undefined>()
  try {
    for (const [k, file] of files.files.entries()) options.set(k, await optionsOf(file.path))
    const hear = (index: number, looked: Looked | undefined): void => {
      found.set(index, looked)
      progress.at(found.size)
    }
    const left = await alone(files, options, hear, stop.signal)
    if (left > 0 && !stop.signal.aborted) await together(files, options, found.size, hear, stop.signal)
  } finally {
    process.off("SIGINT", onSignal)
    progress.end()
  }
  const held: Held[] = []
  for (const { path, problem } of files.troubles)
    held.push({ ...unread(path, problem), options: await optionsOf(path) })
  for (const k of files.files.keys()) {
    const looked = found.get(k)
    if (looked) held.push({ ...looked, options: options.get(k)! })
  }
  return { held, total: files.files.length, done: found.size, stopped: stop.signal.aborted }
}

/** Gives how many files are left for threads. */
async function alone(
  files: Files,
  options: ReadonlyMap<number, FileOptions>,
  hear: (index: number, looked: Looked | undefined) => void,
  signal: AbortSignal,
): Promise<number> {
  const { read, readImported } = readerOf(files)
  const reading = { read, project: projectOf(readImported) }
  const threads = files.given === undefined && availableParallelism() > 1 && (await import("./pool.ts")).hasThreads
  const started = performance.now()
  let breath = started
  for (const [k, file] of files.files.entries()) {
    const left = files.files.length - k
    if (threads && left >= FEWEST && performance.now() - started > ALONE) return left
    if (performance.now() - breath > EVERY) {
      await setImmediate()
      breath = performance.now()
    }
    if (signal.aborted) return left
    hear(k, await lookAt(reading, file, options.get(k)!))
  }
  return 0
}

async function together(
  { files }: Files,
  options: ReadonlyMap<number, FileOptions>,
  from: number,
  hear: (index: number, looked: Looked | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const { lookInThreads } = await import("./pool.ts")
  const tasks = files.slice(from).map((found, k): Task => ({ index: from + k, found, options: options.get(from + k)! }))
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(tasks.length / FEWEST))
  await lookInThreads(tasks, threads, ({ index, looked }) => hear(index, looked), signal)
}
