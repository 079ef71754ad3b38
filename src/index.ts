// The library's face: check() and lint() as plain data, no side effects, no printing.
import { type CheckOptions, checkLoss } from "./check.ts"
import type { LintedFile, LossResult } from "./findings/result.ts"
import { lintTexts } from "./lint.ts"

export type { Finding, Help } from "./findings/finding.ts"
export type { ParameterResult } from "./findings/result.ts"
export { Problem } from "./source/problem.ts"
export type { CheckOptions, LintedFile, LossResult }

/**
 * Checks one expression: does a useful gradient reach its parameters, and if not, what stops it? Throws a Problem when
 * the expression or an option cannot be understood. Deterministic by `options.seed`.
 */
export const check = (expression: string, options: CheckOptions = {}): LossResult =>
  checkLoss(expression, options, () => performance.now())

/**
 * Looks at every loss, activation and metric of Python files, given as texts by path; they may import each other. Nothing
 * of them is run. What cannot be followed is in `notUnderstood`, with the reason.
 */
export const lint = (files: Readonly<Record<string, string>>, options: CheckOptions = {}): LintedFile[] =>
  lintTexts(files, options, () => performance.now())
export { type Evaluated, type EvaluateOptions, evaluate, type Nested } from "./evaluate.ts"
export type { Walk, WalkStep } from "./findings/walk.ts"
export { walk } from "./walk.ts"
