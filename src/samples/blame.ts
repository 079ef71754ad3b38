// Blame: which node stops the gradient on its way to a parameter, found by structure or at the samples that get none.
import { compile, compute, run } from "../gradient/compile.ts"
import { dependents, differentiate, edgesOf, lowerFormula } from "../gradient/differentiate.ts"
import { addConstant, isControl, type Node } from "../graph/node.ts"
import { type Framework, NONE, ZERO } from "../ops/record.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"
import { pointsAt } from "./points.ts"
import { SEVERAL } from "./separate.ts"
import { FLAT, LIVE, RESTING, STUCK } from "./states.ts"

/** A node that lets nothing through, and on which side of its kinks it does so. */
export interface Blocker {
  readonly node: Node
  /** The side of an `if` that is taken at the blocked cases, where it is the one that does not depend on the parameter. */
  readonly side?: Node
  /** Share of the cases without gradient that it blocks; 1 when structure blocks all. */
  readonly share: number
  /** For each kink formula of the node: the sign at the blocked cases where it differs from the living ones, else 0. */
  readonly sides: readonly number[]
}

/** So many cases are looked into, and so many blockers named. */
const LOOKED_INTO = 48
const MOST_NAMED = 3
/** A blocker of fewer cases than this is not worth a place. */
const WORTH_NAMING = 0.05
/** Graphs larger than this are blamed by structure alone. */
const MOST_NODES = 600

/**
 * The first cuts on the way from a parameter to a root: nodes that a gradient would reach the parameter from, and that
 * have no formula for it. What is cut only where a gradient comes by anyway (positions beside values) is not to blame,
 * and neither is a step that still belongs to the graph where something further on does not.
 */
export function firstCuts(
  evidence: Evidence,
  parameter: ParameterEvidence,
  root: Node = evidence.question.traced.root,
): Node[] {
  const { graph } = evidence.question.traced
  const path = dependents(root, new Set([parameter.node]))
  const connected = parameter.reach === "cut"
  const carries = new Set<Node>([parameter.node])
  const cuts: Node[] = []
  for (const node of path) {
    if (node === parameter.node) continue
    const edges = edgesOf(node, graph.framework)
    const reached = node.inputs.flatMap((input, k) => (carries.has(input) ? [edges[k]!] : []))
    if (reached.length === 0) continue
    const open = reached.some((e) => e !== NONE && (e !== ZERO || (connected && staysConnected(node, graph.framework))))
    if (open && node.type === "real") carries.add(node)
    else cuts.push(node)
  }
  const values = cuts.filter((cut) => leadsPast(cut, path, carries, false))
  if (values.length > 0) return values
  const told = cuts.filter((cut) => leadsPast(cut, path, carries, true))
  // A value that only decides what Python does next never was a number of the loss: what hides that is to blame.
  const fresh = path.filter((n) => n.op.nature === "stop" && !carries.has(n))
  return told.length > 0 && fresh.length > 0 && told.every(steers(path))
    ? fresh.slice(0, 1)
    : told.length > 0
      ? told
      : cuts
}

/** True when frameworks keep a step in the graph, with a gradient of 0, so that what follows can still be cut off. */
function staysConnected({ op }: Node, framework: Framework): boolean {
  if (framework === "jax") return false
  return framework === "tf" ? op.outcomes?.tf === "zero" : op.outcomes?.torch === undefined
}

/** True when what depends on the cut reaches the last node of the path, or gives nothing to what carries a gradient. */
function leadsPast(cut: Node, path: readonly Node[], carries: ReadonlySet<Node>, byControl: boolean): boolean {
  const beyond = new Set<Node>([cut])
  for (const node of path)
    if (!carries.has(node) && node.inputs.some((i, k) => beyond.has(i) && (byControl || !isControl(node, k))))
      beyond.add(node)
  return beyond.has(path.at(-1)!)
}

/** True when a node is used, beyond other truths, for nothing but a decision. */
const steers =
  (path: readonly Node[]) =>
  (cut: Node): boolean => {
    const beyond = new Set<Node>([cut])
    for (const node of path)
      for (const [k, input] of node.inputs.entries()) if (beyond.has(input) && !isControl(node, k)) beyond.add(node)
    return !beyond.has(path.at(-1)!)
  }

