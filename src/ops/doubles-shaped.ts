// Forward in double-double for folds, rows, order, positions and matrices: what pointwise functions do not cover.
import {
  abs,
  add,
  compare,
  type Double,
  div,
  double,
  isNaNDouble,
  isZero,
  max,
  min,
  mul,
  neg,
  ONE,
  sqrt,
  square,
  sub,
  ZERO,
} from "./double.ts"
import { cos, exp, log, PI, pow, sin } from "./double-elementary.ts"
import type { Shape, Statics, WholeLayout } from "./record.ts"
import { rowsOf, sizeOf } from "./shapes.ts"

const total = (xs: readonly Double[]): Double => xs.reduce((a, b) => add(a, b), ZERO)
const mean = (xs: readonly Double[]): Double => div(total(xs), double(xs.length))
const product = (xs: readonly Double[]): Double => xs.reduce((a, b) => mul(a, b), ONE)
const largest = (xs: readonly Double[]): Double => xs.reduce((a, b) => max(a, b), double(-Infinity))
const length = (xs: readonly Double[]): Double => sqrt(total(xs.map(square)))
const variance = (xs: readonly Double[], statics: Statics): Double => {
  const centre = mean(xs)
  return div(total(xs.map((x) => square(sub(x, centre)))), double(xs.length - Number(statics.ddof ?? 0)))
}
function logSumExp(xs: readonly Double[]): Double {
  const top = largest(xs)
  return Number.isFinite(top.hi) ? add(top, log(total(xs.map((x) => exp(sub(x, top)))))) : top
}
/** The place of the extreme; the first one wins a tie. */
const position =
  (sign: 1 | -1) =>
  (xs: readonly Double[]): Double =>
    double(xs.reduce((best, x, j) => (sign * compare(x, xs[best]!) > 0 ? j : best), 0))

/** Folds by name. */
export const foldDoubles: Readonly<Record<string, (members: readonly Double[], statics: Statics) => Double>> = {
  sum: total,
  mean,
  nansum: (xs) => total(xs.filter((x) => !isNaNDouble(x))),
  amax: largest,
  amin: (xs) => xs.reduce((a, b) => min(a, b), double(Infinity)),
  prod: product,
  logsumexp: logSumExp,
  norm2: length,
  euclidean_norm: length,
  norm_p: (xs, statics) => {
    const p = double(Number(statics.p))
    return pow(total(xs.map((x) => pow(abs(x), p))), div(ONE, p))
  },
  var: variance,
  std: (xs, statics) => sqrt(variance(xs, statics)),
  any: (xs) => double(xs.some((x) => !isZero(x)) ? 1 : 0),
  all: (xs) => double(xs.every((x) => !isZero(x)) ? 1 : 0),
  count_nonzero: (xs) => double(xs.filter((x) => !isZero(x)).length),
  argmax: position(1),
  argmin: position(-1),
}

/** NaN counts as the largest. */
function orderOf(xs: readonly Double[], statics: Statics): number[] {
  const rank = (x: Double, y: Double): number =>
    isNaNDouble(x) ? (isNaNDouble(y) ? 0 : 1) : isNaNDouble(y) ? -1 : compare(x, y)
  const order = xs.map((_, j) => j)
  return statics.descending
    ? order.sort((a, b) => rank(xs[b]!, xs[a]!) || a - b)
    : order.sort((a, b) => rank(xs[a]!, xs[b]!) || a - b)
}
/** A row from what came before and the next entry. */
const running =
  (step: (before: Double, x: Double) => Double, start: Double) =>
  (xs: readonly Double[]): Double[] => {
    let before = start
    return xs.map((x) => (before = step(before, x)))
  }
/** Ties take the latest, as the kernel does. */
const runningPosition =
  (sign: 1 | -1) =>
  (xs: readonly Double[]): Double[] => {
    let best = 0
    return xs.map((x, j) => {
      if (sign * compare(x, xs[best]!) >= 0) best = j
      return double(best)
    })
  }
const runningExtreme = (sign: 1 | -1) => running((a, x) => (sign * compare(a, x) > 0 ? a : x), double(-sign * Infinity))

/** Along an axis by name. */
export const rowDoubles: Readonly<Record<string, (row: readonly Double[], statics: Statics) => Double[]>> = {
  softmax: (xs) => {
    const top = largest(xs)
    const parts = xs.map((x) => exp(sub(x, top)))
    const whole = total(parts)
    return parts.map((p) => div(p, whole))
  },
  log_softmax: (xs) => {
    const all = logSumExp(xs)
    return xs.map((x) => sub(x, all))
  },
  logcumsumexp: (xs) => xs.map((_, j) => logSumExp(xs.slice(0, j + 1))),
  cumsum: running(add, ZERO),
  cumprod: running(mul, ONE),
  cummax: runningExtreme(1),
  cummin: runningExtreme(-1),
  _cummax_index: runningPosition(1),
  _cummin_index: runningPosition(-1),
  sort: (xs, statics) => orderOf(xs, statics).map((j) => xs[j]!),
  argsort: (xs, statics) => orderOf(xs, statics).map((j) => double(j)),
  _others: (xs) => xs.map((_, j) => product(xs.filter((_, k) => k !== j))),
}

