import { describe, expect, it } from "vitest"
import { drawFault } from "../../src/cli/fault.ts"
import { themeOf } from "../../src/report/theme.ts"

describe("our own fault", () => {
  const draw = (error: unknown, argv: readonly string[], debug = false): string =>
    drawFault(error, argv, debug, themeOf(100, false)).join("\n")
  it("is owned, with all that a report of it needs, and no stack", () => {
    const text = draw(new RangeError("no node of this kind\nsecond line"), ["it's a loss", "--seed", "3"])
    expect(text).toContain("gradcheck has failed; this is our fault, not yours")
    expect(text).toContain("what    RangeError: no node of this kind\n")
    expect(text).toContain("with    gradcheck 'it'\\''s a loss' --seed 3\n")
    expect(text).toMatch(/by {6}gradcheck \S+, Node v\d+/)
    expect(text).not.toMatch(/^\s+at /m)
  })
  it("has its stack where asked", () => {
    expect(draw(new Error("x"), [], true)).toMatch(/^\s+at /m)
  })
  it("stays short whatever was given, and whatever was thrown", () => {
    expect(draw("a text", ["p".repeat(100_000)]).length).toBeLessThan(1500)
  })
})
