// The end of a run that did not succeed: the user's mistake or our fault as a message; the exit code is 2.
import { drawProblem } from "../report/problem.ts"
import { readyFor } from "../report/width.ts"
import { Problem } from "../source/problem.ts"
import { themeFor, write } from "./terminal.ts"

export async function tellError(error: unknown, argv: readonly string[]): Promise<2> {
  await readyFor(argv.join(" "))
  // What went wrong may be in the flags, so only those that cannot be misread are heeded.
  const ascii = argv.includes("--ascii")
  const theme = await themeFor(2, argv.includes("--color=never") ? "never" : "auto", ascii)
  const lines =
    error instanceof Problem
      ? drawProblem(error, aroundProblem(error), theme)
      : (await import("./fault.ts")).drawFault(error, argv, Boolean(process.env.GRADCHECK_DEBUG), theme)
  write(2, `${lines.join("\n")}\n`, ascii)
  return 2
}

/** Where a message leads on to. */
export function aroundProblem({ parts }: Problem): { kind: string; more: { label: string; text: string }[] } {
  const inFlags = parts.mark === undefined || parts.mark.span.source.name.startsWith("--")
  if (inFlags) return { kind: "", more: [{ label: "more", text: "gradcheck --help" }] }
  const list =
    parts.close !== undefined &&
    parts.mark?.span.source.name === "" &&
    !(parts.note ?? []).some((n) => n.includes("explain"))
      ? [{ label: "list", text: "gradcheck explain operations" }]
      : []
  return { kind: "cannot-read", more: list }
}
