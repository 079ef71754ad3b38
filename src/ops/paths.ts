// Module paths as people import them, the short form that spellings use, and other homes of the same function.

/** In order: each pattern that fits is applied once. Inner modules of the frameworks stand for the public ones. */
const modules: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.functional\./, "F."],
  [/^nn\.functional\./, "F."],
  [/^torch\.nn\./, "nn."],
  [/^nn\.modules\.(?=[A-Z])/, "nn."],
  [/^torch\.Tensor\./, "Tensor."],
  [/^(tensorflow|tf)\.compat\.v[12]\./, "tf."],
  [/^tensorflow\.python\.keras\./, "keras."],
  [/^tensorflow\.python\.ops\.nn(_ops|_impl)?\./, "tf.nn."],
  [/^tensorflow\.python\.ops\.linalg_ops\./, "tf.linalg."],
  [/^tensorflow\.python\.(ops|framework|util)\.\w+\./, "tf.math."],
  [/^tensorflow\.experimental\.numpy\./, "tf.experimental.numpy."],
  [/^tensorflow\./, "tf."],
  [/^tf\.keras\./, "keras."],
  [/^tf_keras\./, "keras."],
  [/^keras\.(src|api|_tf_keras\.keras|api\._v[12]\.keras)\./, "keras."],
  [/^keras\.backend\.(tensorflow|jax|torch|numpy|common|config|math|nn|global_state|keras_tensor)\./, "K."],
  [/^keras\.backend\./, "K."],
  [/^keras\.ops\.(numpy|nn|math|core|linalg|image)\./, "keras.ops."],
  [/^keras\.(losses|metrics|activations)\.\w+\.(?=\w)/, "keras.$1."],
  [/^jax\._src\.numpy\.(linalg|fft)\./, "jnp.$1."],
  [/^jax\._src\.numpy\.(\w+\.)?(?=\w+$)/, "jnp."],
  [/^jax\._src\.lax\.(\w+\.)*(?=\w+$)/, "lax."],
  [/^jax\._src\.nn\.functions\./, "jax.nn."],
  [/^jax\._src\.ops\.special\./, "jax.nn."],
  [/^jax\._src\.ops\.scatter\./, "jax.ops."],
  [/^jax\._src\.(api|custom_derivatives|pjit|ad_checkpoint)\./, "jax."],
  [/^jax\._src\.(random|dtypes|tree_util|scipy\.\w+)\./, "jax.$1."],
  [/^flax\.(linen|nnx)\./, "jax.nn."],
  [/^jax\.numpy\./, "jnp."],
  [/^numpy\./, "np."],
  [/^jax\.lax\./, "lax."],
  [/^ops\./, "keras.ops."],
  [/^optax\._src\.(loss|losses)\./, "optax."],
  [/^optax\.losses\._\w+\./, "optax.losses."],
  [/^optax\._src\./, "optax."],
  [/^sklearn\.metrics\./, "metrics."],
  [/^torchmetrics\.functional\./, "torchmetrics."],
  [/^tf\.losses\./, "keras.losses."],
  [/^losses\./, "keras.losses."],
]

/** The same function under another roof, asked for when the first is not known. */
const elsewhere: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^tf\.math\./, ["tf.", "tf.nn.", "tf.linalg."]],
  [/^tf\.nn\./, ["tf.math.", "tf."]],
  [/^tf\.linalg\./, ["tf.", "tf.math."]],
  [/^tf\.experimental\.numpy\./, ["np."]],
  [/^tf\.(?=\w+$)/, ["tf.math.", "tf.linalg."]],
  [/^K\./, ["keras.ops.", "keras.activations.", "tf.", "tf.math."]],
  [/^keras\.ops\./, ["K."]],
  [/^jax\.nn\./, ["jax.scipy.special."]],
  [/^jax\.scipy\.special\./, ["scipy.special.", "jax.nn."]],
  [/^optax\.losses\./, ["optax."]],
  [/^lax\./, ["jnp."]],
]

export const moduleRoots: ReadonlySet<string> = new Set([
  "torch",
  "nn",
  "F",
  "tf",
  "tensorflow",
  "keras",
  "K",
  "ops",
  "jax",
  "jnp",
  "lax",
  "np",
  "numpy",
  "math",
  "optax",
  "sklearn",
  "metrics",
  "scipy",
  "special",
  "torchmetrics",
  "losses",
])

/** Paths that were shortened: a project spells few, and each of them often. */
const shortened = new Map<string, string>()
const MOST_KEPT = 5000

/** torch.nn.functional.relu → F.relu. */
export function shortPath(path: string): string {
  const known = shortened.get(path)
  if (known !== undefined) return known
  let short = path
  for (const [pattern, to] of modules) short = short.replace(pattern, to)
  if (shortened.size >= MOST_KEPT) shortened.clear()
  shortened.set(path, short)
  return short
}

/** The short form, and after it where else the function may be found. */
export function homesOf(path: string): string[] {
  const short = shortPath(path)
  const others = elsewhere.find(([pattern]) => pattern.test(short))
  return others ? [short, ...others[1].map((to) => short.replace(others[0], to))] : [short]
}
