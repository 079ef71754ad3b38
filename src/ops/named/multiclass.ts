// Losses over classes: y holds class numbers or shares, z logits, lp log-probabilities.
import { loss } from "./composition.ts"
import { torchLoss, unweighted } from "./torch.ts"

const classed =
  "weight: w = None, size_average: ! = True, ignore_index: ignore = -100, reduce: ! = True, reduction = 'mean'"
// torch counts classes along axis 1, or along the only axis; the last parameter says so and is never given.
const second = "_axis: axis = None"
const end = (text: string): string =>
  text
    .split("; ")
    .map((form) => `${form.slice(0, -1)}, ${second})`)
    .join("; ")

export const multiclass = [
  loss(
    "cross_entropy(y, z, w=None, ignore=None, smoothing=0, axis=-1, reduction='mean')",
    "-log softmax(z) at class y, or the cross-entropy with shares y",
    `
    k = (1 if ndim(z) > 1 else 0) if axis is None else axis
    lp = log_softmax(z, k)
    _nll_classes(y, lp, w, ignore, smoothing, k, reduction) if ndim(y) < ndim(z) else _nll_shares(y, lp, w, smoothing, k, reduction)`,
    end(
      torchLoss(
        "cross_entropy",
        "CrossEntropyLoss",
        "input: z, target: y",
        `${classed}, label_smoothing: smoothing = 0.0`,
      ),
    ),
  ),
  loss(
    "nll(y, lp, w=None, ignore=None, axis=-1, reduction='mean')",
    "minus the log-probability at class y",
    "_nll_classes(y, lp, w, ignore, 0, (1 if ndim(lp) > 1 else 0) if axis is None else axis, reduction)",
    end(
      `${torchLoss("nll_loss", "NLLLoss", "input: lp, target: y", classed)}; nn.NLLLoss2d(${classed})(input: lp, target: y)`,
    ),
  ),
  loss(
    "_nll_classes(y, lp, w, ignore, smoothing, axis, reduction)",
    "minus the log-probability at class y, with weights, a label to ignore, and smoothing",
    `
    n = lp.shape[axis]
    one = -squeeze(take_along(lp, expand_dims(y, axis), axis), axis)
    keep = 1 if ignore is None else float(y != ignore)
    own = one if ignore is None else where(y != ignore, one, 0)
    v = keep if w is None else keep*sum(one_hot(y, n)*w, axis=-1)
    even = 0 if smoothing == 0 else -keep*sum(lp if w is None else lp*_on_axis(w, lp, axis), axis=axis)/n
    l = own if w is None else own*v
    l = l if smoothing == 0 else (1 - smoothing)*l + smoothing*even
    sum(l)/sum(v) if reduction == 'mean' and not (w is None and ignore is None) else reduce(l, reduction)`,
    undefined,
    { internal: true },
  ),
  loss(
    "_nll_shares(y, lp, w, smoothing, axis, reduction)",
    "minus the sum of shares times log-probabilities",
    `
    t = y if smoothing == 0 else (1 - smoothing)*y + smoothing/lp.shape[axis]
    reduce(-sum(t*(lp if w is None else lp*_on_axis(w, lp, axis)), axis=axis), reduction)`,
    undefined,
    { internal: true },
  ),
  loss(
    "_on_axis(w, x, axis)",
    "a vector laid along one axis of x",
    "reshape(w, [-1 if k == axis % ndim(x) else 1 for k in range(ndim(x))])",
    undefined,
    { internal: true },
  ),
  loss(
    "_tf_cross_entropy(y, z, axis=-1)",
    "-sum of shares times log softmax(z)",
    "-sum(y*log_softmax(z, axis), axis=axis)",
    "tf.nn.softmax_cross_entropy_with_logits(labels: y, logits: z, axis = -1, name: _ = None); tf.nn.softmax_cross_entropy_with_logits_v2(labels: y, logits: z, axis = -1, name: _ = None)",
    { internal: true },
  ),
  loss(
    "_tf_sparse_cross_entropy(y, z)",
    "-log softmax(z) at class y",
    "-squeeze(take_along(log_softmax(z), expand_dims(y, -1), -1), -1)",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels: y, logits: z, name: _ = None)",
    { internal: true },
  ),
  loss("perplexity(y, z)", "exp of the cross-entropy", "exp(cross_entropy(y, z))"),
  loss(
    "categorical_cross_entropy(y, p, axis=-1)",
    "-sum of y*log(p) over the classes, averaged",
    "mean(-sum(y*log(p), axis=axis))",
  ),
  loss(
    "softmax_focal_loss(y, z, gamma=2.0)",
    "the cross-entropy of class y, less for what is already right",
    `
    lp = squeeze(take_along(log_softmax(z), expand_dims(y, -1), -1), -1)
    mean(-(1 - exp(lp))**gamma*lp)`,
  ),
  loss(
    "poly_loss(y, z, eps=1.0)",
    "the cross-entropy plus eps times what the right class lacks to 1",
    `
    lp = squeeze(take_along(log_softmax(z), expand_dims(y, -1), -1), -1)
    mean(-lp + eps*(1 - exp(lp)))`,
  ),
  loss(
    "generalized_cross_entropy(y, p, q=0.7)",
    "(1 - p[y]**q)/q: between cross-entropy and absolute error",
    "mean((1 - squeeze(take_along(p, expand_dims(y, -1), -1), -1)**q)/q)",
  ),
  loss(
    "categorical_hinge(y, p)",
    "the best wrong score less the right score, plus 1; y is one-hot",
    "mean(relu(amax((1 - y)*p, axis=-1) - sum(y*p, axis=-1) + 1))",
  ),
  loss(
    "multi_margin(y, z, power=1, margin=1.0, w=None, reduction='mean')",
    "the mean over classes of what each lacks to stay a margin below class y",
    `
    n = z.shape[-1]
    own = one_hot(y, n)
    gap = (1 - own)*relu(margin - sum(own*z, axis=-1, keepdims=True) + z)**power
    reduce(sum(gap if w is None else gap*sum(own*w, axis=-1, keepdims=True), axis=-1)/n, reduction)`,
    torchLoss(
      "multi_margin_loss",
      "MultiMarginLoss",
      "input: z, target: y",
      `p: power = 1, margin = 1.0, weight: w = None, ${unweighted}`,
    ),
  ),
  loss(
    "multilabel_margin(y, z, reduction='mean')",
    "what each listed class lacks to lead each other by 1; lists y end at -1",
    `
    n = z.shape[-1]
    valid = expand_dims(cumprod(float(y >= 0), -1), -1)
    hot = one_hot(y, n)*valid
    listed = amax(hot, axis=-2, keepdims=True)
    row = expand_dims(z, -2)
    gap = relu(1 - (sum(hot*row, axis=-1, keepdims=True) - row))
    reduce(sum(gap*valid*(1 - listed), axis=[-2, -1])/n, reduction)`,
    torchLoss("multilabel_margin_loss", "MultiLabelMarginLoss", "input: z, target: y", unweighted),
  ),
  loss(
    "label_smoothing(y, z, a=0.1)",
    "the cross-entropy with labels moved a share a towards equal shares",
    "cross_entropy(y, z, smoothing=a)",
  ),
  loss(
    "list_net(y, z)",
    "the cross-entropy of softmax(z) with softmax(y), for ranking",
    "mean(-sum(softmax(y)*log_softmax(z), axis=-1))",
  ),
]
