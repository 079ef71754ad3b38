// Hostile files: any text of any size is read in bounded time, and random ones never throw nor give a crooked tree.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { parse, shapes } from "./shape.ts"

const fill = (part: string, size: number) => part.repeat(Math.ceil(size / part.length)).slice(0, size)
const headline = (text: string): string | undefined => {
  const error = parse(text).body.find((s) => s.type === "Error")
  return error?.type === "Error" ? error.problem.headline : undefined
}

describe("depth", () => {
  const nested = (n: number) => `x = ${"(".repeat(n)}y${")".repeat(n)}\nz`
  const blocks = (n: number) => Array.from({ length: n }, (_, i) => `${" ".repeat(i)}if x:\n`).join("")

  test("5,000 nested brackets cost their statement", () => {
    expect(shapes(nested(400))).toHaveLength(2)
    expect(shapes(nested(5000))).toEqual([
      "(Error the expression is nested too deeply (500 levels at most))",
      "(Expression value=z)",
    ])
  })

  test("500 nested blocks are read, and what lies deeper is an error", () => {
    const deep = `${blocks(499)}${" ".repeat(499)}x\ny`
    expect(JSON.stringify(parse(deep))).not.toContain("Error")
    const deeper = parse(`${blocks(600)}${" ".repeat(600)}x\ny`)
    expect(JSON.stringify(deeper)).toContain("nested too deeply")
    expect(deeper.body.at(-1)?.type).toBe("Expression")
  })

  test("long chains of elif, decorators and strings are wide, not deep", () => {
    expect(headline(`if x: y\n${"elif x: y\n".repeat(5000)}`)).toBeUndefined()
    expect(headline(`${"@a\n".repeat(5000)}def f(): pass`)).toBeUndefined()
    expect(headline(`x = ${"'a' ".repeat(5000)}`)).toBeUndefined()
    expect(headline(`x = [${"1, ".repeat(100_000)}]`)).toBeUndefined()
  })

  test("a tree that is too high for later stages is an error", () => {
    expect(headline(`x = ${"a + ".repeat(900)}b`)).toBeUndefined()
    expect(headline(`x = ${"a + ".repeat(5000)}b`)).toMatch(/nested too deeply/)
    expect(headline(`x = ${"(".repeat(20)}x${`${"+x".repeat(100)})`.repeat(20)}`)).toMatch(/nested too deeply/)
    expect(headline(`x = f"{f'{${"a + ".repeat(900)}b}'${" + a".repeat(900)}}"`)).toMatch(/nested too deeply/)
  })
})

test("90,000 lines are read, and what is far longer ends in an error, as its tree would need a machine's memory", () => {
  expect(parse("x = 1\n".repeat(90_000)).body).toHaveLength(90_000)
  const long = parse("x = 1\n".repeat(1_000_000)).body
  expect(long.length).toBeLessThan(101_000)
  expect(long.at(-1)).toMatchObject({ type: "Error", problem: { headline: "the file is too long" } })
})

/** The processor's time, since a busy machine says nothing about the parser; a second try, since it warms up. */
const timed = (text: string, most: number): number => {
  const once = () => {
    const began = process.cpuUsage()
    parse(text)
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1000
  }
  const first = once()
  return first < most ? first : once()
}

describe("any text is read at once", () => {
  const parts = [
    "(",
    "(\n",
    "f(x,\n",
    "a b\n",
    "if x:\n",
    "'''",
    '"""\n',
    'f"{\n',
    'f"{\\"""x\n',
    "f'{f\"{",
    "#\n",
    "\\\n",
    "\t\n",
    "  x\n x\n",
    "@a\n",
    "x=1;",
    "x + ",
    "lambda: ",
    "lambda a=",
    "case a(b=",
    "(yield ",
    "f(**",
    "type x[T:",
    "await ",
    "a.b",
    "match (\n",
    "match x:\n case y: pass\n",
    "with (",
    "def f(\n",
    "x = [1, 2\nreturn\n",
    "(]\n",
    "1,",
    "f'{x}' ",
    "\0",
    "(\ndef f():\n",
    "a\r",
  ]
  test.each(parts)("a million characters of %j", (part) => {
    expect(timed(fill(part, 1_000_000), 1500)).toBeLessThan(1500)
  })

  // What costs most: many errors, brackets that never close, dense trees.
  test.each(["a b\n", "f(x,\n", "(\ndef f():\n"])("ten million characters of %j", (part) => {
    expect(timed(fill(part, 10_000_000), 4000)).toBeLessThan(4000)
  })

  test("ever deeper blocks", () => {
    let text = ""
    for (let i = 0; text.length < 10_000_000; i++) text += `${" ".repeat(i)}if x:\n`
    expect(timed(text, 1000)).toBeLessThan(1000)
  })
})

