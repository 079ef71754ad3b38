// What a finding is: plain data that every report can print, and no report needs to understand.
import type { Edit } from "../source/edit.ts"
import type { Span } from "../source/text.ts"

export type Level = "error" | "warning" | "note"
export const levels: readonly Level[] = ["note", "warning", "error"]

/** Each rule with the level of its findings. Names complete "allow …"; the order is that of the pages in `gradcheck explain`. */
export const ruleLevels = {
  "step-function": "error",
  "discrete-choice": "error",
  "counting-metric": "error",
  detached: "error",
  "disconnected-parameter": "error",
  "cancelled-gradient": "error",
  "dead-where-wrong": "warning",
  "flat-side": "warning",
  "dead-term": "warning",
  saturation: "warning",
  "nan-gradient": "error",
  "infinite-slope": "warning",
  "non-finite-loss": "error",
  "changed-in-place": "error",
  "lost-epsilon": "warning",
  uphill: "warning",
  "unused-input": "note",
} as const satisfies Readonly<Record<string, Level>>
export type RuleName = keyof typeof ruleLevels
export const ruleNames = Object.keys(ruleLevels) as readonly RuleName[]

/** Rules about files, comments and expectations: they are told beside what is found in a loss. */
export const fileRuleNames = ["cannot-read", "unused-ignore", "unexplained-ignore", "unexpected-verdict"] as const
export type FileRuleName = (typeof fileRuleNames)[number]
export type AnyRule = RuleName | FileRuleName
export const allRuleNames: readonly AnyRule[] = [...ruleNames, ...fileRuleNames]

/** A place with a few words. The first mark of a finding is what is to blame; the others are drawn lighter. */
export interface FindingMark {
  readonly span: Span
  readonly text: string
}

/** A way out. `checked` says what happened when it was tried; without it, the help is worded as a question. */
export interface Help {
  readonly text: string
  /** Code or a command that can be pasted. */
  readonly write?: string
  /** The changes of the user's own texts that make it so. */
  readonly edits?: readonly Edit[]
  /** True when the value is the same everywhere. */
  readonly keepsValue?: boolean
  readonly checked?: { readonly verdict: string; readonly live: number; readonly cases: number; readonly text: string }
}

export interface Finding {
  readonly rule: AnyRule
  readonly level: Level
  /** Lower case, no full stop, stands alone. */
  readonly headline: string
  readonly parameters: readonly string[]
  readonly marks: readonly FindingMark[]
  /** Lines of evidence in order, each with a label: proved, seen, points, at, effect, size, by error, why … */
  readonly evidence: readonly { readonly label: string; readonly text: string }[]
  /** Figures in columns, the first row heads them. */
  readonly table?: readonly (readonly string[])[]
  readonly help: readonly Help[]
  readonly notes: readonly string[]
  readonly proof: "proved" | "seen"
  /** The text of the blocking piece, as a key that survives moves of code. */
  readonly blocks: string
}
