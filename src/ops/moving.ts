// Moving elements around, and making tensors out of nothing. All moves are index maps; their adjoint puts elements back.
import { general, pickKernel, placeKernel, rearrange } from "./helpers.ts"
import { type Shape, ShapeError, type Static, type Statics } from "./record.ts"
import { axesOf, axisOf, broadcastMap, checkSize, mapByStrides, showShape, sizeOf, stridesOf } from "./shapes.ts"

const identity = (n: number): Int32Array => new Int32Array(n).map((_, i) => i)
const list = (value: Static | undefined): number[] =>
  value === null || value === undefined ? [] : typeof value === "number" ? [value] : [...(value as readonly number[])]

function permute(shape: Shape, axes: readonly number[]): { shape: Shape; map: Int32Array } {
  const strides = stridesOf(shape)
  const to = axes.map((k) => shape[k]!)
  return {
    shape: to,
    map: mapByStrides(
      to,
      axes.map((k) => strides[k]!),
    ),
  }
}

function reshapeTo(shape: Shape, wanted: readonly number[]): Shape {
  const size = sizeOf(shape)
  const known = wanted.filter((d) => d !== -1).reduce((a, b) => a * b, 1)
  const to = wanted.map((d) => (d === -1 ? size / known : d))
  if (
    wanted.filter((d) => d === -1).length > 1 ||
    sizeOf(to) !== size ||
    to.some((d) => !Number.isInteger(d) || d < 0)
  ) {
    throw new ShapeError(`${showShape(shape)} has ${size} elements and cannot become ${showShape(wanted)}`)
  }
  return to
}

/** Which axes move where: None reverses them all. */
function orderOfAxes(rank: number, statics: Statics): number[] {
  const axes = list(statics.axes)
  const order = axes.length ? axes.map((a) => axisOf(a, rank)) : Array.from({ length: rank }, (_, k) => rank - 1 - k)
  if (new Set(order).size !== rank) throw new ShapeError(`a transposition names each of the ${rank} axes once`)
  return order
}

const band = (keep: (row: number, column: number, k: number) => boolean) => (shape: Shape, statics: Statics) => {
  if (shape.length < 2) throw new ShapeError("a triangle needs a matrix")
  const columns = shape.at(-1)!
  const rows = shape.at(-2)!
  const k = Number(statics.k)
  const map = identity(sizeOf(shape)).map((e) => (keep(Math.floor(e / columns) % rows, e % columns, k) ? e : -1))
  return { shape, map }
}

