// An input that is declared but not used.
import type { Finding } from "../finding.ts"
import type { Rule } from "../rule.ts"

export const unusedInput: Rule = {
  page: {
    rule: "unused-input",
    summary: "an input is declared but not used",
    finds: "A range for a name that the expression does not read.",
    matters: "Most often the name is misspelt, and the range that was meant is not in force.",
    bad: [{ expression: "(y - p)^2", options: { inputs: { p: "0..1", yy: "0..1" } } }],
    good: [{ expression: "(y - p)^2", options: { inputs: { p: "0..1", y: "0..1" } } }],
    fine: "When one set of ranges is shared by several expressions.",
    kin: ["disconnected-parameter"],
  },
  find: (view) =>
    view.declaredUnused.map(
      (name): Finding => ({
        rule: "unused-input",
        level: "note",
        headline: `${name} is declared but not used`,
        parameters: [],
        marks: [],
        evidence: [],
        help: [],
        notes: [],
        proof: "proved",
        blocks: name,
      }),
    ),
}
