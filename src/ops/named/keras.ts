// Keras' losses: functions give one value a row, classes are called twice and average; probabilities are held off 0 and 1.
import { loss } from "./composition.ts"

const truths = "y_true: y, y_pred: p"
const tail = "name: _ = None, dtype: _ = None"

/** keras.losses.f(y_true, y_pred, options), keras.losses.F(options)(y_true, y_pred), and the same among the metrics. */
export function kerasForms(functions: string, className: string, options = ""): string {
  const first = options ? `${options}, ` : ""
  return [
    `keras.{losses,metrics}.{${functions}}(${truths}${options ? `, ${options}` : ""})`,
    `keras.losses.${className}(${first}reduction = 'sum_over_batch_size', ${tail})(${truths}, sample_weight: w = None)`,
    `keras.metrics.${className}(${tail}${options ? `, ${options}` : ""})(${truths}, sample_weight: w = None, _reduction: reduction = 'mean_with_sample_weight')`,
  ].join("; ")
}

/** One of Keras' losses: `body` ends in l, one value a row. */
const keras = (
  call: string,
  says: string,
  body: string,
  functions: string,
  className: string,
  options = "",
  more = "",
) => {
  const names = kerasForms(functions, className, options)
  return loss(
    `_keras_${call.slice(0, -1)}, reduction='none', w=None)`,
    says,
    `${body}\n_keras_reduce(l, reduction, w)`,
    more ? `${names}; ${more}` : names,
    { internal: true },
  )
}
const each = (l: string): string => `p, y = _keras_align(p, y)\nl = mean(${l}, axis=-1)`