export const moving = [
  general("_pick(x, map, to)", "elements by position", "linear", 1, {
    shape: (_, statics) => statics.to as Shape,
    type: ([x]) => x!,
    kernel: ({ statics, block }) => pickKernel(statics.map as Int32Array, block),
    vjp: { x: "_place(g, map, origin)" },
    internal: true,
  }),
  general("_place(x, map, to)", "elements added up at positions", "linear", 1, {
    adds: true,
    shape: (_, statics) => statics.to as Shape,
    kernel: ({ statics, block }) => placeKernel(statics.map as Int32Array, block),
    vjp: { x: "_pick(g, map, origin)" },
    internal: true,
  }),
  rearrange(
    "reshape(x, shape)",
    "the same elements in another shape",
    (shape, { shape: to }) => ({ shape: reshapeTo(shape, list(to)), map: identity(sizeOf(shape)) }),
    {
      flattens: true,
      names:
        "torch.reshape(input: x, shape); Tensor.{reshape,view}(x, *shape); tf.reshape(tensor: x, shape, name: _ = None); K.reshape(x, shape); keras.ops.reshape(x, newshape: shape); {jnp,np}.reshape(a: x, newshape: shape)",
    },
  ),
  rearrange(
    "flatten(x, start=0, stop=-1)",
    "axes start..stop become one",
    (shape, { start, stop }) => {
      if (shape.length === 0) return { shape: [1], map: identity(1) }
      const a = axisOf(Number(start), shape.length)
      const b = axisOf(Number(stop), shape.length)
      return {
        shape: [...shape.slice(0, a), sizeOf(shape.slice(a, b + 1)), ...shape.slice(b + 1)],
        map: identity(sizeOf(shape)),
      }
    },
    {
      flattens: true,
      names:
        "torch.flatten(input: x, start_dim: start = 0, end_dim: stop = -1); Tensor.flatten(x, start_dim: start = 0, end_dim: stop = -1); {torch,Tensor}.ravel(x); K.flatten(x); {jnp,np}.ravel(a: x); keras.ops.ravel(x)",
    },
  ),
  rearrange(
    "transpose(x, axes=None)",
    "the axes in another order; reversed unless told",
    (shape, statics) => permute(shape, orderOfAxes(shape.length, statics)),
    {
      names:
        "torch.permute(input: x, dims: axes); Tensor.permute(x, *axes); tf.transpose(a: x, perm: axes = None, conjugate: _ = False, name: _ = None); K.transpose(x); K.permute_dimensions(x, pattern: axes); {keras.ops,jnp,np}.transpose(a: x, axes = None); {torch,Tensor}.t(x)",
    },
  ),
  rearrange(
    "swapaxes(x, a, b)",
    "two axes change places",
    (shape, { a, b }) => {
      const axes = shape.map((_, k) => k)
      const i = axisOf(Number(a), shape.length)
      const j = axisOf(Number(b), shape.length)
      axes[i] = j
      axes[j] = i
      return permute(shape, axes)
    },
    {
      names:
        "torch.{transpose,swapaxes,swapdims}(input: x, dim0: a, dim1: b); Tensor.{transpose,swapaxes}(x, dim0: a, dim1: b); {jnp,np,keras.ops}.swapaxes(a: x, axis1: a, axis2: b)",
    },
  ),
  rearrange(
    "moveaxis(x, source, destination)",
    "one axis moves to another place",
    (shape, { source, destination }) => {
      const from = axisOf(Number(source), shape.length)
      const axes = shape.map((_, k) => k).filter((k) => k !== from)
      axes.splice(axisOf(Number(destination), shape.length), 0, from)
      return permute(shape, axes)
    },
    {
      names:
        "{torch,Tensor}.movedim(x, source, destination); {torch,jnp,np,keras.ops}.moveaxis(x, source, destination)",
    },
  ),
  rearrange(
    "expand_dims(x, axis=0)",
    "a new axis of length 1",
    (shape, { axis }) => {
      const to = [...shape]
      for (const a of list(axis)) to.splice(axisOf(a, to.length + 1), 0, 1)
      return { shape: to, map: identity(sizeOf(shape)) }
    },
    {
      names:
        "torch.unsqueeze(input: x, dim: axis); Tensor.unsqueeze(x, dim: axis); tf.expand_dims(input: x, axis, name: _ = None); {K,keras.ops}.expand_dims(x, axis = -1); {jnp,np}.expand_dims(a: x, axis)",
    },
  ),
  rearrange(
    "squeeze(x, axis=None)",
    "axes of length 1 go",
    (shape, { axis }) => {
      const axes = axesOf(axis, shape.length).filter((k) => shape[k] === 1)
      return { shape: shape.filter((_, k) => !axes.includes(k)), map: identity(sizeOf(shape)) }
    },
    {
      names:
        "torch.squeeze(input: x, dim: axis = None); Tensor.squeeze(x, dim: axis = None); tf.squeeze(input: x, axis = None, name: _ = None); {K,keras.ops}.squeeze(x, axis = None); {jnp,np}.squeeze(a: x, axis = None)",
    },
  ),
  rearrange(
    "broadcast_to(x, shape)",
    "repeated to fill a shape",
    (shape, { shape: wanted }) => {
      const to = list(wanted).map((d, k, all) => (d === -1 ? shape[k - all.length + shape.length]! : d))
      const fits = shape.length <= to.length && shape.every((d, k) => d === 1 || d === to[k - shape.length + to.length])
      if (!fits) throw new ShapeError(`${showShape(shape)} cannot be repeated to fill ${showShape(to)}`)
      checkSize(to)
      return { shape: to, map: broadcastMap(shape, to) ?? identity(sizeOf(to)) }
    },
    {
      names:
        "{torch,Tensor}.broadcast_to(x, size: shape); Tensor.expand(x, *shape); tf.broadcast_to(input: x, shape, name: _ = None); {keras.ops,jnp,np}.broadcast_to(x, shape)",
    },
  ),
  rearrange(
    "tile(x, repeats)",
    "whole copies side by side",
    (shape, { repeats }) => {
      const times = list(repeats)
      const own = [...new Array<number>(Math.max(0, times.length - shape.length)).fill(1), ...shape]
      const by = [...new Array<number>(Math.max(0, own.length - times.length)).fill(1), ...times]
      const to = checkSize(own.map((d, k) => d * by[k]!))
      const strides = stridesOf(own)
      const target = stridesOf(to)
      return {
        shape: to,
        map: identity(sizeOf(to)).map((e) =>
          own.reduce((sum, d, k) => sum + ((Math.floor(e / target[k]!) % to[k]!) % d) * strides[k]!, 0),
        ),
      }
    },
    {
      names:
        "Tensor.repeat(x, *repeats); torch.tile(input: x, dims: repeats); tf.tile(input: x, multiples: repeats, name: _ = None); K.tile(x, n: repeats); {keras.ops,jnp,np}.tile(x, repeats)",
    },
  ),
  rearrange(
    "repeat(x, times, axis=None)",
    "each entry several times in a row",
    (shape, { times, axis }) => {
      const n = Number(times)
      const from = axis === null || axis === undefined ? [sizeOf(shape)] : shape
      const k = axisOf(Number(axis ?? 0), from.length)
      const to = checkSize(from.map((d, j) => (j === k ? d * n : d)))
      const strides = stridesOf(from)
      const target = stridesOf(to)
      return {
        shape: to,
        map: identity(sizeOf(to)).map((e) =>
          from.reduce(
            (sum, _, j) => sum + Math.floor((Math.floor(e / target[j]!) % to[j]!) / (j === k ? n : 1)) * strides[j]!,
            0,
          ),
        ),
      }
    },
    {
      names:
        "torch.repeat_interleave(input: x, repeats: times, dim: axis = None); Tensor.repeat_interleave(x, repeats: times, dim: axis = None); tf.repeat(input: x, repeats: times, axis = None); {K,keras.ops}.repeat(x, times, axis = None); {jnp,np}.repeat(a: x, repeats: times, axis = None)",
    },
  ),
  rearrange(
    "flip(x, axis=None)",
    "back to front",
    (shape, { axis }) => {
      const axes = axesOf(axis, shape.length)
      const strides = stridesOf(shape)
      const offset = axes.reduce((sum, k) => sum + (shape[k]! - 1) * strides[k]!, 0)
      return {
        shape,
        map: mapByStrides(
          shape,
          strides.map((s, k) => (axes.includes(k) ? -s : s)),
          offset,
        ),
      }
    },
    {
      names:
        "torch.flip(input: x, dims: axis); Tensor.flip(x, *axis); tf.reverse(tensor: x, axis, name: _ = None); {K.reverse}(x, axes: axis); {keras.ops,jnp,np}.flip(m: x, axis = None)",
    },
  ),
  rearrange(
    "roll(x, shift, axis=None)",
    "shifted round",
    (shape, { shift, axis }) => {
      const n = sizeOf(shape)
      const strides = stridesOf(shape)
      const by = list(shift)
      if (axis === null || axis === undefined)
        return { shape, map: identity(n).map((e) => (((e - by[0]!) % n) + n) % n) }
      const axes = list(axis).map((a) => axisOf(a, shape.length))
      return {
        shape,
        map: identity(n).map((e) =>
          shape.reduce((sum, d, k) => {
            const at = Math.floor(e / strides[k]!) % d
            const s = axes.indexOf(k)
            return sum + (s < 0 ? at : (((at - (by[s] ?? by[0]!)) % d) + d) % d) * strides[k]!
          }, 0),
        ),
      }
    },
    {
      names:
        "torch.roll(input: x, shifts: shift, dims: axis = None); {tf,keras.ops,jnp,np}.roll(x, shift, axis = None)",
    },
  ),
  rearrange(
    "diagonal(x, offset=0)",
    "the diagonal of the last two axes",
    (shape, { offset }) => {
      if (shape.length < 2) throw new ShapeError("a diagonal needs a matrix")
      const [rows, columns] = shape.slice(-2) as [number, number]
      const k = Number(offset)
      const length = Math.max(0, Math.min(rows + Math.min(k, 0), columns - Math.max(k, 0)))
      const to = [...shape.slice(0, -2), length]
      const lead = stridesOf(shape).slice(0, -2)
      return { shape: to, map: mapByStrides(to, [...lead, columns + 1], k >= 0 ? k : -k * columns) }
    },
    {
      names: "tf.linalg.{diag_part,tensor_diag_part}(input: x)",
    },
  ),
  rearrange(
    "diag_embed(x)",
    "a matrix with x on its diagonal",
    (shape) => {
      if (shape.length === 0) throw new ShapeError("a diagonal matrix is made from a vector")
      const n = shape.at(-1)!
      const to = checkSize([...shape, n])
      return {
        shape: to,
        map: identity(sizeOf(to)).map((e) => (Math.floor(e / n) % n === e % n ? Math.floor(e / n) : -1)),
      }
    },
    { names: "torch.diag_embed(input: x); tf.linalg.{diag,tensor_diag}(diagonal: x)" },
  ),
  rearrange(
    "tril(x, k=0)",
    "the lower triangle, 0 elsewhere",
    band((row, column, k) => column - row <= k),
    {
      names:
        "torch.tril(input: x, diagonal: k = 0); Tensor.tril(x, diagonal: k = 0); {keras.ops,jnp,np}.tril(m: x, k = 0)",
    },
  ),
  rearrange(
    "triu(x, k=0)",
    "the upper triangle, 0 elsewhere",
    band((row, column, k) => column - row >= k),
    {
      names:
        "torch.triu(input: x, diagonal: k = 0); Tensor.triu(x, diagonal: k = 0); {keras.ops,jnp,np}.triu(m: x, k = 0)",
    },
  ),
  rearrange(
    "_windows(x, size, stride=1, dilation=1, axis=-1)",
    "the windows that slide along an axis, their entries along a new last axis",
    (shape, statics) => {
      const [size, stride, dilation] = ["size", "stride", "dilation"].map((n) => Number(statics[n])) as [
        number,
        number,
        number,
      ]
      const k = axisOf(Number(statics.axis), shape.length)
      const count = Math.floor((shape[k]! - dilation * (size - 1) - 1) / stride) + 1
      if (!(size >= 1 && stride >= 1 && dilation >= 1 && count >= 1))
        throw new ShapeError(`a window of ${size} does not fit into an axis of length ${shape[k]}`)
      const own = stridesOf(shape)
      const to = checkSize([...shape.map((d, j) => (j === k ? count : d)), size])
      return {
        shape: to,
        map: mapByStrides(to, [...own.map((s, j) => (j === k ? s * stride : s)), own[k]! * dilation]),
      }
    },
    { internal: true },
  ),
  rearrange(
    "_pad(x, before, after)",
    "zeros around",
    (shape, { before, after }) => {
      const lead = list(before)
      const tail = list(after)
      const to = checkSize(shape.map((d, k) => d + lead[k]! + tail[k]!))
      const own = stridesOf(shape)
      const strides = stridesOf(to)
      return {
        shape: to,
        map: identity(sizeOf(to)).map((e) => {
          let from = 0
          for (let k = 0; k < to.length; k++) {
            const at = (Math.floor(e / strides[k]!) % to[k]!) - lead[k]!
            if (at < 0 || at >= shape[k]!) return -1
            from += at * own[k]!
          }
          return from
        }),
      }
    },
    { internal: true },
  ),
]
