// Graphs in double-double, op by op and point by point: slow, and right where float64 shows nothing but rounding.
import { dataOf, inputName, isConstant, isInput, type Node } from "../graph/node.ts"
import { add, type Double, double, ZERO } from "../ops/double.ts"
import { intended } from "../ops/double-intended.ts"
import { axesOf, broadcastMap, groupsOf, rowsOf, sizeOf } from "../ops/shapes.ts"
import { needed, type Points } from "./compile.ts"

/** Points with what their numbers leave out, where more is known than doubles can hold. */
export interface FinePoints extends Points {
  readonly low?: ReadonlyMap<string, Float64Array>
}

/** Values laid out [element][point], in two parts. */
export interface DoubleValues {
  readonly hi: Float64Array
  readonly lo: Float64Array
}

type Runner = (inputs: readonly (readonly Double[])[]) => readonly Double[]

/** Constants of more entries are data, and data are what they are. */
const MOST_CONSTANTS = 1024

/** How a node is computed; undefined when its operation has no form in double-double. */
function runner(node: Node): Runner | undefined {
  const { op, shape, statics } = node
  const size = sizeOf(shape)
  if (isConstant(node)) {
    const values = Array.from(dataOf(node), size <= MOST_CONSTANTS ? intended : (x) => double(x))
    return () => values
  }
  const map = statics.map
  if (map instanceof Int32Array && op.adds)
    return ([x]) => {
      const out = new Array<Double>(size).fill(ZERO)
      map.forEach((to, e) => {
        if (to >= 0) out[to] = add(out[to]!, x![e]!)
      })
      return out
    }
  if (map instanceof Int32Array) return ([x]) => Array.from(map, (from) => (from < 0 ? ZERO : x![from]!))
  const form = op.double
  if (!form) return undefined
  switch (form.kind) {
    case "point": {
      const maps = node.inputs.map((i) => broadcastMap(i.shape, shape))
      return (inputs) =>
        Array.from({ length: size }, (_, e) => form.f(...inputs.map((x, k) => x[maps[k] ? maps[k]![e]! : e]!)))
    }
    case "fold": {
      const from = node.inputs[0]!.shape
      const { members, count } = groupsOf(from, axesOf(statics.axis, from.length))
      return ([x]) =>
        Array.from({ length: size }, (_, e) =>
          form.f(
            Array.from(members.subarray(e * count, (e + 1) * count), (m) => x![m]!),
            statics,
          ),
        )
    }
    case "row": {
      const { rows, length, members } = rowsOf(node.inputs[0]!.shape, Number(statics.axis ?? -1))
      return ([x]) => {
        const out = new Array<Double>(size)
        for (let r = 0; r < rows; r++) {
          const own = members.subarray(r * length, (r + 1) * length)
          form
            .f(
              Array.from(own, (m) => x![m]!),
              statics,
            )
            .forEach((y, j) => {
              out[own[j]!] = y
            })
        }
        return out
      }
    }
    case "whole": {
      const layout = {
        inputs: node.inputs.map((i) => i.shape),
        out: shape,
        statics,
        types: node.inputs.map((i) => i.type),
      }
      return (inputs) => form.f(inputs, layout)
    }
  }
}

/** How many numbers one point costs. */
export const doublesIn = (outputs: readonly Node[]): number =>
  needed(outputs).reduce((sum, n) => sum + sizeOf(n.shape), 0)

/** The outputs at every point; undefined when some operation cannot be computed so. */
export function evaluateDouble(outputs: readonly Node[], points: FinePoints): DoubleValues[] | undefined {
  const { count } = points
  const steps: { readonly node: Node; readonly run: Runner | undefined }[] = []
  for (const node of needed(outputs)) {
    const run = isInput(node) ? undefined : runner(node)
    if (!run && !isInput(node)) return undefined
    steps.push({ node, run })
  }
  const results = outputs.map((n) => ({
    hi: new Float64Array(sizeOf(n.shape) * count),
    lo: new Float64Array(sizeOf(n.shape) * count),
  }))
  for (let i = 0; i < count; i++) {
    const values = new Map<Node, readonly Double[]>()
    for (const { node, run } of steps) {
      if (run) {
        values.set(node, run(node.inputs.map((n) => values.get(n)!)))
        continue
      }
      const name = inputName(node)
      const own = points.values.get(name)
      if (!own) throw new Error(`no values for the input ${name}`)
      const low = points.low?.get(name)
      const at = (e: number): number => e * count + i
      values.set(
        node,
        Array.from({ length: sizeOf(node.shape) }, (_, e) => double(own[at(e)]!, low?.[at(e)] ?? 0)),
      )
    }
    outputs.forEach((n, k) => {
      values.get(n)!.forEach((x, e) => {
        results[k]!.hi[e * count + i] = x.hi
        results[k]!.lo[e * count + i] = x.lo
      })
    })
  }
  return results
}
