// What a finding says below its headline, as plain sentences for formats that have a message and no frames.
import type { Help } from "../findings/finding.ts"
import { offerOf, outcomeOf } from "./finding.ts"
import type { Tellable, Told } from "./told.ts"

/** What is said at the blamed place, the evidence, and the ways out. */
export function plainWords({ finding }: Told<Tellable>, help: readonly Help[] = finding.help): string[] {
  const { marks, evidence, notes } = finding
  const main = marks[0]?.text ?? ""
  return [
    ...(main === "" ? [] : [main]),
    ...evidence.map(({ label, text }) => (label === "" ? text : `${label}: ${text}`)),
    ...help.map(helpText),
    ...notes.map((n) => `note: ${n}`),
  ]
}

/** Code on the same line where it is one line. */
function helpText(help: Help): string {
  const { write } = help
  const question = offerOf(help)
  const outcome = outcomeOf(help)
  const tried = outcome ? ` (checked: ${outcome})` : ""
  if (write === undefined) return `help: ${question}${tried}`
  return write.includes("\n") ? `help: ${question}${tried}\n${write}` : `help: ${question}: ${write}${tried}`
}
