// Plausible inputs for named losses, activations and metrics: shapes and values by the names of their arguments.
import type { Composition } from "../../src/ops/record.ts"
import { signatureOf } from "../../src/ops/table.ts"
import type { Numbers } from "./evaluate.ts"

type Draw = () => number
/** A tensor of a shape, filled by a function of the position. */
const filled = (shape: readonly number[], value: (index: number) => number): Numbers => {
  const size = shape.reduce((a, b) => a * b, 1)
  let flat: Numbers[] = Array.from({ length: size }, (_, k) => value(k))
  for (const d of shape.slice(1).reverse())
    flat = Array.from({ length: flat.length / d }, (_, k) => flat.slice(k * d, (k + 1) * d))
  return shape.length === 0 ? flat[0]! : flat
}

/** Both labels occur, and every class number. */
const labels = (shape: readonly number[]): Numbers => filled(shape, (k) => k % 2)
const numbers = (shape: readonly number[], n: number): Numbers => filled(shape, (k) => (k * 2 + 1) % n)
/** Numbers no two of which are alike, near none of the kinks at 0, 1 and their halves. */
const scores = (shape: readonly number[], random: Draw): Numbers =>
  filled(shape, () => 0.07 + 0.4 * random() + (random() < 0.5 ? 0 : 0.5))
const reals = (shape: readonly number[], random: Draw): Numbers => filled(shape, () => 4 * random() - 2 + 0.0137)
const shares = (shape: readonly number[], random: Draw): Numbers => {
  const width = shape.at(-1) ?? 1
  const raw = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.2 + random())
  return filled(shape, (k) => {
    const row = raw.slice(Math.floor(k / width) * width, (Math.floor(k / width) + 1) * width)
    return raw[k]! / row.reduce((a, b) => a + b, 0)
  })
}

export type Inputs = Record<string, Numbers>
type Make = (random: Draw) => Inputs

const rows: Make = (r) => ({
  y: numbers([6], 4),
  z: reals([6, 4], r),
  p: shares([6, 4], r),
  lp: filled([6, 4], () => -0.3 - r()),
})
const distributions: Make = (r) => ({
  y: shares([5, 3], r),
  p: shares([5, 3], r),
  lp: filled([5, 3], () => -0.3 - r()),
})
const oneHot: Make = (r) => ({
  y: filled([4, 4], (k) => (k % 5 === 0 ? 1 : 0)),
  z: reals([4, 4], r),
  p: scores([4, 4], r),
})
const boxes: Make = (r) => ({
  y: filled([3, 4], (k) => (k % 4 < 2 ? r() : 2 + r())),
  p: filled([3, 4], (k) => (k % 4 < 2 ? r() : 2 + r())),
})
const ctc: Make = (r) => ({
  y: numbers([2, 2], 3),
  lp: filled([5, 2, 3], () => -0.5 - r()),
  z: reals([5, 2, 3], r),
  n: [5, 4],
  k: [2, 1],
})
const matrices: Make = (r) => ({ q: reals([3, 4], r), k: reals([5, 4], r), v: reals([5, 2], r) })
const heads: Make = (r) => ({ q: reals([2, 3, 2, 4], r), k: reals([2, 5, 2, 4], r), v: reals([2, 5, 2, 3], r) })

