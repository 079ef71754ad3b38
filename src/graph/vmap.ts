// vmap: a function of single entries, called for all entries side by side.

import { callWith } from "./calls.ts"
import { rowsOf } from "./looping.ts"
import { build, failAt, stackNodes, toNode } from "./scope.ts"
import { wholeNumber } from "./static.ts"
import type { Call } from "./structure.ts"
import { tensor, type Value } from "./values.ts"

/** vmap: the function of the entries side by side; an axis of None hands the whole on each time. */
export function eachEntry(call: Call): Value {
  const { context, span } = call
  const xs = call.args.get("xs") as Value[]
  const axes = call.args.get("axes") ?? 0
  const lists = xs.map((x, k) => {
    const axis = Array.isArray(axes) ? axes[k]! : axes
    if (axis === null) return undefined
    const moved = build(
      context,
      "moveaxis",
      [toNode(context, x, span)],
      { source: wholeNumber(axis, span, "in_axes"), destination: 0 },
      span,
    )
    return rowsOf(context, moved, span)
  })
  const count = Math.min(...lists.flatMap((l) => (l ? [l.length] : [])))
  if (!Number.isFinite(count)) return failAt(span, "vmap needs an axis to go along")
  const results = Array.from({ length: count }, (_, i) =>
    callWith(
      context,
      call.args.get("f")!,
      xs.map((x, k) => lists[k]?.[i] ?? x),
      span,
    ),
  )
  const stacked = (parts: readonly Value[]): Value =>
    parts.every(Array.isArray)
      ? (parts[0] as Value[]).map((_, k) => stacked(parts.map((p) => (p as Value[])[k]!)))
      : tensor(
          stackNodes(
            context,
            parts.map((p) => toNode(context, p, span)),
            0,
            span,
          ),
        )
  return stacked(results)
}
