// Random expressions over several inputs, numbers and vectors alike, for laws that hold for whatever can be written.
import { randomFrom } from "./random.ts"

export type Draw = () => number
const pick = <T>(from: readonly T[], random: Draw): T => from[Math.floor(random() * from.length)]!

const unary = [
  "exp",
  "log",
  "sqrt",
  "tanh",
  "sigmoid",
  "abs",
  "relu",
  "softplus",
  "sin",
  "cos",
  "floor",
  "sign",
  "round",
  "erf",
  "atan",
  "cosh",
  "square",
  "log1p",
  "expm1",
  "silu",
  "gelu",
  "gelu_exact",
  "elu",
  "selu",
  "leaky_relu",
  "hardtanh",
  "hardswish",
  "logsigmoid",
  "sinc",
  "tan",
  "lgamma",
  "digamma",
  "reciprocal",
  "frac",
  "entr",
  "logit",
  "asinh",
  "ndtr",
  "stop_gradient",
]
const binary = [
  "min",
  "max",
  "atan2",
  "hypot",
  "remainder",
  "fmod",
  "copysign",
  "logaddexp",
  "xlogy",
  "div_no_nan",
  "fmax",
  "pow",
  "floor_divide",
  "heaviside",
  "_bce",
]
const folds = [
  "sum",
  "mean",
  "amax",
  "amin",
  "prod",
  "norm2",
  "euclidean_norm",
  "std",
  "var",
  "logsumexp",
  "nansum",
  "count_nonzero",
  "norm_p",
]
const rows = ["softmax", "log_softmax", "cumsum", "cumprod", "sort", "flip", "cummax", "cummin", "logcumsumexp"]
const constants = ["0", "1", "2", "0.5", "(-1)", "3", "1e-6", "10"]

/** A number when `vector` is false, else a vector as long as v and w are; reads a and b, v and w. */
export function expressionOf(random: Draw, depth: number, vector: boolean): string {
  const below = (kind: boolean): string => expressionOf(random, depth - 1, kind)
  const mixed = (): string => below(vector && random() < 0.7)
  if (depth <= 0)
    return vector ? pick(["v", "w", "v", "(v + a)"], random) : pick(["a", "b", "v[0]", "w[1]", ...constants], random)
  const kind = random()
  if (kind < 0.3) return `${pick(unary, random)}(${below(vector)})`
  if (kind < 0.52) return `(${below(vector)} ${pick(["+", "-", "*", "/"], random)} ${mixed()})`
  if (kind < 0.62) return `${pick(binary, random)}(${below(vector)}, ${mixed()})`
  if (kind < 0.7)
    return `where(${below(vector)} ${pick([">", "<=", "=="], random)} ${mixed()}, ${below(vector)}, ${mixed()})`
  if (kind < 0.74) return `(${below(vector)})**${pick(["2", "3", "0.5", "(-1)", "1.5"], random)}`
  if (vector) {
    if (kind < 0.94) return `${pick(rows, random)}(${below(true)})`
    if (kind < 0.97) return `take_along(${below(true)}, argsort(${below(true)}))`
    return `matmul(${below(true)}, outer(${below(true)}, w))`
  }
  if (kind < 0.95) return `${pick(folds, random)}(${below(true)})`
  if (kind < 0.98) return `(${below(true)})[${pick(["0", "1", "-1", "argmax(v)"], random)}]`
  return `dot(${below(true)}, ${below(true)})`
}

export const inputShapes = { a: [], b: [], v: [3], w: [3] } as const
export const inputNames = ["a", "b", "v", "w"] as const

/** The n-th of a fixed line of expressions. */
export function expressionNumber(n: number): string {
  const random = randomFrom(n * 7919 + 13)
  for (let k = 0; k < 20; k++) random()
  return expressionOf(random, 1 + Math.floor(random() * 4), random() < 0.4)
}
