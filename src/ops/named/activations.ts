// Activations as compositions: exponential units, soft and hard gates, shrinkage, gates over halves, projections.
import { activation } from "./composition.ts"
import { torchActivation } from "./torch.ts"

const keras = "{keras.ops,keras.activations}"
const both = "{keras.ops,keras.activations,jax.nn}"

export const activations = [
  activation(
    "identity(x)",
    "x itself",
    "x",
    "nn.Identity()(input: x); keras.activations.linear(x); jax.nn.identity(x)",
  ),
  activation(
    "celu(x, alpha=1.0)",
    "elu that stays smooth for every alpha",
    "maximum(x, 0) + alpha*expm1(minimum(x, 0)/alpha)",
    `${torchActivation("{celu,celu_}", "CELU", "alpha = 1.0")}; torch.celu(input: x, alpha = 1.0); ${both}.celu(x, alpha = 1.0)`,
  ),
  activation(
    "gelu(x, approximate=False)",
    "x times the normal distribution function",
    "gelu_tanh(x) if approximate == 'tanh' or approximate == True else gelu_exact(x)",
    `F.gelu(input: x, approximate = 'none'); nn.GELU(approximate = 'none')(input: x); tf.nn.gelu(features: x, approximate = False, name: _ = None); keras.activations.gelu(x, approximate = False); keras.ops.gelu(x, approximate = True); jax.nn.gelu(x, approximate = True)`,
  ),
  activation("gelu_tanh(x)", "gelu by way of tanh", "0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))"),
  activation("quick_gelu(x)", "gelu by way of a sigmoid", "x*sigmoid(1.702*x)"),
  activation(
    "mish(x)",
    "x * tanh(softplus(x))",
    "x*tanh(softplus(x))",
    `${torchActivation("mish", "Mish")}; ${both}.mish(x)`,
  ),
  activation(
    "scaled_softplus(x, beta=1, threshold=20)",
    "log(1 + exp(beta*x))/beta, and x itself above the threshold",
    "where(beta*x > threshold, x, softplus(beta*x)/beta)",
    "F.softplus(input: x, beta = 1, threshold = 20); nn.Softplus(beta = 1, threshold = 20)(input: x)",
  ),
  activation(
    "hardsigmoid(x)",
    "relu6(x + 3)/6",
    "relu6(x + 3)/6",
    `${torchActivation("hardsigmoid", "Hardsigmoid")}; ${both}.hard_sigmoid(x)`,
  ),
  activation("_keras2_hardsigmoid(x)", "0.2*x + 0.5 between 0 and 1", "clip(0.2*x + 0.5, 0, 1)", "K.hard_sigmoid(x)", {
    internal: true,
  }),
  activation(
    "hardshrink(x, t=0.5)",
    "x, and 0 between -t and t",
    "where(abs(x) > t, x, 0)",
    `torch.hardshrink(input: x, lambd: t = 0.5); F.hardshrink(input: x, lambd: t = 0.5); nn.Hardshrink(lambd: t = 0.5)(input: x); ${keras}.hard_shrink(x, threshold: t = 0.5)`,
  ),
  activation(
    "softshrink(x, t=0.5)",
    "x moved by t towards 0",
    "where(x > t, x - t, where(x < -t, x + t, 0))",
    `F.softshrink(input: x, lambd: t = 0.5); nn.Softshrink(lambd: t = 0.5)(input: x); ${keras}.soft_shrink(x, threshold: t = 0.5)`,
  ),
  activation(
    "threshold(x, t, v=0)",
    "x above t, else v",
    "where(x > t, x, v)",
    `F.{threshold,threshold_}(input: x, threshold: t, value: v, inplace: _ = False); torch.threshold(input: x, threshold: t, value: v); nn.Threshold(threshold: t, value: v, inplace: _ = False)(input: x); ${keras}.threshold(x, threshold: t, default_value: v)`,
  ),
  activation(
    "tanhshrink(x)",
    "x - tanh(x)",
    "x - tanh(x)",
    `F.tanhshrink(input: x); nn.Tanhshrink()(input: x); ${keras}.tanh_shrink(x)`,
  ),
  activation(
    "softsign(x)",
    "x/(1 + abs(x))",
    "x/(1 + abs(x))",
    `F.softsign(input: x); nn.Softsign()(input: x); tf.nn.softsign(features: x, name: _ = None); K.softsign(x); keras.activations.softsign(x); keras.ops.{softsign,soft_sign}(x); jax.nn.soft_sign(x)`,
  ),
  activation(
    "sparse_plus(x)",
    "0 below -1, x above 1, a parabola between",
    "where(x <= -1, 0, where(x >= 1, x, square(x + 1)/4))",
    `${both}.sparse_plus(x)`,
  ),
  activation("squareplus(x, b=4)", "(x + sqrt(x*x + b))/2", "(x + sqrt(x*x + b))/2", `${both}.squareplus(x, b = 4)`),
  activation(
    "rectify(x, slope=0.0, top=None, t=0.0)",
    "relu with a slope below, a top, and a threshold",
    `
    up = relu(x) if t == 0 else where(x > t, x, 0)
    held = up if top is None else relu6(x) if top == 6 and t == 0 else clip(up, 0, top)
    held if slope == 0 else leaky_relu(x, slope) if top is None and t == 0 else held - slope*relu(t - x)`,
    "keras.activations.relu(x, negative_slope: slope = 0.0, max_value: top = None, threshold: t = 0.0); keras.layers.ReLU(max_value: top = None, negative_slope: slope = 0.0, threshold: t = 0.0, name: _ = None)(inputs: x); K.relu(x, alpha: slope = 0.0, max_value: top = None, threshold: t = 0.0)",
  ),
  activation(
    "crelu(x, axis=-1)",
    "relu of x and of -x, side by side",
    "concat([relu(x), relu(-x)], axis)",
    "tf.nn.crelu(features: x, axis = -1, name: _ = None)",
  ),
  activation(
    "rrelu(x, lower=0.125, upper=0.3333333333333333, training=False)",
    "leaky_relu with a slope drawn anew in training, and its mean otherwise",
    "leaky_relu(x, lower + (upper - lower)*rand_like(x)) if training else leaky_relu(x, (lower + upper)/2)",
    "torch.{rrelu,rrelu_}(input: x, lower = 0.125, upper = 0.3333333333333333, training = False); F.{rrelu,rrelu_}(input: x, lower = 0.125, upper = 0.3333333333333333, training = False, inplace: _ = False); nn.RReLU(lower = 0.125, upper = 0.3333333333333333, inplace: _ = False)(input: x)",
  ),
  activation(
    "glu(x, axis=-1)",
    "one half of x times the sigmoid of the other",
    `
    a, b = chunk(x, 2, axis)
    a*sigmoid(b)`,
    "F.glu(input: x, dim: axis = -1); nn.GLU(dim: axis = -1)(input: x); {keras.ops,keras.activations,jax.nn}.glu(x, axis = -1)",
  ),
  activation(
    "reglu(x, axis=-1)",
    "one half of x times the relu of the other",
    `
    a, b = chunk(x, 2, axis)
    a*relu(b)`,
  ),
  activation(
    "geglu(x, axis=-1)",
    "one half of x times the gelu of the other",
    `
    a, b = chunk(x, 2, axis)
    a*gelu_exact(b)`,
  ),
  activation(
    "swiglu(x, axis=-1)",
    "one half of x times the silu of the other",
    `
    a, b = chunk(x, 2, axis)
    a*silu(b)`,
  ),
  activation(
    "softmin(x, axis=-1)",
    "softmax of -x",
    "softmax(-x, axis)",
    "F.softmin(input: x, dim: axis = -1, _stacklevel: _ = 3, dtype: _ = None); nn.Softmin(dim: axis = -1)(input: x)",
  ),
  activation(
    "sparsemax(x, axis=-1)",
    "the nearest point whose entries are shares: softmax with exact zeros",
    `
    v = moveaxis(x, axis, -1)
    s = sort(v, axis=-1, descending=True)
    c = cumsum(s, axis=-1)
    k = sum(1 + s*arange(1, v.shape[-1] + 1) > c, axis=-1, keepdims=True)
    tau = (take_along(c, k - 1, -1) - 1)/k
    moveaxis(maximum(v - tau, 0), -1, axis)`,
    "{keras.ops,keras.activations}.sparsemax(x, axis = -1)",
  ),
  activation(
    "gumbel_softmax(z, tau=1, hard=False, axis=-1)",
    "softmax of z with Gumbel noise; hard picks one and passes the gradient straight through",
    `
    s = softmax((z - log(-log(rand_like(z))))/tau, axis)
    top = stop_gradient(float(s == amax(s, axis=axis, keepdims=True)))
    top - stop_gradient(s) + s if hard else s`,
    "F.gumbel_softmax(logits: z, tau = 1, hard = False, eps: _ = 1e-10, dim: axis = -1)",
  ),
  activation("straight_through(x, hard)", "the value of `hard` with the gradient of x", "x + stop_gradient(hard - x)"),
  activation("snake(x, a=1)", "x + sin(a*x)**2/a", "x + sin(a*x)**2/a"),
  activation("bent_identity(x)", "(sqrt(x*x + 1) - 1)/2 + x", "(sqrt(x*x + 1) - 1)/2 + x"),
  activation("squared_relu(x)", "relu(x)**2", "square(relu(x))"),
  activation("gaussian(x)", "exp(-x*x)", "exp(-x*x)"),
  activation("isru(x, a=1)", "x/sqrt(1 + a*x*x)", "x/sqrt(1 + a*x*x)"),
  activation("logish(x)", "x * log(1 + sigmoid(x))", "x*log1p(sigmoid(x))"),
  activation("exponential(x)", "exp(x)", "exp(x)", "keras.activations.exponential(x)"),
  activation(
    "log1mexp(x)",
    "log(1 - exp(-x)), exact on both sides",
    "where(x < log(2), log(-expm1(-x)), log1p(-exp(-x)))",
    "jax.nn.log1mexp(x)",
  ),
]
