// Proof by intervals: over which part of the ranges the gradient is certainly 0, or certainly not, by branch and bound.
import type { Range } from "../definitions/ranges.ts"
import { bounds } from "../definitions/ranges.ts"
import { dependents, lowerFormula } from "../gradient/differentiate.ts"
import { compileIntervals, type IntervalProgram, runIntervals } from "../gradient/intervals.ts"
import type { TracedInput } from "../graph/inputs.ts"
import { belowOf, type Node } from "../graph/node.ts"
import type { Interval } from "../ops/interval.ts"
import type { NumberFormat } from "../ops/record.ts"
import { sizeOf } from "../ops/shapes.ts"
import { ndtri } from "../ops/special.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"

/** Shares of the range, weighed as the points are drawn: certainly live, certainly without gradient, and the rest. */
export interface Certificate {
  readonly live: number
  readonly dead: number
  readonly undecided: number
  /** Where the gradient is certainly neither NaN nor infinite, whether it is 0 or not. */
  readonly finite: number
  /** Sides of kinks that together hold all that is dead and nothing that is live: "formula below 0" or above. */
  readonly deadSides: readonly Side[]
  /** Along a single input: maximal stretches without gradient and with one, in order. */
  readonly stretches?: readonly Stretch[]
}

export interface Side {
  readonly node: Node
  /** A kink or jump formula of the node's operation, as its record has it. */
  readonly formula: string
  readonly sign: 1 | -1
}

export interface Stretch {
  readonly from: number
  readonly to: number
  readonly kind: "live" | "dead" | "undecided"
}

/** Boxes looked at before the rest stays undecided; a few milliseconds. */
export const DEFAULT_BUDGET = 400
/** More axes than this are not split: the whole box is looked at once. */
const MOST_AXES = 4
/** Stretches narrower than this share of the range are not split further. */
const FINEST = 2 ** -14

/** One direction to split in: the values of one scalar input by the share of draws below them. */
interface Axis {
  readonly input: TracedInput
  /** Discrete values with equal shares, or a quantile function on [0, 1]. */
  readonly values?: readonly number[]
  readonly quantile?: (share: number) => number
}

function axisOf(input: TracedInput, range: Range): Axis | undefined {
  switch (range.kind) {
    case "interval": {
      if (!range.whole)
        return {
          input,
          quantile: (u) => (u === 0 ? range.low : u === 1 ? range.high : range.low + (range.high - range.low) * u),
        }
      const count = range.high - range.low + 1
      return count <= 64 ? { input, values: Array.from({ length: count }, (_, k) => range.low + k) } : undefined
    }
    case "set":
      return { input, values: range.values }
    case "bernoulli":
      return range.q === 0.5 ? { input, values: [0, 1] } : undefined
    case "normal":
      return { input, quantile: (u) => (u === 0 ? -Infinity : u === 1 ? Infinity : range.mean + range.sd * ndtri(u)) }
    case "exponential":
      return { input, quantile: (u) => (u === 0 ? 0 : u === 1 ? Infinity : -range.scale * Math.log1p(-u)) }
    default:
      return undefined
  }
}

interface Cell {
  readonly box: ReadonlyMap<string, readonly Interval[]>
  readonly shares: readonly (readonly [number, number])[]
  readonly weight: number
}

const filled = (size: number, lo: number, hi: number): readonly Interval[] =>
  new Array<Interval>(size).fill({ lo, hi, nan: false })

/** Neither NaN nor infinite anywhere in a box. */
const allFinite = (gradient: readonly Interval[]): boolean =>
  gradient.every((g) => !g.nan && g.lo > -Infinity && g.hi < Infinity)

/** What a gradient over a box is: 0 everywhere, finite and 0 nowhere, or not known. */
function verdictOf(gradient: readonly Interval[]): "live" | "dead" | "undecided" {
  if (gradient.some((g) => g.nan || g.lo > g.hi)) return "undecided"
  if (gradient.every((g) => g.lo === 0 && g.hi === 0)) return "dead"
  return gradient.every((g) => (g.lo > 0 && g.hi < Infinity) || (g.hi < 0 && g.lo > -Infinity)) ? "live" : "undecided"
}

