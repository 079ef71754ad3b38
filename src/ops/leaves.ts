// The leaves of a graph: inputs that are sampled, and numbers that are known.
import { general } from "./helpers.ts"
import { fillKernel } from "./kernels.ts"
import type { NumberType, Operation, Shape } from "./record.ts"

/** `name` is a static argument; the program fills it. */
export const input: Operation = general("_input()", "an input", "leaf", 0, {
  shape: (_, statics) => statics.shape as Shape,
  kernel: () => () => {},
  type: (_, statics) => statics.type as NumberType,
  vjp: {},
  internal: true,
})

export const constant: Operation = general("_constant()", "known numbers", "leaf", 0, {
  shape: (_, statics) => statics.shape as Shape,
  kernel: ({ statics, block }) => fillKernel(statics.data as Float64Array, block),
  type: (_, statics) => statics.type as NumberType,
  vjp: {},
  internal: true,
})
