// Proof by intervals: over which part of the ranges each element of a gradient is certainly 0, or certainly not.
import { constantsOf, isSameEverywhere, keyOf, type Line, liner, type Read, runnerOf } from "../gradient/elements.ts"
import { spacing } from "../gradient/formats.ts"
import { compileIntervals, runIntervals } from "../gradient/intervals.ts"
import { hull, type Interval } from "../ops/interval.ts"
import { sizeOf } from "../ops/shapes.ts"
import { type Axis, axisOf, branch, type Cell, isFiniteOver, kindOf, wholeOf } from "./branch.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"
import { type Border, besides, bordersBetween, knownOn, type Side, sideOf } from "./sides.ts"
import { type Stretch, stretchesAlong } from "./stretches.ts"

/** Shares of the range, weighed as the points are drawn: certainly live, certainly without gradient, and the rest. */
export interface Certificate {
  readonly live: number
  readonly dead: number
  readonly undecided: number
  /** Where the gradient is certainly neither NaN nor infinite, whether it is 0 or not. */
  readonly finite: number
  /** Sides of kinks that together hold all that is dead, and on which it is proved that all is. */
  readonly deadSides: readonly Side[]
  /** Along the parameter, where its gradient hangs on nothing else: maximal stretches without gradient and with one, in order. */
  readonly stretches?: readonly Stretch[]
  /** What lies between two numbers of the format, against their size: borders are known no better. */
  readonly spacing?: number
  /** Why the rest is undecided. */
  readonly open?: Open
}

/**
 * mixed: one element of the gradient reads more numbers than can be split; joint: it reads numbers that are drawn together;
 * large: too many steps to look at each element; budget: more boxes would decide more.
 */
export type Open = "mixed" | "joint" | "large" | "budget"

/** Boxes looked at before the rest stays undecided; a few milliseconds. */
export const DEFAULT_BUDGET = 400
/** An element that reads more numbers is split along the parameter alone. */
const MOST_AXES = 4
/** What all looks together may cost, and all lines, for each box of the budget: steps and numbers read. */
const COST_A_BOX = 300
const LINES_A_BOX = 25
/** Where elements mix there is little to find, and each look is long: it gets this part of the budget. */
const MIXED = 1 / 16

/** An element of the gradient, with a line that computes it: what that reads here, and the constants in it. */
interface Element {
  readonly element: number
  readonly line: Line
  readonly reads: readonly Read[]
  readonly constants: readonly Interval[]
}

/** Elements of a gradient that are computed alike from numbers of the same ranges. */
interface Group {
  readonly line: Line
  /** What holds the constants of all of them. */
  readonly constants: readonly Interval[]
  readonly members: readonly Element[]
}

/** What is proved of a group. */
export interface Proof {
  readonly group: Group
  readonly cells: readonly Cell[]
  readonly axes: readonly Axis[]
  readonly open: Open
  readonly run: ReturnType<typeof runnerOf>
  readonly whole: readonly Interval[]
}

/** Certifies a parameter's gradient, element by element. */
export function certify(evidence: Evidence, parameter: ParameterEvidence, budget = DEFAULT_BUDGET): Certificate {
  if (!evidence.differentiated.adjoints.has(parameter.node))
    return { live: 0, dead: 1, undecided: 0, finite: 1, deadSides: [] }
  const borders = bordersBetween(evidence, parameter)
  const proofs = prove(evidence, parameter, borders, budget)
  return proofs ? summarise(evidence, proofs, borders, parameter) : lookOnce(evidence, parameter)
}

