// Forward on intervals for every operation that proofs go through: the `range` of its record, in one place by kind.
import {
  abs,
  add,
  anything,
  div,
  exact,
  falling,
  hull,
  type Interval,
  isEmpty,
  maximum,
  minimum,
  mul,
  neg,
  outward,
  point,
  pow,
  type RangeFunction,
  reciprocal,
  rising,
  stair,
  sub,
  truth,
  valley,
  wave,
  where,
} from "./interval.ts"
import type { Statics } from "./record.ts"
import { digamma, erf, erfc, erfinv, lgamma, logaddexp, ndtr, ndtri, softplus } from "./special.ts"

const unit = { least: 0, most: 1 }
const positive = { least: 0 }
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const clip: RangeFunction = (x, lo, hi) => minimum(maximum(x!, lo!), hi!)
const square: RangeFunction = (x) => pow(x!, point(2))
const truthOf = (x: Interval): Interval =>
  isEmpty(x) || x.lo > 0 || x.hi < 0
    ? point(1)
    : x.lo === 0 && x.hi === 0 && !x.nan
      ? point(0)
      : { lo: 0, hi: 1, nan: false }
const or: RangeFunction = (a, b) => maximum(truthOf(a!), truthOf(b!))
const and: RangeFunction = (a, b) => minimum(truthOf(a!), truthOf(b!))
const not: RangeFunction = (x) => sub(point(1), truthOf(x!))
const logSigmoid = (x: number): number => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
const roundEven = (x: number): number => {
  const near = Math.round(x)
  return Math.abs(x - Math.trunc(x)) === 0.5 && near % 2 !== 0 ? near - 1 : near
}

/** Pointwise operations by name. */
export const pointwiseRanges: Readonly<Record<string, RangeFunction>> = {
  add,
  sub,
  neg,
  mul,
  div,
  pow,
  square,
  reciprocal,
  abs,
  maximum,
  minimum,
  clip,
  where,
  exp: rising(Math.exp, positive),
  exp2: rising((x) => 2 ** x, positive),
  expm1: rising(Math.expm1, { least: -1 }),
  log: rising(Math.log, { from: 0 }),
  log2: rising(Math.log2, { from: 0 }),
  log10: rising(Math.log10, { from: 0 }),
  log1p: rising(Math.log1p, { from: -1 }),
  sqrt: rising(Math.sqrt, { from: 0, least: 0 }),
  rsqrt: (x) => reciprocal(rising(Math.sqrt, { from: 0, least: 0 })(x!)),
  cbrt: rising(Math.cbrt),
  sigmoid: rising(sigmoid, unit),
  softplus: rising(softplus, positive),
  logsigmoid: rising(logSigmoid, { most: 0 }),
  tanh: rising(Math.tanh, { least: -1, most: 1 }),
  sinh: rising(Math.sinh),
  cosh: valley(Math.cosh, 0, 1),
  atan: rising(Math.atan, { least: -2, most: 2 }),
  asinh: rising(Math.asinh),
  acosh: rising(Math.acosh, { from: 1, least: 0 }),
  atanh: rising(Math.atanh, { from: -1, to: 1 }),
  asin: rising(Math.asin, { from: -1, to: 1 }),
  acos: falling(Math.acos, { from: -1, to: 1, least: 0 }),
  sin: wave(Math.sin, Math.PI / 2),
  cos: wave(Math.cos, 0),
  erf: rising(erf, { least: -1, most: 1 }),
  erfc: falling(erfc, { least: 0, most: 2 }),
  erfinv: rising(erfinv, { from: -1, to: 1 }),
  ndtr: rising(ndtr, unit),
  ndtri: rising(ndtri, { from: 0, to: 1 }),
  lgamma: (x) => (x!.lo > 2 ? rising(lgamma)(x!) : anything),
  digamma: (x) => (x!.lo > 0 ? rising(digamma)(x!) : anything),
  logaddexp: (a, b) =>
    isEmpty(a!) || isEmpty(b!) ? anything : outward(logaddexp(a!.lo, b!.lo), logaddexp(a!.hi, b!.hi), a!.nan || b!.nan),
  relu: stair((x) => Math.max(x, 0)),
  relu6: stair((x) => Math.min(Math.max(x, 0), 6)),
  leaky_relu: (x, slope) =>
    where(
      truth(
        (v) => v.lo > 0,
        (v) => v.hi <= 0,
      )(x!),
      x!,
      mul(x!, slope!),
    ),
  prelu: (x, slope) =>
    where(
      truth(
        (v) => v.lo > 0,
        (v) => v.hi <= 0,
      )(x!),
      x!,
      mul(x!, slope!),
    ),
  sign: stair(Math.sign),
  floor: stair(Math.floor),
  ceil: stair(Math.ceil),
  trunc: stair(Math.trunc),
  round: stair(roundEven),
  int: stair(Math.trunc),
  gt: truth(
    (a, b) => a.lo > b.hi,
    (a, b) => a.hi <= b.lo,
  ),
  ge: truth(
    (a, b) => a.lo >= b.hi,
    (a, b) => a.hi < b.lo,
  ),
  lt: truth(
    (a, b) => a.hi < b.lo,
    (a, b) => a.lo >= b.hi,
  ),
  le: truth(
    (a, b) => a.hi <= b.lo,
    (a, b) => a.lo > b.hi,
  ),
  eq: truth(
    (a, b) => a.lo === a.hi && b.lo === b.hi && a.lo === b.lo,
    (a, b) => a.hi < b.lo || a.lo > b.hi,
  ),
  ne: truth(
    (a, b) => a.hi < b.lo || a.lo > b.hi,
    (a, b) => a.lo === a.hi && b.lo === b.hi && a.lo === b.lo,
    1,
  ),
  logical_and: and,
  logical_or: or,
  logical_not: not,
  logical_xor: (a, b) => sub(or(a!, b!), and(a!, b!)),
  bool: truthOf,
  isnan: (x) => (x!.nan ? { lo: 0, hi: 1, nan: false } : point(0)),
  isfinite: (x) =>
    !x!.nan && Number.isFinite(x!.lo) && Number.isFinite(x!.hi) ? point(1) : { lo: 0, hi: 1, nan: false },
  float: (x) => x!,
  stop_gradient: (x) => x!,
  _enter: (_, x) => x!,
  div_no_nan: (a, b) => (b!.lo > 0 || b!.hi < 0 ? div(a!, b!) : hull(point(0), div(a!, b!))),
  xlogy: (x, y) => {
    const product = mul(x!, rising(Math.log, { from: 0 })(y!))
    return x!.lo > 0 || x!.hi < 0 ? product : hull(point(0), product)
  },
}

