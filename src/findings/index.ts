// All rules in the order in which their findings are told; the compiler asks for every name.
import type { Finding, RuleName } from "./finding.ts"
import { callsTo } from "./places.ts"
import type { Rule, RulePage } from "./rule.ts"
import { infiniteSlope, nanGradient, nonFiniteLoss } from "./rules/broken.ts"
import { cancelledGradient } from "./rules/cancelled-gradient.ts"
import { changedInPlace } from "./rules/changed-in-place.ts"
import { countingMetric } from "./rules/counting-metric.ts"
import { deadTerm } from "./rules/dead-term.ts"
import { deadWhereWrong } from "./rules/dead-where-wrong.ts"
import { detached } from "./rules/detached.ts"
import { disconnectedParameter } from "./rules/disconnected-parameter.ts"
import { discreteChoice } from "./rules/discrete-choice.ts"
import { flatSide } from "./rules/flat-side.ts"
import { lostEpsilon } from "./rules/lost-epsilon.ts"
import { saturation } from "./rules/saturation.ts"
import { stepFunction } from "./rules/step-function.ts"
import { unusedInput } from "./rules/unused-input.ts"
import { uphill } from "./rules/uphill.ts"
import type { View } from "./view.ts"

const rules: Readonly<Record<RuleName, Rule>> = {
  "step-function": stepFunction,
  "discrete-choice": discreteChoice,
  "counting-metric": countingMetric,
  detached,
  "disconnected-parameter": disconnectedParameter,
  "cancelled-gradient": cancelledGradient,
  "dead-where-wrong": deadWhereWrong,
  "flat-side": flatSide,
  "dead-term": deadTerm,
  saturation,
  "nan-gradient": nanGradient,
  "infinite-slope": infiniteSlope,
  "non-finite-loss": nonFiniteLoss,
  "changed-in-place": changedInPlace,
  "lost-epsilon": lostEpsilon,
  uphill,
  "unused-input": unusedInput,
}

/** The page of a rule. */
export const pages: Readonly<Record<RuleName, RulePage>> = Object.fromEntries(
  Object.entries(rules).map(([name, rule]) => [name, rule.page]),
) as Record<RuleName, RulePage>

const order = { error: 0, warning: 1, note: 2 }

/** In a helper, the way to it is told. */
function withCalls(finding: Finding): Finding {
  const calls = finding.marks[0] ? callsTo(finding.marks[0].span) : []
  const way = { label: "called", text: `by way of ${calls.join(", then ")}` }
  return calls.length > 0 ? { ...finding, evidence: [way, ...finding.evidence] } : finding
}

/** All findings, errors first. */
export const findingsOf = (view: View): Finding[] =>
  Object.values(rules)
    .flatMap((rule) => rule.find(view))
    .map(withCalls)
    .sort((a, b) => order[a.level] - order[b.level])
