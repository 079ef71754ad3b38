// The exit code: 0 nothing at or above the fail level, 1 findings there, 2 gradcheck could not do its work.
import { type Level, levels } from "../findings/finding.ts"

export type FailOn = Level | "never"
export const failLevels: readonly FailOn[] = ["error", "warning", "note", "never"]

export function exitCode(found: readonly Level[], problems: number, failOn: FailOn): 0 | 1 | 2 {
  if (problems > 0) return 2
  if (failOn === "never") return 0
  return found.some((level) => levels.indexOf(level) >= levels.indexOf(failOn)) ? 1 : 0
}
