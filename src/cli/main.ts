// Where the command starts: a plain expression goes straight to the check, anything else through the whole command line.
import { drawProblem } from "../report/problem.ts"
import { readyFor } from "../report/width.ts"
import { Problem } from "../source/problem.ts"
import { aroundProblem, runCheck } from "./check.ts"
import { plainSettings } from "./options.ts"
import { themeFor, write } from "./terminal.ts"

const notExpressions: ReadonlySet<string> = new Set(["check", "explain", "help", "lint", "rescue"])

async function main(argv: readonly string[]): Promise<number> {
  try {
    const plain = argv.length > 0 && !notExpressions.has(argv[0]!) && argv.every((a) => !a.startsWith("-"))
    if (plain) return await runCheck(argv, plainSettings)
    const { runProgram } = await import("./program.ts")
    return await runProgram(argv)
  } catch (error) {
    // What went wrong may be in the flags, so only those that cannot be misread are heeded.
    const ascii = argv.includes("--ascii")
    await readyFor(argv.join(" "))
    const theme = await themeFor(2, argv.includes("--color=never") ? "never" : "auto", ascii)
    const lines = error instanceof Problem ? drawProblem(error, aroundProblem(error), theme) : (await import("./fault.ts")).drawFault(error, argv, Boolean(process.env["GRADCHECK_DEBUG"]), theme)
    write(2, `${lines.join("\n")}\n`, ascii)
    return 2
  }
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
