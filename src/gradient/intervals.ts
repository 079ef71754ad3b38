// The same graphs over boxes: every node as intervals that contain whatever the node can be anywhere in the box.

import { dataOf, inputName, isConstant, isInput, type Node } from "../graph/node.ts"
import { add, anything, type Interval, point } from "../ops/interval.ts"
import { axesOf, broadcastMap, groupsOf, rowsOf, sizeOf } from "../ops/shapes.ts"
import { needed } from "./compile.ts"
import { type NumberFormat, rounding } from "./formats.ts"

/** Intervals for every element of every input. */
export type Box = ReadonlyMap<string, readonly Interval[]>

/** A graph made ready for evaluation on boxes: nodes in order, index maps worked out once. */
export interface IntervalProgram {
  readonly steps: readonly {
    readonly node: Node
    readonly run: (inputs: readonly (readonly Interval[])[]) => Interval[]
  }[]
  readonly outputs: readonly Node[]
}

/** How a node is computed from intervals; what no rule covers may be anything. */
function runner(node: Node): (inputs: readonly (readonly Interval[])[]) => Interval[] {
  const { op, shape, statics } = node
  const size = sizeOf(shape)
  if (isConstant(node)) {
    const values = Array.from(dataOf(node), point)
    return () => values
  }
  const map = statics.map
  if (map instanceof Int32Array && op.adds) {
    return ([x]) => {
      const out = new Array<Interval>(size).fill(point(0))
      for (let e = 0; e < map.length; e++) if (map[e]! >= 0) out[map[e]!] = add(out[map[e]!]!, x![e]!)
      return out
    }
  }
  if (map instanceof Int32Array) return ([x]) => Array.from(map, (from) => (from < 0 ? point(0) : x![from]!))
  const { range, foldRange, rowRange, wholeRange } = op
  if (range) {
    const maps = node.inputs.map((i) => broadcastMap(i.shape, shape))
    return (inputs) =>
      Array.from({ length: size }, (_, e) => range(...inputs.map((x, k) => x[maps[k] ? maps[k]![e]! : e]!)))
  }
  if (foldRange) {
    const from = node.inputs[0]!.shape
    const groups = groupsOf(from, axesOf(statics.axis, from.length))
    return ([x]) =>
      Array.from({ length: size }, (_, e) =>
        foldRange(
          Array.from({ length: groups.count }, (_, j) => x![groups.members[e * groups.count + j]!]!),
          statics,
        ),
      )
  }
  if (rowRange) {
    const rows = rowsOf(node.inputs[0]!.shape, Number(statics.axis ?? -1))
    return ([x]) => {
      const out = new Array<Interval>(size)
      for (let r = 0; r < rows.rows; r++) {
        const members = Array.from({ length: rows.length }, (_, j) => rows.members[r * rows.length + j]!)
        const row = members.map((m) => x![m]!)
        rowRange(row, statics).forEach((y, j) => {
          out[members[j]!] = y
        })
      }
      return out
    }
  }
  if (wholeRange) {
    const inputs = node.inputs.map((i) => i.shape)
    const layout = { inputs, out: shape, statics, types: node.inputs.map((i) => i.type) }
    return (values) => wholeRange(values, layout)
  }
  return () => new Array<Interval>(size).fill(anything)
}

export const compileIntervals = (outputs: readonly Node[]): IntervalProgram => ({
  steps: needed(outputs).map((node) => ({ node, run: runner(node) })),
  outputs,
})

/** Rounding to a coarser format never turns two numbers round, so the rounded ends hold every rounded value. */
const rounded = (values: readonly Interval[], round: (x: number) => number): Interval[] =>
  values.map((v) => (v.lo > v.hi ? v : { lo: round(v.lo), hi: round(v.hi), nan: v.nan }))

/** Where small results come out as 0, the interval reaches down to it. */
const withVanished = (values: readonly Interval[], below: number | undefined): readonly Interval[] =>
  below === undefined
    ? values
    : values.map((v) => ({
        ...v,
        lo: v.lo > 0 && v.lo < below ? 0 : v.lo,
        hi: v.hi < 0 && v.hi > -below ? 0 : v.hi,
      }))

/** The outputs over a box, element by element, every step rounded to a format as `run` rounds it. */
export function runIntervals(
  program: IntervalProgram,
  box: Box,
  format: NumberFormat = "float64",
): (readonly Interval[])[] {
  const round = rounding[format]
  const values = new Map<Node, readonly Interval[]>()
  for (const { node, run } of program.steps) {
    const exact = isInput(node) ? box.get(inputName(node))! : run(node.inputs.map((i) => values.get(i)!))
    const kept = withVanished(exact, node.op.vanishes?.[format])
    values.set(node, round ? rounded(kept, round) : kept)
  }
  return program.outputs.map((n) => values.get(n)!)
}
