// What a report is made of: the results of one run, what could not be read, and how it shall look.
import type { Level } from "../findings/finding.ts"
import type { LintedFile, LossResult } from "../findings/result.ts"
import type { Onset } from "../samples/onset.ts"
import type { Problem } from "../source/problem.ts"
import type { Theme } from "./theme.ts"

export interface Run {
  readonly version: string
  readonly results: readonly LossResult[]
  /** Expressions that could not be checked, and why. */
  readonly problems: readonly { readonly expression: string; readonly problem: Problem }[]
  /** With several number formats: where each loses a gradient that float64 has, a list for each result. */
  readonly onsets?: readonly (readonly Onset[])[]
  /** The files that were looked at; absent when expressions were. */
  readonly files?: readonly LintedFile[]
  /** How many findings were fixed, where that was asked for. */
  readonly fixed?: number
  readonly failOn: Level | "never"
  readonly exit: number
  /** When it began, in ISO 8601 without fractions of a second: reports have no clock. */
  readonly started?: string
  readonly seconds?: number
  /** Where only a part of the files was looked at: which, how many there are in all, and what the parts are put together from. */
  readonly shard?: { readonly part: number; readonly of: number; readonly files: number; readonly carried: string }
  /** Of it, seconds spent on reading files, and on looking at what they hold. */
  readonly stages?: { readonly reading: number; readonly looking: number }
}

export interface View {
  readonly theme: Theme
  /** Headlines only. */
  readonly quiet: boolean
  /** Shapes, roles, samples and timings as well. */
  readonly verbose: boolean
  /** What could not be read is told in the text itself: a file has no second stream for it. */
  readonly whole?: boolean
}

export type Format = (run: Run, view: View) => string
