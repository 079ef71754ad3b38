// Runs the built command as people run it.
import { spawnSync } from "node:child_process"
import { resolve } from "node:path"

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
  readonly seconds: number
}

export interface How {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** The folder that the command runs in. */
  readonly cwd?: string
  /** Another user, where the tests run as root. */
  readonly uid?: number
}

const command = resolve("bin/gradcheck.js")

/** The command in an environment that asks for nothing: no terminal, no colour. */
export function gradcheck(args: readonly string[], { env = {}, input = "", cwd, uid }: How = {}): Ran {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    encoding: "utf8",
    input,
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    // Only folders of their own may keep what a test finds: the repository's would last from run to run.
    env: { PATH: process.env.PATH ?? "", ...(cwd === undefined ? { GRADCHECK_NO_CACHE: "1" } : {}), ...env },
    maxBuffer: 1e9,
    timeout: 60_000,
  })
  return { code: status, out: stdout, err: stderr, seconds: (performance.now() - start) / 1000 }
}

/** A command line of the shell, for pipes. */
export function shell(line: string): Ran {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", line], {
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", GRADCHECK_NO_CACHE: "1" },
    timeout: 60_000,
  })
  return { code: status, out: stdout, err: stderr, seconds: (performance.now() - start) / 1000 }
}
