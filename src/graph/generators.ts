// Generators: a function that yields is run to its end, and what it yields is a list.
import type { Span } from "../source/text.ts"
import { failAt } from "./scope.ts"
import { entriesOf } from "./static.ts"
import type { Scope, Value } from "./values.ts"

/** Under this name, which no program can write, a function keeps what it has yielded. */
const YIELDED = " yielded"

/** `yield x` and `yield from xs` in a function that runs in the scope. What is sent into a generator is not known: None. */
export function yieldTo(scope: Scope, all: boolean, value: Value, span: Span): null {
  let at: Scope | undefined = scope
  while (at && !at.names.has(YIELDED)) {
    if (at.guard) failAt(span, "a yield on one side of a branch on a tensor is not followed")
    at = at.parent
  }
  const list = at?.names.get(YIELDED) as Value[] | undefined
  if (!list) return failAt(span, "yield stands in a function only")
  if (all) list.push(...(entriesOf(value) ?? failAt(span, "only what is known beforehand can be yielded from")))
  else list.push(value)
  return null
}

/** Runs a function's body: its result, or the list of what it yields. */
export function collecting(scope: Scope, run: (scope: Scope) => Value): Value {
  scope.names.set(YIELDED, [])
  const result = run(scope)
  const yielded = scope.names.get(YIELDED) as Value[]
  return yielded.length > 0 ? yielded : result
}
