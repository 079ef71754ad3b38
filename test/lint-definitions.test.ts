// Files of definitions: every entry is looked at or refused with its place, and what is expected of it is held to.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { unreadableFinding } from "../src/findings/unreadable.ts"
import { lintDefinitions } from "../src/lint-definitions.ts"
import { sliceOf } from "../src/source/text.ts"
import { readJson, readYaml } from "../src/source/yaml.ts"
import { gradcheck } from "./support/command.ts"
import { tree } from "./support/tree.ts"

const lint = (text: string, name = "a.losses.yaml") => {
  const source = { name, text }
  return lintDefinitions(source, name.endsWith(".json") ? readJson(source) : readYaml(source), {}, () => 0)
}
const refused = (text: string): string[] =>
  lint(text).unreadable.map((u) => {
    const { headline, marks } = unreadableFinding(u)
    return `${u.level} ${headline} | ${marks[0] ? sliceOf(marks[0].span) : ""} | ${marks[0]?.text}`
  })

describe("definitions", () => {
  const file = lint(readFileSync("fixtures/definitions/mixed.losses.yaml", "utf8"))
  it("are looked at, each in its role", () => {
    expect(file.losses.map(({ result: r, line }) => [r.name, r.role, r.verdict, line])).toEqual([
      ["soft-overlap", "loss", "alive", 2],
      ["counted", "loss", "disconnected", 8],
      ["stepped", "loss", "dead", 13],
      ["overlap", "metric", "disconnected", 20],
      ["hard-swish", "activation", "alive", 24],
    ])
  })
  it("have their marks in the file, behind quotes, escapes and indentation", () => {
    const marked = file.losses.flatMap(({ result }) =>
      result.findings.map((f) => [f.rule, f.level, sliceOf(f.marks[0]!.span)]),
    )
    expect(marked).toEqual([
      ["unexpected-verdict", "error", "alive"],
      ["counting-metric", "error", "p > 0.5"],
      ["step-function", "note", "\\u0072ound(p)"],
      ["non-finite-loss", "note", "2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))"],
      ["counting-metric", "note", "p > 0.5"],
    ])
  })
  it("are the same in JSON", () => {
    const json = lint('{ "losses": { "a": { "loss": "abs(y - round(p))", "inputs": { "p": [0.2, 0.8] } } } }', "a.json")
    expect(json.losses.map(({ result }) => [result.verdict, sliceOf(result.findings[0]!.marks[0]!.span)])).toEqual([
      ["dead", "round(p)"],
    ])
  })
})

// Why: `expect` makes a file of losses a test: it must fail when a loss dies, and when one comes alive.
describe("what is expected", () => {
  const rules = (expected: string, loss = "abs(y - round(p))"): string[] =>
    lint(`losses: { a: { loss: "${loss}", expect: ${expected} } }`).losses.flatMap(({ result }) =>
      result.findings.filter((f) => f.level === "error").map((f) => f.rule),
    )
  it.each(["dead"])("and holds, makes notes of what is found: %s", (e) => expect(rules(e)).toEqual([]))
  it("by dead is both, with and without a connection", () => {
    expect(rules("dead", "abs(y - (p > 0.5))")).toEqual([])
    expect(rules("disconnected", "abs(y - (p > 0.5))")).toEqual([])
    expect(rules("disconnected")).toEqual(["unexpected-verdict", "step-function"])
  })
  it("and does not hold, is an error, also when the loss has come alive", () => {
    expect(rules("dead", "abs(y - p)")).toEqual(["unexpected-verdict"])
    expect(rules("alive")).toEqual(["unexpected-verdict", "step-function"])
  })
  it("may be said of partly dead in words or as JSON has it", () => {
    const capped = "min(abs(y - p), 0.5)"
    expect([rules("partly dead", capped), rules("partial", capped)]).toEqual([[], []])
  })
})

