import { describe, expect, it } from "vitest"
import { readAt } from "../../src/cli/at.ts"
import { walkSchema } from "../../src/report/schema.ts"
import { Problem } from "../../src/source/problem.ts"
import { gradcheck } from "../support/command.ts"

describe("the point of --at", () => {
  it.each([
    [["p=0"], { p: 0 }],
    [["p=0,y=1"], { p: 0, y: 1 }],
    [["p=[0.1, 0.2],y=[0, 1]"], { p: [0.1, 0.2], y: [0, 1] }],
    [
      ["p = [[1, 2], [3, 4]] , q=-inf"],
      {
        p: [
          [1, 2],
          [3, 4],
        ],
        q: -Infinity,
      },
    ],
    [["p=0", "y=1"], { p: 0, y: 1 }],
    [["p=1/4; σ=1e-7"], { p: 0.25, σ: 1e-7 }],
    [["p=(1 + 2)*3"], { p: 9 }],
    [["p=zeros(2)"], { p: [0, 0] }],
  ])("%j", (texts, at) => {
    expect(readAt(texts)).toEqual(at)
  })
  it.each([
    [["0.1"], "a value is written NAME=VALUE"],
    [["p=0,1"], "a value is written NAME=VALUE"],
    [[""], "the point is empty"],
    [["p="], "the value of p is a number or a list of numbers"],
    [["p=q"], "the value of p is a number or a list of numbers"],
    [["p=[]"], "the value of p is a number or a list of numbers"],
    [["p=[1, [2]]"], "the value of p is a number or a list of numbers"],
    [["p=nan"], "the value of p is a number or a list of numbers"],
    [["p=[1, 2"], "the value of p is a number or a list of numbers"],
    [["p=0", "p=1"], "the value of p is given twice"],
  ])("%j is answered with a message", (texts, headline) => {
    expect(() => readAt(texts)).toThrow(Problem)
    expect(() => readAt(texts)).toThrow(headline)
  })
})

describe("gradcheck --at", () => {
  it("walks through one point and exits with 0, whatever stands there", () => {
    const { code, out, err } = gradcheck(["where(p > 0, p*log(p), 0)", "--at", "p=0"])
    expect([code, err]).toEqual([0, ""])
    expect(out).toMatch(/^ {2}p +0 +NaN +0 \* -inf {2}\+ {2}0 \/ 0$/m)
  })
  it("takes a value that begins with a minus, several flags and several formats", () => {
    const { out } = gradcheck(["(y - sigmoid(z))^2", "--at=z=-20", "--at", "y=1", "--dtype", "float64,float16"])
    expect(out.match(/^ {2}step/gm)).toHaveLength(2)
    expect(out).toContain("float16")
  })
  it("prints JSON that keeps to its schema, with what is not finite as text", () => {
    const { out } = gradcheck(["where(p > 0, p*log(p), 0)", "--at", "p=0", "--format", "json"])
    const { walks } = walkSchema.parse(JSON.parse(out))
    expect(walks[0]!.steps[0]).toEqual({ text: "p", value: 0, gradient: "NaN", why: "0 * -inf  +  0 / 0" })
    expect(walks[0]!.steps.find((s) => s.text === "p > 0")).toMatchObject({ gradient: null, why: "a comparison" })
    expect(JSON.parse(gradcheck(["explain", "at", "--format", "json"]).out)).toMatchObject({ type: "object" })
  })
  it("has no byte outside ASCII under --ascii", () => {
    const { out } = gradcheck([
      "p̂ + where(σ > 0, 1, 2)".replace("̂", ""),
      "--at",
      "p=0,σ=[1,2,3,4,5,6,7,8,9]",
      "--ascii",
    ])
    expect(out).toMatch(/^[\n\x20-\x7e]+$/)
  })
  it("asks for every input", () => {
    expect(gradcheck(["p + y", "--at", "p=0"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no value for y"),
    })
  })
})

describe("rules that are asked for", () => {
  const dead = "abs(y - round(p))"
  it.each([
    [["--ignore", "step-function"], 0],
    [["--ignore", "step_function,flat-side"], 0],
    [["--select", "flat-side"], 0],
    [["--select", "flat-side,step-function"], 1],
    [["--select", "step-function", "--ignore", "step-function"], 0],
  ])("%j: exit %i", (flags, code) => {
    expect(gradcheck([dead, ...flags]).code).toBe(code)
  })
  it("are told in the last line, so that silence is not taken for health", () => {
    expect(gradcheck([dead, "--ignore", "step-function"]).out).toMatch(/without step-function$/m)
    expect(gradcheck([dead, "--select", "flat-side"]).out).toMatch(/only flat-side$/m)
  })
  it("are suggested when misspelt", () => {
    expect(gradcheck([dead, "--ignore", "step-functon"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean step-function?"),
    })
  })
})

describe("--prove", () => {
  it("sets how far a proof goes", () => {
    const shares = (n: string): number =>
      JSON.parse(gradcheck(["sin(3*x)", "--prove", n, "--format", "json"]).out).losses[0].parameters.x.certified
        .undecided
    expect(shares("0")).toBe(1)
    expect(shares("10")).toBeGreaterThan(shares("400"))
    expect(shares("400")).toBeGreaterThan(0)
    expect(gradcheck(["sin(3*x)", "--prove", "1000001"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("prove is a whole number from 0 to 1,000,000"),
    })
  })
  it("leaves what structure proves", () => {
    expect(gradcheck(["abs(y - round(p))", "--prove", "0", "-q"]).out).toContain("proved: the gradient of p is 0")
  })
})
