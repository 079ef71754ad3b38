// Shares and counts in words, never rounded up to a certainty.

import type { Counts, ParameterEvidence } from "../samples/evidence.ts"
import type { Certificate } from "../samples/prove.ts"
import { count } from "../source/count.ts"
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

/** A share as a percentage that is never larger than the truth. */
export const atLeast = (share: number): string => {
  const tenths = Math.floor(1000 * share) / 10
  return tenths === 0 && share > 0 ? "under 0.1%" : `${tenths}%`
}

/** Shares of a range that intervals prove. */
interface Proved {
  readonly live: number
  readonly dead: number
  readonly undecided: number
}

/** What is proved, in good short words; "" when nothing is. `ranges` is what the shares are of. */
export function provedText({ live, dead, undecided }: Proved, region: string | undefined, ranges: string): string {
  if (live + dead === 0) return ""
  if (live === 1) return `a gradient everywhere in the ${ranges}`
  if (dead === 1) return `no gradient anywhere in the ${ranges}`
  // A search that left next to nothing open has found halves and quarters to be what they are; else it is a bound.
  const settled = undecided < 1 / 1024
  const exact = (share: number): string =>
    settled && Number.isInteger(1024 * share) ? atLeast(share) : `at least ${atLeast(share)}`
  const none = region
    ? `no gradient for ${region} (${exact(dead)} of the ${ranges})`
    : `no gradient over ${exact(dead)} of the ${ranges}`
  if (dead === 0) return `a gradient over ${exact(live)} of the ${ranges}`
  if (live === 0) return none
  return `${none}, ${undecided === 0 ? "one everywhere else" : `one over ${exact(live)}`}`
}

/** The same as evidence; empty when nothing is proved. */
export function provedLine(certificate: Certificate, name: string): { label: string; text: string }[] {
  const text = provedText(certificate, deadRegion(name, certificate), "range")
  return text === "" ? [] : [{ label: "proved", text }]
}
