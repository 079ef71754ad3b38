// Ignore comments: they hide what they name and nothing else, and one that hides nothing is told, or it hides the next.
import { describe, expect, it } from "vitest"
import { ignoreComments } from "../../src/definitions/comments.ts"
import { gradcheck } from "../support/command.ts"
import { tree } from "../support/tree.ts"

interface Told {
  readonly rule: string
  readonly level: string
  readonly message: string
  readonly where?: { readonly file: string; readonly start: { readonly line: number } }
}
const findings = (files: Record<string, string>, ...args: string[]): Told[] =>
  JSON.parse(gradcheck(["lint", "--format", "json", ...args], { cwd: tree(files) }).out).findings
const told = (files: Record<string, string>, ...args: string[]): string[] =>
  findings(files, ...args).map((f) => `${f.where?.file}:${f.where?.start.line} ${f.level} ${f.rule}: ${f.message}`)
const loss = (line: string, head = ""): string =>
  `import torch\n\n\ndef hard_loss(pred, target):${head}\n    x = ${line}\n    return (x - target).abs().mean()\n`
const round = "torch.round(pred)"

describe("an ignore comment", () => {
  it("hides its rules in the line of the mark, and in all lines that the mark spans", () => {
    expect(told({ "a.py": loss(`${round}  # gradcheck: ignore[step-function] -- known`) })).toEqual([])
    expect(
      told(
        { "a.py": loss("torch.round(\n        pred\n    )  # gradcheck: ignore[flat-side, step-function] -- known") },
        "--ignore",
        "unused-ignore",
      ),
    ).toEqual([])
  })
  it("hides them in the whole definition when it stands in its head", () => {
    expect(told({ "a.py": loss(round, "  # gradcheck: ignore[step-function] -- known") })).toEqual([])
    const broken = loss(round).replace(
      "hard_loss(pred, target)",
      "hard_loss(  # gradcheck: ignore[step-function] -- known\n    pred,\n    target,\n)",
    )
    expect(told({ "a.py": broken })).toEqual([])
  })
  it("hides nothing in other lines, of other rules, or without rules", () => {
    const rules = (line: string, head?: string): string[] => findings({ "a.py": loss(line, head) }).map((f) => f.rule)
    expect(rules(`${round}\n    # gradcheck: ignore[step-function] -- in the next line`)).toEqual(
      expect.arrayContaining(["unused-ignore", "step-function"]),
    )
    expect(rules(`${round}  # gradcheck: ignore[flat-side] -- another`)).toEqual(
      expect.arrayContaining(["unused-ignore", "step-function"]),
    )
    expect(rules(`${round}  # gradcheck: ignore -- all`)).toEqual(
      expect.arrayContaining(["unused-ignore", "step-function"]),
    )
  })
  it("is none inside of a string", () => {
    expect(
      findings({ "a.py": loss(`${round} if "# gradcheck: ignore[step-function] -- x" else pred`) }).map((f) => f.rule),
    ).toEqual(["step-function"])
  })
  it("in a helper serves the losses that call it, in this file and in others", () => {
    const helper =
      "import torch\n\n\ndef snap(p):\n    return torch.round(p)  # gradcheck: ignore[step-function] -- by design\n"
    const caller =
      "from helpers import snap\n\n\ndef a_loss(pred, target):\n    return (snap(pred) - target).abs().mean()\n"
    expect(told({ "helpers.py": helper, "a.py": caller })).toEqual([])
    // Alone it might serve somebody else; in a run over everything it serves nobody.
    expect(told({ "helpers.py": helper }, "helpers.py")).toEqual([])
    expect(told({ "helpers.py": helper })).toEqual([
      "helpers.py:5 warning unused-ignore: there is no step-function here to ignore",
    ])
  })
  it("works in files of definitions, on the line of the name, of the expression, and of the expectation", () => {
    const text = (a = "", b = "", c = ""): string =>
      `losses:\n  hard: ${a}\n    loss: abs(y - round(p)) ${b}\n    expect: alive ${c}\n`
    const why = (rule: string): string => `# gradcheck: ignore[${rule}] -- known`
    expect(told({ "losses.yaml": text(why("step-function, unexpected-verdict")) })).toEqual([])
    expect(told({ "losses.yaml": text("", why("step-function"), why("unexpected-verdict")) })).toEqual([])
    expect(
      told({
        "losses.yaml":
          "losses:\n  hard:\n    loss: |\n      x = round(p)  # gradcheck: ignore[step-function] -- known\n      abs(y - x)\n",
      }),
    ).toEqual([])
  })
})

