// Regions that are proved to have no gradient, in the user's own words.
import type { Certificate } from "../samples/prove.ts"
import type { Stretch } from "../samples/stretches.ts"
import { sideText } from "./words.ts"

/** The shortest decimal between two numbers that differ by rounding only; undefined when they differ by more. */
function borderBetween(from: number, to: number, spacing: number): string | undefined {
  const room = spacing * Math.max(Math.abs(from), Math.abs(to))
  if (to - from > 2 * room + TINY) return undefined
  for (let digits = 1; digits < 17; digits++) {
    const x = Number(((from + to) / 2).toPrecision(digits))
    if (x >= from - room - TINY && x <= to + room + TINY) return String(x + 0)
  }
  return String((from + to) / 2)
}
/** Nearer to 0 than this is 0. */
const TINY = 1e-15

function stretchText(name: string, stretches: readonly Stretch[], spacing: number): string | undefined {
  const parts: string[] = []
  for (const [k, { from, to, kind }] of stretches.entries()) {
    if (kind !== "dead") continue
    const gap = (s: Stretch | undefined): Stretch | undefined => (s?.kind === "undecided" ? s : undefined)
    const low = k === 0 ? null : borderBetween(gap(stretches[k - 1])?.from ?? from, from, spacing)
    const high = k === stretches.length - 1 ? null : borderBetween(to, gap(stretches[k + 1])?.to ?? to, spacing)
    if (low === undefined || high === undefined) return undefined
    parts.push(
      low === null
        ? high === null
          ? `for every ${name}`
          : `${name} < ${high}`
        : high === null
          ? `${name} > ${low}`
          : `${low} < ${name} < ${high}`,
    )
  }
  return parts.length > 0 ? parts.join(" or ") : undefined
}

/** "p < 0.1 or p > 0.9": where the gradient is proved to be 0; undefined where there is no such place, or no name for it. */
export function deadRegion(name: string, certificate: Certificate): string | undefined {
  if (certificate.dead === 0 || certificate.dead === 1) return undefined
  const sides = certificate.deadSides.map((s) => sideText(s.node, s.formula, s.sign))
  if (sides.length > 0 && sides.every((s) => s !== undefined)) return [...new Set(sides)].join(" or ")
  const { stretches, spacing } = certificate
  return stretches && spacing ? stretchText(name, stretches, spacing) : undefined
}
