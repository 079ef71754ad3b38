// How far a long run is, in one line of the terminal that vanishes when it ends. Nobody's log and no pipe ever sees it.
import { count } from "../source/count.ts"
import { isTerminal, write } from "./terminal.ts"

/** A run that is over sooner needs no line. */
const PATIENCE = 1000
const EVERY = 100

export interface Progress {
  readonly at: (done: number) => void
  readonly end: () => void
}

export function progressOf(total: number, quiet: boolean, env: NodeJS.ProcessEnv): Progress {
  const shown = !quiet && env.TERM !== "dumb" && isTerminal(2)
  const started = performance.now()
  let last = 0
  return {
    at: (done) => {
      const now = performance.now()
      if (!shown || now - started < PATIENCE || now - last < EVERY) return
      last = now
      write(2, `\r\x1b[K${count(done)} of ${count(total)} files`)
    },
    end: () => {
      if (last > 0) write(2, "\r\x1b[K")
      last = 0
    },
  }
}
