// What could not be read as a finding like any other: cannot-read, with its place and its ways on.
import type { Problem } from "../source/problem.ts"
import type { Finding, Level } from "./finding.ts"
import type { NotUnderstood } from "./result.ts"

export const unreadableFinding = ({ problem, level, name }: NotUnderstood): Finding =>
  findingOf(problem, level ?? "warning", name)

/** A Problem told as a finding. Names that may have been meant stand at the mark, or in a line of their own. */
export function findingOf({ parts }: Problem, level: Level, blocks: string): Finding {
  const { headline, mark, also = [], help = [], note = [], close = [] } = parts
  const guess = close.length > 0 ? `did you mean ${close[0]}?` : ""
  return {
    rule: "cannot-read",
    level,
    headline,
    parameters: [],
    marks: mark ? [mark.text === "" ? { ...mark, text: guess } : mark, ...also] : [],
    evidence: close.length > 0 ? [{ label: "close", text: close.join("   ") }] : [],
    help: help.map((text) => ({ text })),
    notes: note,
    proof: "seen",
    blocks,
  }
}
