// The looks of a run: one after the other while that is soon done, then with other threads. Loaded where there are any,
// with all that looking needs.
import { availableParallelism } from "node:os"
import { setImmediate } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
import { projectOf } from "../syntax/project.ts"
import { answerOf, lookedIn } from "./cache/answers.ts"
import type { Cache } from "./cache/cache.ts"
import type { Reader } from "./files/sources.ts"
import type { Reading } from "./look.ts"
import type { Looked } from "./looked.ts"
import { hasThreads, lookInThreads, type Report, type Task } from "./pool.ts"
import { lookRecorded } from "./recorded.ts"

/** Milliseconds of work after which threads are worth their start: each takes some 100 to load what it needs. */
const ALONE = 400
/** Fewer files than this are not worth it, however long each takes; so many are, before it is known how long. */
const FEWEST = 8
const SURELY = 200
/** Between looks at whether somebody has pressed Ctrl-C. */
const EVERY = 50
/** And between looks at whether another thread wants more files. */
const HEARING = 5
const MOST_THREADS = 16

/**
 * V8 optimizes a function after so much work in it, 132 kB of bytecode run where nothing is said. Most of our functions
 * see new kinds of losses long after that and are optimized again and again: waiting saves a third of all time.
 */
const PATIENCE = "--interrupt-budget=700000"

/** Files that import each other, each of them read and parsed once. */
export const readingOf = ({ read, readImported }: Reader): Reading => ({
  read: (path) => ({ name: path, text: read(path) }),
  project: projectOf((path) => readImported(path)),
})

/** When that takes long, other threads take files from the end that are not begun yet. */
export async function lookThrough(
  tasks: readonly Task[],
  reader: Reader,
  mayShare: boolean,
  cache: Cache | undefined,
  hear: (index: number, looked: Looked | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  setFlagsFromString(PATIENCE)
  const reading = readingOf(reader)
  const threads = mayShare && hasThreads && availableParallelism() > 1
  const byIndex = new Map(tasks.map((t) => [t.index, t]))
  const hearReport = ({ index, answer, texts }: Report): void => {
    const { found, options } = byIndex.get(index)!
    cache?.keep(found, options, answer)
    const sources = new Map(texts.map((s) => [s.name, s]))
    const looked = answer.packed === undefined ? undefined : lookedIn(answer.packed, (name) => sources.get(name))
    if (answer.packed !== undefined && !looked) throw new Error(`what a thread found in ${found.path} got lost`)
    hear(index, looked)
  }
  const started = performance.now()
  let breath = started
  let helped: Promise<void> | undefined
  let [next, end] = [0, tasks.length]
  const take = (most: number): readonly Task[] => {
    const from = Math.max(next, end - most)
    const some = tasks.slice(from, end)
    end = from
    return some
  }
  while (next < end && !signal.aborted) {
    const now = performance.now()
    if (threads && !helped && end - next >= FEWEST && (end - next >= SURELY || now - started > ALONE)) {
      const helpers = Math.min(availableParallelism() - 1, MOST_THREADS, Math.ceil((end - next) / FEWEST))
      helped = lookInThreads(take, helpers, hearReport, signal)
      // What goes wrong there is told when all is done.
      helped.catch(() => {})
    }
    if (now - breath > (helped ? HEARING : EVERY)) {
      await setImmediate()
      breath = performance.now()
      continue
    }
    const { index, found, options } = tasks[next++]!
    const recorded = await lookRecorded(reading, found, options)
    cache?.keep(found, options, answerOf(recorded))
    hear(index, recorded.looked)
  }
  await helped
}
