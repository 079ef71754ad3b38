// Images and signals resampled, padded by what they hold, and their channels and places exchanged.
import { func } from "./composition.ts"

const pads = [
  ["Reflection", "reflect", [1, 2, 3]],
  ["Replication", "replicate", [1, 2, 3]],
  ["Circular", "circular", [1, 2, 3]],
] as const

export const resampling = [
  func(
    "_pad_axis(x, axis, before, after, mode)",
    "an axis continued by its own entries",
    `
    n = x.shape[axis]
    i = arange(n + before + after) - before
    take(x, clip(i, 0, n - 1) if mode == 'replicate' or mode == 'edge' else i % n if mode == 'circular' or mode == 'wrap' else where(i < 0, -i, where(i > n - 1, 2*(n - 1) - i, i)) if mode == 'reflect' else where(i < 0, -1 - i, where(i > n - 1, 2*n - 1 - i, i)) if mode == 'symmetric' else refuse('padding is followed for constant, reflect, symmetric, replicate and circular'), axis=axis)`,
  ),
  func(
    "_pad_around(x, width, mode, axis)",
    "axes continued by their own entries, the given one first, then those before it",
    "x if len(width) == 0 else _pad_around(_pad_axis(x, axis, width[0], width[1], mode), width[2:], mode, axis - 1)",
  ),
  func(
    "pad_by(x, width, mode='constant', value=0)",
    "numbers around: zeros, another number, or x's own entries",
    "pad(x, width, 0 if value is None else value) if mode == 'constant' else _pad_around(x, width, mode, -1)",
    "F.pad(input: x, pad: width, mode = 'constant', value = None)",
  ),
  func(
    "_pad_all(x, width, mode='constant', value=0)",
    "numbers around, a pair for each axis",
    "pad_by(x, [int(w) for pair in reversed(width) for w in pair] if ndim(width) == 2 else [int(width[k % 2]) for k in range(2*ndim(x))] if ndim(width) == 1 else [width for k in range(2*ndim(x))], mode.lower(), value)",
    "{np,jnp,keras.ops}.pad(array: x, pad_width: width, mode = 'constant', constant_values: value = 0); tf.pad(tensor: x, paddings: width, mode = 'CONSTANT', constant_values: value = 0, name: _ = None)",
  ),
  ...pads.flatMap(([name, mode, ranks]) =>
    ranks.map((n) =>
      func(
        `_${mode}_pad${n}d(x, width)`,
        "axes continued by their own entries",
        `pad_by(x, width if ndim(width) == 1 else [width for k in range(${2 * n})], '${mode}')`,
        `nn.${name}Pad${n}d(padding: width)(input: x)`,
      ),
    ),
  ),
  ...[1, 2, 3].map((n) =>
    func(
      `_constant_pad${n}d(x, width, value=0)`,
      "one number around",
      `pad(x, width if ndim(width) == 1 else [width for k in range(${2 * n})], value)`,
      `nn.ConstantPad${n}d(padding: width, value)(input: x); nn.ZeroPad${n}d(padding: width)(input: x)`,
    ),
  ),
  func(
    "_sources(n, m, ratio, align)",
    "where between n old entries each of m new ones lies",
    "[(k*(n - 1)/max(1, m - 1) if align else (k + 0.5)*(n/m if ratio is None else 1/ratio) - 0.5) for k in range(m)]",
  ),
  func(
    "_linear_axis(x, axis, m, ratio, align)",
    "an axis resampled along straight lines",
    `
    n = x.shape[axis]
    at = [max(0, s) for s in _sources(n, m, ratio, align)]
    a = [min(n - 1, int(floor(s))) for s in at]
    f = reshape(tensor([at[k] - a[k] for k in range(m)]), [m if k == axis else 1 for k in range(ndim(x))])
    take(x, a, axis=axis)*(1 - f) + take(x, [min(n - 1, i + 1) for i in a], axis=axis)*f`,
  ),
  func(
    "_cubic(t)",
    "the weight of an entry at distance t in a cubic convolution",
    "(1.25*t - 2.25)*t*t + 1 if t <= 1 else ((-0.75*t + 3.75)*t - 6)*t + 3",
  ),
  func(
    "_cubic_axis(x, axis, m, ratio, align)",
    "an axis resampled along cubic curves",
    `
    n = x.shape[axis]
    at = _sources(n, m, ratio, align)
    taps = [take(x, [max(0, min(n - 1, int(floor(s)) + j)) for s in at], axis=axis)*reshape(tensor([_cubic(abs(s - floor(s) - j)) for s in at]), [m if k == axis else 1 for k in range(ndim(x))]) for j in [-1, 0, 1, 2]]
    taps[0] + taps[1] + taps[2] + taps[3]`,
  ),
  func(
    "_resample_axis(x, axis, m, ratio, mode, align)",
    "an axis resampled",
    `
    n = x.shape[axis]
    take(x, [min(n - 1, int(floor(k*(n/m if ratio is None else 1/ratio)))) for k in range(m)], axis=axis) if mode == 'nearest' else take(x, [min(n - 1, int(floor((k + 0.5)*n/m))) for k in range(m)], axis=axis) if mode == 'nearest-exact' else _adaptive(x, m, axis, 'avg') if mode == 'area' else _linear_axis(x, axis, m, ratio, align) if mode == 'linear' or mode == 'bilinear' or mode == 'trilinear' else _cubic_axis(x, axis, m, ratio, align) if mode == 'bicubic' else refuse('this mode of interpolation is not followed')`,
  ),
  func(
    "interpolate(x, size=None, scale=None, mode='nearest', align=None, recompute=None)",
    "images or signals resampled",
    `
    n = ndim(x) - 2
    by = None if scale is None else _each(scale, n)
    to = [x.shape[k + 2] if _each(size, n)[k] is None else _each(size, n)[k] for k in range(n)] if size is not None else [int(floor(x.shape[k + 2]*by[k])) for k in range(n)]
    r = [None for k in range(n)] if by is None or recompute or align else by
    a = _resample_axis(x, 2, to[0], r[0], mode, align)
    b = a if n < 2 else _resample_axis(a, 3, to[1], r[1], mode, align)
    b if n < 3 else _resample_axis(b, 4, to[2], r[2], mode, align)`,
    "F.interpolate(input: x, size = None, scale_factor: scale = None, mode = 'nearest', align_corners: align = None, recompute_scale_factor: recompute = None, antialias: ! = False); F.upsample(input: x, size = None, scale_factor: scale = None, mode = 'nearest', align_corners: align = None); nn.Upsample(size = None, scale_factor: scale = None, mode = 'nearest', align_corners: align = None, recompute_scale_factor: recompute = None)(input: x)",
  ),
  func(
    "_upsample_corners(x, size=None, scale=None)",
    "images resampled along straight lines, corners on corners",
    "interpolate(x, size, scale, 'bilinear', True)",
    "F.upsample_bilinear(input: x, size = None, scale_factor: scale = None); nn.UpsamplingBilinear2d(size = None, scale_factor: scale = None)(input: x)",
  ),
  func(
    "pixel_shuffle(x, r)",
    "channels laid out as a finer grid",
    `
    [b, c, h, w] = x.shape
    reshape(transpose(reshape(x, [b, c//(r*r), r, r, h, w]), [0, 1, 4, 2, 5, 3]), [b, c//(r*r), h*r, w*r])`,
    "{F,torch}.pixel_shuffle(input: x, upscale_factor: r); nn.PixelShuffle(upscale_factor: r)(input: x)",
  ),
  func(
    "pixel_unshuffle(x, r)",
    "a grid laid out as channels",
    `
    [b, c, h, w] = x.shape
    reshape(transpose(reshape(x, [b, c, h//r, r, w//r, r]), [0, 1, 3, 5, 2, 4]), [b, c*r*r, h//r, w//r])`,
    "{F,torch}.pixel_unshuffle(input: x, downscale_factor: r); nn.PixelUnshuffle(downscale_factor: r)(input: x)",
  ),
]
