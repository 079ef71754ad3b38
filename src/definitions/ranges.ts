// The ranges that inputs are drawn from, as plain data: what they are, what they hold, and samples given as lists.
import { Problem } from "../source/problem.ts"
import { MAX_ELEMENTS, MAX_RANK } from "./range-names.ts"

export { parseInputSpec, printRange, printSpec } from "./range-text.ts"

export type Range =
  | { readonly kind: "interval"; readonly low: number; readonly high: number; readonly whole: boolean }
  | { readonly kind: "set"; readonly values: readonly number[] }
  | { readonly kind: "bernoulli"; readonly q: number }
  | { readonly kind: "normal"; readonly mean: number; readonly sd: number }
  | { readonly kind: "gumbel" }
  | { readonly kind: "exponential"; readonly scale: number }
  | { readonly kind: "poisson"; readonly mean: number }
  | { readonly kind: "gamma"; readonly shape: number; readonly scale: number }
  /** Along the last axis: softmax of normals with standard deviation `spread`; one 1 among 0s; a vector of length 1. */
  | { readonly kind: "simplex"; readonly spread: number }
  | { readonly kind: "onehot" }
  | { readonly kind: "unit" }
  /** Ascending along the last axis. */
  | { readonly kind: "sorted"; readonly of: Range }
  /** These very samples, cycled; each flattened with the last axis innermost. */
  | { readonly kind: "list"; readonly samples: readonly Float64Array[] }

/** Where an input's values come from. Without a shape, the shape is to be inferred from the input's use. */
export interface InputSpec {
  readonly range: Range
  readonly shape?: readonly number[]
}

/**
 * Samples given as a list of numbers or of nested number arrays that share one shape; a number alone is a list of one.
 * Infinities are let through, since masks are made of them. A Problem if ragged, empty, not numbers, or NaN.
 */
export function listSpec(samples: unknown): InputSpec {
  const list: readonly unknown[] = Array.isArray(samples) ? samples : [samples]
  if (list.length === 0) listProblem("the list of samples is empty")
  const shape = shapeOf(list[0])
  const elements = shape.reduce((product, size) => product * size, 1)
  if (shape.length > MAX_RANK) listProblem(`a sample has more than ${MAX_RANK} axes`)
  if (elements === 0) listProblem("sample 1 is empty")
  if (elements > MAX_ELEMENTS) listProblem("shapes hold at most 1,000,000 elements")
  const flat = list.map((sample, i) => {
    const values = new Float64Array(elements)
    flatten(sample, shape, 0, values, 0, i + 1)
    return values
  })
  return { range: { kind: "list", samples: flat }, shape }
}

function listProblem(headline: string): never {
  throw new Problem({
    headline,
    help: ["[0, 0.5, 1]", "[[0, 1], [1, 0]]"],
    note: ["a list holds samples of one shape: numbers, or arrays of numbers"],
  })
}

/** The shape along the first entries, at most one axis deeper than is allowed. */
function shapeOf(sample: unknown): number[] {
  const shape: number[] = []
  for (let rest = sample; Array.isArray(rest) && shape.length <= MAX_RANK; rest = rest[0]) shape.push(rest.length)
  return shape
}

/** Writes a sample into `out` from `at`, checking it against `shape` from `axis` on; gives the place after it. */
function flatten(
  sample: unknown,
  shape: readonly number[],
  axis: number,
  out: Float64Array,
  at: number,
  index: number,
): number {
  const size = shape[axis]
  if (size === undefined) {
    if (typeof sample !== "number")
      listProblem(
        Array.isArray(sample) ? `sample ${index} is ragged` : `sample ${index} holds something that is not a number`,
      )
    if (Number.isNaN(sample)) listProblem(`sample ${index} holds NaN`)
    out[at] = sample
    return at + 1
  }
  if (!Array.isArray(sample) || sample.length !== size) {
    if (index > 1) listProblem(`sample ${index} has not the shape of sample 1, [${shape.join(", ")}]`)
    listProblem("sample 1 is ragged")
  }
  let next = at
  for (const part of sample) next = flatten(part, shape, axis + 1, out, next, index)
  return next
}

/** The closed bounds of one element; infinite where it is unbounded. */
export function bounds(range: Range): { low: number; high: number } {
  switch (range.kind) {
    case "interval":
      return { low: range.low, high: range.high }
    case "set":
      return extent([range.values])
    case "list":
      return extent(range.samples)
    case "bernoulli":
      return { low: range.q === 1 ? 1 : 0, high: range.q === 0 ? 0 : 1 }
    case "simplex":
    case "onehot":
      return { low: 0, high: 1 }
    case "unit":
      return { low: -1, high: 1 }
    case "exponential":
    case "poisson":
    case "gamma":
      return { low: 0, high: Infinity }
    case "normal":
    case "gumbel":
      return { low: -Infinity, high: Infinity }
    case "sorted":
      return bounds(range.of)
  }
}

function extent(lists: readonly ArrayLike<number>[]): { low: number; high: number } {
  let low = Infinity
  let high = -Infinity
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      low = Math.min(low, list[i]!)
      high = Math.max(high, list[i]!)
    }
  }
  return { low, high }
}

/** Whether one element may have this value. NaN never; infinities only where a list holds them. */
export function contains(range: Range, value: number): boolean {
  switch (range.kind) {
    case "set":
      return range.values.includes(value)
    case "list":
      return range.samples.some((sample) => sample.includes(value))
    case "sorted":
      return contains(range.of, value)
    case "bernoulli":
    case "onehot":
    case "poisson":
      return Number.isInteger(value) && within(range, value)
    case "interval":
      return within(range, value) && (!range.whole || Number.isInteger(value))
    default:
      return Number.isFinite(value) && within(range, value)
  }
}

function within(range: Range, value: number): boolean {
  const { low, high } = bounds(range)
  return low <= value && value <= high
}

/**
 * The special values of one element, each once: the ends of an interval, a set's values, 0 and 1 of a bernoulli, the
 * floor of a half-bounded distribution; none for a normal. An end of a row-wise range need not fill a whole row.
 */
export function ends(range: Range): number[] {
  if (range.kind === "set") return [...new Set(range.values)]
  if (range.kind === "sorted") return ends(range.of)
  const { low, high } = bounds(range)
  return [...new Set([low, high])].filter(Number.isFinite)
}
