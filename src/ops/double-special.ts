// The error function, the normal distribution and the gamma family in double-double: series and continued fractions, to some 95 bits.
import {
  abs,
  add,
  type Double,
  div,
  double,
  floor,
  isNaNDouble,
  isWhole,
  isZero,
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
  ZERO,
} from "./double.ts"
import { exp, log, PI } from "./double-elementary.ts"
import * as plain from "./special.ts"

const SQRT_PI = double(1.772453850905516, -7.666586499825799e-17)
const SQRT_HALF = double(Math.SQRT1_2, -4.833646656726457e-17)
const gaussian = (x: Double): Double => exp(neg(square(x)))

/** 2/sqrt(π) exp(-x²) times the sum of 2^k x^(2k+1)/(2k+1)!!, whose terms have one sign. */
function erfSeries(x: Double): Double {
  const twice = scale(square(x), 1)
  return mul(
    div(scale(gaussian(x), 1), SQRT_PI),
    series(x, (k) => div(twice, double(2 * k + 1))),
  )
}
/** exp(-x²)/sqrt(π) / (x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) for x >= 2, from the inside out. */
function erfcFraction(x: Double): Double {
  // The error falls as exp(-2x sqrt(2n)): 110 bits want 2x sqrt(2n) = 76.
  const steps = Math.ceil(38 ** 2 / (2 * x.hi ** 2)) + 12
  let below = x
  for (let k = steps; k > 0; k--) below = add(x, div(double(k / 2), below))
  return div(gaussian(x), mul(SQRT_PI, below))
}

export function erfc(x: Double): Double {
  if (isNaNDouble(x)) return x
  if (x.hi > 28) return ZERO
  if (x.hi < -12) return TWO
  if (x.hi >= 2) return erfcFraction(x)
  return x.hi <= -2 ? sub(TWO, erfcFraction(neg(x))) : sub(ONE, erfSeries(x))
}
export function erf(x: Double): Double {
  if (isZero(x) || isNaNDouble(x)) return x
  if (Math.abs(x.hi) < 2) return erfSeries(x)
  return x.hi > 0 ? sub(ONE, erfc(x)) : sub(erfc(neg(x)), ONE)
}
export const ndtr = (x: Double): Double => scale(erfc(neg(mul(x, SQRT_HALF))), -1)

/** Newton's steps for f(y) = 0 with f' = slope, from a start that is right to double precision. */
function refine(start: number, step: (y: Double) => Double): Double {
  if (!Number.isFinite(start)) return double(start)
  const once = sub(double(start), step(double(start)))
  return sub(once, step(once))
}
/** erfinv, by the tail on the side where the value is near 1. */
export function erfinv(x: Double): Double {
  if (isZero(x)) return x
  const size = abs(x)
  const value = refine(plain.erfinv(size.hi), (y) => {
    const off = size.hi < 0.5 ? sub(erf(y), size) : sub(sub(ONE, size), erfc(y))
    return mul(off, div(SQRT_PI, scale(gaussian(y), 1)))
  })
  return x.hi < 0 ? neg(value) : value
}
export function ndtri(p: Double): Double {
  if (p.hi > 0.5) return neg(ndtri(sub(ONE, p)))
  const norm = sqrt(scale(PI, 1))
  return refine(plain.ndtri(p.hi), (y) => mul(sub(ndtr(y), p), mul(norm, exp(scale(square(y), -1)))))
}

/** The Bernoulli numbers B2, B4 … as fractions, as far as the numerators are whole doubles. */
const BERNOULLI = [
  [1, 6],
  [-1, 30],
  [1, 42],
  [-1, 30],
  [5, 66],
  [-691, 2730],
  [7, 6],
  [-3617, 510],
  [43867, 798],
  [-174611, 330],
  [854513, 138],
  [-236364091, 2730],
  [8553103, 6],
  [-23749461029, 870],
  [8615841276005, 14322],
] as const
/** From here on the asymptotic series with these terms is right to 110 bits. */
const FAR = 32

/** The sum of B2k c(k)/x^(2k) for k = 1, 2 …, c(k) given as the product of whole numbers above and below. */
function bernoulliSum(x: Double, factor: (k: number) => Double): Double {
  const inverse = reciprocal(square(x))
  let power = ONE
  let sum = ZERO
  BERNOULLI.forEach(([above, below], k) => {
    power = mul(power, inverse)
    sum = add(sum, mul(mul(div(double(above), double(below)), factor(k + 1)), power))
  })
  return sum
}

/** x, x + 1 … as far as the asymptotic series needs: `each` sees every number on the way; the last one is handed back. */
function climb(x: Double, to: number, each: (at: Double) => void): Double {
  let at = x
  while (at.hi < to) {
    each(at)
    at = add(at, ONE)
  }
  return at
}
/** Poles, and the far negative side, which would be too long a climb. */
const apart = (x: Double): boolean => !(x.hi > -500) || x.hi === Infinity || (x.hi <= 0 && isWhole(x))

/** log |gamma|: gamma(x) = gamma(x + n) / (x (x+1) …). Near its roots the absolute error is small, not the relative one. */
export function lgamma(x: Double): Double {
  if (apart(x)) return double(plain.lgamma(x.hi))
  let product = ONE
  let logs = ZERO
  const at = climb(x, FAR, (y) => {
    product = mul(product, y)
    if (Math.abs(product.hi) > 1e200) {
      logs = add(logs, log(abs(product)))
      product = ONE
    }
  })
  const own = log(at)
  const stirling = add(sub(mul(sub(at, double(0.5)), own), at), scale(log(scale(PI, 1)), -1))
  const rest = mul(
    at,
    bernoulliSum(at, (k) => reciprocal(double(2 * k * (2 * k - 1)))),
  )
  return sub(add(stirling, rest), add(logs, log(abs(product))))
}

export function digamma(x: Double): Double {
  if (apart(x)) return double(plain.digamma(x.hi))
  let sum = ZERO
  const at = climb(x, FAR, (y) => {
    sum = add(sum, reciprocal(y))
  })
  const tail = add(
    scale(reciprocal(at), -1),
    bernoulliSum(at, (k) => reciprocal(double(2 * k))),
  )
  return sub(sub(log(at), tail), sum)
}

/** The n-th derivative of digamma (Abramowitz and Stegun 6.4.6 and 6.4.11). */
export function polygamma(order: Double, x: Double): Double {
  const n = order.hi
  if (n === 0) return digamma(x)
  if (!(Number.isInteger(n) && n > 0 && n <= 170)) return NAN
  if (apart(x)) return double(plain.polygamma(n, x.hi))
  let sum = ZERO
  const at = climb(x, FAR + 2 * n, (y) => {
    sum = add(sum, powWhole(y, -n - 1))
  })
  let factorial = ONE
  for (let k = 2; k < n; k++) factorial = mul(factorial, double(k))
  // (2k + n - 1)!/(2k)! over (n - 1)!, grown from one k to the next.
  let ratio = ONE
  const tail = bernoulliSum(at, (k) => {
    const m = 2 * k
    ratio = mul(ratio, div(double((m + n - 1) * (m + n - 2)), double(m * (m - 1))))
    return ratio
  })
  const head = add(add(ONE, div(double(n), scale(at, 1))), tail)
  const value = mul(factorial, add(mul(double(n), sum), mul(powWhole(at, -n), head)))
  return n % 2 === 1 ? value : neg(value)
}

/** x less the nearest whole number: what sines of πx need. */
export const fraction = (x: Double): Double => sub(x, floor(add(x, double(0.5))))