describe("mistakes are errors with a place and a way out", () => {
  it.each([
    ["losses: { a: { los: p } }", "error there is no key los | los | did you mean loss?"],
    [
      "losses: { a: { loss: p, expect: aliv } }",
      "error expect is one of alive, saturating, partly dead, broken, dead, disconnected | aliv | did you mean alive?",
    ],
    ["losses: { a: { wrt: p } }", "error there is no expression | a | "],
    [
      "losses: { a: { loss: p, value: q } }",
      "error there are two expressions | value | one of loss and value is enough",
    ],
    ["losses: { a: { loss: [p] } }", "error loss is an expression | [p] | "],
    ["losses: { a: { loss: p, maximize: often } }", "error maximize is true or false | often | "],
    [
      "losses: { a: { loss: p, dtype: [float32, float8] } }",
      "error dtype is one or a list of float64, float32, bfloat16, float16 | float8 | did you mean float16?",
    ],
    ["losses: [a]", "error losses is a map of names and definitions | losses | "],
    ["lossess: { a: 1 }", "error there is no key lossess | lossess | did you mean losses?"],
    [
      'losses: { a: { loss: p, inputs: { p: "0..q" } } }',
      "error the range's upper end is missing | q | a number is expected here",
    ],
    [
      "losses: { a: { loss: p, inputs: { p: { 0, x } } } }",
      "error a value of the set is missing | { 0, x } | a number is expected here",
    ],
    ["losses: { a: { loss: p, inputs: { p: [0, [1]] } } }", "error sample 2 is ragged | [0, [1]] | "],
    ["losses: { a: { loss: sigmod(p) } }", "error there is no function sigmod | sigmod | did you mean sigmoid?"],
    [
      "losses: { a: { loss: p, wrt: q } }",
      "error the parameter q does not occur in the expression | a | did you mean p?",
    ],
    [
      "losses: { a: { loss: y*p, given: 'y > ' } }",
      "error something is missing after `>` | > | a value is expected after this",
    ],
  ])("%s", (text, told) => {
    expect(refused(text)).toEqual([told])
  })
  it("and do not hide the other entries", () => {
    const file = lint("losses: { a: { los: p }, b: { loss: abs(y - p) }, constructor: { loss: p^2 } }")
    expect(file.losses.map((l) => l.result.name)).toEqual(["b", "constructor"])
  })
})

it("number formats are looked at in turn, and nothing is told twice", () => {
  const { losses } = lint('losses: { a: { loss: "abs(y - round(p)) - log(p + 1e-8)", dtype: [float32, float16] } }')
  const rules = losses.map(({ result }) => result.findings.map((f) => f.rule))
  expect(rules[1]).toContain("lost-epsilon")
  expect(rules[1]!.filter((r) => r !== "lost-epsilon" && rules[0]!.includes(r))).toEqual([])
})

// Why: a test of losses that is never run because of one letter is worse than none.
it("a misspelt name over definitions is told, of another tool's settings only when the file is named", () => {
  const root = tree({
    "a/losses.yaml": "loses:\n  mine: { loss: abs(y - p) }\n",
    "b/losses.json": '{"Losses": {"mine": {"loss": "abs(y - p)"}}}',
    "c/losses.yaml": "metric: accuracy\nloss: { name: mse }\n",
  })
  const headlines = (...args: string[]): string[] =>
    gradcheck(["lint", ...args, "--format", "concise"], { cwd: root })
      .out.split("\n")
      .filter((l) => l.includes("["))
  expect(headlines()).toEqual([
    "a/losses.yaml:1:1: error[cannot-read] there is no key loses",
    "b/losses.json:1:2: error[cannot-read] there is no key Losses",
  ])
  expect(gradcheck(["lint", "a"], { cwd: root }).out).toContain("^^^^^ did you mean losses?")
  expect(headlines("c/losses.yaml")).toEqual(["c/losses.yaml:1:1: warning[cannot-read] there is no key metric"])
})

// Why: a losses.yaml of another tool must cost nobody a warning, and a file that is named must not pass unseen.
it("files that hold no definitions are left alone, unless they are named", () => {
  const root = tree({
    "losses.yaml": "train:\n  losses: [mse]\n",
    "losses.json": "{}",
    "b.losses.yml": "losses: { a: { loss: abs(y - round(p)) } }\n",
  })
  expect(gradcheck(["lint", "-q"], { cwd: root })).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^b\.losses\.yml:1:\d+ {2}error\[step-function\]/),
  })
  expect(gradcheck(["lint", "losses.yaml", "-q"], { cwd: root })).toMatchObject({
    code: 0,
    out: expect.stringContaining("losses.yaml:1:1  warning[cannot-read]  there are no definitions in this file"),
  })
})
