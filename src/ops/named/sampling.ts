// Noise that a source draws: dropout, normal and uniform with their parameters, and the draws that cut a gradient.
import { func } from "./composition.ts"

const rest = "dtype: _ = None, seed: _ = None, name: _ = None"

export const sampling = [
  func(
    "dropout(x, p=0.5, training=True)",
    "entries set to 0 with probability p, the others scaled up",
    "(x*0 if p == 1 else where(rand_like(x) >= p, x / (1 - p), 0)) if training else x",
    "F.dropout(input: x, p = 0.5, training = True, inplace: _ = False); nn.Dropout(p = 0.5, inplace: _ = False)(input: x); torch.dropout(input: x, p, train: training); tf.nn.dropout(x, rate: p, noise_shape: ! = None, seed: _ = None, name: _ = None); K.dropout(x, level: p, noise_shape: ! = None, seed: _ = None); keras.layers.Dropout(rate: p, noise_shape: ! = None, seed: _ = None)(inputs: x, training = False)",
  ),
  func(
    "uniform(shape, low=0, high=1)",
    "uniform noise between low and high",
    "low + (high - low)*rand(shape)",
    `tf.random.uniform(shape, minval: low = 0, maxval: high = 1, ${rest}); keras.random.uniform(shape, minval: low = 0, maxval: high = 1, ${rest})`,
  ),
  func(
    "normal(shape, mean=0, std=1)",
    "normal noise with a mean and a standard deviation; both get a gradient",
    "mean + std*randn(shape)",
    `tf.random.normal(shape, mean = 0, stddev: std = 1, ${rest}); keras.random.normal(shape, mean = 0, stddev: std = 1, ${rest}); K.random_normal(shape, mean = 0, stddev: std = 1, ${rest})`,
  ),
  func(
    "_torch_normal(mean, std=1, shape=None)",
    "torch.normal, which hands no gradient on",
    "stop_gradient(mean + std*(randn_like(mean + std) if shape is None else randn(shape)))",
    "torch.normal(mean, std = 1, size: shape = None)",
  ),
  func(
    "bernoulli(p)",
    "1 with probability p, else 0: a draw, without gradient for p",
    "float(rand_like(p) < p)",
    "{torch,Tensor}.bernoulli(input: p); K.random_bernoulli(shape: _, p); keras.random.binomial(shape: _, counts: _, probabilities: p, dtype: _ = None, seed: _ = None); jax.random.bernoulli(key: _, p = 0.5, shape: _ = None)",
  ),
  func(
    "categorical(logits)",
    "a position drawn by its probability: a choice, without gradient",
    "argmax(logits - log(-log(rand_like(logits))), axis=-1)",
    "jax.random.categorical(key: _, logits, axis: ! = -1)",
  ),
  func(
    "_random_key(seed=0)",
    "a key of JAX: noise is drawn anew whatever it is",
    "0",
    "jax.random.{PRNGKey,key}(seed); jax.random.fold_in(key: _, data: _)",
  ),
  func("_random_keys(n=2)", "several keys of JAX", "[0 for k in range(n)]", "jax.random.split(key: _, num: n = 2)"),
  func(
    "_jax_normal(shape=None)",
    "normal noise",
    "randn(() if shape is None else shape)",
    "jax.random.normal(key: _, shape = None, dtype: _ = None)",
  ),
  func(
    "_jax_uniform(shape=None, low=0, high=1)",
    "uniform noise between low and high",
    "low + (high - low)*rand(() if shape is None else shape)",
    "jax.random.uniform(key: _, shape = None, dtype: _ = None, minval: low = 0, maxval: high = 1)",
  ),
  func(
    "_jax_gumbel(shape=None)",
    "noise by which the largest of shifted scores is a draw by probability",
    "-log(-log(rand(() if shape is None else shape)))",
    "jax.random.gumbel(key: _, shape = None, dtype: _ = None)",
  ),
  func(
    "_numpy_normal(mean=0, std=1, shape=None)",
    "normal noise",
    "mean + std*randn(() if shape is None else shape)",
    "np.random.normal(loc: mean = 0, scale: std = 1, size: shape = None)",
  ),
  func(
    "_numpy_uniform(low=0, high=1, shape=None)",
    "uniform noise between low and high",
    "low + (high - low)*rand(() if shape is None else shape)",
    "np.random.uniform(low = 0, high = 1, size: shape = None)",
  ),
  func(
    "_random_of(size=None)",
    "uniform noise",
    "rand(() if size is None else size)",
    "np.random.{random,random_sample}(size = None)",
  ),
  func(
    "_poisson(rate)",
    "draws that count, as often as the rate says: they do not change with it but in steps",
    "floor(rate + rand_like(rate))",
    "torch.poisson(input: rate, generator: _ = None)",
  ),
  func(
    "_whole_noise(low, high, shape)",
    "whole numbers from low to below high",
    "int(floor(low + (high - low)*rand(shape)))",
    "jax.random.randint(key: _, shape, minval: low, maxval: high, dtype: _ = None); torch.randint(low, high, size: shape, device: _ = None, dtype: _ = None); np.random.randint(low, high, size: shape)",
  ),
  func(
    "_whole_noise_below(high, shape)",
    "whole numbers below high",
    "_whole_noise(0, high, shape)",
    "torch.randint(high, size: shape, device: _ = None, dtype: _ = None)",
  ),
  func(
    "_seeded(seed=0)",
    "a seed changes nothing: noise is drawn anew",
    "None",
    "{torch,np.random}.{manual_seed,seed}(seed = 0); tf.random.set_seed(seed = 0); torch.cuda.manual_seed(seed = 0)",
  ),
  func(
    "_categorical_draws(logits, n)",
    "n positions for each row, drawn by their probability",
    "stack([categorical(logits) for k in range(n)], axis=-1)",
    "{tf.random,keras.random}.categorical(logits, num_samples: n, dtype: _ = None, seed: _ = None, name: _ = None)",
  ),
  func(
    "multinomial(p, n)",
    "n positions drawn by their probability",
    "_categorical_draws(log(p), n)",
    "{torch,Tensor}.multinomial(input: p, num_samples: n, replacement: _ = False)",
  ),
  func(
    "randperm(n)",
    "the numbers below n in a drawn order",
    "argsort(rand(n))",
    "torch.randperm(n, dtype: _ = None, device: _ = None)",
  ),
  func(
    "shuffle(x)",
    "the slices along the first axis in a drawn order",
    "take(x, randperm(x.shape[0]), axis=0)",
    "{tf.random,keras.random}.shuffle(x, seed: _ = None, name: _ = None); jax.random.permutation(key: _, x)",
  ),
]
