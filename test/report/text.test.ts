import { describe, expect, it } from "vitest"
import type { LossResult } from "../../src/findings/result.ts"
import type { View } from "../../src/report/run.ts"
import { text as textFormat } from "../../src/report/text.ts"
import { widthOf } from "../../src/report/width.ts"
import { finding, parameter, result, spanOf, view } from "../support/results.ts"

const text = (results: readonly LossResult[], v: View = view()): string =>
  textFormat({ version: "1.2.3", results, problems: [], failOn: "error", exit: 0 }, v)
const lastWords = (r: LossResult): string =>
  text([r])
    .split("\n")
    .find((l) => /^[a-z]/.test(l)) ?? ""

describe("an alive result", () => {
  const alive = result("abs(y - p)", {
    parameters: {
      p: parameter({
        size: { least: 0.0013, median: 1, greatest: 1 },
        certified: { live: 0.98, dead: 0, undecided: 0.02, finite: 1 },
        byError: [0.2, 0.5, 0.9, 1, 1, 1, 1, 1, 1, 1],
      }),
    },
    inputs: [
      { name: "y", range: "-3..3", shape: [], shapeAssumed: false },
      { name: "p", range: "-3..3", shape: [], shapeAssumed: false },
    ],
  })
  it("shows sizes and how they go with the error", () => {
    expect(text([alive])).toBe(`alive  the gradient reaches p at all 1,000 points

  size       least 0.0013   median 1   greatest 1
  by error   near ▂▅████████ far        never smaller when the error is larger
  proved     a gradient over at least 98% of the ranges

  y in -3..3, p in -3..3 · float32 · 1,000 points · seed 0
`)
  })
  it("is two lines when quiet is asked for, and more when verbose is", () => {
    expect(text([alive], view({ quiet: true }))).toBe("alive  the gradient reaches p at all 1,000 points\n")
    expect(text([alive], view({ verbose: true }))).toMatch(/inputs.*one number[\s\S]*role[\s\S]*states +p: live 1,000/)
  })
})

describe("the last words", () => {
  const counts = { live: 1000, resting: 0, stuck: 0, flat: 0, broken: 0 }
  const of = (p: Parameters<typeof parameter>[0], more: Partial<LossResult> = {}): string =>
    lastWords(result("f", { parameters: { p: parameter(p) }, ...(p?.verdict ? { verdict: p.verdict } : {}), ...more }))
  it("say all only where it is all", () => {
    expect(of({ counts: { ...counts, live: 503, resting: 497 } })).toBe(
      "alive  the gradient reaches p at 503 of 1,000 points; at the others nothing is left to learn",
    )
    expect(of({}, { special: ["p = 0"] })).toBe(
      "alive  the gradient reaches p at all 1,000 drawn points · not finite at p = 0",
    )
  })
  it("tell proved from seen", () => {
    expect(of({ verdict: "dead", proved: true, counts: { ...counts, live: 0, stuck: 1000 } })).toBe(
      "dead  proved: the gradient of p is 0 wherever it exists",
    )
    expect(of({ verdict: "dead", counts: { ...counts, live: 0, stuck: 1000 } })).toBe(
      "dead  no gradient reaches p at any of 1,000 points",
    )
  })
  it("tell what each framework does with a parameter that is not reached", () => {
    expect(of({ verdict: "disconnected", proved: true })).toBe(
      'disconnected  p is not reached; torch raises "does not require grad", TensorFlow hands back None,',
    )
    const mixed = result("f", {
      verdict: "disconnected",
      parameters: { w: parameter(), b: parameter({ verdict: "disconnected" }) },
    })
    expect(lastWords(mixed)).toContain("b is not reached; torch leaves its .grad at None")
  })
  it("count stuck parts, and the worst tenths", () => {
    expect(
      of({ verdict: "partial", counts: { ...counts, live: 440, stuck: 560 }, byError: [1, 1, 1, 1, 1, 1, 0, 0, 0, 0] }),
    ).toBe("partly dead  p is reached at 44% of points, and at half or fewer of the worst 40%")
    expect(of({ verdict: "partial", counts: { ...counts, live: 9996, stuck: 4 } })).toBe(
      "partly dead  p is reached at over 99.9% of points",
    )
  })
  it("tell how far the gradient fades, and where it is not finite", () => {
    expect(of({ verdict: "saturating", byError: [0.25, 0.1, 0.001, 4.1e-9] })).toBe(
      "saturating  the gradient of p fades from 0.25 to 4.1e-9 as the error grows",
    )
    expect(of({ verdict: "broken", counts: { ...counts, live: 667, broken: 333 } })).toBe(
      "broken  the value or the gradient of p is NaN or infinite at 333 of 1,000 points",
    )
  })
  it("say one thing once for all parameters it holds of", () => {
    const many = result("f", {
      parameters: { w: parameter(), b: parameter(), c: parameter({ verdict: "dead", proved: true }) },
      verdict: "dead",
    })
    expect(text([many], view({ quiet: true }))).toBe(
      "dead   proved: the gradient of c is 0 wherever it exists\nalive  the gradient reaches w and b at all 1,000 points\n",
    )
  })
  it("call an element of a vector what it is", () => {
    const shaped = { inputs: [{ name: "p", range: "0..1", shape: [8], why: "its name", shapeAssumed: true }] }
    expect(of({ counts: { ...counts, live: 8000 } }, shaped)).toBe(
      "alive  the gradient reaches p at all 8,000 elements",
    )
  })
})

