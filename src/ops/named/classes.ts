// Spellings of operations in their class form (nn.ReLU()(x)) or in place, which belong to entries of the other families.

/** The entry, and further spellings of it. */
export const classNames: readonly (readonly [entry: string, spellings: string])[] = [
  ["relu", "nn.ReLU(inplace: _ = False)(input: x); {F,torch}.relu_(input: x)"],
  ["relu6", "nn.ReLU6(inplace: _ = False)(input: x)"],
  [
    "leaky_relu",
    "nn.LeakyReLU(negative_slope: slope = 0.01, inplace: _ = False)(input: x); F.leaky_relu_(input: x, negative_slope: slope = 0.01); keras.layers.LeakyReLU(negative_slope: slope = 0.3, name: _ = None)(inputs: x)",
  ],
  ["sigmoid", "nn.Sigmoid()(input: x); Tensor.sigmoid_(x)"],
  ["tanh", "nn.Tanh()(input: x); Tensor.tanh_(x)"],
  ["logsigmoid", "nn.LogSigmoid()(input: x)"],
  ["silu", "nn.SiLU(inplace: _ = False)(input: x)"],
  [
    "softmax",
    "nn.Softmax(dim: axis = -1)(input: x); nn.Softmax2d(_axis: axis = -3)(input: x); keras.layers.Softmax(axis = -1, name: _ = None)(inputs: x); {tf.math,scipy.special}.softmax(x, axis = -1)",
  ],
  ["log_softmax", "nn.LogSoftmax(dim: axis = -1)(input: x); {tf.math,scipy.special}.log_softmax(x, axis = -1)"],
  ["elu", "keras.layers.ELU(alpha = 1.0, name: _ = None)(inputs: x)"],
  ["softplus", "K.softplus"],
  ["identity", "Tensor.to(x, device: _, non_blocking: _ = False, copy: _ = False)"],
]