const sum = (members: readonly Interval[]): Interval => members.reduce((a, b) => add(a, b), point(0))

/** Folds by name. */
export const foldRanges: Readonly<Record<string, (members: readonly Interval[], statics: Statics) => Interval>> = {
  sum,
  mean: (members) => div(sum(members), point(members.length)),
  amax: (members) => members.reduce((a, b) => maximum(a, b)),
  amin: (members) => members.reduce((a, b) => minimum(a, b)),
  prod: (members) => members.reduce((a, b) => mul(a, b), point(1)),
  norm2: (members) => rising(Math.sqrt, { from: 0, least: 0 })(sum(members.map((m) => square(m)))),
  any: (members) => members.reduce((a, b) => or(a, b), point(0)),
  all: (members) => members.reduce((a, b) => and(a, b), point(1)),
  count_nonzero: (members) => sum(members.map(truthOf)),
  logsumexp: (members) => {
    if (members.some((m) => isEmpty(m) || m.nan || !Number.isFinite(m.lo) || !Number.isFinite(m.hi))) return anything
    const lse = (xs: readonly number[]): number => {
      const top = Math.max(...xs)
      return top + Math.log(xs.reduce((s, x) => s + Math.exp(x - top), 0))
    }
    return outward(lse(members.map((m) => m.lo)) - 1e-12, lse(members.map((m) => m.hi)) + 1e-12, false)
  },
}

/** Along an axis by name. */
export const rowRanges: Readonly<Record<string, (row: readonly Interval[]) => Interval[]>> = {
  softmax: (row) => {
    if (row.some((m) => isEmpty(m) || m.nan || !Number.isFinite(m.lo) || !Number.isFinite(m.hi)))
      return row.map(() => ({ lo: 0, hi: 1, nan: true }))
    return row.map((own, k) => {
      // Largest when this one is at its top and the others at their bottom; exp(x - own) keeps every term in range.
      const share = (mine: number, others: (m: Interval) => number): number =>
        1 / row.reduce((s, m, j) => s + (j === k ? 1 : Math.exp(others(m) - mine)), 0)
      const out = outward(
        share(own.lo, (m) => m.hi) * (1 - 1e-13),
        share(own.hi, (m) => m.lo) * (1 + 1e-13),
        false,
        true,
      )
      return exact(Math.max(0, out.lo), Math.min(1, out.hi), false)
    })
  },
  cumsum: (row) => {
    let before = point(0)
    return row.map((x) => (before = add(before, x)))
  },
}
