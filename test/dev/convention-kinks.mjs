// How the reference's kinks and traps are said in gradcheck's language where the probe beside them does not say it, and what is left out.

/** By "operation: place": texts (one for all frameworks, or each its own), a point, or why it is left out. */
export const kinks = {
  "relu_spellings: x=0 written maximum(x,0)": { text: "maximum(x, 0)" },
  "relu_spellings: x=0 written clamp/clip at 0": {
    torch: "x.clamp(min=0)",
    tf: "tf.clip_by_value(x, 0, inf)",
    jax: "jnp.clip(x, 0)",
  },
  "relu_spellings: x=0 written where(x>0,x,0)": { text: "where(x > 0, x, 0)" },
  "relu_spellings: x=0 written where(x>=0,x,0)": { text: "where(x >= 0, x, 0)" },
  "leaky_relu: x=0 (a=default)": { tf: "tf.nn.leaky_relu(x)", jax: "jax.nn.leaky_relu(x)" },
  "prelu: x=0": { text: "prelu(x, 0.25)" },
  "elu: x=0, a=0.5": { torch: "F.elu(x, 0.5)", tf: "keras.ops.elu(x, 0.5)", jax: "jax.nn.elu(x, 0.5)" },
  "selu: x=0": { tf: "tf.nn.selu(x)", jax: "jax.nn.selu(x)" },
  "celu: x=0": { tf: "keras.ops.celu(x)", jax: "jax.nn.celu(x)" },
  "hardtanh: x=-1": { tf: "keras.ops.hard_tanh(x)", jax: "jax.nn.hard_tanh(x)" },
  "hardtanh: x=1": { tf: "keras.ops.hard_tanh(x)", jax: "jax.nn.hard_tanh(x)" },
  "hardsigmoid: x=-3": { tf: "keras.ops.hard_sigmoid(x)", jax: "jax.nn.hard_sigmoid(x)" },
  "hardsigmoid: x=3": { tf: "keras.ops.hard_sigmoid(x)", jax: "jax.nn.hard_sigmoid(x)" },
  "hardswish: x=-3": { tf: "keras.ops.hard_silu(x)", jax: "jax.nn.hard_silu(x)" },
  "hardswish: x=3": { tf: "keras.ops.hard_silu(x)", jax: "jax.nn.hard_silu(x)" },
  "sparse_sigmoid: x=-1": { tf: "keras.ops.sparse_sigmoid(x)", jax: "jax.nn.sparse_sigmoid(x)", at: [-1] },
  "sparse_sigmoid: x=1": { tf: "keras.ops.sparse_sigmoid(x)", jax: "jax.nn.sparse_sigmoid(x)", at: [1] },
  "heaviside: x=0": { jax: "jnp.heaviside(x, 0.5)", tf: null, at: [0] },
  "round: x=0.5": { tf: null },
  "divide: y=0, x=1": { expect: { tf: ["inf", "-inf"], jax: ["inf", "-inf"] } },
  "divide: 0/0": { expect: { tf: ["inf", "nan"], jax: ["inf", "nan"] } },
  "logit: x=1": {},
  "erfinv: x=-1 or 1": {},
  "cdist: a=b (p=2)": {
    expect: { tf: [[["nan", "nan"]], [["nan", "nan"]]], jax: [[["nan", "nan"]], [["nan", "nan"]]] },
  },
  "median: [1,2,3,4]": { torch: "torch.median(x)", tf: "keras.ops.median(x)", jax: "jnp.median(x)" },
  "median: [2,2,2]": { torch: "torch.median(x)", jax: "jnp.median(x)" },
  "max_dim: [1,3,3]": { tf: "tf.reduce_max(x, axis=0)", jax: "jnp.max(x, axis=0)" },
  "max_all: [1,3,3]": { tf: "tf.reduce_max(x)", jax: "jnp.max(x)" },
  "cummax_cummin: [1,1,0]": { jax: "lax.cummax(x)" },
  "norm_p2: x=0": { tf: "tf.norm(x)", jax: "jnp.linalg.norm(x)" },
  "norm_p1: x=0": { tf: "tf.norm(x, ord=1)", jax: "jnp.linalg.norm(x, ord=1)" },
  "norm_pinf: x=[0,0]": { tf: "tf.norm(x, ord=np.inf)", jax: "jnp.linalg.norm(x, ord=jnp.inf)" },
  "norm_general_p: x=0, p=3": { tf: "tf.norm(x, ord=3)", jax: "jnp.linalg.norm(x, ord=3)" },
  "euclidean_norm_op: x=0": { tf: "tf.math.reduce_euclidean_norm(x)", at: [[0, 0]] },
  "normalize_l2: x=0": { tf: "tf.math.l2_normalize(x)[0]", jax: "(x / jnp.linalg.norm(x))[0]" },
  "std: constant input": { tf: "tf.math.reduce_std(x)", jax: "jnp.std(x)" },
  "std: one element, sample (n-1) form": { jax: "jnp.std(x, ddof=1)" },
  "std: one element, population form": { tf: "tf.math.reduce_std(x)", jax: "jnp.std(x)" },
  "var: one element, n-1 form": { jax: "jnp.var(x, ddof=1)" },
  "cosine_similarity: a=0,b=[1,0] (grad of a)": {
    torch: ["x", "F.cosine_similarity(x, torch.tensor([1.0, 0.0]), dim=0)"],
    tf: "(x * rsqrt(maximum(sum(x * x), 1e-14)))[0]",
    jax: "optax.cosine_similarity(x, jnp.array([1.0, 0.0]))",
    at: [[0, 0]],
  },
  "pairwise_distance: a=b=[1,2]": { torch: ["x", "F.pairwise_distance(x, torch.tensor([1.0, 2.0]))"], at: [[1, 2]] },
  "renorm_clip_by_norm: x=0": {
    torch: "torch.renorm(x, 2, 0, 1.0)",
    tf: "tf.clip_by_norm(x, 1.0)[0]",
    at: [[[0, 0]]],
    expect: { torch: [[1, 1]], tf: [[1, 1]] },
  },
  "hypot: x=0,y=0": {},
  "python_max_min: x=y":
    "Python's max of tensors is a choice by comparison, not followed as such: the language's max is the element-wise one",
  "frac: x=1": { tf: "x - tf.floor(x)", jax: "x - jnp.floor(x)" },
  "softmax: loss = softmax(x).sum()": { expect: {} },
  "clamp: x is NaN": {},
  "max_pool: [3,3]": {},
}