// Why: a comment that is left over, or misspelt, hides what nobody has looked at, or nothing at all.
describe("what is wrong with a comment is told", () => {
  it.each([
    [
      "pred  # gradcheck: ignore[step-function] -- x",
      "a.py:5 warning unused-ignore: there is no step-function here to ignore",
    ],
    [
      "pred  # gradcheck: ignore -- x",
      "a.py:5 warning unused-ignore: an ignore hides nothing unless it names the rules",
    ],
    [
      "pred  # gradcheck: ignore[] -- x",
      "a.py:5 warning unused-ignore: an ignore hides nothing unless it names the rules",
    ],
    ["pred  # gradcheck: ignore[stepfunction] -- x", "a.py:5 warning unused-ignore: there is no rule stepfunction"],
    [
      "pred  # gradcheck: ignored[step-function] -- x",
      "a.py:5 warning unused-ignore: gradcheck knows no comment ignored",
    ],
    ["pred  # gradcheck: skip_file", "a.py:5 warning unused-ignore: gradcheck knows no comment skip_file"],
    [`${round}  # gradcheck: ignore[step-function]`, "a.py:5 note unexplained-ignore: this comment gives no reason"],
    [`${round}  # gradcheck: ignore[step-function] --`, "a.py:5 note unexplained-ignore: this comment gives no reason"],
  ])("%s", (line, message) => {
    expect(told({ "a.py": loss(line) })).toEqual([message])
  })
  it("unless its rule was not looked for, or its definition is not understood", () => {
    const text = { "a.py": loss("pred  # gradcheck: ignore[step-function] -- x") }
    expect(told(text, "--ignore", "step-function")).toEqual([])
    expect(told({ ...text, "gradcheck.yaml": "rules: { step-function: off }" })).toEqual([])
    expect(told({ "a.py": loss("unknown_library.f(pred)  # gradcheck: ignore[step-function] -- x") })).toEqual([])
  })
  it("and can be turned off or made an error", () => {
    const text = { "a.py": loss("pred  # gradcheck: ignore[step-function] -- x") }
    expect(told({ ...text, "gradcheck.yaml": "rules: { unused-ignore: off }" })).toEqual([])
    expect(findings({ ...text, "gradcheck.yaml": "rules: { unused-ignore: error }" })[0]?.level).toBe("error")
  })
})

it("a file that says so is left alone", () => {
  const text = `# gradcheck: skip-file -- generated\n${loss(round)}`
  expect(told({ "a.py": text })).toEqual([])
  expect(told({ "losses.yaml": "# gradcheck: skip-file -- other\nlosses: { a: { los: p } }\n" })).toEqual([])
  expect(told({ "a.py": text.replace(" -- generated", "") })).toEqual([
    "a.py:1 note unexplained-ignore: this comment gives no reason",
  ])
})

it("is read as people write it", () => {
  const read = (text: string) => ignoreComments({ name: "a.py", text }, [0])[0]
  for (const text of [
    "# gradcheck: ignore[step-function, flat-side] -- why",
    "#gradcheck:ignore[step-function,flat-side]--why",
    "# GradCheck: ignore [ step-function  flat-side ] — why  ",
    "# noqa: E501  # gradcheck: ignore[step-function, flat-side] -- why # pylint: disable=all",
  ])
    expect({ rules: read(text)?.rules?.map((r) => r.text), reason: read(text)?.reason }, text).toEqual({
      rules: ["step-function", "flat-side"],
      reason: "why",
    })
  // What states a definition is read elsewhere.
  for (const text of ["# gradcheck: metric", "# gradcheck: loss(p in 0..1)", "# a gradcheck ignore"])
    expect(read(text)).toBeUndefined()
})
