// Files of settings as trees: every piece of a text is found again where it stands in the file, and mistakes have a place.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Problem } from "../../src/source/problem.ts"
import { follow, plain, type Scalar } from "../../src/source/tree.ts"
import { readJson, readYaml } from "../../src/source/yaml.ts"

const scalarOf = (text: string): Scalar =>
  follow(readYaml({ name: "a.yaml", text }), ["losses", "a", "loss"]).value as Scalar
const problemOf = (read: () => unknown): Problem => {
  try {
    read()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error("nothing was wrong")
}

const inDouble = (s: string): string => JSON.stringify(s).replaceAll("r", "\\u0072")
const inSingle = (s: string): string => `'${s.replaceAll("'", "''")}'`
/** Each way to write the words of a text in YAML, folded over lines where it can be. */
const styles: ReadonlyMap<string, (words: readonly string[]) => string> = new Map([
  ["plain", (w) => w.join(" ")],
  ["plain, folded", (w) => w.join("\n        ")],
  ["single quotes", (w) => inSingle(w.join(" "))],
  ["single quotes, folded", (w) => inSingle(w.join("\n\n      "))],
  ["double quotes", (w) => inDouble(w.join(" "))],
  ["double quotes, folded", (w) => inDouble(w.join("~")).replaceAll("~", "\\\n      \\ ")],
  ["a block", (w) => `|  # with a comment\n      ${w.join("\n      ")}\n`],
  ["a block, stripped and indented", (w) => `|2-\n      ${w.join("\n      ")}\n\n`],
  ["a folded block", (w) => `>-\n      ${w.join("\n      ")}\n`],
  ["a folded block with empty lines", (w) => `>+\n\n      ${w.join("\n\n      ")}\n`],
])

// Why: the caret must stand under the very piece of the expression, however the file writes it.
describe.each([...styles])("in %s", (_, write) => {
  const word = fc.constantFrom("abs(y", "-", "round(p))", "σ(x)", "*", "2", "sum(p", ">", "0.5)", "it's", "/")
  it("each word of an expression has its place", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (more) => {
        const words = ["p", ...more]
        const text = `# head\nlosses:\n  a:\n    loss: ${write(words)}\n    wrt: p\n`
        const scalar = scalarOf(text)
        let at = 0
        for (const w of words) {
          at = scalar.text.indexOf(w, at)
          const { start, end } = scalar.placeOf(at, at + w.length)
          const written = text.slice(start, end)
          expect(written.replaceAll("''", "'").replaceAll("\\u0072", "r")).toBe(w)
          at += w.length
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe("mistakes", () => {
  it.each([
    ['{"a": 1,}', 8],
    ['{"a": tru}', 6],
    ["{'a': 1}", 1],
    ["abc", 0],
    ['{"a": [1, 2', 11],
    ['{"a": 1 // c\n}', 8],
  ])("of JSON have a place: %s", (text, at) => {
    expect(problemOf(() => readJson({ name: "a.json", text })).parts.mark?.span.start).toBe(at)
  })
  it.each(["a: [1, 2", "a: 1\na: 2\n", "a: *b\n", "? [x]\n: 1\n", "a: b: c\n", "- - a\n b"])(
    "of YAML have a place: %j",
    (text) => {
      expect(problemOf(() => readYaml({ name: "a.yaml", text })).parts.mark).toBeDefined()
    },
  )
  // Why: a file of settings may come from anywhere, and costs a message at most.
  it("made to exhaust the reader cost a message", () => {
    for (const text of ["[".repeat(20_000), `${"a: &a [".repeat(60)}`, "- ".repeat(20_000), bomb()])
      expect(problemOf(() => readYaml({ name: "a.yaml", text })).parts.headline).toMatch(
        /this (nests too deep|is no YAML)/,
      )
  })
})

/** Aliases of aliases: 9 lines that stand for a thousand million nodes. */
const bomb = (): string =>
  Array.from(
    { length: 9 },
    (_, k) =>
      `k${k}: &k${k} [${
        k === 0
          ? "x"
          : Array(10)
              .fill(`*k${k - 1}`)
              .join(", ")
      }]\n`,
  ).join("")

it("JSON with tabs keeps its places", () => {
  const text = '{\n\t"losses": {\n\t\t"a":\t{ "loss": "p\\u002b1" }\n\t}\n}'
  const scalar = follow(readJson({ name: "a.json", text }), ["losses", "a", "loss"]).value as Scalar
  expect(scalar.text).toBe("p+1")
  const { start, end } = scalar.placeOf(1, 2)
  expect(text.slice(start, end)).toBe("\\u002b")
})

it("a key called __proto__ is a key", () => {
  const data = plain(readYaml({ name: "a.yaml", text: "__proto__: 1\nb: { __proto__: 2 }" }))
  expect(Object.keys(data as object)).toEqual(["__proto__", "b"])
})
