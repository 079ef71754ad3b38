// Losses of labels y in {0, 1} or {-1, 1}: cross-entropy on probabilities p or logits z, focal forms, margins.
import { loss } from "./composition.ts"
import { torchLoss, unweighted, weighted } from "./torch.ts"

/** Labels 0 and 1 become -1 and 1; others stay. */
const signed = "t = where(all((y == 0) | (y == 1)), 2*y - 1, y)"

export const binary = [
  loss(
    "bce(y, p, w=None, reduction='mean')",
    "the binary cross-entropy of probabilities, each logarithm cut off at -100",
    `
    l = _bce(p, y)
    reduce(l if w is None else w*l, reduction)`,
    torchLoss("binary_cross_entropy", "BCELoss", "input: p, target: y", weighted),
  ),
  loss(
    "bce_with_logits(y, z, w=None, pos_weight=None, reduction='mean')",
    "the binary cross-entropy of sigmoid(z), exact for large z",
    `
    l = _bce_logits(z, y, 1 if pos_weight is None else pos_weight)
    reduce(l if w is None else w*l, reduction)`,
    `${torchLoss("binary_cross_entropy_with_logits", "BCEWithLogitsLoss", "input: z, target: y", `${weighted}, pos_weight = None`)}; tf.nn.sigmoid_cross_entropy_with_logits(labels: y = None, logits: z = None, name: _ = None, _reduction: reduction = 'none')`,
  ),
  loss(
    "_tf_weighted_bce(y, z, q)",
    "tf.nn.weighted_cross_entropy_with_logits, whose slope at z = 0 is not the true one",
    "(1 - y)*z + (1 + (q - 1)*y)*(log1p(exp(-abs(z))) + relu(-z))",
    "tf.nn.weighted_cross_entropy_with_logits(labels: y, logits: z, pos_weight: q, name: _ = None)",
    { internal: true },
  ),
  loss(
    "focal_loss(y, p, gamma=2.0, alpha=0.25, reduction='mean')",
    "the binary cross-entropy, less for what is already right; alpha weighs the ones",
    `
    right = y*p + (1 - y)*(1 - p)
    share = 1 if alpha is None else y*alpha + (1 - y)*(1 - alpha)
    reduce(share*(1 - right)**gamma*_bce(p, y), reduction)`,
  ),
  loss(
    "focal_loss_with_logits(y, z, gamma=2.0, alpha=0.25, reduction='mean')",
    "focal_loss of sigmoid(z), exact for large z",
    `
    p = sigmoid(z)
    right = y*p + (1 - y)*(1 - p)
    share = 1 if alpha is None or alpha < 0 else y*alpha + (1 - y)*(1 - alpha)
    reduce(share*(1 - right)**gamma*_bce_logits(z, y), reduction)`,
    "torchvision.ops.sigmoid_focal_loss(inputs: z, targets: y, alpha = 0.25, gamma = 2.0, reduction = 'none')",
  ),
  loss(
    "asymmetric_loss(y, z, gamma_pos=1.0, gamma_neg=4.0, shift=0.05)",
    "focal cross-entropy whose exponent differs for ones and zeros; easy zeros are dropped",
    `
    p = sigmoid(z)
    q = relu(p - shift)
    mean(-y*(1 - p)**gamma_pos*logsigmoid(z) - (1 - y)*q**gamma_neg*log(1 - q))`,
  ),
  loss(
    "hinge(y, p)",
    "the mean of max(0, 1 - y*p); labels 0 and 1 count as -1 and 1",
    `${signed}\nmean(relu(1 - t*p))`,
  ),
  loss(
    "squared_hinge(y, p)",
    "the mean of max(0, 1 - y*p)**2; labels 0 and 1 count as -1 and 1",
    `${signed}\nmean(square(relu(1 - t*p)))`,
  ),
  loss(
    "modified_huber(y, p)",
    "squared_hinge that goes on in a straight line where p is badly wrong",
    `${signed}\nmean(where(t*p >= -1, square(relu(1 - t*p)), -4*t*p))`,
  ),
  loss("perceptron_loss(y, p)", "the mean of max(0, -y*p)", `${signed}\nmean(relu(-t*p))`),
  loss(
    "logistic_loss(y, z)",
    "log(1 + exp(-y*z)); labels 0 and 1 count as -1 and 1",
    `${signed}\nmean(softplus(-t*z))`,
  ),
  loss("exponential_loss(y, z)", "exp(-y*z), as in boosting", `${signed}\nmean(exp(-t*z))`),
  loss(
    "soft_margin(y, z, reduction='mean')",
    "log(1 + exp(-y*z)) for labels -1 and 1, as torch computes it",
    "reduce(log(1 + exp(-y*z)), reduction)",
    torchLoss("soft_margin_loss", "SoftMarginLoss", "input: z, target: y", unweighted),
  ),
  loss(
    "multilabel_soft_margin(y, z, w=None, reduction='mean')",
    "the binary cross-entropy of each label, averaged over the labels",
    `
    l = -(y*logsigmoid(z) + (1 - y)*logsigmoid(-z))
    reduce(mean(l if w is None else w*l, axis=-1), reduction)`,
    torchLoss("multilabel_soft_margin_loss", "MultiLabelSoftMarginLoss", "input: z, target: y", weighted),
  ),
  loss(
    "brier(y, p)",
    "the mean squared difference of probability and label",
    "mean(square(p - y))",
    "metrics.brier_score_loss(y_true: y, y_prob: p, sample_weight: ! = None, pos_label: ! = None)",
  ),
  loss(
    "auc_loss(y, p)",
    "over pairs of a one and a zero, log(1 + exp(-difference))",
    `
    pairs = expand_dims(y, -1)*(1 - expand_dims(y, -2))
    div_no_nan(sum(pairs*softplus(expand_dims(p, -2) - expand_dims(p, -1))), sum(pairs))`,
  ),
]
