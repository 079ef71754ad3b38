// max and min in all their forms, and the pairs of values and positions that torch hands back.
import { operation } from "../ops/table.ts"
import { applied, isMasked, onSelection } from "./masked.ts"
import { pointwise } from "./operators.ts"
import { build, failAt, toNode } from "./scope.ts"
import { knownTruth, wholeNumber, wholeNumbers } from "./static.ts"
import { type Call, number } from "./structure.ts"
import { isTensor, type Struct, tensor, type Value } from "./values.ts"

/** max and min: one tensor is folded, several numbers are compared element by element. */
export const extreme =
  (fold: "amax" | "amin", pair: "maximum" | "minimum") =>
  (call: Call): Value => {
    const { context, args, span } = call
    const xs = args.get("xs")!
    const list = Array.isArray(xs) ? xs : [xs]
    if (list.length === 1) {
      const [x] = list as [Value]
      const axis = args.get("axis") ?? null
      const statics = {
        axis:
          axis === null
            ? null
            : Array.isArray(axis)
              ? wholeNumbers(axis, span, "axis")
              : wholeNumber(axis, span, "axis"),
        keepdims: knownTruth(args.get("keepdims") ?? false) ?? false,
      }
      if (isMasked(x)) return onSelection(context, operation(fold), [x], statics, span)
      return tensor(build(context, fold, [toNode(context, x, span)], statics, span))
    }
    if (list.length === 0) failAt(span, `${fold.slice(1)} needs at least one number`)
    return list.slice(1).reduce((a, b) => pointwise(context, pair, [a, b], span), list[0]!)
  }

export const struct = (values: Value, indices: Value): Struct => ({
  kind: "struct",
  fields: new Map([
    ["values", values],
    ["indices", indices],
  ]),
})

/** Several results under names that are written in one text. */
export function named(call: Call): Struct {
  const xs = call.args.get("xs") as Value[]
  const names = String(call.args.get("names")).split(" ")
  return { kind: "struct", fields: new Map(names.map((name, k) => [name, xs[k]!])) }
}

export const torchExtreme =
  (fold: "amax" | "amin", index: "argmax" | "argmin", pair: "maximum" | "minimum") =>
  (call: Call): Value => {
    const { context, args, span } = call
    const other = args.get("other") ?? null
    const axis = args.get("axis") ?? null
    const x = args.get("x")!
    if (other === null && axis === null)
      return extreme(fold, pair)({ ...call, args: new Map<string, Value>([["xs", [x]]]) })
    if (isTensor(other)) return pointwise(context, pair, [x, other], span)
    const statics = {
      axis: wholeNumber(other ?? axis, span, "dim"),
      keepdims: knownTruth(args.get("keepdims") ?? false) ?? false,
    }
    const at = applied(context, index, [x], { axis: statics.axis, keepdims: true }, span)
    const picked = applied(context, "take_along", [x, at], { axis: statics.axis }, span)
    const drop = (v: Value): Value =>
      statics.keepdims ? v : applied(context, "squeeze", [v], { axis: statics.axis }, span)
    return struct(drop(picked), drop(at))
  }

/** torch.sort and the like: the entries in order, and where they came from. */
export function order(call: Call, largest: boolean): { values: Value; indices: Value } {
  const statics = { axis: number(call, "axis"), descending: largest }
  const x = call.args.get("x")!
  const values = applied(call.context, "sort", [x], statics, call.span)
  return { values, indices: isMasked(x) ? null : applied(call.context, "argsort", [x], statics, call.span) }
}
