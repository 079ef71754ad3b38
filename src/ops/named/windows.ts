// Windows that slide over images and signals: convolution, pooling, resampling.
import { func } from "./composition.ts"

const pool = (kind: string, rank: number, more: string): string => {
  const name = `${kind}_pool${rank}d`
  const Name = `${kind === "max" ? "Max" : "Avg"}Pool${rank}d`
  return `F.${name}(input: x, kernel_size: size, stride = None, padding = 0${more}); torch.${name}(input: x, kernel_size: size, stride = None, padding = 0${more}); nn.${Name}(kernel_size: size, stride = None, padding = 0${more})(input: x)`
}
/** torch's numbers for each of two axes may be one number. */
const two = (name: string): string => `${name} if ndim(${name}) == 1 else [${name}, ${name}]`
const patches2d = `
    k = ${two("size")}
    q = k if stride is None else ${two("stride")}
    p = ${two("padding")}`
const unpadded = "padding == 'VALID' or padding == 'valid'"

export const windows = [
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
  func(
    "max_pool1d(x, size, stride=None, padding=0, dilation=1)",
    "the largest entry of each window",
    `
    w = _windows(pad(x, [padding, padding], -inf), size, size if stride is None else stride, dilation, -1)
    squeeze(take_along(w, argmax(w, axis=-1, keepdims=True), -1), -1)`,
    pool("max", 1, ", dilation = 1, ceil_mode: ! = False, return_indices: _ = False"),
  ),
  func(
    "max_pool2d(x, size, stride=None, padding=0, dilation=1)",
    "the largest entry of each window",
    `${patches2d}
    w = _windows(_windows(pad(x, [p[1], p[1], p[0], p[0]], -inf), k[0], q[0], dilation, -2), k[1], q[1], dilation, -2)
    v = flatten(w, -2)
    squeeze(take_along(v, argmax(v, axis=-1, keepdims=True), -1), -1)`,
    pool("max", 2, ", dilation = 1, ceil_mode: ! = False, return_indices: _ = False"),
  ),
  func(
    "avg_pool1d(x, size, stride=None, padding=0)",
    "the mean of each window",
    "mean(_windows(pad(x, [padding, padding]), size, size if stride is None else stride, 1, -1), axis=-1)",
    pool("avg", 1, ", ceil_mode: ! = False, count_include_pad: ! = True"),
  ),
  func(
    "avg_pool2d(x, size, stride=None, padding=0)",
    "the mean of each window",
    `${patches2d}
    mean(_windows(_windows(pad(x, [p[1], p[1], p[0], p[0]]), k[0], q[0], 1, -2), k[1], q[1], 1, -2), axis=[-2, -1])`,
    pool("avg", 2, ", ceil_mode: ! = False, count_include_pad: ! = True, divisor_override: ! = None"),
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
  func(
    "interpolate(x, size=None, scale=None, mode='nearest')",
    "images or signals resampled, each new entry from the nearest old one",
    `
    n = ndim(x) - 2
    to = (size if ndim(size) == 1 else [size for k in range(n)]) if size is not None else [int(floor(x.shape[k + 2]*(scale[k] if ndim(scale) == 1 else scale))) for k in range(n)]
    at = [[k*x.shape[j + 2]//to[j] for k in range(to[j])] for j in range(n)]
    a = take(x, at[0], axis=2) if mode == 'nearest' else refuse('interpolation is followed for nearest only')
    b = a if n < 2 else take(a, at[1], axis=3)
    b if n < 3 else take(b, at[2], axis=4)`,
    "F.interpolate(input: x, size = None, scale_factor: scale = None, mode = 'nearest', align_corners: _ = None, recompute_scale_factor: _ = None, antialias: _ = False)",
  ),
]
