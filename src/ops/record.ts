// What an operation is: one record carries all that any stage may ask about it.
import { Foreseen } from "../source/problem.ts"
import type { Double } from "./double.ts"
import type { Interval, RangeFunction } from "./interval.ts"

export type Shape = readonly number[]

/** The kind of number a value holds. Only reals carry gradients; whole numbers and truths are where paths end. */
export type NumberType = "real" | "whole" | "truth"

/** The format that every step of a computation is rounded to. */
export type NumberFormat = "float64" | "float32" | "bfloat16" | "float16"

/** Whose conventions at kinks. */
export const frameworks = ["torch", "tf", "jax", "numpy"] as const
export type Framework = (typeof frameworks)[number]

/** What an operation does to a gradient; findings are named by it. */
export type Nature = "linear" | "smooth" | "kinked" | "step" | "choice" | "stop" | "leaf"

/** An argument that is known before anything is computed: an axis, a flag, an index map. */
export type Static = number | string | boolean | null | readonly number[] | Int32Array | Float64Array
export type Statics = Readonly<Record<string, Static>>

/**
 * How the gradient `g` of the result goes to one argument. A formula in gradcheck's own language over `g`, `out`, the
 * argument names and the static arguments; where frameworks disagree (at kinks), one for each, `torch` standing in for
 * those left out. `zero`: connected, and zero by construction (round, sign). `none`: no path (comparisons, detach).
 */
export type Vjp = string | { readonly torch: string; readonly tf?: string; readonly jax?: string }
export const ZERO = "zero"
export const NONE = "none"

/** What a kernel is made for: concrete shapes, and `block` points computed side by side. */
export interface Layout {
  readonly inputs: readonly Shape[]
  readonly out: Shape
  readonly statics: Statics
  readonly block: number
}

/** Computes one node for a block of points; buffers are laid out [element][point]. */
export type Kernel = (out: Float64Array, inputs: readonly Float64Array[]) => void

