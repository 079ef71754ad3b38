// Keys of findings: a baseline and a code-scanning alert live as long as the key stays the same, and no longer.
import { describe, expect, it } from "vitest"
import { keyOf } from "../../src/findings/key.ts"
import { lintTexts } from "../../src/lint.ts"
import type { Span } from "../../src/source/text.ts"
import { finding, sourceOf, spanOf } from "../support/results.ts"

const keysOf = (text: string, name = "src/losses.py"): string[] =>
  lintTexts({ [name]: text }, {}, () => 0)[0]!.losses.flatMap(({ result }) =>
    result.findings.map((f) => keyOf(f, result.source.name, result.name)),
  )
const loss = (body: string): string => `import torch\n\ndef hard_loss(pred, target):\n${body}\n`
const written = loss("    return ((pred > 0.5).float() - target).abs().mean()")

describe("a key", () => {
  it("is file, rule, loss and the canonical text of what blocks", () => {
    expect(keysOf(written)).toEqual(["src/losses.py|counting-metric|hard_loss|pred > 0.5"])
  })
  // Why: a formatter's run must not bring all known findings back.
  it("stays the same when code moves, is broken into lines and is commented", () => {
    const other = `# moved\n\n\n${loss(
      "    d = (\n        pred  # the network's\n            >0.50\n    ).float()   # hard\n    return (d-target).abs().mean()",
    )}`
    expect(keysOf(other)).toEqual(keysOf(written))
  })
  it("changes with what blocks, with the loss and with the file", () => {
    const same = new Set([
      ...keysOf(written),
      ...keysOf(written.replace("0.5", "0.6")),
      ...keysOf(written.replace("hard_loss", "other_loss")),
      ...keysOf(written, "src/other.py"),
    ])
    expect(same.size).toBe(4)
  })
  it("holds what cannot be printed as an expression in one line", () => {
    const file = sourceOf("score = \\\n   x.item()", "a.py")
    const odd = finding({ blocks: "score = \\ x.item()", marks: [{ span: spanOf(file, file.text), text: "" }] })
    expect(keyOf(odd, "a.py", "l")).toBe("a.py|step-function|l|score = \\ x.item()")
  })
  // Why: our own compositions may be rewritten in any version, and a baseline must live through that.
  it("names the call in the user's text, not our own text behind it", () => {
    const file = sourceOf("1 - f1( y, p )", "a.py")
    const inner = sourceOf("h = p > 0.5\nsum(y*h)", "f1")
    const span = spanOf(inner, "p > 0.5", 0, spanOf(file, "f1( y, p )"))
    expect(keyOf(finding({ blocks: "p > 0.5", marks: [{ span, text: "" }] }), "a.py", "l")).toMatch(/\|f1\(y, p\)$/)
  })
  // Why: two files may have a loss of one name, and both may call one helper.
  it("has the file of the loss also where another file of the user's blocks", () => {
    const helper = sourceOf("def hard(x):\n    return (x > 0.5)", "lib/helper.py")
    const at = (name: string): Span => spanOf(helper, "x > 0.5", 0, spanOf(sourceOf("hard(pred)", name), "hard(pred)"))
    const of = (name: string): string =>
      keyOf(finding({ blocks: "x > 0.5", marks: [{ span: at(name), text: "" }] }), name, "l")
    expect([of("a.py"), of("b.py")]).toEqual(["a.py|step-function|l|x > 0.5", "b.py|step-function|l|x > 0.5"])
  })
  it("names the parameters where nothing blocks", () => {
    const gone = finding({ rule: "disconnected-parameter", blocks: "", parameters: ["w", "b"] })
    expect(keyOf(gone, "", "y^2")).toBe("|disconnected-parameter|y^2|w, b")
  })
})
