// JAX's and NumPy's functions that no operation has by itself, and further spellings of those that one has.
import { func } from "./composition.ts"

const hidden = { internal: true }

/** Folds of the entries where a mask holds: what stands elsewhere, and what the fold then is. */
const masked: readonly (readonly [name: string, paths: string, body: string])[] = [
  ["sum", "sum", "sum(_kept(x, mask, 0), axis=axis, keepdims=keepdims) + (0 if initial is None else initial)"],
  ["prod", "prod", "prod(_kept(x, mask, 1), axis=axis, keepdims=keepdims)*(1 if initial is None else initial)"],
  [
    "mean",
    "mean",
    "sum(_kept(x, mask, 0), axis=axis, keepdims=keepdims)/sum(ones_like(x) if mask is None else float(broadcast_to(mask, x.shape)), axis=axis, keepdims=keepdims)",
  ],
  [
    "max",
    "{max,amax}",
    "maximum(amax(_kept(x, mask, -inf), axis=axis, keepdims=keepdims), -inf if initial is None else initial)",
  ],
  [
    "min",
    "{min,amin}",
    "minimum(amin(_kept(x, mask, inf), axis=axis, keepdims=keepdims), inf if initial is None else initial)",
  ],
]

export const jax = [
  func(
    "_average(x, axis=None, w=None)",
    "the mean, perhaps with weights",
    `
    u = None if w is None else broadcast_to(w, x.shape) if ndim(w) == ndim(x) or axis is None or axis == -1 else refuse('weights along an inner axis are not followed')
    mean(x, axis=axis) if w is None else sum(x*u, axis=axis)/sum(u, axis=axis)`,
    "{jnp,np}.average(a: x, axis = None, weights: w = None, returned: ! = False); keras.ops.average(x, axis = None, weights: w = None)",
  ),
  func(
    "_ptp(x, axis=None)",
    "the largest less the smallest",
    "amax(x, axis=axis) - amin(x, axis=axis)",
    "{jnp,np}.ptp(a: x, axis = None)",
  ),
  func(
    "_kept(x, mask, other)",
    "x where the mask holds, a number elsewhere",
    "x if mask is None else where(mask, x, other)",
    undefined,
    hidden,
  ),
  ...masked.map(([name, paths, body]) =>
    func(
      `_masked_${name}(x, mask=None, axis=None, keepdims=False, initial=None)`,
      `the ${name} of the entries where a mask holds`,
      body,
      `{jnp,np}.${paths}(a: x, axis = None, dtype: _ = None, out: _ = None, keepdims = False, initial = None, where: mask = None); Tensor.${paths}(x, axis = None, dtype: _ = None, out: _ = None, keepdims = False, initial = None, where: mask = None)`,
      hidden,
    ),
  ),
  ...["softmax", "log_softmax"].map((name) =>
    func(
      `_masked_${name}(x, mask, axis=-1)`,
      `${name} among the entries where a mask holds`,
      `${name}(x, axis) if mask is None else where(mask, ${name}(where(mask, x, -inf), axis), ${name === "softmax" ? "0" : "-inf"})`,
      `jax.nn.${name}(x, where: mask, axis = -1, initial: _ = None)`,
      hidden,
    ),
  ),
  func(
    "_weighted_logsumexp(x, b=None, mask=None, axis=None, keepdims=False)",
    "the logarithm of a weighted sum of exponentials",
    `
    z = _kept(x, mask, -inf)
    top = stop_gradient(amax(z, axis=axis, keepdims=True))
    s = log(sum((1 if b is None else b)*exp(z - top), axis=axis, keepdims=True)) + top
    s if keepdims else squeeze(s) if axis is None else squeeze(s, axis)`,
    "{jax.nn,jax.scipy.special,scipy.special}.logsumexp(a: x, axis = None, b = None, keepdims = False, return_sign: ! = False, where: mask = None)",
    hidden,
  ),
]

/** The entry, and further spellings of it. */
export const jaxNames: readonly (readonly [entry: string, spellings: string])[] = [
  ["add", "lax.add(x: a, y: b)"],
  ["sub", "lax.sub(x: a, y: b)"],
  ["mul", "lax.mul(x: a, y: b)"],
  ["neg", "lax.neg"],
  ["logical_and", "lax.bitwise_and(x: a, y: b)"],
  ["logical_or", "lax.bitwise_or(x: a, y: b)"],
  ["logical_not", "lax.bitwise_not"],
  ["isfinite", "lax.is_finite"],
  ["full_like", "lax.full_like(x, fill_value: value, dtype: _ = None, shape: ! = None)"],
  ["full", "lax.full(shape, fill_value: value, dtype: _ = None)"],
  ["tile", "lax.tile(operand: x, reps: repeats)"],
  ["transpose", "lax.transpose(operand: x, permutation: axes)"],
  ["squeeze", "lax.squeeze(array: x, dimensions: axis)"],
  ["expand_dims", "lax.expand_dims(array: x, dimensions: axis)"],
  ["concatenate", "lax.concatenate(operands: xs, dimension: axis)"],
  [
    "identity",
    "{lax,jax}.{psum,pmean,pmax,pmin,pvary}(x, axis_name: _, axis_index_groups: _ = None); lax.{reduce_precision,optimization_barrier}(operand: x, exponent_bits: _ = None, mantissa_bits: _ = None); jax.{device_put,block_until_ready}(x, device: _ = None); jax.random.key_data(keys: x); {jnp,np}.{copy,ascontiguousarray}(a: x)",
  ],
  ["float", "{jnp,np}.{float32,float64,float16,bfloat16,float_}(x)"],
  ["int", "{jnp,np}.{int32,int64,int8,uint8,int_}(x)"],
  ["cast", "{jnp,np}.astype(x, dtype)"],
  ["bool", "{jnp,np}.bool_(x)"],
  ["stop_gradient", "jax.stop_gradient(x)"],
]