/** Probes of whole losses that consist of operations only. */
export const lossTexts = {
  bce_clipped_probability: ["p", "-torch.log(1 - p.clamp(1e-7, 1 - 1e-7))"],
  nll_of_log_softmax_plus_eps: "-torch.log(F.softmax(x, 1)[0, 0] + 1e-8)",
  log_of_softmax_underflow: "-torch.log(F.softmax(x, 1)[0, 0])",
  ...Object.fromEntries(
    [0, 1].flatMap((y) =>
      Object.entries({
        relu_abs: `F.relu(z) - z * ${y} + torch.log1p(torch.exp(-z.abs()))`,
        clamp_abs: `z.clamp(min=0) - z * ${y} + torch.log1p(torch.exp(-z.abs()))`,
        maximum_abs: `torch.maximum(z, torch.zeros_like(z)) - z * ${y} + torch.log1p(torch.exp(-z.abs()))`,
        weighted: `(1 - ${y}) * z + torch.log1p(torch.exp(-z.abs())) + F.relu(-z)`,
      }).map(([name, text]) => [`hand_bce_${name}_y${y}`, ["z", text]]),
    ),
  ),
  mape_target_zero: "((x - 0.0) / 0.0).abs().mean()",
  metric_error_rate_round_abs: ["p", "(p.round() - torch.tensor([0.0, 1.0])).abs().mean()"],
  metric_soft_dice: ["p", "1 - 2 * (p * torch.tensor([0.0, 1.0])).sum() / (p.sum() + 1.0)"],
  metric_soft_dice_empty: ["p", "1 - 2 * (p * 0).sum() / (p.sum() + 0.0)"],
  metric_auc_pairs: ["s", "(s[1] > s[0]).to(torch.float64)"],
  metric_auc_sign_pairs: ["s", "(torch.sign(s[1] - s[0]) + 1) / 2"],
  metric_spearman: ["s", "(s.argsort().argsort().to(torch.float64) * torch.tensor([0.0, 1.0])).sum()"],
  metric_kendall_sign: ["s", "torch.sign(s[:, None] - s[None, :]).mean()"],
  metric_precision_at_k: ["s", "torch.tensor([0.0, 1.0])[s.topk(1).indices].mean()"],
  metric_ndcg_sorted_labels: [
    "s",
    "(torch.tensor([0.0, 1.0])[s.argsort(descending=True)] / torch.tensor([1.0, 1.585])).sum()",
  ],
  metric_mae: ["p", "(p - torch.tensor([0.0, 1.0])).abs().mean()"],
  metric_r2: ["p", "1 - ((p - torch.tensor([0.0, 1.0])) ** 2).sum() / 0.5"],
  metric_zero_one_loss_ne: ["p", "torch.ne(p.round(), torch.tensor([0.0, 1.0])).to(torch.float64).mean()"],
  metric_binary_accuracy: ["p", "((p > 0.5).to(torch.float64) == torch.tensor([0.0, 1.0])).to(torch.float64).mean()"],
  metric_accuracy: "(x.argmax(1) == torch.tensor([0, 1])).to(torch.float64).mean()",
}

