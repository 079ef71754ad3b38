// Forward on intervals for every operation that proofs go through: the `range` of its record, in one place by kind.
import {
  abs,
  add,
  anything,
  div,
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
import { curves } from "./ranges-curves.ts"
import { erf, erfc, erfinv, logaddexp, ndtr, ndtri, softplus } from "./special.ts"

const unit = { least: 0, most: 1 }
const positive = { least: 0 }
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const clip: RangeFunction = (x, lo, hi) => minimum(maximum(x!, lo!), hi!)
export const square: RangeFunction = (x) => pow(x!, point(2))
export const truthOf = (x: Interval): Interval =>
  isEmpty(x) || x.lo > 0 || x.hi < 0
    ? point(1)
    : x.lo === 0 && x.hi === 0 && !x.nan
      ? point(0)
      : { lo: 0, hi: 1, nan: false }
export const or: RangeFunction = (a, b) => maximum(truthOf(a!), truthOf(b!))
export const and: RangeFunction = (a, b) => minimum(truthOf(a!), truthOf(b!))
const not: RangeFunction = (x) => sub(point(1), truthOf(x!))
const logSigmoid = (x: number): number => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
const roundEven = (x: number): number => {
  const near = Math.round(x)
  return Math.abs(x - Math.trunc(x)) === 0.5 && near % 2 !== 0 ? near - 1 : near
}

/** Pointwise operations by name. */
export const pointwiseRanges: Readonly<Record<string, RangeFunction>> = {
  ...curves,
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
  clip_open: clip,
  hardtanh: clip,
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
  logaddexp: (a, b) =>
    isEmpty(a!) || isEmpty(b!) ? anything : outward(logaddexp(a!.lo, b!.lo), logaddexp(a!.hi, b!.hi), a!.nan || b!.nan),
  relu: stair((x) => Math.max(x, 0)),
  relu6: stair((x) => Math.min(Math.max(x, 0), 6)),
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
  _copy: (x) => x!,
  stop_gradient: (x) => x!,
  _plain: (x) => x!,
  _enter: (_, x) => x!,
  _authored: (value) => value!,
  _trusted: (value) => value!,
  div_no_nan: (a, b) => (b!.lo > 0 || b!.hi < 0 ? div(a!, b!) : hull(point(0), div(a!, b!))),
  xlogy: (x, y) => {
    const product = mul(x!, rising(Math.log, { from: 0 })(y!))
    return x!.lo > 0 || x!.hi < 0 ? product : hull(point(0), product)
  },
}
