// The names that a range may have, what each takes, and the limits of a shape: tables for reading range texts.
import type { Range } from "./ranges.ts"

/** Limits of an input's shape: what one check can sensibly hold in memory a thousand times over. */
export const MAX_RANK = 8
export const MAX_ELEMENTS = 1_000_000

/** Ranges to show to somebody who gave none. */
export const EXAMPLES = ["0..1", "-3..3", "0..9 int", "{0, 1}", "normal(0, 1) [16]"]

interface Parameter {
  readonly name: string
  /** The value when it is left out; without one it must be written. */
  readonly fallback?: number
  readonly fits: (value: number) => boolean
  /** What `fits` asks for, after "must be". */
  readonly must: string
}

export interface Distribution {
  readonly example: string
  readonly parameters: readonly Parameter[]
  readonly make: (a: number, b: number) => Range
}

const above0 = (name: string, fallback?: number): Parameter => ({
  name,
  ...(fallback === undefined ? {} : { fallback }),
  fits: (value) => value > 0,
  must: "above 0",
})
const mean: Parameter = { name: "mean", fallback: 0, fits: () => true, must: "a number" }
const q: Parameter = { name: "q", fallback: 0.5, fits: (v) => v >= 0 && v <= 1, must: "a probability in 0..1" }

const row = (example: string, parameters: readonly Parameter[], make: Distribution["make"]): Distribution => ({
  example,
  parameters,
  make,
})

/** By name. A Map, since the names are typed by users: an object would know `constructor` and `__proto__`. */
export const DISTRIBUTIONS: ReadonlyMap<string, Distribution> = new Map([
  ["bernoulli", row("bernoulli(0.5)", [q], (q) => ({ kind: "bernoulli", q }))],
  ["normal", row("normal(0, 1)", [mean, above0("sd", 1)], (mean, sd) => ({ kind: "normal", mean, sd }))],
  ["gumbel", row("gumbel", [], () => ({ kind: "gumbel" }))],
  ["exponential", row("exponential(1)", [above0("scale", 1)], (scale) => ({ kind: "exponential", scale }))],
  ["poisson", row("poisson(2)", [above0("mean")], (mean) => ({ kind: "poisson", mean }))],
  [
    "gamma",
    row("gamma(2, 1)", [above0("shape"), above0("scale", 1)], (shape, scale) => ({ kind: "gamma", shape, scale })),
  ],
  ["simplex", row("simplex(1) [10]", [above0("spread", 1)], (spread) => ({ kind: "simplex", spread }))],
  ["onehot", row("onehot [10]", [], () => ({ kind: "onehot" }))],
  ["unit", row("unit [10]", [], () => ({ kind: "unit" }))],
])

/** What people write from other libraries, and how it is written here. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["uniform", "0..1"],
  ["rand", "0..1"],
  ["randint", "0..9 int"],
  ["int", "0..9 int"],
  ["bool", "{0, 1}"],
  ["sign", "{-1, 1}"],
  ["const", "{0.5}"],
  ["randn", "normal(0, 1)"],
  ["gaussian", "normal(0, 1)"],
  ["dirichlet", "simplex(1) [10]"],
  ["softmax", "simplex(1) [10]"],
  ["categorical", "onehot [10]"],
])
