// The elements of a node, each with the line that computes it, and those of them that are computed alike.
import { constantsOf, isSameEverywhere, type Line, liner, type Read } from "../gradient/elements.ts"
import type { Node } from "../graph/node.ts"
import { hull, type Interval } from "../ops/interval.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { Evidence } from "./evidence.ts"
import { type Border, besides } from "./sides.ts"

/** An element of the gradient, with a line that computes it: what that reads here, and the constants in it. */
export interface Element {
  readonly element: number
  readonly line: Line
  readonly reads: readonly Read[]
  readonly constants: readonly Interval[]
}

/** Elements of a gradient that are computed alike from numbers of the same ranges. */
export interface Group {
  readonly line: Line
  /** What holds the constants of all of them. */
  readonly constants: readonly Interval[]
  readonly members: readonly Element[]
}

/** Each element with its line, and in it what stands on both sides of the borders beside it. */
export function elementsOf(
  { question: { traced } }: Evidence,
  node: Node,
  borders: readonly Border[],
  most: number,
): Element[] | undefined {
  const draw = liner()
  const size = sizeOf(node.shape)
  const elements: Element[] = []
  let left = most
  for (let element = 0; element < size; element++) {
    const wanted = [{ node, element }, ...borders.flatMap((b) => besides(b, element))]
    const line = draw(wanted, left)
    if (!line) return undefined
    const constants = constantsOf(line)
    if (element === 0 && size > 1 && isSameEverywhere(line, wanted, node.shape)) {
      const lone = new Set(traced.inputs.flatMap((i) => (i.node.shape.length === 0 ? [i.name] : [])))
      return Array.from({ length: size }, (_, e) => ({
        element: e,
        line,
        reads: line.reads.map((r) => (lone.has(r.name) ? r : { name: r.name, element: e })),
        constants,
      }))
    }
    left -= line.cost
    elements.push({ element, line, reads: line.reads, constants })
  }
  return elements
}

export function grouped(elements: readonly Element[], kindOf: (line: Line) => string): Group[] {
  const groups = new Map<string, Element[]>()
  const alike = elements.every((e) => e.line === elements[0]!.line)
  for (const element of elements) {
    const key = alike ? "" : kindOf(element.line)
    const own = groups.get(key)
    if (own) own.push(element)
    else groups.set(key, [element])
  }
  return [...groups.values()].map((members) => ({
    line: members[0]!.line,
    constants: members.map((m) => m.constants).reduce((a, b) => a.map((x, k) => hull(x, b[k]!))),
    members,
  }))
}
