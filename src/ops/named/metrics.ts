// Metrics that count decisions, and so have no gradient; each names losses to train on instead.
import type { Surrogate } from "../record.ts"
import { instead, metric } from "./composition.ts"

const sk = "sample_weight: ! = None"
const binary = `labels: ! = None, pos_label: ! = 1, average: ! = 'binary', ${sk}, zero_division: _ = 'warn'`
const labels = "y_true: y, y_pred: p"
const unit = "(p >= 0) & (p <= 1)"

/** Every surrogate is a loss: less is better, though most metrics are better when larger. */
const crossEntropy: readonly Surrogate[] = [
  { text: "the cross-entropy of the probabilities", write: "bce(y, p)", when: unit },
  { text: "the cross-entropy of the logits", write: "bce_with_logits(y, p)" },
]
const classes: readonly Surrogate[] = [
  { text: "the cross-entropy of the scores of all classes", write: "cross_entropy(y, p)" },
]
const soft = (name: string, write: string): readonly Surrogate[] => [
  { text: `count with the probabilities themselves (soft ${name})`, write, when: unit },
  { text: "the cross-entropy of the probabilities", write: "bce(y, p)", when: unit },
]
const f1 = soft("F1", "1 - 2*sum(y*p)/(sum(y) + sum(p))")
const iou = soft("IoU", "1 - sum(y*p)/(sum(y) + sum(p) - sum(y*p))")

const counts = `
    h = p > threshold
    tp = sum(y*h)
    fp = sum((1 - y)*h)
    fn = sum(y*(1 - h))`
const table = `${counts}
    tn = sum((1 - y)*(1 - h))`

