// Branches: a known test picks a side; a tensor runs both, and what they leave behind is chosen element by element.
import { operation } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import type { FileStmt } from "../syntax/file-ast.ts"
import { isMasked, onSelection } from "./masked.ts"
import { addConstant, apply, isConstant, isInput, type Node } from "./node.ts"
import { runBlock } from "./python.ts"
import { build, type Context, failAt, lookUp, newScope, sideOf, spanOf, toNode } from "./scope.ts"
import { counted, knownNumber, knownTruth } from "./static.ts"
import { evaluate } from "./trace.ts"
import { isTensor, type Scope, tensor, type Value } from "./values.ts"

/** How a block ends. */
export type Flow =
  /**
   * "end": all that follows, up to the end of the function or of the loop's body, has been run. "done": the rest of the
   * loop, too.
   */
  | { readonly kind: "next" | "break" | "continue" | "end" | "done" }
  | { readonly kind: "return"; readonly value: Value; readonly span?: Span }
  /** An exception: the path is not taken by a run that gives a loss. */
  | { readonly kind: "raise"; readonly span: Span }

export const NEXT: Flow = { kind: "next" }
const END: Flow = { kind: "end" }
const DONE: Flow = { kind: "done" }
const leavesLoop = ({ kind }: Flow): boolean => kind === "break" || kind === "done"

interface Branch {
  readonly test: Expr
  readonly body: readonly FileStmt[]
}

/** `if`, its `elif`s and `else`; `rest` is what follows up to the end of the function or of the loop's body. */
export function branch(
  context: Context,
  [first, ...others]: readonly Branch[],
  otherwise: readonly FileStmt[],
  scope: Scope,
  rest: readonly FileStmt[],
): Flow {
  if (!first) return runBlock(context, otherwise, scope, rest)
  const test = evaluate(context, first.test, scope)
  const known = knownTruth(test)
  if (known !== undefined)
    return known ? runBlock(context, first.body, scope, rest) : branch(context, others, otherwise, scope, rest)
  const span = spanOf(context, first.test)
  const condition = toNode(context, test, span)
  const opposite = build(context, "logical_not", [condition], {}, span)
  const [yes, no] = [newScope(scope, condition), newScope(scope, opposite)]
  const then = runBlock(context, first.body, yes, rest)
  const other = branch(context, others, otherwise, no, rest)
  // An exception leaves the other side, unless that is one for empty selections only.
  const spared = (onYes: Flow, onNo: Flow): Flow | undefined => {
    if (onYes.kind !== "raise" && onNo.kind !== "raise") return undefined
    const usual = usually(context, condition)
    if (usual !== undefined && (usual ? onYes : onNo).kind === "raise") return usual ? onYes : onNo
    return onYes.kind === "raise" ? settle(onNo, no, scope) : settle(onYes, yes, scope)
  }
  const early = spared(then, other)
  if (early) return early
  const both = { context, condition, yes, no, scope, span }
  if (then.kind === "next" && other.kind === "next") return merge(both, NEXT)
  // One side leaves: the other goes on with what follows, and what they end with is chosen between.
  const finish = (flow: Flow, inner: Scope): Flow => {
    const whole = flow.kind === "next" ? runBlock(context, rest, inner) : flow
    return whole.kind === "next" || whole.kind === "continue" ? END : whole
  }
  // Where one side leaves the loop, the other goes through the rounds that follow.
  const toLoopEnd = (flow: Flow, inner: Scope): Flow => {
    const last = flow.kind === "end" ? context.goOn!(inner) : flow
    return last.kind === "next" || leavesLoop(last) ? DONE : last
  }
  const ends = [finish(then, yes), finish(other, no)] as const
  const [a, b] = context.goOn && ends.some(leavesLoop) ? [toLoopEnd(ends[0], yes), toLoopEnd(ends[1], no)] : ends
  const late = spared(a, b)
  if (late) {
    // Most inputs end in the exception that lies behind; what is left is a way around.
    if (late.kind !== "raise") context.used.strayed = (a.kind === "raise" ? a : (b as { readonly span: Span })).span
    return late
  }
  if (a.kind === "end" && b.kind === "end") return merge(both, END)
  if (a.kind === "done" && b.kind === "done") return merge(both, DONE)
  if (a.kind !== "return" || b.kind !== "return")
    return failAt(
      span,
      leavesLoop(a) || leavesLoop(b)
        ? "a loop that ends when a tensor says so is not followed"
        : "one side of this branch on a tensor returns and the other does not",
    )
  return { kind: "return", value: choose(both, a.value, b.value, [a.span, b.span]) }
}

