// Single elements of a graph over boxes: a straight line of steps that computes them from no more than what they read.

import { dataOf, inputName, isConstant, isInput, type Node } from "../graph/node.ts"
import { type Interval, point } from "../ops/interval.ts"
import type { Shape } from "../ops/record.ts"
import { sameShape } from "../ops/shapes.ts"
import { isExact } from "./compile.ts"
import { type NumberFormat, rounding } from "./formats.ts"
import { roundedTo, type Units, unitsOf, withVanished } from "./intervals.ts"

export interface Wanted {
  readonly node: Node
  readonly element: number
}

/** An element of an input that is read. */
export interface Read {
  readonly name: string
  readonly element: number
}

export interface Step {
  readonly node: Node
  readonly unit: number
  readonly units: Units
  /** Slots of what it reads, and of what it writes: as many as the unit has elements, from `out` on. */
  readonly args: readonly number[]
  readonly out: number
}

export interface Line {
  /** What is read, in order of first use. */
  readonly reads: readonly (Read & { readonly slot: number })[]
  /** How many of them the first of the wanted elements reads. */
  readonly ownReads: number
  readonly steps: readonly Step[]
  readonly constants: readonly { readonly slot: number; readonly value: number }[]
  /** The slots of the wanted elements. */
  readonly outputs: readonly number[]
  /** How many steps there are, and numbers that they read. */
  readonly cost: number
}

/** Lines of the same key do the same to their reads and to constants of the same signs. */
export const keyOf = ({ reads, constants, steps, outputs }: Line): string =>
  [
    reads.map((r) => `${r.name}${r.slot}`),
    constants.map((c) => `${c.slot}=${Math.sign(c.value)}`),
    steps.map((s) => `${s.node.id}:${s.args.join()}`),
    outputs,
  ].join(";")

/** More nodes than a graph has. */
const MOST_NODES = 2 ** 24

/** Draws lines of one graph; the index maps of its nodes are worked out once. */
export function liner(): (wanted: readonly Wanted[], most: number) => Line | undefined {
  const known = new Map<Node, Units>()
  const unitsFor = (node: Node): Units => {
    let units = known.get(node)
    if (!units) {
      units = unitsOf(node)
      known.set(node, units)
    }
    return units
  }
  return (wanted, most) => lineOf(wanted, most, unitsFor)
}

/** The line for some elements; undefined when it would cost more than `most`. */
function lineOf(wanted: readonly Wanted[], most: number, unitsFor: (node: Node) => Units): Line | undefined {
  const known = new Map<number, number>()
  const slotOf = (node: Node, e: number): number | undefined => known.get(node.id + e * MOST_NODES)
  const keep = (node: Node, e: number, slot: number): void => {
    known.set(node.id + e * MOST_NODES, slot)
  }
  const reads: (Read & { slot: number })[] = []
  const steps: Step[] = []
  const constants: { slot: number; value: number }[] = []
  let [slots, cost] = [0, 0]

  const addLeaf = (node: Node, element: number): void => {
    if (isInput(node)) {
      reads.push({ name: inputName(node), element, slot: slots })
    } else {
      constants.push({ slot: slots, value: dataOf(node)[element]! })
    }
    keep(node, element, slots++)
  }
  /** Adds what computes a unit, when all that it reads has slots. */
  const addStep = (node: Node, unit: number, units: Units): void => {
    const args: number[] = []
    units.reads(unit, (k, e) => args.push(slotOf(node.inputs[k]!, e)!))
    if (units.moves && args.length === 1) {
      keep(node, unit, args[0]!)
      return
    }
    steps.push({ node, unit, units, args, out: slots })
    cost += 1 + args.length
    for (const e of units.elements(unit)) keep(node, e, slots++)
  }
  const visit = (first: Wanted): boolean => {
    const stack = [{ ...first, open: false }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const { node, element } = top
      if (slotOf(node, element) !== undefined) stack.pop()
      else if (isInput(node) || isConstant(node)) addLeaf(node, element)
      else {
        const units = unitsFor(node)
        const unit = units.unitOf(element)
        if (top.open) addStep(node, unit, units)
        else {
          top.open = true
          const below: typeof stack = []
          units.reads(unit, (k, e) => below.push({ node: node.inputs[k]!, element: e, open: false }))
          if (cost + stack.length + below.length > most) return false
          stack.push(...below.reverse())
        }
      }
    }
    return true
  }
  let ownReads = 0
  for (const [k, one] of wanted.entries()) {
    if (!visit(one)) return undefined
    if (k === 0) ownReads = reads.length
  }
  const outputs = wanted.map(({ node, element }) => slotOf(node, element)!)
  return { reads, ownReads, steps, constants, outputs, cost }
}

