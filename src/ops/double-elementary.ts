// The elementary functions in double-double: exponentials, logarithms, powers, trigonometry, hyperbolic functions, to some 100 bits.
import {
  abs,
  add,
  type Double,
  div,
  double,
  HALF,
  isNaNDouble,
  isWhole,
  isZero,
  max,
  min,
  mul,
  NAN,
  neg,
  ONE,
  powWhole,
  reciprocal,
  scale,
  series,
  sqrt,
  square,
  sub,
  TWO,
  twoProd,
  ZERO,
} from "./double.ts"

// Each constant is followed by what its double leaves out, from mpmath.
export const LN2 = double(Math.LN2, 2.3190468138462996e-17)
export const LN10 = double(Math.LN10, -2.1707562233822494e-16)
export const PI = double(Math.PI, 1.2246467991473532e-16)
export const HALF_PI = double(Math.PI / 2, 6.123233995736766e-17)
/** π/2 in four doubles: enough for arguments up to some 1e15. */
const QUARTER_TURN = [Math.PI / 2, 6.123233995736766e-17, -1.4973849048591698e-33, 5.562271104316826e-50] as const

/** exp(x) - 1 for small x: the series at x/512, doubled nine times by (1 + e)² - 1. */
function expm1Small(x: Double): Double {
  if (isZero(x)) return x
  const part = scale(x, -9)
  let value = series(part, (k) => div(part, double(k + 1)))
  for (let k = 0; k < 9; k++) value = add(scale(value, 1), square(value))
  return value
}

export function exp(x: Double): Double {
  // Beyond these the result is infinite or 0 in doubles, too.
  if (!(x.hi < 709.79)) return double(Math.exp(x.hi))
  if (x.hi < -746) return ZERO
  const turns = Math.round(x.hi / Math.LN2)
  return scale(add(ONE, expm1Small(sub(x, mul(LN2, double(turns))))), turns)
}

export const expm1 = (x: Double): Double => (Math.abs(x.hi) < 0.4 ? expm1Small(x) : sub(exp(x), ONE))

/** 2 atanh(s) for |s| up to 0.2: the logarithm of (1 + s)/(1 - s). */
function logRatio(s: Double): Double {
  const s2 = square(s)
  let power = s
  let sum = s
  for (let k = 3; k < 99 && Math.abs(power.hi) > Math.abs(s.hi) * 2 ** -110; k += 2) {
    power = mul(power, s2)
    sum = add(sum, div(power, double(k)))
  }
  return scale(sum, 1)
}

/** x = m 2^k with m near 1, and log x = log m + k log 2. */
export function log(x: Double): Double {
  if (!(x.hi > 0 && x.hi < Infinity)) return double(Math.log(x.hi))
  const twos = Math.round(Math.log2(x.hi))
  const m = scale(x, -twos)
  return add(logRatio(div(sub(m, ONE), add(m, ONE))), mul(LN2, double(twos)))
}

export function log1p(x: Double): Double {
  if (isZero(x)) return x
  return Math.abs(x.hi) < 0.3 ? logRatio(div(x, add(TWO, x))) : log(add(ONE, x))
}

export function pow(a: Double, b: Double): Double {
  if (isZero(b) || (a.hi === 1 && a.lo === 0)) return ONE
  if (!Number.isFinite(a.hi) || !Number.isFinite(b.hi) || isZero(a)) return double(a.hi ** b.hi)
  if (b.lo === 0 && Number.isInteger(b.hi) && Math.abs(b.hi) <= 1024) return powWhole(a, b.hi)
  if (a.hi > 0) return exp(mul(b, log(a)))
  if (!isWhole(b)) return NAN
  const size = exp(mul(b, log(neg(a))))
  return b.hi % 2 === 0 ? size : neg(size)
}

export function cbrt(x: Double): Double {
  const root = Math.cbrt(x.hi)
  if (root === 0 || !Number.isFinite(root)) return double(root)
  const near = double(root)
  const cube = mul(near, square(near))
  // Halley's step triples the number of right digits.
  return mul(near, div(add(cube, scale(x, 1)), add(scale(cube, 1), x)))
}

function sinSmall(x: Double): Double {
  const minus = neg(square(x))
  return series(x, (k) => div(minus, double(2 * k * (2 * k + 1))))
}
function cosSmall(x: Double): Double {
  const minus = neg(square(x))
  return series(ONE, (k) => div(minus, double((2 * k - 1) * 2 * k)))
}

/** The number of quarter turns in x, and what is left of it, between -π/4 and π/4. */
function reduce(x: Double): { readonly quarters: number; readonly rest: Double } {
  const quarters = Math.round(x.hi / (Math.PI / 2))
  // Every product is exact, so that the rest is as exact as its own size asks for.
  const rest = QUARTER_TURN.reduce((left, part) => sub(left, twoProd(quarters, part)), x)
  return { quarters: ((quarters % 4) + 4) % 4, rest }
}

