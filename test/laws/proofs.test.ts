// No claim marked proved may be false: random expressions, their certificates, and a hunt for counter-examples at the drawn points.
import { expect, it } from "vitest"
import {
  drawFor,
  oneInput,
  oneInputOptions,
  optionsFrom,
  refute,
  separable,
  separableOptions,
} from "../support/certificates.ts"
import { expressionOf } from "../support/expressions.ts"

/** A longer line of the same is hunted through by hand (test/dev/hunt-proofs.ts). */
const EXPRESSIONS = 1000

const hunt = (one: (n: number) => ReturnType<typeof refute>): { claims: number; everywhere: number } => {
  let [claims, everywhere] = [0, 0]
  for (let n = 0; n < EXPRESSIONS; n++) {
    const found = one(n)
    if (found.counter) expect.fail(`${n}: ${found.counter}`)
    claims += found.claims
    if (found.everywhere) everywhere++
  }
  return { claims, everywhere }
}

it("what is certified live is nowhere 0, what is certified dead is nowhere anything else: one input, and its stretches", () => {
  const { claims, everywhere } = hunt((n) => {
    const random = drawFor(n)
    const text = oneInput(random, 2 + Math.floor(random() * 4))
    return refute(text, { ...oneInputOptions(random), dtype: n % 3 === 0 ? "float32" : "float64" }, 100)
  })
  expect(claims, "the test must meet claims to be one").toBeGreaterThan(10_000)
  expect(everywhere).toBeGreaterThan(100)
})

it("and several inputs, numbers and vectors", () => {
  const { everywhere } = hunt((n) => {
    const random = drawFor(n)
    const text = expressionOf(random, 1 + Math.floor(random() * 4), random() < 0.3)
    return refute(text, { ...optionsFrom(random), dtype: n % 3 === 0 ? "float32" : "float64" }, 100)
  })
  expect(everywhere).toBeGreaterThan(50)
})

it("and losses that keep elements apart, each element by itself: weights, masks, moves and mixtures among them", () => {
  const { claims, everywhere } = hunt((n) => {
    const random = drawFor(n)
    const text = separable(random, 1 + Math.floor(random() * 4))
    const dtype = (["float64", "float32", "float16", "bfloat16"] as const)[n % 4]!
    return refute(text, { ...separableOptions(random), dtype }, 60)
  })
  expect(claims).toBeGreaterThan(100_000)
  expect(everywhere).toBeGreaterThan(50)
})
