// Ways out: surrogates from the records, written into the user's own text, and offered only after they were tried.

import { compute } from "../gradient/compile.ts"
import { lowerFormula } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import type { Surrogate } from "../ops/record.ts"
import { entryOf, isOperation } from "../ops/table.ts"
import { verdicts } from "../samples/states.ts"
import { count } from "../source/count.ts"
import { composed, type Edit } from "../source/edit.ts"
import type { Span } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { rewrite } from "../syntax/rewrite.ts"
import { argumentsOfCall } from "./arguments.ts"
import { type Code, editOf, type Place, placeAt, placesOf, whereWritten, writtenAfter } from "./code.ts"
import type { Help } from "./finding.ts"
import { spelled } from "./spelling.ts"
import type { Trial, View } from "./view.ts"

const MOST_OFFERED = 2
/** So many are tried for one finding. */
const MOST_TRIED = 8
/** So many steps may be needed, one behind the other. */
const DEEPEST = 4

type Make = (place: Place) => Expr | undefined

/** The edits that put another expression in each of these places; undefined when one is no expression of its own. */
function replaced(view: View, spans: readonly Span[], make: Make): readonly Edit[] | undefined {
  const edits: Edit[] = []
  for (const place of placesOf(view, spans) ?? []) {
    const other = make(place)
    if (!other) return undefined
    edits.push(editOf(place, other))
  }
  return edits.length > 0 ? edits : undefined
}

/** `write` as the code would say it, with the argument names replaced by what the user wrote. */
export function fill(write: string, names: ReadonlyMap<string, Expr>, code: Code): Expr | undefined {
  const open = rewrite(parseExpression({ name: "surrogate", text: write }), (e) =>
    e.type === "Name" && names.has(e.name) ? { ...e, name: `§${e.name}` } : undefined,
  )
  const own = spelled(open, code)
  return (
    own && rewrite(own, (e) => (e.type === "Name" && e.name.startsWith("§") ? names.get(e.name.slice(1)) : undefined))
  )
}

/** The arguments of a call or an operator in the user's own text. */
export const argumentsAt = ({ expr, code }: Place, name: string): ReadonlyMap<string, Expr> | undefined =>
  argumentsOfCall(expr, name, code.pathOf)

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

/** What edits make of the text, as a help, when the trial shows that they help. */
export function tried(view: View, text: string, edits: readonly Edit[] | undefined, only?: Trial["verdict"]): Help[] {
  const trial = edits && view.tryOut(edits)
  const checked = trial && (only === undefined || trial.verdict === only) ? verdictOf(view, trial) : undefined
  return edits && checked ? [offerOf(view, text, edits, checked)] : []
}

const offerOf = (view: View, text: string, edits: readonly Edit[], checked: Help["checked"]): Help => ({
  text: text + whereWritten(view, edits),
  write: writtenAfter(view, edits),
  edits,
  keepsValue: false,
  ...(checked ? { checked } : {}),
})

/** Tries the surrogates of a node's operation, or of the composition that it lies in. */
export function surrogatesFor(view: View, node: Node): Help[] {
  const offers: Help[] = []
  const left = { tries: MOST_TRIED }
  for (const step of rewrites(view, node)) {
    if (offers.length >= MOST_OFFERED || left.tries <= 0) break
    const way = wayFrom(view, view, step, left, DEEPEST)
    if (way) offers.push(offerOf(view, [...new Set(way.texts)].join("; and "), way.edits, way.checked))
  }
  return offers
}

interface Way {
  /** What is done, step by step. */
  readonly texts: readonly string[]
  readonly edits: readonly Edit[]
  readonly checked: Help["checked"]
}

/** A step, and where something is still in the way behind it, a step there as well. */
function wayFrom(first: View, view: View, step: Rewrite, left: { tries: number }, deep: number): Way | undefined {
  left.tries--
  const { text } = step.surrogate
  const { edits } = step
  const trial = view.tryOut(edits)
  const checked = trial && verdictOf(first, trial)
  if (checked) return { texts: [text], edits, checked }
  if (!trial || deep <= 1 || !gone.has(trial.verdict)) return undefined
  const next = trial.view()
  const parameter = next.evidence.parameters.find((p) => gone.has(next.verdictOf(p).verdict))
  const blocker = parameter && next.blockersOf(parameter)[0]
  for (const more of blocker ? rewrites(next, blocker.node) : []) {
    if (left.tries <= 0) return undefined
    const way = wayFrom(first, next, more, left, deep - 1)
    if (way) return { texts: [text, ...way.texts], edits: composed(edits, way.edits), checked: way.checked }
  }
  return undefined
}

