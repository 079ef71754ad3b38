// Order and position: sort, argsort, argmax, gathering and scattering by computed positions.
import { general, nameOf, same, whole } from "./helpers.ts"
import { rowKernel } from "./kernels.ts"
import { type Kernel, type Layout, NONE, type Operation, type Shape, ShapeError, type Statics } from "./record.ts"
import { axesOf, axisOf, groupsOf, rowsOf, sizeOf } from "./shapes.ts"

const needsAxis = (x: Shape, statics: Statics): number => {
  if (x.length === 0) throw new ShapeError("a single number has no axis to work along")
  return axisOf(Number(statics.axis), x.length)
}

const rank = (x: number, y: number): number =>
  Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x - y
/** Rows up to this length are put in order by insertion, without a function in between. */
const SHORT = 24

/** The order of a row, stable; NaN counts as the largest, as in every framework. */
function orderOf(xs: Float64Array, descending: boolean): number[] {
  const order: number[] = []
  for (let j = 0; j < xs.length; j++) order.push(j)
  const after = (a: number, b: number): number => (descending ? rank(xs[b]!, xs[a]!) : rank(xs[a]!, xs[b]!))
  if (xs.length > SHORT) return order.sort((a, b) => after(a, b) || a - b)
  for (let j = 1; j < order.length; j++) {
    let k = j
    for (; k > 0 && after(order[k - 1]!, j) > 0; k--) order[k] = order[k - 1]!
    order[k] = j
  }
  return order
}

const ordering = (call: string, says: string, index: boolean, names: string): Operation =>
  general(call, says, index ? "choice" : "kinked", 1, {
    shape: ([x], statics) => {
      needsAxis(x!, statics)
      return x!
    },
    kernel: ({ inputs, statics, block }: Layout) => {
      const rows = rowsOf(inputs[0]!, Number(statics.axis))
      const descending = Boolean(statics.descending)
      return rowKernel(rows, rows.members, rows.length, block, (xs, ys) => {
        const order = orderOf(xs, descending)
        for (let j = 0; j < order.length; j++) ys[j] = index ? order[j]! : xs[order[j]!]!
      })
    },
    type: index ? whole : same,
    vjp: { x: index ? NONE : "scatter_along(g, argsort(x, axis, descending), axis)" },
    names,
    among: `${nameOf(call)}(where(m, x, -inf if descending else inf), axis=axis, descending=descending)`,
    packs: true,
    permutes: !index,
  })

/** The position of the extreme; the first one wins a tie. */
const position = (name: string, sign: 1 | -1): Operation =>
  general(
    `${name}(x, axis=None, keepdims=False)`,
    `where the ${sign > 0 ? "largest" : "smallest"} entry is`,
    "choice",
    1,
    {
      shape: ([x], statics) => {
        if (x!.length === 0) throw new ShapeError(`${name} needs a vector, not a single number`)
        const axes = axesOf(statics.axis, x!.length)
        return statics.keepdims ? x!.map((d, k) => (axes.includes(k) ? 1 : d)) : x!.filter((_, k) => !axes.includes(k))
      },
      kernel: ({ inputs, statics, block }): Kernel => {
        const groups = groupsOf(inputs[0]!, axesOf(statics.axis, inputs[0]!.length))
        const results = sizeOf(groups.out)
        return (to, ins) => {
          const from = ins[0]!
          for (let e = 0; e < results; e++) {
            for (let i = 0; i < block; i++) {
              let best = 0
              let top = Number.NaN
              for (let j = 0; j < groups.count; j++) {
                const x = from[groups.members[e * groups.count + j]! * block + i]!
                if (j === 0 || sign * x > sign * top) {
                  best = j
                  top = x
                }
              }
              to[e * block + i] = best
            }
          }
        }
      },
      type: whole,
      among: `${name}(where(m, x, ${sign > 0 ? "-inf" : "inf"}), axis=axis, keepdims=keepdims)`,
      vjp: { x: NONE },
      names: `torch.${name}(input: x, dim: axis = None, keepdim: keepdims = False); Tensor.${name}(x, dim: axis = None, keepdim: keepdims = False); {tf,tf.math}.${name}(input: x, axis = 0, output_type: _ = None, name: _ = None); K.${name}(x, axis = -1); keras.ops.${name}(x, axis = None, keepdims = False); {jnp,np}.${name}(a: x, axis = None, out: _ = None, keepdims = False)`,
      matches: {
        text: "the probability of the right class under a softmax: expected accuracy",
        write: `sum(softmax(${sign > 0 ? "" : "-"}x, axis=-1) * one_hot(other, x.shape[-1]), axis=-1)`,
      },
      instead: [
        {
          text: `a soft choice: the expected position under a softmax`,
          write: `sum(softmax(${sign > 0 ? "" : "-"}x / 0.1) * arange(len(x)))`,
        },
      ],
    },
  )

