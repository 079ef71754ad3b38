// Losses of a real prediction p against a real target y: squares, absolute values, and robust forms between them.
import { loss } from "./composition.ts"
import { torchLoss, unweighted } from "./torch.ts"

const pair = "input: p, target: y"
const each = (body: string): string => `reduce(${body}, reduction)`

export const regression = [
  loss(
    "mse(y, p, reduction='mean')",
    "the mean squared error",
    each("square(p - y)"),
    torchLoss("mse_loss", "MSELoss", pair, unweighted),
  ),
  loss("rmse(y, p)", "the root of the mean squared error", "sqrt(mean(square(p - y)))"),
  loss(
    "mae(y, p, reduction='mean')",
    "the mean absolute error",
    each("abs(p - y)"),
    torchLoss("l1_loss", "L1Loss", pair, unweighted),
  ),
  loss(
    "l1(y, p=None)",
    "the mean absolute error; of one argument, the sum of its absolute values",
    "sum(abs(y)) if p is None else mean(abs(p - y))",
  ),
  loss(
    "l2(y, p=None)",
    "the mean squared error; of one argument, the sum of its squares",
    "sum(square(y)) if p is None else mean(square(p - y))",
  ),
  loss("msle(y, p)", "the mean squared error of log(1 + x)", "mean(square(log1p(p) - log1p(y)))"),
  loss("rmsle(y, p)", "the root of msle", "sqrt(mean(square(log1p(p) - log1p(y))))"),
  loss("mape(y, p)", "the mean error as a share of the target", "mean(abs((y - p)/y))"),
  loss("smape(y, p)", "the mean error as a share of both sizes", "mean(2*abs(p - y)/(abs(p) + abs(y)))"),
  loss("wape(y, p)", "the sum of errors as a share of the sum of targets", "sum(abs(p - y))/sum(abs(y))"),
  loss(
    "huber(y, p, delta=1.0, reduction='mean')",
    "square up to delta, straight beyond",
    `
    d = p - y
    ${each("where(abs(d) < delta, 0.5*d*d, delta*(abs(d) - 0.5*delta))")}`,
    torchLoss("huber_loss", "HuberLoss", pair, "reduction = 'mean', delta = 1.0"),
  ),
  loss(
    "smooth_l1(y, p, beta=1.0, reduction='mean')",
    "square up to beta, abs(d) beyond",
    `
    d = p - y
    ${each("where(d > 0, d, -d) if beta == 0 else where(abs(d) < beta, 0.5*d*d/beta, abs(d) - 0.5*beta)")}`,
    torchLoss("smooth_l1_loss", "SmoothL1Loss", pair, `${unweighted}, beta = 1.0`),
  ),
  loss("pseudo_huber(y, p, delta=1.0)", "a smooth huber", "mean(delta**2*(sqrt(1 + square((p - y)/delta)) - 1))"),
  loss("log_cosh(y, p)", "log(cosh(d)), exact for large d", "mean(logaddexp(p - y, y - p) - log(2))"),
  loss(
    "quantile_loss(y, p, q=0.5)",
    "the error weighted q above and 1 - q below: its least is the quantile q",
    "mean(maximum(q*(y - p), (q - 1)*(y - p)))",
  ),
  loss(
    "expectile_loss(y, p, q=0.5)",
    "the squared error weighted q above and 1 - q below",
    "mean(where(y > p, q, 1 - q)*square(y - p))",
  ),
  loss("charbonnier(y, p, eps=1e-3)", "sqrt(d**2 + eps**2)", "mean(sqrt(square(p - y) + eps**2))"),
  loss(
    "cauchy_loss(y, p, c=1.0)",
    "log(1 + (d/c)**2/2): far errors count little",
    "mean(c**2/2*log1p(square((p - y)/c)))",
  ),
  loss(
    "tukey(y, p, c=4.685)",
    "the biweight: a bowl up to c, constant beyond",
    `
    d = (p - y)/c
    mean(where(abs(d) <= 1, c**2/6*(1 - (1 - d*d)**3), c**2/6))`,
  ),
  loss("welsch(y, p, c=2.985)", "1 - exp(-(d/c)**2/2)", "mean(c**2/2*(1 - exp(-square((p - y)/c))))"),
  loss("geman_mcclure(y, p, c=1.0)", "d**2/(d**2 + c**2)", "mean(square(p - y)/(square(p - y) + c**2))"),
  loss(
    "wing(y, p, w=10.0, eps=2.0)",
    "a logarithm near 0, abs(d) beyond w",
    `
    d = abs(p - y)
    mean(where(d < w, w*log(1 + d/eps), d - (w - w*log(1 + w/eps))))`,
  ),
  loss("epsilon_insensitive(y, p, eps=0.1)", "the error beyond eps", "mean(relu(abs(p - y) - eps))"),
  loss(
    "squared_epsilon_insensitive(y, p, eps=0.1)",
    "the square of the error beyond eps",
    "mean(square(relu(abs(p - y) - eps)))",
  ),
  loss(
    "poisson_nll(y, p, log_input=True, full=False, eps=1e-8, reduction='mean')",
    "the negative log-likelihood of counts y at rate exp(p), or at rate p",
    `
    l = exp(p) - y*p if log_input else p - y*log(p + eps)
    s = where(y > 1, y, 1)
    rest = where(y > 1, s*log(s) - s + 0.5*log(2*pi*s), 0) if full else 0
    ${each("l + rest")}`,
    `${torchLoss("poisson_nll_loss", "PoissonNLLLoss", pair, "log_input = True, full = False, size_average: ! = True, eps = 1e-8, reduce: ! = True, reduction = 'mean'")}; tf.nn.log_poisson_loss(targets: y, log_input: p, compute_full_loss: full = False, name: _ = None, _reduction: reduction = 'none')`,
  ),
  loss(
    "gaussian_nll(y, p, v, full=False, eps=1e-6, reduction='mean')",
    "the negative log-likelihood of y under a normal of mean p and variance v",
    `
    s = v + stop_gradient(maximum(v, eps) - v)
    ${each("0.5*(log(s) + square(p - y)/s) + (0.5*log(2*pi) if full else 0)")}`,
    torchLoss(
      "gaussian_nll_loss",
      "GaussianNLLLoss",
      "input: p, target: y, var: v",
      "full = False, eps = 1e-6, reduction = 'mean'",
    ),
  ),
  loss(
    "laplace_nll(y, p, b=1.0)",
    "the negative log-likelihood of y under a Laplace distribution of mean p and scale b",
    "mean(log(2*b) + abs(p - y)/b)",
  ),
  loss("l2_penalty(x)", "half the sum of squares", "sum(square(x))/2", "tf.nn.l2_loss(t: x, name: _ = None)"),
  loss("total_variation(x)", "the sum of steps between neighbours", "sum(abs(x[..., 1:] - x[..., :-1]))"),
]
