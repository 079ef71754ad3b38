// Writing and adding at computed positions: scatter and its kin, segments, counts and histograms.
import { func } from "./composition.ts"

const torchScatter = (name: string, more = ""): string =>
  `{torch,Tensor}.${name}(input: x, dim: axis, index: i, src: s${more}); Tensor.${name}_(x, dim: axis, index: i, src: s${more})`
const segments = (fold: string): string =>
  `{tf.math,keras.ops,jax.ops}.segment_${fold}(data: x, segment_ids: i, num_segments: n = None, sorted: _ = False); tf.math.unsorted_segment_${fold}(data: x, segment_ids: i, num_segments: n)`
/** So many comparisons of positions are made; beyond, what is written twice is averaged, as torch leaves open which one stays. */
const MANY = 1_000_000
/** Entry [k, j] says whether position j of the last axis is written to slot k of a. */
const hits = "expand_dims(j, -2) == expand_dims(arange(a.shape[-1]), -1)"

/** A fold over the rows of each segment: mask, fold, what an empty segment holds. */
const segment = (fold: string, says: string, rest: number | string, extra = "") =>
  func(
    `segment_${fold}(x, i, n=None)`,
    says,
    `
    m = int(max(i)) + 1 if n is None else n
    hit = reshape(expand_dims(i, 0) == expand_dims(arange(m), -1), [m, x.shape[0]] + [1 for d in x.shape[1:]])
    r = a${fold}(where(hit, expand_dims(x, 0), ${rest}), axis=1)
    where(any(hit, axis=1), r, 0)${extra}`,
    segments(fold),
  )

