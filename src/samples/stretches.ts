// Stretches along a parameter: where its gradient is proved to be 0 and where not, with borders as exact as they can be had.
import type { Interval } from "../ops/interval.ts"
import { type Axis, type Cell, type Kind, kindOf } from "./branch.ts"

export interface Stretch {
  readonly from: number
  readonly to: number
  readonly kind: Kind
}

/** Bisections on the way to a border: as many as a double has bits, and those of the search before. */
const BISECTIONS = 60

/** The cells along an axis, like ones joined, and what lies open beside a dead one decided as far as boxes can. */
export function stretchesAlong(
  cells: readonly Cell[],
  { read }: Axis,
  look: (box: readonly Interval[]) => readonly Interval[],
): Stretch[] {
  const [first] = cells
  const kindBetween = (lo: number, hi: number): Kind =>
    kindOf(look(first!.box.map((x, k) => (k === read ? { lo, hi, nan: false } : x)))[0]!)
  const found = joined(
    cells.map(({ box, kind }) => ({ from: box[read]!.lo, to: box[read]!.hi, kind })).sort((a, b) => a.from - b.from),
  )
  return joined(
    found.flatMap((s, k): Stretch[] => {
      const [before, after] = [found[k - 1]?.kind, found[k + 1]?.kind]
      if (s.kind !== "undecided" || !before || !after || (before !== "dead" && after !== "dead")) return [s]
      const low = farthest(s.from, s.to, (x) => kindBetween(s.from, x) === before)
      const high = farthest(s.to, low, (x) => kindBetween(x, s.to) === after)
      return [
        { from: s.from, to: low, kind: before },
        { from: low, to: high, kind: "undecided" },
        { from: high, to: s.to, kind: after },
      ]
    }),
  )
}

/** How far from `from` towards `to` something holds, by bisection. */
function farthest(from: number, to: number, holds: (x: number) => boolean): number {
  let [good, bad] = [from, to]
  for (let k = 0; k < BISECTIONS; k++) {
    const middle = (good + bad) / 2
    if (middle === good || middle === bad || !Number.isFinite(middle)) break
    if (holds(middle)) good = middle
    else bad = middle
  }
  return good
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = []
  for (const s of stretches) {
    const last = out.at(-1)
    if (last && last.kind === s.kind) out[out.length - 1] = { ...last, to: s.to }
    else if (s.to > s.from || stretches.length === 1) out.push(s)
  }
  return out
}
