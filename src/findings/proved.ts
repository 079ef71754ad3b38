// What intervals prove, in good short words that never say more; apart from the rules, so that reports load none of them.

/** A share as a percentage that is never larger than the truth. */
export const atLeast = (share: number): string => {
  const parts = share >= 0.001 ? 1e3 : 1e6
  return `${Math.floor(parts * share) / (parts / 100)}%`
}

/** Shares of a range that intervals prove. */
interface Proved {
  readonly live: number
  readonly dead: number
  readonly undecided: number
}

/** That a gradient is neither NaN nor infinite; "" when nothing is proved, or "there is none" says it already. */
export const finiteText = ({ dead, finite }: Proved & { readonly finite: number }): string =>
  finite === 0 || dead === 1
    ? ""
    : finite === 1
      ? "never NaN or infinite"
      : `neither NaN nor infinite over at least ${atLeast(finite)}`

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
