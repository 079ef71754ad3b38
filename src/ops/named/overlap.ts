// Soft counts: overlap, F-scores and Tversky indices over probabilities, which carry a gradient, and their losses.
import { loss, metric } from "./composition.ts"

export const overlap = [
  metric("soft_f1(y, p)", "F1 counted with the probabilities themselves", "2*sum(y*p)/(sum(y) + sum(p))"),
  metric(
    "soft_fbeta(y, p, beta=1.0)",
    "F-beta counted with the probabilities themselves",
    "(1 + beta**2)*sum(y*p)/(beta**2*sum(y) + sum(p))",
  ),
  metric("soft_precision(y, p)", "precision counted with the probabilities themselves", "div_no_nan(sum(y*p), sum(p))"),
  metric("soft_recall(y, p)", "recall counted with the probabilities themselves", "div_no_nan(sum(y*p), sum(y))"),
  metric("soft_iou(y, p)", "overlap over union of probabilities", "sum(y*p)/(sum(y) + sum(p) - sum(y*p))"),
  metric(
    "soft_dice(y, p, smooth=0.0)",
    "twice the overlap over both sizes",
    "(2*sum(y*p) + smooth)/(sum(y) + sum(p) + smooth)",
  ),
  metric(
    "soft_mcc(y, p)",
    "Matthews' correlation counted with the probabilities themselves",
    `
    tp = sum(y*p)
    fp = sum((1 - y)*p)
    fn = sum(y*(1 - p))
    tn = sum((1 - y)*(1 - p))
    (tp*tn - fp*fn)/sqrt(maximum((tp + fp)*(tp + fn)*(tn + fp)*(tn + fn), 1e-12))`,
  ),
  metric(
    "tversky(y, p, alpha=0.5, beta=0.5, smooth=1.0)",
    "overlap where a false positive costs alpha and a false negative beta",
    "(sum(y*p) + smooth)/(sum(y*p) + alpha*sum((1 - y)*p) + beta*sum(y*(1 - p)) + smooth)",
  ),
  loss("f1_loss(y, p)", "1 less the soft F1", "1 - 2*sum(y*p)/(sum(y) + sum(p))"),
  loss(
    "dice_loss(y, p, smooth=1.0)",
    "1 less the soft Dice coefficient",
    "1 - (2*sum(y*p) + smooth)/(sum(y) + sum(p) + smooth)",
  ),
  loss(
    "squared_dice_loss(y, p, smooth=1.0)",
    "dice_loss with squared sizes, as in V-Net",
    "1 - (2*sum(y*p) + smooth)/(sum(y*y) + sum(p*p) + smooth)",
  ),
  loss(
    "iou_loss(y, p, smooth=1.0)",
    "1 less the soft overlap over union",
    "1 - (sum(y*p) + smooth)/(sum(y) + sum(p) - sum(y*p) + smooth)",
  ),
  loss(
    "tversky_loss(y, p, alpha=0.5, beta=0.5, smooth=1.0)",
    "1 less the Tversky index",
    "1 - tversky(y, p, alpha, beta, smooth)",
  ),
  loss(
    "focal_tversky_loss(y, p, alpha=0.7, beta=0.3, gamma=0.75, smooth=1.0)",
    "a power of the Tversky loss",
    "(1 - tversky(y, p, alpha, beta, smooth))**gamma",
  ),
  loss("log_cosh_dice_loss(y, p, smooth=1.0)", "log(cosh) of the Dice loss", "log(cosh(dice_loss(y, p, smooth)))"),
  loss(
    "combo_loss(y, p, share=0.5, smooth=1.0)",
    "cross-entropy and Dice loss together",
    "share*bce(y, p) + (1 - share)*dice_loss(y, p, smooth)",
  ),
  loss(
    "lovasz_hinge(y, z)",
    "the Lovasz extension of 1 - IoU over the hinge errors of logits",
    `
    e = flatten(1 - (2*y - 1)*z)
    order = argsort(e, -1, descending=True)
    t = take_along(flatten(y), order, -1)
    union = sum(t) + cumsum(1 - t, -1)
    j = 1 - (sum(t) - cumsum(t, -1))/union
    sum(relu(take_along(e, order, -1))*(j - concat([zeros(1), j[:-1]], 0)))`,
  ),
  loss(
    "box_iou_loss(y, p)",
    "1 less the overlap over union of boxes (x1, y1, x2, y2); constant where they do not meet",
    "mean(1 - _box_iou(y, p)[0])",
  ),
  loss(
    "giou_loss(y, p)",
    "box_iou_loss plus the empty share of the box around both, which draws separate boxes together",
    `
    iou, union = _box_iou(y, p)
    w = maximum(y[..., 2], p[..., 2]) - minimum(y[..., 0], p[..., 0])
    h = maximum(y[..., 3], p[..., 3]) - minimum(y[..., 1], p[..., 1])
    mean(1 - iou + (w*h - union)/(w*h))`,
  ),
  loss(
    "_box_iou(y, p)",
    "overlap over union of boxes, and the union",
    `
    w = relu(minimum(y[..., 2], p[..., 2]) - maximum(y[..., 0], p[..., 0]))
    h = relu(minimum(y[..., 3], p[..., 3]) - maximum(y[..., 1], p[..., 1]))
    union = (y[..., 2] - y[..., 0])*(y[..., 3] - y[..., 1]) + (p[..., 2] - p[..., 0])*(p[..., 3] - p[..., 1]) - w*h
    [w*h/union, union]`,
    undefined,
    { internal: true },
  ),
]
