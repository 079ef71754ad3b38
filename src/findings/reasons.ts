// Short reasons for a gradient at one point: why it is NaN, infinite or 0, or why there is none.
import { edgesOf } from "../gradient/differentiate.ts"
import { bornAt, type ShareFormula, shareFormula, shortNumber } from "../gradient/shares.ts"
import type { Graph, Node } from "../graph/node.ts"
import { NONE, type NumberFormat, ZERO } from "../ops/record.ts"
import { outermost } from "./places.ts"

/** What one node hands to one of its arguments. */
export interface Share {
  readonly node: Node
  readonly argument: number
  readonly share: Node
  readonly formula: ShareFormula | undefined
}

/** A differentiated graph at one point. */
export interface Scene {
  readonly graph: Graph
  readonly adjoints: ReadonlyMap<Node, Node>
  /** The nodes that use a node on their way to the loss, and as which argument. */
  readonly users: ReadonlyMap<Node, readonly { readonly node: Node; readonly argument: number }[]>
  readonly format: NumberFormat
  /** The numbers of a node that was asked for beforehand. */
  readonly numbersOf: (node: Node) => Float64Array
}

export const shareOf = (graph: Graph, node: Node, argument: number, share: Node, g: Node): Share => ({
  node,
  argument,
  share,
  formula: shareFormula(graph, node, argument, g),
})

/** The composition that a node belongs to, when it is not the user's own. */
function insideOf(node: Node): string {
  if (node.spans.length === 0 || node.spans.some((s) => s.via === undefined)) return ""
  let at = node.spans[0]!
  while (at.via?.via) at = at.via
  return at.source.name
}

/** Names of helpers are nobody's business: the piece of source stands for them. */
function nameOf(node: Node): string {
  if (!node.op.name.startsWith("_")) return node.op.name
  const span = node.spans[0] && outermost(node.spans[0])
  return span ? span.source.text.slice(span.start, span.end).replace(/\s+/g, " ") : "this"
}

const within = (node: Node, text: string): string => {
  const name = insideOf(node)
  return name === "" ? text : `${text} in ${name}`
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts.filter((t) => t !== ""))]
const MOST_TEXTS = 3
const joinedBy = (sign: string, texts: readonly string[]): string | undefined =>
  texts.length === 0 ? undefined : texts.slice(0, MOST_TEXTS).join(sign) + (texts.length > MOST_TEXTS ? `${sign}…` : "")

/** Of a step whose kind of number carries no gradient. */
export function whyNoKind(node: Node): string {
  if (node.op.nature === "choice") return "a position"
  if (node.type === "truth") return node.op.jumps || node.op.compares ? "a comparison" : "true or false"
  return "a whole number"
}

function whyCutAt(node: Node, argument: number, framework: Graph["framework"]): string {
  if (node.op.nature === "stop") return "detached"
  if (node.op.nature === "choice") return `${nameOf(node)} gives a position`
  if (node.type === "truth" && (node.op.jumps || node.op.compares)) return "a comparison"
  if (node.op.nature === "step") return `${nameOf(node)} is flat`
  return edgesOf(node, framework)[argument] === ZERO
    ? `${nameOf(node)} is flat in it`
    : `${nameOf(node)} passes none on to it`
}

/** Of a step that nothing comes back to: the nodes above it that pass nothing on. */
export function whyCut(step: Node, { graph, users }: Scene): string | undefined {
  const texts: string[] = []
  const seen = new Set<Node>()
  const stack = [step]
  while (stack.length > 0) {
    const at = stack.pop()!
    if (seen.has(at)) continue
    seen.add(at)
    for (const { node, argument } of users.get(at) ?? []) {
      const edge = edgesOf(node, graph.framework)[argument]
      if (node.type !== "real" || edge === NONE || edge === ZERO)
        texts.push(within(node, whyCutAt(node, argument, graph.framework)))
      else stack.push(node)
    }
  }
  return joinedBy(", ", unique(texts)) ?? "the value does not depend on it"
}

/** Why the gradient of a step is not finite, or 0 in all its elements; undefined where that comes from further up. */
export function whyOdd(shares: readonly Share[], e: number, gradient: number, scene: Scene): string | undefined {
  return gradient === 0 ? whyZero(shares, e, scene) : whyBroken(shares, e, gradient, scene)
}

/** What is smaller may come to 0 by rounding, what is larger than its inverse to infinity. */
const SMALL: Readonly<Record<NumberFormat, number>> = {
  float64: 1e-250,
  float32: 1e-30,
  bfloat16: 1e-30,
  float16: 1e-3,
}

function whyBroken(shares: readonly Share[], e: number, gradient: number, scene: Scene): string | undefined {
  const { graph, adjoints, numbersOf, format } = scene
  const bad = shares.filter(({ share }) => !Number.isFinite(numbersOf(share)[e]!))
  if (bad.length === 0 && shares.length > 0) return `their sum overflows in ${format}`
  const alike = (x: number): boolean =>
    Number.isNaN(gradient) ? Number.isNaN(x) || Math.abs(x) === Infinity : x === gradient
  const texts = bad.map(({ node, argument, formula }) => {
    if (numbersOf(adjoints.get(node)!).some((x) => !Number.isFinite(x))) return ""
    const born = formula && bornAt(graph, node, argument, formula, e, numbersOf, alike)
    if (born && !Number.isFinite(born.exact)) return within(node, born.text)
    if (born && Math.abs(born.exact) > 1 / SMALL[format])
      return within(node, `${shortNumber(born.exact)} overflows in ${format}`)
    return within(node, `born in ${nameOf(node)}`)
  })
  return joinedBy("  +  ", unique(texts))
}

function whyZero(shares: readonly Share[], e: number, scene: Scene): string | undefined {
  const { graph, adjoints, numbersOf, format } = scene
  if (shares.some(({ share }) => numbersOf(share)[e] !== 0))
    return `${shares.map(({ share }) => shortNumber(numbersOf(share)[e]!)).join(" + ")} cancel`
  const texts = shares.map(({ node, argument, formula }) => {
    if (numbersOf(adjoints.get(node)!).every((x) => x === 0)) return ""
    const born = formula && bornAt(graph, node, argument, formula, e, numbersOf, (x) => x === 0)
    if (born && born.exact !== 0 && Math.abs(born.exact) < SMALL[format])
      return within(node, `${shortNumber(born.exact)} rounds to 0 in ${format}`)
    if (node.op.branches || (node.op.internal && node.op.pointwise)) return within(node, "not chosen")
    if (node.op.nature === "kinked") return within(node, `${nameOf(node)} is flat here`)
    return within(node, born?.exact === 0 ? born.text : `${nameOf(node)} passes 0 on`)
  })
  return joinedBy(", ", unique(texts))
}
