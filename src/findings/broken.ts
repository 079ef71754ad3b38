// What is not finite: at drawn points an error, at special points a warning.

import { type Breakage, breakageAt } from "../samples/breakage.ts"
import type { ParameterEvidence } from "../samples/evidence.ts"
import { pointsAt } from "../samples/points.ts"
import { BROKEN } from "../samples/states.ts"
import { count } from "../source/count.ts"
import type { Edit } from "../source/edit.ts"
import { editOf, placeIn, placesOf } from "./code.ts"
import { exactHelp, sameValue } from "./exact.ts"
import type { Finding, FindingMark, Help, RuleName } from "./finding.ts"
import { marksOf, textOf } from "./places.ts"
import { inShare } from "./shares.ts"
import { argumentsAt, fill } from "./surrogates.ts"
import type { View } from "./view.ts"

/** One way to be not finite: at drawn points, or at a special one. */
export interface Fault {
  readonly rule: RuleName
  readonly parameters: readonly string[]
  readonly where: string
  readonly value: number
  readonly gradient: number
  /** How many of how many drawn cases; undefined at a special point. */
  readonly drawn?: { readonly count: number; readonly parameter: ParameterEvidence }
  readonly breakage: Breakage | undefined
  /** At a point far outside of the usual: a note. */
  readonly far: boolean
}

const ruleFor = (value: number, gradient: number): RuleName =>
  !Number.isFinite(value) ? "non-finite-loss" : Number.isNaN(gradient) ? "nan-gradient" : "infinite-slope"

const known = new WeakMap<View, Fault[]>()

/** All faults, the drawn ones first, worked out once. */
export function faultsOf(view: View): Fault[] {
  const before = known.get(view)
  if (before) return before
  const faults = findFaults(view)
  known.set(view, faults)
  return faults
}

function findFaults(view: View): Fault[] {
  const { evidence } = view
  const { points } = evidence.question
  const faults: Fault[] = []
  for (const p of evidence.parameters) {
    const at = p.states.indexOf(BROKEN)
    if (at < 0) continue
    const point = at % points.count
    const value = evidence.losses[point]!
    const size = p.gradient ? p.gradient.length / points.count : 0
    let gradient = 0
    for (let e = 0; e < size; e++)
      if (!Number.isFinite(p.gradient![e * points.count + point]!)) gradient = p.gradient![e * points.count + point]!
    faults.push({
      rule: ruleFor(value, gradient),
      parameters: [p.name],
      where: "",
      value,
      gradient,
      drawn: { count: p.counts.broken, parameter: p },
      breakage: breakageAt(evidence, pointsAt(points, [point])),
      far: false,
    })
  }
  const told = new Set(faults.map((f) => `${f.rule}|${f.breakage?.node.id}`))
  for (const s of view.special()) {
    const rules = new Map<RuleName, { parameters: string[]; gradient: number }>()
    if (!Number.isFinite(s.value))
      rules.set("non-finite-loss", {
        parameters: s.broken.map((b) => b.parameter),
        gradient: s.broken[0]?.gradient ?? 0,
      })
    else
      for (const b of s.broken) {
        const rule = ruleFor(s.value, b.gradient)
        const own = rules.get(rule)
        if (own) own.parameters.push(b.parameter)
        else rules.set(rule, { parameters: [b.parameter], gradient: b.gradient })
      }
    const breakage = breakageAt(evidence, { count: 1, values: s.values })
    if (breakage?.unmet) continue
    for (const [rule, { parameters, gradient }] of rules) {
      const key = `${rule}|${breakage?.node.id}`
      if (told.has(key)) continue
      told.add(key)
      faults.push({ rule, parameters, where: s.where, value: s.value, gradient, breakage, far: s.far })
    }
  }
  return faults
}

/** Whether a drawn gradient is NaN by a side that where() does not take. */
export const isTrapped = (view: View): boolean =>
  faultsOf(view).some(({ drawn, rule, breakage }) => {
    const where = breakage?.unmet ? undefined : breakage?.chooser
    return drawn && rule === "nan-gradient" && where && !where.node.statics.control
  })

