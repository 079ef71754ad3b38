// Elementary and special functions: exponentials, logarithms, roots, trigonometry, gamma and error functions.
import { kinked, smooth } from "./helpers.ts"
import { digamma, erf, erfc, erfinv, lgamma, logaddexp, ndtr, ndtri, polygamma, softplus } from "./special.ts"

const every = "{torch,Tensor,tf,tf.math,keras.ops,jnp,np,math}"
const most = "{torch,Tensor,tf.math,keras.ops,jnp,np,math}"
const positive = { domain: { value: "x > 0" } }

const LARGEST_FLOAT32 = 2 ** 128 - 2 ** 104

export const elementary = [
  smooth("exp(x)", "e to the power x", Math.exp as (x?: number) => number, "g * out", {
    names: `${every}.exp {K,lax}.exp`,
  }),
  smooth("exp2(x)", "2 to the power x", (x) => 2 ** x!, "g * out * log(2)", { names: "{torch,Tensor,jnp,np}.exp2" }),
  smooth("expm1(x)", "exp(x) - 1, exact near 0", Math.expm1 as (x?: number) => number, "g * (out + 1)", {
    names: `${most}.expm1 lax.expm1`,
  }),
  smooth("log(x)", "the natural logarithm", Math.log as (x?: number) => number, "g / x", {
    ...positive,
    names: `{torch,Tensor,tf,tf.math,keras.ops,K,jnp,np,lax,math}.log`,
  }),
  smooth("log2(x)", "the logarithm to base 2", Math.log2 as (x?: number) => number, "g / (x * log(2))", {
    ...positive,
    names: "{torch,Tensor,keras.ops,jnp,np,math}.log2",
  }),
  smooth("log10(x)", "the logarithm to base 10", Math.log10 as (x?: number) => number, "g / (x * log(10))", {
    ...positive,
    names: "{torch,Tensor,keras.ops,jnp,np,math}.log10",
  }),
  smooth("log1p(x)", "log(1 + x), exact near 0", Math.log1p as (x?: number) => number, "g / (x + 1)", {
    domain: { value: "x > -1" },
    names: `${most}.log1p lax.log1p`,
  }),
  smooth(
    "sqrt(x)",
    "the square root",
    Math.sqrt as (x?: number) => number,
    [{ torch: "g / (2 * out)", tf: "where(g == 0, 0, g / (2 * out))", jax: "g / (2 * out)" }],
    {
      domain: { value: "x >= 0", slope: "x > 0" },
      names: `{torch,Tensor,tf,tf.math,keras.ops,K,jnp,np,lax,math}.sqrt`,
    },
  ),
  smooth(
    "rsqrt(x)",
    "1 / sqrt(x)",
    (x) => 1 / Math.sqrt(x!),
    [{ torch: "-0.5 * g * out**3", tf: "where(g == 0, 0, -0.5 * g * out**3)", jax: "-0.5 * g * out**3" }],
    {
      ...positive,
      names: "{torch,Tensor,tf.math,keras.ops,lax}.rsqrt",
    },
  ),
  smooth("cbrt(x)", "the cube root", Math.cbrt as (x?: number) => number, "g / (3 * out**2)", {
    domain: { slope: "x != 0" },
    names: "{jnp,np}.cbrt lax.cbrt",
  }),
  smooth(
    "xlogy(x, y)",
    "x * log(y), and 0 where x is 0",
    (x, y) => (x === 0 && !Number.isNaN(y!) ? 0 : x! * Math.log(y!)),
    [
      { torch: "where((x == 0) & (y <= 0), 0, g * log(y))", tf: "g * log(y)", jax: "g * log(y)" },
      { torch: "g * x / y", tf: "g * div_no_nan(x, y)", jax: "g * x / y" },
    ],
    {
      domain: { value: "(y > 0) | (x == 0)" },
      names: "{torch,torch.special,tf.math,jax.scipy.special}.xlogy Tensor.xlogy",
    },
  ),
  smooth(
    "entr(x)",
    "-x * log(x), and 0 at 0",
    (x) => (x === 0 ? 0 : x! > 0 ? -x! * Math.log(x!) : Number.isNaN(x!) ? x! : -Infinity),
    "g * (-log(x) - 1)",
    {
      domain: { value: "x >= 0", slope: "x > 0" },
      names: "{torch.special,jax.scipy.special}.entr",
    },
  ),
  smooth("logit(x)", "log(x / (1 - x))", (x) => Math.log(x! / (1 - x!)), "g / (x * (1 - x))", {
    domain: { value: "(x > 0) & (x < 1)" },
    names: "jax.scipy.special.logit",
  }),
  smooth(
    "logaddexp(a, b)",
    "log(exp(a) + exp(b))",
    logaddexp as (...x: number[]) => number,
    ["g / (1 + exp(b - a))", "g / (1 + exp(a - b))"],
    { names: "{torch,Tensor,keras.ops,jnp,np}.logaddexp" },
  ),
  smooth("sigmoid(x)", "1 / (1 + exp(-x))", (x) => 1 / (1 + Math.exp(-x!)), "g * (1 - out) * out", {
    names:
      "{torch,Tensor,torch.special}.{sigmoid,expit} F.sigmoid {tf.nn,tf.math,tf,keras.ops,keras.activations,K}.sigmoid jax.nn.sigmoid lax.logistic jax.scipy.special.expit",
    // exp(-x) overflows in float32, and one over infinity is 0: torch.sigmoid(torch.tensor(-100.)) is.
    vanishes: { float32: 1 / LARGEST_FLOAT32, bfloat16: 1 / LARGEST_FLOAT32 },
    // The cross-entropy of the logit; its gradient is sigmoid(x) - target, which does not fade.
    learned: {
      text: "compare logits with the target; the gradient is then sigmoid - target, near 1 when wrong",
      write: "softplus(x) - target*x",
    },
  }),
  smooth(
    "softplus(x)",
    "log(1 + exp(x))",
    softplus as (x?: number) => number,
    [{ torch: "g * exp(x - out)", tf: "g * sigmoid(x)" }],
    {
      names: "{tf.nn,tf.math,keras.ops,keras.activations,jax.nn}.softplus",
    },
  ),
  smooth(
    "logsigmoid(x)",
    "log(sigmoid(x))",
    (x) => Math.min(x!, 0) - Math.log1p(Math.exp(-Math.abs(x!))),
    "g * where(x < 0, 1 / (1 + exp(x)), exp(-x) / (1 + exp(-x)))",
    {
      names:
        "F.logsigmoid torch._C._nn.log_sigmoid tf.math.log_sigmoid {keras.ops,keras.activations,jax.nn}.log_sigmoid",
    },
  ),
  smooth(
    "silu(x)",
    "x * sigmoid(x), also called swish",
    (x) => x! / (1 + Math.exp(-x!)),
    "g * (sigmoid(x) * (1 + x * (1 - sigmoid(x))))",
    {
      names: "F.silu(x, inplace: _ = False); {tf.nn,keras.ops,keras.activations,jax.nn}.{silu,swish}",
    },
  ),
  smooth("sin(x)", "the sine", Math.sin as (x?: number) => number, "g * cos(x)", { names: `${every}.sin K.sin` }),
  smooth("cos(x)", "the cosine", Math.cos as (x?: number) => number, "-g * sin(x)", { names: `${every}.cos K.cos` }),
  smooth("tan(x)", "the tangent", Math.tan as (x?: number) => number, "g * (1 + out**2)", {
    names: `${every}.tan`,
    jumps: ["cos(x)"],
  }),
  smooth("asin(x)", "the inverse sine", Math.asin as (x?: number) => number, "g / sqrt(1 - x*x)", {
    domain: { value: "abs(x) <= 1", slope: "abs(x) < 1" },
    names: "{torch,Tensor,tf.math,jnp,math}.asin {torch,Tensor,keras.ops,jnp,np}.arcsin",
  }),
  smooth("acos(x)", "the inverse cosine", Math.acos as (x?: number) => number, "-g / sqrt(1 - x*x)", {
    domain: { value: "abs(x) <= 1", slope: "abs(x) < 1" },
    names: "{torch,Tensor,tf.math,jnp,math}.acos {torch,Tensor,keras.ops,jnp,np}.arccos",
  }),
  smooth("atan(x)", "the inverse tangent", Math.atan as (x?: number) => number, "g / (1 + x*x)", {
    names: "{torch,Tensor,tf.math,jnp,math}.atan {torch,Tensor,keras.ops,jnp,np}.arctan",
  }),
  smooth(
    "atan2(a, b)",
    "the angle of the point (b, a)",
    (a, b) => Math.atan2(a!, b!),
    ["g * (b * reciprocal(a*a + b*b))", "g * (-a * reciprocal(a*a + b*b))"],
    {
      domain: { slope: "(a != 0) | (b != 0)" },
      jumps: ["where(b < 0, a, 1)"],
      names: "{torch,Tensor,tf.math,math,lax}.atan2 {torch,keras.ops,jnp,np}.arctan2",
    },
  ),
  smooth("sinh(x)", "the hyperbolic sine", Math.sinh as (x?: number) => number, "g * cosh(x)", {
    names: `${most}.sinh`,
  }),
  smooth("cosh(x)", "the hyperbolic cosine", Math.cosh as (x?: number) => number, "g * sinh(x)", {
    names: `${most}.cosh`,
  }),
  smooth("tanh(x)", "the hyperbolic tangent", Math.tanh as (x?: number) => number, "g * (1 - out*out)", {
    names: `${every}.tanh F.tanh {tf.nn,keras.activations,jax.nn,lax,K}.tanh`,
  }),
  smooth("asinh(x)", "the inverse hyperbolic sine", Math.asinh as (x?: number) => number, "g / sqrt(x*x + 1)", {
    names: "{torch,Tensor,tf.math,jnp,math}.asinh {torch,keras.ops,jnp,np}.arcsinh",
  }),
  smooth("acosh(x)", "the inverse hyperbolic cosine", Math.acosh as (x?: number) => number, "g / sqrt(x*x - 1)", {
    domain: { value: "x >= 1", slope: "x > 1" },
    names: "{torch,Tensor,tf.math,jnp,math}.acosh {torch,keras.ops,jnp,np}.arccosh",
  }),
  smooth("atanh(x)", "the inverse hyperbolic tangent", Math.atanh as (x?: number) => number, "g / (1 - x*x)", {
    domain: { value: "abs(x) < 1" },
    names: "{torch,Tensor,tf.math,jnp,math}.atanh {torch,keras.ops,jnp,np}.arctanh",
  }),
  smooth(
    "sinc(x)",
    "sin(pi x) / (pi x), 1 at 0",
    (x) => (x === 0 ? 1 : Math.sin(Math.PI * x!) / (Math.PI * x!)),
    "where(x == 0, 0, g * ((pi*x * cos(pi*x) - sin(pi*x)) / (pi*x * x)))",
    { names: "{torch,Tensor,jnp,np,tf.experimental.numpy}.sinc" },
  ),
  smooth("erf(x)", "the error function", erf as (x?: number) => number, "g * (2 / sqrt(pi)) * exp(-x*x)", {
    names: "{torch,Tensor,torch.special,tf.math,keras.ops,lax,jax.scipy.special,math}.erf",
  }),
  smooth("erfc(x)", "1 - erf(x)", erfc as (x?: number) => number, "-g * (2 / sqrt(pi)) * exp(-x*x)", {
    names: "{torch,Tensor,torch.special,tf.math,keras.ops,lax,jax.scipy.special,math}.erfc",
  }),
  smooth("erfinv(x)", "the inverse of erf", erfinv as (x?: number) => number, "g * (sqrt(pi) / 2) * exp(out*out)", {
    domain: { value: "abs(x) < 1" },
    names: "{torch,Tensor,torch.special,tf.math,keras.ops,jax.scipy.special}.erfinv lax.erf_inv",
  }),
  smooth(
    "ndtr(x)",
    "the normal distribution function",
    ndtr as (x?: number) => number,
    "g * exp(-x*x/2) / sqrt(2*pi)",
    { names: "torch.special.ndtr jax.scipy.special.ndtr jax.scipy.stats.norm.cdf" },
  ),
  smooth(
    "ndtri(x)",
    "the normal quantile function",
    ndtri as (x?: number) => number,
    "g * exp(out*out/2) * sqrt(2*pi)",
    { domain: { value: "(x > 0) & (x < 1)" }, names: "torch.special.ndtri jax.scipy.special.ndtri" },
  ),
  smooth(
    "gelu_exact(x)",
    "x times the normal distribution function",
    (x) => 0.5 * x! * (1 + erf(x! * Math.SQRT1_2)),
    "g * (0.5 * (1 + erf(x * sqrt(0.5))) + x * exp(-0.5*x*x) / sqrt(2*pi))",
  ),
  smooth("lgamma(x)", "the logarithm of the gamma function", lgamma as (x?: number) => number, "g * digamma(x)", {
    domain: { value: "(x > 0) | (x != floor(x))" },
    names: "{torch,Tensor,tf.math,lax,math}.lgamma {torch.special,jax.scipy.special}.gammaln",
  }),
  smooth("digamma(x)", "the derivative of lgamma", digamma as (x?: number) => number, "g * polygamma(1, x)", {
    domain: { value: "(x > 0) | (x != floor(x))" },
    names: "{torch,Tensor,tf.math,lax,torch.special,jax.scipy.special}.digamma torch.special.psi",
  }),
  smooth(
    "polygamma(n, x)",
    "the n-th derivative of digamma",
    (n, x) => polygamma(n!, x!),
    ["none", "g * polygamma(n + 1, x)"],
    {
      domain: { value: "(x > 0) | (x != floor(x))" },
      names: "torch.polygamma torch.special.polygamma {tf.math,jax.scipy.special}.polygamma(a: n, x)",
    },
  ),
  kinked("relu(x)", "max(x, 0)", (x) => (x! > 0 ? x! : Number.isNaN(x!) ? x! : 0), "where(x > 0, g, 0)", {
    names: "torch.relu Tensor.relu Tensor.relu_ F.relu(x, inplace: _ = False); tf.nn.relu {keras.ops,jax.nn}.relu",
    kinks: ["x"],
    exact: true,
  }),
  kinked("relu6(x)", "x held between 0 and 6", (x) => Math.min(Math.max(x!, 0), 6), "where((x > 0) & (x < 6), g, 0)", {
    names: "F.relu6(x, inplace: _ = False); {tf.nn,keras.ops,keras.activations,jax.nn}.relu6",
    kinks: ["x", "x - 6"],
  }),
  kinked(
    "leaky_relu(x, slope=0.01)",
    "x, and slope times x below 0",
    (x, a) => (x! > 0 ? x! : x! * a!),
    [{ torch: "where(x > 0, g, g * slope)", jax: "where(x >= 0, g, g * slope)" }, "where(x > 0, 0, g * x)"],
    {
      names:
        "F.leaky_relu(x, negative_slope: slope = 0.01, inplace: _ = False); tf.nn.leaky_relu(features: x, alpha: slope = 0.2, name: _ = None); {keras.ops,keras.activations}.leaky_relu(x, negative_slope: slope = 0.2); jax.nn.leaky_relu(x, negative_slope: slope = 0.01)",
      kinks: ["x"],
    },
  ),
  kinked(
    "prelu(x, weight)",
    "x, and weight times x below 0",
    (x, a) => (x! > 0 ? x! : x! * a!),
    [
      {
        torch: "where(x > 0, g, g * weight)",
        tf: "where(x > 0, g, where(x < 0, g * weight, 0))",
        jax: "where(x >= 0, g, g * weight)",
      },
      "where(x > 0, 0, g * x)",
    ],
    { names: "F.prelu(x, weight) torch.prelu(x, weight)", kinks: ["x"] },
  ),
]
