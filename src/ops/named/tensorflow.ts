// TensorFlow's and Keras' functions that no operation has by itself, and further spellings of those that one has.
import { func, loss } from "./composition.ts"

export const tensorflow = [
  func(
    "squared_difference(a, b)",
    "(a - b)**2",
    "square(a - b)",
    "{tf,tf.math}.squared_difference(x: a, y: b, name: _ = None)",
  ),
  func("_add_n(xs)", "the sum of several tensors", "sum(stack(xs), axis=0)", "{tf,tf.math}.add_n(inputs: xs)"),
  func(
    "multiply_no_nan(a, b)",
    "a * b, and 0 where b is 0 whatever a is",
    "where(b == 0, 0, a*b)",
    "tf.math.multiply_no_nan(x: a, y: b, name: _ = None)",
  ),
  func(
    "xlog1py(x, y)",
    "x * log(1 + y), and 0 where x is 0",
    "where(x == 0, 0, x*log1p(y))",
    "{tf.math,jax.scipy.special,scipy.special}.xlog1py(x, y, name: _ = None)",
  ),
  func("xdivy(x, y)", "x / y, and 0 where x is 0", "where(x == 0, 0, x/y)", "tf.math.xdivy(x, y, name: _ = None)"),
  func(
    "zero_fraction(x)",
    "the share of entries that are 0",
    "mean(float(x == 0))",
    "{tf.nn,tf.math}.zero_fraction(value: x, name: _ = None)",
  ),
  func(
    "_band_part(x, below, above)",
    "x between two diagonals, 0 elsewhere; a negative number keeps that whole side",
    `
    i = expand_dims(arange(x.shape[-2]), 1)
    j = arange(x.shape[-1])
    where((i - j <= (below if below >= 0 else x.shape[-2])) & (j - i <= (above if above >= 0 else x.shape[-1])), x, 0)`,
    "tf.linalg.band_part(input: x, num_lower: below, num_upper: above, name: _ = None)",
  ),
  func(
    "_normalized_pair(x, ord='euclidean', axis=None)",
    "x divided by its norm, and the norm",
    `
    n = norm(x, p=2 if ord == 'euclidean' else ord, axis=axis, keepdims=True)
    [x/n, n]`,
    "tf.linalg.normalize(tensor: x, ord = 'euclidean', axis = None, name: _ = None)",
  ),
  func(
    "_matvec(a, b)",
    "the product of matrices with vectors",
    "squeeze(matmul(a, expand_dims(b, -1)), -1)",
    "tf.linalg.matvec(a, b, transpose_a: ! = False, transpose_b: ! = False); keras.ops.matvec(a, b)",
  ),
  func(
    "_tf_matmul(a, b, ta=False, tb=False)",
    "the product of matrices, either turned over first",
    "matmul(swapaxes(a, -1, -2) if ta else a, swapaxes(b, -1, -2) if tb else b)",
    "{tf,tf.linalg}.matmul(a, b, transpose_a: ta = False, transpose_b: tb = False, adjoint_a: ! = False, adjoint_b: ! = False)",
    { internal: true },
  ),
  func(
    "_moments(x, axes, keepdims=False)",
    "mean and variance",
    "[mean(x, axis=axes, keepdims=keepdims), var(x, axis=axes, keepdims=keepdims)]",
    "tf.nn.moments(x, axes, shift: _ = None, keepdims = False, name: _ = None); keras.ops.moments(x, axes, keepdims = False)",
  ),
  func(
    "_batch_normalization(x, m, v, offset, scale, eps)",
    "x less m, over the square root of v",
    "(x - m)*rsqrt(v + eps)*(1 if scale is None else scale) + (0 if offset is None else offset)",
    "tf.nn.batch_normalization(x, mean: m, variance: v, offset, scale, variance_epsilon: eps)",
  ),
  func(
    "_sequence_mask(n, longest)",
    "true at the first n places of each row",
    "arange(longest) < expand_dims(n, -1)",
    "tf.sequence_mask(lengths: n, maxlen: longest, dtype: _ = None, name: _ = None)",
  ),
  func("_flatten_rows(x)", "all axes but the first in a row", "reshape(x, [x.shape[0], -1])", "K.batch_flatten(x)"),
  func(
    "_batch_dot(a, b, axes=None)",
    "the products of rows, batch by batch",
    `
    ax = [ndim(a) - 1, 1 if ndim(b) < 3 else ndim(b) - 2] if axes is None else [axes, axes] if axes in range(-8, 8) else axes
    sum(a*b, axis=1, keepdims=True) if ndim(a) == 2 and ndim(b) == 2 else matmul(a if ax[0] in [-1, ndim(a) - 1] else swapaxes(a, -1, -2), b if ax[1] in [-2, ndim(b) - 2] else swapaxes(b, -1, -2))`,
    "K.batch_dot(x: a, y: b, axes = None)",
  ),
  func(
    "_within_training(x, other)",
    "in training the first, else the second: training is looked at",
    "x",
    "K.in_train_phase(x, alt: other, training: _ = None)",
  ),
  func(
    "_batch_gather(x, i, axis=None, lead=0)",
    "in each entry of a batch, the slices at positions i",
    `
    n = ndim(i) - 1 if lead == -1 else lead
    take(x, i, axis=0 if axis is None else axis) if n == 0 else x[expand_dims(arange(x.shape[0]), -1) if ndim(i) == 2 else arange(x.shape[0]), i] if n == 1 and ndim(i) < 3 and (axis in [None, 1] or axis == -1 and ndim(x) == 2) else take_along(x, i, axis=-1) if ndim(x) == ndim(i) and n == ndim(x) - 1 else refuse('of gather, batches over one axis are followed')`,
    "tf.gather(params: x, indices: i, validate_indices: _ = None, axis = None, batch_dims: lead = 0, name: _ = None)",
    { internal: true },
  ),
  func(
    "_batch_gather_nd(x, i, batch_dims)",
    "in each entry of a batch, the entries at positions i",
    "gather_nd(x, i) if batch_dims == 0 else stack([gather_nd(x[k], i[k]) for k in range(x.shape[0])]) if batch_dims == 1 else refuse('of gather_nd, batches over one axis are followed')",
    "tf.gather_nd(params: x, indices: i, batch_dims, name: _ = None)",
    { internal: true },
  ),
  func(
    "_matrix_transpose(x)",
    "matrices turned over",
    "swapaxes(x, -1, -2)",
    "tf.linalg.{matrix_transpose,adjoint}(a: x); {jnp,np}.matrix_transpose(x)",
  ),
  func(
    "_slice(x, begin, size)",
    "a block of x, from a corner",
    "x if len(begin) == 0 else _slice_axis(x, begin, size, 0)",
    "tf.slice(input_: x, begin, size, name: _ = None); keras.ops.slice(inputs: x, start_indices: begin, shape: size); lax.dynamic_slice(operand: x, start_indices: begin, slice_sizes: size)",
    { internal: true },
  ),
  func(
    "_slice_axis(x, begin, size, k)",
    "the same, from one axis on",
    "x if k == len(begin) else _slice_axis(take(x, [int(begin[k]) + j for j in range(x.shape[k] - begin[k] if size[k] == -1 else size[k])], axis=k), begin, size, k + 1)",
    undefined,
    { internal: true },
  ),
  func(
    "_reciprocal_no_nan(x)",
    "1/x, and 0 where x is 0",
    "div_no_nan(1, x)",
    "tf.math.reciprocal_no_nan(x, name: _ = None)",
  ),
  func(
    "_bias_add(x, b)",
    "b added along the last axis",
    "x + b",
    "tf.nn.bias_add(value: x, bias: b); K.bias_add(x, bias: b, data_format: ! = None)",
  ),
  func(
    "_depthwise_conv2d(x, weight, strides, padding)",
    "each channel, which come last, through filters of its own",
    `
    c = x.shape[3]
    w = transpose(weight, [2, 3, 0, 1])
    _conv2d_last_grouped(x, reshape(w, [c*w.shape[1], 1, w.shape[2], w.shape[3]]), strides, padding, c)`,
    "tf.nn.depthwise_conv2d(input: x, filter: weight, strides, padding, data_format: ! = None, dilations: ! = None); K.depthwise_conv2d(x, depthwise_kernel: weight, strides = (1,1), padding = 'valid')",
    { internal: true },
  ),
  func(
    "_conv2d_last_grouped(x, weight, strides, padding, groups)",
    "convolution of channels that come last, in groups",
    `
    s = [strides[1], strides[2]] if len(strides) == 4 else strides
    t = transpose(x, [0, 3, 1, 2])
    transpose(conv2d(t, weight, None, s, 'same' if padding in ['SAME', 'same'] else 0, 1, groups), [0, 2, 3, 1])`,
    undefined,
    { internal: true },
  ),
  func(
    "_standardized_images(x)",
    "each image less its mean, over its standard deviation",
    "(x - mean(x, axis=[-3, -2, -1], keepdims=True))/maximum(std(x, axis=[-3, -2, -1], keepdims=True), 1/sqrt(x.shape[-1]*x.shape[-2]*x.shape[-3]))",
    "tf.image.per_image_standardization(image: x)",
  ),
  func(
    "_rgb_to_yuv(x)",
    "brightness and two differences of colour in the place of red, green and blue",
    "matmul(x, tensor([[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]]))",
    "tf.image.rgb_to_yuv(images: x)",
  ),
  func("_flip_right(x)", "images turned left to right", "flip(x, -2)", "tf.image.flip_left_right(image: x)"),
  func("_flip_down(x)", "images turned upside down", "flip(x, -3)", "tf.image.flip_up_down(image: x)"),
  func(
    "_truncated_normal(shape, mean=0, std=1)",
    "normal noise without its tails",
    "mean + std*clip(randn(shape), -2, 2)",
    "{tf.random,keras.random}.truncated_normal(shape, mean = 0.0, stddev: std = 1.0, dtype: _ = None, seed: _ = None); tf.truncated_normal(shape, mean = 0.0, stddev: std = 1.0, dtype: _ = None, seed: _ = None); K.truncated_normal(shape, mean = 0.0, stddev: std = 1.0, dtype: _ = None, seed: _ = None)",
  ),
  func(
    "_stateless_uniform(shape, low=0, high=1)",
    "uniform noise",
    "low + (1 if high is None else high - low)*rand(shape)",
    "tf.random.stateless_uniform(shape, seed: _, minval: low = 0, maxval: high = 1, dtype: _ = None); {tf,K}.random_uniform(shape, minval: low = 0, maxval: high = 1, dtype: _ = None, seed: _ = None)",
  ),
  func(
    "_stateless_normal(shape, mean=0, std=1)",
    "normal noise",
    "mean + std*randn(shape)",
    "tf.random.stateless_normal(shape, seed: _, mean = 0, stddev: std = 1, dtype: _ = None); tf.random_normal(shape, mean = 0, stddev: std = 1, dtype: _ = None, seed: _ = None)",
  ),
  func(
    "_eye_of(n, m=None, batch=None)",
    "the identity matrix, once for each entry of a batch",
    "eye(n, m) if batch is None else broadcast_to(eye(n, m), [*batch, n, n if m is None else m])",
    "tf.{eye,linalg.eye}(num_rows: n, num_columns: m = None, batch_shape: batch = None, dtype: _ = None, name: _ = None)",
  ),
  func(
    "_running_sum(x, axis=0, exclusive=False, reverse=False)",
    "the running sum, from the end or without the entry itself",
    `
    s = flip(cumsum(flip(x, axis), axis), axis) if reverse else cumsum(x, axis)
    s - x if exclusive else s`,
    "{tf,tf.math}.cumsum(x, axis = 0, exclusive = False, reverse = False, name: _ = None)",
    { internal: true },
  ),
  func(
    "_running_product(x, axis=0, exclusive=False, reverse=False)",
    "the running product, from the end",
    "refuse('of cumprod, what leaves out the entry itself is not followed') if exclusive else flip(cumprod(flip(x, axis), axis), axis) if reverse else cumprod(x, axis)",
    "{tf,tf.math}.cumprod(x, axis = 0, exclusive = False, reverse = False, name: _ = None)",
    { internal: true },
  ),
  func(
    "_tf_sort(x, axis=-1, direction='ASCENDING')",
    "the entries in order",
    "sort(x, axis, descending=direction == 'DESCENDING')",
    "tf.sort(values: x, axis = -1, direction = 'ASCENDING', name: _ = None)",
    { internal: true },
  ),
  func(
    "_tf_argsort(x, axis=-1, direction='ASCENDING')",
    "the positions of the entries in order",
    "argsort(x, axis, descending=direction == 'DESCENDING')",
    "tf.argsort(values: x, axis = -1, direction = 'ASCENDING', stable: _ = False, name: _ = None)",
    { internal: true },
  ),
  func(
    "rgb_to_grayscale(x)",
    "the brightness of the last axis' three colours",
    "sum(x*tensor([0.2989, 0.587, 0.114]), axis=-1, keepdims=True)",
    "tf.image.rgb_to_grayscale(images: x, name: _ = None); keras.ops.rgb_to_grayscale(images: x, data_format: ! = None)",
  ),
  func(
    "_image_variation(x)",
    "the sum of differences to the neighbours, of each image",
    `
    v = abs(x[..., 1:, :, :] - x[..., :-1, :, :])
    h = abs(x[..., :, 1:, :] - x[..., :, :-1, :])
    sum(v, axis=[-3, -2, -1]) + sum(h, axis=[-3, -2, -1])`,
    "tf.image.total_variation(images: x, name: _ = None)",
  ),
  func(
    "_image_gradients(x)",
    "differences to the next row and column, 0 at the end",
    `
    dy = concatenate([x[:, 1:] - x[:, :-1], zeros_like(x[:, -1:])], axis=1)
    dx = concatenate([x[:, :, 1:] - x[:, :, :-1], zeros_like(x[:, :, -1:])], axis=2)
    [dy, dx]`,
    "tf.image.image_gradients(image: x)",
  ),
  func(
    "_sobel_edges(x)",
    "the slope of each image down and across, by Sobel's filter over borders that are mirrored",
    `
    r = concatenate([x[:, 1:2], x, x[:, -2:-1]], axis=1)
    q = concatenate([r[:, :, 1:2], r, r[:, :, -2:-1]], axis=2)
    a = q[:, 2:] - q[:, :-2]
    b = q[:, :, 2:] - q[:, :, :-2]
    stack([a[:, :, :-2] + 2*a[:, :, 1:-1] + a[:, :, 2:], b[:, :-2] + 2*b[:, 1:-1] + b[:, 2:]], axis=-1)`,
    "tf.image.sobel_edges(image: x)",
  ),
  func(
    "_blurred(x, size, sigma)",
    "images, channels last, averaged within a Gaussian window that fits inside",
    `
    u = arange(size) - (size - 1)/2
    k = softmax(-u*u/(2*sigma**2))
    r = sum(_windows(x, size, axis=1)*k, axis=-1)
    sum(_windows(r, size, axis=2)*k, axis=-1)`,
    undefined,
    { internal: true },
  ),
  func(
    "_ssim(a, b, top, size=11, sigma=1.5, k1=0.01, k2=0.03)",
    "the structural similarity of each pair of images, channels last",
    "mean(_ssim_parts(a, b, top, size, sigma, k1, k2)[0], axis=-1)",
    "tf.image.ssim(img1: a, img2: b, max_val: top, filter_size: size = 11, filter_sigma: sigma = 1.5, k1 = 0.01, k2 = 0.03, return_index_map: ! = False)",
    { internal: true },
  ),
  func(
    "_halved(x)",
    "images, channels last, with every two rows and columns averaged",
    "mean(mean(reshape(x[:, :x.shape[1]//2*2, :x.shape[2]//2*2], [x.shape[0], x.shape[1]//2, 2, x.shape[2]//2, 2, x.shape[3]]), axis=4), axis=2)",
    undefined,
    { internal: true },
  ),
  func(
    "_ssim_parts(a, b, top, size, sigma, k1, k2)",
    "structural similarity, and the part of it that is contrast, of each image and channel",
    `
    m = _blurred(a, size, sigma)
    n = _blurred(b, size, sigma)
    c = (2*_blurred(a*b, size, sigma) - 2*m*n + (k2*top)**2)/(_blurred(a*a + b*b, size, sigma) - m*m - n*n + (k2*top)**2)
    l = (2*m*n + (k1*top)**2)/(m*m + n*n + (k1*top)**2)
    [mean(l*c, axis=[-3, -2]), mean(c, axis=[-3, -2])]`,
    undefined,
    { internal: true },
  ),
  func(
    "_ssim_scales(a, b, top, powers, size, sigma, k1, k2)",
    "the product over scales, each half as fine as the one before",
    `
    s = _ssim_parts(a, b, top, size, sigma, k1, k2)
    relu(s[0])**powers[0] if len(powers) == 1 else relu(s[1])**powers[0]*_ssim_scales(_halved(a), _halved(b), top, powers[1:], size, sigma, k1, k2)`,
    undefined,
    { internal: true },
  ),
  func(
    "_ssim_multiscale(a, b, top, powers=None, size=11, sigma=1.5, k1=0.01, k2=0.03)",
    "the structural similarity of each pair of images over several scales",
    "mean(_ssim_scales(a, b, top, [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] if powers is None else powers, size, sigma, k1, k2), axis=-1)",
    "tf.image.ssim_multiscale(img1: a, img2: b, max_val: top, power_factors: powers = None, filter_size: size = 11, filter_sigma: sigma = 1.5, k1 = 0.01, k2 = 0.03)",
    { internal: true },
  ),
  loss(
    "_average_loss(l, w=None, n=None)",
    "the losses of all rows, added up and divided by the size of the batch",
    "sum(l if w is None else l*w)/(numel(l) if n is None else n)",
    "tf.nn.compute_average_loss(per_example_loss: l, sample_weight: w = None, global_batch_size: n = None)",
    { internal: true },
  ),
  loss(
    "_weighted_loss(l, w=1, reduction='sum_by_nonzero_weights')",
    "losses times weights, averaged over what has a weight",
    `
    v = l*w
    m = float(broadcast_to(w, v.shape) != 0)
    v if reduction == 'none' else sum(v) if reduction == 'weighted_sum' else sum(v)/sum(broadcast_to(w, v.shape)) if reduction == 'weighted_mean' else mean(v) if reduction == 'weighted_sum_over_batch_size' else div_no_nan(sum(v), sum(m))`,
    "keras.losses.compute_weighted_loss(losses: l, weights: w = 1.0, scope: _ = None, loss_collection: _ = None, reduction = 'weighted_sum_by_nonzero_weights')",
    { internal: true },
  ),
  ...(
    [
      ["absolute_difference", "labels: y, predictions: p", "abs(p - y)", ""],
      ["mean_squared_error", "labels: y, predictions: p", "square(p - y)", ""],
      ["log_loss", "labels: y, predictions: p", "-y*log(p + eps) - (1 - y)*log(1 - p + eps)", "epsilon: eps = 1e-7, "],
      ["hinge_loss", "labels: y, logits: p", "relu(1 - (2*y - 1)*p)", ""],
      ["sigmoid_cross_entropy", "multi_class_labels: y, logits: p", "_bce_logits(p, y)", ""],
      ["softmax_cross_entropy", "onehot_labels: y, logits: p", "-sum(y*log_softmax(p, -1), axis=-1)", ""],
      ["sparse_softmax_cross_entropy", "labels: y, logits: p", "_tf_sparse_cross_entropy(y, p)", ""],
    ] as const
  ).map(([name, sides, each, more]) =>
    func(
      `_tf1_${name}(y, p, w=1, ${more ? "eps=1e-7, " : ""}reduction='weighted_sum_by_nonzero_weights')`,
      `${name} of TensorFlow 1`,
      `_weighted_loss(${each}, w, reduction)`,
      `keras.losses.${name}(${sides}, weights: w = 1.0, ${more}scope: _ = None, loss_collection: _ = None, reduction = 'weighted_sum_by_nonzero_weights')`,
      { internal: true },
    ),
  ),
]

