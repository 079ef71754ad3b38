// The middle of many numbers without putting them all in order, and the largest.

/**
 * The number that would stand at the middle, values.length >> 1, were they sorted; NaN of none. Reorders `values`, which
 * holds no NaN. Hoare's selection: https://doi.org/10.1145/366622.366647 (FIND, 1961).
 */
export function medianOf(values: Float64Array | number[]): number {
  const k = values.length >> 1
  let [left, right] = [0, values.length - 1]
  while (left < right) {
    const pivot = values[(left + right) >> 1]!
    let [i, j] = [left, right]
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const moved = values[i]!
      values[i++] = values[j]!
      values[j--] = moved
    }
    if (j < k) left = i
    if (k < i) right = j
  }
  return values[k] ?? Number.NaN
}

/** The largest size; 0 of none. */
export function largestOf(values: Float64Array): number {
  let largest = 0
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]!))
  return largest
}

/** The median size of the finite ones; 0 of none. */
export function typicalOf(values: Float64Array): number {
  const sizes: number[] = []
  for (let k = 0; k < values.length; k++) if (Number.isFinite(values[k]!)) sizes.push(Math.abs(values[k]!))
  return sizes.length === 0 ? 0 : medianOf(sizes)
}
