// max and min in all their forms, and the pairs of values and positions that torch hands back.
import { applyTo, isMasked } from "./masked.ts"
import { pointwise } from "./operators.ts"
import { failAt } from "./scope.ts"
import { knownTruth, wholeNumber, wholeNumbers } from "./static.ts"
import { type Call, number } from "./structure.ts"
import { isTensor, type Struct, type Value } from "./values.ts"

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
      return applyTo(context, fold, [x], statics, span)
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
    if (isTensor(other) || isMasked(other)) return pointwise(context, pair, [x, other], span)
    const statics = {
      axis: wholeNumber(other ?? axis, span, "dim"),
      keepdims: knownTruth(args.get("keepdims") ?? false) ?? false,
    }
    const at = applyTo(context, index, [x], { axis: statics.axis, keepdims: true }, span)
    const picked = applyTo(context, "take_along", [x, at], { axis: statics.axis }, span)
    const drop = (v: Value): Value =>
      statics.keepdims ? v : applyTo(context, "squeeze", [v], { axis: statics.axis }, span)
    return struct(drop(picked), drop(at))
  }

export const order = (call: Call, largest: boolean): { values: Value; indices: Value } => {
  const statics = { axis: number(call, "axis"), descending: largest }
  const x = call.args.get("x")!
  return {
    values: applyTo(call.context, "sort", [x], statics, call.span),
    indices: applyTo(call.context, "argsort", [x], statics, call.span),
  }
}
