import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { frame } from "../../src/report/frame.ts"
import { type Paint, themeOf } from "../../src/report/theme.ts"
import { readyFor, widthOf } from "../../src/report/width.ts"
import { sourceOf, spanOf } from "../support/results.ts"

beforeAll(() => readyFor("漢"))

const wide = themeOf(100, false)
const drawn = (marks: Parameters<typeof frame>[0], theme = wide): string =>
  `\n${frame(marks, "error", theme).join("\n")}`

describe("marks on one line", () => {
  const source = sourceOf("1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))")
  it("puts the last words behind their mark and the others below", () => {
    expect(
      drawn([
        { span: spanOf(source, "p > 0.5"), text: "the gradient stops here" },
        { span: spanOf(source, "p > 0.5", 1), text: "and here" },
      ]),
    ).toBe(`
   1 │ 1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))
     │              ^^^^^^^                   ------- and here
     │              ╰ the gradient stops here`)
  })
  it("draws a mark inside a wider one", () => {
    const where = sourceOf("where(p > 0, p*log(p), 0)")
    expect(
      drawn([
        { span: spanOf(where, "log(p)"), text: "its slope has no value at p = 0" },
        { span: spanOf(where, where.text), text: "picks the other side" },
      ]),
    ).toBe(`
   1 │ where(p > 0, p*log(p), 0)
     │ ---------------^^^^^^---- its slope has no value at p = 0
     │ ╰ picks the other side`)
  })
  it("lets no words cross a line down to other words", () => {
    const sum = sourceOf("round(a) + round(b) + round(c)")
    expect(drawn(["a", "b", "c"].map((n) => ({ span: spanOf(sum, `round(${n})`), text: `flat in ${n}` })))).toBe(`
   1 │ round(a) + round(b) + round(c)
     │ ^^^^^^^^   --------   -------- flat in c
     │ │          ╰ flat in b
     │ ╰ flat in a`)
  })
  it("says once what is the same of several marks", () => {
    const sum = sourceOf("round(a) + round(b) + round(c)")
    expect(
      drawn(["a", "b", "c"].map((n, k) => ({ span: spanOf(sum, `round(${n})`), text: k > 0 ? "here too" : "flat" }))),
    ).toBe(`
   1 │ round(a) + round(b) + round(c)
     │ ^^^^^^^^   --------   -------- here too
     │ ╰ flat`)
  })
  it("keeps two sayings about one place apart", () => {
    expect(
      drawn([
        { span: spanOf(source, "sum(y)"), text: "one" },
        { span: spanOf(source, "sum(y)"), text: "two" },
      ]),
    ).toContain("two")
  })
  it("marks an empty place, at the end too", () => {
    const open = sourceOf("mean((y - p)^2")
    expect(
      drawn([
        { span: { source: open, start: 14, end: 14 }, text: "`)` is missing here" },
        { span: { source: open, start: 4, end: 5 }, text: "opened here" },
      ]),
    ).toBe(`
   1 │ mean((y - p)^2
     │     -         ^ \`)\` is missing here
     │     ╰ opened here`)
  })
  it("puts words to the left of a mark at the edge", () => {
    const long = sourceOf(`${"a + ".repeat(20)}round(p)`)
    expect(
      drawn([{ span: spanOf(long, "round(p)"), text: "the gradient stops here, and that is told in many words" }]),
    ).toBe(`
   1 │ ${long.text}
     │ ${" ".repeat(80)}^^^^^^^^
     │ ${" ".repeat(24)}the gradient stops here, and that is told in many words ╯`)
  })
})

describe("lines", () => {
  it("shows each line that has a mark, with its number", () => {
    const source = sourceOf("a = round(p)\nb = 2\nc = b*y\nmean(a - round(y))")
    expect(
      drawn([
        { span: spanOf(source, "round(p)"), text: "here" },
        { span: spanOf(source, "round(y)"), text: "and here" },
      ]),
    ).toBe(`
   1 │ a = round(p)
     │     ^^^^^^^^ here
   4 │ mean(a - round(y))
     │          -------- and here`)
  })
  it("marks what runs over lines, in all of them or in the first two and the last", () => {
    const few = sourceOf("sum(\n  round(p)\n)")
    expect(drawn([{ span: spanOf(few, few.text), text: "flat" }])).toBe(`
   1 │ sum(
     │ ^^^^
   2 │   round(p)
     │   ^^^^^^^^
   3 │ )
     │ ^ flat`)
    const many = sourceOf(`sum(\n${"  p,\n".repeat(20)})`)
    expect(drawn([{ span: spanOf(many, many.text), text: "flat" }]).split("\n").length).toBe(7)
  })
  it("makes room for long line numbers", () => {
    const source = sourceOf(`${"\n".repeat(12344)}round(p)`, "a.py")
    expect(drawn([{ span: spanOf(source, "round(p)"), text: "flat" }])).toBe(`
  a.py:12345:1
  12345 │ round(p)
        │ ^^^^^^^^ flat`)
  })
})

