// Keras' own metrics: accuracies row by row and as classes, counts over thresholds, overlap of classes.
import type { Surrogate } from "../record.ts"
import { instead, metric } from "./composition.ts"

const truths = "y_true: y, y_pred: p"
const tail = "name: _ = None, dtype: _ = None"
const weight = "sample_weight: w = None"
const average = "_reduction: reduction = 'mean_with_sample_weight'"

/** keras.metrics.f(y_true, y_pred, options) row by row, and keras.metrics.F(…)(y_true, y_pred) averaged. */
const forms = (functions: string, className: string, options = ""): string => {
  const more = options ? `, ${options}` : ""
  const called = `keras.metrics.${className}(${tail}${more})(${truths}, ${weight}, ${average})`
  return functions ? `keras.metrics.${functions}(${truths}${more}); ${called}` : called
}
/** A class whose result is one number, without weights. */
const single = (className: string, options: string): string =>
  `keras.metrics.${className}(${options}${options ? ", " : ""}${tail})(${truths}, sample_weight: ! = None)`

const accuracy = (call: string, says: string, l: string, names: string, losses: readonly Surrogate[]) =>
  metric(
    `_keras_${call.slice(0, -1)}, reduction='none', w=None)`,
    says,
    `l = ${l}\n_keras_reduce(l, reduction, w)`,
    names,
    { internal: true, ...instead(losses) },
  )
const binary: readonly Surrogate[] = [
  { text: "the cross-entropy of the probabilities", write: "bce(y, p)", when: "(p >= 0) & (p <= 1)" },
  { text: "the cross-entropy of the logits", write: "bce_with_logits(y, p)" },
]
const classes: readonly Surrogate[] = [
  { text: "the cross-entropy of the scores of all classes", write: "cross_entropy(y, p)" },
]
const soft = (name: string, write: string): readonly Surrogate[] => [
  { text: `count with the probabilities themselves (soft ${name})`, write },
]
const count = "thresholds: threshold = 0.5"