export const metrics = [
  metric(
    "accuracy(y, p, threshold=0.5)",
    "the share of right decisions: the largest score of the classes, or p above the threshold",
    "mean(argmax(p, axis=-1) == y if ndim(p) > ndim(y) else (p > threshold) == y)",
    undefined,
    instead([
      ...crossEntropy.map((s) => ({ ...s, when: `(ndim(p) == ndim(y)) & (${s.when ?? "True"})` })),
      { ...classes[0]!, when: "ndim(p) > ndim(y)" },
    ]),
  ),
  metric(
    "binary_accuracy(y, p, threshold=0.5)",
    "the share of p on the right side of the threshold",
    "mean((p > threshold) == y)",
    undefined,
    instead(crossEntropy),
  ),
  metric(
    "categorical_accuracy(y, p)",
    "the share of rows whose largest score is where y, one-hot, is largest",
    "mean(argmax(y, axis=-1) == argmax(p, axis=-1))",
    undefined,
    instead([{ text: "the cross-entropy of the scores", write: "cross_entropy(y, p)" }]),
  ),
  metric(
    "sparse_categorical_accuracy(y, p)",
    "the share of rows whose largest score is at class y",
    "mean(argmax(p, axis=-1) == y)",
    undefined,
    instead(classes),
  ),
  metric(
    "top_k_accuracy(y, p, k=5)",
    "the share of rows in which fewer than k scores exceed the one of class y",
    "mean(sum(p > take_along(p, expand_dims(y, -1), -1), axis=-1) < k)",
    "metrics.top_k_accuracy_score(y_true: y, y_score: p, k = 2, normalize: ! = True, sample_weight: ! = None, labels: ! = None)",
    instead(classes),
  ),
  metric(
    "f1(y, p, threshold=0.5)",
    "twice the hits over the ones in y and the ones decided",
    `
    h = p > threshold
    div_no_nan(2*sum(y*h), sum(y) + sum(h))`,
    `metrics.f1_score(${labels}, ${binary})`,
    instead(f1),
  ),
  metric(
    "fbeta(y, p, beta=1.0, threshold=0.5)",
    "F1 in which recall counts beta times",
    `
    h = p > threshold
    div_no_nan((1 + beta**2)*sum(y*h), beta**2*sum(y) + sum(h))`,
    `metrics.fbeta_score(${labels}, beta, ${binary})`,
    instead(soft("F-beta", "1 - (1 + beta**2)*sum(y*p)/(beta**2*sum(y) + sum(p))")),
  ),
  metric(
    "precision(y, p, threshold=0.5)",
    "the share of ones among those decided as ones",
    `
    h = p > threshold
    div_no_nan(sum(y*h), sum(h))`,
    `metrics.precision_score(${labels}, ${binary})`,
    instead(soft("precision", "1 - sum(y*p)/(sum(p) + 1e-7)")),
  ),
  metric(
    "recall(y, p, threshold=0.5)",
    "the share of the ones that are found",
    `
    h = p > threshold
    div_no_nan(sum(y*h), sum(y))`,
    `metrics.recall_score(${labels}, ${binary})`,
    instead(soft("recall", "1 - sum(y*p)/(sum(y) + 1e-7)")),
  ),
  metric(
    "specificity(y, p, threshold=0.5)",
    "the share of the zeros that are left alone",
    `
    h = p > threshold
    div_no_nan(sum((1 - y)*(1 - h)), sum(1 - y))`,
    undefined,
    instead(soft("specificity", "1 - sum((1 - y)*(1 - p))/(sum(1 - y) + 1e-7)")),
  ),
  metric(
    "iou(y, p, threshold=0.5)",
    "overlap over union, also called the Jaccard index",
    `
    h = p > threshold
    div_no_nan(sum(y*h), sum(y) + sum(h) - sum(y*h))`,
    `metrics.jaccard_score(${labels}, ${binary})`,
    instead(iou),
  ),
  metric(
    "dice(y, p, threshold=0.5)",
    "twice the overlap over both sizes: F1 of a region",
    `
    h = p > threshold
    div_no_nan(2*sum(y*h), sum(y) + sum(h))`,
    undefined,
    instead([{ text: "the Dice loss over probabilities", write: "dice_loss(y, p)", when: unit }, ...f1]),
  ),
  metric(
    "balanced_accuracy(y, p, threshold=0.5)",
    "the mean of recall and specificity",
    `${table}
    0.5*(div_no_nan(tp, tp + fn) + div_no_nan(tn, tn + fp))`,
    `metrics.balanced_accuracy_score(${labels}, ${sk}, adjusted: _ = False)`,
    instead(soft("balanced accuracy", "1 - 0.5*(sum(y*p)/(sum(y) + 1e-7) + sum((1 - y)*(1 - p))/(sum(1 - y) + 1e-7))")),
  ),
  metric(
    "mcc(y, p, threshold=0.5)",
    "Matthews' correlation of label and decision",
    `${table}
    div_no_nan(tp*tn - fp*fn, sqrt((tp + fp)*(tp + fn)*(tn + fp)*(tn + fn)))`,
    `metrics.matthews_corrcoef(${labels}, ${sk})`,
    instead([
      { text: "count with the probabilities themselves (soft MCC)", write: "1 - soft_mcc(y, p)", when: unit },
      ...crossEntropy,
    ]),
  ),
  metric(
    "cohen_kappa(y, p, threshold=0.5)",
    "agreement of label and decision beyond chance",
    `${table}
    div_no_nan(2*(tp*tn - fn*fp), (tp + fp)*(fp + tn) + (tp + fn)*(fn + tn))`,
    "metrics.cohen_kappa_score(y1: y, y2: p, labels: ! = None, weights: ! = None, sample_weight: ! = None)",
    instead(crossEntropy),
  ),
  metric(
    "true_positives(y, p, threshold=0.5)",
    "how many ones are decided as ones",
    "sum(y*(p > threshold))",
    undefined,
    instead(soft("count", "-sum(y*p)")),
  ),
  metric(
    "false_positives(y, p, threshold=0.5)",
    "how many zeros are decided as ones",
    "sum((1 - y)*(p > threshold))",
    undefined,
    { instead: soft("count", "sum((1 - y)*p)") },
  ),
  metric(
    "false_negatives(y, p, threshold=0.5)",
    "how many ones are decided as zeros",
    "sum(y*(p <= threshold))",
    undefined,
    { instead: soft("count", "sum(y*(1 - p))") },
  ),
  metric(
    "true_negatives(y, p, threshold=0.5)",
    "how many zeros are decided as zeros",
    "sum((1 - y)*(p <= threshold))",
    undefined,
    instead(soft("count", "-sum((1 - y)*(1 - p))")),
  ),
  metric("error_rate(y, p, threshold=0.5)", "the share of wrong decisions", "mean((p > threshold) != y)", undefined, {
    instead: crossEntropy,
  }),
  metric(
    "exact_match(y, p, w=None, normalize=True)",
    "the share of labels p equal to y; rows of labels must agree as a whole",
    `
    hit = float(all(y == p, axis=-1) if ndim(y) > 1 else y == p)
    (sum(hit) if w is None else sum(w*hit)) if not normalize else mean(hit) if w is None else sum(w*hit)/sum(w)`,
    `metrics.accuracy_score(${labels}, normalize = True, sample_weight: w = None)`,
    instead(crossEntropy),
  ),
  metric(
    "zero_one(y, p, w=None, normalize=True)",
    "the share of labels p that differ from y",
    `
    miss = float(any(y != p, axis=-1) if ndim(y) > 1 else y != p)
    (sum(miss) if w is None else sum(w*miss)) if not normalize else mean(miss) if w is None else sum(w*miss)/sum(w)`,
    `metrics.zero_one_loss(${labels}, normalize = True, sample_weight: w = None)`,
    { instead: crossEntropy },
  ),
  metric(
    "hamming(y, p)",
    "the share of entries of p that differ from y",
    "mean(y != p)",
    `metrics.hamming_loss(${labels}, ${sk})`,
    {
      instead: crossEntropy,
    },
  ),
]
