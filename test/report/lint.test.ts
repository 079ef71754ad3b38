// Text over files: what is a line, what is a row, what is folded, and what is counted because it is not shown.
import { describe, expect, it } from "vitest"
import type { LintedFile, LossResult } from "../../src/findings/result.ts"
import { lintText } from "../../src/report/lint.ts"
import type { Run } from "../../src/report/run.ts"
import { statsLines } from "../../src/report/stats.ts"
import { allTold } from "../../src/report/told.ts"
import { widthOf } from "../../src/report/width.ts"
import { Problem } from "../../src/source/problem.ts"
import { finding, result, sourceOf, spanOf, view } from "../support/results.ts"

const text = "def hard_loss(pred, y):\n    return abs(y - round(pred))\n"
const loss = (file: string, more: Partial<LossResult> = {}): LossResult =>
  result("", { name: "hard_loss", source: sourceOf(text, file), ...more })
const flaw = (file: string, more = {}) =>
  finding({ marks: [{ span: spanOf(sourceOf(text, file), "round(pred)"), text: "flat" }], ...more })
const fileOf = (file: string, results: readonly LossResult[], more: Partial<LintedFile> = {}): LintedFile => ({
  file,
  losses: results.map((r) => ({ result: r, line: 1 })),
  notUnderstood: [],
  unreadable: [],
  ...more,
})
const dead = (file: string): LintedFile => fileOf(file, [loss(file, { verdict: "dead", findings: [flaw(file)] })])
const alive = (file: string): LintedFile => fileOf(file, [loss(file), loss(file)])
const run = (files: readonly LintedFile[]): Run => ({
  version: "1",
  results: files.flatMap((f) => f.losses.map((l) => l.result)),
  problems: [],
  files,
  failOn: "error",
  exit: 0,
  seconds: 0.4,
})
const lines = (files: readonly LintedFile[], v = view({ width: 200 })): string[] => lintText(run(files), v).split("\n")
const lost = (file: string) => ({
  file,
  line: 2,
  name: "odd_loss",
  problem: new Problem({ headline: "no such thing" }),
})

describe("text over files", () => {
  it("has a line for each finding, a table, the totals and the way on", () => {
    expect(
      lines([dead("src/a.py"), fileOf("losses/b.py", [loss("losses/b.py")], { notUnderstood: [lost("losses/b.py")] })]),
    ).toEqual([
      "src/a.py:2:20  error[step-function]  no gradient reaches p in hard_loss",
      "",
      "  file          definitions   alive   partly   saturating   broken   dead   not understood",
      "  src/a.py                1       0        0            0        0      1                0",
      "  losses/b.py             2       1        0            0        0      0                1",
      "",
      "3 definitions in 2 files · 1 error · 1 not understood (-v tells why) · 0.4 s",
      "first: gradcheck explain step-function",
      "",
    ])
  })
  it("shows frames of one file, whatever stands around it", () => {
    const out = lines([dead("src/a.py"), fileOf("src/empty.py", [])])
    expect(out).toContain("  src/a.py:2:20")
    expect(out).toContain("1 definition in 1 of 2 files · 1 error · 0.4 s")
    expect(out.join("\n")).not.toContain("definitions   alive")
  })
  it("folds files without anything to report when there are many", () => {
    const healthy = Array.from({ length: 12 }, (_, k) => alive(`src/${k}.py`))
    const out = lines([dead("src/a.py"), ...healthy, fileOf("src/empty.py", [])])
    expect(out.filter((l) => l.startsWith("  src/"))).toEqual([
      "  src/a.py                   1       0        0            0        0      1                0",
    ])
    expect(out).toContain(
      "  12 other files            24      24        0            0        0      0                0",
    )
    expect(out).toContain("25 definitions in 13 of 14 files · 1 error · 0.4 s")
    expect(lines(healthy).filter((l) => l.startsWith("  12 files"))).toHaveLength(1)
    expect(lines([dead("src/a.py"), ...healthy.slice(0, 9)]).filter((l) => l.startsWith("  src/"))).toHaveLength(10)
  })
  // Why: a metric that is dead is what it should be, and a row that says so reads like an alarm.
  it("counts metrics apart", () => {
    const metric = fileOf("m.py", [loss("m.py", { role: "metric", verdict: "disconnected" })])
    const out = lines([metric, alive("b.py")])
    expect(out[0]).toMatch(/ dead {3}metrics {3}not/)
    expect(out[1]).toMatch(/m\.py +1 +0 +0 +0 +0 +0 +1 +0$/)
  })
  it("counts what the baseline and comments hide", () => {
    const hidden = fileOf("a.py", [loss("a.py")], { known: [{ finding: flaw("a.py"), loss: "l" }], ignored: 2 })
    expect(lines([hidden]).join("\n")).toContain("1 known one hidden (--show-known) · 2 ignored by comments")
  })
  it("keeps to its terminal, and leaves out columns and beginnings of paths before it breaks rows", () => {
    const deep = "a/very/long/path/to/the/losses/of/a/model/segmentation.py"
    for (const width of [60, 80, 100, 200]) {
      const out = lines(
        [dead(deep), alive("b.py"), alive("漢字/漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字.py")],
        view({ width }),
      )
      for (const line of out.filter((l) => !l.includes(deep))) expect(widthOf(line), line).toBeLessThanOrEqual(width)
    }
    expect(lines([dead(deep), alive("b.py")], view({ width: 60 })).join("\n")).toMatch(
      /…\/of\/a\/model\/segmentation\.py {2,}1/,
    )
  })
  it("tells under -v with what each definition was tried", () => {
    const inputs = [{ name: "p", range: "0..1", shape: [8], why: "its name", shapeAssumed: true }]
    const settings = [
      { name: "margin", value: "0.5", why: "its name" },
      { name: "zeta", value: "2", why: "no clue" },
    ]
    const file = fileOf("a.py", [loss("a.py", { inputs, settings })])
    expect(
      lines([file], view({ verbose: true }))
        .join(" ")
        .replace(/ +/g, " "),
    ).toContain(
      " a.py:1 hard_loss: alive · loss · assumed p in 0..1 [8] from its name · assumed margin = 0.5 and zeta = 2",
    )
    expect(lines([file]).join("\n")).not.toContain("margin")
  })
  it("tells under -v what is not understood, and why", () => {
    const out = lines([fileOf("a.py", [], { notUnderstood: [lost("a.py")] })], view({ verbose: true }))
    expect(out).toContain("  a.py:2   odd_loss: no such thing")
  })
  it("says that there was nothing to check", () => {
    expect(lines([])[0]).toMatch(/^nothing to check/)
    expect(lines([fileOf("a.py", []), fileOf("b.py", [])])[0]).toBe(
      "nothing to check: no loss, activation or metric in 2 files",
    )
  })
})

