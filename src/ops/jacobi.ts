// Decompositions of small dense matrices by Jacobi rotations: singular values and vectors, and those of symmetric matrices.

/** So many rounds over all pairs; a handful settles any matrix that fits here. */
const MOST_ROUNDS = 60
const SMALL = 2 ** -53

export interface Svd {
  /** [rows, k], [k], [columns, k] with k the smaller of rows and columns. */
  readonly u: Float64Array
  readonly s: Float64Array
  readonly v: Float64Array
}

/** The rotation that makes two directions orthogonal: its sine and cosine from the three products. */
function rotation(pp: number, qq: number, pq: number): [number, number] {
  const zeta = (qq - pp) / (2 * pq)
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta))
  const c = 1 / Math.hypot(1, t)
  return [c * t, c]
}

function turn(m: Float64Array, rows: number, n: number, p: number, q: number, sine: number, cosine: number): void {
  for (let r = 0; r < rows; r++) {
    const [x, y] = [m[r * n + p]!, m[r * n + q]!]
    m[r * n + p] = cosine * x - sine * y
    m[r * n + q] = sine * x + cosine * y
  }
}

const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, e) => (Math.floor(e / n) === e % n ? 1 : 0))
const transposed = (m: Float64Array, rows: number, n: number): Float64Array =>
  Float64Array.from({ length: rows * n }, (_, e) => m[(e % rows) * n + Math.floor(e / rows)]!)

/** Columns in an order, each with the sign that makes its largest entry positive; gives the signs. */
function arrange(
  m: Float64Array,
  rows: number,
  n: number,
  order: readonly number[],
  signs?: readonly number[],
): number[] {
  const old = m.slice()
  return order.map((from, k) => {
    let largest = 0
    for (let r = 0; r < rows; r++)
      if (Math.abs(old[r * n + from]!) > Math.abs(largest) * (1 + 1e-12)) largest = old[r * n + from]!
    const sign = signs?.[k] ?? (largest < 0 ? -1 : 1)
    for (let r = 0; r < rows; r++) m[r * n + k] = sign * old[r * n + from]!
    return sign
  })
}

/** Fills columns that a zero singular value leaves open with directions at right angles to the others. */
function complete(u: Float64Array, rows: number, n: number, open: readonly number[]): void {
  const done = Array.from({ length: n }, (_, k) => k).filter((k) => !open.includes(k))
  for (const k of open) {
    for (let axis = 0; axis < rows; axis++) {
      const column = new Float64Array(rows)
      column[axis] = 1
      for (const j of done) {
        let dot = 0
        for (let r = 0; r < rows; r++) dot += u[r * n + j]! * column[r]!
        for (let r = 0; r < rows; r++) column[r]! -= dot * u[r * n + j]!
      }
      const size = Math.hypot(...column)
      if (size < 0.5 / Math.sqrt(rows)) continue
      for (let r = 0; r < rows; r++) u[r * n + k] = column[r]! / size
      break
    }
    done.push(k)
  }
}

/** Singular values, the largest first, and their vectors: one-sided Jacobi on the columns. */
export function svd(matrix: Float64Array, rows: number, columns: number): Svd {
  if (rows < columns) {
    const { u, s, v } = svd(transposed(matrix, rows, columns), columns, rows)
    return { u: v, s, v: u }
  }
  const n = columns
  const u = matrix.slice()
  const v = identity(n)
  if (matrix.every(Number.isFinite))
    for (let round = 0, moved = true; moved && round < MOST_ROUNDS; round++) {
      moved = false
      for (let p = 0; p < n; p++)
        for (let q = p + 1; q < n; q++) {
          let [pp, qq, pq] = [0, 0, 0]
          for (let r = 0; r < rows; r++) {
            const [x, y] = [u[r * n + p]!, u[r * n + q]!]
            pp += x * x
            qq += y * y
            pq += x * y
          }
          if (Math.abs(pq) <= SMALL * Math.sqrt(pp * qq) || pq === 0) continue
          moved = true
          const [sine, cosine] = rotation(pp, qq, pq)
          turn(u, rows, n, p, q, sine, cosine)
          turn(v, n, n, p, q, sine, cosine)
        }
    }
  else {
    u.fill(Number.NaN)
    v.fill(Number.NaN)
  }
  const sizes = Array.from({ length: n }, (_, k) =>
    Math.hypot(...Array.from({ length: rows }, (_, r) => u[r * n + k]!)),
  )
  const order = sizes.map((_, k) => k).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  const s = Float64Array.from(order, (k) => sizes[k]!)
  const signs = arrange(v, n, n, order)
  arrange(u, rows, n, order, signs)
  for (let k = 0; k < n; k++) if (s[k]! > 0) for (let r = 0; r < rows; r++) u[r * n + k]! /= s[k]!
  complete(
    u,
    rows,
    n,
    [...s.keys()].filter((k) => s[k] === 0),
  )
  return { u, s, v }
}

/** Eigenvalues in ascending order and eigenvectors in columns; the matrix counts as the mean of itself and its transpose. */
export function eigh(
  matrix: Float64Array,
  n: number,
): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const a = Float64Array.from({ length: n * n }, (_, e) => (matrix[e]! + matrix[(e % n) * n + Math.floor(e / n)]!) / 2)
  const v = identity(n)
  const size = Math.hypot(...a)
  for (let round = 0, moved = Number.isFinite(size); moved && round < MOST_ROUNDS; round++) {
    moved = false
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const pq = a[p * n + q]!
        if (Math.abs(pq) <= SMALL * size * 2 ** -10) continue
        moved = true
        const [sine, cosine] = rotation(a[p * n + p]!, a[q * n + q]!, pq)
        turn(a, n, n, p, q, sine, cosine)
        for (let c = 0; c < n; c++) {
          const [x, y] = [a[p * n + c]!, a[q * n + c]!]
          a[p * n + c] = cosine * x - sine * y
          a[q * n + c] = sine * x + cosine * y
        }
        turn(v, n, n, p, q, sine, cosine)
      }
  }
  const diagonal = Float64Array.from({ length: n }, (_, k) => a[k * n + k]!)
  if (!Number.isFinite(size)) v.fill(Number.NaN)
  const order = [...diagonal.keys()].sort((x, y) => diagonal[x]! - diagonal[y]! || x - y)
  arrange(v, n, n, order)
  return { values: Float64Array.from(order, (k) => diagonal[k]!), vectors: v }
}