/**
 * Certifies a parameter's gradient. Vectors are looked at as a whole, once; scalars, and losses of few scalar inputs, are
 * split until the budget of boxes is used up.
 */
export function certify(evidence: Evidence, parameter: ParameterEvidence, budget = DEFAULT_BUDGET): Certificate {
  const { traced, ranges, format } = evidence.question
  const adjoint = evidence.differentiated.adjoints.get(parameter.node)
  if (!adjoint) return { live: 0, dead: 1, undecided: 0, finite: 1, deadSides: [] }
  const edges = edgesBetween(evidence, parameter)
  const program = compileIntervals([adjoint, ...edges.map((e) => e.value)])
  const base = new Map<string, readonly Interval[]>()
  const axes: Axis[] = []
  let splittable = true
  const used = belowOf(adjoint)
  for (const input of traced.inputs) {
    const size = sizeOf(input.node.shape)
    const range = ranges.get(input.name)
    const { low, high } = range ? bounds(range) : { low: -Infinity, high: Infinity }
    base.set(input.name, filled(size, low, high))
    // Kinks are looked at over what the gradient itself does not depend on, and not split along it.
    if (!used.has(input.node)) continue
    const axis = range && size === 1 ? axisOf(input, range) : undefined
    if (axis) axes.push(axis)
    else splittable = false
  }
  const cells = axes.reduce((n, a) => n * (a.values?.length ?? 1), 1)
  if (!splittable || axes.length > MOST_AXES || cells > budget) {
    const whole = runIntervals(program, base, format)[0]!
    const verdict = verdictOf(whole)
    return {
      live: verdict === "live" ? 1 : 0,
      dead: verdict === "dead" ? 1 : 0,
      undecided: verdict === "undecided" ? 1 : 0,
      finite: allFinite(whole) ? 1 : 0,
      deadSides: [],
    }
  }
  return split(program, base, axes, edges, format, budget)
}

function boxOf(axes: readonly Axis[], shares: Cell["shares"]): Cell["box"] {
  return new Map(
    axes.map((axis, k): [string, readonly Interval[]] => {
      const [a, b] = shares[k]!
      if (axis.values) {
        const own = axis.values.slice(Math.round(a * axis.values.length), Math.round(b * axis.values.length))
        return [axis.input.name, [{ lo: Math.min(...own), hi: Math.max(...own), nan: false }]]
      }
      return [axis.input.name, [{ lo: axis.quantile!(a), hi: axis.quantile!(b), nan: false }]]
    }),
  )
}

function split(
  program: IntervalProgram,
  base: ReadonlyMap<string, readonly Interval[]>,
  axes: readonly Axis[],
  edges: readonly Edge[],
  format: NumberFormat,
  budget: number,
): Certificate {
  let cells: Cell[] = [{ box: new Map(), shares: axes.map(() => [0, 1] as const), weight: 1 }]
  // Sets are taken apart first: a target is 0 or 1, not between.
  axes.forEach((axis, k) => {
    if (!axis.values) return
    const n = axis.values.length
    cells = cells.flatMap((c) =>
      axis.values!.map((_, j) => ({
        ...c,
        shares: c.shares.map((s, i) => (i === k ? ([j / n, (j + 1) / n] as const) : s)),
        weight: c.weight / n,
      })),
    )
  })
  let [live, dead, undecided, finite, looks] = [0, 0, 0, 0, 0]
  const single = axes.length === 1 && !axes[0]!.values
  const found: Stretch[] = []
  const sides: { kind: "live" | "dead"; signs: (1 | 0 | -1)[] }[] = []
  // The widest cells first, so that the budget is spent evenly.
  const queue = [...cells]
  for (let at = 0; at < queue.length; at++) {
    const cell = queue[at]!
    const results =
      looks < budget ? runIntervals(program, new Map([...base, ...boxOf(axes, cell.shares)]), format) : undefined
    const kind = results ? verdictOf(results[0]!) : "undecided"
    looks++
    const widest = axes.reduce(
      (best, axis, k) =>
        !axis.values &&
        cell.shares[k]![1] - cell.shares[k]![0] > (best < 0 ? 0 : cell.shares[best]![1] - cell.shares[best]![0])
          ? k
          : best,
      -1,
    )
    const width = widest < 0 ? 0 : cell.shares[widest]![1] - cell.shares[widest]![0]
    if (kind === "undecided" && looks < budget && width > FINEST) {
      const [a, b] = cell.shares[widest]!
      for (const half of [
        [a, (a + b) / 2],
        [(a + b) / 2, b],
      ] as const)
        queue.push({ ...cell, shares: cell.shares.map((s, i) => (i === widest ? half : s)), weight: cell.weight / 2 })
      continue
    }
    if (kind === "live") live += cell.weight
    else if (kind === "dead") dead += cell.weight
    else undecided += cell.weight
    if (results && allFinite(results[0]!)) finite += cell.weight
    if (results && kind !== "undecided") sides.push({ kind, signs: results.slice(1).map((r) => signOf(r[0]!)) })
    if (single)
      found.push({ from: axes[0]!.quantile!(cell.shares[0]![0]), to: axes[0]!.quantile!(cell.shares[0]![1]), kind })
  }
  return {
    live,
    dead,
    undecided,
    finite,
    deadSides: sidesThatHold(edges, sides),
    ...(single ? { stretches: merge(found) } : {}),
  }
}

