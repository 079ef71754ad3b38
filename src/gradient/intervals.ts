// The same graphs over boxes: every node as intervals that contain whatever the node can be anywhere in the box.

import { dataOf, inputName, isConstant, isInput, type Node } from "../graph/node.ts"
import { add, anything, type Interval, point } from "../ops/interval.ts"
import { axesOf, broadcastMap, groupsOf, rowsOf, sizeOf } from "../ops/shapes.ts"
import { needed } from "./compile.ts"
import { type NumberFormat, rounding } from "./formats.ts"

/** Intervals for every element of every input. */
export type Box = ReadonlyMap<string, readonly Interval[]>

/** How a node is computed from intervals, unit by unit: one element at a time, a row, or all of it. */
export interface Units {
  readonly count: number
  /** The unit that computes an element, and the elements that a unit computes. */
  readonly unitOf: (element: number) => number
  readonly elements: (unit: number) => readonly number[]
  /** What a unit reads, in order: `each` is told the place of an input, and the element there. */
  readonly reads: (unit: number, each: (input: number, element: number) => void) => void
  readonly run: (args: Interval[], unit: number) => readonly Interval[]
  /** Units hand on what they read, as it is; or they are places, and compute by the operation's range. */
  readonly moves?: boolean
  readonly pointwise?: boolean
}

const single = (
  count: number,
  reads: Units["reads"],
  run: (args: Interval[], unit: number) => Interval,
  kind: Pick<Units, "moves" | "pointwise"> = {},
): Units => ({
  count,
  unitOf: (e) => e,
  elements: (u) => [u],
  reads,
  run: (args, u) => [run(args, u)],
  ...kind,
})

const ZERO = point(0)

/** Moves of elements: one picked for each, or those that meet at each added up in order. */
function mapped(map: Int32Array, adds: boolean, size: number): Units {
  if (!adds)
    return single(
      size,
      (e, each) => {
        if (map[e]! >= 0) each(0, map[e]!)
      },
      (args) => args[0] ?? ZERO,
      { moves: true },
    )
  const sources: number[][] = Array.from({ length: size }, () => [])
  for (let e = 0; e < map.length; e++) if (map[e]! >= 0) sources[map[e]!]!.push(e)
  return single(
    size,
    (e, each) => {
      for (const from of sources[e]!) each(0, from)
    },
    (args) => args.reduce((a, b) => add(a, b), ZERO),
  )
}

/** The units of a node; what no rule covers may be anything. */
export function unitsOf(node: Node): Units {
  const { op, shape, statics, inputs } = node
  const size = sizeOf(shape)
  if (isConstant(node)) {
    const data = dataOf(node)
    return single(
      size,
      () => {},
      (_, e) => point(data[e]!),
    )
  }
  if (statics.map instanceof Int32Array) return mapped(statics.map, op.adds === true, size)
  const { range, foldRange, rowRange, wholeRange } = op
  if (range) {
    const maps = inputs.map((i) => broadcastMap(i.shape, shape))
    return single(
      size,
      (e, each) => {
        for (let k = 0; k < maps.length; k++) each(k, maps[k] ? maps[k]![e]! : e)
      },
      (args) => range(...args),
      { pointwise: true },
    )
  }
  if (foldRange) {
    const from = inputs[0]!.shape
    const { members, count } = groupsOf(from, axesOf(statics.axis, from.length))
    return single(
      size,
      (e, each) => {
        for (let j = 0; j < count; j++) each(0, members[e * count + j]!)
      },
      (args) => foldRange(args, statics),
    )
  }
  if (rowRange) {
    const { rows, length, members } = rowsOf(inputs[0]!.shape, Number(statics.axis ?? -1))
    const rowOf = new Int32Array(size)
    for (let k = 0; k < members.length; k++) rowOf[members[k]!] = Math.floor(k / length)
    return {
      count: rows,
      unitOf: (e) => rowOf[e]!,
      elements: (r) => [...members.subarray(r * length, (r + 1) * length)],
      reads: (r, each) => {
        for (let k = r * length; k < (r + 1) * length; k++) each(0, members[k]!)
      },
      run: (args) => rowRange(args, statics),
    }
  }
  if (wholeRange) {
    const sizes = inputs.map((i) => sizeOf(i.shape))
    const layout = { inputs: inputs.map((i) => i.shape), out: shape, statics, types: inputs.map((i) => i.type) }
    const all = Array.from({ length: size }, (_, e) => e)
    return {
      count: 1,
      unitOf: () => 0,
      elements: () => all,
      reads: (_, each) => {
        sizes.forEach((n, k) => {
          for (let e = 0; e < n; e++) each(k, e)
        })
      },
      run: (args) => {
        let at = 0
        const values = sizes.map((n) => {
          at += n
          return args.slice(at - n, at)
        })
        return wholeRange(values, layout)
      },
    }
  }
  return single(
    size,
    () => {},
    () => anything,
  )
}

/** A graph made ready for evaluation on boxes: nodes in order, index maps worked out once. */
export interface IntervalProgram {
  readonly steps: readonly { readonly node: Node; readonly units: Units }[]
  readonly outputs: readonly Node[]
}

export const compileIntervals = (outputs: readonly Node[]): IntervalProgram => ({
  steps: needed(outputs).map((node) => ({ node, units: unitsOf(node) })),
  outputs,
})

type Round = (x: number) => number

/** Rounding to a coarser format never turns two numbers round, so the rounded ends hold every rounded value. */
export function roundedTo(round: Round, v: Interval): Interval {
  if (v.lo > v.hi) return v
  const [lo, hi] = [round(v.lo), round(v.hi)]
  return lo === v.lo && hi === v.hi ? v : { lo, hi, nan: v.nan }
}

function runUnits({ inputs, shape }: Node, units: Units, values: ReadonlyMap<Node, readonly Interval[]>): Interval[] {
  const out = new Array<Interval>(sizeOf(shape))
  for (let u = 0; u < units.count; u++) {
    const args: Interval[] = []
    units.reads(u, (k, e) => args.push(values.get(inputs[k]!)![e]!))
    const results = units.run(args, u)
    units.elements(u).forEach((e, j) => {
      out[e] = results[j]!
    })
  }
  return out
}

/** Where an operation's small results come out as 0 in a format, the interval reaches down to it. */
export function withVanished({ op }: Node, format: NumberFormat, v: Interval): Interval {
  const below = op.vanishes?.[format]
  if (below === undefined) return v
  return { ...v, lo: v.lo > 0 && v.lo < below ? 0 : v.lo, hi: v.hi < 0 && v.hi > -below ? 0 : v.hi }
}

/** The outputs over a box, element by element, every step rounded to a format as `run` rounds it. */
export function runIntervals(
  program: IntervalProgram,
  box: Box,
  format: NumberFormat = "float64",
): (readonly Interval[])[] {
  const round = rounding[format]
  const values = new Map<Node, readonly Interval[]>()
  for (const { node, units } of program.steps) {
    const exact = isInput(node) ? box.get(inputName(node))! : runUnits(node, units, values)
    const kept = node.op.vanishes ? exact.map((v) => withVanished(node, format, v)) : exact
    values.set(node, round ? kept.map((v) => roundedTo(round, v)) : kept)
  }
  return program.outputs.map((n) => values.get(n)!)
}
