// The operations along one axis that keep its length: softmax, running sums and extremes.
import { general, nameOf, promote, same, whole } from "./helpers.ts"
import { rowKernel } from "./kernels.ts"
import { type Layout, NONE, type Operation, ShapeError, type Vjp } from "./record.ts"
import { logSumExp } from "./reductions.ts"
import { axisOf, rowsOf } from "./shapes.ts"

/** What stands for an entry that is not there, in what works along an axis. */
const nothingFor = new Map([
  ["softmax", "-inf"],
  ["log_softmax", "-inf"],
  ["cumsum", "0"],
  ["cumprod", "1"],
  ["logcumsumexp", "-inf"],
  ["cummax", "-inf"],
  ["cummin", "inf"],
])

/** Works along one axis and keeps the shape. */
function along(
  call: string,
  says: string,
  nature: Operation["nature"],
  vjp: Record<string, Vjp>,
  row: (xs: Float64Array, ys: Float64Array, extra: Float64Array) => void,
  names = "",
  type: Operation["type"] = () => "real",
  tensors = 1,
): Operation {
  const nothing = nothingFor.get(nameOf(call))
  return general(call, says, nature, tensors, {
    shape: ([x], statics) => {
      if (x!.length === 0) throw new ShapeError("a single number has no axis to work along")
      axisOf(Number(statics.axis), x!.length)
      return x!
    },
    kernel: ({ inputs, statics, block }: Layout) => {
      const rows = rowsOf(inputs[0]!, Number(statics.axis))
      return rowKernel(rows, rows.members, rows.length, block, row)
    },
    vjp,
    type,
    ...(nothing === undefined ? {} : { among: `${nameOf(call)}(where(m, x, ${nothing}), axis=axis)` }),
    ...(names ? { names } : {}),
  })
}

const dim = "dim: axis = -1, dtype: _ = None"
const nnAxis = (name: string): string =>
  `{torch,torch.special}.${name}(input: x, ${dim}); Tensor.${name}(x, ${dim}); F.${name}(input: x, dim: axis = -1, _stacklevel: _ = 3, dtype: _ = None); tf.nn.${name}(logits: x, axis = -1, name: _ = None); {keras.ops,keras.activations,jax.nn}.${name}(x, axis = -1)`
const running = (name: string): string =>
  `torch.${name}(input: x, dim: axis = 0, dtype: _ = None); Tensor.${name}(x, dim: axis = 0, dtype: _ = None); K.${name}(x, axis = 0)`

const softmaxRow = (xs: Float64Array, ys: Float64Array): void => {
  let top = -Infinity
  for (const x of xs) if (x > top) top = x
  let sum = 0
  for (let j = 0; j < xs.length; j++) sum += ys[j] = Math.exp(xs[j]! - top)
  for (let j = 0; j < xs.length; j++) ys[j]! /= sum
}
const runningExtreme =
  (sign: 1 | -1) =>
  (xs: Float64Array, ys: Float64Array): void => {
    for (let j = 0; j < xs.length; j++) ys[j] = j > 0 && sign * ys[j - 1]! > sign * xs[j]! ? ys[j - 1]! : xs[j]!
  }
/** Ties take the latest, as torch does. */
const runningIndex =
  (sign: 1 | -1) =>
  (xs: Float64Array, ys: Float64Array): void => {
    let best = 0
    for (let j = 0; j < xs.length; j++) {
      if (sign * xs[j]! >= sign * xs[best]!) best = j
      ys[j] = best
    }
  }

export const rowwise = [
  along(
    "softmax(x, axis=-1)",
    "exp, divided by its sum",
    "smooth",
    { x: "out * (g - sum(g * out, axis=axis, keepdims=True))" },
    softmaxRow,
    `${nnAxis("softmax")}; K.softmax(x, axis = -1)`,
  ),
  along(
    "log_softmax(x, axis=-1)",
    "log of softmax, exact for large x",
    "smooth",
    { x: "g - exp(out) * sum(g, axis=axis, keepdims=True)" },
    (xs, ys) => {
      const top = logSumExp(xs)
      for (let j = 0; j < xs.length; j++) ys[j] = xs[j]! - top
    },
    nnAxis("log_softmax"),
  ),
  along(
    "cumsum(x, axis=-1)",
    "the running sum",
    "linear",
    { x: "flip(cumsum(flip(g, axis), axis), axis)" },
    (xs, ys) => {
      let sum = 0
      for (let j = 0; j < xs.length; j++) ys[j] = sum += xs[j]!
    },
    running("cumsum"),
    promote,
  ),
  along(
    "cumprod(x, axis=-1)",
    "the running product",
    "smooth",
    {
      x: "_unfold(sum(tril(expand_dims(_fold(g, axis), -1) * _others(_upto(_fold(x, axis)))), axis=-2), origin, axis)",
    },
    (xs, ys) => {
      let product = 1
      for (let j = 0; j < xs.length; j++) ys[j] = product *= xs[j]!
    },
    running("cumprod"),
    promote,
  ),
  along(
    "logcumsumexp(x, axis=-1)",
    "the running log of the sum of exp",
    "smooth",
    { x: "flip(cumsum(flip(g * exp(-out), axis), axis), axis) * exp(x)" },
    (xs, ys) => {
      for (let j = 0; j < xs.length; j++) ys[j] = logSumExp(xs.subarray(0, j + 1))
    },
    "{torch,Tensor}.logcumsumexp(input: x, dim: axis = 0); tf.math.cumulative_logsumexp(x, axis = 0); lax.cumlogsumexp(operand: x, axis = 0)",
  ),
  along(
    "cummax(x, axis=-1)",
    "the running maximum",
    "kinked",
    { x: "scatter_along(g, _cummax_index(x, axis), axis)" },
    runningExtreme(1),
    "lax.cummax(operand: x, axis = 0)",
    same,
  ),
  along(
    "cummin(x, axis=-1)",
    "the running minimum",
    "kinked",
    { x: "scatter_along(g, _cummin_index(x, axis), axis)" },
    runningExtreme(-1),
    "lax.cummin(operand: x, axis = 0)",
    same,
  ),
  {
    ...along(
      "_cummax_index(x, axis=-1)",
      "where the running maximum is",
      "choice",
      { x: NONE },
      runningIndex(1),
      "",
      whole,
    ),
    internal: true,
  },
  {
    ...along(
      "_cummin_index(x, axis=-1)",
      "where the running minimum is",
      "choice",
      { x: NONE },
      runningIndex(-1),
      "",
      whole,
    ),
    internal: true,
  },
]
