// How the gradient goes with the error: tables, and whether the stuck cases gather where the error is largest.
import type { ParameterEvidence } from "../samples/evidence.ts"
import type { View } from "./view.ts"

/** Stuck cases gather at the worst when the worst fifth has almost no gradient and the best fifth almost always has one. */
const WORST = 0.9
const BEST = 0.2

export function gathersAtTheWorst(view: View, parameter: ParameterEvidence): boolean {
  const shares = view.profileOf(parameter)?.zeroShares
  return shares !== undefined && shares.at(-1)! >= WORST && shares[0]! <= BEST && parameter.counts.stuck > 0
}

const short = (x: number): string =>
  x === 0 ? "0" : Math.abs(x) >= 0.001 && Math.abs(x) < 1e5 ? String(Number(x.toPrecision(2))) : x.toExponential(1)

/** Fifths of the cases from the smallest error to the largest. */
export function profileTable(view: View, parameter: ParameterEvidence): string[][] | undefined {
  const profile = view.profileOf(parameter)
  if (!profile) return undefined
  const { edges, zeroShares, medians } = profile
  const what = parameter.kind === "element" && parameter.node.shape.length > 0 ? "elements" : "points"
  return [
    [
      parameter.errorKind === "distance" ? "distance from target" : "loss",
      ...medians.map((_, k) => (k === 0 ? `${short(edges[0]!)} .. ${short(edges[1]!)}` : `.. ${short(edges[k + 1]!)}`)),
    ],
    [`${what} without gradient`, ...zeroShares.map((s) => `${s === 1 ? 100 : Math.min(99, Math.round(100 * s))}%`)],
    ["gradient (median)", ...medians.map(short)],
  ]
}