/** Where π/2 is not known well enough to say more than the double does. */
const far = (x: Double): boolean => !(Math.abs(x.hi) < 1e15)

export function sin(x: Double): Double {
  if (far(x)) return double(Math.sin(x.hi))
  const { quarters, rest } = reduce(x)
  const size = quarters % 2 === 0 ? sinSmall(rest) : cosSmall(rest)
  return quarters < 2 ? size : neg(size)
}
export function cos(x: Double): Double {
  if (far(x)) return double(Math.cos(x.hi))
  const { quarters, rest } = reduce(x)
  const size = quarters % 2 === 0 ? cosSmall(rest) : sinSmall(rest)
  return quarters === 0 || quarters === 3 ? size : neg(size)
}
export const tan = (x: Double): Double => div(sin(x), cos(x))

/** One step from the double: atan x = y + atan((x - tan y)/(1 + x tan y)), whose last argument is about 1e-16. */
function atanSmall(x: Double): Double {
  const near = double(Math.atan(x.hi))
  const there = tan(near)
  return add(near, div(sub(x, there), add(ONE, mul(x, there))))
}
export function atan(x: Double): Double {
  if (isNaNDouble(x) || isZero(x)) return x
  if (Math.abs(x.hi) <= 1) return atanSmall(x)
  const rest = atanSmall(reciprocal(x))
  return x.hi > 0 ? sub(HALF_PI, rest) : sub(neg(HALF_PI), rest)
}
export function atan2(a: Double, b: Double): Double {
  if (isNaNDouble(a) || isNaNDouble(b)) return NAN
  const infinite = !Number.isFinite(a.hi) || !Number.isFinite(b.hi)
  if (infinite || isZero(a) || isZero(b)) {
    // A whole number of eighths of a turn: the double says which.
    return mul(double(Math.round(Math.atan2(a.hi, b.hi) / (Math.PI / 4))), scale(PI, -2))
  }
  if (Math.abs(a.hi) > Math.abs(b.hi)) return sub(a.hi > 0 ? HALF_PI : neg(HALF_PI), atanSmall(div(b, a)))
  const angle = atanSmall(div(a, b))
  return b.hi > 0 ? angle : add(angle, a.hi > 0 ? PI : neg(PI))
}
/** sqrt(1 - x²) without cancellation near 1. */
const across = (x: Double): Double => sqrt(mul(sub(ONE, x), add(ONE, x)))
export const asin = (x: Double): Double => atan2(x, across(x))
export const acos = (x: Double): Double => atan2(across(x), x)

export function sinh(x: Double): Double {
  if (Math.abs(x.hi) > 700) {
    const half = exp(scale(abs(x), -1))
    const size = mul(scale(half, -1), half)
    return x.hi > 0 ? size : neg(size)
  }
  const e = expm1(abs(x))
  const size = scale(add(e, div(e, add(ONE, e))), -1)
  return x.hi < 0 ? neg(size) : size
}
export function cosh(x: Double): Double {
  if (Math.abs(x.hi) > 700) return abs(sinh(x))
  const e = exp(x)
  return scale(add(e, reciprocal(e)), -1)
}
export function tanh(x: Double): Double {
  const e = expm1(scale(neg(abs(x)), 1))
  const size = neg(div(e, add(TWO, e)))
  return x.hi < 0 ? neg(size) : size
}
export function asinh(x: Double): Double {
  const size = abs(x)
  if (isZero(x) || !Number.isFinite(x.hi)) return x
  const large = size.hi > 1e150
  const value = large
    ? add(LN2, log(size))
    : log1p(add(size, div(square(size), add(ONE, sqrt(add(ONE, square(size)))))))
  return x.hi < 0 ? neg(value) : value
}
export function acosh(x: Double): Double {
  if (!(x.hi >= 1)) return NAN
  if (x.hi > 1e150) return add(LN2, log(x))
  const above = sub(x, ONE)
  return log1p(add(above, sqrt(add(scale(above, 1), square(above)))))
}
export const atanh = (x: Double): Double => mul(HALF, log1p(div(scale(x, 1), sub(ONE, x))))

export const sigmoid = (x: Double): Double => {
  const small = exp(neg(abs(x)))
  return div(x.hi < 0 ? small : ONE, add(ONE, small))
}
export const softplus = (x: Double): Double => add(max(x, ZERO), log1p(exp(neg(abs(x)))))
export const logsigmoid = (x: Double): Double => sub(min(x, ZERO), log1p(exp(neg(abs(x)))))
export function logaddexp(a: Double, b: Double): Double {
  const apart = a.hi === b.hi && a.lo === b.lo ? ZERO : abs(sub(a, b))
  return add(max(a, b), log1p(exp(neg(apart))))
}