export interface Operation {
  /** The name in gradcheck's language, unique. */
  readonly name: string
  /** Signature: tensor arguments first, static ones after, with defaults. */
  readonly call: string
  /** How many leading arguments are tensors. */
  readonly tensors: number
  readonly says: string
  readonly nature: Nature
  /** The shape of the result; throws ShapeError when the inputs do not fit. */
  readonly shape: (inputs: readonly Shape[], statics: Statics) => Shape
  readonly type: (inputs: readonly NumberType[], statics: Statics) => NumberType
  readonly kernel: (layout: Layout) => Kernel
  /** Forward on plain numbers, for pointwise operations. */
  readonly value?: (...args: number[]) => number
  /** Forward on intervals, for pointwise operations; what has none of these three may give anything. */
  readonly range?: RangeFunction
  /** The same for a fold: one interval from those of the members. */
  readonly foldRange?: (members: readonly Interval[], statics: Statics) => Interval
  /** The same along one axis: a row of intervals from a row. */
  readonly rowRange?: (row: readonly Interval[], statics: Statics) => Interval[]
  /** Derives further statics from shapes (an index map from axes), so that the node carries them. */
  readonly prepare?: (inputs: readonly Shape[], statics: Statics) => Statics
  /** Intervals of a whole result from those of whole arguments, for what is neither pointwise, a fold nor a row. */
  readonly wholeRange?: (inputs: readonly (readonly Interval[])[], layout: WholeLayout) => Interval[]
  /** Forward in double-double, read where float64 may show nothing but rounding. */
  readonly double?: DoubleForm
  readonly vjp: Readonly<Record<string, Vjp>>
  /** Gives one of its arguments, its negative, or a small whole number: in no format is there anything to round. */
  readonly exact?: boolean
  /** Each element of the result depends on the elements at its own place only. */
  readonly pointwise?: boolean
  /** Adds elements up at the places of its index map, instead of picking them. */
  readonly adds?: boolean
  /** In a reduction the formulas see `g` and `out` spread over the axis again, and `count`. */
  readonly spreads?: boolean
  /** Hands on its last argument as it is. */
  readonly moves?: boolean
  /** The same over only those entries where the truth `m` holds, as a formula over x, m and the static arguments. */
  readonly among?: string
  /** Puts what there is in front, when some entries are not there. */
  readonly packs?: boolean
  /** Lays axes out in a row: asked of a single number, it shows that an array was meant. */
  readonly flattens?: boolean
  /** Arguments in which the result is linear while the others are held; all tensor arguments when the nature is linear. */
  readonly linearIn?: readonly string[]
  /** Hands each element of its first argument on to one element of the result, in an order that depends on the data. */
  readonly permutes?: boolean
  /** Reads positions: which argument holds them, and which one they point into. */
  readonly positions?: { readonly index: number; readonly of: number }
  /** Chooses one of these arguments, by place, and hands a gradient to that one only. */
  readonly branches?: readonly number[]
  /** The first argument only says where the others count: the test of a branch. */
  readonly guards?: boolean
  /** Asks whether two numbers are equal, or different: a whole-number side tells what the other side counts. */
  readonly compares?: "equal" | "different"
  /** Formulas whose zeros are the kinks or the jumps. */
  readonly kinks?: readonly string[]
  readonly jumps?: readonly string[]
  /** Conditions for a finite value and, apart, for a finite slope. */
  readonly domain?: { readonly value?: string; readonly slope?: string }
  /**
   * Framework spellings as Python signatures, parted by semicolons or line breaks; a bare path has the operation's own
   * signature. Read when the first one is looked up (ops/helpers.ts, `spellings`).
   */
  readonly names?: string
  /** What frameworks do where the gradient is 0 by construction, when it is not silent zeros in torch and JAX and none in TensorFlow. */
  readonly outcomes?: {
    readonly torch?: "zero" | "none" | "error"
    readonly tf?: "zero" | "none"
    readonly jax?: "zero" | "none"
  }
  /** By format: results smaller than this come out as 0, since a step inside overflows. */
  readonly vanishes?: Readonly<Partial<Record<NumberFormat, number>>>
  /** Surrogates with a gradient, as expressions over the argument names. */
  readonly instead?: readonly Surrogate[]
  /** A loss between what goes in and `target`, for an output that fades where a loss of it would be compared. */
  readonly learned?: Surrogate
  /** What stands for "this result equals `other`" with a gradient, as an expression over the arguments and `other`. */
  readonly matches?: Surrogate
  /** Of an operation that stops every gradient: why it does, where it is not on purpose. */
  readonly cutsBecause?: string
  /** True for helpers of derivative formulas, which users need not see. */
  readonly internal?: boolean
}

/** What whole tensors are computed for: shapes and number types, without points side by side. */
export interface WholeLayout {
  readonly inputs: readonly Shape[]
  readonly out: Shape
  readonly statics: Statics
  readonly types: readonly NumberType[]
}

/** How an operation is computed in double-double: by place, by group, by row, or as a whole. */
export type DoubleForm =
  | { readonly kind: "point"; readonly f: (...args: Double[]) => Double }
  | { readonly kind: "fold"; readonly f: (members: readonly Double[], statics: Statics) => Double }
  | { readonly kind: "row"; readonly f: (row: readonly Double[], statics: Statics) => Double[] }
  | {
      readonly kind: "whole"
      readonly f: (inputs: readonly (readonly Double[])[], layout: WholeLayout) => Double[]
    }

/** A way out: `write` is an expression over the argument names; offered where `when` holds at every sample. */
export interface Surrogate {
  readonly text: string
  readonly write: string
  readonly when?: string
  /** `write` is a loss while the function itself is a gain: in the place of the call it would have the wrong sign. */
  readonly turns?: boolean
}

/** A function with a name that is written in the language itself and inlined where it is called. */
export interface Composition {
  readonly name: string
  readonly call: string
  readonly says: string
  /** Statements of the language over the argument names; the last gives the value. */
  readonly body: string
  readonly family: "loss" | "activation" | "metric" | "function"
  readonly names?: string
  readonly instead?: readonly Surrogate[]
  readonly internal?: boolean
}

/** Shapes that do not fit an operation; the tracer adds the place. */
export class ShapeError extends Foreseen {
  /** Two lengths that had to be the same. */
  readonly lengths: readonly [number, number] | undefined
  constructor(message: string, lengths?: readonly [number, number]) {
    super(message)
    this.lengths = lengths
  }
}
