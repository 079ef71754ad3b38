// Uniform numbers to draws from a range, element by element or along the last axis.
import { printRange, type Range } from "../definitions/ranges.ts"
import { gammaP, lgamma, ndtri } from "../ops/special.ts"
import { Problem } from "../source/problem.ts"

/**
 * Draws of a range for an input of the given shape: `uniforms` in (0, 1) as `halton` gives them, laid out
 * [element][point], to values in the same layout. Everything is drawn by inversion, so draws are as even as the uniforms.
 * The seed is for ranges that need more than one uniform an element; none does yet. A Problem where a range along the
 * last axis is asked of a scalar.
 */
export function draw(
  range: Range,
  shape: readonly number[],
  points: number,
  uniforms: Float64Array,
  _seed: number,
): Float64Array {
  const out = new Float64Array(shape.reduce((product, size) => product * size, points))
  switch (range.kind) {
    case "simplex":
      map(uniforms, out, (u) => range.spread * ndtri(u))
      return eachRow(range, shape, points, out, softmax)
    case "unit":
      map(uniforms, out, ndtri)
      return eachRow(range, shape, points, out, normalise)
    case "onehot":
      out.set(uniforms)
      return eachRow(range, shape, points, out, choose)
    case "sorted": {
      const drawn = draw(range.of, shape, points, uniforms, _seed)
      return shape.length === 0 ? drawn : eachRow(range, shape, points, drawn, (row) => row.sort())
    }
    case "list":
      for (let at = 0, element = 0; at < out.length; at += points, element++) {
        for (let i = 0; i < points; i++) out[at + i] = range.samples[i % range.samples.length]![element]!
      }
      return out
    default:
      return map(uniforms, out, inverse(range))
  }
}

export type Elementwise = Exclude<Range, { kind: "simplex" | "unit" | "onehot" | "sorted" | "list" }>

function map(from: Float64Array, to: Float64Array, f: (u: number) => number): Float64Array {
  for (let i = 0; i < from.length; i++) to[i] = f(from[i]!)
  return to
}

/** The inverse of the cumulative distribution: what a uniform number u becomes. */
export function inverse(range: Elementwise): (u: number) => number {
  switch (range.kind) {
    case "interval": {
      const { low, high, whole } = range
      if (whole) return (u) => Math.min(low + Math.floor((high - low + 1) * u), high)
      const width = high - low
      // Between the ends of float64 the width overflows, and the two ends are mixed instead.
      if (width === Infinity) return (u) => low * (1 - u) + high * u
      return (u) => Math.min(low + width * u, high)
    }
    case "set": {
      const { values } = range
      return (u) => values[Math.floor(values.length * u)]!
    }
    case "bernoulli":
      return (u) => (u < range.q ? 1 : 0)
    case "normal":
      return (u) => range.mean + range.sd * ndtri(u)
    case "gumbel":
      return (u) => -Math.log(-Math.log(u))
    case "exponential":
      return (u) => -range.scale * Math.log1p(-u)
    case "poisson":
      return poisson(range.mean)
    case "gamma":
      return (u) => range.scale * gamma(range.shape, u)
  }
}

/** Poisson by inversion: the cumulative distribution over twelve deviations about the mean, built once, then searched. */
function poisson(mean: number): (u: number) => number {
  const deviation = Math.sqrt(mean)
  // Cornish and Fisher's quantile with the skewness 1/deviation: what it leaves out is below 1e-6 deviations here.
  if (mean > 1e6) {
    return (u) => {
      const z = ndtri(u)
      return Math.max(0, Math.round(mean + deviation * z + (z * z - 1) / 6))
    }
  }
  const low = Math.max(0, Math.floor(mean - 12 * deviation))
  const high = Math.ceil(mean + 12 * deviation + 40)
  const cumulative = new Float64Array(high - low + 1)
  let sum = 0
  for (let k = low; k <= high; k++) {
    sum += Math.exp(k * Math.log(mean) - mean - lgamma(k + 1))
    cumulative[k - low] = sum
  }
  return (u) => {
    let from = 0
    let to = high - low
    while (from < to) {
      const middle = (from + to) >>> 1
      if (cumulative[middle]! < u * sum) from = middle + 1
      else to = middle
    }
    return low + from
  }
}

/**
 * The quantile of a gamma distribution with scale 1: Newton's method on P(shape, exp(y)) = u in y = log x, where the
 * distribution is close to straight in log P at small x, kept between bounds by bisection.
 */
function gamma(shape: number, u: number): number {
  // Wilson and Hilferty's cube (1931): exact enough alone for large shapes, a start for the others.
  const deviation = 1 / (3 * Math.sqrt(shape))
  const cube = 1 - deviation * deviation + deviation * ndtri(u)
  if (shape > 1e4) return shape * cube * cube * cube
  // For small x, P(shape, x) is x^shape / gamma(shape + 1).
  const small = (Math.log(u) + lgamma(shape + 1)) / shape
  let y = cube > 0.3 ? Math.log(shape) + 3 * Math.log(cube) : small
  if (y < -700) return Math.exp(y) // the power law is exact there, and the result close to underflow
  let low = small
  let high = Infinity
  y = Math.max(y, low)
  for (let i = 0; i < 60; i++) {
    const x = Math.exp(y)
    const error = gammaP(shape, x) - u
    const next = y - error / Math.exp(shape * y - x - lgamma(shape))
    // Newton doubles the digits: after a step this small the next would be below 1e-13.
    if (Math.abs(next - y) <= 1e-7) return Math.exp(next)
    if (error < 0) low = y
    else high = y
    if (next > low && next < high) y = next
    else y = high === Infinity ? y + 1 : (low + high) / 2
  }
  return Math.exp(y)
}

/** Applies `change` in place to every row along the last axis of every point. */
function eachRow(
  range: Range,
  shape: readonly number[],
  points: number,
  values: Float64Array,
  change: (row: Float64Array) => void,
): Float64Array {
  const length = shape.at(-1)
  if (length === undefined) {
    const text = printRange(range)
    throw new Problem({
      headline: `${range.kind} needs a last axis, and this input is a scalar`,
      help: [`${text} [10]`],
    })
  }
  const row = new Float64Array(length)
  for (let start = 0; start < values.length; start += length * points) {
    for (let point = 0; point < points; point++) {
      for (let i = 0; i < length; i++) row[i] = values[start + i * points + point]!
      change(row)
      for (let i = 0; i < length; i++) values[start + i * points + point] = row[i]!
    }
  }
  return values
}

function softmax(row: Float64Array): void {
  let top = -Infinity
  for (const value of row) top = Math.max(top, value)
  let sum = 0
  for (let i = 0; i < row.length; i++) {
    row[i] = Math.exp(row[i]! - top)
    sum += row[i]!
  }
  for (let i = 0; i < row.length; i++) row[i] = row[i]! / sum
}

function normalise(row: Float64Array): void {
  let sum = 0
  for (const value of row) sum += value * value
  const length = Math.sqrt(sum)
  // All zero only where every uniform is exactly 1/2; any direction is as good then.
  if (length === 0) row[0] = 1
  else for (let i = 0; i < row.length; i++) row[i] = row[i]! / length
}

/** One 1 among 0s, placed by the row's first uniform. */
function choose(row: Float64Array): void {
  const place = Math.floor(row.length * row[0]!)
  row.fill(0)
  row[place] = 1
}
