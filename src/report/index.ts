// The formats of a report: one row for each.
import { json } from "./json.ts"
import type { Format } from "./run.ts"
import { text } from "./text.ts"

export const reportFormats: ReadonlyMap<string, Format> = new Map([
  ["text", text],
  ["json", json],
])
