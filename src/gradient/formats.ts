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
function rounder(bits: number, least: number, most: number): Rounder {
  const largest = 2 ** most * (2 - 2 ** (1 - bits))
  const magic = Float64Array.from({ length: most + 3 - least }, (_, k) => 1.5 * 2 ** (52 + least + k - (bits - 1)))
  const near = (x: number, high: number): number => {
    const exponent = ((high >>> 20) & 0x7ff) - 1023
    if (exponent > most) return Number.isNaN(x) ? x : x > 0 ? Infinity : -Infinity
    const m = magic[exponent > least ? exponent - least : 0]!
    const found = x + m - m
    return found > largest ? Infinity : found < -largest ? -Infinity : found === 0 ? x * 0 : found
  }
  return {
    one: (x) => {
      double[0] = x
      return near(x, words[HIGH]!)
    },
    all: (numbers) => {
      const high = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
      for (let i = 0; i < numbers.length; i++) {
        const x = numbers[i]!
        const exponent = ((high[2 * i + HIGH]! >>> 20) & 0x7ff) - 1023
        // Neither too large nor too small: the usual case, said apart because all time goes here.
        if (exponent > least && exponent < most) {
          const m = magic[exponent - least]!
          numbers[i] = x + m - m
        } else if (x !== 0) numbers[i] = near(x, high[2 * i + HIGH]!)
      }
    },
  }
}

/** Rounds one double, or many in their place. */
interface Rounder {
  readonly one: (x: number) => number
  readonly all: (numbers: Float64Array) => void
}

const rounders: Readonly<Record<Exclude<NumberFormat, "float64">, Rounder>> = {
  // Said apart, so that V8 makes one machine instruction of it.
  float32: {
    one: Math.fround,
    all: (numbers) => {
      for (let i = 0; i < numbers.length; i++) numbers[i] = Math.fround(numbers[i]!)
    },
  },
  // float32's range with 8 bits.
  bfloat16: rounder(8, -126, 127),
  // IEEE half precision: largest 65504, smallest 2^-24.
  float16: rounder(11, -14, 15),
}

const of = <T>(part: (rounder: Rounder) => T): Readonly<Record<NumberFormat, T | undefined>> => ({
  float64: undefined,
  float32: part(rounders.float32),
  bfloat16: part(rounders.bfloat16),
  float16: part(rounders.float16),
})
/** Rounds one double; undefined where doubles stay as they are. */
export const rounding = of((r) => r.one)
/** Rounds many in their place. */
export const roundingAll = of((r) => r.all)

/** The room between two neighbours of a format, against their size. */
export const spacing: Readonly<Record<NumberFormat, number>> = {
  float64: 2 ** -52,
  float32: 2 ** -23,
  bfloat16: 2 ** -7,
  float16: 2 ** -10,
}
