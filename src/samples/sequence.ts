// Points that fill a cube evenly: a scrambled Halton sequence, and the seeded generator that scrambles it.

/**
 * Numbers strictly inside (0, 1) with 32 random bits each: sfc32 (Doty-Humphrey's PractRand), whose integer arithmetic
 * gives the same numbers on every machine. Seeds may be any finite numbers; `stream` tells apart generators of one seed.
 */
export function random(seed: number, stream = 0): () => number {
  let a = Math.trunc(seed) | 0
  let b = Math.floor(seed / 2 ** 32) | 0
  let c = stream | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return ((sum >>> 0) + 0.5) / 2 ** 32
  }
  for (let i = 0; i < 15; i++) next() // the author's warm-up, after which near seeds have nothing in common
  return next
}

/**
 * `points` points in `dimensions` dimensions, laid out [dimension][point], each value strictly inside (0, 1). Coordinate d
 * is the radical inverse of the point's number in the d-th prime base (Halton, 1960), with a fresh random permutation for
 * every digit position, which removes the correlations between large bases (Owen, "A randomized Halton algorithm in R",
 * 2017), and a random place inside the last digit's cell. A base above `points` would see its first digit only, and a
 * part of its values; such a coordinate is a Latin hypercube's instead: each of `points` equal cells once, in random
 * order. A coordinate depends on the seed, its number and `points` alone, not on how many dimensions are asked for.
 */
export function halton(dimensions: number, points: number, seed: number): Float64Array {
  const key = `${points} ${seed}`
  const before = known.get(key)
  if (before && before.length >= dimensions * points) return before.subarray(0, dimensions * points)
  const all = made(dimensions, points, seed)
  if (all.length <= MOST_KEPT) {
    if (known.size >= MOST_KINDS) known.delete([...known.keys()][0]!)
    known.set(key, all)
  }
  return all
}

/** The longest sequences that were asked for, by number of points and seed: shorter ones are their beginnings. Nobody writes into them. */
const known = new Map<string, Float64Array>()
const [MOST_KEPT, MOST_KINDS] = [200_000, 8]

function made(dimensions: number, points: number, seed: number): Float64Array {
  const bases = primesUpTo(points, dimensions)
  const all = new Float64Array(dimensions * points)
  const digits = new Uint32Array(Math.max(points, 2))
  for (let d = 0; d < dimensions; d++) {
    fill(all.subarray(d * points, (d + 1) * points), bases[d] ?? points, digits, random(seed, d + 1))
  }
  return all
}

/** One coordinate. The values of the first base^k points give those of the next: one addition a point, no division. */
function fill(column: Float64Array, base: number, digits: Uint32Array, next: () => number): void {
  const points = column.length
  let cell = 1
  for (let done = 1; done < points && base > 1; done *= base) {
    cell /= base
    shuffle(digits, base, next)
    // Backwards, so that the block of digit 0, which the others add to, is still untouched when they read it.
    for (let digit = Math.min(base, Math.ceil(points / done)) - 1; digit >= 0; digit--) {
      const shift = digits[digit]! * cell
      const start = digit * done
      const end = Math.min(start + done, points)
      for (let i = start, from = 0; i < end; i++, from++) column[i] = column[from]! + shift
    }
  }
  for (let i = 0; i < points; i++) column[i] = Math.min(column[i]! + cell * next(), 1 - Number.EPSILON / 2)
}

/** A random order of 0 … count-1 in the first places of `digits` (Fisher and Yates, built from the front). */
function shuffle(digits: Uint32Array, count: number, next: () => number): void {
  for (let i = 0; i < count; i++) {
    const j = Math.floor(next() * (i + 1))
    digits[i] = digits[j]!
    digits[j] = i
  }
}

/** The primes that are at most `limit`, and at most `count` of them. */
function primesUpTo(limit: number, count: number): number[] {
  const primes: number[] = []
  for (let n = 2; n <= limit && primes.length < count; n++) {
    if (isPrime(n, primes)) primes.push(n)
  }
  return primes
}

function isPrime(n: number, smaller: readonly number[]): boolean {
  for (const p of smaller) {
    if (p * p > n) return true
    if (n % p === 0) return false
  }
  return true
}
