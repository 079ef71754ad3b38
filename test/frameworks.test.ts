// TensorFlow, Keras and JAX losses as people write them: each way of writing has an example of its own.
import { describe, expect, it } from "vitest"
import { lintFile } from "../src/lint.ts"
import { projectOf } from "../src/syntax/project.ts"

/** Verdicts by name, and "not understood: why". */
function verdicts(text: string, others: Record<string, string> = {}): Record<string, string> {
  const texts = new Map([...Object.entries(others), ["losses.py", text]])
  const project = projectOf((path) => texts.get(path))
  const { losses, notUnderstood } = lintFile(project, project.at("losses.py")!, {}, () => 0)
  return Object.fromEntries([
    ...losses.map((l) => [l.result.name, l.result.verdict] as const),
    ...notUnderstood.map((n) => [n.name, `not understood: ${n.problem.message}`] as const),
  ])
}
const tf = "import tensorflow as tf\nfrom tensorflow.keras import backend as K\n"
const jax = "import functools, jax, chex, optax\nimport jax.numpy as jnp\nfrom jax import lax\n"

describe("Keras", () => {
  it("a function that returns the loss is called with likely settings first", () => {
    const text = `${tf}
def tilted_loss(quantile, scale=2.0):
    def inner(y_true, y_pred):
        e = y_true - y_pred
        return K.mean(K.maximum(quantile*e, (quantile - 1)*e))*scale
    return inner
def stepped_loss(threshold):
    return lambda y_true, y_pred: K.mean(K.cast(y_pred > threshold, "float32") - y_true)
`
    expect(verdicts(text)).toEqual({ tilted_loss: "alive", stepped_loss: "disconnected" })
  })
  it("a metric is called by its update and its result, and what it stores leaves the graph", () => {
    const text = `${tf}
class Gap(tf.keras.metrics.Metric):
    def __init__(self, name="gap", **kw):
        super().__init__(name=name, **kw)
        self.total = self.add_weight(name="total", initializer="zeros")
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(tf.reduce_sum(tf.abs(y_true - y_pred)))
    def result(self):
        return self.total
`
    expect(verdicts(text)).toEqual({ Gap: "disconnected" })
  })
  it("branches, folds and maps that are functions; both sides of cond are seen", () => {
    const text = `${tf}
def either_loss(y_true, y_pred):
    n = tf.reduce_sum(y_true)
    s = tf.reduce_sum(tf.square(y_true - y_pred))
    return tf.cond(n > 0, lambda: s/n, lambda: s)
def rows_loss(y_true, y_pred):
    return tf.reduce_mean(tf.map_fn(lambda t: tf.reduce_sum(tf.abs(t[0] - t[1])), (y_true, y_pred), dtype=tf.float32))
def chain_loss(y_true, y_pred):
    return tf.foldl(lambda a, x: 0.5*a + x, tf.square(y_true - y_pred))
`
    expect(verdicts(text)).toEqual({ either_loss: "alive", rows_loss: "alive", chain_loss: "alive" })
  })
  it("checks change nothing; new axes, words for reductions and limits of number types are known", () => {
    const text = `${tf}
def guarded_loss(y_true, y_pred):
    tf.debugging.assert_equal(tf.shape(y_true), tf.shape(y_pred))
    y_pred.shape.assert_has_rank(1)
    with tf.control_dependencies([tf.debugging.assert_non_negative(y_true)]):
        d = y_true[:, tf.newaxis] - y_pred[tf.newaxis, :]
    return tf.reduce_mean(tf.minimum(tf.square(d), y_pred.dtype.max))
class HalfLoss(tf.keras.losses.Loss):
    def __init__(self, reduction=tf.keras.losses.Reduction.NONE):
        super().__init__(reduction=reduction)
        self.each = tf.keras.losses.MeanSquaredError(reduction=reduction)
    def call(self, y_true, y_pred):
        return 0.5*self.each(y_true, y_pred)
`
    expect(verdicts(text)).toEqual({ guarded_loss: "alive", HalfLoss: "alive" })
  })
  it("similarity of images wants the colours last", () => {
    const text = `${tf}def ssim_loss(y_true, y_pred):\n    return 1 - tf.reduce_mean(tf.image.ssim(y_true, y_pred, 1.0))\n`
    expect(verdicts(text)).toEqual({ ssim_loss: "alive" })
  })
})

