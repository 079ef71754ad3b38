// The summands of a loss: what it adds up, each with its share of the value and whether a gradient leaves it.
import { compute } from "../gradient/compile.ts"
import { dependents, differentiate, type Reach, reachOf } from "../gradient/differentiate.ts"
import { addConstant, apply, type Node } from "../graph/node.ts"
import { operation, signatureOf } from "../ops/table.ts"
import type { Evidence, ParameterEvidence } from "./evidence.ts"

export interface Term {
  readonly node: Node
  readonly reach: Reach
  /** Its share of the sizes of all terms, over the drawn points. */
  readonly share: number
  readonly varies: boolean
}

/** The summands that depend on the parameter; empty when the loss is not a sum, or none of them is `wanted`. */
export function termsOf(evidence: Evidence, parameter: ParameterEvidence, wanted: (reach: Reach) => boolean): Term[] {
  const { traced, points, format } = evidence.question
  const { total } = evidence.differentiated
  const { graph } = traced
  const onPath = new Set(dependents(total, new Set([parameter.node])))
  const trained = new Set(dependents(total, new Set(evidence.parameters.map((p) => p.node))))
  const leaves: Node[] = []
  const stack = [total]
  // Sums may share what they add up: each node is looked at once, or there would be no end of it.
  const seen = new Set<Node>()
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const below = node.inputs.filter((i) => onPath.has(i))
    const params = signatureOf(node.op).calls![0]!
    const linear = node.op.nature === "linear" && !node.op.linearIn
    // A factor that trains another parameter makes the product one term: what is inside it is that factor's weight.
    const scaled =
      below.length === 1 &&
      node.inputs.every((i) => i === below[0] || !trained.has(i)) &&
      node.inputs.some((i, k) => i === below[0] && (node.op.linearIn ?? []).includes(params[k]!.name))
    if (
      node !== parameter.node &&
      below.length > 0 &&
      (linear || scaled) &&
      (node.inputs.length > 1 || node.op.spreads || node.spans.length === 0)
    )
      stack.push(...below)
    else leaves.push(node)
  }
  const unique = [...new Set(leaves)]
  const reaches = unique.map((node) => reachOf(node, parameter.node, graph.framework))
  if (unique.length < 2 || !reaches.some(wanted)) return []
  const weights = differentiate(graph, total, addConstant(graph, 1), new Set(unique))
  const amounts = unique.map((leaf) => {
    const weight = weights.get(leaf)
    const product = weight ? apply(graph, operation("mul"), [weight, leaf]) : addConstant(graph, 0)
    return product.shape.length === 0
      ? product
      : apply(graph, operation("sum"), [product], { axis: null, keepdims: false })
  })
  const values = compute(amounts, format, points)
  const sizes = values.map((v) => v.reduce((sum, x) => sum + (Number.isFinite(x) ? Math.abs(x) : 0), 0))
  const whole = sizes.reduce((a, b) => a + b, 0)
  return unique.map((node, k) => ({
    node,
    reach: reaches[k]!,
    share: whole > 0 ? sizes[k]! / whole : 0,
    varies: values[k]!.some((v) => v !== values[k]![0]),
  }))
}
