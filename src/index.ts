// The library's face: check() as data, no side effects, no printing.
import { type CheckOptions, examine } from "./check.ts"
import { judge, worst } from "./samples/verdict.ts"

export type { CheckOptions } from "./check.ts"
export { Problem } from "./source/problem.ts"

/** Checks one expression. Throws a Problem when the input cannot be understood. */
export function check(expression: string, options: CheckOptions = {}) {
  const { evidence } = examine(expression, options)
  const parameters = Object.fromEntries(evidence.parameters.map((p) => [p.name, { ...judge(p, evidence.question.role), counts: p.counts, zero: p.zero }]))
  return { verdict: worst(Object.values(parameters).map((p) => p.verdict)), parameters }
}
