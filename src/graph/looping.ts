// What a loop meets: entries of lists, rows of tensors, what an object hands out.
import { count } from "../source/count.ts"
import type { Span } from "../source/text.ts"
import { indexWith } from "./indexing.ts"
import type { Node } from "./node.ts"
import { type Context, failAt, LONGEST_LOOP, ShapeProblem } from "./scope.ts"
import { special } from "./special-methods.ts"
import { entriesOf, knownNumber } from "./static.ts"
import { isTensor, type Value } from "./values.ts"

function within(length: number, span: Span): void {
  if (length > LONGEST_LOOP)
    failAt(span, `a loop over ${count(length)} entries is too long`, `${count(LONGEST_LOOP)} at most`)
}

/** What a loop over a value meets, one after the other. */
export const loopedOver = (context: Context, value: Value, span: Span): Value[] =>
  entriesOf(value) ??
  entriesByRule(context, value, span) ??
  (isTensor(value)
    ? rowsOf(context, value.node, span)
    : failAt(span, "only what is known beforehand can be looped over"))

/** The slices of a tensor along its first axis. */
export function rowsOf(context: Context, node: Node, span: Span): Value[] {
  // How many rounds there are hangs on the shape.
  context.used.asked = true
  const length = node.shape[0]
  if (length === undefined)
    throw new ShapeProblem({ headline: "a single number cannot be looped over", mark: { span, text: "" } })
  within(length, span)
  return Array.from({ length }, (_, k) => indexWith(context, node, [k], span))
}

/** The entries that an object gives when it is looped over. */
function entriesByRule(context: Context, object: Value, span: Span): Value[] | undefined {
  const own = special(context, object, "__iter__", [], span)
  if (own !== undefined) return entriesOf(own)
  const length = knownNumber(special(context, object, "__len__", [], span) ?? null)
  if (length !== undefined) within(length, span)
  return length === undefined
    ? undefined
    : Array.from({ length }, (_, k) => special(context, object, "__getitem__", [k], span) ?? null)
}
