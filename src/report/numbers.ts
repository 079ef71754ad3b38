// Numbers for people: thousands parted, two digits where more would be noise, and shares that never say more than was seen.

import { count } from "../source/count.ts"

export { count }

/** A size with two digits: 0.0013, 1, 9.1e-5, 12,400. */
export function size(x: number): string {
  if (Number.isNaN(x)) return "NaN"
  if (!Number.isFinite(x)) return x > 0 ? "infinite" : "-infinite"
  const a = Math.abs(x)
  if (a === 0) return "0"
  if (a >= 1e6 || a < 1e-3) return x.toExponential(1).replace(/\.0e/, "e").replace("e+", "e")
  if (a >= 100) return (x < 0 ? "-" : "") + count(Math.round(a))
  return String(Number(x.toPrecision(2)))
}

/** A share as a percentage. All and none are said only where they are exact: 0.9996 is "99.9%", 0.0001 "under 0.1%". */
export function percent(part: number, whole = 1): string {
  const share = whole === 0 ? 0 : part / whole
  if (share <= 0) return "0%"
  if (share >= 1) return "100%"
  if (share < 0.001) return "under 0.1%"
  if (share > 0.999) return "over 99.9%"
  if (share < 0.01) return `${(Math.ceil(share * 1000 - 1e-9) / 10).toString()}%`
  if (share > 0.99) return `${(Math.floor(share * 1000 + 1e-9) / 10).toString()}%`
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))}%`
}

/** "1 point", "1,000 points". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[], last = "and"): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`
