import { stripVTControlCharacters } from "node:util"
import { describe, expect, it } from "vitest"
import { colours } from "../../src/report/colour.ts"
import { wrap } from "../../src/report/lines.ts"
import { sparkline, trend } from "../../src/report/sparkline.ts"
import { asciiOf, themeOf } from "../../src/report/theme.ts"

describe("themes", () => {
  it("have only signs of ASCII where asked", () => {
    expect(JSON.stringify(themeOf(80, true).signs)).toMatch(/^[\x20-\x7e]*$/)
    expect(asciiOf("a … b · c — d 漢 👍")).toBe("a ... b - c - d \\u6f22 \\U0001f44d")
  })
  it("keep a readable width", () => {
    expect([10, 80, 300].map((w) => themeOf(w, false).width)).toEqual([40, 80, 100])
  })
  it("add colour and nothing else", () => {
    const painted = colours("error", "no")
    expect(painted).toContain("\u001b[31m")
    expect(stripVTControlCharacters(painted)).toBe("no")
  })
})

describe("sparklines", () => {
  const [unicode, ascii] = [themeOf(80, false), themeOf(80, true)]
  it("tell nothing from little", () => {
    expect(sparkline([0, 1e-9, 0.5, 1, Number.NaN], unicode)).toBe("·▁▅█×")
    expect(sparkline([0, 1e-9, 0.5, 1, Number.NaN], ascii)).toBe("0158x")
    expect(sparkline([0, 0], unicode)).toBe("··")
  })
  it("are put into words", () => {
    expect(
      [
        [1, 1, 1],
        [1, 2, 3],
        [3, 2, 1],
        [1, 1, 0],
        [0, 0],
        [1, 5, 0.1],
        [2, 1, 3],
      ].map(trend),
    ).toEqual([
      "the same at every error",
      "never smaller when the error is larger",
      "never larger when the error is larger",
      "gone where the error is largest",
      "",
      "small where the error is largest",
      "",
    ])
  })
})

describe("wrapping", () => {
  it("breaks at blanks and leaves long words whole", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"])
    expect(wrap("incomprehensibilities a", 5)).toEqual(["incomprehensibilities", "a"])
    expect(wrap("live 1   stuck 2", 40)).toEqual(["live 1   stuck 2"])
  })
})
