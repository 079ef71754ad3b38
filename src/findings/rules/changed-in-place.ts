// A value that is changed in place although the backward pass needs it as it was.
import { overwritten } from "../../samples/overwritten.ts"
import type { Finding } from "../finding.ts"
import { textOf } from "../places.ts"
import type { Rule } from "../rule.ts"

export const changedInPlace: Rule = {
  page: {
    rule: "changed-in-place",
    summary: "a value that the backward pass needs is changed in place: backward() raises in torch",
    finds:
      "A tensor that an operation keeps for its derivative (the argument of a logarithm, the result of a sigmoid) and that is overwritten afterwards: x += …, x[…] = …, x.mul_(…).",
    matters: "torch raises a RuntimeError in backward(), far from the line that is to blame.",
    bad: [
      {
        expression: "p = sigmoid(z); l = y*log(p); p *= 1 - y; -mean(l + (1 - y)*log(1 - p))",
        options: { inputs: { z: "-3..3 [4]", y: "{0,1} [4]" }, wrt: ["z"], framework: "torch" },
      },
    ],
    good: [
      {
        expression: "p = sigmoid(z); l = y*log(p); p = p*(1 - y); -mean(l + (1 - y)*log(1 - p))",
        options: { inputs: { z: "-3..3 [4]", y: "{0,1} [4]" }, wrt: ["z"], framework: "torch" },
      },
      {
        expression: "l = (y - p)**2; l += abs(p); mean(l)",
        options: { inputs: { p: "-3..3 [4]", y: "-3..3 [4]" }, wrt: ["p"], framework: "torch" },
        note: "what is added to is not needed again",
      },
    ],
    fine: "In code that never runs backward().",
    kin: ["non-finite-loss"],
  },
  find: (view) => {
    const found = overwritten(view.evidence)
    if (!found || (view.framework !== undefined && view.framework !== "torch")) return []
    const { place, value, reader } = found
    const finding: Finding = {
      rule: "changed-in-place",
      level: view.evidence.question.role === "metric" ? "note" : "error",
      headline: `a value that the gradient needs is changed in place`,
      parameters: view.evidence.parameters.map((p) => p.name),
      marks: [
        { span: place, text: "overwrites it" },
        ...reader.spans.slice(0, 1).map((span) => ({
          span,
          text: reader === value ? "its derivative reads this result again" : "its derivative reads it again",
        })),
      ],
      evidence: [
        {
          label: "torch",
          text: "backward() raises RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation",
        },
      ],
      help: [{ text: "give the new value a name of its own: x = x * y in the place of x *= y" }],
      notes: [],
      proof: "proved",
      blocks: textOf(reader),
    }
    return [finding]
  },
}
