// What can be said of an expression besides its text.
import type { Framework, NumberFormat } from "../ops/record.ts"
import type { Role } from "./roles.ts"

export interface CheckOptions {
  /** Range texts such as "0..1 [8]", or lists of samples, by input name. */
  readonly inputs?: Readonly<Record<string, string | readonly unknown[]>>
  /** The same by patterns of names, "y, target*", where nothing is said of an input by its own name; the first that fits. */
  readonly named?: Readonly<Record<string, string | readonly unknown[]>>
  /** The parameters that a gradient must reach. */
  readonly wrt?: readonly string[]
  /** What the parameters are compared with. */
  readonly targets?: readonly string[]
  readonly role?: Role
  /** A metric where larger is better. */
  readonly maximize?: boolean
  /** A condition that every point must meet. */
  readonly given?: string
  readonly dtype?: NumberFormat
  readonly framework?: Framework
  /** Points to draw, 1 to 1,000,000; default 1,000. */
  readonly samples?: number
  /** Seed of the draws, a whole number from 0; default 0. */
  readonly seed?: number
  /** Length of vectors whose shape is not stated; default 8. */
  readonly batch?: number
  /** Boxes that the proof by intervals may look at for each parameter, 0 (no proofs) to 1,000,000; default 400. */
  readonly prove?: number
  /** Only findings of these rules; default all. */
  readonly select?: readonly string[]
  /**
   * "verdict" leaves out what no finding and no verdict needs: shares that are proved, sizes, profiles, special points in
   * words. Default "full".
   */
  readonly evidence?: "verdict" | "full"
  /** Value and gradient along each parameter as well, for charts. */
  readonly curves?: boolean
  /** No findings of these rules. */
  readonly ignore?: readonly string[]
}
