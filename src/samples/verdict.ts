// From states to a verdict: per parameter, first match wins; overall, the worst of them.

import type { Role } from "../definitions/roles.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { ParameterEvidence } from "./evidence.ts"
import { medianOf } from "./median.ts"
import { LIVE, type Verdict, verdicts } from "./states.ts"

/** The gradient fades when it shrinks by more than this as the error grows. */
export const FADING = 1e3
const BINS = 10

/** Cases in order of their error, and in each tenth: the median gradient, and the share without one. */
export interface ErrorProfile {
  readonly edges: readonly number[]
  readonly medians: readonly number[]
  readonly zeroShares: readonly number[]
}

/** A profile by error is a picture: so many cases draw it, of so many points of each element at the least. */
const MOST_PROFILED = 1000
const FEWEST_PROFILED = 32

const orders = new WeakMap<ParameterEvidence, number[]>()

/** The cases from the smallest error to the largest, worked out once; of many those at the first points, which are spread as all are. */
export function casesByError(evidence: ParameterEvidence): number[] {
  let order = orders.get(evidence)
  if (!order) {
    const { errors, sizes, kind, node } = evidence
    const elements = kind === "element" ? sizeOf(node.shape) : 1
    const count = errors.length / elements
    const first = Math.min(count, Math.max(FEWEST_PROFILED, Math.floor(MOST_PROFILED / elements)))
    const step = Math.ceil((elements * first) / MOST_PROFILED)
    order = []
    for (let e = 0; e < elements; e += step)
      for (let k = e * count; k < e * count + first; k++)
        if (Number.isFinite(errors[k]!) && Number.isFinite(sizes[k]!)) order.push(k)
    order = inOrder(order, errors)
    orders.set(evidence, order)
  }
  return order
}

/** Cases in the order of their errors, equal ones as they came: each goes to its place among the sorted numbers. */
function inOrder(cases: readonly number[], errors: Float64Array): number[] {
  const sorted = new Float64Array(cases.length)
  for (let at = 0; at < cases.length; at++) sorted[at] = errors[cases[at]!]!
  sorted.sort()
  const taken = new Uint32Array(sorted.length)
  const out = new Array<number>(sorted.length)
  for (const k of cases) {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < errors[k]!) low = middle + 1
      else high = middle
    }
    out[low + taken[low]!++] = k
  }
  return out
}

const profiles = new WeakMap<ParameterEvidence, Map<number, ErrorProfile | undefined>>()

/** How the gradient goes with the error, worked out once; undefined when there are too few cases to say. */
export function profileOf(evidence: ParameterEvidence, bins = BINS): ErrorProfile | undefined {
  let known = profiles.get(evidence)
  if (!known) {
    known = new Map()
    profiles.set(evidence, known)
  }
  if (!known.has(bins)) known.set(bins, makeProfile(evidence, bins))
  return known.get(bins)
}

function makeProfile(evidence: ParameterEvidence, bins: number): ErrorProfile | undefined {
  const { sizes, errors, states } = evidence
  const order = casesByError(evidence)
  if (order.length < bins * 5) return undefined
  const edges: number[] = [errors[order[0]!]!]
  const medians: number[] = []
  const zeroShares: number[] = []
  for (let b = 0; b < bins; b++) {
    const [from, to] = [Math.floor((b * order.length) / bins), Math.floor(((b + 1) * order.length) / bins)]
    const own = new Float64Array(to - from)
    let without = 0
    for (let k = from; k < to; k++) {
      own[k - from] = sizes[order[k]!]!
      if (states[order[k]!] !== LIVE) without++
    }
    edges.push(errors[order[to - 1]!]!)
    medians.push(medianOf(own))
    zeroShares.push(without / own.length)
  }
  return { edges, medians, zeroShares }
}

/** True when the gradient of the worst tenth is FADING times smaller than that of some other tenth. */
export function fades(evidence: ParameterEvidence): boolean {
  const profile = profileOf(evidence)
  if (!profile) return false
  const last = profile.medians.at(-1)!
  return last > 0 && Math.max(...profile.medians) > FADING * last && profile.edges.at(-1)! > profile.edges[0]!
}

/** The verdict of one parameter, and whether structure alone proves it. */
export function judge(
  evidence: ParameterEvidence,
  role: Role,
): { readonly verdict: Verdict; readonly proved: boolean } {
  const { reach, counts } = evidence
  if (reach === "cut") return { verdict: "disconnected", proved: true }
  if (reach === "zero") return { verdict: "dead", proved: true }
  if (evidence.cancelled) return { verdict: "dead", proved: false }
  if (counts.live === 0 && (counts.broken === 0 || evidence.rarely)) {
    if (evidence.beyond?.kind === "finer") return { verdict: "saturating", proved: false }
    // Samples that are all finished, or all stuck, do not speak for the values between and around them.
    if (evidence.beyond) return { verdict: evidence.beyond.kind === "better" ? "partial" : "alive", proved: false }
    return { verdict: "dead", proved: false }
  }
  if (counts.broken > 0 && !evidence.rarely) return { verdict: "broken", proved: false }
  if (counts.stuck > 0) return { verdict: "partial", proved: false }
  if (role === "loss" && (evidence.beyond?.kind === "faint" || fades(evidence)))
    return { verdict: "saturating", proved: false }
  return { verdict: "alive", proved: false }
}

export const worst = (list: readonly Verdict[]): Verdict =>
  list.reduce((a, b) => (verdicts.indexOf(b) > verdicts.indexOf(a) ? b : a), "alive")
