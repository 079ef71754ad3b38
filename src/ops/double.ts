// Double-double arithmetic: a number as the unevaluated sum of two doubles, some 105 bits, to tell a gradient from rounding noise.

/** hi + lo, with lo at most half a unit in the last place of hi. Infinities and NaN live in hi alone. */
export interface Double {
  readonly hi: number
  readonly lo: number
}

export const double = (hi: number, lo = 0): Double => ({ hi, lo })
export const ZERO = double(0)
export const ONE = double(1)
export const TWO = double(2)
export const HALF = double(0.5)
export const NAN = double(Number.NaN)

/** The sum of two doubles with |a| >= |b| or a = 0, exactly. */
function quickTwoSum(a: number, b: number): Double {
  const sum = a + b
  return Number.isFinite(sum) ? { hi: sum, lo: b - (sum - a) } : { hi: sum, lo: 0 }
}

/** The sum of any two doubles, exactly (Knuth). */
export function twoSum(a: number, b: number): Double {
  const sum = a + b
  if (!Number.isFinite(sum)) return { hi: sum, lo: 0 }
  const other = sum - a
  return { hi: sum, lo: a - (sum - other) + (b - other) }
}

/** 2^27 + 1 splits a double into two halves of 26 bits (Dekker). */
const SPLITTER = 134217729
/** Above this the splitting itself would overflow. */
const LARGE = 2 ** 996

/** The product of two doubles, exactly unless its last bits fall below the smallest number; without a fused multiply-add. */
export function twoProd(a: number, b: number): Double {
  const product = a * b
  if (!Number.isFinite(product)) return { hi: product, lo: 0 }
  if (Math.abs(a) > LARGE) return { hi: product, lo: twoProd(a * 2 ** -60, b).lo * 2 ** 60 }
  if (Math.abs(b) > LARGE) return { hi: product, lo: twoProd(a, b * 2 ** -60).lo * 2 ** 60 }
  const wideA = SPLITTER * a
  const upperA = wideA - (wideA - a)
  const lowerA = a - upperA
  const wideB = SPLITTER * b
  const upperB = wideB - (wideB - b)
  const lowerB = b - upperB
  return { hi: product, lo: upperA * upperB - product + upperA * lowerB + lowerA * upperB + lowerA * lowerB }
}

/** The accurate sum: its error is relative to the result, also when the two nearly cancel. */
export function add(a: Double, b: Double): Double {
  const upper = twoSum(a.hi, b.hi)
  if (!Number.isFinite(upper.hi)) return upper
  const lower = twoSum(a.lo, b.lo)
  const once = quickTwoSum(upper.hi, upper.lo + lower.hi)
  return quickTwoSum(once.hi, once.lo + lower.lo)
}

export const neg = (x: Double): Double => ({ hi: -x.hi, lo: -x.lo })
export const sub = (a: Double, b: Double): Double => add(a, neg(b))
export const abs = (x: Double): Double => (x.hi < 0 ? neg(x) : { hi: Math.abs(x.hi), lo: x.lo })

export function mul(a: Double, b: Double): Double {
  const product = twoProd(a.hi, b.hi)
  return Number.isFinite(product.hi)
    ? quickTwoSum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi))
    : { hi: product.hi, lo: 0 }
}

/** Long division in three steps. */
export function div(a: Double, b: Double): Double {
  const first = a.hi / b.hi
  if (!Number.isFinite(first) || !Number.isFinite(b.hi) || first === 0) return double(first)
  let rest = sub(a, mul(b, double(first)))
  const second = rest.hi / b.hi
  rest = sub(rest, mul(b, double(second)))
  const pair = quickTwoSum(first, second)
  return Number.isFinite(pair.hi) ? add(pair, double(rest.hi / b.hi)) : double(first)
}

export const square = (x: Double): Double => mul(x, x)
export const reciprocal = (x: Double): Double => div(ONE, x)

/** Times a power of two, without rounding; in two steps, so that neither factor is out of range. */
export function scale(x: Double, exponent: number): Double {
  const half = Math.trunc(exponent / 2)
  const [one, other] = [2 ** half, 2 ** (exponent - half)]
  const hi = x.hi * one * other
  return Number.isFinite(hi) ? { hi, lo: x.lo * one * other } : { hi, lo: 0 }
}

/** One step of Newton's from the root of the high part (Karp). */
export function sqrt(x: Double): Double {
  const root = Math.sqrt(x.hi)
  if (!(root > 0 && root < Infinity)) return double(root)
  const rest = sub(x, twoProd(root, root))
  return quickTwoSum(root, rest.hi / (2 * root))
}

/** Negative, 0 or positive as a is below, at or above b; NaN when either is NaN. */
export const compare = (a: Double, b: Double): number =>
  a.hi === b.hi ? a.lo - b.lo : a.hi > b.hi ? 1 : a.hi < b.hi ? -1 : Number.NaN
export const isZero = (x: Double): boolean => x.hi === 0
export const isNaNDouble = (x: Double): boolean => Number.isNaN(x.hi)
/** Like Math.max and Math.min: NaN wins. */
export const max = (a: Double, b: Double): Double => (isNaNDouble(a) || compare(a, b) >= 0 ? a : b)
export const min = (a: Double, b: Double): Double => (isNaNDouble(a) || compare(a, b) <= 0 ? a : b)

export function floor(x: Double): Double {
  const hi = Math.floor(x.hi)
  return hi === x.hi && Number.isFinite(hi) ? quickTwoSum(hi, Math.floor(x.lo)) : double(hi)
}
export const ceil = (x: Double): Double => neg(floor(neg(x)))
export const trunc = (x: Double): Double => (x.hi < 0 ? ceil(x) : floor(x))
/** The nearest whole number, halves to even. */
export function round(x: Double): Double {
  const below = floor(x)
  const side = compare(sub(x, below), HALF)
  const odd = !isZero(sub(below, mul(TWO, floor(mul(HALF, below)))))
  return side > 0 || (side === 0 && odd) ? add(below, ONE) : below
}
export const isWhole = (x: Double): boolean => compare(floor(x), x) === 0

/** A whole power by squaring. */
export function powWhole(x: Double, exponent: number): Double {
  let result = ONE
  let base = x
  for (let e = Math.abs(exponent); e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = mul(result, base)
    if (e > 1) base = square(base)
  }
  return exponent < 0 ? reciprocal(result) : result
}

/** Coefficients, lowest first, at x (Horner). */
export const polynomial = (coefficients: readonly Double[], x: Double): Double =>
  coefficients.reduceRight((sum, c) => add(mul(sum, x), c), ZERO)

/** sum of first, first * factor(1), first * factor(1) * factor(2) … until a term no longer counts. */
export function series(first: Double, factor: (k: number) => Double, most = 1000): Double {
  let term = first
  let sum = first
  for (let k = 1; k <= most && Math.abs(term.hi) > Math.abs(sum.hi) * 2 ** -110; k++) {
    term = mul(term, factor(k))
    sum = add(sum, term)
  }
  return sum
}