/** The entry, and further spellings of it. */
export const tensorflowNames: readonly (readonly [entry: string, spellings: string])[] = [
  [
    "identity",
    "tf.ensure_shape(x, shape: _, name: _ = None); tf.Print(input_: x, data: _ = None, message: _ = None); {tf,tf.debugging}.check_numerics(tensor: x, message: _ = None); tf.verify_tensor_all_finite(t: x, msg: _ = None); K.print_tensor(x, message: _ = ''); K.update(x: _, new_x: x); tf.get_static_value(tensor: x, partial: _ = False); {tf.python.framework,tf.math}.constant_value(tensor: x, partial: _ = False)",
  ],
  [
    "tensor",
    "K.constant(value: x, dtype: _ = None, shape: ! = None, name: _ = None); keras.ops.array(x, dtype: _ = None)",
  ],
  ["float", "{tf,K}.{to_float,cast_to_floatx}(x)"],
  ["int", "tf.{to_int32,to_int64}(x)"],
  ["repeat", "K.repeat_elements(x, rep: times, axis = None)"],
  ["eye", "K.eye(size: n)"],
  ["arange", "K.arange(start, stop = None, step = 1)"],
  ["shape", "Tensor.get_shape(x)"],
  ["floor_divide", "tf.floor_div(x: a, y: b, name: _ = None)"],
  ["div", "tf.{realdiv,div}(x: a, y: b, name: _ = None)"],
  ["mul", "{tf,tf.math}.scalar_mul(scalar: a, x: b, name: _ = None)"],
  ["ndtri", "tf.math.ndtri(x, name: _ = None)"],
  [
    "cast",
    "tf.saturate_cast(value: x, dtype, name: _ = None); keras.ops.saturate_cast(x, dtype); tf.image.convert_image_dtype(image: x, dtype, saturate: _ = False); tf.dtypes.{cast,saturate_cast}(x, dtype, name: _ = None)",
  ],
  ["argsort", "tf.math.invert_permutation(x, name: _ = None)"],
  ["exp2", "keras.ops.exp2(x)"],
  ["nonzero", "tf.where(condition: x, name: _ = None)"],
]
