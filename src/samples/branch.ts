// Branch and bound over boxes: one element of a gradient, looked at over smaller and smaller parts of what it reads.
import { bounds, type Range } from "../definitions/ranges.ts"
import type { Interval } from "../ops/interval.ts"
import { inverse } from "./distributions.ts"

/** A direction to split in: the values of one number by the share of draws below them. */
export interface Axis {
  /** Which of the numbers that are read. */
  readonly read: number
  /** Single values with their shares, or a quantile function on [0, 1]. */
  readonly values?: readonly (readonly [value: number, share: number])[]
  readonly quantile?: (share: number) => number
}

/** Whole numbers of wider ranges are split as others are. */
const MOST_VALUES = 64

const alike = (values: readonly number[]): (readonly [number, number])[] => values.map((v) => [v, 1 / values.length])

/** How draws from a range spread along a line; undefined where one element hangs on others. */
export function axisOf(range: Range): Omit<Axis, "read"> | undefined {
  switch (range.kind) {
    case "simplex":
    case "onehot":
    case "unit":
    case "sorted":
    case "list":
      return undefined
    case "set":
      return { values: alike(range.values) }
    case "bernoulli": {
      const both = [
        [0, 1 - range.q],
        [1, range.q],
      ] as const
      return { values: both.filter(([, share]) => share > 0) }
    }
    default: {
      const { low, high } = bounds(range)
      if (range.kind === "interval" && range.whole && high - low < MOST_VALUES)
        return { values: alike(Array.from({ length: high - low + 1 }, (_, k) => low + k)) }
      const draw = inverse(range)
      return { quantile: (u) => (u === 0 ? low : u === 1 ? high : draw(u)) }
    }
  }
}

/** All that a number drawn from a range can be. */
export function wholeOf(range: Range | undefined): Interval {
  const { low, high } = range ? bounds(range) : { low: -Infinity, high: Infinity }
  return { lo: low, hi: high, nan: false }
}

export type Kind = "live" | "dead" | "undecided"

/** A part of the ranges, and what is proved of it. */
export interface Cell {
  /** For each number that is read. */
  readonly box: readonly Interval[]
  /** Its share of the ranges. */
  readonly weight: number
  readonly kind: Kind
  /** The gradient is certainly neither NaN nor infinite. */
  readonly finite: boolean
  /** What the look at it gave; the gradient first. */
  readonly found?: readonly Interval[]
}

/** What a gradient over a box is: 0 everywhere, finite and 0 nowhere, or not known. */
export function kindOf(g: Interval): Kind {
  if (g.nan || g.lo > g.hi) return "undecided"
  if (g.lo === 0 && g.hi === 0) return "dead"
  return (g.lo > 0 && g.hi < Infinity) || (g.hi < 0 && g.lo > -Infinity) ? "live" : "undecided"
}

/** Neither NaN nor infinite anywhere in a box. */
export const isFiniteOver = (g: Interval): boolean => !g.nan && g.lo > -Infinity && g.hi < Infinity

/** Stretches narrower than this share of the range are not split further. */
const FINEST = 2 ** -14

/** A part of the ranges that is still to be looked at. */
interface Part {
  readonly box: readonly Interval[]
  /** For each axis with a quantile function, the share of draws below it and up to its end. */
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly weight: number
  /** Proved of a larger part already. */
  readonly finite: boolean
}

function put<T>(list: readonly T[], at: number, value: T): T[] {
  const out = list.slice()
  out[at] = value
  return out
}

/** Splits `whole` along `axes` until all is decided or `looks` boxes were looked at; the widest parts first. */
export function branch(
  look: (box: readonly Interval[]) => readonly Interval[],
  whole: readonly Interval[],
  axes: readonly Axis[],
  looks: number,
  decide = kindOf,
): Cell[] {
  const lines = axes.filter((a) => a.quantile)
  let queue: Part[] = [{ box: whole, from: lines.map(() => 0), to: lines.map(() => 1), weight: 1, finite: false }]
  // Sets are taken apart first: a target is 0 or 1, not between.
  for (const { values, read } of axes)
    if (values)
      queue = queue.flatMap((part) =>
        values.map(([v, share]) => ({
          ...part,
          box: put(part.box, read, { lo: v, hi: v, nan: false }),
          weight: part.weight * share,
        })),
      )
  const cells: Cell[] = []
  for (let at = 0; at < queue.length; at++) {
    const { box, from, to, weight, finite: known } = queue[at]!
    const found = at < looks ? look(box) : undefined
    const kind = found ? decide(found[0]!) : "undecided"
    const finite = known || (found !== undefined && isFiniteOver(found[0]!))
    let [widest, width] = [0, 0]
    for (let k = 0; k < from.length; k++) if (to[k]! - from[k]! > width) [widest, width] = [k, to[k]! - from[k]!]
    if (kind !== "undecided" || at + 1 >= looks || width <= FINEST) {
      cells.push({ box, weight, kind, finite, ...(found ? { found } : {}) })
      continue
    }
    const { read, quantile } = lines[widest]!
    const middle = (from[widest]! + to[widest]!) / 2
    const [x, { lo, hi }] = [quantile!(middle), box[read]!]
    queue.push(
      { box: put(box, read, { lo, hi: x, nan: false }), from, to: put(to, widest, middle), weight: weight / 2, finite },
      {
        box: put(box, read, { lo: x, hi, nan: false }),
        from: put(from, widest, middle),
        to,
        weight: weight / 2,
        finite,
      },
    )
  }
  return cells
}
