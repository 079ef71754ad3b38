// Distances between distributions: Kullback-Leibler and its kin, and the terms that come with them.
import { func, loss } from "./composition.ts"
import { torchLoss } from "./torch.ts"

export const divergence = [
  loss(
    "kl_div(y, p, axis=-1)",
    "the Kullback-Leibler divergence of y from p, both probabilities: sum of y*log(y/p)",
    "mean(sum(xlogy(y, y) - xlogy(y, p), axis=axis))",
  ),
  loss(
    "kl_div_log(y, lp, reduction='mean', log_target=False)",
    "torch's kl_div: y against log-probabilities lp, averaged over elements unless told batchmean",
    `
    l = exp(y)*(y - lp) if log_target else xlogy(y, y) - y*lp
    sum(l)/l.shape[0] if reduction == 'batchmean' else reduce(l, reduction)`,
    torchLoss(
      "kl_div",
      "KLDivLoss",
      "input: lp, target: y",
      "size_average: ! = True, reduce: ! = True, reduction = 'mean', log_target = False",
    ),
  ),
  loss(
    "js_div(y, p, axis=-1)",
    "the Jensen-Shannon divergence: both against their mean",
    `
    m = 0.5*(y + p)
    mean(0.5*sum(xlogy(y, y) - xlogy(y, m) + xlogy(p, p) - xlogy(p, m), axis=axis))`,
  ),
  loss("entropy(p, axis=-1)", "-sum of p*log(p)", "mean(sum(entr(p), axis=axis))"),
  loss(
    "kl_normal(mu, logvar)",
    "the divergence of a normal of mean mu and log-variance logvar from the standard normal",
    "mean(sum(-0.5*(1 + logvar - square(mu) - exp(logvar)), axis=-1))",
  ),
  loss(
    "hellinger(y, p)",
    "the distance of the roots of two distributions",
    "mean(norm2(sqrt(y) - sqrt(p), axis=-1)/sqrt(2))",
  ),
  loss("bhattacharyya(y, p)", "-log of the overlap of two distributions", "mean(-log(sum(sqrt(y*p), axis=-1)))"),
  loss(
    "wasserstein(y, p)",
    "the earth mover's distance of two histograms in a row",
    "mean(sum(abs(cumsum(p - y, -1)), axis=-1))",
  ),
  loss("chi2(y, p)", "sum of (p - y)**2/(p + y)", "mean(sum(square(p - y)/(p + y), axis=-1))"),
  func(
    "layer_norm(x, w=None, b=None, eps=1e-5, axis=-1)",
    "x less its mean, divided by its deviation",
    `
    n = (x - mean(x, axis=axis, keepdims=True))*rsqrt(var(x, axis=axis, keepdims=True) + eps)
    scaled = n if w is None else n*w
    scaled if b is None else scaled + b`,
    "jax.nn.standardize(x, axis = -1, mean: ! = None, variance: ! = None, epsilon: eps = 1e-5)",
  ),
  func(
    "_layer_norm(x, shape, w=None, b=None, eps=1e-5)",
    "layer_norm over as many last axes as `shape` names",
    "layer_norm(x, w, b, eps, [-1 - k for k in range(len(shape) if ndim(shape) > 0 else 1)])",
    "F.layer_norm(input: x, normalized_shape: shape, weight: w = None, bias: b = None, eps = 1e-5)",
    { internal: true },
  ),
  func(
    "rms_norm(x, w=None, eps=1e-6, axis=-1)",
    "x divided by the root of its mean square",
    `
    n = x*rsqrt(mean(square(x), axis=axis, keepdims=True) + eps)
    n if w is None else n*w`,
  ),
]
