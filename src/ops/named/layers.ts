// What layers compute, as functions of their weights: products with matrices, and normalisations.
import { func } from "./composition.ts"

export const layers = [
  func(
    "linear(x, weight, bias=None)",
    "the product with a matrix of weights, and a shift",
    "matmul(x, transpose(weight)) if bias is None else matmul(x, transpose(weight)) + bias",
    "F.linear(input: x, weight, bias = None)",
  ),
  func(
    "bilinear(a, b, weight, bias=None)",
    "products of two inputs, weighted",
    `
    y = sum(expand_dims(sum(expand_dims(expand_dims(a, -2), -1)*weight, axis=-2), -3)[..., 0, :, :]*expand_dims(b, -2), axis=-1)
    y if bias is None else y + bias`,
    "F.bilinear(input1: a, input2: b, weight, bias = None)",
  ),
  func(
    "_by_channel(v, x)",
    "one number for each channel of x, the second axis",
    "reshape(v, [1, x.shape[1]] + [1 for d in x.shape[2:]])",
  ),
  func(
    "_affine(y, weight, bias)",
    "scaled and shifted, channel by channel",
    `
    z = y if weight is None else y*_by_channel(weight, y)
    z if bias is None else z + _by_channel(bias, y)`,
  ),
  func(
    "batch_norm(x, m, v, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5)",
    "each channel with its mean taken off and divided by its standard deviation",
    `
    over = [0] + [k + 2 for k in range(ndim(x) - 2)]
    own = training or m is None
    a = mean(x, axis=over, keepdims=True) if own else _by_channel(m, x)
    b = var(x, axis=over, keepdims=True) if own else _by_channel(v, x)
    _affine((x - a)/sqrt(b + eps), weight, bias)`,
    "F.batch_norm(input: x, running_mean: m, running_var: v, weight = None, bias = None, training = False, momentum = 0.1, eps = 1e-5)",
  ),
  func(
    "instance_norm(x, weight=None, bias=None, eps=1e-5)",
    "each channel of each entry normalised alone",
    `
    over = [k + 2 for k in range(ndim(x) - 2)]
    _affine((x - mean(x, axis=over, keepdims=True))/sqrt(var(x, axis=over, keepdims=True) + eps), weight, bias)`,
    "F.instance_norm(input: x, running_mean: ! = None, running_var: ! = None, weight = None, bias = None, use_input_stats: ! = True, momentum: _ = 0.1, eps = 1e-5); nn.{InstanceNorm1d,InstanceNorm2d,InstanceNorm3d}(num_features: _, eps = 1e-5, momentum: _ = 0.1, affine: ! = False, track_running_stats: _ = False)(input: x)",
  ),
  func(
    "group_norm(x, groups, weight=None, bias=None, eps=1e-5)",
    "groups of channels normalised together",
    `
    t = reshape(x, [x.shape[0], groups, -1])
    _affine(reshape((t - mean(t, axis=-1, keepdims=True))/sqrt(var(t, axis=-1, keepdims=True) + eps), x.shape), weight, bias)`,
    "F.group_norm(input: x, num_groups: groups, weight = None, bias = None, eps = 1e-5)",
  ),
  func(
    "local_response_norm(x, size, alpha=1e-4, beta=0.75, k=1)",
    "each entry divided by the energy of the channels around it",
    `
    s = moveaxis(x*x, 1, -1)
    e = mean(_windows(pad(s, [size//2, (size - 1)//2]), size, 1, 1, -1), axis=-1)
    x/(k + alpha*moveaxis(e, -1, 1))**beta`,
    "F.local_response_norm(input: x, size, alpha = 1e-4, beta = 0.75, k = 1.0); nn.LocalResponseNorm(size, alpha = 1e-4, beta = 0.75, k = 1.0)(input: x)",
  ),
  func(
    "_rows_flat(x, start=1, stop=-1)",
    "each entry of the batch in a row",
    "flatten(x, start, stop)",
    "nn.Flatten(start_dim: start = 1, end_dim: stop = -1)(input: x)",
  ),
  func(
    "_unflatten_rows(x, axis, sizes)",
    "one axis parted into several",
    "unflatten(x, axis, sizes)",
    "nn.Unflatten(dim: axis, unflattened_size: sizes)(input: x)",
  ),
]
