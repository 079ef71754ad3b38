// What tests need to know of an operation to call it: shapes, static arguments, and points inside its domain.
import { apply, type Graph, type Node } from "../../src/graph/node.ts"
import type { Operation, Shape, Statics } from "../../src/ops/record.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import { signatureOf } from "../../src/ops/table.ts"
import { prepare } from "./evaluate.ts"

/** One way to call an operation. */
export interface Case {
  readonly shapes: readonly Shape[]
  readonly statics: Statics
  /** Inputs that hold positions or truths and so do not move, with what they hold. */
  readonly fixed?: Readonly<Record<number, readonly number[]>>
}

const call = (shapes: readonly Shape[], statics: Statics = {}, fixed?: Case["fixed"]): Case => ({
  shapes,
  statics,
  ...(fixed ? { fixed } : {}),
})

/** Shapes of one, two and three arguments that are broadcast together. */
const together: readonly (readonly Shape[])[][] = [
  [],
  [[[]], [[3]], [[2, 3]]],
  [
    [[], []],
    [[3], []],
    [[2, 3], [3]],
    [
      [2, 1],
      [1, 3],
    ],
  ],
  [
    [[], [], []],
    [[2, 3], [3], []],
    [[3], [2, 1], [2, 3]],
  ],
]

const folded: readonly Case[] = [
  call([[4]], { axis: null, keepdims: false }),
  call([[2, 3]], { axis: 0, keepdims: false }),
  call([[2, 3]], { axis: -1, keepdims: true }),
  call([[2, 3, 2]], { axis: [0, -1], keepdims: false }),
  call([[2, 3, 2]], { axis: [-2, -1], keepdims: true }),
]
const rows: readonly Case[] = [call([[4]], { axis: -1 }), call([[2, 3]], { axis: 0 }), call([[2, 3, 2]], { axis: 1 })]

