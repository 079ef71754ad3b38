// Optax's losses: predictions first, targets second, one value for each element or example.
import { loss } from "./composition.ts"

/** optax.name and optax.losses.name. */
const optax = (call: string, says: string, body: string, names: string, args: string) => {
  const paths = `{optax,optax.losses}.{${names}}`
  return loss(`_optax_${call}`, says, body, `${paths}(${args})`, { internal: true })
}
const pair = "predictions: p, targets: y = None"
const logits = "logits: z, labels: y"
const axes = "axis = -1, where: ! = None"

export const optaxLosses = [
  optax(
    "squared_error(y, p)",
    "the square of the error",
    "square(p) if y is None else square(p - y)",
    "squared_error",
    pair,
  ),
  optax("l2(y, p)", "half the square of the error", "0.5*(square(p) if y is None else square(p - y))", "l2_loss", pair),
  optax(
    "huber(y, p, delta=1.0)",
    "square up to delta, straight beyond",
    `
    d = abs(p if y is None else p - y)
    q = minimum(d, delta)
    0.5*q**2 + delta*(d - q)`,
    "huber_loss",
    `${pair}, delta = 1.0`,
  ),
  optax(
    "log_cosh(y, p)",
    "log(cosh(d))",
    `
    d = p if y is None else p - y
    logaddexp(d, -d) - log(2)`,
    "log_cosh",
    pair,
  ),
  optax(
    "cosine(y, p, eps=0.0, axis=-1)",
    "the cosine of the angle; eps is compared with the squared lengths",
    `
    a = p/sqrt(clip(sum(square(p), axis=axis, keepdims=True), eps))
    b = y/sqrt(clip(sum(square(y), axis=axis, keepdims=True), eps))
    sum(a*b, axis=axis)`,
    "cosine_similarity",
    `predictions: p, targets: y, epsilon: eps = 0.0, ${axes}`,
  ),
  optax(
    "cosine_distance(y, p, eps=0.0, axis=-1)",
    "1 less the cosine of the angle",
    "1 - _optax_cosine(y, p, eps, axis)",
    "cosine_distance",
    `predictions: p, targets: y, epsilon: eps = 0.0, ${axes}`,
  ),
  optax(
    "bce(y, z)",
    "the cross-entropy of sigmoid(z)",
    "-y*logsigmoid(z) - (1 - y)*logsigmoid(-z)",
    "sigmoid_binary_cross_entropy",
    logits,
  ),
  optax("hinge(y, p)", "max(0, 1 - y*p)", "maximum(0, 1 - p*y)", "hinge_loss", "predictor_outputs: p, targets: y"),
  optax("perceptron(y, p)", "max(0, -y*p)", "maximum(0, -p*y)", "perceptron_loss", "predictor_outputs: p, targets: y"),
  optax("sparsemax(y, z)", "sparse_plus of the signed score", "sparse_plus(where(y, -z, z))", "sparsemax_loss", logits),
  optax(
    "softmax(y, z, axis=-1)",
    "-sum of shares times log softmax(z)",
    "-sum(y*log_softmax(z, axis), axis=axis)",
    "softmax_cross_entropy",
    `${logits}, ${axes}`,
  ),
  optax(
    "safe_softmax(y, z)",
    "-sum of shares times log softmax(z), where the share is not 0",
    "-sum(where(y != 0, y*log_softmax(z), 0), axis=-1)",
    "safe_softmax_cross_entropy",
    logits,
  ),
  optax(
    "softmax_integer(y, z, axis=-1)",
    "-log softmax(z) at class y",
    "logsumexp(z, axis=axis) - squeeze(take_along(z, expand_dims(y, axis), axis), axis)",
    "softmax_cross_entropy_with_integer_labels",
    `${logits}, ${axes}`,
  ),
  optax(
    "multiclass_hinge(y, z)",
    "the best score, 1 added to the wrong ones, less the right one",
    `
    own = one_hot(y, z.shape[-1])
    amax(z + 1 - own, axis=-1) - sum(own*z, axis=-1)`,
    "multiclass_hinge_loss",
    "scores: z, labels: y",
  ),
  optax(
    "multiclass_perceptron(y, z)",
    "the best score less the right one",
    "amax(z, axis=-1) - sum(one_hot(y, z.shape[-1])*z, axis=-1)",
    "multiclass_perceptron_loss",
    "scores: z, labels: y",
  ),
  optax(
    "multiclass_sparsemax(y, z)",
    "the Fenchel-Young loss of sparsemax",
    `
    s = sparsemax(z)
    sum(s*z + 0.5*s*(1 - s), axis=-1) - sum(one_hot(y, z.shape[-1])*z, axis=-1)`,
    "multiclass_sparsemax_loss",
    "scores: z, labels: y",
  ),
  optax(
    "poly(y, z, eps=2.0, axis=-1)",
    "the cross-entropy plus eps times what the right classes lack to 1",
    "sum(eps*y*(1 - softmax(z, axis)), axis=axis) - sum(y*log_softmax(z, axis), axis=axis)",
    "poly_loss_cross_entropy",
    `${logits}, epsilon: eps = 2.0, ${axes}`,
  ),
  optax(
    "kl(y, lp, axis=-1)",
    "the sum of y*(log(y) - lp)",
    "sum(y*(where(y == 0, 0, log(y)) - lp), axis=axis)",
    "kl_divergence",
    `log_predictions: lp, targets: y, ${axes}`,
  ),
  optax(
    "kl_log(ly, lp, axis=-1)",
    "the sum of exp(ly)*(ly - lp)",
    "sum(exp(ly)*(ly - lp), axis=axis)",
    "kl_divergence_with_log_targets",
    `log_predictions: lp, log_targets: ly, ${axes}`,
  ),
  optax(
    "generalized_kl(y, lp, axis=-1)",
    "kl_divergence plus the difference of the sums",
    "_optax_kl(y, lp, axis) + sum(exp(lp) - y, axis=axis)",
    "generalized_kl_divergence,convex_kl_divergence",
    `log_predictions: lp, targets: y, ${axes}`,
  ),
  optax(
    "focal(y, z, alpha=None, gamma=2.0)",
    "the cross-entropy of sigmoid(z), less for what is already right",
    `
    s = sigmoid(z)
    l = _optax_bce(y, z)*(1 - (s*y + (1 - s)*(1 - y)))**gamma
    l if alpha is None else (alpha*y + (1 - alpha)*(1 - y))*l`,
    "sigmoid_focal_loss",
    `${logits}, alpha = None, gamma = 2.0`,
  ),
  optax(
    "ranking_softmax(y, z, w=None)",
    "-sum of relevance times log softmax(z), averaged over lists",
    "mean(-sum((y if w is None else y*w)*log_softmax(z), axis=-1))",
    "ranking_softmax_loss",
    `${logits}, where: ! = None, weights: w = None`,
  ),
  optax(
    "dice(y, z, w=None, smooth=1.0, alpha=0.5, beta=0.5, apply=True, reduction='mean', skip=False, axis=None)",
    "1 less the Tversky index of each class of an example, of the softmax of z",
    `
    u = expand_dims(z, -1) if ndim(y) == ndim(z) + 1 else z
    t = expand_dims(y, -1) if ndim(z) == ndim(y) + 1 else y
    p = u if not apply else sigmoid(u) if u.shape[-1] == 1 else softmax(u)
    over = [k for k in range(1, ndim(p) - 1)] if axis is None else axis
    hit = sum(p*t, axis=over)
    d = 1 - (hit + smooth)/(hit + alpha*(sum(p, axis=over) - hit) + beta*(sum(t, axis=over) - hit) + smooth)
    l = d if w is None else d*w
    l = l[..., 1:] if skip and p.shape[-1] > 1 else l
    mean(l, axis=-1) if reduction == 'mean' else sum(l, axis=-1) if reduction == 'sum' else l`,
    "dice_loss",
    "predictions: z, targets: y, class_weights: w = None, smooth = 1.0, alpha = 0.5, beta = 0.5, apply_softmax: apply = True, reduction = 'mean', ignore_background: skip = False, axis = None",
  ),
  optax(
    "binary_dice(y, z, smooth=1.0, apply=True)",
    "1 less the Dice coefficient of the sigmoid of z",
    `
    flat = z.shape[-1] != 1
    _optax_dice(expand_dims(y, -1) if flat else y, expand_dims(z, -1) if flat else z, None, smooth, 0.5, 0.5, apply)`,
    "binary_dice_loss",
    "predictions: z, targets: y, smooth = 1.0, apply_sigmoid: apply = True",
  ),
  optax(
    "generalized_dice(y, z, smooth=1.0, apply=True, skip=False)",
    "dice_loss with classes weighted by how rare they are",
    `
    w = 1/(sum(y, axis=[k for k in range(ndim(y) - 1)])**2 + 1e-7)
    mean(_optax_dice(y, z, w/sum(w)*y.shape[-1], smooth, 0.5, 0.5, apply, 'none', skip))`,
    "multiclass_generalized_dice_loss",
    "predictions: z, targets: y, smooth = 1.0, apply_softmax: apply = True, ignore_background: skip = False",
  ),
  optax(
    "triplet(anchor, positive, negative, axis=-1, degree=2, margin=1.0, eps=1e-6)",
    "max(0, d(anchor, positive) - d(anchor, negative) + margin)",
    `
    near = (sum((anchor - positive)**degree, axis=axis) + eps)**(1/degree)
    far = (sum((anchor - negative)**degree, axis=axis) + eps)**(1/degree)
    maximum(near - far + margin, 0)`,
    "triplet_margin_loss",
    "anchors: anchor, positives: positive, negatives: negative, axis = -1, norm_degree: degree = 2, margin = 1.0, eps = 1e-6",
  ),
  optax(
    "fenchel_young(f, y, z)",
    "f(z) less the product of targets and scores, for a function f that is greatest at its own targets",
    "f(z) - sum(y*z)",
    "make_fenchel_young_loss",
    "max_fun: f)(scores: z, targets: y",
  ),
  optax(
    "ntxent(y, x, tau=0.07)",
    "contrast of embeddings: rows of one label against all rows of others",
    `
    s = _optax_cosine(expand_dims(x, 0), expand_dims(x, 1), 2.220446049250313e-16)/tau
    same = expand_dims(y, 1) == expand_dims(y, 0)
    twin = same & (eye(x.shape[0]) == 0)
    others = logsumexp(where(same, -inf, s), axis=1, keepdims=True)
    -sum(where(twin, s - logaddexp(others, s), 0))/sum(twin)`,
    "ntxent",
    "embeddings: x, labels: y, temperature: tau = 0.07",
  ),
]
