// Forward on intervals for functions with valleys, pieces, poles or jumps: each from its monotone parts.
import {
  abs,
  add,
  anything,
  div,
  exact,
  falling,
  has,
  hull,
  type Interval,
  isEmpty,
  maximum,
  minimum,
  mul,
  neg,
  outward,
  point,
  type RangeFunction,
  rising,
  stair,
  sub,
  truth,
  valley,
} from "./interval.ts"
import { digamma, erf, lgamma, polygamma, softplus } from "./special.ts"

const nothing: Interval = { lo: Infinity, hi: -Infinity, nan: false }
const onlyNan: Interval = { ...nothing, nan: true }
/** Functions that give NaN wherever an argument is. */
const strict =
  (f: RangeFunction): RangeFunction =>
  (...args) => {
    if (args.some(isEmpty)) return onlyNan
    const out = f(...args)
    return args.some((a) => a.nan) ? { ...out, nan: true } : out
  }
const bounded = (x: Interval): boolean => x.lo > -Infinity && x.hi < Infinity
const most = (x: Interval): number => Math.max(Math.abs(x.lo), Math.abs(x.hi))
const between = (x: Interval, lo: number, hi: number): Interval => ({
  ...x,
  lo: Math.max(x.lo, lo),
  hi: Math.min(x.hi, hi),
})
/** The parts of x up to `at` and from it; either may be empty. NaN stays apart. */
const below = (x: Interval, at: number): Interval => ({ lo: x.lo, hi: Math.min(x.hi, at), nan: false })
const above = (x: Interval, at: number): Interval => ({ lo: Math.max(x.lo, at), hi: x.hi, nan: false })
/** One function up to `at`, another from there. */
const pieces = (x: Interval, at: number, low: RangeFunction, high: RangeFunction): Interval => {
  const [a, b] = [below(x, at), above(x, at)]
  const joined = hull(isEmpty(a) ? nothing : low(a), isEmpty(b) ? nothing : high(b))
  return { ...joined, nan: joined.nan || x.nan }
}
const leaky: RangeFunction = (x, slope) =>
  pieces(
    x!,
    0,
    (part) => mul(part, slope!),
    (part) => part,
  )
const logCut: RangeFunction = (x) => maximum(rising(Math.log, { from: 0 })(x!), point(-100))
const log1pCut: RangeFunction = (x) => maximum(rising(Math.log1p, { from: -1 })(x!), point(-100))
const soft = rising(softplus, { least: 0 })
const quotient: RangeFunction = (a, b) => stair(Math.floor)(div(a!, b!))

/**
 * silu and gelu fall from 0 to a single bottom and rise from there. Their tails are products of a large and a tiny
 * number, which float64 gets wrong by up to |x| units of 2^-52; -inf times 0 is NaN.
 */
const dip = (f: (x: number) => number, bottom: number, least: number, grain: number): RangeFunction =>
  strict((x) => {
    const at = (v: number): number => (v === -Infinity ? 0 : f(v))
    const slack = grain * Math.min(most(x!), 100)
    const [a, b] = [at(x!.lo), at(x!.hi)]
    const out = outward(Math.min(a, b) - slack, Math.max(a, b) + slack, x!.lo === -Infinity, true)
    const lo = has(x!, bottom) ? least : Math.max(out.lo, least)
    return { lo: x!.lo >= 0 ? Math.max(0, lo) : lo, hi: x!.hi <= 0 ? Math.min(0, out.hi) : out.hi, nan: out.nan }
  })

/** a - b floor(a/b): between 0 and b, save for the rounding of the quotient. */
const remainder: RangeFunction = strict((a, b) => {
  const times = quotient(a!, b!)
  const composed = sub(a!, mul(b!, times))
  // Near the largest numbers b*floor(a/b) may overflow where a does not.
  if (most(a!) > 2 ** 1000) return { lo: -Infinity, hi: Infinity, nan: true }
  // A quotient that overflows leaves nothing to rely on.
  if (!bounded(times)) return composed
  // Rounding of the quotient, which may also fall to 0 where it is tiny.
  const slack = most(a!) * 2 ** -49 + most(b!) * 2 ** -1073 + 2 ** -900
  return { ...between(composed, Math.min(0, b!.lo) - slack, Math.max(0, b!.hi) + slack), nan: composed.nan }
})
/** a % b is exact: smaller than b, no larger than a, with its sign. */
const fmod: RangeFunction = strict((a, b) => {
  const nan = !bounded(a!) || has(b!, 0)
  const least = b!.lo > 0 ? b!.lo : b!.hi < 0 ? -b!.hi : 0
  if (most(a!) < least) return { ...a!, nan }
  const largest = most(b!)
  return exact(Math.min(0, Math.max(a!.lo, -largest)), Math.max(0, Math.min(a!.hi, largest)), nan)
})