export const kerasLosses = [
  loss(
    "_keras_reduce(l, reduction='none', w=None)",
    "the mean, the sum, or l itself, after weighing rows",
    `
    v = l if w is None else l*(squeeze(w, -1) if ndim(w) == ndim(l) + 1 else w)
    sum(v)/sum(w) if reduction == 'mean_with_sample_weight' and w is not None else reduce(v, reduction)`,
    undefined,
    { internal: true },
  ),
  loss(
    "_keras_align(a, b)",
    "two tensors, the one that lacks a last axis of length 1 given it",
    "[expand_dims(a, -1), b] if ndim(b) == ndim(a) + 1 and b.shape[-1] == 1 else [a, expand_dims(b, -1)] if ndim(a) == ndim(b) + 1 and a.shape[-1] == 1 else [a, b]",
    undefined,
    { internal: true },
  ),
  keras(
    "mse(y, p)",
    "the mean squared error of each row",
    each("square(y - p)"),
    "mean_squared_error,mse,MSE",
    "MeanSquaredError",
  ),
  keras(
    "mae(y, p)",
    "the mean absolute error of each row",
    each("abs(y - p)"),
    "mean_absolute_error,mae,MAE",
    "MeanAbsoluteError",
  ),
  keras(
    "mape(y, p)",
    "the mean error of each row in percent of the target",
    each("100*abs((y - p)/maximum(abs(y), 1e-7))"),
    "mean_absolute_percentage_error,mape,MAPE",
    "MeanAbsolutePercentageError",
  ),
  keras(
    "msle(y, p)",
    "the mean squared error of log(1 + x); what is below 1e-7 counts as 1e-7",
    each("square(log(maximum(p, 1e-7) + 1) - log(maximum(y, 1e-7) + 1))"),
    "mean_squared_logarithmic_error,msle,MSLE",
    "MeanSquaredLogarithmicError",
  ),
  keras(
    "huber(y, p, delta=1.0)",
    "square up to delta, straight beyond",
    each("where(abs(p - y) <= delta, 0.5*square(p - y), delta*abs(p - y) - 0.5*delta**2)"),
    "huber,huber_loss",
    "Huber",
    "delta = 1.0",
  ),
  keras(
    "log_cosh(y, p)",
    "log(cosh(d))",
    each("(p - y) + softplus(-2*(p - y)) - log(2)"),
    "log_cosh,logcosh",
    "LogCosh",
    "",
    "keras.metrics.LogCoshError(name: _ = None, dtype: _ = None)(y_true: y, y_pred: p, sample_weight: w = None, _reduction: reduction = 'mean_with_sample_weight')",
  ),
  keras(
    "hinge(y, p)",
    "max(0, 1 - y*p)",
    `t = _keras_signed(y)\nl = mean(maximum(1 - t*p, 0), axis=-1)`,
    "hinge",
    "Hinge",
  ),
  keras(
    "squared_hinge(y, p)",
    "max(0, 1 - y*p)**2",
    `t = _keras_signed(y)\nl = mean(square(maximum(1 - t*p, 0)), axis=-1)`,
    "squared_hinge",
    "SquaredHinge",
  ),
  loss(
    "_keras_signed(y)",
    "labels -1 and 1 where all were 0 and 1",
    "where(all((y == 0) | (y == 1)), 2*y - 1, y)",
    undefined,
    { internal: true },
  ),
  keras(
    "categorical_hinge(y, p)",
    "the best wrong score less the right score, plus 1",
    "l = maximum(amax((1 - y)*p, axis=-1) - sum(y*p, axis=-1) + 1, 0)",
    "categorical_hinge",
    "CategoricalHinge",
  ),
  keras(
    "kl_divergence(y, p)",
    "the sum of y*log(y/p), both held between 1e-7 and 1",
    "t = clip(y, 1e-7, 1)\nl = sum(t*log(t/clip(p, 1e-7, 1)), axis=-1)",
    "kl_divergence,kld,KLD,kullback_leibler_divergence",
    "KLDivergence",
  ),
  keras("poisson(y, p)", "p - y*log(p + 1e-7)", each("p - y*log(p + 1e-7)"), "poisson", "Poisson"),
  loss(
    "_keras_cosine(y, p, axis=-1, sign=-1, reduction='none', w=None)",
    "the cosine of the angle, negative as a loss",
    `
    l = sign*sum(l2_normalize(y, axis, 1e-14)*l2_normalize(p, axis, 1e-14), axis=axis)
    _keras_reduce(l, reduction, w)`,
    `keras.losses.cosine_similarity(${truths}, axis = -1); keras.losses.CosineSimilarity(axis = -1, reduction = 'sum_over_batch_size', ${tail})(${truths}, sample_weight: w = None); keras.metrics.cosine_similarity(${truths}, axis = -1, _sign: sign = 1); keras.metrics.CosineSimilarity(${tail}, axis = -1)(${truths}, sample_weight: w = None, _sign: sign = 1, _reduction: reduction = 'mean_with_sample_weight')`,
    { internal: true },
  ),
  loss(
    "_keras_bce_each(y, p, from_logits=False)",
    "the cross-entropy of each entry, p held within 1e-7 of 0 and 1",
    `
    q = 0 if from_logits else clip(p, 1e-7, 1 - 1e-7)
    _bce_logits(p, y) if from_logits else -(y*log(q) + (1 - y)*log(1 - q))`,
    "{K,keras.ops}.binary_crossentropy(target: y, output: p, from_logits = False)",
    { internal: true },
  ),
  keras(
    "bce(y, p, from_logits=False, smoothing=0.0, axis=-1)",
    "the mean binary cross-entropy of each row, p held within 1e-7 of 0 and 1",
    `
    p, y = _keras_align(p, y)
    l = mean(_keras_bce_each(y if smoothing == 0 else y*(1 - smoothing) + 0.5*smoothing, p, from_logits), axis=axis)`,
    "binary_crossentropy,bce,BCE",
    "BinaryCrossentropy",
    "from_logits = False, label_smoothing: smoothing = 0.0, axis = -1",
  ),
  keras(
    "focal(y, p, balance=False, alpha=0.25, gamma=2.0, from_logits=False, smoothing=0.0, axis=-1)",
    "the binary cross-entropy, less for what is already right",
    `
    p, y = _keras_align(p, y)
    t = y if smoothing == 0 else y*(1 - smoothing) + 0.5*smoothing
    q = sigmoid(p) if from_logits else p
    right = t*q + (1 - t)*(1 - q)
    e = (1 - right)**gamma*_keras_bce_each(t, q)
    l = mean((t*alpha + (1 - t)*(1 - alpha))*e if balance else e, axis=axis)`,
    "binary_focal_crossentropy",
    "BinaryFocalCrossentropy",
    "apply_class_balancing: balance = False, alpha = 0.25, gamma = 2.0, from_logits = False, label_smoothing: smoothing = 0.0, axis = -1",
  ),
  keras(
    "cce(y, p, from_logits=False, smoothing=0.0, axis=-1)",
    "minus the sum of y*log(p), p made to sum to 1 and held within 1e-7 of 0 and 1",
    `
    t = y if smoothing == 0 else y*(1 - smoothing) + smoothing/y.shape[axis]
    l = -sum(t*(log_softmax(p, axis) if from_logits else log(clip(p/sum(p, axis=axis, keepdims=True), 1e-7, 1 - 1e-7))), axis=axis)`,
    "categorical_crossentropy",
    "CategoricalCrossentropy",
    "from_logits = False, label_smoothing: smoothing = 0.0, axis = -1",
    "{K,keras.ops}.categorical_crossentropy(target: y, output: p, from_logits = False, axis = -1)",
  ),
  keras(
    "categorical_focal(y, p, alpha=0.25, gamma=2.0, from_logits=False, smoothing=0.0, axis=-1)",
    "the categorical cross-entropy, less for what is already right",
    `
    t = y if smoothing == 0 else y*(1 - smoothing) + smoothing/y.shape[axis]
    s = softmax(p, axis) if from_logits else p
    q = clip(s/sum(s, axis=axis, keepdims=True), 1e-7, 1 - 1e-7)
    l = sum(-alpha*(1 - q)**gamma*t*log(q), axis=axis)`,
    "categorical_focal_crossentropy",
    "CategoricalFocalCrossentropy",
    "alpha = 0.25, gamma = 2.0, from_logits = False, label_smoothing: smoothing = 0.0, axis = -1",
  ),
  keras(
    "sparse_cce(y, p, from_logits=False, ignore=None, axis=-1)",
    "minus the log-probability at class y; p held within 1e-7 of 0 and 1",
    `
    lp = log_softmax(p if from_logits else log(clip(p, 1e-7, 1 - 1e-7)), axis)
    c = squeeze(y, -1) if ndim(y) == ndim(p) and y.shape[-1] == 1 else y
    e = -squeeze(take_along(lp, expand_dims(c, axis), axis), axis)
    l = e if ignore is None else where(c == ignore, 0, e)`,
    "sparse_categorical_crossentropy",
    "SparseCategoricalCrossentropy",
    "from_logits = False, ignore_class: ignore = None, axis = -1",
    "{K,keras.ops}.sparse_categorical_crossentropy(target: y, output: p, from_logits = False, axis = -1)",
  ),
  keras(
    "gce(y, p, q=0.5)",
    "(1 - p[y]**q)/q",
    "l = (1 - squeeze(take_along(p, expand_dims(y, -1), -1), -1)**q)/q",
    "categorical_generalized_cross_entropy",
    "CategoricalGeneralizedCrossEntropy",
    "q = 0.5",
  ),
  keras(
    "dice(y, p, axis=None)",
    "1 less the soft Dice coefficient",
    "l = 1 - 2*sum(y*p, axis=axis)/(sum(y, axis=axis) + sum(p, axis=axis) + 1e-7)",
    "dice",
    "Dice",
    "axis = None",
  ),
  keras(
    "tversky(y, p, alpha=0.5, beta=0.5, axis=None)",
    "1 less the Tversky index",
    `
    hit = sum(y*p, axis=axis)
    l = 1 - hit/(hit + alpha*sum((1 - y)*p, axis=axis) + beta*sum(y*(1 - p), axis=axis) + 1e-7)`,
    "tversky",
    "Tversky",
    "alpha = 0.5, beta = 0.5, axis = None",
  ),
  keras(
    "circle(y, p, gamma=80.0, margin=0.4)",
    "pulls embeddings of one label together and pushes others apart, each pair by how far it is off",
    `
    d = maximum(1 - p @ swapaxes(p, -1, -2), 0)
    twin = (expand_dims(y, -1) == expand_dims(y, -2)) & (eye(p.shape[0]) == 0)
    other = expand_dims(y, -1) != expand_dims(y, -2)
    near = -gamma*maximum((margin + d)*twin, 0)*(margin - d)
    far = gamma*maximum((1 + margin - d)*other, 0)*(1 - margin - d)
    l = softplus(logsumexp(where(twin, near, -inf), axis=1) + logsumexp(where(other, far, -inf), axis=1))`,
    "circle",
    "Circle",
    "gamma = 80.0, margin = 0.4",
  ),
]
