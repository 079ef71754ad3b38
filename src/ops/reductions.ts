// Folding axes away: sums, means, extremes, norms, counts.
import { nameOf, promote, reduction, same, truth, whole } from "./helpers.ts"
import { foldKernel } from "./kernels.ts"
import { type Kernel, NONE, type Operation, type Vjp } from "./record.ts"
import { type Groups, sizeOf } from "./shapes.ts"

const axes = "dim: axis = None, keepdim: keepdims = False, dtype: _ = None, out: _ = None"
const tfAxes = "axis = None, keepdims = False, name: _ = None"
const npAxes = "axis = None, dtype: _ = None, out: _ = None, keepdims = False"
const folds = (torch: string, tf = torch, np = torch): string =>
  `torch.{${torch}}(input: x, ${axes}); Tensor.{${torch}}(x, ${axes}); {tf,tf.math}.reduce_${tf}(input_tensor: x, ${tfAxes}); K.${tf}(x, axis = None, keepdims = False); keras.ops.${tf}(x, axis = None, keepdims = False); {jnp,np}.{${np}}(a: x, ${npAxes})`

/** A fold whose result needs two passes or the members themselves: hands each group's members to `fold`. */
const gather =
  (fold: (xs: Float64Array) => number) =>
  (groups: Groups, block: number): Kernel => {
    const xs = new Float64Array(groups.count)
    const results = sizeOf(groups.out)
    return (to, ins) => {
      const from = ins[0]!
      for (let e = 0; e < results; e++) {
        for (let i = 0; i < block; i++) {
          for (let j = 0; j < groups.count; j++) xs[j] = from[groups.members[e * groups.count + j]! * block + i]!
          to[e * block + i] = fold(xs)
        }
      }
    }
  }

// Said once, since a loop is compiled for each step.
const plus = (sum: number, x: number): number => sum + x
const plusNumber = (sum: number, x: number): number => (Number.isNaN(x) ? sum : sum + x)
const times = (product: number, x: number): number => product * x

/** The extreme of a row: NaN wins, as in every framework. */
const extreme =
  (sign: 1 | -1) =>
  (sum: number, x: number): number =>
    Number.isNaN(sum) || Number.isNaN(x) ? Number.NaN : sign * x > sign * sum ? x : sum
const largest = extreme(1)
const smallest = extreme(-1)
/** Equal extremes share the gradient. */
const shared = "where(x == out, g / sum(x == out, axis=axis, keepdims=True), 0)"

/** The fold over entries where m holds: the others count as what changes nothing. */
const over = (name: string, nothing: number | string): string =>
  `${name}(where(m, x, ${nothing}), axis=axis, keepdims=keepdims)`
const meanAmong = `${over("sum", 0)} / sum(m, axis=axis, keepdims=keepdims)`
const varAmong =
  "sum(where(m, (x - sum(where(m, x, 0), axis=axis, keepdims=True) / sum(m, axis=axis, keepdims=True))**2, 0), axis=axis, keepdims=keepdims) / (sum(m, axis=axis, keepdims=keepdims) - ddof)"

export const logSumExp = (xs: Float64Array): number => {
  let top = -Infinity
  for (const x of xs) if (x > top || Number.isNaN(x)) top = x
  if (!Number.isFinite(top)) return top
  let sum = 0
  for (const x of xs) sum += Math.exp(x - top)
  return top + Math.log(sum)
}

const sumSquares = (xs: Float64Array, centre: number): number => {
  let sum = 0
  for (const x of xs) sum += (x - centre) ** 2
  return sum
}
const meanOf = (xs: Float64Array): number => xs.reduce((a, b) => a + b, 0) / xs.length

const counting = (
  call: string,
  says: string,
  fold: (xs: Float64Array) => number,
  type: Operation["type"],
  names: string,
): Operation => ({
  ...reduction(call, says, "step", gather(fold), NONE, {
    type,
    names,
    among: over(nameOf(call), nameOf(call) === "all" ? 1 : 0),
  }),
  tensors: 1,
})

