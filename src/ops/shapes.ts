// Shapes and index maps: broadcasting as NumPy, axes, and where each element of a result comes from.
import { count } from "../source/count.ts"
import { type Shape, ShapeError, type Static } from "./record.ts"

export function sizeOf(shape: Shape): number {
  let size = 1
  for (let k = 0; k < shape.length; k++) size *= shape[k]!
  return size
}
export const showShape = (shape: Shape): string => `[${shape.join(", ")}]`
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false
  return true
}

/** Elements a tensor may hold; larger ones are refused with a message instead of eating the memory. */
export const MOST_ELEMENTS = 1_000_000

export function checkSize(shape: Shape): Shape {
  for (const d of shape)
    if (!Number.isInteger(d) || d < 0) throw new ShapeError(`a shape holds whole numbers, not ${d}`)
  const size = sizeOf(shape)
  if (!(size <= MOST_ELEMENTS))
    throw new ShapeError(
      `a tensor of shape ${showShape(shape)} is too large (${count(MOST_ELEMENTS)} elements at most)`,
    )
  return shape
}

export function broadcast(shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((s) => s.length))
  const out: number[] = []
  for (let k = 0; k < rank; k++) {
    let d = 1
    for (const s of shapes) {
      const own = s[k - rank + s.length] ?? 1
      if (own === 1 || own === d) continue
      if (d !== 1) throw new ShapeError(`shapes ${shapes.map(showShape).join(" and ")} do not fit together`, [d, own])
      d = own
    }
    out.push(d)
  }
  return checkSize(out)
}

/** Row-major strides. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let step = 1
  for (let k = shape.length - 1; k >= 0; k--) {
    strides[k] = step
    step *= shape[k]!
  }
  return strides
}

/** An index map from strides: element e of `shape` comes from offset + Σ coordinate · stride. */
export function mapByStrides(shape: Shape, strides: readonly number[], offset = 0): Int32Array {
  const map = new Int32Array(sizeOf(shape))
  const at = new Array<number>(shape.length).fill(0)
  let source = offset
  for (let e = 0; e < map.length; e++) {
    map[e] = source
    for (let k = shape.length - 1; k >= 0; k--) {
      at[k]!++
      source += strides[k]!
      if (at[k]! < shape[k]!) break
      source -= strides[k]! * shape[k]!
      at[k] = 0
    }
  }
  return map
}

/** Where each element of the broadcast result comes from in `from`; null when it is the same element. */
export function broadcastMap(from: Shape, to: Shape): Int32Array | null {
  if (sameShape(from, to)) return null
  const own = stridesOf(from)
  const strides = to.map((_, k) => {
    const j = k - to.length + from.length
    return j < 0 || from[j] === 1 ? 0 : own[j]!
  })
  return mapByStrides(to, strides)
}

/** One axis, counted from the end when negative. */
export function axisOf(axis: number, rank: number): number {
  const k = axis < 0 ? axis + rank : axis
  if (!Number.isInteger(axis) || k < 0 || k >= rank) {
    throw new ShapeError(
      rank === 0
        ? `a single number has no axis ${axis}`
        : `there is no axis ${axis} in ${rank} dimension${rank === 1 ? "" : "s"}`,
    )
  }
  return k
}

/** The axes that a reduction runs over: all when null. */
export function axesOf(axis: Static | undefined, rank: number): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: rank }, (_, k) => k)
  const list = typeof axis === "number" ? [axis] : [...(axis as readonly number[])]
  return [...new Set(list.map((a) => axisOf(a, rank)))].sort((a, b) => a - b)
}

export interface Groups {
  readonly out: Shape
  readonly kept: Shape
  readonly count: number
  /** The input elements of each result element, `count` in a row. */
  readonly members: Int32Array
}

/** Which input elements a reduction over `axes` gathers into each result element. */
export function groupsOf(shape: Shape, axes: readonly number[]): Groups {
  const strides = stridesOf(shape)
  const out: number[] = []
  const kept: number[] = []
  const outStrides: number[] = []
  for (let k = 0; k < shape.length; k++) {
    const folded = axes.includes(k)
    kept.push(folded ? 1 : shape[k]!)
    if (folded) continue
    out.push(shape[k]!)
    outStrides.push(strides[k]!)
  }
  const over: number[] = []
  const overStrides: number[] = []
  for (const k of axes) {
    over.push(shape[k]!)
    overStrides.push(strides[k]!)
  }
  const starts = mapByStrides(out, outStrides)
  const steps = mapByStrides(over, overStrides)
  const count = steps.length
  const members = new Int32Array(starts.length * count)
  for (let e = 0; e < starts.length; e++)
    for (let j = 0; j < count; j++) members[e * count + j] = starts[e]! + steps[j]!
  return { out, kept, count, members }
}

/** Rows along one axis: `rows` of `length` elements, element j of row r at members[r * length + j]. */
export function rowsOf(
  shape: Shape,
  axis: number,
): { readonly rows: number; readonly length: number; readonly members: Int32Array } {
  const groups = groupsOf(shape, [axisOf(axis, shape.length)])
  return {
    rows: groups.count === 0 ? 0 : groups.members.length / groups.count,
    length: groups.count,
    members: groups.members,
  }
}
