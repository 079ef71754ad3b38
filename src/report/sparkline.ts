// A row of bars for sizes from near to far: how the gradient goes with the error.
import type { Theme } from "./theme.ts"

/** Each value as a share of the largest; nothing, and what is not a number, have signs of their own. */
export function sparkline(values: readonly number[], { signs }: Theme): string {
  const most = Math.max(0, ...values.filter(Number.isFinite))
  return values
    .map((v) => {
      if (!Number.isFinite(v)) return signs.broken
      if (v <= 0) return signs.none
      return signs.bars[Math.min(signs.bars.length - 1, Math.floor((v / most) * signs.bars.length))]!
    })
    .join("")
}

/** Sizes that differ by less are called the same: bins of a hundred cases are no finer. */
const SAME = 0.02

/** What the row says, in words; "" where it says nothing simple. */
export function trend(values: readonly number[]): string {
  if (values.length < 2 || !values.every(Number.isFinite)) return ""
  const most = Math.max(...values)
  const least = Math.min(...values)
  if (most === 0) return ""
  if (most - least <= SAME * most) return "the same at every error"
  const gone = values.length - 1 - values.findLastIndex((v) => v > 0)
  if (gone > 0) return "gone where the error is largest"
  const falls = (from: number, to: number): boolean => to < from - SAME * most
  if (!values.some((v, k) => k > 0 && falls(values[k - 1]!, v))) return "never smaller when the error is larger"
  if (!values.some((v, k) => k > 0 && falls(v, values[k - 1]!))) return "never larger when the error is larger"
  return values.at(-1)! < most / 10 ? "small where the error is largest" : ""
}
