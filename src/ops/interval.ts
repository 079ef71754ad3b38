// Intervals with outward rounding and a NaN flag: what an operation can give when its arguments range over boxes.

/** All numbers from lo to hi, infinities included; `nan` when NaN may come out, too. An empty interval has lo > hi. */
export interface Interval {
  readonly lo: number
  readonly hi: number
  readonly nan: boolean
}

/** What a pointwise operation gives over intervals. Must contain every value that the forward function can take there. */
export type RangeFunction = (...args: Interval[]) => Interval

/** Nothing is known. */
export const anything: Interval = { lo: -Infinity, hi: Infinity, nan: true }
const onlyNan: Interval = { lo: Infinity, hi: -Infinity, nan: true }

/**
 * Room for rounding: V8's elementary functions stay within one unit in the last place, ours (ops/special.ts) within four;
 * eight units are taken. The absolute part keeps 0 from staying exact under underflow; 2^-900 instead of the smallest
 * number, because subnormals are slow (design/performance.md, section 3).
 */
const RELATIVE = 8 * 2 ** -53
const ABSOLUTE = 2 ** -900

const down = (x: number): number =>
  Number.isFinite(x) ? x - (Math.abs(x) * RELATIVE + ABSOLUTE) : x === Infinity ? Number.MAX_VALUE : x
const up = (x: number): number =>
  Number.isFinite(x) ? x + (Math.abs(x) * RELATIVE + ABSOLUTE) : x === -Infinity ? -Number.MAX_VALUE : x

/** Bounds as they are: for operations that do not round. */
export const exact = (lo: number, hi: number, nan: boolean): Interval =>
  Number.isNaN(lo) || Number.isNaN(hi) ? anything : { lo, hi, nan }

/** Bounds moved outwards. A bound that is exactly 0 stays when `keepZero` says that no rounding can cross it. */
export function outward(lo: number, hi: number, nan: boolean, keepZero = false): Interval {
  if (Number.isNaN(lo) || Number.isNaN(hi)) return anything
  return { lo: keepZero && lo === 0 ? 0 : down(lo), hi: keepZero && hi === 0 ? 0 : up(hi), nan }
}

export const point = (x: number): Interval => (Number.isNaN(x) ? onlyNan : { lo: x, hi: x, nan: false })
export const isPoint = (x: Interval, value: number): boolean => x.lo === value && x.hi === value
export const isEmpty = (x: Interval): boolean => x.lo > x.hi
export const has = (x: Interval, value: number): boolean => x.lo <= value && value <= x.hi
const unbounded = (x: Interval): boolean => x.hi === Infinity || x.lo === -Infinity

/** The smallest interval that holds both. */
export const hull = (a: Interval, b: Interval): Interval =>
  isEmpty(a)
    ? { ...b, nan: a.nan || b.nan }
    : isEmpty(b)
      ? { ...a, nan: a.nan || b.nan }
      : { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), nan: a.nan || b.nan }

/** The part of x between two bounds; what falls outside gives NaN. */
function within(x: Interval, lo: number, hi: number): Interval {
  const nan = x.nan || x.lo < lo || x.hi > hi
  return { lo: Math.max(x.lo, lo), hi: Math.min(x.hi, hi), nan }
}

/** A function that never falls, defined between `from` and `to`, with values between `least` and `most`. */
export const rising =
  (
    f: (x: number) => number,
    { from = -Infinity, to = Infinity, least = -Infinity, most = Infinity } = {},
  ): RangeFunction =>
  (x) => {
    const inside = within(x!, from, to)
    if (isEmpty(inside)) return { ...onlyNan, nan: inside.nan }
    const out = outward(f(inside.lo), f(inside.hi), inside.nan, true)
    return { lo: Math.max(out.lo, least), hi: Math.min(out.hi, most), nan: out.nan }
  }

export const falling = (f: (x: number) => number, bounds: Parameters<typeof rising>[1] = {}): RangeFunction => {
  const mirrored = rising((x) => f(-x), {
    from: -(bounds.to ?? Infinity),
    to: -(bounds.from ?? -Infinity),
    least: bounds.least ?? -Infinity,
    most: bounds.most ?? Infinity,
  })
  return (x) => mirrored({ lo: -x!.hi, hi: -x!.lo, nan: x!.nan })
}

/** A function that falls to its least value at `bottom` and rises from there. */
export const valley =
  (f: (x: number) => number, bottom: number, least: number): RangeFunction =>
  (x) => {
    if (isEmpty(x!)) return x!
    const [a, b] = [f(x!.lo), f(x!.hi)]
    const out = outward(Math.min(a, b), Math.max(a, b), x!.nan, true)
    return has(x!, bottom) ? { ...out, lo: least } : { ...out, lo: Math.max(out.lo, least) }
  }