/** Which side of 0 a formula is on over a whole box; 0 when on both. */
const signOf = (x: Interval): 1 | 0 | -1 => (x.nan ? 0 : x.lo >= 0 && x.hi > 0 ? 1 : x.hi <= 0 && x.lo < 0 ? -1 : 0)

/** Sides on which nothing is live, as few as hold all that is dead; none when some dead cell lies on no such side. */
function sidesThatHold(
  edges: readonly Edge[],
  cells: readonly { kind: "live" | "dead"; signs: readonly (1 | 0 | -1)[] }[],
): Side[] {
  const dead = cells.filter((c) => c.kind === "dead")
  const live = cells.filter((c) => c.kind === "live")
  const candidates = edges.flatMap((edge, k) =>
    ([1, -1] as const)
      .filter((sign) => live.every((c) => c.signs[k] === -sign))
      .map((sign) => ({ edge, k, sign, covers: dead.filter((c) => c.signs[k] === sign) })),
  )
  const chosen: Side[] = []
  let left = new Set(dead)
  while (left.size > 0) {
    const best = candidates
      .map((c) => ({ ...c, gain: c.covers.filter((d) => left.has(d)).length }))
      .sort((a, b) => b.gain - a.gain)[0]
    if (!best || best.gain === 0) return []
    chosen.push({ node: best.edge.node, formula: best.edge.formula, sign: best.sign })
    left = new Set([...left].filter((d) => !best.covers.includes(d)))
  }
  return chosen
}

interface Edge {
  readonly node: Node
  readonly formula: string
  readonly value: Node
}

/** More kinks than this are not tried as names for a region. */
const MOST_EDGES = 12

/** Kinks on the way to the parameter, and the jumps of comparisons that something there is chosen by. */
function edgesBetween({ question: { traced } }: Evidence, parameter: ParameterEvidence): Edge[] {
  const edges: Edge[] = []
  const add = (node: Node, formulas: readonly string[] | undefined): void => {
    for (const formula of formulas ?? []) {
      const value = lowerFormula(traced.graph, node, formula)
      if (value.shape.length === 0) edges.push({ node, formula, value })
    }
  }
  for (const node of dependents(traced.root, new Set([parameter.node]))) {
    add(node, node.op.kinks)
    if (node.op.branches) for (const input of node.inputs) if (input.type === "truth") add(input, input.op.jumps)
  }
  return edges.slice(0, MOST_EDGES)
}

function merge(found: readonly Stretch[]): Stretch[] {
  const sorted = [...found].sort((a, b) => a.from - b.from)
  const out: Stretch[] = []
  for (const s of sorted) {
    const last = out.at(-1)
    if (last && last.kind === s.kind) out[out.length - 1] = { ...last, to: s.to }
    else out.push(s)
  }
  return out
}
