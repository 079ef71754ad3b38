// What an entry counts as in a fold when a mask leaves it out.
import type { Operation } from "./record.ts"

/** By fold; "mean" for a sum over a count. */
export const leftOut: Readonly<Record<string, Operation["leftOut"]>> = {
  sum: 0,
  nansum: 0,
  mean: "mean",
  amax: -Infinity,
  amin: Infinity,
  prod: 1,
  logsumexp: -Infinity,
  norm2: 0,
  euclidean_norm: 0,
  norm_p: 0,
  any: 0,
  all: 1,
}