/** One look over the whole ranges at all elements. */
function lookOnce({ question, differentiated }: Evidence, { node }: ParameterEvidence): Certificate {
  const { traced, ranges, format } = question
  const box = new Map(
    traced.inputs.map((i) => [i.name, new Array<Interval>(sizeOf(i.node.shape)).fill(wholeOf(ranges.get(i.name)))]),
  )
  const [all] = runIntervals(compileIntervals([differentiated.adjoints.get(node)!]), box, format)
  const share = (has: (g: Interval) => boolean): number => all!.filter(has).length / all!.length
  return {
    live: share((g) => kindOf(g) === "live"),
    dead: share((g) => kindOf(g) === "dead"),
    undecided: share((g) => kindOf(g) === "undecided"),
    finite: share(isFiniteOver),
    deadSides: [],
    open: "large",
  }
}

/** Proofs for all elements of a gradient; undefined where there are too many steps. */
export function prove(
  evidence: Evidence,
  parameter: ParameterEvidence,
  borders: readonly Border[],
  budget: number,
): Proof[] | undefined {
  const elements = elementsOf(evidence, parameter, borders, budget * LINES_A_BOX)
  if (!elements) return undefined
  const together = grouped(elements, keyOf)
  const apart = together.flatMap(({ members }) => grouped(members, (line) => line.constants.map((c) => c.value).join()))
  const all = (groups: readonly Group[], looks: number): Proof[] =>
    groups.map((group) => proveGroup(evidence, parameter, group, looks / groups.length))
  if (apart.length === together.length) return all(apart, budget)
  // Weights that differ need not matter: first as if each could be any of them, then one by one.
  const rough = all(together, budget / 2)
  return rough.every((p) => p.cells.every((c) => c.kind !== "undecided"))
    ? rough
    : betterOf(rough, all(apart, budget / 2))
}

const shareOf = (proofs: readonly Proof[], has: (cell: Cell) => boolean): number =>
  sum(proofs.map((p) => p.group.members.length * sum(p.cells.map((c) => (has(c) ? c.weight : 0))))) /
  sum(proofs.map((p) => p.group.members.length))
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
const isOpen = (c: Cell): boolean => c.kind === "undecided"
const betterOf = (a: Proof[], b: Proof[]): Proof[] => (shareOf(b, isOpen) < shareOf(a, isOpen) ? b : a)

/** Each element with its line, and in it what stands on both sides of the borders beside it. */
function elementsOf(
  { differentiated, question: { traced } }: Evidence,
  { node }: ParameterEvidence,
  borders: readonly Border[],
  most: number,
): Element[] | undefined {
  const adjoint = differentiated.adjoints.get(node)!
  const draw = liner()
  const size = sizeOf(adjoint.shape)
  const elements: Element[] = []
  let left = most
  for (let element = 0; element < size; element++) {
    const wanted = [{ node: adjoint, element }, ...borders.flatMap((b) => besides(b, element))]
    const line = draw(wanted, left)
    if (!line) return undefined
    const constants = constantsOf(line)
    if (element === 0 && size > 1 && isSameEverywhere(line, wanted, adjoint.shape)) {
      const lone = new Set(traced.inputs.flatMap((i) => (i.node.shape.length === 0 ? [i.name] : [])))
      return Array.from({ length: size }, (_, e) => ({
        element: e,
        line,
        reads: line.reads.map((r) => (lone.has(r.name) ? r : { name: r.name, element: e })),
        constants,
      }))
    }
    left -= line.cost
    elements.push({ element, line, reads: line.reads, constants })
  }
  return elements
}

function grouped(elements: readonly Element[], kindOf: (line: Line) => string): Group[] {
  const groups = new Map<string, Element[]>()
  const alike = elements.every((e) => e.line === elements[0]!.line)
  for (const element of elements) {
    const key = alike ? "" : kindOf(element.line)
    const own = groups.get(key)
    if (own) own.push(element)
    else groups.set(key, [element])
  }
  return [...groups.values()].map((members) => ({
    line: members[0]!.line,
    constants: members.map((m) => m.constants).reduce((a, b) => a.map((x, k) => hull(x, b[k]!))),
    members,
  }))
}

