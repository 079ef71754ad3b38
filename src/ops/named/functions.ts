// Functions that are short to say in the language itself: products of matrices, norms, order statistics, encodings.
import { func } from "./composition.ts"

export const functions = [
  func(
    "one_hot(i, n)",
    "1 at position i of n, 0 elsewhere",
    "float(expand_dims(i, -1) == arange(n))",
    "F.one_hot(tensor: i, num_classes: n = -1); tf.one_hot(indices: i, depth: n, on_value: ! = None, off_value: ! = None, axis: ! = None, dtype: _ = None, name: _ = None); K.one_hot(indices: i, num_classes: n); keras.ops.one_hot(x: i, num_classes: n); jax.nn.one_hot(x: i, num_classes: n)",
  ),
  func(
    "norm(x, p=2, axis=None, keepdims=False)",
    "the p-norm",
    `
    norm2(x, axis=axis, keepdims=keepdims) if p == 2 or p == 'fro' or p is None else sum(abs(x), axis=axis, keepdims=keepdims) if p == 1 else maximum(amax(abs(x), axis=axis, keepdims=keepdims), 0) if p == inf else amin(abs(x), axis=axis, keepdims=keepdims) if p == -inf else matrix_norm(x, 'nuc') if p == 'nuc' else float(sum(x != 0, axis=axis, keepdims=keepdims)) if p == 0 else norm_p(x, axis=axis, keepdims=keepdims, p=p)`,
    "torch.norm(input: x, p = 2, dim: axis = None, keepdim: keepdims = False); Tensor.norm(x, p = 2, dim: axis = None, keepdim: keepdims = False); torch.linalg.vector_norm(x, ord: p = 2, dim: axis = None, keepdim: keepdims = False); tf.{norm,linalg.norm}(tensor: x, ord: p = 2, axis = None, keepdims = False); keras.ops.norm(x, ord: p = 2, axis = None, keepdims = False); {jnp,np}.linalg.vector_norm(x, ord: p = 2, axis = None, keepdims = False)",
  ),
  func(
    "_linalg_norm(x, ord=None, axis=None, keepdims=False)",
    "the norm of a vector, or Frobenius' of a matrix",
    "norm(x, p=ord, axis=axis, keepdims=keepdims) if ord is None or ord == 'fro' or ndim(x) < 2 or axis in range(-8, 8) else matrix_norm(x, ord) if axis is None and ndim(x) == 2 and not keepdims else refuse('norms of matrices along axes are followed without ord only')",
    "torch.linalg.norm(x, ord = None, dim: axis = None, keepdim: keepdims = False); {jnp,np}.linalg.norm(x, ord = None, axis = None, keepdims = False)",
  ),
  func(
    "normalize(x, p=2, axis=-1, eps=1e-12)",
    "x divided by its norm",
    "x / maximum(norm(x, p=p, axis=axis, keepdims=True), eps)",
    "F.normalize(input: x, p = 2, dim: axis = 1, eps = 1e-12); keras.{ops,utils}.normalize(x, axis = -1, order: p = 2)",
  ),
  func(
    "l2_normalize(x, axis=-1, eps=1e-12)",
    "x divided by its length",
    "x * rsqrt(maximum(sum(x*x, axis=axis, keepdims=True), eps))",
    "tf.math.l2_normalize(x, axis = None, epsilon: eps = 1e-12); tf.nn.l2_normalize(x, axis = None, epsilon: eps = 1e-12); K.l2_normalize(x, axis = None)",
  ),
  func(
    "dot(a, b)",
    "the sum of products",
    "sum(a * b)",
    "torch.dot(input: a, tensor: b); Tensor.dot(a, b); {keras.ops,jnp,np}.vdot(a, b)",
  ),
  ...["cumsum", "cumprod"].map((name) =>
    func(
      `_flat_${name}(x, axis=None)`,
      `${name} as NumPy has it: over all entries in a row where no axis is given`,
      `${name}(reshape(x, [-1]), axis=-1) if axis is None else ${name}(x, axis=axis)`,
      `{keras.ops,jnp,np}.${name}(x, axis = None)`,
    ),
  ),
  func(
    "outer(a, b)",
    "all products of entries",
    "expand_dims(a, 1) * expand_dims(b, 0)",
    "torch.{outer,ger}(input: a, vec2: b); Tensor.{outer,ger}(a, vec2: b); {keras.ops,jnp,np}.outer(a, b)",
  ),
  func(
    "trace(x)",
    "the sum of the diagonal",
    "sum(diagonal(x), axis=-1)",
    "{torch,Tensor,tf.linalg,keras.ops,jnp,np}.trace",
  ),
  func(
    "diag(x, k=0)",
    "the diagonal of a matrix, or a matrix with this diagonal",
    "diagonal(x, k) if ndim(x) > 1 else diag_embed(x) if k == 0 else pad(diag_embed(x), [k, 0, 0, k] if k > 0 else [0, -k, -k, 0])",
    "torch.diag(input: x, diagonal: k = 0); Tensor.diag(x, diagonal: k = 0); {keras.ops,jnp,np}.diag(v: x, k = 0)",
  ),
  func(
    "slogdet(x)",
    "the sign of the determinant and the logarithm of its size",
    "[sign(det(x)), log(abs(det(x)))]",
    "{jnp.linalg,np.linalg,torch.linalg,tf.linalg,keras.ops}.slogdet(x)",
  ),
  func("logdet(x)", "the logarithm of the determinant", "log(det(x))", "{torch,Tensor,tf.linalg,keras.ops}.logdet"),
  func(
    "nanmean(x, axis=None, keepdims=False)",
    "the mean without NaN entries",
    "nansum(x, axis=axis, keepdims=keepdims) / sum(not isnan(x), axis=axis, keepdims=keepdims)",
    "torch.nanmean(input: x, dim: axis = None, keepdim: keepdims = False); {jnp,np}.nanmean(a: x, axis = None, keepdims = False)",
  ),
  func(
    "masked_fill(x, mask, value)",
    "value where the mask holds, else x",
    "where(mask, value, x)",
    "{torch,Tensor}.{masked_fill,masked_fill_}(x, mask, value)",
  ),
  func(
    "isclose(a, b, rtol=1e-5, atol=1e-8)",
    "nearly equal",
    "abs(a - b) <= atol + rtol*abs(b)",
    "{torch,Tensor,keras.ops,jnp,np,tf.experimental.numpy}.isclose(a, b, rtol = 1e-5, atol = 1e-8, equal_nan: _ = False)",
  ),
  func(
    "allclose(a, b, rtol=1e-5, atol=1e-8)",
    "nearly equal everywhere",
    "all(isclose(a, b, rtol, atol))",
    "{torch,Tensor,jnp,np}.allclose(a, b, rtol = 1e-5, atol = 1e-8, equal_nan: _ = False)",
  ),
  func(
    "round_decimals(x, decimals=0)",
    "rounded to so many decimals",
    "round(x) if decimals == 0 else round(x * 10**decimals) / 10**decimals",
    "{torch,Tensor,jnp,np,keras.ops}.round(x, decimals = 0)",
    {
      instead: [
        { text: "do not round while training", write: "x" },
        {
          text: "straight-through: rounds forward, passes the gradient back",
          write: "x + stop_gradient(round_decimals(x, decimals) - x)",
        },
      ],
    },
  ),
  func("_epsilon()", "the small number that Keras adds", "1e-7", "{K,keras.config}.epsilon"),
  func(
    "_div_rounded(a, b, rounding_mode=None)",
    "torch.div in its three forms",
    "a / b if rounding_mode is None else floor(a / b) if rounding_mode == 'floor' else trunc(a / b)",
    "{torch,Tensor}.{div,divide}(a, b, rounding_mode = None)",
  ),
  func("truncate_divide(a, b)", "trunc(a / b)", "trunc(a / b)", "tf.truncatediv(x: a, y: b, name: _ = None)"),
  func(
    "_logit_within(x, eps=None)",
    "torch.logit, whose argument may be held off 0 and 1",
    "logit(x) if eps is None else logit(clip(x, eps, 1 - eps))",
    "{torch,torch.special}.logit(input: x, eps = None); Tensor.logit(x, eps = None)",
  ),
  func(
    "searchsorted(edges, x)",
    "how many edges lie below x",
    "sum(expand_dims(x, -1) > edges, axis=-1)",
    "torch.searchsorted(sorted_sequence: edges, values: x); torch.bucketize(input: x, boundaries: edges); {keras.ops,jnp,np}.digitize(x, bins: edges)",
  ),
  func(
    "_searchsorted_by(edges, x, side='left')",
    "how many edges lie below x, or not above it",
    "sum(expand_dims(x, -1) >= edges, axis=-1) if side == 'right' else sum(expand_dims(x, -1) > edges, axis=-1)",
    "tf.searchsorted(sorted_sequence: edges, values: x, side = 'left', output_type: _ = None, name: _ = None); {keras.ops,jnp,np}.searchsorted(a: edges, v: x, side = 'left')",
  ),
  func(
    "cdist(a, b, p=2)",
    "all distances between the rows of a and of b",
    "norm(expand_dims(a, -2) - expand_dims(b, -3), p=p, axis=-1)",
    "torch.cdist(x1: a, x2: b, p = 2, compute_mode: _ = None); keras.ops.cdist(x1: a, x2: b)",
  ),
  func(
    "dist(a, b, p=2)",
    "the p-norm of a difference",
    "norm(a - b, p=p)",
    "torch.dist(input: a, other: b, p = 2); Tensor.dist(a, other: b, p = 2)",
  ),
  func(
    "pdist(x, p=2)",
    "the distances between all pairs of rows",
    `
    n = range(x.shape[0])
    norm(take(x, [i for i in n for j in n if j > i], axis=0) - take(x, [j for i in n for j in n if j > i], axis=0), p=p, axis=-1)`,
    "{F,torch}.pdist(input: x, p = 2)",
  ),
  func(
    "renorm(x, p, axis, most)",
    "slices along an axis, each shortened where its norm is above `most`",
    `
    t = reshape(moveaxis(x, axis, 0), [x.shape[axis], -1])
    n = norm(t, p=p, axis=1, keepdims=True)
    moveaxis(reshape(where(n > most, t * (most / (n + 1e-7)), t), moveaxis(x, axis, 0).shape), 0, axis)`,
    "{torch,Tensor}.renorm(input: x, p, dim: axis, maxnorm: most)",
  ),
  func(
    "pairwise_distance(a, b, eps=1e-6, p=2, keepdims=False)",
    "the distance of each row of a from its row of b",
    "norm(a - b + eps, p=p, axis=-1, keepdims=keepdims)",
    "{F,torch}.pairwise_distance(x1: a, x2: b, p = 2, eps = 1e-6, keepdim: keepdims = False); nn.PairwiseDistance(p = 2, eps = 1e-6, keepdim: keepdims = False)(x1: a, x2: b)",
  ),
  func(
    "cosine_similarity(a, b, axis=-1, eps=1e-8)",
    "the cosine of the angle between a and b",
    "sum(a*b, axis=axis) / (maximum(norm2(a, axis=axis), eps) * maximum(norm2(b, axis=axis), eps))",
    "{F,torch}.cosine_similarity(x1: a, x2: b, dim: axis = 1, eps = 1e-8); nn.CosineSimilarity(dim: axis = 1, eps = 1e-8)(x1: a, x2: b)",
  ),
  func(
    "clip_by_norm(x, norm, axis=None)",
    "x, shortened where it is longer than `norm`",
    `
    s = sum(x*x, axis=axis, keepdims=True)
    n = where(s > 0, sqrt(where(s > 0, s, 1)), s)
    x * norm / maximum(n, norm)`,
    "tf.clip_by_norm(t: x, clip_norm: norm, axes: axis = None)",
  ),
  func(
    "smooth_labels(t, a)",
    "labels moved a share a towards equal shares",
    "(1 - a)*t + a/t.shape[-1]",
    "optax.losses.smooth_labels(labels: t, alpha: a); optax.smooth_labels(labels: t, alpha: a)",
  ),
  func(
    "logmeanexp(x, axis=None, keepdims=False)",
    "the logarithm of the mean of exp",
    "logsumexp(x, axis=axis, keepdims=keepdims) - log(sum(ones_like(x), axis=axis, keepdims=keepdims))",
    "jax.nn.logmeanexp(x, axis = None, where: ! = None, keepdims = False)",
  ),
  func(
    "reduce(l, reduction='mean')",
    "the mean, the sum, or l itself",
    "mean(l) if reduction in ['mean', 'sum_over_batch_size', 'mean_with_sample_weight', 'auto'] else sum(l) if reduction == 'sum' else l",
  ),
]