/**
 * sin and cos: the ends, and 1 or -1 where a top or a bottom lies inside. `top` is where the function is 1, once in 2π.
 * Far from 0 the place of the tops is not known well enough, and the bounds are -1 and 1.
 */
export const wave =
  (f: (x: number) => number, top: number): RangeFunction =>
  (x) => {
    if (isEmpty(x!)) return x!
    if (!(Math.abs(x!.lo) < 1e6 && Math.abs(x!.hi) < 1e6)) return { lo: -1, hi: 1, nan: x!.nan || unbounded(x!) }
    const turn = 2 * Math.PI
    const slack = 1e-9
    const reaches = (at: number): boolean =>
      Math.floor((x!.hi + slack - at) / turn) > Math.floor((x!.lo - slack - at) / turn) || x!.hi - x!.lo >= turn
    const out = outward(Math.min(f(x!.lo), f(x!.hi)), Math.max(f(x!.lo), f(x!.hi)), x!.nan, x!.lo === x!.hi)
    return {
      lo: reaches(top + Math.PI) ? -1 : Math.max(-1, out.lo),
      hi: reaches(top) ? 1 : Math.min(1, out.hi),
      nan: x!.nan,
    }
  }

export const add: RangeFunction = (a, b) => {
  if (isEmpty(a!) || isEmpty(b!)) return { ...onlyNan, nan: a!.nan || b!.nan }
  const nan =
    a!.nan || b!.nan || (a!.hi === Infinity && b!.lo === -Infinity) || (a!.lo === -Infinity && b!.hi === Infinity)
  // 0 + x does not round.
  if (isPoint(a!, 0)) return { ...b!, nan }
  if (isPoint(b!, 0)) return { ...a!, nan }
  const lo = a!.lo + b!.lo
  const hi = a!.hi + b!.hi
  return outward(Number.isNaN(lo) ? -Infinity : lo, Number.isNaN(hi) ? Infinity : hi, nan, a!.lo >= 0 && b!.lo >= 0)
}
export const neg: RangeFunction = (x) => ({ lo: -x!.hi, hi: -x!.lo, nan: x!.nan })
export const sub: RangeFunction = (a, b) => add(a!, neg(b!))

export const mul: RangeFunction = (a, b) => {
  if (isEmpty(a!) || isEmpty(b!)) return { ...onlyNan, nan: a!.nan || b!.nan }
  // 0 times infinity is NaN; everything else is bounded by the products of the ends, 0 · ∞ counting as 0 there.
  const nan = a!.nan || b!.nan || (has(a!, 0) && unbounded(b!)) || (has(b!, 0) && unbounded(a!))
  if (isPoint(a!, 1)) return { lo: b!.lo, hi: b!.hi, nan }
  if (isPoint(b!, 1)) return { lo: a!.lo, hi: a!.hi, nan }
  const [p, q] = [product(a!.lo, b!.lo), product(a!.lo, b!.hi)]
  const [r, s] = [product(a!.hi, b!.lo), product(a!.hi, b!.hi)]
  const [lo, hi] = [Math.min(p, q, r, s), Math.max(p, q, r, s)]
  // A product of non-negative numbers is non-negative, but underflow may make a positive one 0.
  const [least, most] = [lo === 0 ? 0 : down(lo), hi === 0 ? 0 : up(hi)]
  return { lo: lo >= 0 ? Math.max(0, least) : least, hi: hi <= 0 ? Math.min(0, most) : most, nan }
}
const product = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y)

export const reciprocal: RangeFunction = (x) => {
  if (isEmpty(x!)) return x!
  if (x!.lo > 0 || x!.hi < 0) {
    const out = outward(1 / x!.hi, 1 / x!.lo, x!.nan, true)
    return x!.lo > 0 ? { ...out, lo: Math.max(0, out.lo) } : { ...out, hi: Math.min(0, out.hi) }
  }
  // 1/0 is infinite with the sign of the zero, and a zero may have either.
  return { lo: -Infinity, hi: Infinity, nan: x!.nan }
}

export const div: RangeFunction = (a, b) => {
  const zeroByZero = has(a!, 0) && has(b!, 0)
  const infinite = unbounded(a!) && unbounded(b!)
  if (isPoint(a!, 0) && !has(b!, 0)) return { lo: 0, hi: 0, nan: a!.nan || b!.nan }
  // -0 in b turns the sign of an infinity: with 0 inside b nothing is known of the sign.
  if (has(b!, 0)) return { lo: -Infinity, hi: Infinity, nan: a!.nan || b!.nan || zeroByZero || infinite }
  const out = mul(a!, reciprocal(b!))
  return { ...out, nan: a!.nan || b!.nan || infinite }
}

