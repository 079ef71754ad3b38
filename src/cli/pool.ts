// Threads that share the files of a large run. Each asks for more when it is done, so that none waits for a slow file.
import { Worker } from "node:worker_threads"
import type { Source } from "../source/text.ts"
import type { Answer } from "./cache/answers.ts"
import type { LookOptions } from "./config/apply.ts"
import type { Found } from "./files/discover.ts"

/** Where a thread begins, put in by build.mjs; from source there is none, and all is done in one thread. */
declare const GRADCHECK_THREAD: string | undefined
const thread = typeof GRADCHECK_THREAD === "string" ? GRADCHECK_THREAD : undefined

export const hasThreads = thread !== undefined

/** A file that is to be looked at, with its place among all. */
export interface Task {
  readonly index: number
  readonly found: Found
  readonly options: LookOptions
}

export interface Report {
  readonly index: number
  readonly answer: Answer
  /** What the answer speaks of. */
  readonly texts: readonly Source[]
}

/** So many files go to a thread at once: few enough that all end together, enough that messages cost nothing. */
const AT_ONCE = 8

/** Looks at what `take` hands out; `onReport` hears of each file as it is done. Ends early when `signal` says so. */
export async function lookInThreads(
  take: (most: number) => readonly Task[],
  threads: number,
  onReport: (report: Report) => void,
  signal: AbortSignal,
): Promise<void> {
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const more = (): void => {
        const some = signal.aborted ? [] : take(AT_ONCE)
        if (some.length === 0) resolve()
        else worker.postMessage(some)
      }
      worker.on("message", (reports: readonly Report[]) => {
        for (const report of reports) onReport(report)
        more()
      })
      worker.on("error", reject)
      signal.addEventListener("abort", () => resolve(), { once: true })
      more()
    })
  const workers = Array.from({ length: threads }, () => new Worker(thread!))
  try {
    await Promise.all(workers.map(work))
  } finally {
    await Promise.all(workers.map((w) => w.terminate()))
  }
}
