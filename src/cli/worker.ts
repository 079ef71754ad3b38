// A thread that looks at files: some at a time come in, what was found in each goes out.
import { parentPort } from "node:worker_threads"
import { answerOf, textsOf } from "./cache/answers.ts"
import { readerOf } from "./files/sources.ts"
import { readingOf } from "./look-through.ts"
import type { Report, Task } from "./pool.ts"
import { lookRecorded } from "./recorded.ts"

const port = parentPort!
const reading = readingOf(readerOf({ files: [], troubles: [], links: [], folders: [], left: [], texts: new Map() }))

port.on("message", async (tasks: readonly Task[]) => {
  const reports: Report[] = []
  for (const task of tasks) {
    const recorded = await lookRecorded(reading, task.found, task.options)
    reports.push({ index: task.index, answer: answerOf(recorded), texts: textsOf(recorded) })
  }
  port.postMessage(reports)
})
