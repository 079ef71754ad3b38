// Names for what is proved to be dead: the sides of borders that hold it all, and on which nothing else is.
import type { runnerOf } from "../gradient/elements.ts"
import type { Interval } from "../ops/interval.ts"
import { type Axis, type Cell, kindOf } from "./branch.ts"
import type { Group } from "./groups.ts"
import { type Border, knownOn, type Side, sideOf } from "./sides.ts"

/**
 * mixed: one element of the gradient reads more numbers than can be split; joint: it reads numbers that are drawn together;
 * large: too many steps to look at each element; budget: more boxes would decide more.
 */
export type Open = "mixed" | "joint" | "large" | "budget"

/** What is proved of a group. */
export interface Proof {
  readonly group: Group
  readonly cells: readonly Cell[]
  readonly axes: readonly Axis[]
  readonly open: Open
  readonly run: ReturnType<typeof runnerOf>
  readonly whole: readonly Interval[]
}

/** Where a cell lies against the k-th border. */
const sideOfCell = ({ found }: Cell, k: number): 1 | 0 | -1 =>
  found ? sideOf(found[2 * k + 1]!, found[2 * k + 2]!) : 0

/** Sides on which all is dead, as few as hold all that is dead; none when some dead cell lies on no such side. */
export function deadSidesOf(proofs: readonly Proof[], borders: readonly Border[]): Side[] {
  const dead = proofs.flatMap((p) => p.cells.filter((c) => c.kind === "dead"))
  const candidates = borders.flatMap((border, k) =>
    ([1, -1] as const).flatMap((sign) => {
      const covers = dead.filter((c) => sideOfCell(c, k) === sign)
      return covers.length > 0 && proofs.every((p) => isDeadOn(p, k, sign)) ? [{ border, sign, covers }] : []
    }),
  )
  const chosen: (typeof candidates)[number][] = []
  let left = new Set(dead)
  while (left.size > 0) {
    const best = candidates
      .map((c) => ({ ...c, gain: c.covers.filter((d) => left.has(d)).length }))
      .sort((a, b) => b.gain - a.gain)[0]
    if (!best || best.gain === 0) return []
    chosen.push(best)
    left = new Set([...left].filter((d) => !best.covers.includes(d)))
  }
  return candidates
    .filter((c) => chosen.some(({ border, sign }) => border === c.border && sign === c.sign))
    .map(({ border: { node, formula }, sign }) => ({ node, formula, sign }))
}

/** Whether a group's gradient is proved to be 0 all over one side of a border. */
function isDeadOn({ group, cells, run, whole }: Proof, k: number, sign: 1 | -1): boolean {
  if (cells.some((c) => c.kind === "live" && sideOfCell(c, k) !== -sign)) return false
  const [, ...slots] = group.line.outputs
  const known = knownOn(group.line, slots[2 * k]!, slots[2 * k + 1]!, sign)
  const isDead = (box: readonly Interval[]): boolean => kindOf(run(box, known)[0]!) === "dead"
  return isDead(whole) || cells.every((c) => c.kind !== "undecided" || sideOfCell(c, k) === -sign || isDead(c.box))
}