describe("assumptions", () => {
  it("are told with their reason and the way to change them", () => {
    const last = text([
      result("f", {
        inputs: [
          { name: "a", range: "-3..3", shape: [2], shapeAssumed: false },
          { name: "y", range: "{0, 1}", shape: [], why: "its name", shapeAssumed: true },
          { name: "p", range: "0..1", shape: [8], why: "its name", shapeAssumed: true },
          { name: "c", range: "0.01..5", shape: [], why: "log(c)", shapeAssumed: true },
        ],
      }),
    ]).replace(/\n +/g, " ")
    expect(last).toContain(
      "a in -3..3 [2] · assumed y in {0, 1} and p in 0..1 [8] from their names, c in 0.01..5 from log(c)",
    )
    expect(last).toContain("--in changes it")
  })
})

describe("a finding", () => {
  const loss = result("abs(y - round(p))", {
    verdict: "dead",
    parameters: { p: parameter({ verdict: "dead", proved: true }) },
  })
  const full = finding({
    marks: [{ span: spanOf(loss.source, "round(p)"), text: "flat between its jumps" }],
    evidence: [
      { label: "proved", text: "the gradient is 0 for every p" },
      { label: "points", text: "live 0   resting 500" },
      { label: "points", text: "stuck 500" },
    ],
    table: [
      ["error", "0 .. 1", ".. 2"],
      ["gradient", "1.4", "0"],
    ],
    help: [
      {
        text: "do not round",
        write: "abs(y - p)",
        checked: { verdict: "alive", live: 1000, cases: 1000, text: "alive at all 1,000 points" },
      },
      { text: "perhaps this", write: "p\n  + 1" },
      { text: "say so: --role metric" },
    ],
    notes: ["mind the step"],
  })
  it("says what, why, what to do, each on its own line", () => {
    expect(text([{ ...loss, findings: [full] }])).toBe(`error[step-function]  no gradient reaches p

   1 │ abs(y - round(p))
     │         ^^^^^^^^ flat between its jumps

  proved  the gradient is 0 for every p
  points  live 0   resting 500
          stuck 500

  error      0 .. 1   .. 2
  gradient      1.4      0

  help    do not round
            abs(y - p)
          checked: alive at all 1,000 points
  help    perhaps this?
            p
              + 1
  help    say so: --role metric
  note    mind the step

  more    gradcheck explain step-function

dead  proved: the gradient of p is 0 wherever it exists
  assumed y in {0, 1} and p in 0..1 from their names · --in changes it · float32 · 1,000 points
  seed 0
`)
  })
  it("is its headline when quiet is asked for", () => {
    expect(text([{ ...loss, findings: [full] }], view({ quiet: true }))).toBe(
      "error[step-function]  no gradient reaches p\ndead  proved: the gradient of p is 0 wherever it exists\n",
    )
  })
  it("fits narrow terminals, and ASCII", () => {
    for (const ascii of [false, true]) {
      const narrow = text([{ ...loss, findings: [full] }], view({ width: 40, ascii }))
      for (const line of narrow.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(40)
      if (ascii) expect(narrow).toMatch(/^[\x20-\x7e\n]*$/)
    }
  })
})

describe("several losses", () => {
  const row = (name: string, p: Parameters<typeof parameter>[0], more: Partial<LossResult> = {}): LossResult =>
    result(name, { parameters: { p: parameter(p) }, verdict: p?.verdict ?? "alive", ...more })
  const counts = { live: 306, resting: 0, stuck: 694, flat: 0, broken: 0 }
  const rows = [
    row("(y-p)^2", { byError: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }),
    row(
      "min(abs(y-p), 1)",
      { verdict: "partial", counts, byError: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0] },
      {
        findings: [
          finding({ level: "warning", rule: "dead-where-wrong", headline: "dead where the error is largest" }),
        ],
      },
    ),
  ]
  it("stand in a table", () => {
    expect(text(rows)).toBe(`                     verdict        live   stuck   gradient, near → far
  (y-p)^2            alive         1,000       0   ▁▂▃▄▅▅▆▇██
  min(abs(y-p), 1)   partly dead     306     694   ███·······   dead where the error is largest

  more    one expression at a time shows where and why

  assumed y in {0, 1} and p in 0..1 from their names · --in changes it · float32 · 1,000 points
  seed 0
`)
  })
  it("have their headlines below where there is no room beside", () => {
    expect(text(rows, view({ width: 80 }))).toContain(
      "\n  min(abs(y-p), 1)\n    warning[dead-where-wrong]  dead where the error is largest\n",
    )
  })
  it("are cut to the width, the names first", () => {
    const long = text([row(`${"abs(y-p) + ".repeat(30)}0`, {}), rows[1]!], view({ width: 80 }))
    expect(long).toContain("…")
    for (const line of long.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(80)
  })
  it("are told apart in several number formats", () => {
    const options = { samples: 1000, seed: 0, framework: "torch", batch: 8 } as const
    const first = row("log(p)", {}, { options: { ...options, dtype: "float64" } })
    const second = row(
      "log(p)",
      { verdict: "partial", counts },
      { options: { ...options, dtype: "float16" }, findings: [finding({ level: "warning" })] },
    )
    expect(text([first, second])).toBe(`warning[step-function]  no gradient reaches p

  format  in float16

  more    gradcheck explain step-function

             live   stuck
  float64   1,000       0
  float16     306     694

  model    of the hardware: every step is exact, then rounded once; a kernel that keeps more digits
           inside may hold out longer (gradcheck explain formats)

alive  in float64 · partly dead in float16
  assumed y in {0, 1} and p in 0..1 from their names · --in changes it · 1,000 points · seed 0
`)
  })
  it("tell in each number format what is proved and from where on the gradient is lost", () => {
    const options = { samples: 1000, seed: 0, framework: "torch", batch: 8 } as const
    const results = (["float64", "float16"] as const).map((dtype, k) =>
      row(
        "log(p)",
        { certified: { live: k === 0 ? 1 : 0.5372, dead: k === 0 ? 0 : 0.46, undecided: 0.0028, finite: 1 } },
        { options: { ...options, dtype } },
      ),
    )
    const onsets = [
      [],
      [
        { parameter: "p", becomes: "0" as const, first: 8.41, from: 8.41 },
        { parameter: "p", becomes: "0" as const, first: -9, from: -17.2 },
        { parameter: "p", becomes: "not finite" as const, first: 0, upTo: 0.001 },
      ],
    ]
    const out = textFormat({ version: "1.2.3", results, problems: [], onsets, failOn: "error", exit: 0 }, view())
    expect(out).toContain(`             live   proved live   proved dead
  float64   1,000          100%            0%
  float16   1,000         53.7%           46%

  float16  gradient 0 from p = 8.4 on and at p = -9 first, everywhere from p = -17 down; gradient
           NaN or infinite up to p = 0.001
  model    of the hardware`)
  })
  it("tell where there is proved to be no gradient, and nothing of what stays open", () => {
    const of = (certified: { live: number; dead: number; undecided: number }, deadRegion?: string): string =>
      text([row("relu(x)", { certified: { ...certified, finite: 1 }, ...(deadRegion ? { deadRegion } : {}) })])
    expect(of({ live: 0.49994, dead: 0.5, undecided: 0.00006 }, "x < 0")).toContain(
      "  proved     no gradient for x < 0 (50% of the ranges), one over at least 49.9%\n",
    )
    expect(of({ live: 0.5, dead: 0.5, undecided: 0 }, "x < 0")).toContain("one everywhere else")
    expect(of({ live: 0.3, dead: 0.1, undecided: 0.6 })).not.toContain("proved")
    expect(of({ live: 1, dead: 0, undecided: 0 })).toContain("proved     a gradient everywhere in the ranges")
  })
})
