// Metrics with a value for each prediction or rank: regression scores, correlations, orders.
import type { Surrogate } from "../record.ts"
import { instead, metric } from "./composition.ts"

const labels = "y_true: y, y_pred: p"
const weight = "sample_weight: w = None"
const uniform = "multioutput: ! = 'uniform_average'"
const average = (l: string): string => `mean(${l}) if w is None else sum(_rows(w, y)*${l})/sum(_rows(w, y) + 0*y)`
/** sklearn gives the root of it where squared is False. */
const rooted = (l: string): string => `
    l = ${average(l)}
    l if squared else sqrt(l)`

const pairwise: readonly Surrogate[] = [
  { text: "the logistic loss of every pair of a one and a zero", write: "auc_loss(y, p)" },
  { text: "the cross-entropy of the probabilities", write: "bce(y, p)", when: "(p >= 0) & (p <= 1)" },
]
const ranking: readonly Surrogate[] = [
  {
    text: "the cross-entropy of the softmax of the scores with the shares of relevance (ListNet)",
    write: "list_net(y, p)",
  },
]
const correlation: readonly Surrogate[] = [
  { text: "the correlation of the values instead of their ranks", write: "1 - pearson(y, p)" },
]

export const scores = [
  metric("_rows(w, y)", "weights of rows beside entries", "expand_dims(w, -1) if ndim(y) > ndim(w) else w", undefined, {
    internal: true,
  }),
  metric(
    "_sk_mse(y, p, w=None, squared=True)",
    "the weighted mean of squared errors",
    rooted("square(y - p)"),
    `metrics.mean_squared_error(${labels}, ${weight}, ${uniform}, squared = True); metrics.root_mean_squared_error(${labels}, ${weight}, ${uniform}, _squared: squared = False)`,
    { internal: true },
  ),
  metric(
    "_sk_msle(y, p, w=None, squared=True)",
    "the weighted mean of squared errors of log(1 + x)",
    rooted("square(log1p(y) - log1p(p))"),
    `metrics.mean_squared_log_error(${labels}, ${weight}, ${uniform}, squared = True); metrics.root_mean_squared_log_error(${labels}, ${weight}, ${uniform}, _squared: squared = False)`,
    { internal: true },
  ),
  metric(
    "_sk_mae(y, p, w=None)",
    "the weighted mean of absolute errors",
    average("abs(p - y)"),
    `metrics.mean_absolute_error(${labels}, ${weight}, ${uniform})`,
    { internal: true },
  ),
  metric(
    "_sk_mape(y, p, w=None)",
    "the weighted mean of errors as shares of the target",
    average("(abs(p - y)/maximum(abs(y), 2.220446049250313e-16))"),
    `metrics.mean_absolute_percentage_error(${labels}, ${weight}, ${uniform})`,
    { internal: true },
  ),
  metric(
    "_sk_pinball(y, p, w=None, alpha=0.5)",
    "the weighted mean of the quantile loss",
    average("maximum(alpha*(y - p), (alpha - 1)*(y - p))"),
    `metrics.mean_pinball_loss(${labels}, ${weight}, alpha = 0.5, ${uniform})`,
    { internal: true },
  ),
  metric(
    "_sk_log_loss(y, p, w=None, normalize=True, eps=2.220446049250313e-16)",
    "the cross-entropy of probabilities held within eps of 0 and 1",
    `
    q = clip(p, eps, 1 - eps)
    l = -(y*log(q) + (1 - y)*log(1 - q)) if ndim(p) == ndim(y) and ndim(p) == 1 else -sum((y if ndim(p) == ndim(y) else one_hot(y, p.shape[-1]))*log(q/sum(q, axis=-1, keepdims=True)), axis=-1)
    (sum(l) if w is None else sum(w*l)) if not normalize else mean(l) if w is None else sum(w*l)/sum(w)`,
    `metrics.log_loss(${labels}, eps: _ = 'auto', normalize = True, ${weight}, labels: ! = None)`,
    { internal: true },
  ),
  metric(
    "_sk_hinge(y, p)",
    "the hinge loss of labels 0 and 1 or -1 and 1; of class numbers, against the best other class",
    "hinge(y, p) if ndim(p) == ndim(y) else mean(relu(1 - sum(one_hot(y, p.shape[-1])*p, axis=-1) + amax(where(one_hot(y, p.shape[-1]) == 1, -inf, p), axis=-1)))",
    "metrics.hinge_loss(y_true: y, pred_decision: p, labels: ! = None, sample_weight: ! = None)",
    { internal: true },
  ),
  metric(
    "_share_explained(e, v)",
    "1 - e/v; where v is 0, 1 for no error and 0 for any",
    "where(v == 0, where(e == 0, 1, 0), 1 - div_no_nan(e, v))",
    undefined,
    { internal: true },
  ),
  metric("max_error(y, p)", "the largest error", "amax(abs(y - p))", `metrics.max_error(${labels})`),
  metric(
    "median_absolute_error(y, p)",
    "the middle error: all others carry no gradient",
    "median(abs(y - p))",
    `metrics.median_absolute_error(${labels}, ${uniform}, sample_weight: ! = None)`,
  ),
  metric(
    "r2(y, p)",
    "1 less the squared error as a share of the variance",
    "_share_explained(sum(square(y - p)), sum(square(y - mean(y))))",
    `metrics.r2_score(${labels}, sample_weight: ! = None, ${uniform}, force_finite: _ = True)`,
  ),
  metric(
    "explained_variance(y, p)",
    "1 less the variance of the error as a share of the variance",
    "_share_explained(var(y - p), var(y))",
    `metrics.explained_variance_score(${labels}, sample_weight: ! = None, ${uniform}, force_finite: _ = True)`,
  ),
  metric(
    "tweedie_deviance(y, p, w=None, power=0)",
    "the mean deviance of a Tweedie distribution: 0 is the squared error, 1 Poisson, 2 gamma",
    `
    l = square(y - p) if power == 0 else 2*(xlogy(y, y/p) - y + p) if power == 1 else 2*(log(p/y) + y/p - 1) if power == 2 else 2*((relu(y) if power < 0 else y)**(2 - power)/((1 - power)*(2 - power)) - y*p**(1 - power)/(1 - power) + p**(2 - power)/(2 - power))
    ${average("l")}`,
    `metrics.mean_tweedie_deviance(${labels}, ${weight}, power = 0); metrics.mean_poisson_deviance(${labels}, ${weight}, _power: power = 1); metrics.mean_gamma_deviance(${labels}, ${weight}, _power: power = 2)`,
  ),
  metric(
    "d2_tweedie(y, p, power=0)",
    "1 less the deviance as a share of the mean's deviance",
    "1 - tweedie_deviance(y, p, power=power)/tweedie_deviance(y, mean(y) + 0*y, power=power)",
    `metrics.d2_tweedie_score(${labels}, sample_weight: ! = None, power = 0)`,
  ),
  metric(
    "d2_pinball(y, p, alpha=0.5)",
    "1 less the quantile loss as a share of the quantile's own",
    "1 - _sk_pinball(y, p, alpha=alpha)/_sk_pinball(y, quantile(y, alpha) + 0*y, alpha=alpha)",
    `metrics.d2_pinball_score(${labels}, sample_weight: ! = None, alpha = 0.5, ${uniform}); metrics.d2_absolute_error_score(${labels}, sample_weight: ! = None, ${uniform})`,
  ),
  metric(
    "psnr(y, p, top=1.0)",
    "the peak signal to noise ratio in decibels",
    "10*log10(top**2/mean(square(y - p)))",
    "keras.ops.psnr(x1: y, x2: p, max_val: top); tf.image.psnr(a: y, b: p, max_val: top, name: _ = None)",
  ),
  metric(
    "pearson(y, p)",
    "the correlation of y and p",
    `
    a = y - mean(y)
    b = p - mean(p)
    div_no_nan(sum(a*b), norm2(a)*norm2(b))`,
  ),
  metric(
    "concordance(y, p)",
    "the concordance correlation: agreement in value as well as in direction",
    "2*mean((y - mean(y))*(p - mean(p)))/(var(y) + var(p) + square(mean(y) - mean(p)))",
  ),
  metric(
    "spearman(y, p)",
    "the correlation of ranks",
    "pearson(float(argsort(argsort(y))), float(argsort(argsort(p))))",
    undefined,
    instead(correlation),
  ),
  metric(
    "kendall(y, p)",
    "the share of pairs in the same order less those in the other",
    `
    s = sign(expand_dims(y, -1) - expand_dims(y, -2))*sign(expand_dims(p, -1) - expand_dims(p, -2))
    sum(s)/(y.shape[-1]*(y.shape[-1] - 1))`,
    undefined,
    instead(correlation),
  ),
  metric(
    "auc(y, p)",
    "the share of pairs of a one and a zero in which the one scores higher; ties count half",
    `
    pairs = expand_dims(y, -1)*(1 - expand_dims(y, -2))
    lead = expand_dims(p, -1) - expand_dims(p, -2)
    sum(pairs*((lead > 0) + 0.5*(lead == 0)))/sum(pairs)`,
    "metrics.roc_auc_score(y_true: y, y_score: p, average: ! = 'macro', sample_weight: ! = None, max_fpr: ! = None, multi_class: ! = 'raise', labels: ! = None)",
    instead(pairwise),
  ),
  metric(
    "average_precision(y, p)",
    "the mean, over the ones, of the precision down to each",
    `
    t = take_along(y, argsort(p, -1, descending=True), -1)
    sum(t*cumsum(t, -1)/arange(1, y.shape[-1] + 1))/sum(t)`,
    "metrics.average_precision_score(y_true: y, y_score: p, average: ! = 'macro', pos_label: ! = 1, sample_weight: ! = None)",
    instead(pairwise),
  ),
  metric(
    "dcg(y, p, k=None)",
    "the relevance y in the order of the scores p, discounted by the logarithm of the rank",
    `
    n = y.shape[-1]
    t = take_along(y, argsort(p, -1, descending=True), -1)
    mean(sum(t*(arange(n) < (n if k is None else k))/log2(arange(n) + 2), axis=-1))`,
    "metrics.dcg_score(y_true: y, y_score: p, k = None, log_base: ! = 2, sample_weight: ! = None, ignore_ties: ! = False)",
    instead(ranking),
  ),
  metric(
    "ndcg(y, p, k=None)",
    "dcg as a share of the best order's",
    `
    n = y.shape[-1]
    d = (arange(n) < (n if k is None else k))/log2(arange(n) + 2)
    got = sum(take_along(y, argsort(p, -1, descending=True), -1)*d, axis=-1)
    mean(div_no_nan(got, sum(sort(y, -1, descending=True)*d, axis=-1)))`,
    "metrics.ndcg_score(y_true: y, y_score: p, k = None, sample_weight: ! = None, ignore_ties: ! = False)",
    instead(ranking),
  ),
  metric(
    "coverage_error(y, p)",
    "how far down the scores one must go to meet every label",
    `
    least = amin(where(y == 1, p, inf), axis=-1, keepdims=True)
    mean(sum(p >= least, axis=-1))`,
    "metrics.coverage_error(y_true: y, y_score: p, sample_weight: ! = None)",
    { instead: ranking },
  ),
  metric(
    "label_ranking_loss(y, p)",
    "the share of pairs of a label and a non-label in the wrong order",
    `
    pairs = expand_dims(y, -1)*(1 - expand_dims(y, -2))
    wrong = expand_dims(p, -1) <= expand_dims(p, -2)
    mean(div_no_nan(sum(pairs*wrong, axis=[-2, -1]), sum(pairs, axis=[-2, -1])))`,
    "metrics.label_ranking_loss(y_true: y, y_score: p, sample_weight: ! = None)",
    { instead: ranking },
  ),
  metric(
    "label_ranking_average_precision(y, p)",
    "the mean, over the labels of a row, of the share of labels among all that score as high",
    `
    above = expand_dims(p, -2) >= expand_dims(p, -1)
    share = sum(above*expand_dims(y, -2), axis=-1)/sum(above, axis=-1)
    mean(sum(y*share, axis=-1)/sum(y, axis=-1))`,
    "metrics.label_ranking_average_precision_score(y_true: y, y_score: p, sample_weight: ! = None)",
    instead(ranking),
  ),
  metric(
    "reciprocal_rank(y, p)",
    "1 over the rank of the right entry y, a position",
    "mean(1/(1 + sum(p > take_along(p, expand_dims(y, -1), -1), axis=-1)))",
    undefined,
    instead([{ text: "the cross-entropy of the scores", write: "cross_entropy(y, p)" }]),
  ),
]
