// Where a gradient fades: the node whose slope shrinks most from the cases that learn best to those that are most wrong.

import { compute, type Points } from "../gradient/compile.ts"
import { dependents, differentiate } from "../gradient/differentiate.ts"
import { addConstant, type Node } from "../graph/node.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"
import { medianOf } from "./median.ts"
import { pointsAt } from "./points.ts"
import { casesByError, profileOf } from "./verdict.ts"

/** So many cases of either kind are looked into. */
const LOOKED_INTO = 24
/** A node is to blame when its slope alone explains a loss of this much. */
const WORTH_NAMING = 10
/** Graphs larger than this are not looked into. */
const MOST_NODES = 6000

interface Case {
  readonly point: number
  readonly element: number
}

/** The node to blame for a gradient that fades as the error grows; undefined when no single one stands out. */
export function fadingNode(evidence: Evidence, parameter: ParameterEvidence): Node | undefined {
  const { points } = evidence.question
  const there = parameter.beyond?.there
  if (there) {
    const here = pointsAt(points, [0])
    const both = new Map([...there.values].map(([name, v]) => [name, sideBySide(v, here.values.get(name)!)]))
    const group = (point: number): Case[] => [{ point, element: -1 }]
    return steepest(evidence, parameter, [group(0), group(1)], { count: 2, values: both })
  }
  const profile = profileOf(parameter)
  if (!profile) return undefined
  const bins = profile.medians.length
  const best = profile.medians.indexOf(Math.max(...profile.medians))
  const groups = [best, bins - 1].map((bin) => casesOf(parameter, points.count, bin, bins))
  const rows = groups.flat().map((c) => c.point)
  return steepest(evidence, parameter, groups, pointsAt(points, rows))
}

/** Two points of one input as two columns. */
const sideBySide = (a: Float64Array, b: Float64Array): Float64Array =>
  Float64Array.from({ length: 2 * a.length }, (_, k) => (k % 2 === 0 ? a : b)[k >> 1]!)

/** The node whose slope drops most from the first group of cases to the second; `points` holds their points in order. */
function steepest(
  evidence: Evidence,
  parameter: ParameterEvidence,
  groups: readonly (readonly Case[])[],
  points: Points,
): Node | undefined {
  const { traced, format } = evidence.question
  const { graph, root } = traced
  if (graph.nodes.length > MOST_NODES) return undefined
  const rows = { length: points.count }
  const shares = new Map<Node, Node[]>()
  const adjoints = differentiate(
    graph,
    evidence.differentiated.total,
    addConstant(graph, 1),
    new Set([parameter.node]),
    (node, _, share) => {
      shares.set(node, [...(shares.get(node) ?? []), share])
    },
  )
  const candidates = dependents(root, new Set([parameter.node])).filter((n) => adjoints.has(n) && shares.has(n))
  const outputs = candidates.flatMap((n) => [adjoints.get(n)!, ...shares.get(n)!])
  const results = compute(outputs, format, points)
  const owners =
    parameter.kind === "element" && parameter.separation?.traceable ? parameter.separation.owners : undefined
  let [found, greatest, at] = [undefined as Node | undefined, WORTH_NAMING, 0]
  for (const node of candidates) {
    const adjoint = results[at++]!
    const own = shares.get(node)!.map(() => results[at++]!)
    const mine = owners?.get(node)
    const largest = (values: Float64Array, k: number, element: number): number => {
      const size = values.length / rows.length
      let most = 0
      for (let e = 0; e < size; e++)
        if (!mine || size !== mine.length || mine[e] === element || element < 0)
          most = Math.max(most, Math.abs(values[e * rows.length + k]!))
      return most
    }
    let row = 0
    const slopes = groups.map((group) =>
      medianOf(
        group.map(({ element }) => {
          const k = row++
          return Math.max(...own.map((values) => largest(values, k, element))) / largest(adjoint, k, element)
        }),
      ),
    )
    const drop = slopes[0]! / slopes[1]!
    if (drop > greatest) [found, greatest] = [node, drop]
  }
  return found
}

/** Cases of one bin of the profile, evenly taken. */
function casesOf(parameter: ParameterEvidence, count: number, bin: number, bins: number): Case[] {
  const order = casesByError(parameter)
  const own = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins))
  const step = Math.max(1, own.length / LOOKED_INTO)
  return Array.from({ length: Math.min(LOOKED_INTO, own.length) }, (_, k) => {
    const at = own[Math.floor(k * step)]!
    return { point: at % count, element: Math.floor(at / count) }
  })
}
