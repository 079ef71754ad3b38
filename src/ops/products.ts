// Helpers of the derivatives of products: each row without one factor, written so that they can be differentiated again.
import { general, rearrange } from "./helpers.ts"
import { rowKernel } from "./kernels.ts"
import type { Kernel, Layout, Operation, Shape } from "./record.ts"
import { axesOf, checkSize, groupsOf, rowsOf, sizeOf } from "./shapes.ts"

/** Rows as squares: entry k of row j is `keep(j, k) ? x[k] : 1`. */
const square = (call: string, says: string, keep: (j: number, k: number) => boolean, vjp: string): Operation =>
  general(call, says, "smooth", 1, {
    shape: ([x]) => checkSize([...x!, x!.at(-1)!]),
    kernel: ({ out, block }: Layout): Kernel => {
      const n = out.at(-1)!
      return (to, [from]) => {
        for (let e = 0; e < sizeOf(out); e++) {
          const [j, k] = [Math.floor(e / n) % n, e % n]
          const source = (Math.floor(e / (n * n)) * n + k) * block
          if (keep(j, k)) for (let i = 0; i < block; i++) to[e * block + i] = from![source + i]!
          else to.fill(1, e * block, (e + 1) * block)
        }
      }
    },
    vjp: { x: vjp },
    internal: true,
  })

const foldMap = (shape: Shape, axis: unknown): ReturnType<typeof groupsOf> =>
  groupsOf(shape, axesOf(axis as number | null, shape.length))

export const products = [
  rearrange(
    "_fold(x, axis=None)",
    "the axes made one, at the end",
    (shape, { axis }) => {
      const { out, count, members } = foldMap(shape, axis)
      return { shape: [...out, count], map: members }
    },
    { internal: true },
  ),
  rearrange(
    "_unfold(x, like, axis=None)",
    "undoes _fold",
    (_, { like, axis }) => {
      const shape = like as Shape
      const { members } = foldMap(shape, axis)
      const map = new Int32Array(members.length)
      members.forEach((from, e) => {
        map[from] = e
      })
      return { shape, map }
    },
    { internal: true },
  ),
  general("_others(x)", "the product of the other entries of the last axis", "smooth", 1, {
    shape: ([x]) => x!,
    kernel: ({ inputs, block }) => {
      const rows = rowsOf(inputs[0]!, -1)
      return rowKernel(rows, rows.members, rows.length, block, (xs, ys) => {
        let product = 1
        for (let j = 0; j < xs.length; j++) {
          ys[j] = product
          product *= xs[j]!
        }
        product = 1
        for (let j = xs.length - 1; j >= 0; j--) {
          ys[j]! *= product
          product *= xs[j]!
        }
      })
    },
    vjp: {
      x: "sum(expand_dims(g, -1) * _others(_except(x)), axis=-2) - diagonal(expand_dims(g, -1) * _others(_except(x)))",
    },
    internal: true,
  }),
  square(
    "_except(x)",
    "each row once for every entry, with 1 in its place",
    (j, k) => j !== k,
    "sum(g, axis=-2) - diagonal(g)",
  ),
  square("_upto(x)", "each row once for every entry, with 1 behind it", (j, k) => k <= j, "sum(tril(g), axis=-2)"),
]
