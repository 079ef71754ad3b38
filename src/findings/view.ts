// What every rule looks at: the evidence, the verdicts, blame and special points found when first asked for, and a way to try a text out.

import { soundsCompared, soundsTrained } from "../definitions/roles.ts"
import type { Node } from "../graph/node.ts"
import type { Framework } from "../ops/record.ts"
import { type Blocker, blockersOf } from "../samples/blame.ts"
import type { Evidence, ParameterEvidence } from "../samples/evidence.ts"
import { overwritten } from "../samples/overwritten.ts"
import { type Certificate, certify, certifyValue, DEFAULT_BUDGET } from "../samples/prove.ts"
import { type SpecialPoint, specialPoints } from "../samples/special.ts"
import type { Verdict } from "../samples/states.ts"
import { type ErrorProfile, judge, profileOf, worst } from "../samples/verdict.ts"
import type { Edit } from "../source/edit.ts"
import type { Source } from "../source/text.ts"
import type { Program } from "../syntax/ast.ts"
import type { Module } from "../syntax/file-ast.ts"

/** What came of trying edits, with the same inputs and options. */
export interface Trial {
  readonly verdict: Verdict
  readonly evidence: Evidence
  readonly special: () => readonly SpecialPoint[]
  /** What there is to see after the edits, as one sees it before them. */
  readonly view: () => View
}

export interface View {
  readonly source: Source
  /** The tree of a source of the user's own; undefined for any other. */
  readonly treeOf: (source: Source) => Program | Module | undefined
  /** The expression in the source that gives the value. */
  readonly ending?: { readonly start: number; readonly end: number }
  readonly evidence: Evidence
  readonly declaredUnused: readonly string[]
  /** True when somebody said which parameters must be reached. */
  readonly asked: boolean
  /** The one framework that the code is for, where that is known. */
  readonly framework?: Framework
  /** Boxes that a proof may look at; 0 for no proofs. */
  readonly budget?: number
  readonly verdictOf: (parameter: ParameterEvidence) => { readonly verdict: Verdict; readonly proved: boolean }
  /** True when the parameters are those arguments of a function that may be trained: what each is for is a guess. */
  readonly guessed: boolean
  /**
   * Why a parameter that nobody asked for may be left without a gradient: while another is trained, it is cut off on
   * purpose, as the output of a teacher is, or has a name that says nothing; or another argument is named as a prediction.
   */
  readonly letOutOf: (parameter: ParameterEvidence) => LetOut | undefined
  /** The worst verdict of the parameters that are to be trained. */
  readonly verdict: () => Verdict
  /** What intervals prove of the parameter's gradient. */
  readonly certificateOf: (parameter: ParameterEvidence) => Certificate
  /** Over which share of the ranges they prove that the value is neither NaN nor infinite. */
  readonly finiteValue: () => number
  readonly blockersOf: (parameter: ParameterEvidence) => readonly Blocker[]
  readonly profileOf: (parameter: ParameterEvidence) => ErrorProfile | undefined
  readonly special: () => readonly SpecialPoint[]
  /** Looks at it with edits, at a share of the points or at all of them; undefined when it cannot be followed then. */
  readonly tryOut: (edits: readonly Edit[], all?: boolean) => Trial | undefined
}

/** Why a parameter may be left without a gradient. */
export type LetOut = "purpose" | "name" | "beside"

const isGone = (verdict: Verdict): boolean => verdict === "dead" || verdict === "disconnected"

/** Whether a gradient is stopped by a call that is there for nothing else. */
export const isOnPurpose = ({ op, statics }: Node): boolean =>
  op.nature === "stop" && op.internal !== true && statics.leaf !== true

function once<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key))
    return known.get(key)!
  }
}

export function viewOf(
  parts: Omit<
    View,
    "verdictOf" | "letOutOf" | "verdict" | "certificateOf" | "finiteValue" | "blockersOf" | "profileOf" | "special"
  >,
): View {
  const { evidence, budget = DEFAULT_BUDGET } = parts
  const special = once((_: "all") => specialPoints(evidence))
  // What structure alone proves takes no boxes.
  const certificateOf = once((p: ParameterEvidence) =>
    budget === 0 && evidence.differentiated.adjoints.has(p.node)
      ? { live: 0, dead: 0, undecided: 1, finite: 0, deadSides: [], open: "budget" as const }
      : certify(evidence, p, budget),
  )
  // A gradient that is 0 at every sample may be proved to be 0 everywhere.
  const verdictOf = once((p: ParameterEvidence): { readonly verdict: Verdict; readonly proved: boolean } => {
    const verdict = judge(p, evidence.question.role)
    // Where backward() raises, nothing that would come back counts.
    if (!isGone(verdict.verdict) && overwritten(evidence)) return { verdict: "broken", proved: true }
    return verdict.verdict === "dead" ? { ...verdict, proved: verdict.proved || certificateOf(p).dead === 1 } : verdict
  })
  const blockers = once((p: ParameterEvidence) => blockersOf(evidence, p))
  const letOutOf = once((p: ParameterEvidence): LetOut | undefined => {
    if (parts.asked || !isGone(verdictOf(p).verdict)) return undefined
    const nameless = parts.guessed && !soundsTrained(p.name)
    if (nameless && evidence.parameters.some((o) => soundsTrained(o.name))) return "beside"
    const trained = evidence.parameters.filter((other) => !isGone(verdictOf(other).verdict))
    if (trained.length === 0) return undefined
    // Where only what is compared with is reached, nothing is trained.
    if (parts.guessed && !soundsCompared(p.name) && trained.every((o) => soundsCompared(o.name))) return undefined
    const cuts = blockers(p).map((b) => b.node)
    if (verdictOf(p).verdict === "disconnected" && cuts.length > 0 && cuts.every(isOnPurpose)) return "purpose"
    return nameless ? "name" : undefined
  })
  return {
    ...parts,
    certificateOf,
    finiteValue: () => (budget === 0 ? 0 : certifyValue(evidence, budget)),
    verdictOf,
    letOutOf,
    verdict: () => worst(evidence.parameters.filter((p) => letOutOf(p) === undefined).map((p) => verdictOf(p).verdict)),
    blockersOf: blockers,
    profileOf: once((p: ParameterEvidence) => profileOf(p, 5)),
    special: () => special("all"),
  }
}
