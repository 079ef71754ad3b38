// Windows that slide over images and signals: convolution, pooling, resampling.
import { func } from "./composition.ts"

const pool = (kind: string, rank: number, more: string): string => {
  const name = `${kind}_pool${rank}d`
  const Name = `${kind === "max" ? "Max" : "Avg"}Pool${rank}d`
  const rest = `kernel_size: size, stride = None, padding = 0${more}`
  return `{F,torch}.${name}(input: x, ${rest}); nn.${Name}(${rest})(input: x)`
}
const ranks = [1, 2, 3] as const
const axesOf = (rank: number): string =>
  ["batch, channel, time", "batch, channel, height, width", "batch, channel, depth, height, width"][rank - 1]!
/** torch's numbers for each of two axes may be one number. */
const two = (name: string): string => `${name} if ndim(${name}) == 1 else [${name}, ${name}]`
const unpadded = "padding == 'VALID' or padding == 'valid'"

/** Weights that fade to both ends, as numbers known beforehand; without `periodic` both ends are alike. */
const taper = (name: string, says: string, formula: string, more = ""): ReturnType<typeof func> =>
  func(
    `${name}_window(n, periodic=True${more && `, ${more}`})`,
    says,
    `
    a = 2*pi*arange(n)/max(1, n if periodic else n - 1)
    ${formula}`,
    `torch.${name}_window(window_length: n, periodic = True${more && `, ${more.replaceAll("=", " = ")}`}, dtype: _ = None, layout: _ = None, device: _ = None, requires_grad: _ = False)`,
    { internal: true },
  )

