// What a case can be in and what a loss can be called: the words that evidence, findings and reports share.

/** What one case is; the order is that of `stateNames`. */
export const LIVE = 0
export const RESTING = 1
export const STUCK = 2
export const FLAT = 3
export const BROKEN = 4
export const stateNames = ["live", "resting", "stuck", "flat", "broken"] as const
export type StateName = (typeof stateNames)[number]
export type Counts = Readonly<Record<StateName, number>>

export type Verdict = "alive" | "saturating" | "partial" | "broken" | "dead" | "disconnected"
/** From the best to the worst. */
export const verdicts: readonly Verdict[] = ["alive", "saturating", "partial", "broken", "dead", "disconnected"]
