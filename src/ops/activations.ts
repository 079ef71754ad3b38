// Activations and entropies that frameworks compute in one piece: their kinks or gradient formulas no composition can say.
import { kinked, smooth } from "./helpers.ts"

/** Self-normalising networks: the scale and the slope that keep mean 0 and variance 1. */
const SCALE = 1.0507009873554805
const ALPHA = 1.6732632423543772

/** log x, cut off at -100 as torch does. */
const cut = (x: number): number => Math.max(x, -100)

export const activations = [
  kinked(
    "hardtanh(x, lo=-1, hi=1)",
    "x held between lo and hi",
    (x, lo, hi) => Math.min(Math.max(x!, lo!), hi!),
    [
      {
        torch: "where((x > lo) & (x < hi), g, 0)",
        tf: "where((x >= lo) & (x <= hi), g, 0)",
        jax: "where((x >= lo) & (x <= hi), g, 0)",
      },
      "where((x < lo) & (lo <= hi), g, 0)",
      "where((x > hi) | (hi < lo), g, 0)",
    ],
    {
      names:
        "F.{hardtanh,hardtanh_}(input: x, min_val: lo = -1.0, max_val: hi = 1.0, inplace: _ = False); nn.Hardtanh(min_val: lo = -1.0, max_val: hi = 1.0, inplace: _ = False)(input: x); {keras.ops,keras.activations,jax.nn}.hard_tanh(x)",
      kinks: ["x - lo", "x - hi", "lo - hi"],
    },
  ),
  kinked(
    "hardswish(x)",
    "x * relu6(x + 3) / 6",
    (x) => (x! <= -3 ? 0 : x! >= 3 ? x! : (x! * (x! + 3)) / 6),
    [
      {
        torch: "where(x < -3, 0, where(x <= 3, g * (x/3 + 0.5), g))",
        tf: "where(x <= -3, 0, where(x < 3, g * (x/3 + 0.5), g))",
        jax: "where(x <= -3, 0, where(x < 3, g * (x/3 + 0.5), g))",
      },
    ],
    {
      names:
        "F.hardswish(input: x, inplace: _ = False); nn.Hardswish(inplace: _ = False)(input: x); {keras.ops,keras.activations,jax.nn}.{hard_swish,hard_silu}(x)",
      kinks: ["x + 3", "x - 3"],
    },
  ),
  kinked(
    "elu(x, alpha=1)",
    "x, and alpha*(exp(x) - 1) below 0",
    (x, alpha) => (x! > 0 ? x! : alpha! * Math.expm1(x!)),
    [
      // PyTorch keeps the exponential, the others the result, whose rounding kills the gradient from -37 on.
      {
        torch: "where(x > 0, g, g * (alpha * exp(minimum(x, 0))))",
        tf: "where(x > 0, g, g * (out + alpha))",
        jax: "where(x > 0, g, g * (out + alpha))",
      },
      "where(x > 0, 0, g * expm1(minimum(x, 0)))",
    ],
    {
      names:
        "F.{elu,elu_}(input: x, alpha = 1.0, inplace: _ = False); nn.ELU(alpha = 1.0, inplace: _ = False)(input: x); tf.nn.elu(features: x, name: _ = None); {keras.ops,keras.activations,jax.nn}.elu(x, alpha = 1.0); K.elu(x, alpha = 1.0)",
      kinks: ["x"],
    },
  ),
  kinked(
    "selu(x)",
    "scaled exponential linear unit, which keeps mean 0 and variance 1",
    (x) => (x! > 0 ? SCALE * x! : SCALE * ALPHA * Math.expm1(x!)),
    [
      {
        torch: `where(x > 0, g * ${SCALE}, g * (${SCALE * ALPHA} * exp(x)))`,
        tf: `where(x >= 0, g * ${SCALE}, g * (${SCALE * ALPHA} * exp(x)))`,
      },
    ],
    {
      names:
        "torch.{selu,selu_}(input: x); F.{selu,selu_}(input: x, inplace: _ = False); nn.SELU(inplace: _ = False)(input: x); tf.nn.selu(features: x, name: _ = None); {keras.ops,keras.activations,jax.nn}.selu(x)",
      kinks: ["x"],
    },
  ),
  kinked(
    "sparse_sigmoid(x)",
    "(x + 1)/2 held between 0 and 1",
    (x) => Math.min(Math.max((x! + 1) / 2, 0), 1),
    [
      {
        torch: "where(abs(x) < 1, g/2, 0)",
        jax: "where(abs(x) < 1, g/2, where(abs(x) == 1, g/4, 0))",
      },
    ],
    { names: "{keras.ops,keras.activations,jax.nn}.sparse_sigmoid(x)", kinks: ["x - 1", "x + 1"] },
  ),
  smooth(
    "_bce(p, y)",
    "-y*log(p) - (1-y)*log(1-p), each logarithm cut off at -100",
    (p, y) => -y! * cut(Math.log(p!)) - (1 - y!) * cut(Math.log1p(-p!)),
    ["g * (p - y) / maximum(p * (1 - p), 1e-12)", "g * (maximum(log1p(-p), -100) - maximum(log(p), -100))"],
    { domain: { value: "(p >= 0) & (p <= 1)" }, internal: true },
  ),
  smooth(
    "_bce_logits(z, y, weight=1)",
    "the cross-entropy of label y with sigmoid(z); weight counts for y = 1",
    (z, y, q) => {
      const rest = Math.log1p(Math.exp(-Math.abs(z!)))
      return q! * y! * (Math.max(-z!, 0) + rest) + (1 - y!) * (Math.max(z!, 0) + rest)
    },
    [
      {
        torch: "g * ((1 - y + weight*y) * sigmoid(z) - weight*y)",
        jax: "g * ((1 - y)*sigmoid(z) - weight*y*sigmoid(-z))",
      },
      "g * (weight*softplus(-z) - softplus(z))",
      "g * y * softplus(-z)",
    ],
    { internal: true },
  ),
]