/** Nodes that block at the cases in `wanted` states, the one that blocks most first. */
export function blockersOf(
  evidence: Evidence,
  parameter: ParameterEvidence,
  wanted: readonly number[] = [STUCK, FLAT],
): Blocker[] {
  if (parameter.reach !== "reached")
    return firstCuts(evidence, parameter).map((node) => ({ node, share: 1, sides: [] }))
  const { traced, points, format } = evidence.question
  const { graph, root } = traced
  const count = points.count
  const asked = casesIn(parameter, wanted, count)
  // Where nothing has a gradient, what is at rest tells the blocker too.
  const cases = asked.length > 0 || parameter.counts.live > 0 ? asked : casesIn(parameter, [RESTING], count)
  if (cases.length === 0 || graph.nodes.length > MOST_NODES * 10) return []
  const rows = [...new Set(cases.map((c) => c.point))]
  const row = new Map(rows.map((p, k) => [p, k]))
  const some = pointsAt(points, rows)

  const path = dependents(root, new Set([parameter.node]))
  const shares = new Map<Node, { input: Node; share: Node }[]>()
  const { total } = evidence.differentiated
  const adjoints = differentiate(
    graph,
    total,
    addConstant(graph, 1),
    new Set([parameter.node]),
    (node, input, share) => {
      const list = shares.get(node)
      if (list) list.push({ input, share })
      else shares.set(node, [{ input, share }])
    },
  )
  const candidates = path.filter((n) => n !== parameter.node && adjoints.has(n))
  const outputs = candidates.flatMap((n) => [adjoints.get(n)!, ...(shares.get(n) ?? []).map((s) => s.share)])
  const results = compute(outputs, format, some)
  const owners =
    parameter.kind === "element" && parameter.separation?.traceable ? parameter.separation.owners : undefined

  const blocked = new Map<Node, typeof cases>()
  let at = 0
  for (const node of candidates) {
    const adjoint = results[at++]!
    const own = (shares.get(node) ?? []).map(({ input }) => ({ input, values: results[at++]! }))
    for (const c of cases) {
      const k = row.get(c.point)!
      const touches = (n: Node, values: Float64Array): boolean => {
        const size = values.length / rows.length
        const ownersHere = owners?.get(n)
        for (let e = 0; e < size; e++)
          if (
            values[e * rows.length + k] !== 0 &&
            (!ownersHere || ownersHere[e] === c.element || ownersHere[e] === SEVERAL)
          )
            return true
        return false
      }
      if (!touches(node, adjoint)) continue
      if (own.some(({ input, values }) => touches(input, values))) continue
      const list = blocked.get(node)
      if (list) list.push(c)
      else blocked.set(node, [c])
    }
  }
  // What multiplies by 0 is a blocker only where nothing with a kink or a jump is one.
  const sharp = [...blocked].filter(([node]) => node.op.nature !== "smooth" && node.op.nature !== "linear")
  return (sharp.length > 0 ? sharp : [...blocked])
    .map(([node, own]) => ({ node, share: own.length / cases.length, own }))
    .filter((b) => b.share >= WORTH_NAMING)
    .sort((a, b) => b.share - a.share || b.node.id - a.node.id)
    .slice(0, MOST_NAMED)
    .map(({ node, share, own }) => {
      const side = idleSide(node, new Set(path))
      return { node, share, sides: sidesOf(evidence, parameter, node, own), ...(side ? { side } : {}) }
    })
}

/** Of an `if`, the one side that the parameter does not lead to, when it has a place of its own. */
function idleSide(node: Node, path: ReadonlySet<Node>): Node | undefined {
  const idle = (node.op.branches ?? []).map((k) => node.inputs[k]!).filter((side) => !path.has(side))
  return node.statics.control === true && idle.length === 1 && idle[0]!.spans.length > 0 ? idle[0] : undefined
}

interface Case {
  readonly point: number
  readonly element: number
}

function casesIn(parameter: ParameterEvidence, wanted: readonly number[], count: number): Case[] {
  const all: Case[] = []
  for (let c = 0; c < parameter.states.length; c++)
    if (wanted.includes(parameter.states[c]!)) all.push({ point: c % count, element: Math.floor(c / count) })
  if (all.length <= LOOKED_INTO) return all
  const step = all.length / LOOKED_INTO
  return Array.from({ length: LOOKED_INTO }, (_, k) => all[Math.floor(k * step)]!)
}

/**
 * The sign of each kink formula at the blocked cases, where it is one and not that of the living cases. Where nothing
 * lives, the nearest kink counts: beyond it the gradient would flow.
 */
function sidesOf(evidence: Evidence, parameter: ParameterEvidence, node: Node, own: readonly Case[]): number[] {
  const formulas = node.op.kinks ?? []
  if (formulas.length === 0) return []
  const { traced, points, format } = evidence.question
  const living = casesIn(parameter, [LIVE], points.count)
  const kinks = formulas.map((f) => lowerFormula(traced.graph, node, f))
  const moves = kinks.map((kink) => dependents(kink, new Set([parameter.node])).length > 0)
  const alike = kinks.every((kink, k) => !moves[k] || kink.shape.length === node.shape.length)
  const program = compile(kinks, format, LOOKED_INTO)
  const owners =
    parameter.kind === "element" && parameter.separation?.traceable ? parameter.separation.owners.get(node) : undefined
  const signs = (cases: readonly Case[]): Set<number>[] => {
    if (cases.length === 0) return formulas.map(() => new Set<number>())
    const values = run(
      program,
      pointsAt(
        points,
        cases.map((c) => c.point),
      ),
    )
    return values.map((v, k) => {
      const size = v.length / cases.length
      const seen = new Set<number>()
      if (!moves[k]) return seen
      const nearest = (at: number): boolean =>
        living.length > 0 || !alike || values.every((w, j) => !moves[j] || Math.abs(v[at]!) <= Math.abs(w[at]!))
      cases.forEach((c, i) => {
        for (let e = 0; e < size; e++)
          if (!owners || size !== owners.length || owners[e] === c.element || kinks[k]!.shape.length === 0)
            if (nearest(e * cases.length + i)) seen.add(Math.sign(v[e * cases.length + i]!))
      })
      return seen
    })
  }
  const there = signs(own)
  const here = signs(living)
  return formulas.map((_, k) => [1, -1].find((s) => there[k]!.has(s) && !here[k]!.has(s)) ?? 0)
}
