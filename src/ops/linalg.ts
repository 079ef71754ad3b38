// Products of matrices, determinant and inverse.
import { general } from "./helpers.ts"
import { type Kernel, type Layout, type Shape, ShapeError } from "./record.ts"
import { showShape, sizeOf } from "./shapes.ts"

function productShape([a, b]: readonly Shape[]): Shape {
  const fits =
    a!.length === b!.length && a!.length >= 2 && a!.slice(0, -2).every((d, k) => d === b![k]) && a!.at(-1) === b!.at(-2)
  if (!fits) throw new ShapeError(`matrices ${showShape(a!)} and ${showShape(b!)} cannot be multiplied`)
  return [...a!.slice(0, -1), b!.at(-1)!]
}

const productKernel = ({ inputs, out, block }: Layout): Kernel => {
  const [m, k, n] = [inputs[0]!.at(-2)!, inputs[0]!.at(-1)!, inputs[1]!.at(-1)!]
  const batch = sizeOf(out) / (m * n)
  return (to, ins) => {
    const [a, b] = [ins[0]!, ins[1]!]
    to.fill(0)
    for (let s = 0; s < batch; s++) {
      for (let r = 0; r < m; r++) {
        for (let c = 0; c < n; c++) {
          const target = ((s * m + r) * n + c) * block
          for (let j = 0; j < k; j++) {
            const x = ((s * m + r) * k + j) * block
            const y = ((s * k + j) * n + c) * block
            for (let i = 0; i < block; i++) to[target + i]! += a[x + i]! * b[y + i]!
          }
        }
      }
    }
  }
}

const square = (x: Shape): number => {
  if (x.length < 2 || x.at(-1) !== x.at(-2)) throw new ShapeError(`a square matrix is needed, not ${showShape(x)}`)
  return x.at(-1)!
}

/** Gauss-Jordan with partial pivoting: the determinant, and the inverse in place of the matrix. */
function invert(matrix: Float64Array, n: number): number {
  const wide = new Float64Array(n * 2 * n)
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) wide[r * 2 * n + c] = matrix[r * n + c]!
    wide[r * 2 * n + n + r] = 1
  }
  let determinant = 1
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let r = c + 1; r < n; r++) if (Math.abs(wide[r * 2 * n + c]!) > Math.abs(wide[pivot * 2 * n + c]!)) pivot = r
    if (pivot !== c) {
      determinant = -determinant
      for (let j = 0; j < 2 * n; j++)
        [wide[c * 2 * n + j], wide[pivot * 2 * n + j]] = [wide[pivot * 2 * n + j]!, wide[c * 2 * n + j]!]
    }
    const head = wide[c * 2 * n + c]!
    determinant *= head
    for (let j = 0; j < 2 * n; j++) wide[c * 2 * n + j]! /= head
    for (let r = 0; r < n; r++) {
      if (r === c) continue
      const factor = wide[r * 2 * n + c]!
      for (let j = 0; j < 2 * n; j++) wide[r * 2 * n + j]! -= factor * wide[c * 2 * n + j]!
    }
  }
  for (let r = 0; r < n; r++) for (let c = 0; c < n; c++) matrix[r * n + c] = wide[r * 2 * n + n + c]!
  return determinant
}

const matrixKernel =
  (each: (matrix: Float64Array, n: number) => ArrayLike<number>) =>
  ({ inputs, out, block }: Layout): Kernel => {
    const n = inputs[0]!.at(-1)!
    const batch = sizeOf(inputs[0]!) / (n * n)
    const results = sizeOf(out) / batch
    const matrix = new Float64Array(n * n)
    return (to, [from]) => {
      for (let s = 0; s < batch; s++) {
        for (let i = 0; i < block; i++) {
          for (let e = 0; e < n * n; e++) matrix[e] = from![(s * n * n + e) * block + i]!
          const result = each(matrix, n)
          for (let e = 0; e < results; e++) to[(s * results + e) * block + i] = result[e]!
        }
      }
    }
  }

export const linalg = [
  general("bmm(a, b)", "the product of matrices, batch by batch", "smooth", 2, {
    linearIn: ["a", "b"],
    shape: productShape,
    kernel: productKernel,
    vjp: { a: "bmm(g, swapaxes(b, -1, -2))", b: "bmm(swapaxes(a, -1, -2), g)" },
  }),
  general("det(x)", "the determinant", "smooth", 1, {
    shape: ([x]) => {
      square(x!)
      return x!.slice(0, -2)
    },
    kernel: matrixKernel((matrix, n) => [invert(matrix, n)]),
    // PyTorch answers a singular matrix with 0, where the inverse does not exist.
    vjp: {
      x: "where(expand_dims(expand_dims(out, -1), -1) == 0, 0, expand_dims(expand_dims(g * out, -1), -1) * swapaxes(inv(x), -1, -2))",
    },
    names: "{torch,torch.linalg,Tensor,tf.linalg,keras.ops,jnp.linalg,np.linalg}.det",
  }),
  general("inv(x)", "the inverse of a matrix", "smooth", 1, {
    shape: ([x]) => {
      square(x!)
      return x!
    },
    kernel: matrixKernel((matrix, n) => {
      invert(matrix, n)
      return matrix
    }),
    vjp: { x: "-bmm(bmm(swapaxes(out, -1, -2), g), swapaxes(out, -1, -2))" },
    names: "{torch,torch.linalg,tf.linalg,keras.ops,jnp.linalg,np.linalg}.inv {torch,Tensor}.inverse",
  }),
]
