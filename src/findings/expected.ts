// A definition's expectation held against the verdict: it makes of a file of losses a test.
import type { Expectation } from "../definitions/file.ts"
import type { Verdict } from "../samples/states.ts"
import type { Span } from "../source/text.ts"
import type { Finding } from "./finding.ts"
import type { LossResult } from "./result.ts"

const shown = (verdict: Verdict | Expectation): string => (verdict === "partial" ? "partly dead" : verdict)

const holds = (expected: Expectation, verdict: Verdict): boolean =>
  shown(expected) === shown(verdict) || (expected === "dead" && verdict === "disconnected")

/**
 * What does not hold is an error of its own. What holds, and is not "alive", is known and meant: everything that is
 * found is then a note.
 */
export function withExpectation(result: LossResult, expected: Expectation, place: Span): LossResult {
  if (holds(expected, result.verdict))
    return expected === "alive"
      ? result
      : { ...result, findings: result.findings.map((f): Finding => ({ ...f, level: "note" })) }
  const parameters = Object.entries(result.parameters).filter(([, p]) => p.verdict === result.verdict)
  const unexpected: Finding = {
    rule: "unexpected-verdict",
    level: "error",
    headline: `the verdict is ${shown(result.verdict)}, and ${shown(expected)} is expected`,
    parameters: parameters.map(([name]) => name),
    marks: [{ span: place, text: `it is ${shown(result.verdict)}` }],
    evidence: parameters.map(([name, p]) => ({
      label: p.proved ? "proved" : "seen",
      text: `${name} is ${shown(p.verdict)}`,
    })),
    help: [
      {
        text: "if that is as it should be now, say so",
        write: `expect: ${shown(result.verdict)}`,
        checked: { verdict: "", live: 0, cases: 0, text: "" },
      },
    ],
    notes: [],
    proof: parameters.every(([, p]) => p.proved) ? "proved" : "seen",
    blocks: shown(expected),
  }
  return { ...result, findings: [unexpected, ...result.findings] }
}
