// What is said when gradcheck itself fails: that it is our fault, and what a report of it needs.
import { headlineOf, joined } from "../report/finding.ts"
import { crop, labelled } from "../report/lines.ts"
import { say, type Theme } from "../report/theme.ts"
import { version } from "./version.ts"

export function drawFault(error: unknown, argv: readonly string[], debug: boolean, theme: Theme): string[] {
  const { name, message, stack } =
    error instanceof Error ? error : { name: "Error", message: String(error), stack: undefined }
  const command = [
    "gradcheck",
    ...argv.map((a) => (/^[\w./=-]+$/.test(a) ? a : `'${a.replaceAll("'", "'\\''")}'`)),
  ].join(" ")
  return joined([
    headlineOf("error", "error", "gradcheck has failed; this is our fault, not yours", theme),
    [
      ...labelled("what", `${name}: ${message.split("\n")[0]}`, 6, theme),
      ...labelled("with", crop(say(command, theme), 300, theme), 6, theme),
      ...labelled("by", `gradcheck ${version}, Node ${process.version}, ${process.platform} ${process.arch}`, 6, theme),
    ],
    debug && stack
      ? stack
          .split("\n")
          .slice(1)
          .map((line) => say(line, theme))
      : [],
    labelled(
      "help",
      `please report it with these three lines${debug ? "" : "; GRADCHECK_DEBUG=1 adds where it happened"}`,
      6,
      theme,
      "help",
    ),
  ])
}
