// The gamma family: log gamma, its derivatives and the regularised incomplete gamma function, in float64.

// Chebyshev fits made with mpmath.chebyfit at 60 digits, in 2u - 1 for u in [0, 1], with the zeros divided out so that
// the relative error stays small at them.
// LOG_GAMMA: log gamma(1 + u) / (u (u - 1)); the fit's error is 8e-19.
const LOG_GAMMA = [
  0.4831289505409809, -0.07297994795715304, 0.015727850268641097, -0.003913560937626331, 0.001049818664454635,
  -0.0002945507015164312, 8.510090373634476e-5, -2.5094328700900636e-5, 7.511391846837954e-6, -2.2742472358027586e-6,
  6.948428393704062e-7, -2.138638060528023e-7, 6.623870571642316e-8, -2.0619851263731666e-8, 6.430366506216791e-9,
  -2.0184741279133343e-9, 6.5655031582108e-10, -2.075322954216366e-10, 5.030067090605482e-11, -1.5936042537298723e-11,
  1.1577613910649688e-11, -3.700571132904742e-12,
]
// DIGAMMA: digamma(1 + u) / (u - root); the fit's error is 6e-19. The root is 0.4616…, given in two parts.
const DIGAMMA = [
  0.9510558760318328, -0.21181371064073024, 0.06013562106019684, -0.018550615381739702, 0.005936795278301875,
  -0.0019350666647392832, 0.0006368880303847901, -0.00021074841284590126, 6.99501882655044e-5, -2.325823275895313e-5,
  7.741234441368395e-6, -2.578133701610713e-6, 8.589062683365892e-7, -2.8621216825577647e-7, 9.543261570760428e-8,
  -3.1807298477301726e-8, 1.0528133851878114e-8, -3.509235492410718e-9, 1.2466690231864029e-9, -4.1555064115551965e-10,
  8.748420037436287e-11, -2.9161179626023815e-11, 2.916093601085364e-11, -9.720300404202244e-12,
]
const DIGAMMA_ROOT = 0.46163214496836236
const DIGAMMA_ROOT_REST = -1.5522348162858677e-17

// Asymptotic series in 1/x² from the Bernoulli numbers B2, B4 … (Abramowitz and Stegun 6.1.41, 6.3.18, 6.4.11):
// B2k/(2k(2k-1)), B2k/2k and B2k/(2k)!.
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]
const DIGAMMA_SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160]
const POLYGAMMA_SERIES = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
  43867 / 5109094217170944000,
  -174611 / 802857662698291200000,
]

const HALF_LOG_TWO_PI = 0.9189385332046728
const LOG_PI = 1.1447298858494002

/**
 * A polynomial with an even number of coefficients, lowest first. Even and odd powers run as two chains side by side,
 * which halves the time that a long Horner chain waits for itself.
 */
export function polynomial(coefficients: readonly number[], t: number): number {
  const square = t * t
  let even = 0
  let odd = 0
  for (let i = coefficients.length - 2; i >= 0; i -= 2) {
    even = even * square + coefficients[i]!
    odd = odd * square + coefficients[i + 1]!
  }
  return even + odd * t
}

/** The signed distance to the nearest whole number, exact: sines and tangents of pi x need no more of x. */
const fraction = (x: number): number => x - Math.round(x)

/** cot(pi x) of a fraction in [-1/2, 1/2], exact also at its zeros: beyond 1/4 it is the tangent of what is missing to 1/2. */
function cotangent(x: number): number {
  if (Math.abs(x) <= 0.25) return 1 / Math.tan(Math.PI * x)
  return Math.tan(Math.PI * (x < 0 ? -0.5 - x : 0.5 - x))
}

/** log gamma(1 + u) for u in [0, 1], exact in the relative sense at its zeros 0 and 1. */
const logGammaUnit = (u: number): number => u * (u - 1) * polynomial(LOG_GAMMA, 2 * u - 1)

/**
 * log |gamma(x)|. Infinite at the poles 0, -1, -2 … and at both infinities, as torch has it. Full relative accuracy for
 * x > 0; between the negative poles the function has roots, near which only the absolute error is small.
 */
export function lgamma(x: number): number {
  if (x >= 8) {
    if (x === Infinity) return x
    const log = Math.log(x)
    const r = 1 / x
    return x * (log - 1) - 0.5 * log + (HALF_LOG_TWO_PI + r * polynomial(STIRLING, r * r))
  }
  if (x >= 2) {
    let product = 1
    let rest = x
    while (rest >= 3) product *= --rest
    // Here 2 <= rest < 3, and gamma(rest) = (rest - 1) gamma(rest - 1).
    return Math.log(product * (rest - 1)) + logGammaUnit(rest - 2)
  }
  if (x >= 1) return logGammaUnit(x - 1)
  if (x > 0) return logGammaUnit(x) - Math.log(x)
  if (Number.isNaN(x)) return x
  if (Number.isInteger(x) || x === -Infinity) return Infinity
  if (x > -1e-17) return -Math.log(-x)
  // Reflection: gamma(x) gamma(-x) = -pi / (x sin(pi x)).
  return LOG_PI - Math.log(Math.abs(x * Math.sin(Math.PI * fraction(x)))) - lgamma(-x)
}

