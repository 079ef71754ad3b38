import { describe, expect, it } from "vitest"
import type { Walk } from "../../src/findings/walk.ts"
import { themeOf } from "../../src/report/theme.ts"
import { middle, walkText } from "../../src/report/walk.ts"
import { widthOf } from "../../src/report/width.ts"

const one = (more: Partial<Walk> = {}): Walk => ({
  expression: "e",
  at: { p: 0 },
  dtype: "float32",
  framework: "torch",
  summed: false,
  steps: [
    { text: "p", value: 0, gradient: Number.NaN, why: "0 * -inf  +  0 / 0" },
    { text: "p > 0", value: 0, gradient: null, why: "a comparison" },
    { text: "log(p)", value: -Infinity, gradient: 0 },
    { text: "where(…)", value: 0, gradient: 1 },
  ],
  left: 0,
  ...more,
})
const shown = (walk: Walk, width = 100, ascii = false): string => walkText(walk, themeOf(width, ascii)).join("\n")

describe("a walk as text", () => {
  it("has a row for each step, and the reason beside it", () => {
    expect(shown(one())).toBe(`  step       value   gradient of the loss by it
  p              0   NaN   0 * -inf  +  0 / 0
  p > 0          0   —     a comparison
  log(p)      -inf   0
  where(…)       0   1

  float32`)
  })
  it("puts a reason below where there is no room", () => {
    expect(shown(one({ steps: [{ text: "p".repeat(25), value: 0, gradient: 0, why: "w".repeat(20) }] }), 50)).toContain(
      `0\n      ${"w".repeat(20)}`,
    )
  })
  it("shortens long expressions in the middle and long vectors at their end", () => {
    const theme = themeOf(100, false)
    expect(middle("softmax(z*arange(40)/3) + softmax(z*arange(80)/3)", 30, theme)).toBe(
      "softmax(z*arang…*arange(80)/3)",
    )
    expect(widthOf(middle("漢".repeat(80), 30, theme))).toBeLessThanOrEqual(30)
    const text = shown(one({ steps: [{ text: "x", value: Array.from({ length: 99 }, (_, k) => k), gradient: 1e12 }] }))
    expect(text).toContain("[0, 1, 2, 3, 4, … 99 in all]   1e12")
  })
  it("says what is left out, what is summed, and whose conventions hold", () => {
    const text = shown(one({ left: 1234, summed: true, framework: "jax" }))
    expect(text).toContain("… 1,234 more")
    expect(text).toContain("gradient of the sum of the last step by it")
    expect(text).toContain("float32 · jax conventions")
  })
  it("keeps to the width of its terminal", () => {
    const list = Array.from({ length: 50 }, (_, k) => k / 7)
    const walk = one({ steps: [{ text: "f(x) + ".repeat(20), value: list, gradient: list, why: "not chosen" }] })
    for (const width of [50, 60, 80, 100])
      for (const line of walkText(walk, themeOf(width, false))) expect(widthOf(line), line).toBeLessThanOrEqual(width)
  })
  it("has a form in ASCII", () => {
    expect(shown(one({ left: 3 }), 80, true)).toMatch(/^[\n\x20-\x7e]+$/)
  })
})
