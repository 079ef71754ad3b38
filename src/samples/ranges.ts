// The ranges of inputs that nobody stated: by name, by use, and such that the value exists.
import type { Candidate } from "../definitions/candidates.ts"
import { bounds, type Range } from "../definitions/ranges.ts"
import { anyRange, partOf, rangeOfName } from "../definitions/roles.ts"
import { compute } from "../gradient/compile.ts"
import type { Traced, TracedInput } from "../graph/inputs.ts"
import { drawPoints } from "./points.ts"

export interface Assumption {
  readonly name: string
  readonly range: Range
  readonly why: string
}

/** Why a range was assumed, where neither the source nor the name says one. */
export const NO_CLUE = "no clue"
export const WHERE_FINITE = "where the value is finite"

const interval = (low: number, high: number): Range => ({ kind: "interval", low, high, whole: false })
/** Ranges that are tried, in this order, when the one by name gives no finite value. */
const narrower: readonly Range[] = [interval(0, 1), interval(0.01, 5), interval(-0.99, 0.99), interval(1.01, 5)]
const TRIED = 64

/** The share of points at which the value is a finite number. */
function finiteShare(traced: Traced, ranges: ReadonlyMap<string, Range>): number {
  const points = drawPoints(traced, ranges, TRIED, 0)
  const values = compute([traced.root], "float64", points)[0]!
  let finite = 0
  for (const v of values) if (Number.isFinite(v)) finite++
  return values.length > 0 ? finite / values.length : 1
}

/** Whether every value of a range is a position: a whole number below `classes`. */
export function holdsPositions(range: Range, classes: number): boolean {
  const { low, high } = bounds(range)
  const whole =
    range.kind === "set"
      ? range.values.every(Number.isInteger)
      : range.kind === "interval"
        ? range.whole
        : range.kind === "bernoulli"
  return whole && low >= 0 && high < classes
}

/** Ranges for all inputs. */
export interface Settled {
  readonly ranges: ReadonlyMap<string, Range>
  /** What was assumed where nothing was given. */
  readonly assumed: readonly Assumption[]
  /** Inputs whose range only their name tells, or nothing at all. */
  readonly open: readonly TracedInput[]
}

/** Those that were given, and assumptions for the others. */
export function settleRanges(
  traced: Traced,
  given: ReadonlyMap<string, Range>,
  parameters: readonly string[],
  assume?: Candidate,
): Settled {
  const ranges = new Map(given)
  const open: TracedInput[] = []
  const assumed: Assumption[] = []
  for (const input of traced.inputs) {
    if (ranges.has(input.name) || input.kind === "uniform" || input.kind === "normal") continue
    const classes = input.classes
    const side = assume?.inputs.get(input.name)
    const among = classes === undefined || !side?.range || bounds(side.range).high < classes
    if (side?.range && among) {
      ranges.set(input.name, side.range)
      assumed.push({ name: input.name, range: side.range, why: assume!.what })
    } else if (classes !== undefined && classes >= 1) {
      const range: Range = { kind: "interval", low: 0, high: classes - 1, whole: true }
      ranges.set(input.name, range)
      assumed.push({ name: input.name, range, why: "its use as a position" })
    } else {
      // Where only targets are there to be trained, what their names tell of labels is not meant.
      const trained = parameters.includes(input.name) && partOf(input.name) === "target"
      ranges.set(input.name, (trained ? undefined : rangeOfName(input.name)) ?? anyRange)
      open.push(input)
    }
  }
  for (const { name } of open) {
    const range = ranges.get(name)!
    const named = range !== anyRange && rangeOfName(name) !== undefined
    assumed.push({ name, range, why: named ? "its name" : NO_CLUE })
  }
  return { ranges, assumed, open }
}

/** Narrower ranges for open inputs, where the value is finite at more points; the same where there are none. */
export function narrowRanges(traced: Traced, settled: Settled): Settled {
  const ranges = new Map(settled.ranges)
  let best = finiteShare(traced, ranges)
  const moved = new Set<string>()
  for (const input of settled.open) {
    if (best === 1) break
    const before = ranges.get(input.name)!
    let choice = before
    for (const range of narrower) {
      ranges.set(input.name, range)
      const share = finiteShare(traced, ranges)
      if (share > best) [best, choice] = [share, range]
      if (best === 1) break
    }
    ranges.set(input.name, choice)
    if (choice !== before) moved.add(input.name)
  }
  if (moved.size === 0) return settled
  const assumed = settled.assumed.map((a) =>
    moved.has(a.name) ? { name: a.name, range: ranges.get(a.name)!, why: WHERE_FINITE } : a,
  )
  return { ...settled, ranges, assumed }
}
