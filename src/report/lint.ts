// Many files as text for people: each finding with its place, then what was looked at and what was not understood.
import type { Finding } from "../findings/finding.ts"
import type { LintedFile, NotUnderstood } from "../findings/result.ts"
import { unreadableFinding } from "../findings/unreadable.ts"
import { positionOf } from "../source/text.ts"
import { drawFinding, findingHeadline, joined } from "./finding.ts"
import { counted } from "./numbers.ts"
import type { Run, View } from "./run.ts"
import { chainOf } from "./scenes.ts"
import { say } from "./theme.ts"

/** "file:line:column" of a finding: its first mark in the file itself. */
function placeOf(file: LintedFile, line: number, marks: Finding["marks"]): string {
  const span = marks[0] && chainOf(marks[0].span).at(-1)
  if (!span || span.source.name !== file.file) return `${file.file}:${line}`
  const at = positionOf(span.source, span.start)
  return `${file.file}:${at.line}:${at.column}`
}

const because = ({ file, line, name, problem }: NotUnderstood): string =>
  `${file}:${line}   ${name === "" ? "" : `${name}: `}${problem.message}`

/** Findings with frames, or one line each when quiet; under verbose also what was not understood, and why. */
export function lintText({ files = [], seconds = 0 }: Run, { theme, quiet, verbose }: View): string {
  const blocks: string[][] = []
  let [errors, warnings] = [0, 0]
  for (const file of files) {
    const tell = (finding: Finding, line: number, name: string): void => {
      if (finding.level === "error") errors++
      if (finding.level === "warning") warnings++
      if (finding.level === "note" && !verbose) return
      const place = theme.paint("evidence", say(placeOf(file, line, finding.marks), theme))
      // Where nothing is marked, the headline must say of what file it speaks.
      const where = name !== "" ? ` in ${name}` : finding.marks.length > 0 || quiet ? "" : ` (${file.file})`
      const named = { ...finding, headline: `${finding.headline}${where}` }
      blocks.push(quiet ? [`${place}  ${findingHeadline(named, theme).join(" ")}`] : drawFinding(named, theme))
    }
    for (const unread of file.unreadable) tell(unreadableFinding(unread), unread.line, unread.name)
    for (const finding of file.findings ?? []) tell(finding, 1, "")
    for (const { result, line } of file.losses) for (const f of result.findings) tell(f, line, result.name)
  }
  const lost = files.flatMap((f) => f.notUnderstood)
  const losses = files.reduce((sum, f) => sum + f.losses.length, 0)
  if (verbose && lost.length > 0) blocks.push(["not understood", ...lost.map((u) => `  ${say(because(u), theme)}`)])
  if (files.length === 0)
    return `${say("there is nothing to look at here: no Python file, and no definition file", theme)}\n`
  const total = [
    `${counted(losses, "definition")} in ${counted(files.length, "file")}`,
    errors + warnings === 0
      ? "nothing found"
      : [...(errors ? [counted(errors, "error")] : []), ...(warnings ? [counted(warnings, "warning")] : [])].join(", "),
    ...(lost.length > 0 ? [`${lost.length} not understood${verbose ? "" : " (-v tells why)"}`] : []),
    `${seconds.toFixed(1)} s`,
  ].join(" · ")
  return `${joined([...(quiet ? [blocks.flat()] : blocks), [say(total, theme)]]).join("\n")}\n`
}
