import { stripVTControlCharacters } from "node:util"
import { describe, expect, it } from "vitest"
import { reportSchema } from "../../src/report/schema.ts"
import { widthOf } from "../../src/report/width.ts"
import { gradcheck, shell } from "../support/command.ts"

const ESCAPE = "\u001b["

describe("exit codes", () => {
  it.each([
    [["abs(y - p)"], 0],
    [["check", "abs(y - p)"], 0],
    [["abs(y - round(p))"], 1],
    [["abs(y - round(p))", "--fail-on", "never"], 0],
    [["abs(y - p)", "abs(y - round(p))"], 1],
    [["-log(p)", "--in", "p=0.1..1"], 0],
    [["mean(abs(y - sigmod(p)))"], 2],
    [["abs(y - p)", "1 +"], 2],
    [[""], 2],
    [[], 2],
    [["--nonsense", "p"], 2],
    [["p", "--samples", "NaN"], 2],
    [["p", "--samples", "1e99"], 2],
    [["p", "--seed", "99999999999"], 2],
    [["p", "--given", "p > "], 2],
    [["p", "--wrt", "q"], 2],
    [["p", "--in", "p=0..NaN"], 2],
    [["lint", "nowhere"], 2],
    [["lint", "--stdin-name", "a.py", "b.py"], 2],
    [["rescue", "p"], 2],
    [["explain", "nothing-of-the-kind"], 2],
    [["--version"], 0],
    [["--help"], 0],
    [["explain"], 0],
    [["explain", "round"], 0],
    [["explain", "partly", "dead"], 0],
  ])("%j gives %i", (args, code) => {
    const ran = gradcheck(args)
    expect(ran.code, ran.out + ran.err).toBe(code)
    if (code === 2) expect(ran.err + ran.out).not.toMatch(/our fault|\bat .*\.js:\d/)
  })
})

// Why: a checker is run on whatever stands in a file; what is not a loss must cost a message and no more.
describe("hostile texts", () => {
  it.each([
    ["1 MB", `${"a+".repeat(499_000)}a`],
    ["more than 1 MB", "a+".repeat(600_000)],
    ["10,000 brackets", `${"(".repeat(10_000)}p${")".repeat(10_000)}`],
    ["10,000 signs", `${"-".repeat(10_000)}p`],
    ["a huge tensor", "zeros(10**9)"],
    ["an endless loop", "[x for x in range(10**12)]"],
    ["a control character", "p\u001b[31m"],
    ["half a character", "\ud800"],
  ])("%s is answered soon, with exit code 2", (_, text) => {
    // A text of this size does not fit into an argument.
    const ran = text.length > 100_000 ? gradcheck(["-"], { input: text }) : gradcheck([text])
    expect(ran.code, ran.out.slice(0, 1000) + ran.err.slice(0, 1000)).toBe(2)
    expect(ran.err).not.toContain("our fault")
    expect(ran.err.length).toBeLessThan(3000)
    expect(ran.err).not.toContain("\u001b")
    expect(ran.seconds).toBeLessThan(2)
  })
  it.each(["constructor", "__proto__", "toString + hasOwnProperty", "prototype*y"])(
    "%s is a name like any other",
    (text) => {
      const ran = gradcheck([text, "--format", "json"])
      expect(ran.code, ran.err).toBe(0)
      expect(() => reportSchema.parse(JSON.parse(ran.out))).not.toThrow()
    },
  )
  it.each(["constructor", "__proto__", "toString"])("explain %s is an unknown topic", (topic) => {
    expect(gradcheck(["explain", topic])).toMatchObject({
      code: 2,
      err: expect.stringContaining(`there is no topic ${topic}`),
    })
  })
})