// Why: what blocks may stand in a helper that another file defines.
describe("a finding in another file", () => {
  const helper = sourceOf("def hard(x):\n    return (x > 0.5)", "lib/helper.py")
  const call = spanOf(sourceOf(text, "src/a.py"), "round(pred)")
  const marks = [{ span: spanOf(helper, "x > 0.5", 0, call), text: "flat" }]
  const file = fileOf("src/a.py", [loss("src/a.py", { findings: [finding({ marks, blocks: "x > 0.5" })] })])
  it("is placed where its mark is, and keyed by the loss's own file", () => {
    const [told] = allTold(run([file]))
    expect(told!.place).toMatchObject({ file: "lib/helper.py", start: { line: 2, column: 13 } })
    expect(told!.key).toBe("src/a.py|step-function|hard_loss|x > 0.5")
    expect(lines([file, alive("b.py")])[0]).toMatch(/^lib\/helper\.py:2:13 /)
  })
  it("tells which loss it is, as several may share the helper", () => {
    const [told] = allTold(run([file]))
    expect(told!.headline).toBe("no gradient reaches p in hard_loss (src/a.py:1)")
    expect(told!.also.at(-1)).toMatchObject({
      place: { file: "src/a.py", start: { line: 1 } },
      text: "hard_loss is defined here",
    })
  })
})

describe("statistics", () => {
  it("count by rule, worst first, and tell where the time went", () => {
    const note = finding({ rule: "flat-side", level: "note", blocks: "" })
    const files = [dead("a.py"), dead("b.py"), fileOf("c.py", [loss("c.py", { findings: [note], seconds: 0.25 })])]
    expect(statsLines({ ...run(files), stages: { reading: 0.05, looking: 0.3 } }, view().theme)).toEqual([
      "  rule            errors   warnings   notes   files",
      "  step-function        2          0       0       2",
      "  flat-side            0          0       1       1",
      "",
      "  time",
      "  reading files                  0.05 s",
      "  parsing, finding definitions   0.05 s",
      "  checking 3 of them             0.25 s",
      "  all                            0.40 s",
      "",
      "  slowest  hard_loss (c.py), 0.25 s",
    ])
  })
})
