// Where a tensor leaves its framework: float() and Python's math give plain numbers, NumPy's functions plain arrays, and
// none of them remembers what it was computed from.
import { shortPath } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { GivenArgument } from "./calls.ts"
import { belowOf, isInput } from "./node.ts"
import { build, type Context } from "./scope.ts"
import { isTensor, tensor, type Value } from "./values.ts"

/** What one trace meets of two worlds. A function that only knows NumPy is written for arrays, and says nothing of tensors. */
export interface Worlds {
  /** Something of a framework was called. */
  framework: boolean
  /** A tensor was handed to Python or NumPy. */
  plain: boolean
}

export const newWorlds = (): Worlds => ({ framework: false, plain: false })

/** Whether a trace has met both, so that what is plain is cut off from the inputs. */
export const isMixed = ({ framework, plain }: Worlds): boolean => framework && plain

/** Methods that arrays of NumPy have as well. */
const arrayMethods: ReadonlySet<string> = new Set(
  "all any argmax argmin argsort astype clip conj copy cumprod cumsum diagonal dot fill flatten item max mean min nonzero prod ravel repeat reshape resize round searchsorted sort squeeze std sum swapaxes take tolist trace transpose var view".split(
    " ",
  ),
)

const ofTensors = /^(torch|F|nn|tf|keras\.(ops|losses|activations)|K|jnp|jax|lax|optax)\./

const isPlain = (path: string): boolean => path === "float" || /^(np|math)\./.test(shortPath(path))

/** The program itself stands here, not what the vocabulary says of it. */
const isOwn = ({ file, source }: Context): boolean => file?.source === source

/** Hears of a method of a tensor. */
export function metMethod(context: Context, name: string): void {
  if (context.worlds && isOwn(context) && !arrayMethods.has(name)) context.worlds.framework = true
}

/** A function of a module and what it gives: a plain value has no way back, where the program has both worlds. */
export function throughPath(
  context: Context,
  path: string,
  args: readonly GivenArgument[],
  result: Value,
  span: Span,
): Value {
  const { worlds, cuts } = context
  if (!worlds || !isOwn(context)) return result
  const takes = args.some(({ value }) => isTensor(value) && [...belowOf(value.node)].some(isInput))
  if (!takes || !isTensor(result)) return result
  if (!isPlain(path)) {
    worlds.framework ||= ofTensors.test(shortPath(path))
    return result
  }
  worlds.plain = true
  const leavesFor = /^np\./.test(shortPath(path)) ? "NumPy" : "Python"
  return cuts ? tensor(build(context, "_plain", [result.node], { leavesFor }, span)) : result
}
