// All compositions: named functions, activations, losses and metrics, written in gradcheck's own language.
import type { Composition } from "../record.ts"
import { activations } from "./activations.ts"
import { attention } from "./attention.ts"
import { binary } from "./binary.ts"
import { boxes } from "./boxes.ts"
import { classNames } from "./classes.ts"
import { divergence } from "./divergence.ts"
import { embedding } from "./embedding.ts"
import { functions } from "./functions.ts"
import { initial } from "./initial.ts"
import { jax, jaxNames } from "./jax.ts"
import { kerasLosses } from "./keras.ts"
import { kerasMetrics } from "./keras-metrics.ts"
import { layers } from "./layers.ts"
import { matrices } from "./matrices.ts"
import { metrics } from "./metrics.ts"
import { multiclass } from "./multiclass.ts"
import { optaxLosses } from "./optax.ts"
import { orderStatistics } from "./order.ts"
import { overlap } from "./overlap.ts"
import { regression } from "./regression.ts"
import { resampling } from "./resample.ts"
import { sampling } from "./sampling.ts"
import { scatters } from "./scatter.ts"
import { scores } from "./scores.ts"
import { sequence } from "./sequence.ts"
import { sums } from "./sums.ts"
import { tensorflow, tensorflowNames } from "./tensorflow.ts"
import { tensors } from "./tensors.ts"
import { windows } from "./windows.ts"

/** Further spellings of entries that stand elsewhere. */
export const moreNames = [...classNames, ...tensorflowNames, ...jaxNames]

export const compositions: readonly Composition[] = [
  ...functions,
  ...matrices,
  ...orderStatistics,
  ...scatters,
  ...tensors,
  ...sums,
  ...windows,
  ...resampling,
  ...layers,
  ...initial,
  ...sampling,
  ...activations,
  ...attention,
  ...regression,
  ...binary,
  ...multiclass,
  ...divergence,
  ...embedding,
  ...sequence,
  ...overlap,
  ...boxes,
  ...metrics,
  ...scores,
  ...kerasLosses,
  ...kerasMetrics,
  ...optaxLosses,
  ...tensorflow,
  ...jax,
]

/** Second names that people type. */
export const secondNames: readonly (readonly [name: string, entry: string])[] = [
  ["mean_squared_error", "mse"],
  ["mse_loss", "mse"],
  ["root_mean_squared_error", "rmse"],
  ["mean_absolute_error", "mae"],
  ["mae_loss", "mae"],
  ["l1_loss", "mae"],
  ["mean_absolute_percentage_error", "mape"],
  ["mean_squared_logarithmic_error", "msle"],
  ["mean_squared_log_error", "msle"],
  ["huber_loss", "huber"],
  ["smooth_l1_loss", "smooth_l1"],
  ["logcosh", "log_cosh"],
  ["log_cosh_loss", "log_cosh"],
  ["pinball", "quantile_loss"],
  ["pinball_loss", "quantile_loss"],
  ["charbonnier_loss", "charbonnier"],
  ["tukey_loss", "tukey"],
  ["biweight", "tukey"],
  ["wing_loss", "wing"],
  ["tv", "total_variation"],
  ["poisson_nll_loss", "poisson_nll"],
  ["gaussian_nll_loss", "gaussian_nll"],
  ["binary_crossentropy", "bce"],
  ["bce_loss", "bce"],
  ["bce_logits", "bce_with_logits"],
  ["sigmoid_cross_entropy", "bce_with_logits"],
  ["focal", "focal_loss"],
  ["binary_focal_loss", "focal_loss"],
  ["sigmoid_focal_loss", "focal_loss_with_logits"],
  ["hinge_loss", "hinge"],
  ["squared_hinge_loss", "squared_hinge"],
  ["brier_score", "brier"],
  ["ce", "cross_entropy"],
  ["softmax_cross_entropy", "cross_entropy"],
  ["kl", "kl_div"],
  ["kl_divergence", "kl_div"],
  ["kld", "kl_div"],
  ["js_divergence", "js_div"],
  ["jsd", "js_div"],
  ["emd", "wasserstein"],
  ["cosine_embedding_loss", "cosine_embedding"],
  ["triplet_loss", "triplet"],
  ["triplet_margin_loss", "triplet"],
  ["contrastive_loss", "contrastive"],
  ["infonce", "info_nce"],
  ["info_nce_loss", "info_nce"],
  ["ntxent", "nt_xent"],
  ["soft_dice_loss", "dice_loss"],
  ["soft_f1_loss", "f1_loss"],
  ["jaccard_loss", "iou_loss"],
  ["soft_iou_loss", "iou_loss"],
  ["jaccard", "iou"],
  ["tversky_index", "tversky"],
  ["f1_score", "f1"],
  ["fbeta_score", "fbeta"],
  ["dice_score", "dice"],
  ["dice_coefficient", "dice"],
  ["iou_score", "iou"],
  ["accuracy_score", "accuracy"],
  ["precision_score", "precision"],
  ["recall_score", "recall"],
  ["sensitivity", "recall"],
  ["matthews", "mcc"],
  ["roc_auc", "auc"],
  ["auroc", "auc"],
  ["r2_score", "r2"],
  ["ccc", "concordance"],
  ["mrr", "reciprocal_rank"],
  ["hard_sigmoid", "hardsigmoid"],
  ["hard_tanh", "hardtanh"],
  ["hard_swish", "hardswish"],
  ["hard_silu", "hardswish"],
  ["hard_shrink", "hardshrink"],
  ["soft_shrink", "softshrink"],
  ["tanh_shrink", "tanhshrink"],
  ["soft_sign", "softsign"],
  ["relu2", "squared_relu"],
  ["scaled_dot_product_attention", "attention"],
]