const tan: RangeFunction = strict((x) => {
  const nan = !bounded(x!)
  const branch = (v: number): number => Math.floor((v - Math.PI / 2) / Math.PI)
  const same = most(x!) < 1e6 && branch(x!.lo - 1e-9) === branch(x!.hi + 1e-9)
  return same ? outward(Math.tan(x!.lo), Math.tan(x!.hi), nan, true) : { lo: -Infinity, hi: Infinity, nan }
})
/** Off the cut along negative b, the angle of a box is greatest and least at corners. */
const atan2: RangeFunction = strict((a, b) => {
  if (has(a!, 0) && b!.lo <= 0) return outward(-Math.PI, Math.PI, false)
  const corners = [a!.lo, a!.hi].flatMap((y) => [b!.lo, b!.hi].map((x) => Math.atan2(y, x)))
  return outward(Math.min(...corners), Math.max(...corners), false, true)
})
const hypot: RangeFunction = (a, b) => {
  if (isEmpty(a!) || isEmpty(b!)) return anything
  const [x, y] = [abs(a!), abs(b!)]
  const out = outward(Math.hypot(x.lo, y.lo), Math.hypot(x.hi, y.hi), a!.nan || b!.nan, true)
  return { ...out, lo: Math.max(0, out.lo) }
}
const sincAt = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const sinc: RangeFunction = strict((x) => {
  const nan = most(x!) * Math.PI === Infinity
  const slack = 2 ** -48
  // Up to 1 it falls on both sides of 0; the least value anywhere is -0.21723….
  if (most(x!) <= 1) {
    const least = x!.lo > 0 ? x!.lo : x!.hi < 0 ? -x!.hi : 0
    return { lo: sincAt(most(x!)) - slack, hi: sincAt(least) + slack, nan }
  }
  const nearest = x!.lo > 0 ? x!.lo : x!.hi < 0 ? -x!.hi : 0
  const reach = nearest > 0.4 ? 1 / (Math.PI * nearest) : 1
  return { lo: Math.max(-0.2172336282112217, -reach) - slack, hi: reach + slack, nan }
})
const entr: RangeFunction = strict((x) => {
  if (x!.hi < 0) return point(-Infinity)
  const from = Math.max(x!.lo, 0)
  const at = (v: number): number => (v === 0 ? 0 : -v * Math.log(v))
  const [a, b] = [at(from), at(x!.hi)]
  const out = outward(Math.min(a, b), Math.max(a, b), false, true)
  const top = from <= 1 / Math.E + 1e-15 && x!.hi >= 1 / Math.E - 1e-15
  return { lo: x!.lo < 0 ? -Infinity : out.lo, hi: top ? 1 / Math.E + 1e-15 : out.hi, nan: false }
})
const gammaValley = valley(lgamma, 1.4616321449683622, -0.12148629053584965)
const signed: RangeFunction = strict((x) => ({ lo: -Infinity, hi: Infinity, nan: x!.nan }))
const everywhere: RangeFunction = strict(() => anything)

/** Derivatives of digamma on positives: of one sign, and monotone towards 0. */
const polygammaRange: RangeFunction = strict((n, x) => {
  if (n!.lo !== n!.hi || !Number.isInteger(n!.lo) || n!.lo < 0 || n!.lo > 20) return anything
  const order = n!.lo
  if (order === 0) return x!.lo > 0 ? rising(digamma)(x!) : anything
  if (!(x!.lo >= 0)) return anything
  const f = (v: number): number => polygamma(order, v)
  const out = order % 2 === 1 ? falling(f, { least: 0 })(x!) : rising(f, { most: 0 })(x!)
  // Where the recurrence changes its number of terms, a few units more may be lost.
  return outward(out.lo * (1 - Math.sign(out.lo) * 1e-14), out.hi * (1 + Math.sign(out.hi) * 1e-14), out.nan, true)
})

