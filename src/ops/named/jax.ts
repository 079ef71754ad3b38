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
  func(
    "_select(conditions, choices, other=0)",
    "at each place the choice of the first condition that holds",
    "other if len(conditions) == 0 else where(conditions[0], choices[0], _select(conditions[1:], choices[1:], other))",
    "{jnp,np,keras.ops}.select(condlist: conditions, choicelist: choices, default: other = 0)",
  ),
  func(
    "_append(x, more, axis=None)",
    "two tensors end to end",
    "concatenate([reshape(x, [-1]), reshape(more, [-1])], axis=0) if axis is None else concatenate([x, more], axis=axis)",
    "{jnp,np}.append(arr: x, values: more, axis = None); keras.ops.append(x1: x, x2: more, axis = None)",
  ),
  func(
    "_inner(a, b)",
    "products of the last axes, added up",
    "a*b if ndim(a) == 0 or ndim(b) == 0 else sum(a*b, axis=-1) if ndim(b) == 1 else matmul(a, transpose(b))",
    "{jnp,np,keras.ops}.inner(x1: a, x2: b)",
  ),
  func(
    "_broadcast_arrays(*xs)",
    "tensors, each repeated to the shape of all together",
    `
    s = shape(sum(stack([zeros_like(x + sum([0*y for y in xs])) for x in xs]), axis=0))
    [broadcast_to(x, s) for x in xs]`,
    "{jnp,np}.broadcast_arrays(*xs)",
  ),
  func(
    "_is_in(x, values)",
    "whether an entry is among some values",
    "any(expand_dims(x, -1) == reshape(values, [-1]), axis=-1)",
    "{jnp,np}.isin(element: x, test_elements: values)",
  ),
  func(
    "_array_equal(a, b)",
    "whether all entries are equal",
    "all(a == b) if shape(a) == shape(b) else False",
    "{jnp,np}.array_equal(a1: a, a2: b, equal_nan: ! = False)",
  ),
  ...["max", "min"].map((name) =>
    func(
      `_nan${name}(x, axis=None, keepdims=False)`,
      `the ${name} of the entries that are not NaN`,
      `a${name}(where(isnan(x), ${name === "max" ? "-inf" : "inf"}, x), axis=axis, keepdims=keepdims)`,
      `{jnp,np}.nan${name}(a: x, axis = None, out: _ = None, keepdims = False)`,
    ),
  ),
  func(
    "_nanvar(x, axis=None, ddof=0, keepdims=False)",
    "the variance of the entries that are not NaN",
    `
    n = sum(float(~isnan(x)), axis=axis, keepdims=True)
    d = where(isnan(x), 0, x - nansum(x, axis=axis, keepdims=True)/n)
    sum(d*d, axis=axis, keepdims=keepdims)/(sum(float(~isnan(x)), axis=axis, keepdims=keepdims) - ddof)`,
    "{jnp,np}.nanvar(a: x, axis = None, dtype: _ = None, out: _ = None, ddof = 0, keepdims = False)",
  ),
  func(
    "_nanstd(x, axis=None, ddof=0, keepdims=False)",
    "the standard deviation of the entries that are not NaN",
    "sqrt(_nanvar(x, axis, ddof, keepdims))",
    "{jnp,np}.nanstd(a: x, axis = None, dtype: _ = None, out: _ = None, ddof = 0, keepdims = False)",
  ),
  func(
    "_polyval(p, x)",
    "a polynomial by its coefficients, the highest first",
    "p[0] if len(p) == 1 else _polyval(p[:-1], x)*x + p[-1]",
    "{jnp,np}.polyval(p, x); tf.math.polyval(coeffs: p, x)",
  ),
  func(
    "_slice_in(x, start, stop, step=1, axis=0)",
    "a stretch of an axis",
    "take(x, [j for j in range(0 if start is None else start, x.shape[axis] if stop is None else stop, step)], axis=axis)",
    "lax.slice_in_dim(operand: x, start_index: start, limit_index: stop, stride: step = 1, axis = 0)",
    hidden,
  ),
  func(
    "_index_in(x, i, axis=0, keepdims=True)",
    "one slice of an axis",
    "expand_dims(take(x, i, axis=axis), axis) if keepdims else take(x, i, axis=axis)",
    "lax.{index_in_dim,dynamic_index_in_dim}(operand: x, index: i, axis = 0, keepdims = True)",
    hidden,
  ),
  func(
    "_select_n(which, *cases)",
    "at each place the case of that number",
    "where(which, cases[1], cases[0]) if len(cases) == 2 else where(which == 0, cases[0], where(which == 1, cases[1], cases[2])) if len(cases) == 3 else refuse('three cases at most are followed')",
    "lax.select_n(which, *cases)",
    hidden,
  ),
  func("_iota(n)", "the whole numbers below n", "arange(n)", "lax.iota(dtype: _, size: n)"),
  func(
    "_normal_logpdf(x, mean=0, std=1)",
    "the logarithm of the normal density",
    "-0.5*square((x - mean)/std) - log(std) - 0.5*log(2*pi)",
    "{jax.scipy.stats,scipy.stats}.norm.logpdf(x, loc: mean = 0, scale: std = 1)",
  ),
  func(
    "_normal_pdf(x, mean=0, std=1)",
    "the normal density",
    "exp(_normal_logpdf(x, mean, std))",
    "{jax.scipy.stats,scipy.stats}.norm.pdf(x, loc: mean = 0, scale: std = 1)",
  ),
  func(
    "_laplace_logpdf(x, mean=0, b=1)",
    "the logarithm of Laplace's density",
    "-abs(x - mean)/b - log(2*b)",
    "{jax.scipy.stats,scipy.stats}.laplace.logpdf(x, loc: mean = 0, scale: b = 1)",
  ),
  func(
    "_poisson_logpmf(k, rate)",
    "the logarithm of Poisson's probabilities",
    "xlogy(k, rate) - rate - lgamma(k + 1)",
    "{jax.scipy.stats,scipy.stats}.poisson.logpmf(k, mu: rate)",
  ),
  func(
    "_relative_entropy(x, y)",
    "x*log(x/y), and 0 where x is 0",
    "where(x == 0, 0, x*log(x/y))",
    "{jax.scipy.special,scipy.special}.rel_entr(p: x, q: y)",
  ),
  func(
    "_kl_each(x, y)",
    "x*log(x/y) - x + y",
    "_relative_entropy(x, y) - x + y",
    "{jax.scipy.special,scipy.special}.kl_div(p: x, q: y)",
  ),
  func(
    "_log_ndtr(x)",
    "the logarithm of the normal distribution",
    "log(ndtr(x))",
    "{jax.scipy.special,scipy.special}.log_ndtr(x)",
  ),
  func(
    "_beta_ln(a, b)",
    "the logarithm of the beta function",
    "lgamma(a) + lgamma(b) - lgamma(a + b)",
    "{jax.scipy.special,scipy.special}.betaln(a, b)",
  ),
  func(
    "_jax_truncated_normal(low, high, shape=None)",
    "normal noise between two bounds",
    "clip(randn(() if shape is None else shape), low, high)",
    "jax.random.truncated_normal(key: _, lower: low, upper: high, shape = None, dtype: _ = None)",
  ),
  func(
    "_jax_exponential(shape=None)",
    "exponential noise",
    "-log(rand(() if shape is None else shape))",
    "jax.random.exponential(key: _, shape = None, dtype: _ = None)",
  ),
  func(
    "_jax_laplace(shape=None)",
    "noise with two equal tails",
    "log(rand(() if shape is None else shape)) - log(rand(() if shape is None else shape))",
    "jax.random.laplace(key: _, shape = None, dtype: _ = None)",
  ),
  func(
    "_safe_norm(x, least, ord=None, axis=None, keepdims=False)",
    "the norm, held above a small number by a mask on both sides",
    `
    n = norm(x, 2 if ord is None else ord, axis, keepdims=True)
    y = where(n <= least, ones_like(x), x)
    m = norm(y, 2 if ord is None else ord, axis, keepdims=keepdims)
    where((n if keepdims else reshape(n, shape(m))) <= least, least, m)`,
    "optax.safe_norm(x, min_norm: least, ord = None, axis = None, keepdims = False)",
  ),
  func(
    "_global_norm(x)",
    "the length of all entries together",
    "sqrt(sum(square(x)))",
    "optax.global_norm(updates: x)",
    hidden,
  ),
]

