import { describe, expect, it } from "vitest"
import { drawProblem } from "../../src/report/problem.ts"
import { themeOf } from "../../src/report/theme.ts"
import { Problem, type ProblemParts } from "../../src/source/problem.ts"
import { sourceOf, spanOf } from "../support/results.ts"

const drawn = (parts: ProblemParts, kind = "cannot-read"): string =>
  drawProblem(
    new Problem(parts),
    { kind, more: [{ label: "list", text: "gradcheck explain operations" }] },
    themeOf(100, false),
  ).join("\n")

describe("a problem", () => {
  const source = sourceOf("mean(abs(y - sigmod(p)))")
  it("has its guess at the mark", () => {
    expect(
      drawn({
        headline: "there is no function sigmod",
        mark: { span: spanOf(source, "sigmod"), text: "" },
        close: ["sigmoid"],
      }),
    ).toBe(`error[cannot-read]  there is no function sigmod

   1 │ mean(abs(y - sigmod(p)))
     │              ^^^^^^ did you mean sigmoid?

  close   sigmoid
  list    gradcheck explain operations`)
  })
  it("has its guesses in a line of their own where there is no mark", () => {
    expect(
      drawn({ headline: "there is no flag --smples", close: ["--samples", "--seed"] }, ""),
    ).toBe(`error  there is no flag --smples

  close   did you mean --samples or --seed?
  list    gradcheck explain operations`)
  })
  it("shows code to paste and notes", () => {
    expect(
      drawn({
        headline: "h",
        mark: { span: spanOf(source, "abs"), text: "here" },
        also: [{ span: spanOf(source, "mean"), text: "there" }],
        help: ["a and b"],
        note: ["c"],
      }),
    ).toContain("  help    a and b\n  note    c\n")
  })
})
