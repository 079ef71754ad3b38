import { describe, expect, it } from "vitest"
import { arrange } from "../../src/cli/arrange.ts"
import { exitCode } from "../../src/cli/exit.ts"
import { readSettings } from "../../src/cli/options.ts"
import { wantsColour } from "../../src/cli/terminal.ts"
import { Problem } from "../../src/source/problem.ts"

const partsOf = (act: () => unknown): Problem["parts"] => {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error.parts
    throw error
  }
  throw new Error("there was no problem")
}

describe("flags and expressions", () => {
  it("tells an expression that begins with a minus from a flag", () => {
    for (const expression of ["-log(p)", "-(y*log(p))", "-y*p", "-2", "-p**2", "-x == 1", "-p > 0"])
      expect(arrange([expression])).toEqual({ flags: [], rest: [expression] })
  })
  it("takes a flag's value as it stands, also when it begins with a minus", () => {
    expect(arrange(["--given", "-p > 0", "p", "--in=p=-1..1", "-qv"])).toEqual({
      flags: ["--given=-p > 0", "--in=p=-1..1", "-q", "-v"],
      rest: ["p"],
    })
  })
  it("takes no flag after two dashes", () => {
    expect(arrange(["-q", "--", "-v", "--x"])).toEqual({ flags: ["-q"], rest: ["-v", "--x"] })
  })
  it("guesses what a misspelt flag was to be", () => {
    expect(partsOf(() => arrange(["--smaples", "10"]))).toMatchObject({
      headline: "there is no flag --smaples",
      close: ["--samples"],
    })
    expect(partsOf(() => arrange(["-format=json"])).close).toEqual(["--format"])
    expect(partsOf(() => arrange(["--samples"])).headline).toBe("--samples needs a value")
    expect(partsOf(() => arrange(["--samples", "--seed", "1"])).headline).toBe("--samples needs a value")
    expect(partsOf(() => arrange(["--ascii=yes"])).headline).toBe("--ascii takes no value")
  })
})

describe("values", () => {
  it("reads what it is given", () => {
    expect(
      readSettings({
        in: ["p=0..1 [4]", "y={0, 1}"],
        wrt: "w, b",
        dtype: "all",
        samples: "1_000",
        failOn: "note",
        maximize: true,
      }),
    ).toMatchObject({
      failOn: "note",
      dtypes: ["float64", "float32", "bfloat16", "float16"],
      check: { inputs: { p: "0..1 [4]", y: "{0, 1}" }, wrt: ["w", "b"], samples: 1000, maximize: true },
    })
    expect(readSettings({}).dtypes).toEqual(["float32"])
  })
  it.each([
    [{ in: ["p"] }, "an input is written NAME=RANGE"],
    [{ in: ["=0..1"] }, "the input has no name"],
    [{ in: ["p q=0..1"] }, "p q is no name of an input"],
    [{ in: ["p="] }, "the range is empty"],
    [{ in: ["p=0..1", "p=0..2"] }, "the range of p is given twice"],
    [{ samples: "ten" }, "--samples is a whole number, not ten"],
    [{ samples: "1.5" }, "--samples is a whole number, not 1.5"],
    [{ seed: "-1" }, "--seed is a whole number, not -1"],
    [{ samples: "NaN" }, "--samples is a whole number, not NaN"],
    [{ dtype: "float31" }, "float31 is no number format"],
    [{ wrt: "" }, "--wrt needs at least one name"],
    [{ wrt: "a+b" }, "--wrt takes names with commas between them, and a+b is no name"],
    [{ format: ["yaml"] }, "--format has no choice yaml"],
    [{ quiet: true, verbose: true }, "-q and -v ask for opposite things"],
  ])("answers %j", (given, headline) => {
    expect(partsOf(() => readSettings(given)).headline).toBe(headline)
  })
  it("shows the place in the flag's own text", () => {
    const { mark } = partsOf(() => readSettings({ in: ["p=0..q"] }))
    expect(mark?.span).toMatchObject({ source: { name: "--in", text: "p=0..q" }, start: 5 })
    expect(partsOf(() => readSettings({ in: ["p in 0..1"] })).help).toEqual(['--in "p=0..1"'])
  })
  it("knows the short names of number formats", () => {
    expect(partsOf(() => readSettings({ dtype: "bf16" })).close).toEqual(["bfloat16"])
  })
})

describe("the exit code", () => {
  it("is 0, 1 or 2", () => {
    expect(exitCode([], 0, "error")).toBe(0)
    expect(exitCode(["warning"], 0, "error")).toBe(0)
    expect(exitCode(["warning"], 0, "warning")).toBe(1)
    expect(exitCode(["note", "error"], 0, "error")).toBe(1)
    expect(exitCode(["error"], 0, "never")).toBe(0)
    expect(exitCode([], 1, "never")).toBe(2)
  })
})

describe("colour", () => {
  it("hears the flag, then FORCE_COLOR, NO_COLOR and TERM, then the terminal", () => {
    expect(wantsColour("always", { NO_COLOR: "1" }, false)).toBe(true)
    expect(wantsColour("never", { FORCE_COLOR: "1" }, true)).toBe(false)
    expect(wantsColour("auto", { FORCE_COLOR: "1" }, false)).toBe(true)
    expect(wantsColour("auto", { FORCE_COLOR: "0" }, true)).toBe(false)
    expect(wantsColour("auto", { NO_COLOR: "1" }, true)).toBe(false)
    expect(wantsColour("auto", { NO_COLOR: "" }, true)).toBe(true)
    expect(wantsColour("auto", { TERM: "dumb" }, true)).toBe(false)
    expect(wantsColour("auto", {}, false)).toBe(false)
  })
})