describe("output", () => {
  it("ends quietly when its reader goes away", () => {
    const many = Array.from({ length: 30 }, (_, k) => `'abs(y - ${k + 1}*p)'`).join(" ")
    expect(shell(`set -o pipefail; node bin/gradcheck.js ${many} --format json | head -c 1`)).toMatchObject({
      code: 0,
      out: "{",
      err: "",
    })
    expect(shell("(node bin/gradcheck.js 'abs(y - p)'; echo code $? >&2) | true").err).toBe("code 0\n")
  })
  it("is whole when it is long and the reader slow", () => {
    const many = Array.from({ length: 30 }, (_, k) => `'abs(y - ${k + 1}*p)'`).join(" ")
    const ran = shell(`node bin/gradcheck.js ${many} --format json | (sleep 1; cat)`)
    expect(JSON.parse(ran.out).losses).toHaveLength(30)
  })
  it("has colour when asked for, and none under NO_COLOR or in a pipe", () => {
    expect(gradcheck(["abs(y - p)"]).out).not.toContain(ESCAPE)
    expect(gradcheck(["abs(y - p)"], { env: { FORCE_COLOR: "1" } }).out).toContain(ESCAPE)
    expect(gradcheck(["abs(y - p)", "--color", "always"], { env: { NO_COLOR: "1" } }).out).toContain(ESCAPE)
    expect(gradcheck(["abs(y - p)", "--color=never"], { env: { FORCE_COLOR: "1" } }).out).not.toContain(ESCAPE)
    expect(shell("script -qec \"node bin/gradcheck.js 'abs(y - p)'\" /dev/null").out).toContain(ESCAPE)
    expect(shell("NO_COLOR=1 script -qec \"node bin/gradcheck.js 'abs(y - p)'\" /dev/null").out).not.toContain(ESCAPE)
  })
  it("says the same in colour", () => {
    const plain = gradcheck(["abs(y - round(p))"]).out
    const painted = gradcheck(["abs(y - round(p))"], { env: { FORCE_COLOR: "1" } }).out
    expect(stripVTControlCharacters(painted)).toBe(plain)
  })
  it("has no byte outside ASCII under --ascii", () => {
    for (const args of [
      ["σ(x) - round(ŷ)"],
      ["abs(y-p)", "min(abs(y-p), 1)"],
      ["explain"],
      ["explain", "step-function"],
      ["--help"],
      ["π +"],
      ["--σ"],
      ["漢", "--format", "json"],
      ["explain", "漢"],
    ]) {
      const { out, err } = gradcheck([...args, "--ascii"])
      expect(out + err, args.join(" ")).toMatch(/^[\n\x20-\x7e]+$/)
    }
  })
  it("keeps to the width of its terminal", () => {
    for (const columns of [60, 80, 200])
      for (const args of [
        ["1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))"],
        ["(y-p)^2", "abs(y-p)", "min(abs(y-p), 1)"],
        ["--help"],
        ["explain", "operations"],
      ])
        for (const line of gradcheck(args, { env: { COLUMNS: String(columns) } }).out.split("\n"))
          if (!/^ {10,}\S|gradcheck "/.test(line))
            expect(widthOf(line), line).toBeLessThanOrEqual(Math.min(columns, 100))
  })
  it("is the same for the same seed", () => {
    const args = ["abs(y - round(p))", "--seed", "3", "--samples", "500"]
    expect(gradcheck(args).out).toBe(gradcheck(args).out)
  })
  it("is headlines only with -q", () => {
    expect(gradcheck(["abs(y - round(p))", "-q"]).out).toBe(
      "error[step-function]  no gradient reaches p\ndead  proved: the gradient of p is 0 wherever it exists\n",
    )
  })
})

describe("JSON", () => {
  it("keeps to its schema, whatever was found", () => {
    const texts = [
      "abs(y - p)",
      "abs(y - round(p))",
      "where(p > 0, p*log(p), 0)",
      "f1(y, p)",
      "(y - sigmoid(z))^2",
      "1 +",
    ]
    const ran = gradcheck([...texts, "--format", "json", "--dtype", "float32,float16"])
    const report = reportSchema.parse(JSON.parse(ran.out))
    expect(report.losses).toHaveLength(10)
    expect(report.problems).toHaveLength(1)
    expect([report.summary.exit, ran.code]).toEqual([2, 2])
    expect(ran.err).toBe("")
  })
  it("is told as JSON Schema", () => {
    expect(JSON.parse(gradcheck(["explain", "json", "--format", "json"]).out)).toMatchObject({ type: "object" })
  })
})

describe("input", () => {
  it("comes from standard input for -", () => {
    expect(gradcheck(["-"], { input: "abs(y -\n  round(p))\n" })).toMatchObject({
      code: 1,
      out: expect.stringContaining("   2 │   round(p))"),
    })
  })
  it("is not a file's name", () => {
    expect(gradcheck(["package.json"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("package.json is a file"),
    })
  })
})

describe("help", () => {
  it("says first what the tool is not, then shows the guide", () => {
    const { out } = gradcheck(["--help"])
    expect(out.split("\n")[0]).toMatch(/^This is not torch\.autograd\.gradcheck/)
    expect(out.replace(/\s+/g, " ")).toContain("not whether the derivative is right, but whether it does any good")
    expect(out.indexOf('gradcheck "abs(y - round(p))"')).toBeLessThan(out.indexOf("Usage"))
    expect(out).not.toMatch(/rescue/)
  })
})
