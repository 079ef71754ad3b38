// Whether a loss separates over a parameter's elements: each element's way to the loss is its own until sums.

import { dependents } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import { axesOf, broadcastMap, groupsOf, sizeOf } from "../ops/shapes.ts"
import { signatureOf } from "../ops/table.ts"

/** No element of the parameter leads here; several do. */
const NOBODY = -1
export const SEVERAL = -2

/** For each element of a node, the one element of the parameter that it depends on. */
export type Owners = Int32Array

export interface Separation {
  /** Nodes whose elements each belong to one parameter element, and that the rest of the way only adds up. */
  readonly frontier: readonly Node[]
  readonly owners: ReadonlyMap<Node, Owners>
  /** False when a data-dependent order lies on the way (sort): then owners are not known, only that there is one each. */
  readonly traceable: boolean
}

const combine = (a: number, b: number): number => (a === NOBODY ? b : b === NOBODY || a === b ? a : SEVERAL)

function ownersOf(node: Node, known: ReadonlyMap<Node, Owners>): Owners {
  const size = sizeOf(node.shape)
  const out = new Int32Array(size).fill(NOBODY)
  const inputs = node.inputs.map((i) => known.get(i))
  const map = node.statics.map
  if (map instanceof Int32Array && node.inputs.length === 1 && !node.op.adds) {
    const own = inputs[0]!
    return out.map((_, e) => (map[e]! < 0 ? NOBODY : own[map[e]!]!))
  }
  if (node.op.pointwise) {
    node.inputs.forEach((input, k) => {
      const own = inputs[k]
      if (!own) return
      const at = broadcastMap(input.shape, node.shape)
      for (let e = 0; e < size; e++) out[e] = combine(out[e]!, own[at ? at[e]! : e]!)
    })
    return out
  }
  if (node.op.spreads) {
    const x = node.inputs[0]!
    const { members, count } = groupsOf(x.shape, axesOf(node.statics.axis, x.shape.length))
    for (let e = 0; e < size; e++)
      for (let j = 0; j < count; j++) out[e] = combine(out[e]!, inputs[0]![members[e * count + j]!]!)
    return out
  }
  const all = inputs.flatMap((own) => (own ? [...own] : []))
  const one = all.reduce(combine, NOBODY)
  return out.fill(one)
}

/** How a root separates over the elements of `parameter`; undefined when it does not. */
export function separate(root: Node, parameter: Node): Separation | undefined {
  const path = dependents(root, new Set([parameter]))
  const onPath = new Set(path)
  if (!onPath.has(root)) return undefined
  const owners = new Map<Node, Owners>()
  const permuted = new Set<Node>()
  for (const node of path) {
    if (node === parameter)
      owners.set(
        node,
        Int32Array.from({ length: sizeOf(node.shape) }, (_, e) => e),
      )
    else if (
      node.op.permutes &&
      node.inputs[0] &&
      !permuted.has(node.inputs[0]) &&
      single(owners.get(node.inputs[0])!)
    ) {
      // Each element goes to one place, though which one depends on the data.
      owners.set(node, owners.get(node.inputs[0])!)
      permuted.add(node)
    } else {
      owners.set(node, ownersOf(node, owners))
      if (node.inputs.some((i) => permuted.has(i))) permuted.add(node)
    }
  }
  const frontier: Node[] = []
  const seen = new Set<Node>()
  const stack: Node[] = [root]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    if (single(owners.get(node)!)) {
      frontier.push(node)
      continue
    }
    const below = node.inputs.filter((i) => onPath.has(i))
    if (!isLinear(node, below)) return undefined
    stack.push(...below)
  }
  // One number out of a sorted row belongs to whichever element the data puts there: to all of them, that is.
  if (frontier.some((n) => permuted.has(n) && sizeOf(n.shape) === 1 && sizeOf(parameter.shape) > 1)) return undefined
  return { frontier, owners, traceable: !frontier.some((n) => permuted.has(n)) }
}

const single = (owners: Owners): boolean => !owners.includes(SEVERAL)

/** Adding up, and scaling by what does not depend on the parameter. */
function isLinear(node: Node, below: readonly Node[]): boolean {
  if (node.op.nature === "linear" && node.op.linearIn === undefined) return true
  const params = signatureOf(node.op).calls![0]!
  const used = node.inputs.flatMap((input, k) => (below.includes(input) ? [params[k]!.name] : []))
  return used.length === 1 && (node.op.linearIn ?? []).includes(used[0]!)
}