/** What a trial shows when the value stays the same and the fault is gone; undefined when it does not. */
function sameAndFinite(view: View, fault: Fault, edits: readonly Edit[]): Help["checked"] {
  const trial = view.tryOut(edits, true)
  if (!trial || !sameValue(view, trial)) return undefined
  const { drawn } = fault
  const again = drawn
    ? trial.evidence.parameters.some((p) => p.name === drawn.parameter.name && p.counts.broken > 0)
    : trial.special().some((s) => s.where === fault.where)
  if (again) return undefined
  const where = drawn ? "at all drawn points" : `at ${fault.where}`
  return { verdict: trial.verdict, live: 0, cases: 0, text: `same value everywhere, gradient finite ${where}` }
}

const show = (x: number): string =>
  Number.isNaN(x)
    ? "NaN"
    : x === Infinity
      ? "infinite"
      : x === -Infinity
        ? "-infinite"
        : String(Number(x.toPrecision(4)))

/** The unused side of a where made harmless: the argument of what has a domain is replaced there by 1. */
function guarded(view: View, fault: Fault): Help[] {
  const { breakage } = fault
  const chosen = breakage?.chooser && placesOf(view, breakage.chooser.node.spans.slice(0, 1))?.[0]
  const condition = chosen && argumentsAt(chosen, breakage!.chooser!.node.op.name)?.get("c")
  if (!condition) return []
  const first = breakage!.chooser!.branch === 1
  for (const node of breakage!.suspects) {
    const edits = (placesOf(view, node.spans) ?? []).map((place): Edit | undefined => {
      const own = [...(argumentsAt(place, node.op.name)?.values() ?? [])][0]
      const one = place.code.python ? "ones_like(x)" : "1"
      const names = own && new Map([["c", condition] as const, ["x", own] as const])
      const safe = names && fill(first ? `where(c, x, ${one})` : `where(c, ${one}, x)`, names, place.code)
      return safe && editOf(placeIn(place, own), safe)
    })
    if (edits.length === 0 || !edits.every((e) => e !== undefined)) continue
    const checked = sameAndFinite(view, fault, edits)
    if (checked) return [exactHelp(view, `make the unused side harmless before ${node.op.name}`, edits, checked)]
  }
  return []
}

export function brokenFinding(view: View, fault: Fault): Finding {
  const { breakage, drawn } = fault
  const { role } = view.evidence.question
  const names = fault.parameters.length > 0 ? fault.parameters.join(", ") : "the parameters"
  const marks: FindingMark[] = []
  if (breakage) {
    const words =
      breakage.of === "value"
        ? "has no finite value here"
        : breakage.chooser
          ? "its slope has no finite value here"
          : "its slope is not finite here"
    marks.push(...marksOf(breakage.node, words))
    if (breakage.chooser)
      marks.push(
        ...marksOf(
          breakage.chooser.node,
          "picks the other side, but the gradient of this one is computed too, and 0 times infinity is NaN",
        ),
      )
  }
  const place = drawn ? inShare(drawn.count, drawn.parameter.states.length, drawn.parameter) : fault.where
  const headline =
    fault.rule === "non-finite-loss"
      ? `the ${role === "activation" ? "value" : role} is ${show(fault.value)} at ${place}`
      : `the ${role === "activation" ? "value" : role} is ${show(fault.value)} at ${place}, but the gradient of ${names} there is ${show(fault.gradient)}`
  return {
    rule: fault.rule,
    level: drawn && !drawn.parameter.rarely && role !== "metric" ? "error" : fault.far ? "note" : "warning",
    headline:
      drawn && fault.rule !== "non-finite-loss"
        ? `the gradient of ${names} is ${show(fault.gradient)} at ${place}`
        : headline,
    parameters: fault.parameters,
    marks,
    evidence: drawn
      ? [
          {
            label: "seen",
            text: `${count(drawn.count)} of ${count(drawn.parameter.states.length)} drawn ${drawn.parameter.kind === "element" && drawn.parameter.node.shape.length > 0 ? "elements" : "points"} are not finite`,
          },
        ]
      : [{ label: "at", text: `${fault.where}   value ${show(fault.value)}   gradient ${show(fault.gradient)}` }],
    help: guarded(view, fault),
    notes:
      fault.rule === "nan-gradient" ? ["one NaN entry makes every parameter of the batch NaN at the next step"] : [],
    proof: "seen",
    blocks: breakage ? textOf(breakage.node) : "",
  }
}
