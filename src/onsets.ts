// For several number formats: where each of them loses a gradient that float64 has.
import { type CheckOptions, examine } from "./check.ts"
import type { NumberFormat } from "./ops/record.ts"
import { type Onset, onsetsOf } from "./samples/onset.ts"

export const onsets = (
  expression: string,
  options: CheckOptions,
  dtypes: readonly NumberFormat[],
): ReadonlyMap<NumberFormat, readonly Onset[]> => {
  const { evidence } = examine(expression, { ...options, dtype: "float64" })
  return new Map(dtypes.map((dtype) => [dtype, onsetsOf(evidence, dtype)]))
}
