// The discrete Fourier transform, on pairs of real and imaginary part in the last axis.
import { general } from "./helpers.ts"
import { type Kernel, type Layout, ShapeError } from "./record.ts"
import { showShape, sizeOf } from "./shapes.ts"

/** cos and sin of 2 pi k / n, each reduced to the first eighth so that equal angles give equal numbers. */
function turns(n: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const at = (k: number): readonly [number, number] => {
    const eighth = (8 * k) / n
    if (eighth > 4) {
      const [c, s] = at(n - k)
      return [c, -s]
    }
    if (eighth > 2) {
      // cos(pi - a) and sin(pi - a), by the angle that is left to the half turn.
      const a = (Math.PI * (n - 2 * k)) / n
      return eighth > 3 ? [-Math.cos(a), Math.sin(a)] : [-Math.sin(Math.PI / 2 - a), Math.cos(Math.PI / 2 - a)]
    }
    const a = (2 * Math.PI * k) / n
    return eighth > 1 ? [Math.sin(Math.PI / 2 - a), Math.cos(Math.PI / 2 - a)] : [Math.cos(a), Math.sin(a)]
  }
  const pairs = Array.from({ length: n }, (_, k) => at(k))
  return { cos: Float64Array.from(pairs, (p) => p[0]), sin: Float64Array.from(pairs, (p) => p[1]) }
}

/** Transforms n pairs in place, from `row` on: laid out [pair][part][point]. */
type Transform = (data: Float64Array, row: number) => void

/** A power of two: pairs of halves are put together, all points side by side. O(n log n). */
function halving(n: number, sign: number, block: number): Transform {
  const { cos, sin } = turns(n)
  const places = new Int32Array(n)
  for (let k = 1; k < n; k++) places[k] = (places[k >> 1]! >> 1) | (k & 1 ? n >> 1 : 0)
  const pair = 2 * block
  return (data, row) => {
    for (let k = 0; k < n; k++) {
      const [a, b] = [row + k * pair, row + places[k]! * pair]
      if (a < b) for (let i = 0; i < pair; i++) [data[a + i], data[b + i]] = [data[b + i]!, data[a + i]!]
    }
    for (let half = 1; half < n; half *= 2) {
      const apart = n / (2 * half)
      for (let k = 0; k < half; k++) {
        const [c, s] = [cos[k * apart]!, sign * sin[k * apart]!]
        for (let first = row + k * pair; first < row + n * pair; first += 2 * half * pair) {
          const second = first + half * pair
          for (let i = 0; i < block; i++) {
            const [a, b] = [data[second + i]!, data[second + block + i]!]
            const re = a * c - b * s
            const im = a * s + b * c
            data[second + i] = data[first + i]! - re
            data[second + block + i] = data[first + block + i]! - im
            data[first + i]! += re
            data[first + block + i]! += im
          }
        }
      }
    }
  }
}

/** Multiplies pair `from` of `data` by a complex number, in place. */
function turn(data: Float64Array, from: number, block: number, c: number, s: number): void {
  for (let i = from; i < from + block; i++) {
    const [a, b] = [data[i]!, data[i + block]!]
    data[i] = a * c - b * s
    data[i + block] = a * s + b * c
  }
}

/**
 * Any other length as a convolution in a power of two (Bluestein 1970): j k is (j^2 + k^2 - (k - j)^2)/2, so that the sum over
 * j is one over differences. O(n log n), whatever the factors of n are.
 */
function convolving(n: number, sign: number, block: number): Transform {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1))
  const { cos, sin } = turns(2 * n)
  const square = (j: number): number => (j * j) % (2 * n)
  const [there, back] = [halving(size, -1, block), halving(size, 1, block)]
  const chirp = new Float64Array(2 * size)
  for (let j = 0; j < n; j++)
    for (const at of j === 0 ? [0] : [j, size - j]) {
      chirp[2 * at] = cos[square(j)]! / size
      chirp[2 * at + 1] = (-sign * sin[square(j)]!) / size
    }
  halving(size, -1, 1)(chirp, 0)
  const pair = 2 * block
  const buffer = new Float64Array(size * pair)
  return (data, row) => {
    buffer.fill(0)
    buffer.set(data.subarray(row, row + n * pair))
    for (let j = 0; j < n; j++) turn(buffer, j * pair, block, cos[square(j)]!, sign * sin[square(j)]!)
    there(buffer, 0)
    for (let k = 0; k < size; k++) turn(buffer, k * pair, block, chirp[2 * k]!, chirp[2 * k + 1]!)
    back(buffer, 0)
    for (let k = 0; k < n; k++) turn(buffer, k * pair, block, cos[square(k)]!, sign * sin[square(k)]!)
    data.set(buffer.subarray(0, n * pair), row)
  }
}

function kernel({ inputs, statics, block }: Layout): Kernel {
  const n = inputs[0]!.at(-2)!
  const size = 2 * n * block
  const rows = sizeOf(inputs[0]!) / (2 * n)
  const run = ((n & (n - 1)) === 0 ? halving : convolving)(n, Number(statics.sign), block)
  return (to, [from]) => {
    to.set(from!.subarray(0, rows * size))
    for (let r = 0; r < rows; r++) run(to, r * size)
  }
}

export const fourier = [
  // Over pairs the transform is linear, and its transpose is the one that turns the other way.
  general(
    "_dft(x, sign=-1)",
    "the discrete Fourier transform along the axis before the last, which holds pairs",
    "linear",
    1,
    {
      shape: ([x]) => {
        if (x!.length < 2 || x!.at(-1) !== 2 || x!.at(-2) === 0)
          throw new ShapeError(`pairs are needed in the last axis, not ${showShape(x!)}`)
        return x!
      },
      kernel,
      vjp: { x: "_dft(g, -sign)" },
      internal: true,
    },
  ),
]
