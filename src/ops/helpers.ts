// Makers of operation records, named by mathematical kind; they own what every record of a kind would repeat.
import { pickKernel, placeKernel, pointwiseKernel } from "./kernels.ts"
import {
  type Kernel,
  type Layout,
  type Nature,
  NONE,
  type NumberType,
  type Operation,
  type Shape,
  type Statics,
  type Vjp,
  ZERO,
} from "./record.ts"
import { axesOf, broadcast, type Groups, groupsOf } from "./shapes.ts"
import { expandBraces } from "./signature.ts"

type Extra = Partial<
  Pick<
    Operation,
    | "kinks"
    | "jumps"
    | "domain"
    | "instead"
    | "learned"
    | "internal"
    | "type"
    | "prepare"
    | "linearIn"
    | "permutes"
    | "pointwise"
    | "adds"
    | "exact"
    | "positions"
    | "compares"
    | "cutsBecause"
    | "branches"
    | "guards"
    | "vanishes"
    | "matches"
    | "outcomes"
    | "flattens"
    | "among"
    | "moves"
    | "packs"
    | "range"
    | "foldRange"
    | "rowRange"
  >
> & { readonly names?: string }

/** "{torch,jnp}.exp tf.exp" → the list of spellings; semicolons part signatures that hold spaces. */
export const spellings = (text = ""): string[] =>
  (text.match(/(?:\((?:[^()]|\([^()]*\))*\)|[^\s;()])+/g) ?? []).flatMap(spread)

const spread = (text: string): string[] => {
  const open = text.indexOf("(")
  return open < 0 ? expandBraces(text) : expandBraces(text.slice(0, open)).map((path) => path + text.slice(open))
}

export const nameOf = (call: string): string => call.slice(0, call.indexOf("("))
const argumentsOf = (call: string): string[] =>
  call
    .slice(call.indexOf("(") + 1, -1)
    .split(",")
    .map((a) => a.split("=")[0]!.trim())

/** real if any input is real, else whole. */
export const promote = (inputs: readonly NumberType[]): NumberType =>
  inputs.every((t) => t !== "real") ? "whole" : "real"
const real = (): NumberType => "real"
export const truth = (): NumberType => "truth"
export const whole = (): NumberType => "whole"
export const same = (inputs: readonly NumberType[]): NumberType => inputs[0] ?? "real"

function zip(args: readonly string[], vjp: readonly Vjp[] | Vjp): Record<string, Vjp> {
  return Object.fromEntries(
    args.map((a, k) => [a, typeof vjp === "string" || !Array.isArray(vjp) ? (vjp as Vjp) : (vjp[k] ?? NONE)]),
  )
}

function pointwise(nature: Nature, type: Operation["type"]) {
  return (
    call: string,
    says: string,
    value: (...xs: number[]) => number,
    vjp: readonly Vjp[] | Vjp,
    extra: Extra = {},
  ): Operation => {
    const args = argumentsOf(call)
    return {
      name: nameOf(call),
      call,
      says,
      nature,
      type,
      value,
      tensors: args.length,
      shape: broadcast,
      pointwise: true,
      kernel: (layout) => pointwiseKernel(value, layout),
      vjp: zip(args, vjp),
      ...extra,
    }
  }
}

export const linear = pointwise("linear", promote)
export const smooth = pointwise("smooth", real)
export const kinked = pointwise("kinked", promote)
const stepOf = pointwise("step", same)
const choiceOf = pointwise("step", truth)

/** Flat between jumps, connected: round, sign. Its gradient is 0 by construction. */
export const step = (call: string, says: string, value: (...xs: number[]) => number, extra: Extra = {}): Operation =>
  stepOf(call, says, value, ZERO, extra)
/** A truth value: comparisons and logic. No path. */
export const comparison = (
  call: string,
  says: string,
  value: (...xs: number[]) => number,
  extra: Extra = {},
): Operation => choiceOf(call, says, value, NONE, extra)

/** The groups that a reduction with these statics runs over. */
export const groupsFor = (shape: Shape, statics: Statics): Groups => groupsOf(shape, axesOf(statics.axis, shape.length))

/**
 * Folds one or more axes away. The call gets `axis=None, keepdims=False`. In its formulas `g` and `out` are already
 * spread over the axes again, and `count` is the number of elements folded into one.
 */
export function reduction(
  call: string,
  says: string,
  nature: Nature,
  kernel: (groups: Groups, block: number, layout: Layout) => Kernel,
  vjp: Vjp,
  extra: Extra = {},
): Operation {
  const open = call.slice(0, -1)
  return {
    name: nameOf(call),
    call: `${open}, axis=None, keepdims=False)`,
    says,
    nature,
    tensors: 1,
    spreads: true,
    type: real,
    shape: ([x], statics) => {
      const axes = axesOf(statics.axis, x!.length)
      return statics.keepdims ? x!.map((d, k) => (axes.includes(k) ? 1 : d)) : x!.filter((_, k) => !axes.includes(k))
    },
    kernel: (layout) => kernel(groupsFor(layout.inputs[0]!, layout.statics), layout.block, layout),
    vjp: { [argumentsOf(call)[0]!]: vjp },
    ...extra,
  }
}

/**
 * Moves elements around: `arrange` says the new shape and where each element comes from. The adjoint puts them back.
 */
export function rearrange(
  call: string,
  says: string,
  arrange: (shape: Shape, statics: Statics) => { readonly shape: Shape; readonly map: Int32Array },
  extra: Extra = {},
): Operation {
  return {
    name: nameOf(call),
    call,
    says,
    nature: "linear",
    tensors: 1,
    type: same,
    prepare: ([x], statics) => {
      const { shape, map } = arrange(x!, statics)
      return { ...statics, to: shape, map }
    },
    shape: (_, statics) => statics.to as Shape,
    kernel: ({ statics, block }) => pickKernel(statics.map as Int32Array, block),
    vjp: { [argumentsOf(call)[0]!]: "_place(g, map, origin)" },
    ...extra,
  }
}

/** An operation that fits no other kind: everything is given. */
export const general = (
  call: string,
  says: string,
  nature: Nature,
  tensors: number,
  parts: Pick<Operation, "shape" | "kernel" | "vjp"> & Extra,
): Operation => ({ name: nameOf(call), call, says, nature, tensors, type: real, ...parts, ...parts }) as Operation

export { pickKernel, placeKernel }
