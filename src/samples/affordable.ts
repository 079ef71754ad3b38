// How many points a check of inputs that nobody stated may draw, and when that was too few.
import type { Traced } from "../graph/inputs.ts"
import { belowOf } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { Evidence } from "./evidence.ts"

/** Whether all of a loss rests at some points, and is stuck at none: rarely enough, that it is must be looked for. */
export const restsWhole = (first: Evidence): boolean =>
  first.parameters.some(
    ({ kind, reach, counts }) => kind === "point" && reach === "reached" && counts.resting > 0 && counts.stuck === 0,
  )

/** Numbers that a check of assumed shapes may compute, and the fewest points that it draws. */
const MOST_NUMBERS = 32_000
export const FEWEST = 64
/** Numbers beyond which even those take seconds, and how few points are drawn then. */
const VERY_MANY = 8_000_000
const VERY_FEW = 4

const powerBelow = (x: number): number => 2 ** Math.floor(Math.log2(x))

/**
 * So many points keep the work on large shapes, which nobody asked for, small: many elements show at few points what few
 * show at many. Powers of two, so that points drawn once serve the next definition, too.
 */
export const affordable = ({ root }: Traced): number => {
  let numbers = 1
  for (const node of belowOf(root)) numbers += sizeOf(node.shape)
  const few = Math.max(VERY_FEW, Math.min(FEWEST, powerBelow(VERY_MANY / numbers)))
  return Math.max(few, powerBelow(MOST_NUMBERS / numbers))
}
