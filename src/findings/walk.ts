// One point, step by step, as data: what a walk hands to reports.
import type { Nested } from "../definitions/nested.ts"
import type { Framework, NumberFormat } from "../ops/record.ts"

export interface WalkStep {
  /** The sub-expression as it is written. */
  readonly text: string
  readonly value: Nested
  /** Of the loss by this step; null where no path of reals leads back to it. */
  readonly gradient: Nested | null
  /** Why there is no gradient, or why it is NaN, infinite or 0, where that is decided at this step. */
  readonly why?: string
}

export interface Walk {
  readonly expression: string
  readonly at: Readonly<Record<string, Nested>>
  readonly dtype: NumberFormat
  readonly framework: Framework
  /** The value has a shape, and it is its sum that is differentiated. */
  readonly summed: boolean
  readonly steps: readonly WalkStep[]
  /** Steps of long loops that are left out. */
  readonly left: number
}
