// Results as text for people: one result in full, one in several number formats, or several side by side.
import type { LossResult } from "../findings/result.ts"
import { rangesText, settingsText } from "./assumed.ts"
import { compare } from "./compare.ts"
import { provedLines, sizeLines, verboseLines } from "./details.ts"
import { drawFinding, findingHeadline, joined } from "./finding.ts"
import { dotted } from "./lines.ts"
import { inFormats } from "./number-formats.ts"
import { drawProblem } from "./problem.ts"
import type { Run, View } from "./run.ts"
import type { Theme } from "./theme.ts"
import { drawVerdicts, verdictLines } from "./verdict.ts"

export function text({ results, problems, onsets }: Run, view: View): string {
  const [first] = results
  const lines = !first
    ? []
    : results.length === 1
      ? one(first, view)
      : results.every((r) => r.source.text === first.source.text)
        ? inFormats(results, onsets ?? [], view)
        : compare(results, view)
  const unread = view.whole
    ? problems.map(({ problem }) => drawProblem(problem, { kind: "cannot-read", more: [] }, view.theme))
    : []
  return joined([...unread, lines])
    .map((line) => `${line}\n`)
    .join("")
}

function one(result: LossResult, view: View): string[] {
  const { theme, quiet, verbose } = view
  const verdict = drawVerdicts(verdictLines(result), theme)
  if (quiet) return [...result.findings.flatMap((f) => findingHeadline(f, theme)), ...verdict]
  const healthy = result.verdict === "alive" && !result.findings.some((f) => f.level !== "note")
  const settings = dotted([...rangesText(result.inputs), ...settingsText(result)], theme)
  const sizes = healthy || verbose ? sizeLines(result, theme, verbose) : proofs(result, theme)
  const more = [...(sizes.length > 0 ? [sizes] : []), ...(verbose ? [verboseLines(result, theme)] : [])]
  return joined([
    ...result.findings.map((f) => drawFinding(f, theme)),
    ...(more.length > 0 ? [verdict, ...more, settings] : [[...verdict, ...settings]]),
  ])
}

/** What is proved of a parameter that is partly dead, where no finding tells it. */
function proofs(result: LossResult, theme: Theme): string[] {
  const told = result.findings.some((f) => f.evidence.some((e) => e.label === "proved"))
  const parts = Object.entries(result.parameters)
  return told
    ? []
    : parts.flatMap(([name, p]) =>
        p.verdict === "partial" ? provedLines(result, p, parts.length > 1 ? ` of ${name}` : "", theme) : [],
      )
}