/** a ** b, where x ** 0 and 1 ** y are 1 even for NaN. */
export const pow: RangeFunction = (a, b) => {
  const out = power(a!, b!)
  const one = ((a!.nan || isEmpty(a!)) && has(b!, 0)) || ((b!.nan || isEmpty(b!)) && has(a!, 1))
  return one ? hull(out, point(1)) : out
}

/** Whole constant exponents exactly by sign; else through exp(b·log a) for positive bases. */
const power: RangeFunction = (a, b) => {
  if (isEmpty(a!) || isEmpty(b!)) return { ...onlyNan, nan: a!.nan || b!.nan }
  const nan = a!.nan || b!.nan
  if (b!.lo === b!.hi && Number.isFinite(b!.lo)) {
    const n = b!.lo
    if (n === 0) return { lo: 1, hi: 1, nan: b!.nan }
    if (n === 1) return { ...a!, nan }
    if (Number.isInteger(n)) {
      if (n < 0) return { ...reciprocal(pow(a!, point(-n))), nan }
      const [x, y] = [a!.lo ** n, a!.hi ** n]
      if (n % 2 !== 0) return outward(x, y, nan, true)
      const out = outward(Math.min(x, y), Math.max(x, y), nan, true)
      return { lo: has(a!, 0) ? 0 : Math.max(0, out.lo), hi: out.hi, nan }
    }
    // Of the negative numbers -inf alone has a power that is no whole one.
    const far = a!.lo === -Infinity ? point(n > 0 ? Infinity : 0) : onlyNan
    const inside = within(a!, 0, Infinity)
    if (isEmpty(inside)) return { ...far, nan: true }
    const [x, y] = [inside.lo ** n, inside.hi ** n]
    const out = outward(Math.min(x, y), Math.max(x, y), nan || inside.nan, true)
    return { ...hull({ ...out, lo: Math.max(0, out.lo) }, far), nan: out.nan }
  }
  if (a!.lo <= 0) return anything
  const ends = [a!.lo ** b!.lo, a!.lo ** b!.hi, a!.hi ** b!.lo, a!.hi ** b!.hi]
  const out = outward(Math.min(...ends), Math.max(...ends), nan || unbounded(a!) || unbounded(b!), true)
  return { ...out, lo: Math.max(0, out.lo) }
}

export const abs: RangeFunction = (x) =>
  isEmpty(x!)
    ? x!
    : {
        lo: has(x!, 0) ? 0 : Math.min(Math.abs(x!.lo), Math.abs(x!.hi)),
        hi: Math.max(Math.abs(x!.lo), Math.abs(x!.hi)),
        nan: x!.nan,
      }
export const maximum: RangeFunction = (a, b) => ({
  lo: Math.max(a!.lo, b!.lo),
  hi: Math.max(a!.hi, b!.hi),
  nan: a!.nan || b!.nan,
})
export const minimum: RangeFunction = (a, b) => ({
  lo: Math.min(a!.lo, b!.lo),
  hi: Math.min(a!.hi, b!.hi),
  nan: a!.nan || b!.nan,
})

/** A function that never falls and does not round: sign, floor, relu. */
export const stair =
  (f: (x: number) => number): RangeFunction =>
  (x) =>
    isEmpty(x!) ? x! : exact(f(x!.lo), f(x!.hi), x!.nan)

const yes = point(1)
const no = point(0)
const maybe: Interval = { lo: 0, hi: 1, nan: false }
/** A truth: `always` and `never` tell when it is known; NaN compares as false, save for !=. */
export const truth =
  (
    always: (a: Interval, b: Interval) => boolean,
    never: (a: Interval, b: Interval) => boolean,
    onNan = 0,
  ): RangeFunction =>
  (a, b = point(0)) => {
    if (isEmpty(a!) || isEmpty(b)) return onNan ? yes : no
    const nan = a!.nan || b.nan
    if (always(a!, b) && (!nan || onNan === 1)) return yes
    if (never(a!, b) && (!nan || onNan === 0)) return no
    return maybe
  }

/** a where c holds, else b. */
export const where: RangeFunction = (c, a, b) => {
  if (c!.nan) return hull(a!, b!)
  if (c!.lo > 0 || c!.hi < 0) return a!
  return isPoint(c!, 0) ? b! : hull(a!, b!)
}
