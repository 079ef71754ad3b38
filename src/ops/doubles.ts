// Forward in double-double for pointwise operations: the `double` of their records, in one place by kind.
import {
  abs,
  add,
  ceil,
  compare,
  type Double,
  div,
  double,
  floor,
  HALF,
  isNaNDouble,
  isZero,
  max,
  min,
  mul,
  neg,
  ONE,
  reciprocal,
  round,
  scale,
  sqrt,
  square,
  sub,
  TWO,
  trunc,
  ZERO,
} from "./double.ts"
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  exp,
  expm1,
  LN2,
  LN10,
  log,
  log1p,
  logaddexp,
  logsigmoid,
  PI,
  pow,
  sigmoid,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
} from "./double-elementary.ts"
import { digamma, erf, erfc, erfinv, fraction, lgamma, ndtr, ndtri, polygamma } from "./double-special.ts"

/** A pointwise operation on pairs of doubles. */
export type DoubleFunction = (...args: Double[]) => Double

const bit = (c: boolean): Double => (c ? ONE : ZERO)
const comparison =
  (holds: (order: number) => boolean): DoubleFunction =>
  (a, b) =>
    bit(holds(compare(a!, b!)))
const clip: DoubleFunction = (x, lo, hi) => min(max(x!, lo!), hi!)
const positive = (x: Double): boolean => x.hi > 0
const leaky: DoubleFunction = (x, slope) => (positive(x!) ? x! : mul(x!, slope!))
const finite = (x: Double): boolean => Number.isFinite(x.hi)
const negative = (x: Double): boolean => x.hi < 0 || Object.is(x.hi, -0)
const logCut = (x: Double): Double => max(x, double(-100))
const [SCALE, SLOPE] = [1.0507009873554805, 1.0507009873554805 * 1.6732632423543772]

/** sin(πx)/(πx): the sine of what is left beside whole numbers, so that its zeros are exact. */
function sinc(x: Double): Double {
  if (isZero(x)) return ONE
  const left = fraction(x)
  const size = sin(mul(PI, left))
  return div(isZero(sub(mul(HALF, sub(x, left)), floor(mul(HALF, sub(x, left))))) ? size : neg(size), mul(PI, x))
}
function hypot(a: Double, b: Double): Double {
  const top = max(abs(a), abs(b))
  if (isZero(top) || !finite(top)) return double(Math.hypot(a.hi, b.hi))
  return mul(top, sqrt(add(square(div(a, top)), square(div(b, top)))))
}
const xlogy: DoubleFunction = (x, y) => (isZero(x!) && !isNaNDouble(y!) ? ZERO : mul(x!, log(y!)))

/** Pointwise operations by name. */
export const pointwiseDoubles: Readonly<Record<string, DoubleFunction>> = {
  add,
  sub,
  neg,
  mul,
  div,
  div_no_nan: (a, b) => (isZero(b!) ? ZERO : div(a!, b!)),
  pow,
  square,
  reciprocal,
  remainder: (a, b) => sub(a!, mul(b!, floor(div(a!, b!)))),
  fmod: (a, b) => (finite(a!) && Math.abs(b!.hi) === Infinity ? a! : sub(a!, mul(b!, trunc(div(a!, b!))))),
  floor_divide: (a, b) => floor(div(a!, b!)),
  abs,
  maximum: max,
  minimum: min,
  fmax: (a, b) => (compare(a!, b!) >= 0 || isNaNDouble(b!) ? a! : b!),
  fmin: (a, b) => (compare(a!, b!) <= 0 || isNaNDouble(b!) ? a! : b!),
  clip,
  clip_open: clip,
  hardtanh: clip,
  lerp: (a, b, w) => add(a!, mul(w!, sub(b!, a!))),
  hypot,
  exp,
  exp2: (x) => pow(TWO, x!),
  expm1,
  log,
  log2: (x) => div(log(x!), LN2),
  log10: (x) => div(log(x!), LN10),
  log1p,
  sqrt,
  rsqrt: (x) => reciprocal(sqrt(x!)),
  cbrt,
  xlogy,
  entr: (x) => (x!.hi < 0 ? double(-Infinity) : neg(xlogy(x!, x!))),
  logit: (x) => log(div(x!, sub(ONE, x!))),
  logaddexp,
  sigmoid,
  softplus,
  logsigmoid,
  silu: (x) => mul(x!, sigmoid(x!)),
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  atan2,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  sinc,
  erf,
  erfc,
  erfinv,
  ndtr,
  ndtri,
  gelu_exact: (x) => mul(x!, ndtr(x!)),
  lgamma,
  digamma,
  polygamma,
  relu: (x) => max(x!, ZERO),
  relu6: (x) => clip(x!, ZERO, double(6)),
  leaky_relu: leaky,
  prelu: leaky,
  hardswish: (x) => (x!.hi <= -3 ? ZERO : x!.hi >= 3 ? x! : div(mul(x!, add(x!, double(3))), double(6))),
  elu: (x, alpha) => (positive(x!) ? x! : mul(alpha!, expm1(x!))),
  selu: (x) => (positive(x!) ? mul(double(SCALE), x!) : mul(double(SLOPE), expm1(x!))),
  sparse_sigmoid: (x) => clip(scale(add(x!, ONE), -1), ZERO, ONE),
  _bce: (p, y) => neg(add(mul(y!, logCut(log(p!))), mul(sub(ONE, y!), logCut(log1p(neg(p!)))))),
  _bce_logits: (z, y, weight) => add(mul(mul(weight!, y!), softplus(neg(z!))), mul(sub(ONE, y!), softplus(z!))),
  gt: comparison((order) => order > 0),
  ge: comparison((order) => order >= 0),
  lt: comparison((order) => order < 0),
  le: comparison((order) => order <= 0),
  eq: comparison((order) => order === 0),
  ne: comparison((order) => order !== 0),
  logical_and: (a, b) => bit(!isZero(a!) && !isZero(b!)),
  logical_or: (a, b) => bit(!isZero(a!) || !isZero(b!)),
  logical_xor: (a, b) => bit(isZero(a!) !== isZero(b!)),
  logical_not: (x) => bit(isZero(x!)),
  isnan: (x) => bit(isNaNDouble(x!)),
  isinf: (x) => bit(Math.abs(x!.hi) === Infinity),
  isfinite: (x) => bit(finite(x!)),
  signbit: (x) => bit(negative(x!)),
  sign: (x) => double(Math.sign(x!.hi)),
  round,
  floor,
  ceil,
  trunc,
  int: trunc,
  heaviside: (x, v) => (isZero(x!) ? v! : isNaNDouble(x!) ? x! : bit(positive(x!))),
  frac: (x) => sub(x!, trunc(x!)),
  copysign: (a, b) => (negative(b!) ? neg(abs(a!)) : abs(a!)),
  nan_to_num: (x, v) => (isNaNDouble(x!) ? v! : finite(x!) ? x! : double(Math.sign(x!.hi) * Number.MAX_VALUE)),
  where: (c, a, b) => (isZero(c!) ? b! : a!),
  _enter: (_, x) => x!,
  _authored: (value) => value!,
  _trusted: (value) => value!,
  stop_gradient: (x) => x!,
  _plain: (x) => x!,
  bool: (x) => bit(!isZero(x!)),
  float: (x) => x!,
  _copy: (x) => x!,
}