export const scatters = [
  func(
    "scatter_add(x, axis, i, s)",
    "x with the entries of s added at positions i along an axis",
    "x + _scatter_like(s, i, x, axis)",
    torchScatter("scatter_add"),
  ),
  func(
    "_last_written(a, j, t)",
    "for each position of the last axis of a the last entry of t that is written there, 0 where none is",
    `
    hit = ${hits}
    last = argmax(where(hit, arange(j.shape[-1]) + 1, 0), axis=-1)
    sum(where(expand_dims(last, -1) == arange(j.shape[-1]), expand_dims(t, -2), 0), axis=-1)`,
    undefined,
    { internal: true },
  ),
  func(
    "scatter(x, axis, i, s)",
    "x with the entries of s written at positions i along an axis; the last stays, each gets the gradient of its place",
    `
    a = moveaxis(x, axis, -1)
    j = moveaxis(i, axis, -1)
    t = broadcast_to(s, shape(j)) if ndim(s) == 0 else moveaxis(s, axis, -1)
    count = _scatter_like(ones_like(t, 'float'), j, a, -1)
    added = _scatter_like(t, j, a, -1)
    written = added / maximum(count, 1) if ndim(s) == 0 or j.shape[-1] == 1 or numel(j)*a.shape[-1] > ${MANY} else _last_written(a, j, t)
    moveaxis(where(count > 0, added + stop_gradient(written - added), a), -1, axis)`,
    "{torch,Tensor}.scatter(input: x, dim: axis, index: i, src: s); {torch,Tensor}.scatter(input: x, dim: axis, index: i, value: s); Tensor.scatter_(x, dim: axis, index: i, src: s); Tensor.scatter_(x, dim: axis, index: i, value: s)",
  ),
  func(
    "scatter_reduce(x, axis, i, s, reduce, include_self=True)",
    "x with the entries of s folded in at positions i along an axis",
    `
    a = moveaxis(x, axis, -1)
    j = moveaxis(i, axis, -1)
    t = expand_dims(moveaxis(s, axis, -1), -2)
    hit = ${hits}
    nothing = 1 if reduce == 'prod' else -inf if reduce == 'amax' else inf if reduce == 'amin' else 0
    own = a if include_self else where(any(hit, axis=-1), nothing, a)
    all = concat([where(hit, t, nothing), expand_dims(own, -1)], axis=-1)
    count = sum(hit, axis=-1) + (1 if include_self else where(any(hit, axis=-1), 0, 1))
    r = amax(all, axis=-1) if reduce == 'amax' else amin(all, axis=-1) if reduce == 'amin' else prod(all, axis=-1) if reduce == 'prod' else sum(all, axis=-1) / count if reduce == 'mean' else sum(all, axis=-1) if reduce == 'sum' else refuse('scatter_reduce knows sum, prod, mean, amax and amin')
    moveaxis(r, -1, axis)`,
    torchScatter("scatter_reduce", ", reduce, include_self = True"),
  ),
  func(
    "_rows_like(i, s)",
    "positions of rows as positions of all their entries",
    "broadcast_to(reshape(i, [-1] + [1 for d in s.shape[1:]]), s.shape)",
  ),
  func(
    "index_add(x, axis, i, s, alpha=1)",
    "x with the slices of s added at positions i of an axis",
    `
    a = moveaxis(x, axis, 0)
    t = moveaxis(s, axis, 0)
    moveaxis(a + alpha*_scatter_like(t, _rows_like(i, t), a, 0), 0, axis)`,
    "{torch,Tensor}.index_add(input: x, dim: axis, index: i, source: s, alpha = 1); Tensor.index_add_(x, dim: axis, index: i, source: s, alpha = 1)",
  ),
  func(
    "_row_numbers(i, lead)",
    "positions in several axes as one position",
    "flatten(sum(i * tensor([int(prod(lead[k+1:])) for k in range(len(lead))]), axis=-1))",
  ),
  func(
    "scatter_nd_add(x, i, s)",
    "x with slices added at positions that are rows of i",
    `
    at = tensor(i)
    k = at.shape[-1]
    rows = reshape(x, [int(prod(x.shape[:k])), -1])
    p = _row_numbers(at, x.shape[:k])
    t = reshape(s, [len(p), -1])
    reshape(rows + _scatter_like(t, _rows_like(p, t), rows, 0), x.shape)`,
    "tf.tensor_scatter_nd_add(tensor: x, indices: i, updates: s, name: _ = None)",
  ),
  func(
    "scatter_nd_fold(x, i, s, reduce)",
    "x with slices folded in at positions that are rows of i",
    `
    at = tensor(i)
    k = at.shape[-1]
    rows = reshape(x, [int(prod(x.shape[:k])), -1])
    p = _row_numbers(at, x.shape[:k])
    t = reshape(s, [len(p), -1])
    q = _rows_like(p, t)
    reshape(scatter(rows, 0, q, t) if reduce == 'set' else scatter_reduce(rows, 0, q, t, reduce), x.shape)`,
  ),
  ...(
    [
      ["update", "set"],
      ["max", "amax"],
      ["min", "amin"],
    ] as const
  ).map(([name, fold]) =>
    func(
      `scatter_nd_${name}(x, i, s)`,
      name === "update"
        ? "x with slices written at positions that are rows of i"
        : `x with the ${name}imum taken at positions that are rows of i`,
      `scatter_nd_fold(x, i, s, '${fold}')`,
      `tf.tensor_scatter_nd_${name}(tensor: x, indices: i, updates: s, name: _ = None)${name === "update" ? "; keras.ops.scatter_update(inputs: x, indices: i, updates: s)" : ""}`,
    ),
  ),
  func(
    "scatter_nd(i, s, shape)",
    "slices added up at positions that are rows of i",
    "scatter_nd_add(zeros(shape), i, s)",
    "tf.scatter_nd(indices: i, updates: s, shape, name: _ = None); keras.ops.scatter(indices: i, values: s, shape)",
  ),
  func(
    "_index_put(x, indices, s, accumulate=False)",
    "x with entries written or added at positions, one list for each axis",
    "scatter_nd_add(x, stack(indices, axis=-1), s) if accumulate else scatter_nd_update(x, stack(indices, axis=-1), s)",
    "torch.index_put(input: x, indices, values: s, accumulate = False); Tensor.{index_put,index_put_}(x, indices, values: s, accumulate = False)",
  ),
  func(
    "gather_nd(x, i)",
    "the entries or slices at positions that are rows of i",
    `
    at = tensor(i)
    x[[at[..., k] for k in range(at.shape[-1])]]`,
    "tf.gather_nd(params: x, indices: i, name: _ = None)",
  ),
  func(
    "embedding(i, weight, padding_idx=None)",
    "rows of a table by number; the row for padding gets no gradient",
    `
    rows = take(weight, i, axis=0)
    rows if padding_idx is None else where(expand_dims(i == padding_idx, -1), stop_gradient(rows), rows)`,
    "F.embedding(input: i, weight, padding_idx = None, max_norm: ! = None, norm_type: _ = 2.0, scale_grad_by_freq: _ = False, sparse: _ = False)",
  ),
  func(
    "segment_sum(x, i, n=None)",
    "the sum of the rows of each segment",
    `
    z = zeros([int(max(i)) + 1 if n is None else n] + x.shape[1:])
    _scatter_like(x, _rows_like(i, x), z, 0)`,
    segments("sum"),
  ),
  func(
    "segment_mean(x, i, n=None)",
    "the mean of the rows of each segment",
    "segment_sum(x, i, n) / maximum(segment_sum(ones_like(x), i, n), 1)",
    segments("mean"),
  ),
  func(
    "_segment_reduce(x, reduce, lengths)",
    "torch.segment_reduce: runs of known lengths, folded",
    `
    n = len(lengths)
    i = tensor([k for k in range(n) for j in range(lengths[k])])
    segment_sum(x, i, n) if reduce == 'sum' else segment_mean(x, i, n) if reduce == 'mean' else segment_max(x, i, n) if reduce == 'max' else segment_min(x, i, n) if reduce == 'min' else refuse('segment_reduce knows sum, mean, max and min')`,
    "torch.segment_reduce(data: x, reduce, lengths, axis: ! = 0, unsafe: _ = False)",
  ),
  func(
    "confusion_matrix(t, p, n)",
    "how often label t was predicted as p: a count, without gradient",
    "sum(logical_and(expand_dims(expand_dims(arange(n), -1), -1) == t, expand_dims(expand_dims(arange(n), 0), -1) == p), axis=-1)",
    "tf.math.confusion_matrix(labels: t, predictions: p, num_classes: n, weights: ! = None, dtype: _ = None, name: _ = None)",
  ),
  segment("max", "the largest of the rows of each segment", "-inf"),
  segment("min", "the smallest of the rows of each segment", "inf"),
  func(
    "bincount(x, weights=None, minlength=0)",
    "how often each whole number occurs, or the sum of its weights",
    `
    n = minlength if minlength > 0 else int(max(x)) + 1
    hit = x == expand_dims(arange(n), -1)
    int(sum(hit, axis=-1)) if weights is None else sum(where(hit, weights, 0), axis=-1)`,
    "{torch,np,keras.ops}.bincount(input: x, weights = None, minlength = 0); Tensor.bincount(x, weights = None, minlength = 0); tf.math.bincount(arr: x, weights = None, minlength = 0, maxlength: ! = None); jnp.bincount(x, weights = None, minlength = 0, length: ! = None)",
  ),
  func(
    "histc(x, bins=100, lo=0, hi=0)",
    "how many entries fall into each of equal bins: a count, without gradient",
    `
    v = flatten(x)
    a = min(v) if lo == hi else lo
    b = max(v) if lo == hi else hi
    k = clip(floor((v - a)*bins/(b - a)), 0, bins - 1)
    sum(logical_and(logical_and(v >= a, v <= b), k == expand_dims(arange(bins), -1)), axis=-1)`,
    "torch.histc(input: x, bins = 100, min: lo = 0, max: hi = 0); Tensor.histc(x, bins = 100, min: lo = 0, max: hi = 0)",
  ),
  func(
    "histogram(x, bins=10, range=None)",
    "how many entries fall into each of equal bins, and the edges",
    `
    v = flatten(x)
    a = min(v) if range is None else range[0]
    b = max(v) if range is None else range[1]
    _hist_pair(histc(v, bins) if range is None else histc(v, bins, range[0], range[1]), a + (b - a)*arange(bins + 1)/bins)`,
    "torch.histogram(input: x, bins, range = None); {jnp,np}.histogram(a: x, bins = 10, range = None); keras.ops.histogram(x, bins = 10, range = None)",
  ),
  func(
    "histogram_fixed_width(x, range, bins=100)",
    "how many entries fall into each of equal bins, those outside into the outermost",
    "histc(clip(x, range[0], range[1]), bins, range[0], range[1])",
    "tf.histogram_fixed_width(values: x, value_range: range, nbins: bins = 100, dtype: _ = None, name: _ = None)",
  ),
]
