// Values that torch keeps for the backward pass and that are changed in place before it: backward() raises.
import { dependents, edgesOf } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import { NONE } from "../ops/record.ts"
import { keptFor } from "../ops/saved.ts"
import { signatureOf } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Evidence } from "./evidence.ts"

export interface Overwritten {
  /** Where the value is changed. */
  readonly place: Span
  /** The value as it was, and the operation that needs it so. */
  readonly value: Node
  readonly reader: Node
}

/** The first change in place that the backward pass cannot do with; undefined where there is none. */
export function overwritten({ question, parameters }: Evidence): Overwritten | undefined {
  const { graph, root } = question.traced
  if (graph.framework !== "torch" || graph.changes.length === 0) return undefined
  const path = dependents(root, new Set(parameters.map((p) => p.node)))
  const onPath = new Set(path)
  for (const { node, made, place } of graph.changes) {
    const reader = path.find((n) => n.id < made && needs(n, node, onPath, edgesOf(n, graph.framework)))
    if (reader) return { place, value: node, reader }
  }
  return undefined
}

/** True when an operation reads a value again to hand a gradient on along the path. */
function needs(reader: Node, value: Node, path: ReadonlySet<Node>, edges: readonly string[]): boolean {
  const params = signatureOf(reader.op).calls![0]!
  const kept = reader.inputs.flatMap((input, k) =>
    path.has(input) && edges[k] !== NONE ? keptFor(reader.op.name, params[k]!.name) : [],
  )
  return kept.some((name) =>
    name === "out" ? reader === value : reader.inputs[params.findIndex((p) => p.name === name)] === value,
  )
}
