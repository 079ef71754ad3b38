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

/**
 * One row by Cooley and Tukey's division: the smallest factor of the length is split off, and what is left is
 * transformed the same way; a prime length is summed up. O(n times the sum of its prime factors).
 */
function transformer(n: number, sign: number): (re: Float64Array, im: Float64Array) => void {
  const { cos, sin } = turns(n)
  const bufferRe = new Float64Array(n)
  const bufferIm = new Float64Array(n)
  const step = (re: Float64Array, im: Float64Array, at: number, size: number, apart: number): void => {
    if (size === 1) return
    let factor = 2
    while (size % factor !== 0) factor = factor * factor > size ? size : factor + 1
    const rest = size / factor
    // Entries that are `factor` apart go together.
    for (let f = 0; f < factor; f++)
      for (let j = 0; j < rest; j++) {
        bufferRe[at + f * rest + j] = re[at + j * factor + f]!
        bufferIm[at + f * rest + j] = im[at + j * factor + f]!
      }
    re.set(bufferRe.subarray(at, at + size), at)
    im.set(bufferIm.subarray(at, at + size), at)
    for (let f = 0; f < factor; f++) step(re, im, at + f * rest, rest, apart * factor)
    for (let k = 0; k < size; k++) {
      let [sumRe, sumIm] = [0, 0]
      for (let f = 0; f < factor; f++) {
        const turn = ((f * k) % size) * apart
        const [c, s] = [cos[turn]!, sign * sin[turn]!]
        const [a, b] = [re[at + f * rest + (k % rest)]!, im[at + f * rest + (k % rest)]!]
        sumRe += a * c - b * s
        sumIm += a * s + b * c
      }
      bufferRe[at + k] = sumRe
      bufferIm[at + k] = sumIm
    }
    re.set(bufferRe.subarray(at, at + size), at)
    im.set(bufferIm.subarray(at, at + size), at)
  }
  return (re, im) => step(re, im, 0, n, 1)
}

function kernel(layout: Layout): Kernel {
  const n = layout.inputs[0]!.at(-2)!
  return (n & (n - 1)) === 0 ? halved(layout, n) : divided(layout, n)
}

/** A power of two: pairs of halves are put together in place, all points side by side. */
function halved({ inputs, statics, block }: Layout, n: number): Kernel {
  const rows = sizeOf(inputs[0]!) / (2 * n)
  const { cos, sin } = turns(n)
  const sign = Number(statics.sign)
  const places = new Int32Array(n)
  for (let k = 1; k < n; k++) places[k] = (places[k >> 1]! >> 1) | (k & 1 ? n >> 1 : 0)
  const pair = 2 * block
  return (to, [from]) => {
    for (let r = 0; r < rows; r++) {
      const row = r * n * pair
      for (let k = 0; k < n; k++) {
        const source = row + places[k]! * pair
        for (let i = 0; i < pair; i++) to[row + k * pair + i] = from![source + i]!
      }
      for (let half = 1; half < n; half *= 2) {
        const apart = n / (2 * half)
        for (let k = 0; k < half; k++) {
          const [c, s] = [cos[k * apart]!, sign * sin[k * apart]!]
          for (let first = row + k * pair; first < row + n * pair; first += 2 * half * pair) {
            const second = first + half * pair
            for (let i = 0; i < block; i++) {
              const [a, b] = [to[second + i]!, to[second + block + i]!]
              const re = a * c - b * s
              const im = a * s + b * c
              to[second + i] = to[first + i]! - re
              to[second + block + i] = to[first + block + i]! - im
              to[first + i]! += re
              to[first + block + i]! += im
            }
          }
        }
      }
    }
  }
}

/** Any other length, point by point. */
function divided({ inputs, statics, block }: Layout, n: number): Kernel {
  const rows = sizeOf(inputs[0]!) / (2 * n)
  const run = transformer(n, Number(statics.sign))
  const [re, im] = [new Float64Array(n), new Float64Array(n)]
  return (to, [from]) => {
    for (let r = 0; r < rows; r++)
      for (let i = 0; i < block; i++) {
        for (let k = 0; k < n; k++) {
          re[k] = from![(r * n + k) * 2 * block + i]!
          im[k] = from![((r * n + k) * 2 + 1) * block + i]!
        }
        run(re, im)
        for (let k = 0; k < n; k++) {
          to[(r * n + k) * 2 * block + i] = re[k]!
          to[((r * n + k) * 2 + 1) * block + i] = im[k]!
        }
      }
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
        if (x!.length < 2 || x!.at(-1) !== 2)
          throw new ShapeError(`pairs are needed in the last axis, not ${showShape(x!)}`)
        return x!
      },
      kernel,
      vjp: { x: "_dft(g, -sign)" },
      internal: true,
    },
  ),
]
