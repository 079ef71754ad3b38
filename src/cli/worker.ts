// A thread that looks at files: some at a time come in, what was found in each goes out.
import { parentPort } from "node:worker_threads"
import { projectOf } from "../syntax/project.ts"
import { readerOf } from "./files/sources.ts"
import { lookAt } from "./look.ts"
import { type Answer, packed, type Task } from "./parcel.ts"

const port = parentPort!
const { read, readImported } = readerOf({ files: [], troubles: [], links: [], folders: [], left: [], texts: new Map() })
const reading = { read, project: projectOf((path) => readImported(path)) }

port.on("message", async (tasks: readonly Task[]) => {
  const answers: Answer[] = []
  for (const { index, found, options } of tasks) {
    const looked = await lookAt(reading, found, options)
    answers.push(packed({ index, ...(looked ? { looked } : {}) }))
  }
  port.postMessage(answers)
})
