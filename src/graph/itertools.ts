// Lists that a program makes of lists, as Python's itertools do.
import { count } from "../source/count.ts"
import type { Span } from "../source/text.ts"
import type { Called, PythonFunction } from "./builtins.ts"
import { callWith, type GivenArgument } from "./calls.ts"
import { loopedOver } from "./looping.ts"
import { applyTo, isMasked } from "./masked.ts"
import { operate } from "./operators.ts"
import { build, type Context, failAt, LONGEST_LOOP } from "./scope.ts"
import { knownTruth, wholeNumber } from "./static.ts"
import { isTensor, tensor, type Value } from "./values.ts"

/** The entries of whatever a loop may go over. */
export const listed = ({ context, span }: Called, value: Value): Value[] => loopedOver(context, value, span)

/** Python's own sum: the entries of a list one to another, and of a tensor those along its first axis. */
export function addedUp(context: Context, args: readonly GivenArgument[], span: Span): Value {
  const [over, start] = [args[0]?.value ?? null, args[1]?.value ?? 0]
  const entries = isTensor(over)
    ? [tensor(build(context, "sum", [over.node], { axis: 0, keepdims: false }, span))]
    : isMasked(over)
      ? [applyTo(context, "sum", [over], { axis: 0, keepdims: false }, span)]
      : loopedOver(context, over, span)
  return entries.reduce((sum, entry) => operate(context, "+", sum, entry, span), start)
}

/** Lists that are made of lists stay short enough to be gone through. */
const bounded = ({ span }: Called, length: number): void => {
  if (length > LONGEST_LOOP) failAt(span, "the list is too long", `${count(LONGEST_LOOP)} entries at most`)
}

/** The lists of product, each as often as `repeat` says. */
const repeated = ({ args, named, span }: Called): Value[] =>
  Array.from({ length: wholeNumber(named.get("repeat") ?? 1, span, "repeat") }, () => args).flat()

/** All choices of `size` entries in their order. */
const choices = (xs: readonly Value[], size: number): Value[][] =>
  size === 0 ? [[]] : xs.flatMap((x, k) => choices(xs.slice(k + 1), size - 1).map((rest) => [x, ...rest]))

/** All ways to put `size` of the entries in a row. */
const orders = (xs: readonly Value[], size: number): Value[][] =>
  size === 0 ? [[]] : xs.flatMap((x, k) => orders(xs.toSpliced(k, 1), size - 1).map((rest) => [x, ...rest]))

/** The size of a choice, bounded with the list that it makes. */
function sizeIn(call: Called, xs: readonly Value[], usual?: number): number {
  const size = wholeNumber(call.args[1] ?? call.named.get("r") ?? usual ?? null, call.span, "the size of a choice")
  bounded(call, xs.length ** Math.max(1, size))
  return Math.max(0, size)
}

export const itertools: readonly (readonly [path: string, run: PythonFunction])[] = [
  ...["filterfalse", "ifilterfalse"].map((name): [string, PythonFunction] => [
    `itertools.${name}`,
    (call) =>
      listed(call, call.args[1]!).filter(
        (v) => !knownTruth(call.args[0] === null ? v : callWith(call.context, call.args[0]!, [v], call.span)),
      ),
  ]),
  ["itertools.chain", (call) => call.args.flatMap((a) => listed(call, a))],
  [
    "itertools.product",
    (call) =>
      repeated(call)
        .map((a) => listed(call, a))
        .reduce<Value[][]>(
          (rows, xs) => {
            bounded(call, rows.length * xs.length)
            return rows.flatMap((row) => xs.map((x) => [...row, x]))
          },
          [[]],
        ),
  ],
  [
    "itertools.combinations",
    (call) => {
      const xs = listed(call, call.args[0]!)
      return choices(xs, sizeIn(call, xs))
    },
  ],
  [
    "itertools.permutations",
    (call) => {
      const xs = listed(call, call.args[0]!)
      return orders(xs, sizeIn(call, xs, xs.length))
    },
  ],
]
