// The functions under torch.nn.functional: the same losses and activations with their arguments in another order.
import { spellings } from "../helpers.ts"
import type { Composition, Operation } from "../record.ts"
import { parseSignature } from "../signature.ts"

/** The inner path, the function of torch.nn.functional that calls it, and its arguments by that function's names. */
const inner: readonly (readonly [paths: string, outer: string, args: string])[] = [
  ["{torch._C._nn,torch}.nll_loss", "nll_loss", "input target weight reduction ignore_index"],
  ["torch._C._nn.nll_loss_nd", "nll_loss", "input target weight reduction ignore_index"],
  ["torch._C._nn.cross_entropy_loss", "cross_entropy", "input target weight reduction ignore_index label_smoothing"],
  ["torch._C._nn.binary_cross_entropy", "binary_cross_entropy", "input target weight reduction"],
  [
    "torch.binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits",
    "input target weight pos_weight reduction",
  ],
  ["torch.kl_div", "kl_div", "input target reduction log_target"],
  ["torch.poisson_nll_loss", "poisson_nll_loss", "input target log_input full eps reduction"],
  ["torch.hinge_embedding_loss", "hinge_embedding_loss", "input target margin reduction"],
  ["torch.margin_ranking_loss", "margin_ranking_loss", "input1 input2 target margin reduction"],
  ["torch.cosine_embedding_loss", "cosine_embedding_loss", "input1 input2 target margin reduction"],
  ["torch.triplet_margin_loss", "triplet_margin_loss", "anchor positive negative margin p eps swap reduction"],
  ["torch._C._nn.mse_loss", "mse_loss", "input target reduction"],
  ["torch._C._nn.l1_loss", "l1_loss", "input target reduction"],
  ["torch._C._nn.smooth_l1_loss", "smooth_l1_loss", "input target reduction beta"],
  ["torch._C._nn.huber_loss", "huber_loss", "input target reduction delta"],
  ["torch._C._nn.soft_margin_loss", "soft_margin_loss", "input target reduction"],
  ["torch._C._nn.multilabel_margin_loss", "multilabel_margin_loss", "input target reduction"],
  ["torch._C._nn.multi_margin_loss", "multi_margin_loss", "input target p margin weight reduction"],
  ...["relu6", "hardsigmoid", "silu", "mish", "hardswish"].map(
    (name) => [`torch._C._nn.{${name},${name}_}`, name, "input"] as const,
  ),
  ["torch._C._nn.glu", "glu", "input dim"],
  ["torch._C._nn.{hardtanh,hardtanh_}", "hardtanh", "input min_val max_val"],
  ["torch._C._nn.{elu,elu_}", "elu", "input alpha"],
  ["torch._C._nn.{leaky_relu,leaky_relu_}", "leaky_relu", "input negative_slope"],
  ["torch._C._nn.softplus", "softplus", "input beta threshold"],
  ["torch._C._nn.softshrink", "softshrink", "input lambd"],
  ["torch._C._nn.gelu", "gelu", "input"],
  ["torch._C._nn.{threshold,threshold_}", "threshold", "input threshold value"],
]

/** Spellings by the entry's name. An argument that the outer function does not have changes nothing. */
export function innerNames(entries: readonly (Operation | Composition)[]): (readonly [name: string, text: string])[] {
  const outer = new Map(
    entries.flatMap((entry) =>
      spellings(entry.names).map((text) => [text.slice(0, text.indexOf("(")), { entry, text }]),
    ),
  )
  return inner.flatMap(([paths, name, args]) => {
    const known = outer.get(`F.${name}`)
    if (!known) return []
    const params = parseSignature(known.text).calls![0]!
    const own = args.split(" ").map((a, k) => {
      const param = params.find((p) => p.name === a) ?? (k === 0 ? params[0] : undefined)
      return `${a}: ${param?.target ?? "_"}`
    })
    return [[known.entry.name, `${paths}(${own.join(", ")})`] as const]
  })
}
