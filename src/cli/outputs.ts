// Where a report goes: a format to the terminal, and any number of them to files.
import { render } from "../report/index.ts"
import type { Run, View } from "../report/run.ts"
import { asciiOf, noPaint, type Theme, themeOf } from "../report/theme.ts"
import { Problem } from "../source/problem.ts"
import type { Output } from "./options.ts"
import { tellError } from "./tell.ts"
import { themeFor, write } from "./terminal.ts"

/** Of a file nobody knows who reads it: text as in a wide terminal, lists as long as they are. */
const fileTheme = (ascii: boolean): Theme => themeOf(100, ascii, noPaint, Number.POSITIVE_INFINITY)

/**
 * What the terminal gets when no format is asked for: text. GitHub's runner reads annotations from the same stream, so
 * there it gets both; GitLab takes its report from a file, which must be asked for.
 */
export const usualFormats = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  env.GITHUB_ACTIONS === "true" ? ["text", "github"] : ["text"]

/** Writes every report of a run; gives the exit code: the run's own, or 2 when one could not be written. */
export async function emit(run: Run, output: Output): Promise<number> {
  const code = await deliver((format, view) => render(format, run, view), output, run.exit)
  if (output.stats) {
    const { statsLines } = await import("../report/stats.ts")
    // Programs that read the report are not to find anything behind it.
    const fd = output.terminal.every((f) => f === "text" || f === "concise") ? 1 : 2
    const lines = statsLines(run, await themeFor(fd, output.color, output.ascii))
    write(fd, `\n${lines.join("\n")}\n`, output.ascii)
  }
  return code
}

/** Files come first: a reader of the terminal may have gone away. What could not be written is said at the end. */
export async function deliver(
  draw: (format: string, view: View) => string | Promise<string>,
  { ascii, color, quiet, verbose, files, terminal }: Output,
  exit: number,
): Promise<number> {
  const failures: Problem[] = []
  // Formats for programs have escapes of their own.
  const drawn = async (format: string, theme: Theme, whole: boolean): Promise<string> => {
    const text = await draw(format, { theme, quiet, verbose, whole })
    return ascii && format === "text" ? asciiOf(text) : text
  }
  for (const { format, file } of files) {
    const { writeWhole } = await import("./whole-file.ts")
    try {
      writeWhole(file, await drawn(format, fileTheme(ascii), true))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      failures.push(error)
    }
  }
  const theme = await themeFor(1, color, ascii)
  for (const format of terminal) write(1, await drawn(format, theme, false))
  for (const failure of failures) await tellError(failure, [`--color=${color}`, ...(ascii ? ["--ascii"] : [])])
  return failures.length > 0 ? 2 : exit
}
