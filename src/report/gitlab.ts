// GitLab's code quality report: what the merge request shows as new and as fixed, told apart by keys without line numbers.
import type { Level } from "../findings/finding.ts"
import { EXPRESSION } from "./concise.ts"
import { inJson } from "./json.ts"
import { plainWords } from "./plain.ts"
import type { Run, View } from "./run.ts"
import { allWithLost, type Tellable, type Told } from "./told.ts"

const severities: Readonly<Record<Level, string>> = { error: "critical", warning: "minor", note: "info" }

export function gitlab(run: Run, view: View): string {
  const seen = new Map<string, number>()
  // GitLab shows one of several entries with one fingerprint, so those that are alike are counted.
  const unique = (key: string): string => {
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times === 1 ? key : `${key}|${times}`
  }
  const entry = (told: Told<Tellable>) => ({
    description: [told.headline, told.finding.marks[0]?.text ?? ""].filter((t) => t !== "").join(": "),
    content: { body: plainWords(told).join("\n\n") },
    check_name: told.finding.rule,
    fingerprint: unique(told.key),
    severity: severities[told.finding.level],
    location: {
      path: told.place.file === "" ? EXPRESSION : told.place.file,
      lines: { begin: told.place.start.line, end: told.place.end.line },
    },
  })
  return inJson(allWithLost(run).map(entry), view)
}
