// Hostile sizes: a text of any shape is answered quickly, and no tree is too high for later stages to recurse.
import { describe, expect, test } from "vitest"
import { Problem } from "../../src/source/problem.ts"
import { parseExpression, parseProgram } from "../../src/syntax/parse.ts"
import { printExpr, printProgram } from "../../src/syntax/print.ts"

const source = (text: string) => ({ name: "", text })
const answer = (text: string): string => {
  try {
    parseProgram(source(text))
    return "read"
  } catch (error) {
    if (error instanceof Problem) return error.parts.headline
    throw error
  }
}

const LONGEST = 1_000_000
const fill = (part: string) => part.repeat(Math.floor(LONGEST / part.length))
const levels = (n: number) => `the expression is nested too deeply (${n} levels at most)`

// The stack is the one thing that cannot be caught tidily, so depth is bounded before it runs out.
describe("depth", () => {
  const endless = [
    "(",
    "[",
    "{",
    "-",
    "not ",
    "x**",
    "x+(",
    "f(",
    "x[",
    "a if b else ",
    "lambda:",
    "√",
    "|",
    "{1:",
    "(x:=",
    "a or b and c<d|e&f<<g+h*(",
  ]
  test.each(endless)("endless %s", (part) => {
    expect(answer(fill(part))).toBe(levels(500))
  })

  test.each(["x+", "x*", "x|", "x<<", "a.b(c)[d]."])("endless chain %s", (part) => {
    expect(answer(`${fill(part).slice(0, -1)}x`)).toMatch(/nested too deeply/)
  })

  test("499 brackets around a value are read, and 500 are not", () => {
    const nested = (n: number) => `${"(".repeat(n)}x${")".repeat(n)}`
    expect(answer(nested(499))).toBe("read")
    expect(answer(nested(500))).toBe(levels(500))
  })

  test("a sum of 900 terms is read and printed, and one of 100,000 is too high", () => {
    const sum = Array.from({ length: 900 }, () => "x").join(" + ")
    expect(printExpr(parseExpression(source(sum)))).toBe(sum)
    expect(answer(Array.from({ length: 100_000 }, () => "x").join(" + "))).toBe(levels(1000))
  })

  test("chains within brackets add up", () => {
    const part = "+x".repeat(100)
    expect(answer(`${"(".repeat(20)}x${`${part})`.repeat(20)}`)).toBe(levels(1000))
  })

  test("wide is not high", () => {
    const wide = `[${Array.from({ length: 5000 }, () => "x").join(", ")}]`
    expect(printProgram(parseProgram(source(wide)))).toBe(wide)
    expect(answer(fill("x<").slice(0, 20_001))).toBe("read")
  })
})

test("a text longer than a million characters is not read", () => {
  expect(answer("x".repeat(LONGEST + 1))).toBe("the text is too long (1,000,000 characters at most)")
  expect(answer("x".repeat(LONGEST))).toBe("read")
})

// Editors and CI give whole files by mistake; the answer must not depend on how they go on.
describe("a million characters of anything are answered at once", () => {
  const random = (letters: string) => {
    let state = 12345
    let out = ""
    for (let i = 0; i < LONGEST; i++) {
      state = (state * 1103515245 + 12345) % 2147483648
      out += letters[state % letters.length]
    }
    return out
  }
  const shapes: readonly (readonly [string, string])[] = [
    ["random signs", random("abc123()[]{}+-*/ \n'\"|&!=<>.,:;\\#")],
    ["random sums", random("ab1 ()+-*")],
    ...[
      "'",
      '"""',
      'f"{',
      "f'{f\"{",
      "\\frac{a}",
      "x'",
      "y p ",
      "a?",
      "if a then ",
      "2x/",
      "1|",
      "||x| ",
      "²",
      "⁻",
      "x where a=1,",
      "f(x)=",
      "😀",
      "#\n",
      "\\\n",
      "  ",
      "\n",
      "//y z ",
      "lambda x ",
      "{a}*",
      "1_",
      "1e",
      "β",
      "é́",
      "(]",
      "import ",
    ].map((part) => [part, `x ${fill(part)}`.slice(0, LONGEST)] as const),
  ]
  test.each(shapes)("%j", (_, text) => {
    // The processor's time, since a busy machine says nothing about the parser; warming up gets a second try.
    const timed = () => {
      const began = process.cpuUsage()
      answer(text)
      const { user, system } = process.cpuUsage(began)
      return (user + system) / 1000
    }
    const first = timed()
    expect(first < 300 ? first : timed()).toBeLessThan(300)
  })
})
