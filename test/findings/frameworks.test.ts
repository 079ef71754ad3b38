// What a framework says must be its own words: people search for them.
import { expect, it } from "vitest"
import { checkLoss } from "../../src/check.ts"

// Why: the texts are those that torch 1.13 printed (shared/reference, heaviside and floor_divide).
it.each([
  ["heaviside(p, 0.5)*y", "heaviside"],
  ["(p // 0.3)*y", "floor_divide"],
])("torch's error for %s names the operation", (text, name) => {
  const { evidence } = checkLoss(text, { role: "loss" }).findings[0]!
  expect(evidence.find((e) => e.label === "torch")!.text).toBe(
    `backward() raises RuntimeError: derivative for aten::${name} is not implemented`,
  )
})