/** Entries whose arguments mean something of their own. */
const chosen = new Map<string, Make>([
  ...[
    "nll",
    "softmax_focal_loss",
    "poly_loss",
    "generalized_cross_entropy",
    "multi_margin",
    "sparse_categorical_accuracy",
    "top_k_accuracy",
    "reciprocal_rank",
    "_keras_sparse_cce",
    "_keras_gce",
    "_keras_sparse_categorical_accuracy",
    "_keras_sparse_top_k_accuracy",
    "_optax_softmax_integer",
    "_optax_multiclass_hinge",
    "_optax_multiclass_perceptron",
    "_optax_multiclass_sparsemax",
    "_tf_sparse_cross_entropy",
    "cross_entropy",
    "perplexity",
    "label_smoothing",
  ].map((n): [string, Make] => [n, rows]),
  ...[
    "kl_div",
    "kl_div_log",
    "js_div",
    "entropy",
    "hellinger",
    "bhattacharyya",
    "wasserstein",
    "chi2",
    "categorical_cross_entropy",
    "_keras_kl_divergence",
    "_optax_kl",
    "_optax_generalized_kl",
  ].map((n): [string, Make] => [n, distributions]),
  ...[
    "categorical_hinge",
    "categorical_accuracy",
    "coverage_error",
    "label_ranking_loss",
    "label_ranking_average_precision",
    "_keras_categorical_hinge",
    "_keras_cce",
    "_keras_categorical_focal",
    "_keras_categorical_accuracy",
    "_keras_top_k_accuracy",
    "_keras_fbeta",
    "_optax_dice",
    "_optax_generalized_dice",
    "multilabel_soft_margin",
  ].map((n): [string, Make] => [n, oneHot]),
  ...["box_iou_loss", "giou_loss", "_box_iou"].map((n): [string, Make] => [n, boxes]),
  [
    "multilabel_margin",
    (r) => ({
      y: [
        [1, -1, 0],
        [0, 2, -1],
      ],
      z: reals([2, 3], r),
    }),
  ],
  ...["ctc", "_tf_ctc"].map((n): [string, Make] => [n, ctc]),
  [
    "_keras_ctc",
    (r) => ({
      y: [
        [1, 2],
        [2, 1],
      ],
      z: reals([2, 5, 3], r),
    }),
  ],
  [
    "_optax_ctc",
    (r) => ({
      y: [
        [1, 2],
        [2, 1],
      ],
      z: reals([2, 5, 3], r),
      pad: filled([2, 5], () => 0),
      ypad: filled([2, 2], () => 0),
    }),
  ],
  ["_attention_heads_inside", heads],
  ["_keras_circle", (r) => ({ y: [0, 0, 1, 1], p: reals([4, 3], r) })],
  ["_optax_ntxent", (r) => ({ y: [0, 1, 0, 1], x: reals([4, 3], r) })],
  ["_optax_fenchel_young", (r) => ({ y: shares([4], r), z: reals([4], r) })],
  ["_nll_classes", (r) => ({ y: numbers([6], 4), lp: reals([6, 4], r) })],
  ["_nll_shares", (r) => ({ y: shares([6, 4], r), lp: reals([6, 4], r) })],
  ["_tf_weighted_bce", (r) => ({ y: labels([6]), z: reals([6], r), q: 3 })],
  ["_on_axis", (r) => ({ w: reals([3], r), x: reals([2, 3, 2], r) })],
  ["wasserstein", (r) => ({ y: shares([5, 3], r), p: scores([5, 3], r) })],
  ["attention", matrices],
  ["hard_attention", matrices],
  ["glu", (r) => ({ x: reals([3, 4], r) })],
  ["reglu", (r) => ({ x: reals([3, 4], r) })],
  ["geglu", (r) => ({ x: reals([3, 4], r) })],
  ["swiglu", (r) => ({ x: reals([3, 4], r) })],
  ["log1mexp", (r) => ({ x: scores([4], r) })],
  ...["_keras_iou", "_keras_mean_iou"].map((n): [string, Make] => [
    n,
    () => ({ y: numbers([6], 3), p: [0, 1, 2, 1, 1, 0] }),
  ]),
  ...["_keras_one_hot_iou", "_keras_one_hot_class_iou"].map((n): [string, Make] => [
    n,
    (r) => ({ y: filled([3, 3], (k) => (k % 4 === 0 ? 1 : 0)), p: scores([3, 3], r) }),
  ]),
  ...["dcg", "ndcg"].map((n): [string, Make] => [n, (r) => ({ y: numbers([2, 5], 4), p: scores([2, 5], r) })]),
  ["_optax_binary_dice", (r) => ({ y: labels([2, 3]), z: reals([2, 3], r) })],
  ["tweedie_deviance", (r) => ({ y: scores([6], r), p: scores([6], r) })],
  ...[
    "mape",
    "wape",
    "msle",
    "rmsle",
    "_keras_msle",
    "_sk_msle",
    "_sk_mape",
    "_keras_mape",
    "d2_tweedie",
    "r2",
    "explained_variance",
    "smape",
    "median_absolute_error",
    "d2_pinball",
    "_sk_pinball",
    "max_error",
  ].map((n): [string, Make] => [n, (r) => ({ y: scores([5], r), p: scores([5], r) })]),
])
/** Arguments that are settings, told as text. */
const settings = new Map<string, string>([
  ["_nll_classes", "w=None, ignore=None, smoothing=0.1, axis=-1, reduction='mean'"],
  ["_on_axis", "axis=1"],
  ["_nll_shares", "w=None, smoothing=0.1, axis=-1, reduction='mean'"],
  ["_keras_iou", "classes=[0, 2]"],
  ["_keras_mean_iou", "n=3"],
  ["_keras_one_hot_iou", "n=3"],
  ["_keras_one_hot_class_iou", "classes=[1]"],
  ["_optax_fenchel_young", "f=logsumexp"],
  ["threshold", "t=0.3"],
])

const byName = (name: string, random: Draw): Numbers => {
  if (name === "y") return labels([6])
  if (name === "p") return scores([6], random)
  if (["v", "d"].includes(name)) return filled([6], () => 0.3 + random())
  if (["anchor", "positive", "negative", "a", "b", "mu", "logvar", "q", "k", "w"].includes(name))
    return reals([4, 4], random)
  return reals([6], random)
}

/** A call of a composition with inputs that it is meant for; `inputs` are only those that the call uses. */
export function plausible(entry: Composition, random: Draw): { readonly text: string; readonly inputs: Inputs } {
  const set = settings.get(entry.name) ?? ""
  const given = new Set(set.split(",").map((s) => s.split("=")[0]!.trim()))
  const names = signatureOf(entry)
    .calls![0]!.filter((p) => p.required && !given.has(p.target))
    .map((p) => p.target)
  const own = chosen.get(entry.name)?.(random) ?? {}
  // Embedding losses want rows, and their labels say -1 or 1.
  const rowwise = names.includes("a") && names.includes("y")
  const inputs = Object.fromEntries(
    names.map((n) => [n, own[n] ?? (rowwise && n === "y" ? filled([4], (k) => 1 - 2 * (k % 2)) : byName(n, random))]),
  )
  const text = `${entry.name}(${[...names.map((n) => `${n}=${n}`), ...(set ? [set] : [])].join(", ")})`
  return { text, inputs }
}
