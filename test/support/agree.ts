// Compares a text's value with a reference tensor, shape and every entry.
import { expect } from "vitest"
import { prepare } from "./evaluate.ts"
import type { Tensor } from "./naive.ts"

/** The value of a text over named tensors. */
function own(text: string, inputs: Readonly<Record<string, Tensor>>): Tensor {
  const prepared = prepare(text, Object.fromEntries(Object.entries(inputs).map(([n, t]) => [n, t.shape])), { wrt: [] })
  const [row] = prepared.at([Object.fromEntries(Object.entries(inputs).map(([n, t]) => [n, t.data]))])
  return { shape: prepared.root.shape, data: row!.value }
}

export function agree(text: string, inputs: Readonly<Record<string, Tensor>>, wanted: Tensor): void {
  const got = own(text, inputs)
  expect([...got.shape], text).toEqual([...wanted.shape])
  got.data.forEach((v, k) => {
    if (!(Math.abs(v - wanted.data[k]!) <= 1e-12 * Math.max(1, Math.abs(v))))
      expect.fail(`${text}: entry ${k} is ${v}, not ${wanted.data[k]}`)
  })
}
