// What a class says of operators on its objects: __add__, __getitem__, __len__ and the like.
import type { Span } from "../source/text.ts"
import type { BinaryOp, CompareOp } from "../syntax/ast.ts"
import { callGiven } from "./calls.ts"
import { memberOf, type ObjectValue } from "./objects.ts"
import type { Context } from "./scope.ts"
import { knownTruth } from "./static.ts"
import { kindOf, type Value } from "./values.ts"

/** Calls the special method of an object; undefined where its class has none, or leaves the answer to the other side. */
export function special(
  context: Context,
  object: Value,
  name: string,
  args: readonly Value[],
  span: Span,
): Value | undefined {
  if (kindOf(object) !== "object") return undefined
  const member = memberOf((object as ObjectValue).of, name)
  if (!member) return undefined
  const result = callGiven(
    context,
    member.value,
    [object, ...args].map((value) => ({ value, span })),
    span,
  )
  return kindOf(result) === "module" && (result as { path: string }).path === "NotImplemented" ? undefined : result
}

const arithmetic: Readonly<Record<BinaryOp, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
}

/** a + b by a's own rule, or by b's for the case that it stands on the right. */
export function byOwnRule(context: Context, op: BinaryOp, a: Value, b: Value, span: Span): Value | undefined {
  if (kindOf(a) !== "object" && kindOf(b) !== "object") return undefined
  return (
    special(context, a, `__${arithmetic[op]}__`, [b], span) ?? special(context, b, `__r${arithmetic[op]}__`, [a], span)
  )
}

const comparisons: Partial<Record<CompareOp, readonly [own: string, turned: string]>> = {
  "<": ["lt", "gt"],
  "<=": ["le", "ge"],
  ">": ["gt", "lt"],
  ">=": ["ge", "le"],
  "==": ["eq", "eq"],
  "!=": ["ne", "ne"],
}

/** a < b by a's own rule, or by b's for b > a; whether b holds a by b's. */
export function comparedByRule(context: Context, op: CompareOp, a: Value, b: Value, span: Span): Value | undefined {
  if (op === "in" || op === "not in") {
    const held = special(context, b, "__contains__", [a], span)
    const known = held === undefined ? undefined : knownTruth(held)
    return known === undefined ? undefined : known === (op === "in")
  }
  const names = comparisons[op]
  if (!names || (kindOf(a) !== "object" && kindOf(b) !== "object")) return undefined
  return special(context, a, `__${names[0]}__`, [b], span) ?? special(context, b, `__${names[1]}__`, [a], span)
}