/** Rows of `x` and of `i` run side by side: out row element j is x[i[j]]. */
function alongKernel({ inputs, out, statics, block }: Layout, scatter: boolean): Kernel {
  const axis = Number(statics.axis)
  const source = rowsOf(inputs[0]!, axis)
  const index = rowsOf(inputs[1]!, axis)
  const target = rowsOf(out, axis)
  const clampIndex = (j: number, length: number): number => (j < 0 ? j + length : j)
  return (to, ins) => {
    const [from, at] = [ins[0]!, ins[1]!]
    if (scatter) to.fill(0)
    for (let r = 0; r < index.rows; r++) {
      for (let j = 0; j < index.length; j++) {
        const own = index.members[r * index.length + j]! * block
        for (let i = 0; i < block; i++) {
          if (scatter) {
            const k = clampIndex(at[own + i]!, target.length)
            const value = from[source.members[r * source.length + j]! * block + i]!
            if (k >= 0 && k < target.length) to[target.members[r * target.length + k]! * block + i]! += value
          } else {
            const k = clampIndex(at[own + i]!, source.length)
            const inside = k >= 0 && k < source.length
            to[target.members[r * target.length + j]! * block + i] = inside
              ? from[source.members[r * source.length + k]! * block + i]!
              : Number.NaN
          }
        }
      }
    }
  }
}

const sameBut = (x: Shape, i: Shape, axis: number): void => {
  if (x.length !== i.length || x.some((d, k) => k !== axis && d !== i[k]))
    throw new ShapeError("positions need the shape of the values in every axis but the one picked along")
}

export const order = [
  ordering(
    "sort(x, axis=-1, descending=False)",
    "the entries in order",
    false,
    "{keras.ops,jnp,np}.sort(a: x, axis = -1); lax.sort(operand: x, dimension: axis = -1); torch.msort(input: x, axis = 0)",
  ),
  ordering(
    "argsort(x, axis=-1, descending=False)",
    "the positions that put the entries in order",
    true,
    "lax.argsort(operand: x, axis = -1); torch.argsort(input: x, dim: axis = -1, descending = False, stable: _ = False); Tensor.argsort(x, dim: axis = -1, descending = False); {keras.ops,jnp,np}.argsort(a: x, axis = -1)",
  ),
  position("argmax", 1),
  position("argmin", -1),
  general("take_along(x, i, axis=-1)", "along an axis, the entries at positions i", "linear", 2, {
    linearIn: ["x"],
    positions: { index: 1, of: 0 },
    shape: ([x, i], statics) => {
      sameBut(x!, i!, needsAxis(x!, statics))
      return i!
    },
    kernel: (layout) => alongKernel(layout, false),
    type: ([x]) => x!,
    vjp: { x: "_scatter_like(g, i, x, axis)", i: NONE },
    names:
      "torch.gather(input: x, dim: axis, index: i); Tensor.gather(x, dim: axis, index: i); torch.take_along_dim(input: x, indices: i, dim: axis); {jnp,np,keras.ops}.take_along_axis(arr: x, indices: i, axis)",
  }),
  general("scatter_along(x, i, axis=-1)", "along an axis, adds entry j of x at position i[j]", "linear", 2, {
    shape: ([x, i], statics) => {
      sameBut(x!, i!, needsAxis(x!, statics))
      return x!
    },
    kernel: (layout) => alongKernel(layout, true),
    vjp: { x: "take_along(g, i, axis)", i: NONE },
  }),
  general("_scatter_like(x, i, like, axis=-1)", "scatter_along into the shape of `like`", "linear", 3, {
    shape: ([x, i, like], statics) => {
      const axis = axisOf(Number(statics.axis), x!.length)
      sameBut(x!, i!, axis)
      sameBut(like!, x!, axis)
      return like!
    },
    kernel: (layout) => alongKernel({ ...layout, inputs: layout.inputs.slice(0, 2) }, true),
    vjp: { x: "take_along(g, i, axis)", i: NONE, like: NONE },
    internal: true,
  }),
]