export const kerasMetrics = [
  accuracy(
    "accuracy(y, p)",
    "the share of entries that are equal",
    "mean(y == p, axis=-1)",
    forms("", "Accuracy"),
    binary,
  ),
  accuracy(
    "binary_accuracy(y, p, threshold=0.5)",
    "the share of each row on the right side of the threshold",
    "mean(y == (p > threshold), axis=-1)",
    forms("binary_accuracy", "BinaryAccuracy", "threshold = 0.5"),
    binary,
  ),
  accuracy(
    "categorical_accuracy(y, p)",
    "whether the largest score is where y is largest",
    "float(argmax(y, axis=-1) == argmax(p, axis=-1))",
    forms("categorical_accuracy", "CategoricalAccuracy"),
    classes,
  ),
  accuracy(
    "sparse_categorical_accuracy(y, p)",
    "whether the largest score is at class y",
    "float((squeeze(y, -1) if ndim(y) == ndim(p) and y.shape[-1] == 1 else y) == argmax(p, axis=-1))",
    forms("sparse_categorical_accuracy", "SparseCategoricalAccuracy"),
    classes,
  ),
  accuracy(
    "top_k_accuracy(y, p, k=5)",
    "whether fewer than k scores exceed the one where y is largest",
    "float(sum(p > take_along(p, argmax(y, axis=-1, keepdims=True), -1), axis=-1) < k)",
    forms("top_k_categorical_accuracy", "TopKCategoricalAccuracy", "k = 5"),
    classes,
  ),
  accuracy(
    "sparse_top_k_accuracy(y, p, k=5)",
    "whether fewer than k scores exceed the one of class y",
    "float(sum(p > take_along(p, expand_dims(y, -1), -1), axis=-1) < k)",
    `${forms("sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy", "k = 5")}; {tf.math,keras.ops}.in_top_k(targets: y, predictions: p, k, name: _ = None); tf.nn.in_top_k(targets: y, predictions: p, k, name: _ = None); K.in_top_k(predictions: p, targets: y, k)`,
    classes,
  ),
  metric(
    "_keras_precision(y, p, threshold=0.5)",
    "the share of ones among those decided as ones",
    "precision(y, p, threshold)",
    single("Precision", `${count}, top_k: ! = None, class_id: ! = None`),
    { internal: true, ...instead(soft("precision", "1 - sum(y*p)/(sum(p) + 1e-7)")) },
  ),
  metric(
    "_keras_recall(y, p, threshold=0.5)",
    "the share of the ones that are found",
    "recall(y, p, threshold)",
    single("Recall", `${count}, top_k: ! = None, class_id: ! = None`),
    { internal: true, ...instead(soft("recall", "1 - sum(y*p)/(sum(y) + 1e-7)")) },
  ),
  metric(
    "_keras_fbeta(y, p, average=None, beta=1.0, threshold=None)",
    "F-beta of each class, or their mean; the largest score of a row decides unless a threshold does",
    `
    h = float(p == amax(p, axis=-1, keepdims=True) if threshold is None else p > threshold)
    axis = None if average == 'micro' else 0
    tp = sum(y*h, axis=axis)
    precise = tp/(tp + sum((1 - y)*h, axis=axis) + 1e-7)
    found = tp/(tp + sum(y*(1 - h), axis=axis) + 1e-7)
    f = (1 + beta**2)*precise*found/(beta**2*precise + found + 1e-7)
    mean(f) if average == 'macro' else sum(f*sum(y, axis=0)/sum(y)) if average == 'weighted' else f`,
    `${single("FBetaScore", "average = None, beta = 1.0, threshold = None")}; ${single("F1Score", "average = None, threshold = None")}`,
    { internal: true, ...instead(soft("F-beta", "1 - (1 + beta**2)*sum(y*p)/(beta**2*sum(y) + sum(p))")) },
  ),
  metric(
    "_keras_iou(y, p, classes)",
    "overlap over union of class numbers, averaged over the classes asked for",
    `
    a = expand_dims(y, -1) == tensor(classes)
    b = expand_dims(p, -1) == tensor(classes)
    over = [k for k in range(ndim(y))]
    both = sum(a & b, axis=over)
    union = sum(a | b, axis=over)
    sum(div_no_nan(both, union))/sum(union > 0)`,
    `${single("IoU", "num_classes: _, target_class_ids: classes, ignore_class: ! = None, sparse_y_true: _ = True, sparse_y_pred: _ = True, axis: ! = -1")}`,
    { internal: true },
  ),
  metric(
    "_keras_mean_iou(y, p, n)",
    "overlap over union of class numbers, averaged over the classes that occur",
    "_keras_iou(y, p, [k for k in range(n)])",
    single("MeanIoU", "num_classes: n"),
    { internal: true },
  ),
  metric(
    "_keras_binary_iou(y, p, classes=(0, 1), threshold=0.5)",
    "overlap over union of the ones and of the zeros that p decides by a threshold",
    "_keras_iou(y, float(p >= threshold), classes)",
    single("BinaryIoU", "target_class_ids: classes = (0, 1), threshold = 0.5"),
    { internal: true, ...instead(soft("IoU", "1 - sum(y*p)/(sum(y) + sum(p) - sum(y*p))")) },
  ),
  metric(
    "_keras_one_hot_iou(y, p, n)",
    "overlap over union of one-hot labels and the largest scores",
    "_keras_mean_iou(argmax(y, axis=-1), argmax(p, axis=-1), n)",
    single("OneHotMeanIoU", "num_classes: n"),
    { internal: true, ...instead(classes) },
  ),
  metric(
    "_keras_one_hot_class_iou(y, p, classes)",
    "overlap over union of one-hot labels and the largest scores, for the classes asked for",
    "_keras_iou(argmax(y, axis=-1), argmax(p, axis=-1), classes)",
    single("OneHotIoU", "num_classes: _, target_class_ids: classes"),
    { internal: true, ...instead(classes) },
  ),
  metric(
    "_keras_pearson(y, p, axis=-1)",
    "the correlation of each row, averaged",
    `
    a = y - mean(y, axis=axis, keepdims=True)
    b = p - mean(p, axis=axis, keepdims=True)
    mean(sum(l2_normalize(a, axis, 1e-14)*l2_normalize(b, axis, 1e-14), axis=axis))`,
    single("PearsonCorrelation", "axis = -1"),
    { internal: true },
  ),
  metric(
    "_keras_concordance(y, p, axis=-1)",
    "the concordance correlation of each row, averaged",
    `
    a = mean(y, axis=axis, keepdims=True)
    b = mean(p, axis=axis, keepdims=True)
    mean(2*mean((y - a)*(p - b), axis=axis)/(var(y, axis=axis) + var(p, axis=axis) + squeeze(square(a - b), axis) + 1e-7))`,
    single("ConcordanceCorrelation", "axis = -1"),
    { internal: true },
  ),
  metric(
    "_keras_auc(y, p)",
    "the share of pairs of a one and a zero in which the one scores higher",
    "auc(flatten(y), flatten(p))",
    single("AUC", "num_thresholds: _ = 200, curve: _ = 'ROC', summation_method: _ = 'interpolation'"),
    {
      internal: true,
      ...instead([
        { text: "the logistic loss of every pair of a one and a zero", write: "auc_loss(flatten(y), flatten(p))" },
      ]),
    },
  ),
  ...(["true_positives", "false_positives", "false_negatives", "true_negatives"] as const).map((name) =>
    metric(
      `_keras_${name}(y, p, threshold=0.5)`,
      "how many decisions there are of this kind",
      `${name}(y, p, threshold)`,
      single(
        name.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase()),
        count,
      ),
      { internal: true, ...(name.startsWith("true") ? instead(binary) : { instead: binary }) },
    ),
  ),
  metric(
    "_keras_rmse(y, p)",
    "the root of the mean squared error",
    "sqrt(mean(square(y - p)))",
    single("RootMeanSquaredError", ""),
    {
      internal: true,
    },
  ),
  metric(
    "_keras_r2(y, p)",
    "1 less the squared error as a share of the variance",
    "mean(1 - sum(square(y - p), axis=0)/sum(square(y - mean(y, axis=0)), axis=0))",
    `keras.metrics.R2Score(class_aggregation: ! = 'uniform_average', num_regressors: _ = 0, ${tail})(${truths}, sample_weight: ! = None)`,
    { internal: true },
  ),
]