type Whole = (inputs: readonly (readonly Double[])[], layout: WholeLayout) => Double[]

const wrap = (at: Double, n: number): number => (at.hi < 0 ? at.hi + n : at.hi)

const takeAlong: Whole = ([x, i], { inputs, out, statics }) => {
  const axis = Number(statics.axis)
  const [source, target] = [rowsOf(inputs[0]!, axis), rowsOf(out, axis)]
  const result = new Array<Double>(sizeOf(out))
  target.members.forEach((to, m) => {
    const from = source.members[Math.floor(m / target.length) * source.length + wrap(i![to]!, source.length)]
    result[to] = (from === undefined ? undefined : x![from]) ?? double(Number.NaN)
  })
  return result
}
const scatterAlong: Whole = ([x, i], { inputs, out, statics }) => {
  const axis = Number(statics.axis)
  const [source, target] = [rowsOf(inputs[0]!, axis), rowsOf(out, axis)]
  const result = new Array<Double>(sizeOf(out)).fill(ZERO)
  source.members.forEach((from, m) => {
    const k = wrap(i![from]!, target.length)
    if (!(k >= 0 && k < target.length)) return
    const to = target.members[Math.floor(m / source.length) * target.length + k]!
    result[to] = add(result[to]!, x![from]!)
  })
  return result
}
const bmm: Whole = ([a, b], { inputs, out }) => {
  const [rows, inner, columns] = [inputs[0]!.at(-2)!, inputs[0]!.at(-1)!, inputs[1]!.at(-1)!]
  return Array.from({ length: sizeOf(out) }, (_, e) => {
    const [line, c] = [Math.floor(e / columns), e % columns]
    const batch = Math.floor(line / rows)
    return total(
      Array.from({ length: inner }, (_, j) => mul(a![line * inner + j]!, b![(batch * inner + j) * columns + c]!)),
    )
  })
}
/** Gauss-Jordan with pivots, on rows that carry the unit matrix beside them. */
function invert(matrix: readonly Double[], n: number): { readonly determinant: Double; readonly inverse: Double[] } {
  let determinant = ONE
  const lines = Array.from({ length: n }, (_, r) => [
    ...matrix.slice(r * n, r * n + n),
    ...Array.from({ length: n }, (_, c) => double(r === c ? 1 : 0)),
  ])
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let r = c + 1; r < n; r++) if (Math.abs(lines[r]![c]!.hi) > Math.abs(lines[pivot]![c]!.hi)) pivot = r
    if (pivot !== c) {
      determinant = neg(determinant)
      ;[lines[c], lines[pivot]] = [lines[pivot]!, lines[c]!]
    }
    const head = lines[c]![c]!
    determinant = mul(determinant, head)
    const own = lines[c]!.map((x) => div(x, head))
    lines.forEach((line, r) => {
      lines[r] = r === c ? own : line.map((x, j) => sub(x, mul(line[c]!, own[j]!)))
    })
  }
  return { determinant, inverse: lines.flatMap((line) => line.slice(n)) }
}
const matrices =
  (each: (matrix: readonly Double[], n: number) => readonly Double[]): Whole =>
  ([x], { inputs }) => {
    const n = inputs[0]!.at(-1)!
    return Array.from({ length: x!.length / (n * n) }, (_, s) => each(x!.slice(s * n * n, (s + 1) * n * n), n)).flat()
  }
/** Each row of the last axis once for every entry, with 1 where `keep` says no. */
const squares =
  (keep: (j: number, k: number) => boolean): Whole =>
  ([x], { out }) => {
    const n = (out as Shape).at(-1)!
    return Array.from({ length: sizeOf(out) }, (_, e) =>
      keep(Math.floor(e / n) % n, e % n) ? x![Math.floor(e / (n * n)) * n + (e % n)]! : ONE,
    )
  }

/** Each row is summed up with its turns, which is slow and has no more roundings than it must. */
const transform: Whole = ([x], { inputs, statics }) => {
  const n = inputs[0]!.at(-2)!
  const turn = Array.from({ length: n }, (_, k) => {
    const angle = mul(div(double(2 * k), double(n)), PI)
    return { c: cos(angle), s: mul(double(Number(statics.sign)), sin(angle)) }
  })
  return x!.map((_, e) => {
    const [row, k, part] = [Math.floor(e / (2 * n)), Math.floor(e / 2) % n, e % 2]
    return total(
      turn.map((_, j) => {
        const { c, s } = turn[(j * k) % n]!
        const [re, im] = [x![2 * (row * n + j)]!, x![2 * (row * n + j) + 1]!]
        return part === 0 ? sub(mul(re, c), mul(im, s)) : add(mul(re, s), mul(im, c))
      }),
    )
  })
}

/** Operations on whole tensors by name. */
export const wholeDoubles: Readonly<Record<string, Whole>> = {
  _dft: transform,
  take_along: takeAlong,
  scatter_along: scatterAlong,
  _scatter_like: scatterAlong,
  bmm,
  det: matrices((m, n) => [invert(m, n).determinant]),
  inv: matrices((m, n) => invert(m, n).inverse),
  _except: squares((j, k) => j !== k),
  _upto: squares((j, k) => k <= j),
}