const lengthOf = (call: string, says: string, vjp: Vjp, names: string): Operation =>
  reduction(
    call,
    says,
    "smooth",
    gather((xs) => Math.sqrt(sumSquares(xs, 0))),
    vjp,
    {
      among: over(nameOf(call), 0),
      domain: { slope: "out != 0" },
      ...(names ? { names } : {}),
    },
  )

export const reductions = [
  reduction("sum(x)", "the sum", "linear", (groups, block) => foldKernel(groups, block, 0, plus), "g", {
    among: over("sum", 0),
    type: promote,
    names: folds("sum"),
  }),
  reduction(
    "mean(x)",
    "the sum divided by the count",
    "linear",
    (groups, block) => foldKernel(groups, block, 0, plus, (sum, n) => sum / n),
    "g / count",
    { among: meanAmong, names: folds("mean") },
  ),
  reduction(
    "nansum(x)",
    "the sum without NaN entries",
    "linear",
    (groups, block) => foldKernel(groups, block, 0, plusNumber),
    "where(isnan(x), 0, g)",
    { among: over("nansum", 0), names: `torch.nansum(input: x, ${axes}); {jnp,np}.nansum(a: x, ${npAxes})` },
  ),
  reduction(
    "amax(x)",
    "the largest",
    "kinked",
    (groups, block) => foldKernel(groups, block, -Infinity, largest),
    shared,
    {
      among: over("amax", "-inf"),
      type: same,
      names: `{torch,Tensor}.amax(x, ${axes}); {tf,tf.math}.reduce_max(input_tensor: x, ${tfAxes}); K.max(x, axis = None, keepdims = False); keras.ops.{max,amax}(x, axis = None, keepdims = False); {jnp,np}.{max,amax}(a: x, ${npAxes})`,
    },
  ),
  reduction(
    "amin(x)",
    "the smallest",
    "kinked",
    (groups, block) => foldKernel(groups, block, Infinity, smallest),
    shared,
    {
      among: over("amin", "inf"),
      type: same,
      names: `{torch,Tensor}.amin(x, ${axes}); {tf,tf.math}.reduce_min(input_tensor: x, ${tfAxes}); K.min(x, axis = None, keepdims = False); keras.ops.{min,amin}(x, axis = None, keepdims = False); {jnp,np}.{min,amin}(a: x, ${npAxes})`,
    },
  ),
  reduction(
    "prod(x)",
    "the product",
    "smooth",
    (groups, block) => foldKernel(groups, block, 1, times),
    "g * _unfold(_others(_fold(x, axis)), origin, axis)",
    { among: over("prod", 1), type: promote, names: folds("prod") },
  ),
  reduction(
    "logsumexp(x)",
    "log of the sum of exp, exact for large x",
    "smooth",
    gather(logSumExp),
    "g * exp(x - out)",
    {
      among: over("logsumexp", "-inf"),
      names: `torch.logsumexp(input: x, ${axes}); Tensor.logsumexp(x, ${axes}); {tf,tf.math}.reduce_logsumexp(input_tensor: x, ${tfAxes}); K.logsumexp(x, axis = None, keepdims = False); keras.ops.logsumexp(x, axis = None, keepdims = False); jax.nn.logsumexp(a: x, axis = None, b: ! = None, keepdims = False); jax.scipy.special.logsumexp(a: x, axis = None, b: ! = None, keepdims = False)`,
    },
  ),
  lengthOf(
    "norm2(x)",
    "the square root of the sum of squares",
    { torch: "g * where(out == 0, 0, x / out)", tf: "g * x / out", jax: "g * x / out" },
    "",
  ),
  // TensorFlow has two of them, and only this one masks its gradient at 0.
  lengthOf(
    "euclidean_norm(x)",
    "the square root of the sum of squares, with gradient 0 at 0",
    "where(out == 0, 0, g * x / out)",
    "tf.math.reduce_euclidean_norm(input_tensor: x, axis = None, keepdims = False, name: _ = None)",
  ),
  {
    ...reduction(
      "norm_p(x)",
      "the p-norm for p above 0",
      "smooth",
      (groups, block, { statics }) => {
        const p = Number(statics.p)
        return gather((xs) => xs.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p))(groups, block)
      },
      {
        torch: "where((x == 0) | (out == 0), 0, g * (sign(x) * abs(x)**(p - 1) * out**(1 - p)))",
        tf: "g * (out**(1 - p) * (abs(x)**(p - 1) * sign(x)))",
        jax: "g * (out**(1 - p) * (abs(x)**(p - 1) * sign(x)))",
      },
      { among: "norm_p(where(m, x, 0), axis=axis, keepdims=keepdims, p=p)", domain: { slope: "out != 0" } },
    ),
    call: "norm_p(x, axis=None, keepdims=False, p=3)",
  },
  {
    ...reduction(
      "std(x)",
      "the standard deviation; divides by n - ddof",
      "smooth",
      (groups, block, { statics }) =>
        gather((xs) => Math.sqrt(sumSquares(xs, meanOf(xs)) / (xs.length - Number(statics.ddof ?? 0))))(groups, block),
      {
        torch: "where(out == 0, 0, g * (x - mean(x, axis=axis, keepdims=True)) / ((count - ddof) * out))",
        tf: "where(out == 0, 0, g * (x - mean(x, axis=axis, keepdims=True)) / ((count - ddof) * out))",
        jax: "g * (x - mean(x, axis=axis, keepdims=True)) / ((count - ddof) * out)",
      } as Vjp,
      {
        among: `sqrt(${varAmong})`,
        domain: { slope: "out != 0" },
        names: `torch.std(input: x, dim: axis = None, unbiased: ddof = 1, keepdim: keepdims = False); Tensor.std(x, dim: axis = None, unbiased: ddof = 1, keepdim: keepdims = False); tf.math.reduce_std(input_tensor: x, ${tfAxes}); K.std(x, axis = None, keepdims = False); keras.ops.std(x, axis = None, keepdims = False); {jnp,np}.std(a: x, axis = None, dtype: _ = None, out: _ = None, ddof = 0, keepdims = False)`,
      },
    ),
    call: "std(x, axis=None, keepdims=False, ddof=0)",
  },
  {
    ...reduction(
      "var(x)",
      "the variance; divides by n - ddof",
      "smooth",
      (groups, block, { statics }) =>
        gather((xs) => sumSquares(xs, meanOf(xs)) / (xs.length - Number(statics.ddof ?? 0)))(groups, block),
      "g * (2 / (count - ddof)) * (x - mean(x, axis=axis, keepdims=True))",
      {
        among: varAmong,
        names: `torch.var(input: x, dim: axis = None, unbiased: ddof = 1, keepdim: keepdims = False); Tensor.var(x, dim: axis = None, unbiased: ddof = 1, keepdim: keepdims = False); tf.math.reduce_variance(input_tensor: x, ${tfAxes}); K.var(x, axis = None, keepdims = False); keras.ops.var(x, axis = None, keepdims = False); {jnp,np}.var(a: x, axis = None, dtype: _ = None, out: _ = None, ddof = 0, keepdims = False)`,
      },
    ),
    call: "var(x, axis=None, keepdims=False, ddof=0)",
  },
  counting(
    "any(x)",
    "true if any entry is not 0",
    (xs) => (xs.some((x) => x !== 0) ? 1 : 0),
    truth,
    `torch.any(input: x, ${axes}); Tensor.any(x, ${axes}); {tf,tf.math}.reduce_any(input_tensor: x, ${tfAxes}); {keras.ops,K,jnp,np}.any(x, axis = None, keepdims = False)`,
  ),
  counting(
    "all(x)",
    "true if every entry is not 0",
    (xs) => (xs.every((x) => x !== 0) ? 1 : 0),
    truth,
    `torch.all(input: x, ${axes}); Tensor.all(x, ${axes}); {tf,tf.math}.reduce_all(input_tensor: x, ${tfAxes}); {keras.ops,K,jnp,np}.all(x, axis = None, keepdims = False)`,
  ),
  counting(
    "count_nonzero(x)",
    "how many entries are not 0",
    (xs) => xs.reduce((n, x) => n + (x !== 0 ? 1 : 0), 0),
    whole,
    `torch.count_nonzero(input: x, ${axes}); tf.math.count_nonzero(input: x, ${tfAxes}); {keras.ops,jnp,np}.count_nonzero(x, axis = None)`,
  ),
]
