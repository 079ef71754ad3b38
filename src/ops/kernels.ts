// Loops that many kernels share: pointwise functions, index maps, reductions and rows, each over blocks of points.
import type { Kernel, Layout, Shape } from "./record.ts"
import { broadcastMap, type Groups, sizeOf } from "./shapes.ts"

/** One number from some others. */
type PointFunction = (...xs: number[]) => number

type Loop = (
  f: PointFunction,
  out: Float64Array,
  o: number,
  ins: readonly Float64Array[],
  at: Int32Array,
  n: number,
) => void

// One copy of the loop for each function, so that V8 inlines the function into it: a shared loop would call through a
// megamorphic site, some four times slower. The text comes from here alone.
const loops = new Map<PointFunction, Loop>()
const names = ["a", "b", "c", "d"]

function loopFor(f: PointFunction, arity: number): Loop {
  let loop = loops.get(f)
  if (!loop) {
    const own = names.slice(0, arity)
    const text =
      `${own.map((v, k) => `const ${v} = ins[${k}], ${v}0 = at[${k}]`).join("\n")}\n` +
      `for (let i = 0; i < n; i++) out[o + i] = f(${own.map((v) => `${v}[${v}0 + i]`).join(", ")})\n// ${loops.size}`
    loop = new Function("f", "out", "o", "ins", "at", "n", text) as Loop
    loops.set(f, loop)
  }
  return loop
}

/** A function of numbers, applied element by element with broadcasting. */
export function pointwiseKernel(f: PointFunction, { inputs, out, block }: Layout): Kernel {
  const loop = loopFor(f, inputs.length)
  const maps = inputs.map((shape) => broadcastMap(shape, out))
  const size = sizeOf(out)
  if (maps.every((m) => m === null)) {
    const start = new Int32Array(inputs.length)
    return (to, ins) => loop(f, to, 0, ins, start, size * block)
  }
  const at = new Int32Array(inputs.length)
  return (to, ins) => {
    for (let e = 0; e < size; e++) {
      for (let k = 0; k < maps.length; k++) at[k] = (maps[k]?.[e] ?? e) * block
      loop(f, to, e * block, ins, at, block)
    }
  }
}

/** out[e] = in[map[e]]; 0 where the map is negative. */
export function pickKernel(map: Int32Array, block: number): Kernel {
  return (to, ins) => {
    const from = ins[0]!
    for (let e = 0; e < map.length; e++) {
      const source = map[e]! * block
      const target = e * block
      if (source < 0) to.fill(0, target, target + block)
      else for (let i = 0; i < block; i++) to[target + i] = from[source + i]!
    }
  }
}

/** out[map[e]] += in[e]: the transpose of pick. */
export function placeKernel(map: Int32Array, block: number): Kernel {
  return (to, ins) => {
    const from = ins[0]!
    to.fill(0)
    for (let e = 0; e < map.length; e++) {
      const target = map[e]! * block
      if (target < 0) continue
      const source = e * block
      for (let i = 0; i < block; i++) to[target + i]! += from[source + i]!
    }
  }
}

/** Folds the members of each group: start, step, and a last touch with the count. */
export function foldKernel(
  groups: Groups,
  block: number,
  start: number,
  step: (sum: number, x: number) => number,
  last?: (sum: number, count: number) => number,
): Kernel {
  const { members, count } = groups
  const results = sizeOf(groups.out)
  const loop = loopFor(step, 2)
  const at = new Int32Array(2)
  return (to, ins) => {
    const pair = [to, ins[0]!]
    to.fill(start)
    for (let e = 0; e < results; e++) {
      at[0] = e * block
      for (let j = 0; j < count; j++) {
        at[1] = members[e * count + j]! * block
        loop(step, to, e * block, pair, at, block)
      }
    }
    if (last) for (let i = 0; i < to.length; i++) to[i] = last(to[i]!, count)
  }
}

/** Hands each row along an axis, for each point, to `row` as plain arrays: xs in, ys out. */
export function rowKernel(
  rows: { readonly rows: number; readonly length: number; readonly members: Int32Array },
  outMembers: Int32Array,
  outLength: number,
  block: number,
  row: (xs: Float64Array, ys: Float64Array, extra: Float64Array) => void,
): Kernel {
  const xs = new Float64Array(rows.length)
  const extra = new Float64Array(rows.length)
  const ys = new Float64Array(outLength)
  return (to, ins) => {
    const [from, second] = [ins[0]!, ins[1]]
    for (let r = 0; r < rows.rows; r++) {
      for (let i = 0; i < block; i++) {
        for (let j = 0; j < rows.length; j++) {
          const at = rows.members[r * rows.length + j]! * block + i
          xs[j] = from[at]!
          if (second) extra[j] = second[at]!
        }
        row(xs, ys, extra)
        for (let j = 0; j < outLength; j++) to[outMembers[r * outLength + j]! * block + i] = ys[j]!
      }
    }
  }
}

export const fillKernel =
  (values: Float64Array, block: number): Kernel =>
  (to) => {
    for (let e = 0; e < values.length; e++) to.fill(values[e]!, e * block, (e + 1) * block)
  }

export type { Shape }
