// Where a NaN or an infinity is born: in the value, or only on the way back.
import { compute, type Points } from "../gradient/compile.ts"
import { dependents, differentiate } from "../gradient/differentiate.ts"
import { saysWhatIsThere } from "../graph/masked.ts"
import { addConstant, type Node } from "../graph/node.ts"
import type { Evidence } from "./evidence.ts"

export interface Breakage {
  /** The value itself is not finite, or only the gradient. */
  readonly of: "value" | "gradient"
  /** The node whose inputs are finite and whose result, or what it hands back, is not. */
  readonly node: Node
  /** A node downstream that chooses another side and yet gets the NaN. */
  readonly chooser?: { readonly node: Node; readonly branch: number }
  /** It lies on a side that the program does not run there, or in an entry that it does not select: no framework meets it. */
  readonly unmet?: true
  /** Nodes in that branch that are defined on a part of the numbers only. */
  readonly suspects: readonly Node[]
}

const finite = (values: Float64Array): boolean => values.every(Number.isFinite)

/** Finds what breaks at one point. */
export function breakageAt(evidence: Evidence, point: Points): Breakage | undefined {
  const { traced, format } = evidence.question
  const wrt = new Set(evidence.parameters.map((p) => p.node))
  const path = dependents(traced.root, wrt)
  const { total } = evidence.differentiated
  const shares: { node: Node; input: Node; share: Node }[] = []
  const adjoints = differentiate(traced.graph, total, addConstant(traced.graph, 1), wrt, (node, input, share) =>
    shares.push({ node, input, share }),
  )
  const inputs = [...new Set(path.flatMap((n) => [n, ...n.inputs]))]
  const all = [total, ...inputs, ...shares.map((s) => s.share), ...shares.map((s) => adjoints.get(s.node)!)]
  const results = compute(all, format, point)
  const totalFinite = finite(results[0]!)
  const value = new Map(inputs.map((n, k) => [n, results[1 + k]!]))
  const offset = 1 + inputs.length
  if (!totalFinite) {
    const born =
      path.find((n) => !finite(value.get(n)!) && n.inputs.every((i) => finite(value.get(i)!))) ??
      // Infinities that are written down, as masks are, may come to a NaN later.
      path.find((n) => value.get(n)!.some(Number.isNaN) && !n.inputs.some((i) => value.get(i)!.some(Number.isNaN)))
    if (born) return { of: "value", node: born, suspects: [] }
  }
  // Of several places the first in the order of computation is told.
  const broken = shares.flatMap(({ node }, k) =>
    !finite(results[offset + k]!) && finite(results[offset + shares.length + k]!) ? [node] : [],
  )
  if (broken.length === 0) return undefined
  const node = broken.reduce((a, b) => (b.id < a.id ? b : a))
  // An infinity that came in with a value is to blame where it was born.
  const born = path.find(
    (n) => !finite(value.get(n)!) && n.inputs.every((i) => finite(value.get(i)!)) && below(node, n),
  )
  const chooser = chooserOf(path, born ?? node)
  const unmet = isUnmet(path, born ?? node, value)
  const inside = chooser ? path.filter((n) => n.op.domain && below(chooser.node.inputs[chooser.branch]!, n)) : []
  return {
    of: born ? "value" : "gradient",
    node: born ?? node,
    ...(chooser ? { chooser } : {}),
    ...(unmet ? { unmet } : {}),
    suspects: inside.reverse(),
  }
}

/** A where() that has the node in one of its branches. */
function chooserOf(path: readonly Node[], node: Node): Breakage["chooser"] {
  for (const above of path) {
    if (above.op.branches === undefined) continue
    for (const branch of above.op.branches) if (below(above.inputs[branch]!, node)) return { node: above, branch }
  }
  return undefined
}

/** Whether an `if` of the program takes the other side, or a selection leaves an entry out, above the node. */
const isUnmet = (path: readonly Node[], node: Node, value: ReadonlyMap<Node, Float64Array>): boolean =>
  path.some(({ op, statics, inputs }) => {
    const selects = inputs[0] !== undefined && saysWhatIsThere(inputs[0])
    const condition = statics.control || selects ? value.get(inputs[0]!) : undefined
    return op.branches?.some((branch) => {
      const left = condition?.[selects ? "some" : "every"]((c) => (c !== 0) !== (branch === 1))
      return left === true && below(inputs[branch]!, node)
    })
  })

function below(from: Node, wanted: Node): boolean {
  const seen = new Set<Node>()
  const stack = [from]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (node === wanted) return true
    if (seen.has(node) || node.id < wanted.id) continue
    seen.add(node)
    stack.push(...node.inputs)
  }
  return false
}
