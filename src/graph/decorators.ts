// Decorators: which are called with the function, and which only say something of it.
import type { Expr } from "../syntax/ast.ts"
import { lastName } from "../syntax/walk.ts"
import { type Context, lookUp } from "./scope.ts"
import { isClosure, type Scope } from "./values.ts"

/** The last part of what a decorator names: "vmap" of jax.vmap, of partial(jax.vmap, in_axes=0) and of vmap(in_axes=0). */
export const decoratorName = (expr: Expr): string =>
  expr.type !== "Call"
    ? lastName(expr)
    : decoratorName(expr.callee) === "partial" && expr.args[0]
      ? decoratorName(expr.args[0].value)
      : decoratorName(expr.callee)

/** Decorators of libraries that change what a function does with its arguments. */
const wrapping: ReadonlySet<string> = new Set(["vmap", "vectorize"])

/** True for decorators that are called with the function: those of the user's own, and those that change its arguments. */
export function isCalled(context: Context, decorator: Expr, scope: Scope): boolean {
  if (wrapping.has(decoratorName(decorator))) return true
  const root = decorator.type === "Call" ? decorator.callee : decorator
  return root.type === "Name" && isClosure(lookUp(context, scope, root.name) ?? null)
}
