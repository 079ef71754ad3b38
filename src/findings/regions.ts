// Regions that are proved to have no gradient, in the user's own words.
import type { Certificate, Stretch } from "../samples/prove.ts"
import { sideText } from "./words.ts"

/** The shortest decimal between two numbers that differ by rounding of the search only. */
function borderBetween(from: number, to: number): string {
  for (let digits = 1; digits < 17; digits++) {
    const x = Number(((from + to) / 2).toPrecision(digits))
    if (x >= from && x <= to) return String(x)
  }
  return String((from + to) / 2)
}

/** A border is where two stretches meet, or the narrow stretch between them that the search left open. */
const NARROW = 2 ** -10

function stretchText(name: string, stretches: readonly Stretch[]): string | undefined {
  const [least, most] = [stretches[0]!.from, stretches.at(-1)!.to]
  const narrow = (s: Stretch): boolean => s.kind === "undecided" && s.to - s.from <= NARROW * (most - least)
  const wide = stretches.filter((s) => !narrow(s))
  if (wide.some((s) => s.kind === "undecided")) return undefined
  const parts = wide.flatMap((s, k) => {
    if (s.kind !== "dead") return []
    const before = wide[k - 1]
    const after = wide[k + 1]
    const low = before ? borderBetween(before.to, s.from) : undefined
    const high = after ? borderBetween(s.to, after.from) : undefined
    if (low === undefined && high === undefined) return [`for every ${name}`]
    return [
      low === undefined ? `${name} < ${high}` : high === undefined ? `${name} > ${low}` : `${low} < ${name} < ${high}`,
    ]
  })
  return parts.length > 0 ? parts.join(" or ") : undefined
}

/** "p < 0.1 or p > 0.9": where the gradient is proved to be 0; undefined where there is no such place, or no name for it. */
export function deadRegion(name: string, certificate: Certificate): string | undefined {
  if (certificate.dead === 0 || certificate.dead === 1) return undefined
  const sides = certificate.deadSides.map((s) => sideText(s.node, s.formula, s.sign))
  if (sides.length > 0 && sides.every((s) => s !== undefined)) return [...new Set(sides)].join(" or ")
  return certificate.stretches ? stretchText(name, certificate.stretches) : undefined
}
