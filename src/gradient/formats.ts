// Number formats: rounding of a double to each, as a model of the hardware (every operation exact, then rounded once).
export type NumberFormat = "float64" | "float32" | "bfloat16" | "float16"
export const formats: readonly NumberFormat[] = ["float64", "float32", "bfloat16", "float16"]

const bits = new DataView(new ArrayBuffer(4))

/** To 8 bits of precision with float32's range: round to nearest, ties to even. */
function bfloat16(x: number): number {
  bits.setFloat32(0, x)
  const word = bits.getUint32(0)
  if ((word & 0x7fffffff) > 0x7f800000) return Number.NaN
  bits.setUint32(0, (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000)
  return bits.getFloat32(0)
}

/** To IEEE half precision: 11 bits, largest 65504, smallest 2^-24; round to nearest, ties to even. */
function float16(x: number): number {
  const size = Math.abs(x)
  if (!(size > 0) || size === Infinity) return x
  if (size >= 65520) return x > 0 ? Infinity : -Infinity
  const step = 2 ** (Math.max(Math.floor(Math.log2(size)), -14) - 10)
  const scaled = x / step
  const near = Math.round(scaled)
  return (Math.abs(scaled - Math.trunc(scaled)) === 0.5 && near % 2 !== 0 ? near - 1 : near) * step
}

/** Rounds one double; undefined where doubles stay as they are. */
export const rounding: Readonly<Record<NumberFormat, ((x: number) => number) | undefined>> = {
  float64: undefined,
  float32: Math.fround,
  bfloat16,
  float16,
}
