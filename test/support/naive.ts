// A tiny reference of NumPy's semantics, one element at a time: slow, plain, and written without looking at src/.
import * as fc from "fast-check"

export interface Tensor {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}
export const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** All positions of a shape, the last axis fastest. */
export function positions(shape: readonly number[]): number[][] {
  if (shape.length === 0) return [[]]
  const [first, ...rest] = shape as [number, ...number[]]
  const tails = positions(rest)
  return Array.from({ length: first }, (_, i) => tails.map((t) => [i, ...t])).flat()
}
export const at = ({ shape, data }: Tensor, position: readonly number[]): number =>
  data[position.reduce((sum, p, k) => sum * shape[k]! + p, 0)]!
/** A tensor from a function of the position. */
export const make = (shape: readonly number[], f: (position: number[]) => number): Tensor => ({
  shape,
  data: positions(shape).map(f),
})

export function broadcastShapes(...shapes: (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((s) => s.length))
  return Array.from({ length: rank }, (_, k) => {
    const dims = shapes.map((s) => s[k - rank + s.length] ?? 1)
    return dims.find((d) => d !== 1) ?? 1
  })
}
/** The entry of x that stands at a position of the broadcast shape. */
export const spread = (x: Tensor, position: readonly number[]): number =>
  at(
    x,
    x.shape.map((d, k) => (d === 1 ? 0 : position[position.length - x.shape.length + k]!)),
  )
export const pointwise = (f: (...xs: number[]) => number, ...xs: Tensor[]): Tensor =>
  make(broadcastShapes(...xs.map((x) => x.shape)), (p) => f(...xs.map((x) => spread(x, p))))

export function reduce(
  x: Tensor,
  axes: readonly number[] | null,
  keep: boolean,
  fold: (xs: number[]) => number,
): Tensor {
  const rank = x.shape.length
  const over = axes === null ? x.shape.map((_, k) => k) : axes.map((a) => (a + rank) % rank)
  const rest = x.shape.map((_, k) => k).filter((k) => !over.includes(k))
  const folded = make(
    rest.map((k) => x.shape[k]!),
    (p) => {
      const members = positions(over.map((k) => x.shape[k]!)).map((q) =>
        at(
          x,
          x.shape.map((_, k) => (over.includes(k) ? q[over.indexOf(k)]! : p[rest.indexOf(k)]!)),
        ),
      )
      return fold(members)
    },
  )
  return keep ? { shape: x.shape.map((d, k) => (over.includes(k) ? 1 : d)), data: folded.data } : folded
}

/** One item of an index: a whole number, a slice as Python writes it, None, or positions of some shape. */
export type Item = number | { readonly start?: number; readonly stop?: number; readonly step?: number } | null | Tensor

function sliceOf({ start, stop, step = 1 }: { start?: number; stop?: number; step?: number }, n: number): number[] {
  // Python's own definition, by trying every index.
  const clip = (v: number, low: number, high: number): number => Math.min(Math.max(v < 0 ? v + n : v, low), high)
  const from = start === undefined ? (step > 0 ? 0 : n - 1) : clip(start, step > 0 ? 0 : -1, step > 0 ? n : n - 1)
  const to = stop === undefined ? (step > 0 ? n : -1) : clip(stop, step > 0 ? 0 : -1, step > 0 ? n : n - 1)
  const out: number[] = []
  for (let i = from; step > 0 ? i < to : i > to; i += step) out.push(i)
  return out
}