describe("compositions", () => {
  it("shows the user's call, then the place inside, titled", () => {
    const user = sourceOf("1 - f1(y, p)")
    const call = spanOf(user, "f1(y, p)")
    const body = sourceOf("h = p > threshold\nsum(y*h)", "f1")
    expect(drawn([{ span: spanOf(body, "p > threshold", 0, call), text: "flat" }])).toBe(`
   1 │ 1 - f1(y, p)
     │     ^^^^^^^^ in f1, below

  in f1
   1 │ h = p > threshold
     │     ^^^^^^^^^^^^^ flat`)
  })
  it("tells the caller of what lies deeper", () => {
    const user = sourceOf("a(p)")
    const inA = sourceOf("b(x)", "a")
    const inB = sourceOf("round(x)", "b")
    const via = { ...spanOf(inA, "b(x)"), via: spanOf(user, "a(p)") }
    expect(drawn([{ span: { ...spanOf(inB, "round(x)"), via }, text: "flat" }])).toContain("  in b, called by a\n")
  })
  it("draws two calls of one composition apart", () => {
    const user = sourceOf("f(p) + f(q)")
    const body = sourceOf("round(x)", "f")
    const marks = ["f(p)", "f(q)"].map((c) => ({ span: spanOf(body, "round(x)", 0, spanOf(user, c)), text: `in ${c}` }))
    expect(drawn(marks).match(/ {2}in f\n/g)?.length).toBe(2)
  })
})

describe("what terminals make hard", () => {
  it("counts wide characters and tabs as they are shown", () => {
    const source = sourceOf("损失 = 3\n\ty - round(概率)")
    expect(drawn([{ span: spanOf(source, "round(概率)"), text: "flat" }])).toBe(`
   2 │     y - round(概率)
     │         ^^^^^^^^^^^ flat`)
  })
  it("counts what is joined to a character as part of it", () => {
    const source = sourceOf("x\u0301 + 👨‍👩‍👧 + round(p)")
    const [line = "", marks = ""] = frame([{ span: spanOf(source, "round(p)"), text: "flat" }], "error", wide)
    expect(widthOf(marks.slice(0, marks.indexOf("^")))).toBe(widthOf(line.slice(0, line.indexOf("round"))))
  })
  it("shows control characters instead of obeying them", () => {
    const source = sourceOf("\u001b[31mround(p)\u202e")
    expect(drawn([{ span: spanOf(source, "round(p)"), text: "\u0007" }])).toBe(`
   1 │ \\u001b[31mround(p)\\u202e
     │           ^^^^^^^^ \\u0007`)
  })
  it("escapes what ASCII does not have, and keeps the caret in place", () => {
    const source = sourceOf("σ(x) + round(p)")
    expect(drawn([{ span: spanOf(source, "round(p)"), text: "flat – here" }], themeOf(100, true))).toBe(`
   1 | \\u03c3(x) + round(p)
     |             ^^^^^^^^ flat - here`)
  })
  it("cuts a long line around the mark", () => {
    const source = sourceOf(`${"a*b + ".repeat(100)}round(p)${" + c*d".repeat(100)}`)
    const [line = "", marks = ""] = frame(
      [{ span: spanOf(source, "round(p)"), text: "flat" }],
      "error",
      themeOf(80, false),
    )
    expect(widthOf(line)).toBeLessThanOrEqual(80)
    expect(line).toMatch(/^ {3}1 │ ….*…$/)
    expect(line.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("round(p)")
  })
  it("gives marks far apart in a long line a window each", () => {
    const source = sourceOf(`round(p) + ${"a + ".repeat(500)}round(q)`)
    const lines = frame(
      [
        { span: spanOf(source, "round(p)"), text: "flat" },
        { span: spanOf(source, "round(q)"), text: "here too" },
      ],
      "error",
      themeOf(80, false),
    )
    expect(lines.filter((l) => l.startsWith("   1 │"))).toHaveLength(2)
  })
  it("is quick about a line of a million characters", () => {
    const source = sourceOf(`${"a+".repeat(500_000)}round(p)`)
    const start = performance.now()
    expect(drawn([{ span: spanOf(source, "round(p)"), text: "flat" }])).toContain("round(p)")
    expect(performance.now() - start).toBeLessThan(200)
  })
})

// Why: a caret one column off blames the wrong thing; a line too wide is wrapped by the terminal and shifts them all.
describe("for any text and marks", () => {
  const alphabet = [..."ab +*()123,>", "漢", "é", "\t", "👍", "\n", "π"]
  const marks = fc.array(
    fc.tuple(
      fc.nat(400),
      fc.nat(60),
      fc.constantFrom("", "flat", "the gradient stops here: it is flat on both sides of its jump"),
    ),
    { minLength: 1, maxLength: 5 },
  )
  const text = fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 400 }).map((a) => a.join(""))
  it("fills no line beyond the width, and marks what it means", () => {
    fc.assert(
      fc.property(text, marks, fc.integer({ min: 40, max: 120 }), fc.boolean(), (body, list, width, ascii) => {
        const source = sourceOf(body)
        const spans = list.map(([at, length, words]) => ({
          span: { source, start: Math.min(at, body.length), end: Math.min(at + length, body.length) },
          text: words,
        }))
        const theme = themeOf(width, ascii)
        const lines = frame(spans, "error", theme)
        for (const line of lines) expect(widthOf(line), JSON.stringify(line)).toBeLessThanOrEqual(theme.width)
        if (ascii) expect(lines.join("\n")).toMatch(/^[\x20-\x7e\n]*$/)
      }),
      { numRuns: 400 },
    )
  })
  it("is the same without colour", () => {
    const paint: Paint = (tone, part) => `<${tone}>${part}</>`
    fc.assert(
      fc.property(
        text.filter((t) => !/[<>/]/.test(t)),
        marks,
        (body, list) => {
          const source = sourceOf(body)
          const spans = list.map(([at, length, words]) => ({
            span: { source, start: Math.min(at, body.length), end: Math.min(at + length, body.length) },
            text: words,
          }))
          const painted = frame(spans, "error", themeOf(90, false, paint)).map((l) => l.replace(/<[a-z]+>|<\/>/g, ""))
          expect(painted).toEqual(frame(spans, "error", themeOf(90, false)))
        },
      ),
      { numRuns: 200 },
    )
  })
})
