// The verb check: expressions in, a report out, and the exit code.

import { checkLoss } from "../check.ts"
import type { LossResult } from "../findings/result.ts"
import { drawProblem } from "../report/problem.ts"
import { readyFor } from "../report/width.ts"
import type { Onset } from "../samples/onset.ts"
import { Problem } from "../source/problem.ts"
import { exitCode } from "./exit.ts"
import { isShown, looksLikeFile, type Settings } from "./options.ts"
import { emit } from "./outputs.ts"
import { aroundProblem } from "./tell.ts"
import { now, readInput, themeFor, write } from "./terminal.ts"
import { version } from "./version.ts"

/** Straight from the check, not by way of the library: that would read every other verb as well. */
const clock = (): number => performance.now()

/** Checks every expression in every number format and prints one report. */
export async function runCheck(words: readonly string[], settings: Settings): Promise<number> {
  const expressions = words.map((word) => (word === "-" ? readInput() : word))
  if (expressions.length === 0)
    throw new Problem({ headline: "there is no expression to check", help: ['gradcheck "abs(y - round(p))"'] })
  const file = expressions.find(looksLikeFile)
  if (file !== undefined)
    throw new Problem({
      headline: `${file} is a file, and this checks expressions`,
      help: file.endsWith(".py") ? [`gradcheck lint ${file}`] : [`gradcheck - < ${file}`],
      note: [file.endsWith(".py") ? "that checks every loss in it" : "that reads the file as one expression"],
    })
  if (settings.at) return await (await import("./at.ts")).runWalk(expressions, settings)
  await readyFor(expressions.join(" "))
  const { rules } = settings
  const levels = rules && (await import("../findings/levels.ts"))
  const atLevels = (result: LossResult): LossResult => (rules ? levels!.resultAtLevels(result, rules) : result)
  const curves = isShown("curves", settings)
  const [began, started] = [clock(), now()]
  const results: LossResult[] = []
  const lost: (readonly Onset[])[] = []
  const problems: { expression: string; problem: Problem }[] = []
  for (const expression of expressions) {
    try {
      for (const dtype of settings.dtypes)
        results.push(atLevels(checkLoss(expression, { ...settings.check, dtype, curves }, clock)))
      if (settings.dtypes.length > 1) {
        const { onsets } = await import("../onsets.ts")
        lost.push(...onsets(expression, settings.check, settings.dtypes).values())
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problems.push({ expression, problem: error })
    }
  }
  const exit = exitCode(
    results.flatMap((r) => r.findings.map((f) => f.level)),
    problems.length,
    settings.failOn,
  )
  const run = {
    version,
    results,
    problems,
    failOn: settings.failOn,
    exit,
    started,
    seconds: (clock() - began) / 1000,
    ...(lost.length > 0 ? { onsets: lost } : {}),
  }
  const { ascii, color } = settings
  const terminal = settings.terminal.length > 0 ? settings.terminal : ["text"]
  if (terminal.includes("text")) {
    const theme = problems.length > 0 ? await themeFor(2, color, ascii) : undefined
    const drawn = theme
      ? problems.flatMap(({ problem }, k) => [
          ...(k > 0 ? [""] : []),
          ...drawProblem(problem, aroundProblem(problem), theme),
        ])
      : []
    if (drawn.length > 0) write(2, `${drawn.join("\n")}\n`, ascii)
  }
  return await emit(run, { ...settings, terminal })
}
