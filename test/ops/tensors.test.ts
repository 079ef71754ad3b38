// Operations on whole tensors against what torch gave: shapes, values, gradients (fixtures/tensors-torch.json).
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { evaluateAt, type Numbers } from "../support/evaluate.ts"

interface Row {
  readonly text: string
  readonly inputs: Readonly<Record<string, Numbers>>
  readonly shape: readonly number[]
  readonly value: readonly (number | null)[]
  readonly gradients: Readonly<Record<string, readonly number[]>>
}
const { rows } = JSON.parse(readFileSync(new URL("../../fixtures/tensors-torch.json", import.meta.url), "utf8")) as {
  rows: Row[]
}

const near = (got: readonly number[] | null | undefined, want: readonly (number | null)[]): boolean =>
  got?.length === want.length &&
  got.every((v, k) =>
    want[k] === null ? !Number.isFinite(v) : Math.abs(v - want[k]!) <= 1e-9 * Math.max(1, Math.abs(want[k]!)),
  )

// Why: an argument in the wrong place, an axis counted from the wrong end or a kernel that is not turned round gives a
// value that looks like one; only the framework's own numbers tell.
it.each(rows.map((r) => [r.text, r] as const))("%s", (text, row) => {
  const wrt = Object.keys(row.gradients)
  const got = evaluateAt(text, row.inputs, { wrt })
  expect(got.shape).toEqual(row.shape)
  expect(near(got.value, row.value), `${got.value} for ${row.value}`).toBe(true)
  for (const name of wrt)
    expect(
      near(got.gradients[name], row.gradients[name]!),
      `${name}: ${got.gradients[name]} for ${row.gradients[name]}`,
    ).toBe(true)
})