export const windows = [
  taper("hann", "a raised cosine", "0.5 - 0.5*cos(a)"),
  taper("hamming", "a raised cosine that does not reach 0", "alpha - beta*cos(a)", "alpha=0.54, beta=0.46"),
  taper("blackman", "a sum of two cosines", "0.42 - 0.5*cos(a) + 0.08*cos(2*a)"),
  taper("bartlett", "a triangle", "1 - abs(a/pi - 1)"),
  ...(["hanning", "hamming", "blackman", "bartlett"] as const).map((name) =>
    func(
      `_${name}(n)`,
      "a window that is alike at both ends",
      `${name === "hanning" ? "hann" : name}_window(n, False)`,
      `{np,jnp}.${name}(M: n)`,
      { internal: true },
    ),
  ),
  func(
    "conv1d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)",
    "the correlation of signals [batch, channel, time] with kernels",
    `
    s = stride[0] if ndim(stride) == 1 else stride
    d = dilation[0] if ndim(dilation) == 1 else dilation
    n = weight.shape[-1]
    p = 0 if padding == 'valid' else d*(n - 1)//2 if padding == 'same' else padding[0] if ndim(padding) == 1 else padding
    w = _windows(pad(x, [p, d*(n - 1) - p if padding == 'same' else p]), n, s, d, -1)
    [o, c] = [weight.shape[0], weight.shape[1]]
    t = reshape(transpose(reshape(w, [x.shape[0], groups, c, w.shape[2], n]), [0, 1, 3, 2, 4]), [x.shape[0], groups, w.shape[2], c*n])
    y = matmul(t, transpose(reshape(weight, [groups, o//groups, c*n]), [0, 2, 1]))
    z = reshape(transpose(y, [0, 1, 3, 2]), [x.shape[0], o, w.shape[2]])
    z if bias is None else z + expand_dims(bias, -1)`,
    "{F,torch}.conv1d(input: x, weight, bias = None, stride = 1, padding = 0, dilation = 1, groups = 1)",
  ),
  func(
    "conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)",
    "the correlation of images [batch, channel, height, width] with kernels",
    `
    s = ${two("stride")}
    d = ${two("dilation")}
    [o, c, h, v] = weight.shape
    same = padding == 'same'
    p = [0, 0] if padding == 'valid' else [d[0]*(h - 1)//2, d[1]*(v - 1)//2] if same else ${two("padding")}
    e = [d[0]*(h - 1) - p[0], d[1]*(v - 1) - p[1]] if same else p
    w = _windows(_windows(pad(x, [p[1], e[1], p[0], e[0]]), h, s[0], d[0], -2), v, s[1], d[1], -2)
    [b, y, u] = [x.shape[0], w.shape[2], w.shape[3]]
    t = reshape(transpose(reshape(w, [b, groups, c, y, u, h*v]), [0, 1, 3, 4, 2, 5]), [b, groups, y*u, c*h*v])
    r = matmul(t, transpose(reshape(weight, [groups, o//groups, c*h*v]), [0, 2, 1]))
    z = reshape(transpose(r, [0, 1, 3, 2]), [b, o, y, u])
    z if bias is None else z + reshape(bias, [o, 1, 1])`,
    "{F,torch}.conv2d(input: x, weight, bias = None, stride = 1, padding = 0, dilation = 1, groups = 1)",
  ),
  func(
    "_conv2d_last(x, weight, stride, padding)",
    "conv2d with channels last, kernels [height, width, in, out]",
    `
    s = ${two("stride")}
    g = [s[1], s[2]] if len(s) == 4 else s
    [h, v] = [weight.shape[0], weight.shape[1]]
    [a, b] = [x.shape[1], x.shape[2]]
    py = 0 if ${unpadded} else max(0, (-(-a//g[0]) - 1)*g[0] + h - a)
    px = 0 if ${unpadded} else max(0, (-(-b//g[1]) - 1)*g[1] + v - b)
    c = pad(transpose(x, [0, 3, 1, 2]), [px//2, px - px//2, py//2, py - py//2])
    transpose(conv2d(c, transpose(weight, [3, 2, 0, 1]), None, g), [0, 2, 3, 1])`,
    "tf.nn.conv2d(input: x, filters: weight, strides: stride, padding, data_format: ! = 'NHWC', dilations: ! = None, name: _ = None)",
  ),
  func("_each(v, n)", "a number for each of n axes", "v if ndim(v) == 1 else [v for k in range(n)]"),
  func(
    "_sliding(x, n, size, stride, dilation)",
    "the windows over the last n axes, their entries along a new last axis",
    `
    a = _windows(x, size[0], stride[0], dilation[0], -n)
    b = a if n < 2 else _windows(a, size[1], stride[1], dilation[1], -n)
    c = b if n < 3 else _windows(b, size[2], stride[2], dilation[2], -n)
    flatten(c, -n) if n > 1 else c`,
  ),
  func(
    "_overhang(x, n, size, stride, padding, dilation, round_up)",
    "how far a last window that is not full reaches beyond each of the last n axes",
    `
    l = x.shape[-n:]
    o = [-(-(l[k] + 2*padding[k] - dilation[k]*(size[k] - 1) - 1)//stride[k]) + 1 for k in range(n)]
    m = [o[k] - 1 if (o[k] - 1)*stride[k] >= l[k] + padding[k] else o[k] for k in range(n)]
    [max(0, (m[k] - 1)*stride[k] + dilation[k]*(size[k] - 1) + 1 - l[k] - 2*padding[k]) if round_up else 0 for k in range(n)]`,
  ),
  func(
    "_max_pool(x, n, size, stride, padding, dilation, ceil_mode)",
    "the largest entry of each window",
    `
    k = _each(size, n)
    q = k if stride is None else _each(stride, n)
    p = _each(padding, n)
    d = _each(dilation, n)
    e = _overhang(x, n, k, q, p, d, ceil_mode)
    w = _sliding(pad(x, [v for j in range(n) for v in [p[n - 1 - j], p[n - 1 - j] + e[n - 1 - j]]], -inf), n, k, q, d)
    squeeze(take_along(w, argmax(w, axis=-1, keepdims=True), -1), -1)`,
  ),
  func(
    "_avg_pool(x, n, size, stride, padding, ceil_mode, include, divisor)",
    "the mean of each window",
    `
    k = _each(size, n)
    q = k if stride is None else _each(stride, n)
    p = _each(padding, n)
    d = [1 for j in range(n)]
    e = _overhang(x, n, k, q, p, d, ceil_mode)
    beyond = [v for j in range(n) for v in [0, e[n - 1 - j]]]
    around = [v for j in range(n) for v in [p[n - 1 - j], p[n - 1 - j]]]
    t = sum(_sliding(pad(pad(x, around), beyond), n, k, q, d), axis=-1)
    c = sum(_sliding(pad(pad(ones_like(x), around, 1 if include else 0), beyond), n, k, q, d), axis=-1)
    t / (c if divisor is None else divisor)`,
  ),
  ...ranks.flatMap((n) => [
    func(
      `max_pool${n}d(x, size, stride=None, padding=0, dilation=1, ceil_mode=False)`,
      "the largest entry of each window",
      `_max_pool(x, ${n}, size, stride, padding, dilation, ceil_mode)`,
      pool("max", n, ", dilation = 1, ceil_mode = False, return_indices: ! = False"),
    ),
    func(
      `avg_pool${n}d(x, size, stride=None, padding=0, ceil_mode=False, include=True, divisor=None)`,
      "the mean of each window",
      `_avg_pool(x, ${n}, size, stride, padding, ceil_mode, include, divisor)`,
      pool(
        "avg",
        n,
        `, ceil_mode = False, count_include_pad: include = True${n > 1 ? ", divisor_override: divisor = None" : ""}`,
      ),
    ),
    func(
      `lp_pool${n}d(x, p, size, stride=None)`,
      "the p-norm of each window",
      `(avg_pool${n}d(x**p, size, stride) * prod(tensor(_each(size, ${n}))))**(1/p)`,
      `F.lp_pool${n}d(input: x, norm_type: p, kernel_size: size, stride = None, ceil_mode: ! = False); nn.LPPool${n}d(norm_type: p, kernel_size: size, stride = None, ceil_mode: ! = False)(input: x)`,
    ),
    ...(["avg", "max"] as const).map((kind) =>
      func(
        `adaptive_${kind}_pool${n}d(x, size)`,
        `pooled to a size: [${axesOf(n)}]`,
        `
        k = _each(size, ${n})
        a = _adaptive(x, k[0], ${-n}, '${kind}')
        b = ${n < 2 ? "a" : `_adaptive(a, k[1], ${1 - n}, '${kind}')`}
        ${n < 3 ? "b" : `_adaptive(b, k[2], -1, '${kind}')`}`,
        `F.adaptive_${kind}_pool${n}d(input: x, output_size: size${kind === "max" ? ", return_indices: ! = False" : ""}); nn.Adaptive${kind === "max" ? "Max" : "Avg"}Pool${n}d(output_size: size${kind === "max" ? ", return_indices: ! = False" : ""})(input: x)`,
      ),
    ),
  ]),
  func(
    "_adaptive(x, size, axis, kind)",
    "an axis pooled to a size",
    `
    n = x.shape[axis]
    m = n if size is None else size
    runs = [take(x, [j for j in range(k*n//m, -(-(k + 1)*n//m))], axis=axis) for k in range(m)]
    stack([mean(r, axis=axis) if kind == 'avg' else squeeze(take_along(r, argmax(r, axis=axis, keepdims=True), axis), axis) for r in runs], axis=axis)`,
  ),
  func(
    "unfold(x, size, dilation=1, padding=0, stride=1)",
    "the patches of images, each a column",
    `
    k = _each(size, 2)
    p = _each(padding, 2)
    w = _sliding(pad(x, [p[1], p[1], p[0], p[0]]), 2, k, _each(stride, 2), _each(dilation, 2))
    reshape(transpose(w, [0, 1, 4, 2, 3]), [x.shape[0], x.shape[1]*k[0]*k[1], w.shape[2]*w.shape[3]])`,
    "F.unfold(input: x, kernel_size: size, dilation = 1, padding = 0, stride = 1); nn.Unfold(kernel_size: size, dilation = 1, padding = 0, stride = 1)(input: x)",
  ),
  func(
    "fold(x, to, size, dilation=1, padding=0, stride=1)",
    "patches added up to images",
    `
    k = _each(size, 2)
    p = _each(padding, 2)
    h = [_each(to, 2)[j] + 2*p[j] for j in range(2)]
    at = reshape(unfold(reshape(arange(h[0]*h[1]), [1, 1, h[0], h[1]]), k, dilation, 0, stride), [-1])
    t = reshape(x, [-1, len(at)])
    z = _scatter_like(t, broadcast_to(at, shape(t)), zeros([t.shape[0], h[0]*h[1]]), -1)
    y = reshape(z, [x.shape[0], -1, h[0], h[1]])
    y[:, :, p[0]:h[0] - p[0], p[1]:h[1] - p[1]]`,
    "F.fold(input: x, output_size: to, kernel_size: size, dilation = 1, padding = 0, stride = 1); nn.Fold(output_size: to, kernel_size: size, dilation = 1, padding = 0, stride = 1)(input: x)",
  ),
  func(
    "unfold_axis(x, axis, size, step)",
    "the windows that slide along an axis, their entries along a new last axis",
    "_windows(x, size, step, 1, axis)",
    "Tensor.unfold(x, dimension: axis, size, step)",
  ),
  func(
    "conv3d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)",
    "the correlation of volumes with kernels",
    `
    k = weight.shape[2:]
    d = _each(dilation, 3)
    p = [0, 0, 0] if padding == 'valid' else [d[j]*(k[j] - 1)//2 for j in range(3)] if padding == 'same' else _each(padding, 3)
    e = [d[j]*(k[j] - 1) - p[j] for j in range(3)] if padding == 'same' else p
    w = _sliding(pad(x, [p[2], e[2], p[1], e[1], p[0], e[0]]), 3, k, _each(stride, 3), d)
    [o, c] = [weight.shape[0], weight.shape[1]]
    [b, u, v, y, m] = [x.shape[0], w.shape[2], w.shape[3], w.shape[4], w.shape[5]]
    t = reshape(transpose(reshape(w, [b, groups, c, u*v*y, m]), [0, 1, 3, 2, 4]), [b, groups, u*v*y, c*m])
    r = matmul(t, transpose(reshape(weight, [groups, o//groups, c*m]), [0, 2, 1]))
    z = reshape(transpose(r, [0, 1, 3, 2]), [b, o, u, v, y])
    z if bias is None else z + reshape(bias, [o, 1, 1, 1])`,
    "{F,torch}.conv3d(input: x, weight, bias = None, stride = 1, padding = 0, dilation = 1, groups = 1)",
  ),
  func(
    "_stretch(x, step, axis)",
    "zeros put between the entries of an axis",
    `
    t = moveaxis(x, axis, -1)
    n = t.shape[-1]
    s = take(flatten(pad(expand_dims(t, -1), [0, step - 1]), -2), [k for k in range((n - 1)*step + 1)], axis=-1)
    moveaxis(s, -1, axis)`,
  ),
  ...ranks.map((n) =>
    func(
      `conv_transpose${n}d(x, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`,
      "the adjoint of a convolution",
      `
      s = _each(stride, ${n})
      d = _each(dilation, ${n})
      p = _each(padding, ${n})
      o = _each(output_padding, ${n})
      k = weight.shape[2:]
      a = _stretch(x, s[0], 2)
      b = ${n < 2 ? "a" : "_stretch(a, s[1], 3)"}
      c = ${n < 3 ? "b" : "_stretch(b, s[2], 4)"}
      f = [v for j in range(${n}) for v in [d[${n - 1} - j]*(k[${n - 1} - j] - 1) - p[${n - 1} - j], d[${n - 1} - j]*(k[${n - 1} - j] - 1) - p[${n - 1} - j] + o[${n - 1} - j]]]
      w = swapaxes(flip(weight, [j + 2 for j in range(${n})]), 0, 1) if groups == 1 else refuse('transposed convolutions are followed without groups')
      conv${n}d(pad(c, f), w, bias, 1, 0, d)`,
      `{F,torch}.conv_transpose${n}d(input: x, weight, bias = None, stride = 1, padding = 0, output_padding = 0, groups = 1, dilation = 1)`,
    ),
  ),
  ...(["max", "avg"] as const).map((kind) =>
    func(
      `_${kind}_pool_last(x, size, stride, padding='VALID')`,
      "pooling of images with channels last",
      `
    k = ${two("size")}
    q = ${two("stride")}
    f = transpose(x, [0, 3, 1, 2])
    y = ${kind}_pool2d(f, k[1:3] if len(k) == 4 else k, q[1:3] if len(q) == 4 else q) if ${unpadded} else refuse('pooling with channels last is followed for VALID only')
    transpose(y, [0, 2, 3, 1])`,
      `tf.nn.{${kind}_pool,${kind}_pool2d}(input: x, ksize: size, strides: stride, padding, data_format: ! = 'NHWC', name: _ = None); keras.ops.${kind === "max" ? "max" : "average"}_pool(inputs: x, pool_size: size, strides: stride = None, padding = 'valid', data_format: ! = None)`,
    ),
  ),
]
