// The result for one loss: what the library hands back, and what every report prints.

import type { Role } from "../definitions/roles.ts"
import type { AssumedSetting } from "../definitions/settings.ts"
import type { NumberFormat } from "../gradient/formats.ts"
import type { Framework } from "../ops/record.ts"
import type { Curve } from "../samples/curves.ts"
import type { Open } from "../samples/dead-sides.ts"
import type { Counts, Verdict } from "../samples/states.ts"
import type { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import type { Finding, Level } from "./finding.ts"

export interface ParameterResult {
  readonly verdict: Verdict
  readonly proved: boolean
  /** Cases at the drawn points in each state. */
  readonly counts: Counts
  /** Shares of exactly zero gradient components, and of points where every component is zero. */
  readonly zero: { readonly elements: number; readonly points: number }
  /** Shares of the range that intervals prove: certainly with a gradient, certainly without one, and the rest; and where it is
   * certainly neither NaN nor infinite. */
  readonly certified: {
    readonly live: number
    readonly dead: number
    readonly undecided: number
    readonly finite: number
  }
  /** Where it is proved that there is no gradient, in words: "x < 0". */
  readonly deadRegion?: string
  /** Why some of it is undecided. */
  readonly open?: Open
  /** Where they prove it along the parameter, each of its elements by itself, when its gradient hangs on nothing else. */
  readonly stretches?: readonly {
    readonly from: number
    readonly to: number
    readonly kind: "live" | "dead" | "undecided"
  }[]
  /** What one case is. */
  readonly cases: "element" | "point"
  /** Sizes of the gradient where there is one. */
  readonly size?: { readonly least: number; readonly median: number; readonly greatest: number }
  /** Median size of the gradient in each tenth of the cases, from the smallest error to the largest. */
  readonly byError?: readonly number[]
}

export interface LossResult {
  /** The expression, or the name of the definition. */
  readonly name: string
  readonly source: Source
  readonly role: Role
  readonly roleAssumed: boolean
  readonly verdict: Verdict
  readonly parameters: Readonly<Record<string, ParameterResult>>
  readonly findings: readonly Finding[]
  /** The share of the ranges over which intervals prove that the value is neither NaN nor infinite. */
  readonly finiteValue: number
  /** Every input in the order of its first use: its range and shape as text, and why when they were assumed. */
  readonly inputs: readonly {
    readonly name: string
    readonly range: string
    readonly shape: readonly number[]
    readonly why?: string
    readonly shapeAssumed: boolean
  }[]
  /** What stands for arguments of a constructor, or for settings of a function, that have no default. */
  readonly settings?: readonly AssumedSetting[]
  /** Special points at which a value or gradient is not finite, as text such as "p = 0". */
  readonly special: readonly string[]
  readonly options: {
    readonly samples: number
    readonly seed: number
    readonly dtype: NumberFormat
    readonly framework: Framework
    readonly batch: number
    /** The rules that were asked for, and those that were not, where not all of them were. */
    readonly select?: readonly string[]
    readonly ignore?: readonly string[]
  }
  /** Value and gradient along each parameter, where they were asked for. */
  readonly curves?: readonly Curve[]
  readonly seconds: number
}

/** Lines of a definition: its first, the last of its head, and its last. */
export interface Extent {
  readonly from: number
  readonly head: number
  readonly to: number
}

/** A definition that was looked at. */
export interface Linted {
  readonly result: LossResult
  readonly line: number
  readonly extent?: Extent
}

/** A definition, or a piece of a file, that could not be followed: counted apart, never called healthy. */
export interface NotUnderstood {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly problem: Problem
  /** A warning, where nothing else is said: one odd file must not hide the rest. */
  readonly level?: Level
  readonly extent?: Extent
}

export interface LintedFile {
  readonly file: string
  readonly losses: readonly Linted[]
  readonly notUnderstood: readonly NotUnderstood[]
  /** What could not be read: statements, entries of a definition file, or the file. */
  readonly unreadable: readonly NotUnderstood[]
  /** What is said of the file itself and not of a loss: its ignore comments. */
  readonly findings?: readonly Finding[]
  /** Findings that ignore comments hide, and those that the baseline hides. */
  readonly ignored?: number
  /** The ignore comments that did it, in whatever file. */
  readonly used?: readonly string[]
  readonly known?: readonly { readonly finding: Finding; readonly loss: string }[]
  /** An earlier run has looked at it: nothing has changed since, and its time was spent there. */
  readonly earlier?: boolean
}