function proveGroup(evidence: Evidence, parameter: ParameterEvidence, group: Group, looks: number): Proof {
  const { ranges, format } = evidence.question
  const { line, members } = group
  const run = runnerOf(line, group.constants, format)
  const whole = line.reads.map((r) => wholeOf(ranges.get(r.name)))
  const { axes, open } = axesOf(evidence, parameter, line, members[0]!.element, looks)
  const spent = open === "mixed" ? looks * MIXED : looks
  const cells = branch(run, whole, axes, Math.ceil(Math.min(spent, (spent * COST_A_BOX) / line.cost)))
  return { group, cells, axes, open, run, whole }
}

/** The directions to split in, and why not in others. */
function axesOf(
  { question: { ranges, traced } }: Evidence,
  { name }: ParameterEvidence,
  line: Line,
  element: number,
  looks: number,
): { axes: Axis[]; open: Open } {
  const own = line.reads.slice(0, line.ownReads)
  let joint = false
  const all = own.flatMap((r, read): Axis[] => {
    const range = ranges.get(r.name)
    const axis = range && axisOf(range)
    joint ||= axis === undefined
    return axis ? [{ ...axis, read }] : []
  })
  const mixed = own.length > MOST_AXES
  const isOwn = ({ read }: Axis): boolean => own[read]!.name === name && own[read]!.element === element
  // Of equally wide directions the first is split: the order is that of the inputs.
  const order = (a: Axis): number => traced.inputs.findIndex((i) => i.name === own[a.read]!.name)
  const few = (mixed ? all.filter(isOwn) : all).sort((a, b) => order(a) - order(b))
  // Sets are taken apart all at once, as far as the budget goes.
  let parts = 1
  const axes = few.filter(({ values }) => {
    const more = parts * (values?.length ?? 1)
    if (more > looks / 2) return false
    parts = more
    return true
  })
  return { axes, open: mixed ? "mixed" : joint ? "joint" : "budget" }
}

function summarise(
  evidence: Evidence,
  proofs: readonly Proof[],
  borders: readonly Border[],
  parameter: ParameterEvidence,
): Certificate {
  const cells = proofs.flatMap((p) => p.cells)
  const share = (has: (cell: Cell) => boolean): number =>
    // Rounding must not turn nearly all into all.
    cells.every(has) ? 1 : Math.min(shareOf(proofs, has), 1 - 2 ** -53)
  const undecided = share(isOpen)
  const stretches = stretchesOf(proofs, parameter)
  return {
    live: share((c) => c.kind === "live"),
    dead: share((c) => c.kind === "dead"),
    undecided,
    finite: share((c) => c.finite),
    deadSides: deadSidesOf(proofs, borders),
    ...(stretches ? { stretches, spacing: spacing[evidence.question.format] } : {}),
    ...(undecided > 0 ? { open: proofs.find((p) => p.cells.some(isOpen))!.open } : {}),
  }
}

/** Stretches along the parameter, where all elements are alike and split along their own place of it alone. */
function stretchesOf([proof, ...others]: readonly Proof[], { name }: ParameterEvidence): Stretch[] | undefined {
  const axis = proof?.axes[0]
  if (!axis?.quantile || proof!.axes.length > 1 || others.length > 0) return undefined
  const own = ({ reads, element }: Element): boolean =>
    reads[axis.read]!.name === name && reads[axis.read]!.element === element
  return proof!.group.members.every(own) ? stretchesAlong(proof!.cells, axis, proof!.run) : undefined
}

/** Where a cell lies against the k-th border. */
const sideOfCell = ({ found }: Cell, k: number): 1 | 0 | -1 =>
  found ? sideOf(found[2 * k + 1]!, found[2 * k + 2]!) : 0

/** Sides on which all is dead, as few as hold all that is dead; none when some dead cell lies on no such side. */
function deadSidesOf(proofs: readonly Proof[], borders: readonly Border[]): Side[] {
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