/** By name; what is monotone throughout stands in ranges.ts. */
export const curves: Readonly<Record<string, RangeFunction>> = {
  leaky_relu: leaky,
  prelu: leaky,
  elu: (x, alpha) =>
    pieces(
      x!,
      0,
      (part) => mul(alpha!, rising(Math.expm1, { least: -1 })(part)),
      (part) => part,
    ),
  selu: rising((x) => (x > 0 ? 1.0507009873554805 * x : 1.0507009873554805 * 1.6732632423543772 * Math.expm1(x))),
  hardswish: valley((x) => (x <= -3 ? 0 : x >= 3 ? x : (x * (x + 3)) / 6), -1.5, -0.3750000000000001),
  sparse_sigmoid: stair((x) => Math.min(Math.max((x + 1) / 2, 0), 1)),
  silu: dip((x) => x / (1 + Math.exp(-x)), -1.278464542761074, -0.2784645427610742, 0),
  gelu_exact: dip((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)), -0.7517915247, -0.1699712075, 2 ** -51),
  remainder,
  fmod,
  floor_divide: quotient,
  fmax: (a, b) => ({
    ...(isEmpty(a!) || isEmpty(b!) || a!.nan || b!.nan ? hull(hull(a!, b!), maximum(a!, b!)) : maximum(a!, b!)),
    nan: a!.nan && b!.nan,
  }),
  fmin: (a, b) => ({
    ...(isEmpty(a!) || isEmpty(b!) || a!.nan || b!.nan ? hull(hull(a!, b!), minimum(a!, b!)) : minimum(a!, b!)),
    nan: a!.nan && b!.nan,
  }),
  lerp: (a, b, w) => add(a!, mul(w!, sub(b!, a!))),
  tan,
  atan2,
  hypot,
  sinc,
  entr,
  logit: rising((x) => Math.log(x / (1 - x)), { from: 0, to: 1 }),
  lgamma: (x) => (x!.lo >= 0 ? gammaValley(x!) : signed(x!)),
  digamma: (x) => (x!.lo > 0 ? rising(digamma)(x!) : everywhere(x!)),
  polygamma: polygammaRange,
  _bce: (p, y) => sub(mul(neg(y!), logCut(p!)), mul(sub(point(1), y!), log1pCut(neg(p!)))),
  _bce_logits: (z, y, weight) => add(mul(mul(weight!, y!), soft(neg(z!))), mul(sub(point(1), y!), soft(z!))),
  isinf: (x) => (bounded(x!) || isEmpty(x!) ? point(0) : { lo: !x!.nan && x!.lo === x!.hi ? 1 : 0, hi: 1, nan: false }),
  signbit: truth(
    (x) => x.hi < 0,
    (x) => x.lo > 0,
  ),
  heaviside: (x, v) => {
    const low = x!.lo < 0 ? point(0) : nothing
    const high = x!.hi > 0 ? point(1) : nothing
    const joined = hull(hull(isEmpty(x!) ? nothing : low, isEmpty(x!) ? nothing : high), has(x!, 0) ? v! : nothing)
    return { ...joined, nan: joined.nan || x!.nan }
  },
  frac: strict((x) => {
    if (!bounded(x!)) return { lo: -1, hi: 1, nan: true }
    const [a, b] = [Math.trunc(x!.lo), Math.trunc(x!.hi)]
    if (a === b && (x!.lo >= 0 || x!.hi <= 0)) return exact(x!.lo - a, x!.hi - b, false)
    return { lo: x!.lo < 0 ? -1 : 0, hi: x!.hi > 0 ? 1 : 0, nan: false }
  }),
  copysign: (a, b) => {
    const size = abs(a!)
    const plus = b!.hi >= 0 || b!.nan ? size : nothing
    return hull(plus, !isEmpty(b!) && b!.lo <= 0 ? neg(size) : nothing)
  },
  nan_to_num: (x, v) => {
    const kept = isEmpty(x!)
      ? nothing
      : exact(
          Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x!.lo)),
          Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, x!.hi)),
          false,
        )
    return x!.nan ? hull(kept, v!) : kept
  },
}
