// Ways out: surrogates from the records, written into the user's own text, and offered only after they were tried.

import { compute } from "../gradient/compile.ts"
import { lowerFormula } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import type { Surrogate } from "../ops/record.ts"
import { entryOf, isOperation } from "../ops/table.ts"
import { verdicts } from "../samples/evidence.ts"
import { count } from "../source/count.ts"
import type { Span } from "../source/text.ts"
import type { Expr, Program } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { printProgram } from "../syntax/print.ts"
import { expressionAt, rewrite } from "../syntax/rewrite.ts"
import { argumentsOfCall } from "./arguments.ts"
import type { Help } from "./finding.ts"
import { outermost } from "./places.ts"
import type { Trial, View } from "./view.ts"

const MOST_OFFERED = 2

/** The user's program with every place of a node replaced; undefined when a place is no expression of its own. */
function replaced(view: View, places: readonly Span[], make: (at: Expr) => Expr | undefined): string | undefined {
  const own = [...new Set(places.map(outermost))]
  let program: Program = view.program
  let changed = false
  for (const span of own) {
    const at = expressionAt(view.program, span.start, span.end)
    const other = at && make(at)
    if (!other) return undefined
    program = rewrite(program, (e) =>
      e.start === span.start && e.end === span.end && e.type === at.type ? other : undefined,
    )
    changed = true
  }
  return changed ? printProgram(program) : undefined
}

/** `write` with the argument names replaced by what the user wrote. */
export function fill(write: string, names: ReadonlyMap<string, Expr>): Expr {
  return rewrite(parseExpression({ name: "surrogate", text: write }), (e) =>
    e.type === "Name" ? names.get(e.name) : undefined,
  )
}

/** Whether a condition over a node's arguments holds at every drawn point. */
function holds(view: View, node: Node, condition: string): boolean {
  const { traced, points, format } = view.evidence.question
  const truth = compute([lowerFormula(traced.graph, node, condition)], format, points)[0]!
  return truth.every((t) => t !== 0)
}

/** What a trial showed, in words; undefined when it did not help. */
export function verdictOf(view: View, trial: Trial): Help["checked"] | undefined {
  const before = worstCounts(view.evidence)
  const after = worstCounts(trial.evidence)
  if (verdicts.indexOf(trial.verdict) >= verdicts.indexOf("broken")) return undefined
  if (after.stuck + after.flat > 0 && after.live / after.cases <= before.live / before.cases) return undefined
  const where =
    after.live === after.cases
      ? `at all ${count(after.cases)} ${after.what}`
      : `at ${count(after.live)} of ${count(after.cases)} ${after.what}`
  return {
    verdict: trial.verdict,
    live: after.live,
    cases: after.cases,
    text:
      after.stuck > 0
        ? `live ${where}, stuck at ${count(after.stuck)}`
        : `alive ${where}${after.resting > 0 ? ", the others are finished" : ""}`,
  }
}

function worstCounts(evidence: Trial["evidence"]): {
  live: number
  stuck: number
  flat: number
  resting: number
  cases: number
  what: string
} {
  const p = [...evidence.parameters].sort(
    (a, b) => a.counts.live / a.states.length - b.counts.live / b.states.length,
  )[0]!
  return {
    ...p.counts,
    cases: p.states.length,
    what: p.kind === "element" && p.node.shape.length > 0 ? "elements" : "points",
  }
}

/** Tries the surrogates of a node's operation, or of the composition that it lies in. */
export function surrogatesFor(view: View, node: Node, most = MOST_OFFERED): Help[] {
  const span = node.spans[0]
  if (!span) return []
  const offers: Help[] = []
  for (const { surrogate, text } of rewrites(view, node, span)) {
    if (offers.length >= most) break
    const trial = view.tryOut(text)
    const checked = trial && verdictOf(view, trial)
    if (checked) offers.push({ text: surrogate.text, write: text, keepsValue: false, checked })
  }
  return offers
}

