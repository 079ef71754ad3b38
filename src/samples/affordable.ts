// How many points a check of inputs that nobody stated may draw, and when that was too few.
import type { Traced } from "../graph/inputs.ts"
import { belowOf } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { Evidence } from "./evidence.ts"

/**
 * Whether a few points may mislead: nothing has a gradient that might have one, or all of a loss rests at some of them
 * and is stuck at none, which is rare enough that it must be looked for.
 */
export const mayMislead = (first: Evidence): boolean =>
  first.parameters.some(
    ({ kind, reach, counts: { live, resting, stuck, broken } }) =>
      reach === "reached" && (live + broken === 0 || (kind === "point" && resting > 0 && stuck === 0)),
  )

/** Numbers that a check of assumed shapes may compute, and the fewest points that it draws. */
const MOST_NUMBERS = 16_000
const FEWEST = 32
/** Numbers beyond which even those take seconds, and how few points are drawn then. */
const VERY_MANY = 8_000_000
const VERY_FEW = 4
/** Points for a verdict that only says whether a whole look is worth it. */
export const GLANCED = 64
/** Numbers that a second look may compute, where the first may mislead. */
const MOST_AGAIN = 32_000_000

const powerBelow = (x: number): number => 2 ** Math.floor(Math.log2(x))

/** A few points, and many: what a first look at a loss draws, and what a second one may draw. */
export interface Affordable {
  readonly few: number
  readonly many: number
}

/**
 * So many points keep the work on large shapes, which nobody asked for, small: many elements show at few points what few
 * show at many. Powers of two, so that points drawn once serve the next definition, too.
 */
export function affordable({ root }: Traced, samples: number): Affordable {
  let numbers = 1
  for (const node of belowOf(root)) numbers += sizeOf(node.shape)
  const fewest = Math.max(VERY_FEW, Math.min(FEWEST, powerBelow(VERY_MANY / numbers)))
  const few = Math.min(samples, Math.max(fewest, powerBelow(MOST_NUMBERS / numbers)))
  return { few, many: Math.max(few, Math.min(samples, Math.floor(MOST_AGAIN / numbers))) }
}
