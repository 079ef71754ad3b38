// Shares and counts in words, never rounded up to a certainty.

import type { ParameterEvidence } from "../samples/evidence.ts"
import type { Certificate } from "../samples/prove.ts"
import type { Counts } from "../samples/states.ts"
import { count } from "../source/count.ts"
import { provedText } from "./proved.ts"
import { deadRegion } from "./regions.ts"

/** "1 point in 10", "7 elements in 1,000". */
export function inShare(part: number, whole: number, { kind, node }: Pick<ParameterEvidence, "kind" | "node">): string {
  const what = kind === "element" && node.shape.length > 0 ? "element" : "point"
  const share = part / whole
  if (part === whole) return `every ${what}`
  if (share > 0.5) return `${Math.floor(100 * share)}% of ${what}s`
  const one = Math.round(1 / share)
  return one <= 10 ? `1 ${what} in ${one}` : `${count(part)} of ${count(whole)} ${what}s`
}

export const stateLine = (c: Counts): string =>
  (["live", "resting", "stuck", "flat", "broken"] as const)
    .filter((state) => state !== "flat" || c.flat > 0)
    .map((state) => `${state} ${count(c[state])}`)
    .join("   ")

/** What intervals prove, as evidence; empty when nothing is proved. */
export function provedLine(certificate: Certificate, name: string): { label: string; text: string }[] {
  const text = provedText(certificate, deadRegion(name, certificate), "range")
  return text === "" ? [] : [{ label: "proved", text }]
}
