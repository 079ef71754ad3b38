// Number formats: rounding of a double to each, as a model of the hardware (every operation exact, then rounded once).
import type { NumberFormat } from "../ops/record.ts"

export type { NumberFormat }
export const formats: readonly NumberFormat[] = ["float64", "float32", "bfloat16", "float16"]

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
double[0] = 1
/** The word that holds the exponent: the second on little-endian machines. */
const HIGH = words[1] === 0 ? 0 : 1

/**
 * To `bits` of precision with exponents from `least` (below it numbers are subnormal) to `most`. Adding and taking away
 * 1.5 * 2^52 units of the last place lets the addition itself round: to nearest, ties to even.
 */
function rounder(bits: number, least: number, most: number): (x: number) => number {
  const largest = 2 ** most * (2 - 2 ** (1 - bits))
  const magic = Float64Array.from({ length: most + 3 - least }, (_, k) => 1.5 * 2 ** (52 + least + k - (bits - 1)))
  return (x) => {
    double[0] = x
    const exponent = ((words[HIGH]! >>> 20) & 0x7ff) - 1023
    if (exponent > most) return Number.isNaN(x) ? x : x > 0 ? Infinity : -Infinity
    const m = magic[exponent > least ? exponent - least : 0]!
    const near = x + m - m
    return near > largest ? Infinity : near < -largest ? -Infinity : near === 0 ? x * 0 : near
  }
}

/** Rounds one double; undefined where doubles stay as they are. */
export const rounding: Readonly<Record<NumberFormat, ((x: number) => number) | undefined>> = {
  float64: undefined,
  float32: Math.fround,
  // float32's range with 8 bits.
  bfloat16: rounder(8, -126, 127),
  // IEEE half precision: largest 65504, smallest 2^-24.
  float16: rounder(11, -14, 15),
}

/** The room between two neighbours of a format, against their size. */
export const spacing: Readonly<Record<NumberFormat, number>> = {
  float64: 2 ** -52,
  float32: 2 ** -23,
  bfloat16: 2 ** -7,
  float16: 2 ** -10,
}
