// Order statistics: medians, quantiles, the k-th, the most frequent, and torch's pairs of values and positions.
import { func } from "./composition.ts"

const pair = (names: string, more = ""): string =>
  names
    .split(" ")
    .flatMap((n) => [
      `torch.${n}(input: x, ${more}dim: axis = -1, keepdim: keepdims = False)`,
      `Tensor.${n}(x, ${more}dim: axis = -1, keepdim: keepdims = False)`,
    ])
    .join("; ")
const dim = "dim: axis = None, keepdim: keepdims = False"

export const orderStatistics = [
  func(
    "topk(x, k, axis=-1)",
    "the k largest entries, in falling order",
    "slice_axis(sort(x, axis=axis, descending=True), k, axis)",
  ),
  func("kthvalue(x, k, axis=-1)", "the k-th smallest entry", "take(sort(x, axis=axis), k - 1, axis=axis)"),
  func(
    "_kthvalue_pair(x, k, axis=-1, keepdims=False)",
    "torch.kthvalue: value and position",
    `
    i = expand_dims(take(argsort(x, axis=axis), k - 1, axis=axis), axis)
    v = take_along(x, i, axis)
    _pair(v, i) if keepdims else _pair(squeeze(v, axis), squeeze(i, axis))`,
    pair("kthvalue", "k, "),
  ),
  func(
    "median(x, axis=None, keepdims=False)",
    "the middle entry, or the mean of the two middle ones",
    `
    v = flatten(x) if axis is None else x
    a = -1 if axis is None else axis
    n = v.shape[a]
    s = sort(v, axis=a)
    m = take(s, n//2, axis=a) if n % 2 == 1 else (take(s, n//2 - 1, axis=a) + take(s, n//2, axis=a))/2
    m if not keepdims else reshape(m, [1 for d in x.shape]) if axis is None else expand_dims(m, axis)`,
    "{keras.ops,jnp,np}.median(a: x, axis = None, keepdims = False)",
  ),
  func(
    "lower_median(x)",
    "the middle entry, the lower of the two middle ones; equal entries share its gradient",
    `
    s = sort(flatten(x))
    m = stop_gradient(s[(s.shape[0] - 1)//2])
    sum(where(x == m, x, 0)) / sum(x == m)`,
  ),
  func(
    "_median_pair(x, axis=None, keepdims=False)",
    "torch.median in its two forms",
    "lower_median(x) if axis is None else _kthvalue_pair(x, (x.shape[axis] + 1)//2, axis, keepdims)",
    `torch.median(input: x, ${dim}); Tensor.median(x, ${dim})`,
  ),
  func(
    "nanmedian(x)",
    "the lower middle entry of those that are not NaN",
    `
    s = sort(flatten(x))
    s[int((sum(not isnan(s)) - 1) / 2)]`,
    "torch.nanmedian(input: x); Tensor.nanmedian(x)",
  ),
  func(
    "nanquantile(x, q)",
    "the quantile of the entries that are not NaN",
    `
    s = sort(flatten(x))
    h = q*(sum(not isnan(s)) - 1)
    i = int(floor(h))
    s[i]*(1 - (h - i)) + s[minimum(i + 1, int(sum(not isnan(s)) - 1))]*(h - i)`,
    "torch.nanquantile(input: x, q); Tensor.nanquantile(x, q)",
  ),
  func(
    "quantile(x, q, axis=None, keepdims=False)",
    "the value below which a share q of the entries lies, interpolated",
    `
    v = flatten(x) if axis is None else x
    a = -1 if axis is None else axis
    h = q*(v.shape[a] - 1)
    i = int(floor(h))
    j = minimum(i + 1, v.shape[a] - 1)
    s = sort(v, axis=a)
    m = take(s, i, axis=a)*(1 - (h - i)) + take(s, j, axis=a)*(h - i)
    m if not keepdims else reshape(m, [1 for d in x.shape]) if axis is None else expand_dims(m, axis)`,
    `torch.quantile(input: x, q, ${dim}); Tensor.quantile(x, q, ${dim}); {keras.ops,jnp,np}.quantile(a: x, q, axis = None)`,
  ),
  func(
    "percentile(x, q, axis=None, keepdims=False)",
    "the quantile of q percent",
    "quantile(x, q/100, axis, keepdims)",
    "{jnp,np}.percentile(a: x, q, axis = None)",
  ),
  func(
    "_mode_pair(x, axis=-1, keepdims=False)",
    "torch.mode: the most frequent entry and where it stands last",
    `
    t = moveaxis(x, axis, -1)
    s = sort(t)
    c = sum(expand_dims(s, -1) == expand_dims(s, -2), axis=-1)
    v = take_along(s, argmax(c, axis=-1, keepdims=True), -1)
    i = t.shape[-1] - 1 - argmax(flip(t == v, -1), axis=-1, keepdims=True)
    k = moveaxis(i, -1, axis)
    m = moveaxis(take_along(t, i, -1), -1, axis)
    _pair(m, k) if keepdims else _pair(squeeze(m, axis), squeeze(k, axis))`,
    pair("mode"),
  ),
  func(
    "_cummax_pair(x, axis)",
    "torch.cummax: values and positions",
    "_pair(cummax(x, axis), _cummax_index(x, axis))",
    "torch.cummax(input: x, dim: axis); Tensor.cummax(x, dim: axis)",
  ),
  func(
    "_cummin_pair(x, axis)",
    "torch.cummin: values and positions",
    "_pair(cummin(x, axis), _cummin_index(x, axis))",
    "torch.cummin(input: x, dim: axis); Tensor.cummin(x, dim: axis)",
  ),
]
