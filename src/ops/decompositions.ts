// Decompositions of matrices, one record for each of their parts. Their formulas divide by differences of singular values
// or eigenvalues, as the frameworks' do: where two are equal the gradient is NaN.
import { general } from "./helpers.ts"
import { eigh, svd } from "./jacobi.ts"
import { type Kernel, type Layout, type Shape, ShapeError } from "./record.ts"
import { showShape, sizeOf } from "./shapes.ts"

const matrixOf = (x: Shape): [lead: Shape, rows: number, columns: number] => {
  if (x.length < 2) throw new ShapeError(`a matrix is needed, not ${showShape(x)}`)
  return [x.slice(0, -2), x.at(-2)!, x.at(-1)!]
}
const squareOf = (x: Shape): [lead: Shape, n: number] => {
  const [lead, rows, columns] = matrixOf(x)
  if (rows !== columns) throw new ShapeError(`a square matrix is needed, not ${showShape(x)}`)
  return [lead, rows]
}

/** Matrix by matrix, point by point. */
const each =
  (part: (matrix: Float64Array, rows: number, columns: number) => ArrayLike<number>) =>
  ({ inputs, out, block }: Layout): Kernel => {
    const [lead, rows, columns] = matrixOf(inputs[0]!)
    const size = rows * columns
    const batch = sizeOf(lead)
    const results = batch > 0 ? sizeOf(out) / batch : 0
    const matrix = new Float64Array(size)
    return (to, [from]) => {
      for (let s = 0; s < batch; s++)
        for (let i = 0; i < block; i++) {
          for (let e = 0; e < size; e++) matrix[e] = from![(s * size + e) * block + i]!
          const result = part(matrix, rows, columns)
          for (let e = 0; e < results; e++) to[(s * results + e) * block + i] = result[e]!
        }
    }
  }

const across = "swapaxes(out, -1, -2)"
export const decompositions = [
  general("_svd_s(x)", "the singular values, the largest first", "smooth", 1, {
    shape: ([x]) => {
      const [lead, rows, columns] = matrixOf(x!)
      return [...lead, Math.min(rows, columns)]
    },
    kernel: each((m, rows, columns) => svd(m, rows, columns).s),
    vjp: { x: "bmm(_svd_u(x) * expand_dims(g, -2), swapaxes(_svd_v(x), -1, -2))" },
    internal: true,
  }),
  general("_svd_u(x)", "the left singular vectors, in columns", "smooth", 1, {
    shape: ([x]) => {
      const [lead, rows, columns] = matrixOf(x!)
      return [...lead, rows, Math.min(rows, columns)]
    },
    kernel: each((m, rows, columns) => svd(m, rows, columns).u),
    vjp: {
      x: `bmm(bmm(out, _turn(bmm(${across}, g), _svd_s(x)**2) * expand_dims(_svd_s(x), -2)) + (_beyond(out, g / expand_dims(_svd_s(x), -2)) if x.shape[-2] > x.shape[-1] else 0), swapaxes(_svd_v(x), -1, -2))`,
    },
    internal: true,
  }),
  general("_svd_v(x)", "the right singular vectors, in columns", "smooth", 1, {
    shape: ([x]) => {
      const [lead, rows, columns] = matrixOf(x!)
      return [...lead, columns, Math.min(rows, columns)]
    },
    kernel: each((m, rows, columns) => svd(m, rows, columns).v),
    vjp: {
      x: `bmm(_svd_u(x), swapaxes(bmm(out, swapaxes(expand_dims(_svd_s(x), -1) * _turn(bmm(${across}, g), _svd_s(x)**2), -1, -2)) + (_beyond(out, g / expand_dims(_svd_s(x), -2)) if x.shape[-1] > x.shape[-2] else 0), -1, -2))`,
    },
    internal: true,
  }),
  general("_eigh_values(x)", "the eigenvalues of a symmetric matrix, the smallest first", "smooth", 1, {
    shape: ([x]) => {
      const [lead, n] = squareOf(x!)
      return [...lead, n]
    },
    kernel: each((m, n) => eigh(m, n).values),
    vjp: { x: "bmm(_eigh_vectors(x) * expand_dims(g, -2), swapaxes(_eigh_vectors(x), -1, -2))" },
    internal: true,
  }),
  general("_eigh_vectors(x)", "the eigenvectors of a symmetric matrix, in columns", "smooth", 1, {
    shape: ([x]) => {
      squareOf(x!)
      return x!
    },
    kernel: each((m, n) => eigh(m, n).vectors),
    vjp: { x: `bmm(bmm(out, _turn(bmm(${across}, g), _eigh_values(x)) / 2), ${across})` },
    internal: true,
  }),
]
