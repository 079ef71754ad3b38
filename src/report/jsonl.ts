// One finding a line, as the JSON report has them; a definition that is not understood is a line, too: there is no other place.
import { findingEntry, inJson } from "./json.ts"
import type { Run, View } from "./run.ts"
import { allWithLost } from "./told.ts"

export const jsonl = (run: Run, view: View): string =>
  allWithLost(run)
    .map((t) => inJson(findingEntry(t), view, 0))
    .join("")