/** Operations whose static arguments or inputs must be chosen. */
const chosen = new Map<string, readonly Case[]>([
  ["_pick", [call([[2, 2]], { map: Int32Array.of(3, 0, -1, 0), to: [4] })]],
  ["_place", [call([[2, 2]], { map: Int32Array.of(2, 0, -1, 2), to: [3] })]],
  ["reshape", [call([[2, 3]], { shape: [3, -1] }), call([[]], { shape: [1, 1] })]],
  ["flatten", [call([[2, 3, 2]], { start: 1, stop: -1 }), call([[]], { start: 0, stop: -1 })]],
  ["transpose", [call([[2, 3]], { axes: null }), call([[2, 3, 2]], { axes: [1, -1, 0] })]],
  ["swapaxes", [call([[2, 3, 2]], { a: 0, b: -2 })]],
  ["moveaxis", [call([[2, 3, 2]], { source: 0, destination: -1 })]],
  ["expand_dims", [call([[2, 3]], { axis: -1 }), call([[3]], { axis: [0, 2] })]],
  ["squeeze", [call([[1, 3, 1]], { axis: null }), call([[1, 3, 1]], { axis: -1 })]],
  ["broadcast_to", [call([[2, 1]], { shape: [3, 2, 4] }), call([[]], { shape: [2] })]],
  ["tile", [call([[2, 2]], { repeats: [2, 1, 2] }), call([[3]], { repeats: 2 })]],
  ["repeat", [call([[2, 2]], { times: 2, axis: 0 }), call([[2, 2]], { times: 3, axis: null })]],
  ["flip", [call([[2, 3]], { axis: null }), call([[2, 3]], { axis: [-1] })]],
  ["roll", [call([[2, 3]], { shift: 1, axis: null }), call([[2, 3]], { shift: [1, -1], axis: [0, 1] })]],
  ["diagonal", [call([[3, 3]], { offset: 0 }), call([[2, 3, 4]], { offset: -1 }), call([[3, 2]], { offset: 1 })]],
  ["diag_embed", [call([[2, 3]])]],
  ["tril", [call([[3, 3]], { k: 0 }), call([[2, 3, 2]], { k: -1 })]],
  ["triu", [call([[3, 3]], { k: 0 }), call([[2, 3]], { k: 1 })]],
  ["_pad", [call([[2, 2]], { before: [1, 0], after: [0, 2] })]],
  ["std", folded.flatMap((c) => [0, 1].map((ddof) => call(c.shapes, { ...c.statics, ddof })))],
  ["var", folded.flatMap((c) => [0, 1].map((ddof) => call(c.shapes, { ...c.statics, ddof })))],
  ["sort", rows.flatMap((c) => [false, true].map((descending) => call(c.shapes, { ...c.statics, descending })))],
  [
    "take_along",
    [
      call([[4], [4]], { axis: -1 }, { 1: [3, 0, 0, -1] }),
      call(
        [
          [2, 3],
          [1, 3],
        ],
        { axis: 0 },
        { 1: [1, 0, 1] },
      ),
    ],
  ],
  ["scatter_along", [call([[4], [4]], { axis: -1 }, { 1: [3, 0, 0, 1] })]],
  ["_scatter_like", [call([[3], [3], [5]], { axis: -1 }, { 1: [4, 0, 0] })]],
  ["where", [call([[3], [2, 3], []], {}, { 0: [1, 0, 1] })]],
  ["_enter", [call([[3], []], {}, { 0: [1, 1, 1] })]],
  [
    "bmm",
    [
      call([
        [2, 3],
        [3, 2],
      ]),
      call([
        [2, 1, 3],
        [2, 3, 2],
      ]),
    ],
  ],
  ["det", [call([[3, 3]]), call([[2, 2, 2]])]],
  ["_svd_s", [call([[3, 2]]), call([[2, 3]])]],
  ["_svd_u", [call([[3, 2]]), call([[2, 3]]), call([[2, 2, 2]])]],
  ["_svd_v", [call([[3, 2]]), call([[2, 3]])]],
  ["_dft", [call([[6, 2]], { sign: -1 }), call([[2, 5, 2]], { sign: 1 })]],
  ["_eigh_values", [call([[3, 3]])]],
  ["_eigh_vectors", [call([[3, 3]])]],
  ["inv", [call([[3, 3]]), call([[2, 2, 2]])]],
  ["norm_p", folded.flatMap((c) => [1.5, 3].map((p) => call(c.shapes, { ...c.statics, p })))],
  [
    "_windows",
    [
      call([[2, 5]], { size: 2, stride: 1, dilation: 1, axis: -1 }),
      call([[7, 2]], { size: 3, stride: 2, dilation: 2, axis: 0 }),
    ],
  ],
  ["_fold", [call([[2, 3, 2]], { axis: [0, -1] }), call([[3]], { axis: null })]],
  ["_unfold", [call([[3, 4]], { like: [2, 3, 2], axis: [0, 2] })]],
  ["_others", [call([[2, 3]])]],
  ["_except", [call([[2, 3]])]],
  ["_upto", [call([[2, 3]])]],
  ["polygamma", [0, 1, 2].map((n) => call([[], [3]], {}, { 0: [n] }))],
])

/** Ways to call an operation; undefined when this table does not know how. */
export function casesOf(op: Operation): readonly Case[] | undefined {
  const known = chosen.get(op.name)
  if (known) return known
  if (op.value) return together[op.tensors]?.map((shapes) => call(shapes))
  const statics = signatureOf(op)
    .calls![0]!.slice(op.tensors)
    .map((p) => p.target)
  if (op.spreads) return folded
  if (statics.join() === "axis")
    return rows.map((c) => call(op.tensors === 1 ? c.shapes : [c.shapes[0]!, c.shapes[0]!], c.statics))
  return statics.length === 0 && op.tensors === 1 ? together[1]!.map((shapes) => call(shapes)) : undefined
}

export const argumentNames = (op: Operation): string[] =>
  signatureOf(op)
    .calls![0]!.slice(0, op.tensors)
    .map((p) => p.target)