/**
 * The derivative of log gamma. -inf at 0 (inf at -0) and NaN at -1, -2 … and -inf, as torch and SciPy have it. Full relative accuracy
 * for x > 0; for x < 0, near roots, only the absolute error is small.
 */
export function digamma(x: number): number {
  if (x >= 10) {
    const r = 1 / (x * x)
    return Math.log(x) - (0.5 / x + r * polynomial(DIGAMMA_SERIES, r))
  }
  if (x >= 1) {
    let sum = 0
    let rest = x
    while (rest >= 2) sum += 1 / --rest
    const u = rest - 1
    return sum + (u - DIGAMMA_ROOT - DIGAMMA_ROOT_REST) * polynomial(DIGAMMA, 2 * u - 1)
  }
  if (x > 0) return (x - DIGAMMA_ROOT - DIGAMMA_ROOT_REST) * polynomial(DIGAMMA, 2 * x - 1) - 1 / x
  if (x === 0) return -1 / x
  if (Number.isInteger(x) || !Number.isFinite(x)) return NaN
  return digamma(1 - x) - Math.PI * cotangent(fraction(x))
}

/**
 * The n-th derivative of digamma, n a whole number from 0 to 170, above which factorials overflow (0 is digamma itself; any other n gives NaN). At
 * the poles 0, -1 … it is inf for odd n; for even n, whose sides disagree, -inf as in SciPy and torch, which sum the
 * Hurwitz zeta series.
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x)
  if (!(Number.isInteger(n) && n > 0 && n <= 170) || Number.isNaN(x) || x === -Infinity) return NaN
  const sign = n % 2 === 1 ? 1 : -1
  if (x === Infinity) return sign * 0
  if (x <= 0) {
    if (Number.isInteger(x)) return sign * Infinity
    // Reflection (Abramowitz and Stegun 6.4.7).
    return -sign * polygamma(n, 1 - x) - cotangentDerivative(n, fraction(x))
  }
  // Up to where the asymptotic series is exact, by the recurrence: every term has one sign, so nothing cancels.
  let factorial = 1
  for (let k = 2; k < n; k++) factorial *= k
  let sum = 0
  let at = x
  for (; at < n + 10; at++) sum += 1 / power(at, n + 1)
  // (n-1)!/x^n (1 + n/2x + sum over k of B2k/(2k)! n (n+1) … (n+2k-1) / x^2k)
  let series = 1 + n / (2 * at)
  let rising = 1
  for (let k = 0; k < POLYGAMMA_SERIES.length; k++) {
    rising *= ((n + 2 * k) * (n + 2 * k + 1)) / (at * at)
    series += POLYGAMMA_SERIES[k]! * rising
  }
  return sign * (factorial * n * sum + (factorial / power(at, n)) * series)
}

/** x to a whole power from 1, by squaring: Math.pow need not be right to the last digit. */
function power(x: number, exponent: number): number {
  let result = 1
  for (let base = x, e = exponent; e > 0; e >>= 1, base *= base) if (e & 1) result *= base
  return result
}

/** pi times the n-th derivative of cot(pi x) by x: a polynomial in c = cot(pi x), since c' = -pi (1 + c²). */
function cotangentDerivative(n: number, x: number): number {
  let coefficients = [0, 1]
  for (let k = 0; k < n; k++) {
    const next = new Array<number>(coefficients.length + 1).fill(0)
    for (let i = 1; i < coefficients.length; i++) {
      next[i - 1]! -= i * coefficients[i]!
      next[i + 1]! -= i * coefficients[i]!
    }
    coefficients = next
  }
  const c = cotangent(x)
  return Math.PI ** (n + 1) * coefficients.reduceRight((sum, value) => sum * c + value, 0)
}

/**
 * The regularised lower incomplete gamma function P(a, x) for a > 0 and x >= 0: the share of a gamma distribution of
 * shape `a` below x. By its power series below a + 1 and by its continued fraction above (Abramowitz and Stegun 6.5.29,
 * 6.5.31); values in [0, 1], absolute error about 1e-16 (1 + a). The work grows with sqrt(a).
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return NaN
  if (x === 0) return 0
  if (x === Infinity) return 1
  const front = Math.exp(a * Math.log(x) - x - lgamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    return Math.min(1, front * sum)
  }
  // Lentz's way through x + 1 - a - 1(1-a)/(x + 3 - a - …).
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let k = 1; k < 100_000; k++) {
    const numerator = k * (a - k)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    const factor = c * d
    fraction *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return 1 - front * fraction
}
