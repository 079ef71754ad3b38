// The statement match over known values: which of its cases takes the subject, and the names that its pattern binds.
import type { Span } from "../source/text.ts"
import type { Case, Pattern } from "../syntax/file-ast.ts"
import { attributeOf } from "./attributes.ts"
import { hasAttribute, isInstance } from "./builtins.ts"
import { type ClassValue, memberOf } from "./objects.ts"
import { comparePair } from "./operators.ts"
import { type Context, failAt, spanOf } from "./scope.ts"
import { entriesOf, knownTruth } from "./static.ts"
import { evaluate } from "./trace.ts"
import { type Dict, kindOf, type Scope, type Value } from "./values.ts"

/** The first case that takes the subject, its names bound; undefined when none does. */
export function caseFor(context: Context, subject: Value, cases: readonly Case[], scope: Scope): Case | undefined {
  return cases.find(
    ({ pattern, guard }) =>
      takes(context, pattern, subject, scope) &&
      (!guard || settled(evaluate(context, guard, scope), spanOf(context, guard))),
  )
}

const settled = (value: Value, span: Span): boolean =>
  knownTruth(value) ?? failAt(span, "a match that is decided by a tensor is not followed")

/** Python's own types take what they match as their one part. */
const whole = /^(bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)$/

function takes(context: Context, pattern: Pattern, subject: Value, scope: Scope): boolean {
  const span = spanOf(context, pattern)
  const each = (patterns: readonly Pattern[], values: readonly Value[]): boolean =>
    patterns.every((p, k) => takes(context, p, values[k]!, scope))
  const bind = (name: string | undefined, value: Value): true => {
    if (name !== undefined) scope.names.set(name, value)
    return true
  }
  switch (pattern.type) {
    case "Value": {
      const value = evaluate(context, pattern.value, scope)
      const once = value === null || typeof value === "boolean"
      const alike = once || kindOf(subject) === kindOf(value) || !["string", "None"].includes(kindOf(subject))
      return alike && settled(comparePair(context, once ? "is" : "==", subject, value, span), span)
    }
    case "Capture":
      return bind(pattern.name, subject)
    case "As":
      return takes(context, pattern.pattern, subject, scope) && bind(pattern.name, subject)
    case "Or":
      return pattern.items.some((p) => takes(context, p, subject, scope))
    case "Sequence": {
      const entries = Array.isArray(subject) ? subject : undefined
      const rest = pattern.items.findIndex((p) => p.type === "Rest")
      const [before, after] =
        rest < 0 ? [pattern.items, []] : [pattern.items.slice(0, rest), pattern.items.slice(rest + 1)]
      if (!entries || entries.length < before.length + after.length) return false
      if (rest < 0 && entries.length > before.length) return false
      const end = entries.length - after.length
      const middle = pattern.items[rest]
      return (
        each(before, entries) &&
        each(after, entries.slice(end)) &&
        (middle?.type !== "Rest" || bind(middle.name, entries.slice(before.length, end)))
      )
    }
    case "Rest":
      return bind(pattern.name, subject)
    case "Mapping": {
      if (kindOf(subject) !== "dict") return false
      const left = new Map((subject as Dict).entries)
      for (const { key, pattern: inner } of pattern.entries) {
        const name = evaluate(context, key, scope)
        const value = left.get(name)
        if (value === undefined || !takes(context, inner, value, scope)) return false
        left.delete(name)
      }
      return bind(pattern.rest, { kind: "dict", entries: left })
    }
    case "Class": {
      const type = evaluate(context, pattern.callee, scope)
      if (!isInstance(context, subject, type)) return false
      if (kindOf(type) === "module" && whole.test((type as { path: string }).path))
        return each(pattern.items, [subject]) && pattern.named.length === 0
      const order = kindOf(type) === "class" ? memberOf(type as ClassValue, "__match_args__")?.value : undefined
      const names = order === undefined ? [] : (entriesOf(order) ?? []).map(String)
      if (pattern.items.length > names.length) failAt(span, "which attributes stand in these places is not known")
      const named = [...pattern.items.map((p, k) => ({ name: names[k]!, pattern: p })), ...pattern.named]
      return named.every(
        ({ name, pattern: inner }) =>
          hasAttribute(subject, name) && takes(context, inner, attributeOf(context, subject, name, span), scope),
      )
    }
  }
}