/** x[items], all items given (no ellipsis). Whole numbers select first, as torch does where NumPy differs. */
export function index(x: Tensor, items: readonly Item[]): Tensor {
  const isTensor = (i: Item): i is Tensor => typeof i === "object" && i !== null && "data" in i
  type Axis = { length: number; pick: (p: number) => number; axis: number }
  const axes: (Axis | { many: Tensor; axis: number } | "new")[] = []
  const fixed = new Map<number, number>()
  let k = 0
  for (const item of items) {
    if (item === null) axes.push("new")
    else if (typeof item === "number") {
      fixed.set(k, item < 0 ? item + x.shape[k]! : item)
      k++
    } else if (isTensor(item)) axes.push({ many: item, axis: k++ })
    else {
      const list = sliceOf(item, x.shape[k]!)
      axes.push({ length: list.length, pick: (p) => list[p]!, axis: k++ })
    }
  }
  for (; k < x.shape.length; k++) axes.push({ length: x.shape[k]!, pick: (p) => p, axis: k })
  const many = axes.flatMap((a, j) => (a !== "new" && "many" in a ? [{ ...a, j }] : []))
  const joint = broadcastShapes(...many.map((m) => m.many.shape))
  const adjacent = many.every((m, n) => n === 0 || m.j === many[n - 1]!.j + 1)
  const plain = axes.flatMap((a, j) => (a !== "new" && "many" in a ? [] : [{ a, j }]))
  const lead = many.length === 0 ? 0 : adjacent ? plain.filter(({ j }) => j < many[0]!.j).length : 0
  const dims = plain.map(({ a }) => (a === "new" ? 1 : (a as Axis).length))
  const shape = [...dims.slice(0, lead), ...joint, ...dims.slice(lead)]
  return make(shape, (p) => {
    const j = p.slice(lead, lead + joint.length)
    const rest = [...p.slice(0, lead), ...p.slice(lead + joint.length)]
    const source = new Array<number>(x.shape.length).fill(0)
    for (const [axis, v] of fixed) source[axis] = v
    for (const { many: m, axis } of many) {
      const v = spread(m, j)
      source[axis] = v < 0 ? v + x.shape[axis]! : v
    }
    plain.forEach(({ a }, n) => {
      if (a !== "new") source[(a as Axis).axis] = (a as Axis).pick(rest[n]!)
    })
    return at(x, source)
  })
}

export function matmul(a: Tensor, b: Tensor): Tensor {
  const left = a.shape.length === 1 ? { ...a, shape: [1, ...a.shape] } : a
  const right = b.shape.length === 1 ? { ...b, shape: [...b.shape, 1] } : b
  const [m, k] = left.shape.slice(-2) as [number, number]
  const n = right.shape.at(-1)!
  const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2))
  const own = (x: Tensor, p: readonly number[], row: number, column: number): number => {
    const lead = x.shape.slice(0, -2)
    return at(x, [...lead.map((d, j) => (d === 1 ? 0 : p[p.length - lead.length + j]!)), row, column])
  }
  const full = make([...batch, m, n], (p) => {
    let sum = 0
    for (let j = 0; j < k; j++)
      sum += own(left, p.slice(0, -2), p.at(-2)!, j) * own(right, p.slice(0, -2), j, p.at(-1)!)
    return sum
  })
  const shape = full.shape.filter(
    (_, j) =>
      !(j === full.shape.length - 2 && a.shape.length === 1) && !(j === full.shape.length - 1 && b.shape.length === 1),
  )
  return { shape, data: full.data }
}

export function einsum(inputs: readonly string[], out: string, xs: readonly Tensor[]): Tensor {
  const sizes = new Map<string, number>()
  inputs.forEach((letters, k) => {
    ;[...letters].forEach((l, j) => {
      sizes.set(l, xs[k]!.shape[j]!)
    })
  })
  const rest = [...sizes.keys()].filter((l) => !out.includes(l))
  return make(
    [...out].map((l) => sizes.get(l)!),
    (p) =>
      positions(rest.map((l) => sizes.get(l)!)).reduce((sum, q) => {
        const value = (l: string): number => (out.includes(l) ? p[out.indexOf(l)]! : q[rest.indexOf(l)]!)
        return sum + xs.reduce((product, x, k) => product * at(x, [...inputs[k]!].map(value)), 1)
      }, 0),
  )
}

// Arbitraries: small shapes, and tensors of plain numbers in them.
export const shapes = (max = 3, least = 0): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: least, maxLength: max })
export const tensorOf = (shape: readonly number[]): fc.Arbitrary<Tensor> =>
  fc
    .array(fc.integer({ min: -40, max: 40 }), { minLength: size(shape), maxLength: size(shape) })
    .map((data) => ({ shape, data: data.map((v) => v / 8) }))
/** Shapes that fit together: each axis of the full shape, a 1 in its place, or left out in front. */
export const fitting = (count: number): fc.Arbitrary<number[][]> =>
  shapes().chain((full) =>
    fc.tuple(
      ...Array.from({ length: count }, () =>
        fc
          .tuple(
            fc.integer({ min: 0, max: full.length }),
            fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }),
          )
          .map(([drop, ones]) => full.map((d, k) => (ones[k] ? 1 : d)).slice(drop)),
      ),
    ),
  )
