// What a user of torch, TensorFlow and JAX would meet: an error in words, None, or silence.
import { edgesOf } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import { NONE } from "../ops/record.ts"
import type { View } from "./view.ts"

type Outcome = "zero" | "none" | "error"
export type FrameworkName = "torch" | "tf" | "jax"

/** The words; measured with torch 1.13, read in the sources of Keras 3 and JAX 0.11 (shared/reference). */
const words: Readonly<
  Record<FrameworkName, Readonly<Record<"zero" | "none", readonly [alone: string, beside: string]>>>
> = {
  torch: {
    none: [
      "backward() raises RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn",
      "no message: .grad stays None and the optimizer skips it",
    ],
    zero: ["no message: backward() and step() succeed, every gradient is 0", "no message: its gradient is 0"],
  },
  tf: {
    none: [
      "tape.gradient returns None; Keras raises ValueError: No gradients provided for any variable.",
      "tape.gradient returns None; Keras warns: Gradients do not exist for variables",
    ],
    zero: ["no message: tape.gradient returns zeros", "no message: tape.gradient returns zeros"],
  },
  jax: {
    none: ["no message: jax.grad returns zeros", "no message: jax.grad returns zeros"],
    zero: ["no message: jax.grad returns zeros", "no message: jax.grad returns zeros"],
  },
}

/** torch's own words for an operation that it computes and cannot differentiate; our names for these are its names. */
const raised = (cut: Node): string =>
  `backward() raises RuntimeError: derivative for aten::${cut.op.name} is not implemented`

/** What a framework says when a tensor with a gradient is handed to NumPy or Python; undefined where it says nothing then. */
const leaving: Readonly<Record<FrameworkName, Readonly<Record<string, string>>>> = {
  torch: {
    NumPy:
      "the call raises RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
  },
  tf: {},
  jax: {
    NumPy: "jax.grad raises TracerArrayConversionError at the call",
    Python: "jax.grad raises ConcretizationTypeError at the call",
  },
}

/** torch.tensor(…, requires_grad=True) makes the error go away, not its cause. */
const FRESH_LEAF = "no message: the fresh tensor takes the gradient, backward() succeeds and nothing is trained"

const frameworkNames: Readonly<Record<FrameworkName, string>> = { torch: "torch", tf: "TensorFlow", jax: "JAX" }

/** The outcome of one cut in one framework. */
function outcomeOf(cut: Node, framework: FrameworkName): Outcome {
  const closed = edgesOf(cut, framework).every((e) => e === NONE)
  if (closed) return "none"
  return cut.op.outcomes?.[framework] ?? (framework === "tf" ? "none" : "zero")
}

/** One line for each framework: what happens to a parameter that these cuts keep from the loss. */
export function frameworkLines(
  view: View,
  cuts: readonly Node[],
  names: readonly string[],
): { label: string; text: string }[] {
  const alone = view.evidence.parameters.every((p) => names.includes(p.name))
  const fresh = view.evidence.question.traced.graph.nodes.some((n) => n.statics.leaf === true)
  return (["torch", "tf", "jax"] as const).flatMap((framework) => {
    if (view.framework !== undefined && view.framework !== framework) return []
    const left = cuts.flatMap((c) => leaving[framework][String(c.statics.leavesFor)] ?? [])[0]
    if (left !== undefined) return [{ label: frameworkNames[framework], text: left }]
    const outcomes = cuts.map((c) => outcomeOf(c, framework))
    // An operation that raises stops everything; a path that is connected hides one that is not.
    const raising = cuts[outcomes.indexOf("error")]
    if (raising) return [{ label: frameworkNames[framework], text: raised(raising) }]
    const outcome = outcomes.includes("zero") ? "zero" : "none"
    const text =
      fresh && framework === "torch" && outcome === "none" ? FRESH_LEAF : words[framework][outcome][alone ? 0 : 1]
    return [{ label: frameworkNames[framework], text }]
  })
}