function* rewrites(view: View, node: Node, span: Span): Generator<{ surrogate: Surrogate; text: string }> {
  // Inside a composition the call itself is replaced: the outermost one that knows a way.
  for (let at: Span | undefined = span; at?.via; at = at.via) {
    const name = at.source.name
    const entry = entryOf(name)
    if (!entry || at.via.via || isOperation(entry) || !("instead" in entry)) continue
    for (const surrogate of entry.instead ?? []) {
      const make = (call: Expr): Expr | undefined => {
        const names = argumentsOfCall(call, name)
        return names && fill(surrogate.write, names)
      }
      const text = surrogate.turns ? turned(view, at.via, make) : replaced(view, [at.via], make)
      if (text) yield { surrogate, text }
    }
  }
  if (span.via) return
  for (const surrogate of node.op.instead ?? []) {
    if (surrogate.when && !holds(view, node, surrogate.when)) continue
    const text = replaced(view, node.spans, (at) => {
      const names = argumentsOfCall(at, node.op.name)
      return names && fill(surrogate.write, names)
    })
    if (text) yield { surrogate, text }
  }
  yield* agreements(view, node)
}

/** A surrogate that is a loss, in the place of a score where larger is better: `1 - score` and `-score` become the loss. */
function turned(view: View, place: Span, make: (call: Expr) => Expr | undefined): string | undefined {
  let program: Program | undefined
  const isCall = (e: Expr): boolean => e.start === place.start && e.end === place.end
  const rest = rewrite(view.program, (e) => {
    if (program) return undefined
    const one =
      e.type === "Binary" && e.op === "-" && e.left.type === "Number" && e.left.value === 1 && isCall(e.right)
        ? e.right
        : undefined
    const minus = e.type === "Unary" && e.op === "-" && isCall(e.operand) ? e.operand : undefined
    const call = one ?? minus
    const loss = call && make(call)
    if (loss) program = view.program
    return loss
  })
  if (program) return printProgram(rest)
  const last = view.program.body.at(-1)
  const whole = last?.type === "Expression" && isCall(last.value)
  return replaced(view, [place], (call) => {
    const loss = make(call)
    return loss && !whole
      ? rewrite(parseExpression({ name: "turned", text: "1 - loss" }), (e) => (e.type === "Name" ? loss : undefined))
      : loss
  })
}

/** A cut that is compared with something for equality: both together are replaced by a soft agreement. */
function* agreements(view: View, node: Node): Generator<{ surrogate: Surrogate; text: string }> {
  for (const user of view.evidence.question.traced.graph.nodes) {
    if (!user.op.compares || !user.inputs.includes(node) || !user.spans[0] || user.spans[0].via) continue
    const [own, other] = user.inputs[0] === node ? ["a", "b"] : ["b", "a"]
    const write = (make: (cut: Expr, names: ReadonlyMap<string, Expr>) => Expr | undefined): string | undefined =>
      replaced(view, user.spans, (at) => {
        const names = argumentsOfCall(at, user.op.name)
        const cut = names?.get(own)
        return names && cut && make(cut, names)
      })
    const { matches } = node.op
    if (matches) {
      const text = write((cut, names) => {
        const inner = argumentsOfCall(cut, node.op.name)
        const write = user.op.compares === "different" ? `1 - ${matches.write}` : matches.write
        return inner && fill(write, new Map([...inner, ["other", names.get(other)!]]))
      })
      if (text) yield { surrogate: matches, text }
    }
    for (const surrogate of user.op.instead ?? []) {
      if (surrogate.when && !holds(view, user, surrogate.when)) continue
      const text = write((cut, names) => {
        const inner = argumentsOfCall(cut, node.op.name)
        const soft = (node.op.instead ?? []).find((i) => !i.when || holds(view, node, i.when))
        return (
          inner &&
          soft &&
          fill(
            surrogate.write,
            new Map([
              [own, fill(soft.write, inner)],
              [other, names.get(other)!],
            ]),
          )
        )
      })
      if (text) yield { surrogate, text }
    }
  }
}

/** The user's text with the argument of a node replaced by `make` of it. */
export function withArgument(view: View, node: Node, argument: string, make: (text: Expr) => Expr): string | undefined {
  return replaced(view, node.spans, (at) => {
    const own = argumentsOfCall(at, node.op.name)?.get(argument)
    return own && rewrite(at, (e) => (e === own ? make(own) : undefined))
  })
}