const gone: ReadonlySet<string> = new Set(["dead", "disconnected"])

interface Rewrite {
  readonly surrogate: Surrogate
  readonly edits: readonly Edit[]
}

function* rewrites(view: View, node: Node): Generator<Rewrite> {
  const span = node.spans[0]
  if (!span) return
  // Inside a composition the call itself is replaced: the outermost one that knows a way.
  for (let at: Span | undefined = span; at?.via; at = at.via) {
    const name = at.source.name
    const entry = entryOf(name)
    if (!entry || at.via.via || isOperation(entry) || !("instead" in entry)) continue
    for (const surrogate of entry.instead ?? []) {
      const make: Make = (place) => {
        const names = argumentsAt(place, name)
        return names && fill(surrogate.write, names, place.code)
      }
      const edits = surrogate.turns ? turned(view, at.via, make) : replaced(view, [at.via], make)
      if (edits) yield { surrogate, edits }
    }
  }
  if (span.via) return
  for (const surrogate of node.op.instead ?? []) {
    if (surrogate.when && !holds(view, node, surrogate.when)) continue
    const edits = replaced(view, node.spans, (place) => {
      const names = argumentsAt(place, node.op.name)
      return names && fill(surrogate.write, names, place.code)
    })
    if (edits) yield { surrogate, edits }
  }
  yield* agreements(view, node)
}

/** A surrogate that is a loss, in the place of a score where larger is better: `1 - score` and `-score` become the loss. */
function turned(view: View, span: Span, make: Make): readonly Edit[] | undefined {
  const place = placeAt(view, span)
  const loss = place && make(place)
  if (!loss) return undefined
  const parent = place.around.at(-1)
  const one = parent?.type === "Binary" && parent.op === "-" && parent.left.type === "Number" && parent.left.value === 1
  const minus = parent?.type === "Unary" && parent.op === "-"
  if (minus || (one && parent.right === place.expr))
    return [editOf({ ...place, expr: parent, around: place.around.slice(0, -1) }, loss)]
  const whole = !parent && ["Expression", "Return"].includes(place.statement.type)
  const other = whole ? loss : fill("1 - loss", new Map([["loss", loss]]), place.code)
  return other && [editOf(place, other)]
}

/** What goes into a node, at a place where the user wrote it, or a name for what it gives. */
function argumentsThere(view: View, node: Node, at: Expr, { code }: Place): ReadonlyMap<string, Expr> | undefined {
  const there = argumentsOfCall(at, node.op.name, code.pathOf)
  if (there || at.type !== "Name") return there
  const made = node.spans[0] && placeAt(view, node.spans[0])
  return made?.code.source === code.source ? argumentsAt(made, node.op.name) : undefined
}

/** A cut that is compared with something for equality: both together are replaced by a soft agreement. */
function* agreements(view: View, node: Node): Generator<Rewrite> {
  for (const user of view.evidence.question.traced.graph.nodes) {
    if (!user.op.compares || !user.inputs.includes(node) || !user.spans[0] || user.spans[0].via) continue
    const [own, other] = user.inputs[0] === node ? ["a", "b"] : ["b", "a"]
    type Write = (inner: ReadonlyMap<string, Expr>, other: Expr, code: Code) => Expr | undefined
    const write = (make: Write): readonly Edit[] | undefined =>
      replaced(view, user.spans, (place) => {
        const names = argumentsAt(place, user.op.name)
        const cut = names?.get(own)
        const inner = cut && argumentsThere(view, node, cut, place)
        return inner && make(inner, names!.get(other)!, place.code)
      })
    const { matches } = node.op
    if (matches) {
      const formula = user.op.compares === "different" ? `1 - ${matches.write}` : matches.write
      const edits = write((inner, other, code) => fill(formula, new Map([...inner, ["other", other]]), code))
      if (edits) yield { surrogate: matches, edits }
    }
    for (const surrogate of user.op.instead ?? []) {
      if (surrogate.when && !holds(view, user, surrogate.when)) continue
      const edits = write((inner, theirs, code) => {
        const soft = (node.op.instead ?? []).find((i) => !i.when || holds(view, node, i.when))
        const share = soft && fill(soft.write, inner, code)
        return (
          share &&
          fill(
            surrogate.write,
            new Map([
              [own, share],
              [other, theirs],
            ]),
            code,
          )
        )
      })
      if (edits) yield { surrogate, edits }
    }
  }
}