/** Runs what is only run where a condition holds. */
export function guarded(
  context: Context,
  condition: Node,
  run: (inner: Scope) => Flow,
  scope: Scope,
  span: Span,
): void {
  const opposite = build(context, "logical_not", [condition], {}, span)
  const [yes, no] = [newScope(scope, condition), newScope(scope, opposite)]
  const flow = run(yes)
  if (flow.kind === "raise") return
  if (flow.kind !== "next" && flow.kind !== "continue")
    failAt(span, "a loop over a selection that is left early is not followed")
  merge({ context, condition, yes, no, scope, span }, NEXT)
}

/** The one side that goes on: its names are those of the block. */
function settle(flow: Flow, inner: Scope, scope: Scope): Flow {
  for (const [name, value] of inner.names) scope.names.set(name, value)
  return flow
}

interface Choice {
  readonly context: Context
  readonly condition: Node
  readonly span: Span
}
interface Sides extends Choice {
  readonly yes: Scope
  readonly no: Scope
  readonly scope: Scope
}

/** Names that either side changed are chosen between; one that only one side makes is that one's. */
function merge(sides: Sides, flow: Flow): Flow {
  const { context, yes, no, scope } = sides
  for (const name of new Set([...yes.names.keys(), ...no.names.keys()])) {
    const before = lookUp(context, scope, name)
    // None is null here, and a value like any other.
    const [a, b] = [yes, no].map((side) => (side.names.has(name) ? side.names.get(name) : before))
    const value = a === undefined ? b : b === undefined ? a : choose(sides, a, b)
    if (value !== undefined) scope.names.set(name, value)
  }
  return flow
}

/** So many entries stand for many. */
const MANY = 1_000_000

/** A condition with a large number in the place of every length that depends on data; undefined where it asks for more. */
function withMany(context: Context, node: Node): Node | undefined {
  if (counted.has(node)) return addConstant(context.graph, MANY, [], "whole")
  if (isConstant(node)) return node
  if (isInput(node)) return undefined
  const inputs = (node.op.guards ? node.inputs.slice(1) : node.inputs).map((i) => withMany(context, i))
  if (inputs.some((i) => i === undefined)) return undefined
  return node.op.guards ? inputs[0] : apply(context.graph, node.op, inputs as Node[], node.statics)
}

/** Whether a condition holds where no selection is empty; undefined where it asks for more than lengths. */
function usually(context: Context, condition: Node): boolean | undefined {
  const test = withMany(context, condition)
  return test && knownTruth(tensor(test))
}

const isNumeric = (v: Value): boolean => isTensor(v) || isMasked(v) || knownNumber(v) !== undefined

/**
 * Of two sides that no tensor can stand for, the one that is taken where nothing is empty: `if len(x) == 0: return None` is
 * there for empty selections. Undefined where both are numbers, or where the condition asks for more than lengths.
 */
function unlessEmpty({ context, condition }: Choice, a: Value, b: Value): { readonly side: Value } | undefined {
  if (isNumeric(a) && isNumeric(b)) return undefined
  const holds = usually(context, condition)
  return holds === undefined ? undefined : { side: holds ? a : b }
}

/** What a branch on a tensor leaves; the places are those of the two sides, where they are told. */
export function choose(sides: Choice, a: Value, b: Value, places: readonly (Span | undefined)[] = []): Value {
  if (a === b) return a
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.map((v, k) => choose(sides, v, b[k]!, places))
  const full = unlessEmpty(sides, a, b)
  if (full) return full.side
  const { context, condition, span } = sides
  if (isMasked(a) || isMasked(b))
    return onSelection(context, operation("where"), [tensor(condition), a, b], { control: true }, span)
  const side = (v: Value, place: Span | undefined) => (place ? sideOf(context, v, place) : toNode(context, v, span))
  return tensor(build(context, "where", [condition, side(a, places[0]), side(b, places[1])], { control: true }, span))
}
