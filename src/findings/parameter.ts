// What is told of one parameter: verdict, shares that are proved, counts, sizes.
import type { ParameterEvidence } from "../samples/evidence.ts"
import { medianOf } from "../samples/median.ts"
import { LIVE } from "../samples/states.ts"
import { profileOf } from "../samples/verdict.ts"
import { deadRegion } from "./regions.ts"
import type { ParameterResult } from "./result.ts"
import type { View } from "./view.ts"

/** Least, median and greatest size of the gradient where there is one. */
function sizeOfLiving({ sizes, states }: ParameterEvidence): ParameterResult["size"] {
  const living: number[] = []
  let [least, greatest] = [Infinity, 0]
  for (let k = 0; k < sizes.length; k++) {
    const size = sizes[k]!
    if (states[k] !== LIVE || !Number.isFinite(size)) continue
    living.push(size)
    if (size < least) least = size
    if (size > greatest) greatest = size
  }
  return living.length > 0 ? { least, median: medianOf(living), greatest } : undefined
}

const nothingProved = { live: 0, dead: 0, undecided: 1, finite: 0 }

/** What the verdict rests on, and no more. */
export const leanResult = (view: View, p: ParameterEvidence): ParameterResult => ({
  ...view.verdictOf(p),
  certified: nothingProved,
  counts: p.counts,
  zero: p.zero,
  cases: p.kind,
})

export function parameterResult(view: View, p: ParameterEvidence): ParameterResult {
  const certificate = view.certificateOf(p)
  const { live, dead, undecided, finite, stretches, open } = certificate
  const region = deadRegion(p.name, certificate)
  const size = sizeOfLiving(p)
  // An activation has no error for its gradient to go by.
  const byError = view.evidence.question.role === "activation" ? undefined : profileOf(p)?.medians
  return {
    ...view.verdictOf(p),
    certified: { live, dead, undecided, finite },
    ...(region === undefined ? {} : { deadRegion: region }),
    ...(open ? { open } : {}),
    ...(stretches ? { stretches } : {}),
    counts: p.counts,
    zero: p.zero,
    cases: p.kind,
    ...(size ? { size } : {}),
    ...(byError ? { byError } : {}),
  }
}
