// Special functions of the error-function and logistic families: float64 in, float64 out, right to a few units in the last place.
import { polynomial } from "./special-gamma.ts"

export { digamma, gammaP, lgamma, polygamma } from "./special-gamma.ts"

// The two polynomials below are Chebyshev fits made with mpmath.chebyfit at 60 digits, written in a variable on [-1, 1].
// ERF: erf(x)/x - 1 over x² in [0, 1/4], in 8x² - 1; the fit's error is 2e-20.
const ERF = [
  0.08307523767617131, -0.04364205888669792, 0.0016130716680617073, -4.76233693446849e-5, 1.1516037795233198e-6,
  -2.3472291635294847e-8, 4.127025151938976e-10, -6.374417573691971e-12, 8.777607481006789e-14, -1.0893429375776461e-15,
]
// ERFC: (1 + 2x) exp(x²) erfc(x) over x in [1/2, inf), in (x - 4)/(x + 3); the fit's error is 2e-17. The form is Shepherd
// and Laframboise's (Math. Comp. 36, 1981): bounded, smooth and never zero on the whole half line.
const ERFC = [
  1.2329951186255526, -0.12216847723549219, -0.0034960135133682967, 0.04665458534674158, -0.04180651066501247,
  0.022801799598895535, -0.008073603938409104, 0.0013920612489409345, 0.0002474037667476515, -0.00019788759215706305,
  1.747909367977436e-5, 1.8863194245256844e-5, -4.577222359327935e-6, -1.913546489115558e-6, 7.237626468190278e-7,
  2.408349807458199e-7, -1.0493774859885045e-7, -3.832966003311098e-8, 1.4297043677246165e-8, 6.801371534298556e-9,
  -1.6435553087166748e-9, -1.0648505869986335e-9, 1.1546483167686888e-10, 9.830381985699387e-11,
]

// Wichura's rational approximations of the normal quantile (algorithm AS 241, PPND16, Applied Statistics 37, 1988): the
// numerator and denominator near the middle, in the tails and in the far tails, to about 1e-16.
const MIDDLE = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]
const MIDDLE_UNDER = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
]
const TAIL = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
]
const TAIL_UNDER = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]
const FAR_TAIL = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const FAR_TAIL_UNDER = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]

/**
 * exp(-scale x²) for |x| below 64 and scale 1 or 1/2. Rounding x² would cost x² units in the last place, so x is split:
 * the square of its upper 24 bits is exact.
 */
function gaussian(x: number, scale: number): number {
  const upper = Math.fround(x)
  return Math.exp(-scale * upper * upper) * Math.exp(-scale * (x - upper) * (x + upper))
}

/** exp(x²) erfc(x) for x >= 1/2. */
const scaledTail = (x: number): number => polynomial(ERFC, (x - 4) / (x + 3)) / (1 + 2 * x)

/** The error function, 2/sqrt(pi) times the integral of exp(-t²) from 0 to x. Values in [-1, 1]; odd; NaN gives NaN. */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 0.5) return x + x * polynomial(ERF, 8 * x * x - 1)
  if (size > 6) return Math.sign(x) // erfc(6) is 2e-17, below half a unit in the last place of 1
  const value = 1 - gaussian(size, 1) * scaledTail(size)
  return x < 0 ? -value : value
}

/** 1 - erf(x) without cancellation, down to the smallest float64 near x = 27. Values in [0, 2]; NaN gives NaN. */
export function erfc(x: number): number {
  if (x < 0.5) return x > -0.5 ? 1 - erf(x) : x < -6 ? 2 : 2 - gaussian(x, 1) * scaledTail(-x)
  return x > 28 ? 0 : gaussian(x, 1) * scaledTail(x)
}

/** The standard normal's cumulative distribution, erfc(-x/sqrt(2))/2, exact in the lower tail down to x = -38. */
export function ndtr(x: number): number {
  const size = Math.abs(x)
  if (size < Math.SQRT1_2) return 0.5 + 0.5 * erf(x * Math.SQRT1_2)
  if (size > 40) return x < 0 ? 0 : 1
  // exp(-x²/2) from x itself: rounding x/sqrt(2) first would cost x² units in the last place.
  const tail = 0.5 * gaussian(size, 0.5) * scaledTail(size * Math.SQRT1_2)
  return x < 0 ? tail : 1 - tail
}

/**
 * The normal quantile, given `q`, the probability less 1/2, and `tail`, the smaller of the probability and its
 * complement: a caller that knows both exactly loses no digits near 0, 1/2 and 1.
 */
function quantile(q: number, tail: number): number {
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(MIDDLE, r)) / polynomial(MIDDLE_UNDER, r)
  }
  const r = Math.sqrt(-Math.log(tail))
  const size =
    r <= 5
      ? polynomial(TAIL, r - 1.6) / polynomial(TAIL_UNDER, r - 1.6)
      : polynomial(FAR_TAIL, r - 5) / polynomial(FAR_TAIL_UNDER, r - 5)
  return q < 0 ? -size : size
}

/** The inverse of `ndtr` for p in [0, 1]: -inf at 0, inf at 1, NaN outside. */
export function ndtri(p: number): number {
  if (p > 0 && p < 1) return quantile(p - 0.5, Math.min(p, 1 - p))
  return p === 0 ? -Infinity : p === 1 ? Infinity : NaN
}

/** The inverse of `erf` for y in [-1, 1]: infinite at the ends, NaN outside. */
export function erfinv(y: number): number {
  const size = Math.abs(y)
  if (size < 1) return quantile(0.5 * y, 0.5 * (1 - size)) * Math.SQRT1_2
  return size === 1 ? y * Infinity : NaN
}

/** 1/(1 + exp(-x)), never overflowing and with full relative accuracy where it is small. Values in [0, 1]. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

/** log(1 + exp(x)) as max(x, 0) + log1p(exp(-|x|)), which never overflows. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** log(exp(a) + exp(b)) about the larger of the two. Equal infinities give themselves; NaN gives NaN. */
export function logaddexp(a: number, b: number): number {
  if (a === b) return a + Math.LN2 // also for equal infinities, whose difference would be NaN
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
}
