// Functions that are short to say in the language itself: products of matrices, norms, order statistics, encodings.
import { func } from "./composition.ts"

export const functions = [
  func(
    "one_hot(i, n)",
    "1 at position i of n, 0 elsewhere",
    "float(expand_dims(i, -1) == arange(n))",
    "F.one_hot(tensor: i, num_classes: n = -1); tf.one_hot(indices: i, depth: n, on_value: _ = None, off_value: _ = None, axis: _ = None, dtype: _ = None, name: _ = None); K.one_hot(indices: i, num_classes: n); keras.ops.one_hot(x: i, num_classes: n); jax.nn.one_hot(x: i, num_classes: n)",
  ),
  func(
    "norm(x, p=2, axis=None, keepdims=False)",
    "the p-norm",
    `
    norm2(x, axis=axis, keepdims=keepdims) if p == 2 or p == 'fro' or p is None else sum(abs(x), axis=axis, keepdims=keepdims) if p == 1 else amax(abs(x), axis=axis, keepdims=keepdims) if p == inf else float(sum(x != 0, axis=axis, keepdims=keepdims)) if p == 0 else sum(abs(x)**p, axis=axis, keepdims=keepdims)**(1/p)`,
    "torch.norm(input: x, p = 2, dim: axis = None, keepdim: keepdims = False); Tensor.norm(x, p = 2, dim: axis = None, keepdim: keepdims = False); torch.linalg.{norm,vector_norm}(x, ord: p = 2, dim: axis = None, keepdim: keepdims = False); tf.{norm,linalg.norm}(tensor: x, ord: p = 2, axis = None, keepdims = False); keras.ops.norm(x, ord: p = 2, axis = None, keepdims = False); {jnp,np}.linalg.{norm,vector_norm}(x, ord: p = 2, axis = None, keepdims = False)",
  ),
  func(
    "normalize(x, p=2, axis=-1, eps=1e-12)",
    "x divided by its norm",
    "x / maximum(norm(x, p=p, axis=axis, keepdims=True), eps)",
    "F.normalize(input: x, p = 2, dim: axis = 1, eps = 1e-12); keras.ops.normalize(x, axis = -1, order: p = 2)",
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
    "torch.dot(input: a, tensor: b); Tensor.dot(a, b); {jnp,np}.{dot,vdot,inner}(a, b); {keras.ops}.{dot,vdot}(a, b)",
  ),
  func(
    "outer(a, b)",
    "all products of entries",
    "expand_dims(a, 1) * expand_dims(b, 0)",
    "torch.outer(input: a, vec2: b); {keras.ops,jnp,np}.outer(a, b)",
  ),
  func(
    "trace(x)",
    "the sum of the diagonal",
    "sum(diagonal(x), axis=-1)",
    "{torch,Tensor,tf.linalg,keras.ops,jnp,np}.trace",
  ),
  func(
    "diag(x)",
    "the diagonal of a matrix, or a matrix with this diagonal",
    "diag_embed(x) if ndim(x) == 1 else diagonal(x)",
    "torch.diag(input: x, diagonal: _ = 0); Tensor.diag(x); {keras.ops,jnp,np}.diag(v: x, k: _ = 0)",
  ),
  func("logdet(x)", "the logarithm of the determinant", "log(det(x))", "{torch,Tensor,tf.linalg,keras.ops}.logdet"),
  func(
    "topk(x, k, axis=-1)",
    "the k largest entries, in falling order",
    "slice_axis(sort(x, axis=axis, descending=True), k, axis)",
  ),
  func("kthvalue(x, k, axis=-1)", "the k-th smallest entry", "take(sort(x, axis=axis), k - 1, axis=axis)"),
  func(
    "median(x, axis=None)",
    "the middle entry, or the mean of the two middle ones",
    `
    v = flatten(x) if axis is None else x
    a = -1 if axis is None else axis
    n = v.shape[a]
    s = sort(v, axis=a)
    take(s, n//2, axis=a) if n % 2 == 1 else (take(s, n//2 - 1, axis=a) + take(s, n//2, axis=a))/2`,
    "{keras.ops,jnp,np}.median(a: x, axis = None)",
  ),
  func(
    "lower_median(x, axis=None)",
    "the middle entry, the lower of the two middle ones",
    `
    v = flatten(x) if axis is None else x
    a = -1 if axis is None else axis
    take(sort(v, axis=a), (v.shape[a] - 1)//2, axis=a)`,
    "torch.median(input: x); Tensor.median(x)",
  ),
  func(
    "quantile(x, q, axis=None)",
    "the value below which a share q of the entries lies, interpolated",
    `
    v = flatten(x) if axis is None else x
    a = -1 if axis is None else axis
    h = q*(v.shape[a] - 1)
    i = floor(h)
    s = sort(v, axis=a)
    j = i + 1 if i + 1 < v.shape[a] else i
    take(s, i, axis=a)*(1 - (h - i)) + take(s, j, axis=a)*(h - i)`,
    "torch.quantile(input: x, q, dim: axis = None); Tensor.quantile(x, q, dim: axis = None); {keras.ops,jnp,np}.quantile(a: x, q, axis = None)",
  ),
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
    "{torch,Tensor,keras.ops,jnp,np}.isclose(a, b, rtol = 1e-5, atol = 1e-8)",
  ),
  func(
    "searchsorted(edges, x)",
    "how many edges lie below x",
    "sum(expand_dims(x, -1) > edges, axis=-1)",
    "torch.searchsorted(sorted_sequence: edges, values: x); torch.bucketize(input: x, boundaries: edges); {keras.ops,jnp,np}.searchsorted(a: edges, v: x); {keras.ops,jnp,np}.digitize(x, bins: edges)",
  ),
  func(
    "cdist(a, b)",
    "all distances between the rows of a and of b",
    "norm2(expand_dims(a, -2) - expand_dims(b, -3), axis=-1)",
    "torch.cdist(x1: a, x2: b, p: _ = 2)",
  ),
  func(
    "pairwise_distance(a, b, eps=1e-6, p=2, keepdims=False)",
    "the distance of each row of a from its row of b",
    "norm(a - b + eps, p=p, axis=-1, keepdims=keepdims)",
    "F.pairwise_distance(x1: a, x2: b, p = 2, eps = 1e-6, keepdim: keepdims = False); nn.PairwiseDistance(p = 2, eps = 1e-6, keepdim: keepdims = False)(x1: a, x2: b)",
  ),
  func(
    "cosine_similarity(a, b, axis=-1, eps=1e-8)",
    "the cosine of the angle between a and b",
    "sum(a*b, axis=axis) / (maximum(norm2(a, axis=axis), eps) * maximum(norm2(b, axis=axis), eps))",
    "F.cosine_similarity(x1: a, x2: b, dim: axis = 1, eps = 1e-8); nn.CosineSimilarity(dim: axis = 1, eps = 1e-8)(x1: a, x2: b)",
  ),
  func(
    "clip_by_norm(x, norm, axis=None)",
    "x, shortened where it is longer than `norm`",
    "x * norm / maximum(norm2(x, axis=axis, keepdims=True), norm)",
    "tf.clip_by_norm(t: x, clip_norm: norm, axes: axis = None)",
  ),
  func(
    "smooth_labels(t, a)",
    "labels moved a share a towards equal shares",
    "(1 - a)*t + a/t.shape[-1]",
    "optax.losses.smooth_labels(labels: t, alpha: a); optax.smooth_labels(labels: t, alpha: a)",
  ),
  func(
    "reduce(l, reduction='mean')",
    "the mean, the sum, or l itself",
    "mean(l) if reduction in ['mean', 'sum_over_batch_size', 'mean_with_sample_weight', 'auto'] else sum(l) if reduction == 'sum' else l",
  ),
]