/** Where the gradient becomes exactly 0 by rounding. */
export const saturation = {
  saturation_sigmoid_right: "torch.sigmoid(x)",
  saturation_sigmoid_left: "torch.sigmoid(x)",
  saturation_tanh: "torch.tanh(x)",
  saturation_softplus_left: "F.softplus(x)",
  saturation_logsigmoid_right: "F.logsigmoid(x)",
  saturation_elu_left: "F.elu(x)",
  saturation_selu_left: "F.selu(x)",
  saturation_silu_left: "F.silu(x)",
  saturation_mish_left: "F.mish(x)",
  saturation_gelu_exact_left: "F.gelu(x)",
  saturation_gelu_tanh_left: "F.gelu(x, approximate='tanh')",
  saturation_erf: "torch.erf(x)",
  saturation_exp_left: "torch.exp(x)",
  saturation_softmax_lead: "F.softmax(torch.stack([x, x * 0]), 0)[0]",
}

/** Why a probe has no row: the first pattern that fits its name. */
export const reasons = [
  [/^emulated_/, "another framework's rule run by hand: stands among its kinks"],
  [/_float32_saturation$/, "stands among the saturations"],
  [
    /(loss|cross_entropy|kl_div|bce|nll|metric_|accuracy_|mse_|margin|hinge)/,
    "a whole loss or metric: the compositions' own tests",
  ],
  [
    /(dropout|bernoulli|Bernoulli|multinomial|normal|Normal|poisson|rand|Categorical|Gamma|gumbel)/,
    "a draw: its numbers are PyTorch's own",
  ],
  [
    /(_float_index|_float$|float_condition|by_float|numpy|python_round|eigvals|svdvals)/,
    "PyTorch refuses it, or no formula says it",
  ],
  [/(item|builtin|tolist|math_function|round_python|rewrap)/, "a Python value, no tensor"],
  [/(no_grad|inference)/, "a block, followed in files only"],
  [
    /(floor_divide|heaviside|nextafter|unique|histogram|bincount_weights|nonzero)/,
    "PyTorch raises in backward, or the shape depends on data",
  ],
  [/(grid_sample|segment_reduce|view_dtype)/, "a form that is not followed, or stands among our own probes"],
]
