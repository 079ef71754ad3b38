// torch's methods on whole tensors: shapes taken from another one, diagonals, positions written, products added up.
import { func } from "./composition.ts"

const both = (name: string, args: string): string => `{torch,Tensor}.${name}(${args})`
export const tensors = [
  func(
    "_rollaxis(x, axis, start=0)",
    "an axis moved in front of another",
    "moveaxis(x, axis, start - 1 if (axis if axis >= 0 else axis + ndim(x)) < start else start)",
    "{np,jnp}.rollaxis(a: x, axis, start = 0)",
    { internal: true },
  ),
  func(
    "logspace(start, stop, n=50, base=10)",
    "n powers of a base, whose exponents go evenly from start to stop",
    "base**linspace(start, stop, n)",
    "torch.logspace(start, end: stop, steps: n, base = 10, dtype: _ = None, device: _ = None); {np,jnp}.logspace(start, stop, num: n = 50, endpoint: _ = True, base = 10)",
  ),
  func(
    "_resized(x, *shape)",
    "numbers that are not said, in a shape",
    "empty(shape)",
    "Tensor.{new,resize_}(x, *shape)",
    { internal: true },
  ),
  func(
    "_resized_as(x, other)",
    "numbers that are not said, in the shape of another",
    "empty_like(other)",
    "Tensor.resize_as_(x, other)",
    { internal: true },
  ),
  func(
    "expand_as(x, other)",
    "repeated to fill the shape of another",
    "broadcast_to(x, shape(other))",
    both("expand_as", "x, other"),
  ),
  func(
    "view_as(x, other)",
    "in the shape of another",
    "reshape(x, shape(other))",
    "Tensor.{view_as,reshape_as}(x, other)",
  ),
  func(
    "sum_to_size(x, *size)",
    "summed over what broadcasting to x would repeat",
    "reshape(sum(x, axis=[k for k in range(ndim(x)) if k < ndim(x) - len(size) or size[k - ndim(x) + len(size)] != x.shape[k]], keepdims=True), size)",
    "Tensor.sum_to_size(x, *size)",
  ),
  func(
    "fill(x, value)",
    "one value in the place of every entry",
    "full_like(x, value)",
    "Tensor.fill_(x, value); torch.fill(input: x, value)",
  ),
  func("zero(x)", "zeros in the place of every entry", "zeros_like(x)", "Tensor.zero_(x)"),
  func(
    "copy_into(x, source)",
    "the entries of another tensor in the place of x's own",
    "cast(broadcast_to(source, shape(x)), x)",
    "Tensor.copy_(x, src: source, non_blocking: _ = False)",
  ),
  func(
    "fill_diagonal(x, value)",
    "a matrix with one value on its diagonal",
    "where(eye(x.shape[-2], x.shape[-1]) > 0, value, x)",
    "Tensor.fill_diagonal_(x, fill_value: value, wrap: ! = False); torch.fill_diagonal_(input: x, fill_value: value); {np,jnp}.fill_diagonal(a: x, val: value, wrap: ! = False, inplace: _ = False)",
  ),
  func(
    "diagonal_of(x, offset=0, a=0, b=1)",
    "the diagonal of two axes",
    "diagonal(x, offset) if ndim(x) == 2 and a == 0 else diagonal(moveaxis(moveaxis(x, a, -1), b - (1 if a >= 0 and b > a else 0), -1) if a < 0 or b < 0 else transpose(x, [k for k in range(ndim(x)) if k != a and k != b] + [a, b]), offset)",
    "torch.diagonal(input: x, offset = 0, dim1: a = 0, dim2: b = 1); Tensor.diagonal(x, offset = 0, dim1: a = 0, dim2: b = 1); {np,jnp,keras.ops}.diagonal(a: x, offset = 0, axis1: a = 0, axis2: b = 1)",
  ),
  func(
    "index_fill(x, axis, i, value)",
    "one value in the slices at positions i of an axis",
    "where(reshape(any(expand_dims(arange(x.shape[axis]), -1) == flatten(i), axis=-1), [x.shape[axis] if k == (axis if axis >= 0 else axis + ndim(x)) else 1 for k in range(ndim(x))]), value, x)",
    both("index_fill", "input: x, dim: axis, index: i, value"),
  ),
  func(
    "index_copy(x, axis, i, s)",
    "slices written at positions i of an axis",
    `
    a = moveaxis(x, axis, 0)
    t = moveaxis(s, axis, 0)
    moveaxis(scatter(a, 0, _rows_like(i, t), t), 0, axis)`,
    both("index_copy", "input: x, dim: axis, index: i, source: s"),
  ),
  func(
    "triu_indices(n, m, k=0)",
    "row and column of each place of the upper triangle",
    "tensor([[i for i in range(n) for j in range(m) if j - i >= k], [j for i in range(n) for j in range(m) if j - i >= k]])",
    "torch.triu_indices(row: n, col: m, offset: k = 0)",
  ),
  func(
    "tril_indices(n, m, k=0)",
    "row and column of each place of the lower triangle",
    "tensor([[i for i in range(n) for j in range(m) if j - i <= k], [j for i in range(n) for j in range(m) if j - i <= k]])",
    "torch.tril_indices(row: n, col: m, offset: k = 0)",
  ),
  ...(["triu", "tril"] as const).map((name) =>
    func(
      `_${name}_indices_pair(n, k=0, m=None)`,
      "row and column of each place of a triangle, as NumPy has it",
      `
      t = ${name}_indices(n, n if m is None else m, k)
      [t[0], t[1]]`,
      `{np,jnp}.${name}_indices(n, k = 0, m = None)`,
    ),
  ),
  func(
    "combinations(x, r=2)",
    "all pairs of entries",
    "stack([take(x, [i for i in range(len(x)) for j in range(len(x)) if j > i], axis=0), take(x, [j for i in range(len(x)) for j in range(len(x)) if j > i], axis=0)], axis=1) if r == 2 else refuse('only pairs are combined')",
    "torch.combinations(input: x, r = 2, with_replacement: ! = False)",
  ),
  func(
    "rot90(x, k=1, axes=(0,1))",
    "turned by quarters",
    "x if k % 4 == 0 else flip(flip(x, axes[0]), axes[1]) if k % 4 == 2 else flip(swapaxes(x, axes[0], axes[1]), axes[0] if k % 4 == 1 else axes[1])",
    "torch.rot90(input: x, k = 1, dims: axes = (0,1)); Tensor.rot90(x, k = 1, dims: axes = (0,1)); {np,jnp,keras.ops}.rot90(m: x, k = 1, axes = (0,1))",
  ),
  func(
    "narrow(x, axis, start, length)",
    "a stretch of an axis",
    "take(x, [start + k for k in range(length)], axis=axis)",
    both("narrow", "input: x, dim: axis, start, length"),
  ),
  func(
    "select_slice(x, axis, i)",
    "one slice of an axis",
    "take(x, i, axis=axis)",
    both("select", "input: x, dim: axis, index: i"),
  ),
  func(
    "unflatten(x, axis, sizes)",
    "one axis parted into several",
    "reshape(x, x.shape[:axis if axis >= 0 else axis + ndim(x)] + [s for s in sizes] + x.shape[(axis if axis >= 0 else axis + ndim(x)) + 1:])",
    both("unflatten", "input: x, dim: axis, sizes"),
  ),
  func(
    "diff(x, n=1, axis=-1)",
    "the difference of each entry from the one before",
    "take(x, [k + 1 for k in range(x.shape[axis] - 1)], axis=axis) - take(x, [k for k in range(x.shape[axis] - 1)], axis=axis) if n == 1 else diff(diff(x, 1, axis), n - 1, axis)",
    "torch.diff(input: x, n = 1, dim: axis = -1); Tensor.diff(x, n = 1, dim: axis = -1); {np,jnp,keras.ops}.diff(a: x, n = 1, axis = -1)",
  ),
  func(
    "trapezoid(y, x=None, dx=1, axis=-1)",
    "the area under a curve of known points",
    "sum((take(y, [k + 1 for k in range(y.shape[axis] - 1)], axis=axis) + take(y, [k for k in range(y.shape[axis] - 1)], axis=axis))/2 * (dx if x is None else diff(x)), axis=axis)",
    "torch.{trapezoid,trapz}(y, x = None, dx = 1, dim: axis = -1); {np,jnp}.{trapz,trapezoid}(y, x = None, dx = 1.0, axis = -1)",
  ),
  func(
    "bucket_of(x, edges, right=False)",
    "how many edges lie below x",
    "sum(expand_dims(x, -1) >= edges, axis=-1) if right else sum(expand_dims(x, -1) > edges, axis=-1)",
    "torch.bucketize(input: x, boundaries: edges, out_int32: _ = False, right = False); torch.searchsorted(sorted_sequence: edges, input: x, out_int32: _ = False, right = False, side: ! = 'left')",
  ),
  func(
    "reduction_number(reduction)",
    "torch's number for a reduction",
    "0 if reduction == 'none' else 1 if reduction == 'mean' or reduction == 'elementwise_mean' else 2 if reduction == 'sum' else refuse('a reduction is none, mean or sum')",
    "F._Reduction.get_enum(reduction); nn._reduction.get_enum(reduction)",
  ),
  func(
    "old_reduction(size_average, reduce)",
    "the reduction that two older flags stood for",
    "'none' if reduce == False else 'sum' if size_average == False else 'mean'",
    "F._Reduction.legacy_get_string(size_average, reduce, emit_warning: _ = True); nn._reduction.legacy_get_string(size_average, reduce, emit_warning: _ = True)",
  ),
  func(
    "factorial(n)",
    "the product of the whole numbers up to n",
    "int(prod(tensor([1] + [k + 1 for k in range(n)])))",
    "{math,scipy.special}.factorial(x: n)",
  ),
  func(
    "comb(n, k)",
    "how many ways there are to choose k of n",
    "int(round(prod(tensor([1] + [(n - j)/(j + 1) for j in range(k)]))))",
    "math.comb(n, k); scipy.special.{comb,binom}(n, k)",
  ),
  func(
    "perm(n, k)",
    "how many ways there are to choose k of n in order",
    "int(prod(tensor([1] + [n - j for j in range(k)])))",
    "math.perm(n, k)",
  ),
  func("isqrt(n)", "the whole part of a square root", "int(floor(sqrt(n)))", "math.isqrt(n)"),
  func("degrees(x)", "radians as degrees", "x*(180/pi)", "{math,np,jnp}.degrees(x); {torch,Tensor,np,jnp}.rad2deg(x)"),
  func("radians(x)", "degrees as radians", "x*(pi/180)", "{math,np,jnp}.radians(x); {torch,Tensor,np,jnp}.deg2rad(x)"),
  func("fsum(xs)", "the sum of a list", "sum(tensor(xs))", "math.fsum(seq: xs)"),
  func(
    "distance_transform(x)",
    "how far each entry that is not 0 is from the nearest 0: numbers of NumPy, without gradient",
    `
    zero = flatten(x) == 0
    at = [flatten(broadcast_to(reshape(arange(x.shape[k]), [x.shape[k] if j == k else 1 for j in range(ndim(x))]), shape(x))) for k in range(ndim(x))]
    d = sum(stack([(expand_dims(a, 1) - expand_dims(a, 0))**2 for a in at]), axis=0)
    stop_gradient(reshape(sqrt(amin(where(zero, d, d + 1e6), axis=1)), shape(x)))`,
    "scipy.ndimage.{distance_transform_edt,morphology.distance_transform_edt}(input: x, sampling: ! = None, return_distances: ! = True, return_indices: ! = False)",
  ),
  func(
    "var_mean(x, axis=None, ddof=1, keepdims=False)",
    "variance and mean",
    "[var(x, axis=axis, ddof=ddof, keepdims=keepdims), mean(x, axis=axis, keepdims=keepdims)]",
    "torch.var_mean(input: x, dim: axis = None, unbiased: ddof = 1, keepdim: keepdims = False)",
  ),
  func(
    "std_mean(x, axis=None, ddof=1, keepdims=False)",
    "standard deviation and mean",
    "[std(x, axis=axis, ddof=ddof, keepdims=keepdims), mean(x, axis=axis, keepdims=keepdims)]",
    "torch.std_mean(input: x, dim: axis = None, unbiased: ddof = 1, keepdim: keepdims = False)",
  ),
  func(
    "meshgrid(*xs, indexing='ij')",
    "vectors spread over a grid, one result for each",
    `
    n = len(xs)
    g = [broadcast_to(reshape(xs[k], [-1 if j == k else 1 for j in range(n)]), [x.shape[0] for x in xs]) for k in range(n)]
    [swapaxes(a, 0, 1) for a in g] if indexing == 'xy' and n > 1 else g`,
    "torch.meshgrid(*xs, indexing = 'ij'); {tf,np,jnp,keras.ops}.meshgrid(*xs, indexing = 'xy')",
  ),
  func(
    "chain_matmul(*xs)",
    "a product of matrices",
    "xs[0] if len(xs) == 1 else matmul(xs[0], chain_matmul(xs[1:]))",
    "torch.chain_matmul(*xs); {torch,np,jnp}.linalg.multi_dot(*xs)",
  ),
  ...(["hstack", "vstack", "dstack", "column_stack"] as const).map((name) =>
    func(
      `${name}(xs)`,
      "tensors side by side",
      name === "hstack"
        ? "concatenate(xs, axis=0 if ndim(xs[0]) < 2 else 1)"
        : name === "vstack"
          ? "concatenate([reshape(x, [1, -1]) if ndim(x) < 2 else x for x in xs], axis=0)"
          : name === "dstack"
            ? "concatenate([expand_dims(x, -1) if ndim(x) == 2 else reshape(x, [1, -1, 1]) if ndim(x) < 2 else x for x in xs], axis=2)"
            : "concatenate([reshape(x, [-1, 1]) if ndim(x) < 2 else x for x in xs], axis=1)",
      `torch.${name}(tensors: xs); {np,jnp${name === "hstack" || name === "vstack" ? ",keras.ops" : ""}}.${name}(tup: xs)`,
    ),
  ),
  ...[1, 2, 3].map((n) =>
    func(
      `atleast_${n}d(x)`,
      "with at least so many axes",
      `x if ndim(x) >= ${n} else reshape(x, [1 for k in range(${n} - ndim(x))] + shape(x)) if ${n} < 3 else reshape(x, [1, -1, 1] if ndim(x) < 2 else shape(x) + [1])`,
      `{torch,np,jnp}.atleast_${n}d(x)`,
    ),
  ),
  func(
    "tensor_split(x, n, axis=0)",
    "a list of pieces, nearly equal or cut at positions",
    `
    m = x.shape[axis]
    cuts = [0] + ([k for k in n] if ndim(n) == 1 else [(k + 1)*(m//n) + min(k + 1, m % n) for k in range(n - 1)]) + [m]
    [take(x, [j for j in range(cuts[k], cuts[k + 1])], axis=axis) for k in range(len(cuts) - 1)]`,
    "{torch,Tensor}.tensor_split(input: x, indices_or_sections: n, dim: axis = 0); {np,jnp}.array_split(ary: x, indices_or_sections: n, axis = 0)",
  ),
  func(
    "cov(x, ddof=1)",
    "how the rows vary together",
    `
    d = x - mean(x, axis=-1, keepdims=True)
    matmul(d, transpose(d))/(x.shape[-1] - ddof)`,
    "torch.cov(input: x, correction: ddof = 1, fweights: ! = None, aweights: ! = None); Tensor.cov(x, correction: ddof = 1); {np,jnp}.cov(m: x, ddof = 1)",
  ),
  func(
    "_corrcoef_of(a, b)",
    "the correlation of two rows",
    "corrcoef(stack([a, b], 0))",
    "{np,jnp}.corrcoef(x: a, y: b)",
  ),
  func(
    "corrcoef(x)",
    "the correlation of the rows",
    `
    c = cov(x)
    s = sqrt(diagonal(c))
    clip(c/expand_dims(s, -1)/expand_dims(s, 0), -1, 1)`,
    "{torch,Tensor}.corrcoef(input: x); {np,jnp}.corrcoef(x)",
  ),
  func(
    "_xlog1py(a, b)",
    "a times log(1 + b), 0 where a is 0",
    "xlogy(a, 1 + b)",
    "torch.special.xlog1py(input: a, other: b)",
  ),
  func(
    "mvlgamma(x, p)",
    "the logarithm of the gamma function of p variables",
    "p*(p - 1)/4*log(pi) + sum(stack([lgamma(x - k/2) for k in range(p)]), axis=0)",
    "{torch,Tensor}.mvlgamma(input: x, p); torch.special.multigammaln(input: x, p)",
  ),
  func(
    "parameters_to_vector(xs)",
    "tensors end to end, each in a row",
    "concatenate([flatten(x) for x in xs])",
    "nn.utils.parameters_to_vector(parameters: xs)",
  ),
  func(
    "_scaled_add(a, b, alpha=1)",
    "a plus so many times b",
    "a + alpha*b",
    "{torch,Tensor}.add(input: a, other: b, alpha)",
  ),
  func(
    "_scaled_sub(a, b, alpha=1)",
    "a minus so many times b",
    "a - alpha*b",
    "{torch,Tensor}.{sub,subtract}(input: a, other: b, alpha)",
  ),
  func(
    "rsub(a, b, alpha=1)",
    "b minus so many times a",
    "b - alpha*a",
    "{torch,Tensor}.rsub(input: a, other: b, alpha = 1)",
  ),
  func(
    "float_power(a, b)",
    "a to the power b",
    "pow(a, b)",
    "{torch,Tensor,np,jnp}.float_power(input: a, exponent: b)",
  ),
  func(
    "_nan_to_num_at(x, nan=0, posinf=None, neginf=None)",
    "x, with numbers in the place of NaN and of infinities",
    "nan_to_num(x, nan) if posinf is None and neginf is None else where(x == inf, 3.4e38 if posinf is None else posinf, where(x == -inf, -3.4e38 if neginf is None else neginf, nan_to_num(x, nan)))",
    "{torch,Tensor,keras.ops,jnp,np}.nan_to_num(x, nan = 0, posinf = None, neginf = None)",
  ),
  func(
    "_unique_forms(x, inverse=False, counts=False)",
    "the different entries in order, where each entry of x stands among them, and how often each occurs",
    `
    u = unique(x)
    i = int(sum((expand_dims(x, -1) > u), axis=-1))
    n = int(sum(expand_dims(u, -1) == flatten(x), axis=-1))
    [u, i, n] if inverse and counts else [u, i] if inverse else [u, n] if counts else u`,
    "torch.{unique,unique_consecutive}(input: x, sorted: _ = True, return_inverse: inverse = False, return_counts: counts = False, dim: ! = None); Tensor.{unique,unique_consecutive}(x, sorted: _ = True, return_inverse: inverse = False, return_counts: counts = False, dim: ! = None); {np,jnp}.unique(ar: x, return_index: ! = False, return_inverse: inverse = False, return_counts: counts = False)",
  ),
  func(
    "broadcast_tensors(*xs)",
    "tensors in the shape that all of them are broadcast to",
    `
    whole = shape(_summed(xs))
    [broadcast_to(x, whole) for x in xs]`,
    "torch.broadcast_tensors(*xs)",
  ),
  func("_summed(xs)", "the sum of a list, broadcast", "xs[0] if len(xs) == 1 else xs[0] + _summed(xs[1:])"),
  func(
    "set_diag(x, diagonal)",
    "a matrix with another diagonal",
    "where(eye(x.shape[-2], x.shape[-1]) > 0, expand_dims(diagonal, -1), x)",
    "tf.linalg.set_diag(input: x, diagonal, name: _ = None, k: ! = 0, align: _ = None)",
  ),
  func(
    "equal(a, b)",
    "whether two tensors have one shape and the same entries",
    "all(a == b) if shape(a) == shape(b) else False",
    "{torch,Tensor}.equal(input: a, other: b); {np,jnp}.array_equal(a1: a, a2: b)",
  ),
]
