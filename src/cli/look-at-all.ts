// All files of a run: one after the other while that is soon done, then with other threads; stopped by Ctrl-C at any time.
import { availableParallelism } from "node:os"
import { setImmediate } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
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
/** And between looks at whether another thread wants more files. */
const HEARING = 5
const MOST_THREADS = 16

export interface All {
  readonly held: readonly Held[]
  /** How many files were to be looked at, and how many were before the run was stopped. */
  readonly total: number
  readonly done: number
  readonly stopped: boolean
}

/**
 * V8 optimizes a function after so much work in it, 132 kB of bytecode run where nothing is said. Most of our functions
 * see new kinds of losses long after that and are optimized again and again: waiting saves a third of all time.
 */
const PATIENCE = "--interrupt-budget=700000"

export async function lookAtAll(
  files: Files,
  optionsOf: (path: string) => Promise<FileOptions>,
  quiet: boolean,
): Promise<All> {
  setFlagsFromString(PATIENCE)
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
    await lookThrough(files, options, hear, stop.signal)
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
  return { held, total: files.files.length, done: found.size, stopped: stop.signal.aborted }
}

/** One after the other; when that takes long, other threads take files from the end that are not begun yet. */
async function lookThrough(
  files: Files,
  options: ReadonlyMap<number, FileOptions>,
  hear: (index: number, looked: Looked | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const { read, readImported } = readerOf(files)
  const reading = { read, project: projectOf(readImported) }
  const threads = files.texts.size === 0 && availableParallelism() > 1 && (await import("./pool.ts")).hasThreads
  const started = performance.now()
  let breath = started
  let helped: Promise<void> | undefined
  let [next, end] = [0, files.files.length]
  const take = (most: number): Task[] => {
    const from = Math.max(next, end - most)
    const some = files.files.slice(from, end).map((found, k): Task => {
      return { index: from + k, found, options: options.get(from + k)! }
    })
    end = from
    return some
  }
  while (next < end && !signal.aborted) {
    const now = performance.now()
    if (threads && !helped && end - next >= FEWEST && now - started > ALONE) {
      const { lookInThreads } = await import("./pool.ts")
      const helpers = Math.min(availableParallelism() - 1, MOST_THREADS, Math.ceil((end - next) / FEWEST))
      helped = lookInThreads(take, helpers, ({ index, looked }) => hear(index, looked), signal)
      // What goes wrong there is told when all is done.
      helped.catch(() => {})
    }
    if (now - breath > (helped ? HEARING : EVERY)) {
      await setImmediate()
      breath = performance.now()
      continue
    }
    const k = next++
    hear(k, await lookAt(reading, files.files[k]!, options.get(k)!))
  }
  await helped
}