/** The entry, and further spellings of it. */
export const jaxNames: readonly (readonly [entry: string, spellings: string])[] = [
  ["atleast_1d", "keras.ops.atleast_1d(x)"],
  ["atleast_2d", "keras.ops.atleast_2d(x)"],
  ["atleast_3d", "keras.ops.atleast_3d(x)"],
  ["add", "lax.add(x: a, y: b)"],
  ["sub", "lax.sub(x: a, y: b)"],
  ["mul", "lax.mul(x: a, y: b)"],
  ["neg", "lax.neg"],
  ["logical_and", "lax.bitwise_and(x: a, y: b)"],
  ["logical_or", "lax.bitwise_or(x: a, y: b)"],
  ["logical_not", "lax.bitwise_not"],
  ["isfinite", "lax.is_finite"],
  ["full_like", "lax.full_like(x, fill_value: value, dtype: _ = None, shape: ! = None)"],
  ["flip", "lax.rev(operand: x, dimensions: axis)"],
  ["amax", "lax.reduce_max(operand: x, axes: axis)"],
  ["amin", "lax.reduce_min(operand: x, axes: axis)"],
  ["sum", "lax.reduce_sum(operand: x, axes: axis)"],
  ["abs", "{jnp,np}.fabs(x)"],
  ["identity", "{jnp,np,keras.ops}.{positive,real}(x)"],
  ["round_decimals", "{jnp,np}.around(a: x, decimals = 0)"],
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
  ["float", "{jnp,np}.{float32,float64,float16,bfloat16,float_,float}(x)"],
  ["int", "{jnp,np}.{int32,int64,int8,uint8,int_,int}(x)"],
  ["cast", "{jnp,np}.astype(x, dtype)"],
  ["bool", "{jnp,np}.bool_(x)"],
  ["stop_gradient", "jax.stop_gradient(x)"],
]
