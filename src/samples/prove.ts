// Proof by intervals: over which part of the ranges each element of a gradient is certainly 0, or certainly not.
import type { Range } from "../definitions/ranges.ts"
import { keyOf, type Line, runnerOf } from "../gradient/elements.ts"
import { spacing } from "../gradient/formats.ts"
import { compileIntervals, runIntervals } from "../gradient/intervals.ts"
import type { Node } from "../graph/node.ts"
import type { Interval } from "../ops/interval.ts"
import { sizeOf } from "../ops/shapes.ts"
import { type Axis, axisOf, branch, type Cell, isFiniteOver, type Kind, kindOf, wholeOf } from "./branch.ts"
import { deadSidesOf, type Open, type Proof } from "./dead-sides.ts"
import type { Evidence, ParameterEvidence, Question } from "./evidence.ts"
import { type Element, elementsOf, type Group, grouped } from "./groups.ts"
import { drawnRange } from "./points.ts"
import { type Border, bordersBetween, type Side } from "./sides.ts"
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

/** Boxes looked at before the rest stays undecided; a few milliseconds. */
export const DEFAULT_BUDGET = 400
/** An element that reads more numbers is split along the parameter alone. */
const MOST_AXES = 4
/** What all looks together may cost, and all lines, for each box of the budget: steps and numbers read. */
const COST_A_BOX = 300
const LINES_A_BOX = 25
/** Where elements mix there is little to find, and each look is long: it gets this part of the budget. */
const MIXED = 1 / 16
/** That the value is finite is asked beside, with this part of the budget. */
const OF_VALUE = 1 / 8

/** Certifies a parameter's gradient, element by element. */
export function certify(evidence: Evidence, parameter: ParameterEvidence, budget = DEFAULT_BUDGET): Certificate {
  if (!evidence.differentiated.adjoints.has(parameter.node))
    return { live: 0, dead: 1, undecided: 0, finite: 1, deadSides: [] }
  const borders = bordersBetween(evidence, parameter)
  const proofs = prove(evidence, parameter, borders, budget)
  return proofs ? summarise(evidence, proofs, borders, parameter) : lookOnce(evidence, parameter)
}

/** The share of the ranges over which the value is certainly neither NaN nor infinite, over all its elements. */
export function certifyValue(evidence: Evidence, budget = DEFAULT_BUDGET): number {
  const { root } = evidence.question.traced
  const elements = elementsOf(evidence, root, [], budget * LINES_A_BOX)
  if (!elements) return lookAt(evidence, root)(isFiniteOver)
  const groups = grouped(elements, (line) => `${keyOf(line)}|${line.constants.map((c) => c.value).join()}`)
  const decide = (x: Interval): Kind => (isFiniteOver(x) ? "live" : "undecided")
  return sharesOf(groups.map((g) => proveGroup(evidence, "", g, (budget * OF_VALUE) / groups.length, decide)))(
    (c) => c.finite,
  )
}

/** One look over the whole ranges at all elements of a node: the share of them that something holds of. */
function lookAt({ question }: Evidence, node: Node): (has: (x: Interval) => boolean) => number {
  const { traced, format } = question
  const box = new Map(
    traced.inputs.map((i) => [
      i.name,
      new Array<Interval>(sizeOf(i.node.shape)).fill(wholeOf(rangeOf(question, i.name))),
    ]),
  )
  const [all] = runIntervals(compileIntervals([node]), box, format)
  return (has) => all!.filter(has).length / all!.length
}

function rangeOf({ ranges, traced }: Question, name: string): Range | undefined {
  const input = traced.inputs.find((i) => i.name === name)
  return ranges.get(name) ?? (input && drawnRange(input))
}

/** One look over the whole ranges at all elements of a gradient. */
function lookOnce(evidence: Evidence, { node }: ParameterEvidence): Certificate {
  const share = lookAt(evidence, evidence.differentiated.adjoints.get(node)!)
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
  const adjoint = evidence.differentiated.adjoints.get(parameter.node)!
  const elements = elementsOf(evidence, adjoint, borders, budget * LINES_A_BOX)
  if (!elements) return undefined
  const together = grouped(elements, keyOf)
  const apart = together.flatMap(({ members }) => grouped(members, (line) => line.constants.map((c) => c.value).join()))
  const all = (groups: readonly Group[], looks: number): Proof[] =>
    groups.map((group) => proveGroup(evidence, parameter.name, group, looks / groups.length))
  if (apart.length === together.length) return all(apart, budget)
  // Weights that differ need not matter: first as if each could be any of them, then one by one.
  const rough = all(together, budget / 2)
  return rough.every((p) => p.cells.every((c) => c.kind !== "undecided"))
    ? rough
    : betterOf(rough, all(apart, budget / 2))
}

/** Shares over all elements; what rounding makes of nearly all is not all. */
const sharesOf =
  (proofs: readonly Proof[]) =>
  (has: (cell: Cell) => boolean): number =>
    proofs.every((p) => p.cells.every(has)) ? 1 : Math.min(shareOf(proofs, has), 1 - 2 ** -53)
const shareOf = (proofs: readonly Proof[], has: (cell: Cell) => boolean): number =>
  sum(proofs.map((p) => p.group.members.length * sum(p.cells.map((c) => (has(c) ? c.weight : 0))))) /
  sum(proofs.map((p) => p.group.members.length))
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
const isOpen = (c: Cell): boolean => c.kind === "undecided"
const betterOf = (a: Proof[], b: Proof[]): Proof[] => (shareOf(b, isOpen) < shareOf(a, isOpen) ? b : a)

function proveGroup({ question }: Evidence, name: string, group: Group, looks: number, decide = kindOf): Proof {
  const { line, members } = group
  const run = runnerOf(line, group.constants, question.format)
  const whole = line.reads.map((r) => wholeOf(rangeOf(question, r.name)))
  const { axes, open } = axesOf(question, name, line, members[0]!.element, looks)
  const spent = open === "mixed" ? looks * MIXED : looks
  const most = Math.ceil(Math.min(spent, (spent * COST_A_BOX) / Math.max(1, line.cost)))
  const cells = branch(run, whole, axes, most, decide)
  return { group, cells, axes, open, run, whole }
}

/** The directions to split in, and why not in others. */
function axesOf(
  question: Question,
  name: string,
  line: Line,
  element: number,
  looks: number,
): { axes: Axis[]; open: Open } {
  const own = line.reads.slice(0, line.ownReads)
  let joint = false
  const all = own.flatMap((r, read): Axis[] => {
    const range = rangeOf(question, r.name)
    const axis = range && axisOf(range)
    joint ||= axis === undefined
    return axis ? [{ ...axis, read }] : []
  })
  const mixed = own.length > MOST_AXES
  const isOwn = ({ read }: Axis): boolean => own[read]!.name === name && own[read]!.element === element
  // Of equally wide directions the first is split: the order is that of the inputs.
  const order = (a: Axis): number => question.traced.inputs.findIndex((i) => i.name === own[a.read]!.name)
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
  const share = sharesOf(proofs)
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
