// The verb lint: Python files in, a report of their losses out, and the exit code.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative, sep } from "node:path"
import type { LintedFile } from "../findings/result.ts"
import { lintFile } from "../lint.ts"
import type { Run } from "../report/run.ts"
import { readyFor } from "../report/width.ts"
import { Problem } from "../source/problem.ts"
import { projectOf } from "../syntax/project.ts"
import { exitCode } from "./exit.ts"
import type { Settings } from "./options.ts"
import { emit, usualFormats } from "./outputs.ts"
import { now } from "./terminal.ts"
import { version } from "./version.ts"

/** Files larger than this are no loss files; they are named and left out. */
const LARGEST = 10_000_000
const skipped: ReadonlySet<string> = new Set(["node_modules", "__pycache__", "venv", "site-packages"])

/** The Python files below a path, in the order of their names; links are not followed. */
function filesBelow(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new Problem({ headline: `there is no file or folder ${path}` })
  if (!stat.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith(".") || skipped.has(entry.name)) return []
      if (entry.isDirectory()) return filesBelow(join(path, entry.name))
      return entry.isFile() && entry.name.endsWith(".py") ? [join(path, entry.name)] : []
    })
}

/** The text of a file that something imports; undefined where there is none. */
const textAt = (path: string): string | undefined =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ? read(path) : undefined

function read(path: string): string {
  try {
    if (statSync(path).size > LARGEST) throw new Problem({ headline: `${path} is too large to be read` })
    return readFileSync(path, "utf8")
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem({ headline: `${path} cannot be read: ${(error as Error).message}` })
  }
}

/** Relative to the working folder, with forward slashes: what every report calls the file. */
const nameOf = (path: string): string => (relative("", path) || path).split(sep).join("/")

/** Looks at every definition of every file and prints one report. */
export async function runLint(paths: readonly string[], settings: Settings): Promise<number> {
  if (paths.length === 0)
    throw new Problem({ headline: "there is no file to look at", help: ["gradcheck lint src/losses.py"] })
  const [started, began] = [performance.now(), now()]
  const files = [...new Set(paths.flatMap(filesBelow))]
  const [dtype = "float32"] = settings.dtypes
  const stages = { reading: 0, looking: 0 }
  const timed = <T>(stage: keyof typeof stages, work: () => T): T => {
    const from = performance.now()
    const result = work()
    stages[stage] += (performance.now() - from) / 1000
    return result
  }
  const project = projectOf(textAt)
  const linted: LintedFile[] = files.map((path) => {
    const file = timed("reading", () => project.at(nameOf(path)))
    if (!file) throw new Problem({ headline: `${path} cannot be read` })
    return timed("looking", () => lintFile(project, file, { ...settings.check, dtype }, () => performance.now()))
  })
  const results = linted.flatMap((f) => f.losses.map((l) => l.result))
  const levels = results.flatMap((r) => r.findings.map((f) => f.level))
  const exit = exitCode(
    [...levels, ...linted.flatMap((f) => f.unreadable.map(() => "warning" as const))],
    0,
    settings.failOn,
  )
  await readyFor(results.map((r) => r.source.text).join(""))
  const run: Run = {
    version,
    results,
    problems: [],
    files: linted,
    failOn: settings.failOn,
    exit,
    started: began,
    seconds: (performance.now() - started) / 1000,
    stages,
  }
  const terminal = settings.terminal.length > 0 ? settings.terminal : usualFormats(process.env)
  return await emit(run, { ...settings, terminal })
}