/** What a truth over two slots is: known beforehand, where a side of a border is asked for. */
export type Forced = ReadonlyMap<Step, Interval>

/** Makes a function from intervals for the reads to those of the wanted elements, every step rounded to a format. */
export function runnerOf(
  { reads, steps, constants, outputs }: Line,
  known: readonly Interval[],
  format: NumberFormat,
): (box: readonly Interval[], forced?: Forced) => Interval[] {
  const round = rounding[format]
  const slots: Interval[] = []
  const put = (slot: number, value: Interval): void => {
    slots[slot] = value
  }
  const set = round ? (slot: number, value: Interval): void => put(slot, roundedTo(round, value)) : put
  constants.forEach(({ slot }, k) => {
    set(slot, known[k]!)
  })
  const setter = ({ node }: Step): typeof put =>
    node.op.vanishes ? (slot, value) => set(slot, withVanished(node, format, value)) : isExact(node) ? put : set
  const tasks = steps.map((step) => taskOf(step, slots, setter(step)))
  return (box, forced) => {
    for (let k = 0; k < reads.length; k++) set(reads[k]!.slot, box[k]!)
    for (let k = 0; k < steps.length; k++) {
      const told = forced?.get(steps[k]!)
      if (told) put(steps[k]!.out, told)
      else tasks[k]!()
    }
    return outputs.map((slot) => slots[slot]!)
  }
}

/** A step as a function on slots; the usual ones, of few numbers each, without arrays in between. */
function taskOf(
  { node, units, unit, args, out }: Step,
  slots: readonly Interval[],
  set: (slot: number, value: Interval) => void,
): () => void {
  const { range } = node.op
  const [a, b, c] = args as [number, number, number]
  if (range && units.pointwise) {
    if (args.length === 1) return () => set(out, range(slots[a]!))
    if (args.length === 2) return () => set(out, range(slots[a]!, slots[b]!))
    if (args.length === 3) return () => set(out, range(slots[a]!, slots[b]!, slots[c]!))
  }
  return () => {
    const values = units.run(
      args.map((slot) => slots[slot]!),
      unit,
    )
    for (let j = 0; j < values.length; j++) set(out + j, values[j]!)
  }
}

/**
 * Whether the line of one element of `shape` is that of all of them, each at its own place: every step works place by
 * place on tensors of that shape and single numbers, with no constants but such as are the same everywhere.
 */
export function isSameEverywhere({ steps }: Line, wanted: readonly Wanted[], shape: Shape): boolean {
  const fits = (node: Node): boolean =>
    (node.shape.length === 0 || sameShape(node.shape, shape)) &&
    (isInput(node) ||
      (isConstant(node) ? dataOf(node).every((x, _, all) => Object.is(x, all[0])) : node.op.range !== undefined))
  return wanted.every((w) => fits(w.node)) && steps.every(({ node }) => fits(node) && node.inputs.every(fits))
}

/** The constants of a line as intervals. */
export const constantsOf = (line: Line): Interval[] => line.constants.map((c) => point(c.value))
