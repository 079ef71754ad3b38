// The number that a double in a formula stands for: 0.1 is a tenth and 3.14159265358979 is π, not what rounding made of them.
import { type Double, div, double, mul, neg, powWhole, reciprocal, scale, sqrt } from "./double.ts"
import { LN2, LN10, log, PI } from "./double-elementary.ts"

/** Denominators tried: thirds, sevenths … of folded divisions. A double meets one of them by accident once in 10^10. */
const MOST_PARTS = 1000

let constants: ReadonlyMap<number, Double> | undefined

/** Numbers that formulas of losses are full of, and their parts. */
function knownConstants(): ReadonlyMap<number, Double> {
  if (constants) return constants
  const twoPi = scale(PI, 1)
  const base = [PI, sqrt(PI), sqrt(twoPi), sqrt(double(2)), sqrt(double(3)), LN2, LN10, log(PI), log(twoPi)]
  const halves = base.flatMap((x) => [scale(x, -2), scale(x, -1), x, scale(x, 1)])
  const all = halves.flatMap((x) => [x, reciprocal(x)])
  constants = new Map(all.map((x) => [x.hi, x]))
  return constants
}

/** A decimal of at most 15 digits, as people write them. */
function decimal(x: number): Double | undefined {
  const [, whole, part = "", power = "0"] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(x)) ?? []
  if (whole === undefined) return undefined
  const digits = (whole + part).replace(/^0+/, "")
  const exponent = Number(power) - part.length
  if (digits.length > 15 || Math.abs(exponent) > 100) return undefined
  const tens = powWhole(double(10), Math.abs(exponent))
  return exponent < 0 ? div(double(Number(digits)), tens) : mul(double(Number(digits)), tens)
}

function fraction(x: number): Double | undefined {
  for (let parts = 3; parts <= MOST_PARTS; parts++) {
    const count = Math.round(x * parts)
    if (count / parts === x && count < 2 ** 40) return div(double(count), double(parts))
  }
  return undefined
}

/** Never farther from x than half a unit in its last place. */
export function intended(x: number): Double {
  if (Number.isInteger(x) || !Number.isFinite(x)) return double(x)
  const size = Math.abs(x)
  const found = decimal(size) ?? knownConstants().get(size) ?? fraction(size)
  if (!found || found.hi !== size) return double(x)
  return x < 0 ? neg(found) : found
}
