// What a rule is: a page for people and a look at the evidence.
import type { CheckOptions } from "../definitions/options.ts"
import type { Finding, RuleName } from "./finding.ts"
import type { View } from "./view.ts"

export interface Example {
  readonly expression: string
  readonly options?: CheckOptions
  readonly note?: string
}

export interface RulePage {
  readonly rule: RuleName
  /** One line for the list of rules. */
  readonly summary: string
  readonly finds: string
  readonly matters: string
  /** Expressions in which the rule fires; every one is run by a test. */
  readonly bad: readonly Example[]
  /** Expressions that do the same job, and in which it does not. */
  readonly good: readonly Example[]
  readonly fine: string
  readonly kin: readonly RuleName[]
}

export interface Rule {
  readonly page: RulePage
  readonly find: (view: View) => Finding[]
}
