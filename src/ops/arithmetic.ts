// Arithmetic, powers, and the pairwise choices of one of two numbers.
import { kinked, linear, promote, smooth, step } from "./helpers.ts"

const half = { torch: "where(a > b, g, where(a == b, g/2, 0))", tf: "where(a >= b, g, 0)" }
const otherHalf = { torch: "where(b > a, g, where(a == b, g/2, 0))", tf: "where(b > a, g, 0)" }

export const arithmetic = [
  linear("add(a, b)", "a + b", (a, b) => a! + b!, ["g", "g"], {
    names: "{torch,Tensor,tf,tf.math,keras.ops,jnp,np}.add",
  }),
  linear("sub(a, b)", "a - b", (a, b) => a! - b!, ["g", "-g"], {
    names: "{torch,Tensor}.{sub,subtract} {tf,tf.math,keras.ops,jnp,np}.subtract",
  }),
  linear("neg(x)", "-x", (x) => -x!, ["-g"], {
    names: "{torch,Tensor}.{neg,negative} {tf,tf.math,keras.ops,jnp,np}.negative",
    exact: true,
  }),
  smooth("mul(a, b)", "a * b", (a, b) => a! * b!, ["g * b", "g * a"], {
    type: promote,
    linearIn: ["a", "b"],
    names: "{torch,Tensor}.{mul,multiply} {tf,tf.math,keras.ops,jnp,np}.multiply",
  }),
  smooth("div(a, b)", "a / b", (a, b) => a! / b!, ["g / b", "-g * ((a / b) / b)"], {
    names: "{torch,Tensor}.true_divide {tf,tf.math}.{divide,truediv} {keras.ops,jnp,np}.{divide,true_divide} lax.div",
    domain: { value: "b != 0" },
    linearIn: ["a"],
  }),
  smooth(
    "div_no_nan(a, b)",
    "a / b, and 0 where b is 0",
    (a, b) => (b === 0 ? 0 : a! / b!),
    ["div_no_nan(g, b)", "-g * div_no_nan(div_no_nan(a, b), b)"],
    {
      names: "{tf,tf.math}.divide_no_nan keras.ops.divide_no_nan",
      jumps: ["b"],
    },
  ),
  smooth(
    "pow(a, b)",
    "a to the power b",
    (a, b) => (a === 1 ? 1 : b === 2 ? a! * a! : a! ** b!),
    [
      { torch: "where(b == 0, 0, g * (b * a**(b - 1)))", tf: "g * (b * a**(b - 1))", jax: "g * (b * a**(b - 1))" },
      {
        torch: "where((a == 0) & (b >= 0), 0, g * (out * log(a)))",
        tf: "g * (out * where(a > 0, log(a), 0))",
        jax: "g * (out * log(where(a == 0, 1, a)))",
      },
    ],
    {
      names:
        "{torch,Tensor}.pow(input: a, exponent: b); {tf,tf.math,lax,math}.pow lax.integer_pow(x: a, y: b); {keras.ops,jnp,np}.power {jnp,np,K}.pow",
      domain: {
        value: "(a > 0) | ((a == 0) & (b >= 0)) | ((a < 0) & (b == round(b)))",
        slope: "(a != 0) | (b >= 1)",
      },
    },
  ),
  smooth("square(x)", "x times x", (x) => x! * x!, ["g * (2 * x)"], {
    names: "{torch,Tensor,tf,tf.math,keras.ops,K,jnp,np,lax}.square",
  }),
  smooth("reciprocal(x)", "1 / x", (x) => 1 / x!, ["-g * out**2"], {
    names: "{torch,Tensor,tf.math,keras.ops,jnp,np,lax}.reciprocal",
    domain: { value: "x != 0" },
  }),
  kinked(
    "remainder(a, b)",
    "a - b*floor(a / b), the sign of b",
    (a, b) => a! - b! * Math.floor(a! / b!),
    ["g", "-g * floor(a / b)"],
    {
      names: "{torch,Tensor,jnp,np}.remainder {tf.math,keras.ops,jnp,np}.mod tf.math.floormod",
      jumps: ["a / b - round(a / b)"],
      domain: { value: "b != 0" },
    },
  ),
  kinked("fmod(a, b)", "a - b*trunc(a / b), the sign of a", (a, b) => a! % b!, ["g", "-g * trunc(a / b)"], {
    names: "{torch,Tensor,keras.ops,jnp,np,math}.fmod lax.rem tf.truncatemod",
    jumps: ["where(abs(a / b) < 0.5, 1, a / b - round(a / b))"],
    domain: { value: "b != 0" },
  }),
  step("floor_divide(a, b)", "floor(a / b)", (a, b) => Math.floor(a! / b!), {
    names: "{torch,Tensor,jnp,np,keras.ops}.floor_divide tf.math.floordiv",
    outcomes: { torch: "error" },
    jumps: ["a / b - round(a / b)"],
    domain: { value: "b != 0" },
    instead: [{ text: "divide without rounding", write: "a / b" }],
  }),
  kinked(
    "abs(x)",
    "|x|",
    Math.abs as (x?: number) => number,
    [{ torch: "g * sign(x)", jax: "g * where(x >= 0, 1, -1)" }],
    {
      names: "{torch,Tensor,keras.ops,jnp,np}.{abs,absolute} {tf,tf.math,K,lax}.abs math.fabs",
      kinks: ["x"],
      exact: true,
    },
  ),
  kinked("maximum(a, b)", "the larger of a and b", (a, b) => Math.max(a!, b!), [half, otherHalf], {
    names: "{torch,Tensor,tf,tf.math,keras.ops,K,jnp,np}.maximum lax.max",
    kinks: ["a - b"],
    exact: true,
  }),
  kinked(
    "minimum(a, b)",
    "the smaller of a and b",
    (a, b) => Math.min(a!, b!),
    [
      { torch: "where(a < b, g, where(a == b, g/2, 0))", tf: "where(a <= b, g, 0)" },
      { torch: "where(b < a, g, where(a == b, g/2, 0))", tf: "where(b < a, g, 0)" },
    ],
    { names: "{torch,Tensor,tf,tf.math,keras.ops,K,jnp,np}.minimum lax.min", kinks: ["a - b"], exact: true },
  ),
  kinked(
    "fmax(a, b)",
    "the larger of a and b, NaN left out",
    (a, b) => (a! >= b! || Number.isNaN(b!) ? a! : b!),
    [
      { torch: "where((a >= b) | isnan(b), g, 0)", jax: "where((a > b) | isnan(b), g, 0)" },
      { torch: "where((a >= b) | isnan(b), 0, g)", jax: "where((a > b) | isnan(b), 0, g)" },
    ],
    { names: "{torch,Tensor,jnp,np}.fmax", kinks: ["a - b"] },
  ),
  kinked(
    "fmin(a, b)",
    "the smaller of a and b, NaN left out",
    (a, b) => (a! <= b! || Number.isNaN(b!) ? a! : b!),
    [
      { torch: "where((a <= b) | isnan(b), g, 0)", jax: "where((a < b) | isnan(b), g, 0)" },
      { torch: "where((a <= b) | isnan(b), 0, g)", jax: "where((a < b) | isnan(b), 0, g)" },
    ],
    { names: "{torch,Tensor,jnp,np}.fmin", kinks: ["a - b"] },
  ),
  kinked(
    "clip(x, lo=-inf, hi=inf)",
    "x held between lo and hi",
    (x, lo, hi) => Math.min(Math.max(x!, lo!), hi!),
    [
      {
        torch: "where((x >= lo) & (x <= hi), g, 0)",
        jax: "where((x > lo) & (x < hi), g, where(((x == lo) & (lo < hi)) | ((x == hi) & (lo < hi)), g/2, 0))",
      },
      {
        torch: "where((x < lo) & (lo <= hi), g, 0)",
        tf: "where(x < lo, g, 0)",
        jax: "where(lo < hi, where(x < lo, g, where(x == lo, g/2, 0)), 0)",
      },
      {
        torch: "where((x > hi) | (hi < lo), g, 0)",
        tf: "where((x > hi) & (lo <= hi), g, 0)",
        jax: "where((x > hi) | (hi < lo), g, where(x == hi, g/2, 0))",
      },
    ],
    {
      names: `{torch,Tensor}.{clamp,clip}(x, min: lo = -inf, max: hi = inf); {torch,Tensor}.clamp_min(x, min: lo); {torch,Tensor}.clamp_max(x, max: hi);
      tf.clip_by_value(t: x, clip_value_min: lo, clip_value_max: hi, name: _ = None); K.clip(x, min_value: lo, max_value: hi);
      keras.ops.clip(x, x_min: lo, x_max: hi); {jnp,np}.clip(x, a_min: lo = -inf, a_max: hi = inf)`,
      kinks: ["x - lo", "x - hi", "lo - hi"],
    },
  ),
  kinked(
    "clip_open(x, lo, hi)",
    "x held between lo and hi, without a gradient on the bounds themselves",
    (x, lo, hi) => Math.min(Math.max(x!, lo!), hi!),
    ["where((x > lo) & (x < hi), g, 0)", "where((x < lo) & (lo <= hi), g, 0)", "where((x > hi) | (hi < lo), g, 0)"],
    { names: "lax.clamp(min: lo, x, max: hi)", kinks: ["x - lo", "x - hi", "lo - hi"] },
  ),
  smooth("lerp(a, b, w)", "a + w*(b - a)", (a, b, w) => a! + w! * (b! - a!), ["g * (1 - w)", "g * w", "g * (b - a)"], {
    names: "{torch,Tensor}.lerp(a, end: b, weight: w)",
  }),
  kinked(
    "hypot(a, b)",
    "sqrt(a*a + b*b)",
    (a, b) => Math.hypot(a!, b!),
    [
      { torch: "g * (a / out)", jax: "where(out == 0, g/2, g * (a / out))" },
      { torch: "g * (b / out)", jax: "where(out == 0, g/2, g * (b / out))" },
    ],
    {
      names: "{torch,Tensor,jnp,np,math,tf.experimental.numpy}.hypot",
      domain: { slope: "(a != 0) | (b != 0)" },
    },
  ),
]