interface Node {
  readonly start: number
  readonly end: number
}

/** Every node lies in the one around it; decorators stand before the function that they belong to. */
function checkPlaces(node: unknown, around: Node): void {
  if (Array.isArray(node)) {
    for (const item of node) checkPlaces(item, around)
    return
  }
  if (typeof node !== "object" || node === null) return
  const { problem: _, decorators, ...rest } = node as Record<string, unknown>
  let inner = around
  if ("start" in rest && "end" in rest) {
    inner = rest as unknown as Node
    const ordered = around.start <= inner.start && inner.start <= inner.end && inner.end <= around.end
    if (!ordered) throw new Error(`crooked: ${JSON.stringify(inner)} in ${around.start} to ${around.end}`)
  }
  checkPlaces(decorators, around)
  for (const value of Object.values(rest)) checkPlaces(value, inner)
}

const check = (text: string) => {
  const { body, comments } = parse(text)
  checkPlaces(body, { start: 0, end: text.length })
  body.forEach((s, i) => {
    if (i > 0 && s.start < (body[i - 1]?.end ?? 0)) throw new Error(`statements overlap: ${JSON.stringify(text)}`)
  })
  expect(comments).toEqual([...new Set(comments)].sort((a, b) => a - b))
}

describe("random texts", () => {
  const words =
    "x y match case type _ if elif else for in while try except finally with as def class return raise from import lambda " +
    "async await yield not and or is del global pass assert True None 1 2.5 1j 0x1f 'a' \"b\" f'{x}' f\"{x!r:>{y}}\" ''' \"\"\" f'{ " +
    "( ) [ ] { } : ; , . -> = == := += |= * ** @ / // | ^ & ~ < ... ! ? $ # \\ é \0"
  const token = fc.constantFrom(...words.split(" "))
  const line = fc
    .tuple(fc.constantFrom("", "", "    ", "  ", "\t", "        "), fc.array(token, { maxLength: 8 }))
    .map(([indent, tokens]) => indent + tokens.join(" "))
  const soup = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\\\n", ":\n"))
    .map(([lines, end]) => lines.join(end))

  test("token soup with indentation", () => {
    fc.assert(fc.property(soup, check), { numRuns: 10_000 })
  })

  // Found by the soup: a block that opens and holds nothing ended before its header.
  test.each(["try:\n    :\nexcept:\n  \\", "try:\n    :\nfinally:\n  \\", "x\nif y:\n  \\", "match x:\n  \\"])(
    "%j",
    check,
  )

  test("characters", () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), check), {
      numRuns: 2000,
    })
  })

  const good = fc.constantFrom(
    "x = 1",
    "def f(a, *b):\n    return a",
    "if x:\n    y\nelif z:\n    w\nelse:\n    v",
    "class A(B):\n    '''doc\ndoc'''\n    def f(self):\n\n        pass",
    "match x:\n    case [a, _]: pass",
    "try:\n    a\nexcept B as c:\n    d",
    "x = [\n1,\n2\n]",
    "@d\nasync def f(): await x",
    "# comment",
  )
  const bad = fc.constantFrom(
    "a b",
    "x = (1]",
    "print 'x'",
    "if x y:\n    a\n    b\nelse:\n    c",
    "for x of y:\n    a",
    "def f(a b):\n    '''x\ny'''\n    return a",
    "x = 1 +",
    "x = 'a",
    "try:\n    a\nexcept A, b:\n    c",
    "x = f'{a b}'",
    "match x:\n    case a b:\n        pass\n    case c: pass",
  )

  test("a broken statement costs itself and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(good, bad), { maxLength: 8 }), fc.boolean(), (parts, inside) => {
        const each = parts.flatMap(shapes)
        if (!inside) expect(shapes(parts.join("\n"))).toEqual(each)
        else {
          const text = `if x:\n    pass\n    ${parts.map((part) => part.replace(/\n(?!doc|y''')/g, "\n    ")).join("\n    ")}`
          expect(shapes(text).join("")).toBe(
            `(If branches=[(test=x body=[${["(Pass)", ...each].join(" ").replace(/, 2]\n/g, ", 2]")}])])`,
          )
        }
      }),
      { numRuns: 1000 },
    )
  })
})