export const buildOf =
  (op: Operation, statics: Statics) =>
  (graph: Graph, inputs: readonly Node[]): Node =>
    apply(graph, op, inputs, statics)

/** Conditions on the arguments under which value and slope are finite. */
export const domainOf = (op: Operation): string[] =>
  op.value ? [op.domain?.value, op.domain?.slope].filter((c) => c !== undefined) : []

/** How far a point stays from a kink, a jump or the edge of the domain. */
const MARGIN = 0.02

/** Whether tuples of arguments lie well inside the domain and away from kinks and jumps. */
type Inside = (tuples: readonly (readonly number[])[]) => boolean[]
const insides = new Map<Operation, Inside>()
export function insideOf(op: Operation): Inside {
  const known = insides.get(op)
  if (known) return known
  const names = argumentNames(op)
  const shapes = Object.fromEntries(names.map((n) => [n, []]))
  const conditions = domainOf(op).map((c) => prepare(c, shapes, { wrt: [] }))
  const edges = [...(op.kinks ?? []), ...(op.jumps ?? [])].map((c) => prepare(c, shapes, { wrt: [] }))
  const test: Inside = (tuples) => {
    const inside = tuples.map(() => true)
    // Every neighbour within the margin must lie inside too.
    const steps = [0, ...names.flatMap((_, k) => [k + 1, -k - 1])]
    const moved = (x: number, k: number, s: number): number => x + (Math.abs(s) === k + 1 ? Math.sign(s) * MARGIN : 0)
    const near = tuples.flatMap((t) =>
      steps.map((s) => Object.fromEntries(names.map((n, k) => [n, [moved(t[k]!, k, s)]]))),
    )
    for (const c of conditions)
      c.at(near).forEach((row, j) => {
        if (row.value[0] === 0) inside[Math.floor(j / steps.length)] = false
      })
    for (const e of edges) {
      const values = e.at(near).map((row) => row.value[0]!)
      values.forEach((v, j) => {
        const i = Math.floor(j / steps.length)
        // Where the formula moves fast, the margin may hold an edge that neither end sees.
        if (Math.abs(v) < 0.01 || Math.abs(v - values[i * steps.length]!) > 0.3) inside[i] = false
      })
    }
    return inside
  }
  insides.set(op, test)
  return test
}

/** Where arguments are drawn from, the widest first: narrow domains need narrow draws to hold all elements at once. */
const RANGES: readonly (readonly [number, number])[] = [
  [-3, 3],
  [0, 1],
  [1, 4],
  [-1, 1],
]

/** Points for a case: every element of a pointwise operation lies inside the domain. */
export function pointsOf(op: Operation, c: Case, count: number, random: () => number): number[][] {
  const inside = op.value ? insideOf(op) : undefined
  const points: number[][] = []
  for (let tries = 0; points.length < count && tries < 20 * RANGES.length; tries++) {
    const [low, high] = RANGES[tries % RANGES.length]!
    const draw = (): number => low + (high - low) * random()
    const drawn = Array.from({ length: inside ? 30 : count }, () =>
      c.shapes.flatMap((s, k) => c.fixed?.[k] ?? Array.from({ length: sizeOf(s) }, draw)),
    )
    if (!inside) points.push(...drawn)
    else {
      const tuples = drawn.map((p) => tuplesOf(c, p))
      const ok = inside(tuples.flat())
      let at = 0
      drawn.forEach((p, i) => {
        if (ok.slice(at, at + tuples[i]!.length).every(Boolean)) points.push(p)
        at += tuples[i]!.length
      })
    }
  }
  return points.slice(0, count)
}

/** All combinations of one element of each argument: more than broadcasting pairs, and simpler. */
function tuplesOf(c: Case, point: readonly number[]): number[][] {
  let offset = 0
  let tuples: number[][] = [[]]
  for (const shape of c.shapes) {
    const own = point.slice(offset, offset + sizeOf(shape))
    offset += sizeOf(shape)
    tuples = tuples.flatMap((t) => own.map((x) => [...t, x]))
  }
  return tuples
}