describe("JAX", () => {
  it("decorators that go along axes are called, those that compile are not", () => {
    const text = `${jax}
@functools.partial(jax.vmap, in_axes=(0, 0))
def row_loss(scores, labels):
    return -jnp.sum(labels*jax.nn.log_softmax(scores))
@functools.partial(jax.jit, static_argnames=("reduction",))
def jitted_loss(pred, target, reduction="mean"):
    l = jnp.abs(pred - target)
    return l.mean() if reduction == "mean" else l
@functools.partial(jnp.vectorize, signature="(n),()->()")
def picked_loss(scores, label):
    return -jax.nn.log_softmax(scores)[label]
`
    expect(verdicts(text)).toEqual({ row_loss: "alive", jitted_loss: "alive", picked_loss: "alive" })
  })
  it("loops that are functions carry their value on, stopped or not", () => {
    const text = `${jax}
def returns_loss(pred, target):
    _, r = lax.scan(lambda c, x: (x + 0.9*c,)*2, 0.0, pred, reverse=True)
    return jnp.mean((r - target)**2)
def stopped_loss(pred, target):
    s = lax.fori_loop(0, 3, lambda i, a: a + lax.stop_gradient(pred[i]) - target[i], 0.0)
    return s**2
`
    expect(verdicts(text)).toEqual({ returns_loss: "alive", stopped_loss: "disconnected" })
  })
  it("x.at[...] gives a changed copy, masks in folds count, and types are asked for", () => {
    const text = `${jax}
def written_loss(pred, target):
    chex.assert_equal_shape([pred, target])
    if not jnp.issubdtype(pred.dtype, jnp.floating):
        raise TypeError
    w = jnp.ones_like(pred).at[0].set(0.0).at[1:3].add(2.0)
    return jnp.sum(w*(pred - target)**2, where=target > -1)
def overwritten_loss(pred, target):
    return jnp.sum((pred.at[:].set(1.0) - target)**2)
`
    expect(verdicts(text)).toEqual({ written_loss: "alive", overwritten_loss: "dead" })
  })
  it("a rule that is given after the function is heard of", () => {
    const text = `${jax}
@jax.custom_vjp
def rounded_loss(x):
    return jnp.round(x).sum()
rounded_loss.defvjp(lambda x: (rounded_loss(x), x), lambda x, g: (g*x,))
`
    expect(verdicts(text)).toEqual({ rounded_loss: "alive" })
  })
})

// Why: libraries validate their inputs before they compute; the exception is never what a training run sees.
describe("inputs that are validated", () => {
  it("labels are whole numbers where a program asks, and different values may be counted as a set", () => {
    const text = `import torch
def binary_accuracy(preds, target, beta=1.0):
    if not isinstance(beta, float):
        raise ValueError
    if target.is_floating_point():
        raise ValueError("labels are whole numbers")
    seen = torch.unique(target, dim=None)
    if torch.any((seen != 0) & (seen != 1)):
        raise RuntimeError
    return ((preds > 0.5) == target).float().mean()
`
    expect(verdicts(text)).toEqual({ binary_accuracy: "disconnected" })
  })
})

// Why: a package has a module of its own called typing or operator more often than one would think.
it("a module of Python's own is not a file of the same package", () => {
  const others = {
    "pkg/__init__.py": "",
    "pkg/typing.py": "from typing import Any\nArray = Any\n",
    "pkg/parts.py": "from .typing import Array\ndef scaled(x: Array):\n    return 2*x\n",
  }
  const text =
    "from pkg.parts import scaled\ndef a_loss(pred, target):\n    return (scaled(pred) - target).abs().mean()\n"
  expect(verdicts(text, others)).toEqual({ a_loss: "alive" })
})

describe("enumerations, types and texts of a library", () => {
  it("settle which way a loss goes", () => {
    const text = `from enum import Enum
from collections.abc import Hashable
import torch
torch.set_default_dtype(torch.float32)
class Weight(Enum):
    SQUARE = "square"
    SIMPLE = "simple"
def look_up(option, supported):
    if not isinstance(option, Hashable):
        raise ValueError
    if option in {item.value for item in supported}:
        return supported(option)
    raise ValueError
def weighed_loss(pred, target, weight="square"):
    w = look_up(f"{weight}", Weight)
    d = torch.pow(pred - target, exponent=2.0).to(device=pred.device)
    return d.mean() if w == Weight.SQUARE else torch.zeros(1)
`
    expect(verdicts(text)).toEqual({ weighed_loss: "alive" })
  })
})

// Why: two lists of spellings were merged, and names that both had were lost from both.
it("functions that torch and NumPy share are known under both roofs", () => {
  const text = `import jax.numpy as jnp, numpy as np, tensorflow as tf
def stacked_loss(pred, target):
    rows = jnp.vstack([jnp.atleast_2d(pred), np.atleast_2d(target)])
    return jnp.abs(jnp.diff(rows, axis=0)).mean() + jnp.hstack([pred, target]).mean()
def offdiagonal_loss(y_true, y_pred):
    s = tf.matmul(y_pred, y_true, transpose_b=True)
    return tf.reduce_mean(tf.linalg.set_diag(s, tf.zeros(tf.shape(s)[0])))
`
  expect(verdicts(text)).toEqual({ stacked_loss: "alive", offdiagonal_loss: "alive" })
})
