// Ways out that replace or extend the whole loss: the loss of the logit, and a term that pulls from far away.

import type { Node } from "../graph/node.ts"
import { sameShape } from "../ops/shapes.ts"
import { entryOf } from "../ops/table.ts"
import type { ParameterEvidence } from "../samples/evidence.ts"
import type { Expr, Program } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { printProgram } from "../syntax/print.ts"
import { expressionAt, rewrite } from "../syntax/rewrite.ts"
import { freeNames } from "../syntax/walk.ts"
import { argumentsOfCall } from "./arguments.ts"
import type { Help } from "./finding.ts"
import { fill, verdictOf } from "./surrogates.ts"
import type { View } from "./view.ts"

/** The one target that a parameter is compared with, when it has the same shape. */
function targetOf(view: View, shape: readonly number[]): string | undefined {
  const { targets, traced } = view.evidence.question
  const fits = traced.inputs.filter((i) => targets.includes(i.name) && sameShape(i.node.shape, shape))
  return targets.length === 1 && fits.length === 1 ? fits[0]!.name : undefined
}

const nameOf = (name: string): Expr => parseExpression({ name: "loss", text: name })
const isVector = ({ shape }: Node, { evidence }: View): boolean =>
  shape.length > 0 && evidence.question.traced.root.shape.length === 0

/** The program with its last expression changed; undefined when it ends otherwise. */
function endingIn({ program }: View, make: (loss: Expr) => Expr): Program | undefined {
  const last = program.body.at(-1)
  if (last?.type !== "Expression") return undefined
  return { ...program, body: [...program.body.slice(0, -1), { ...last, value: make(last.value) }] }
}

/** Tries a text: it is offered when every case that was not finished has a gradient that does not fade. */
function tried(view: View, text: string, program: Program | undefined): Help[] {
  const write = program && printProgram(program)
  const trial = write === undefined ? undefined : view.tryOut(write)
  const checked = trial && trial.verdict === "alive" ? verdictOf(view, trial) : undefined
  return checked ? [{ text, write: write!, keepsValue: false, checked }] : []
}

/** A loss between what goes into a fading output and the target. */
export function lossOfInput(view: View, node: Node): Help[] {
  const { learned } = node.op
  const span = node.spans[0]
  const target = targetOf(view, node.shape)
  if (!learned || !target || !span || span.via) return []
  const call = expressionAt(view.program, span.start, span.end)
  const names = call && argumentsOfCall(call, node.op.name)
  if (!names) return []
  const write = isVector(node, view) ? `mean(${learned.write})` : learned.write
  const loss = fill(write, new Map([...names, ["target", nameOf(target)]]))
  const whole = endingIn(view, () => loss)
  // Steps that only the old loss took are left out.
  const inputs = view.evidence.question.traced.inputs.map((i) => i.name)
  const alone = [...freeNames(loss)].every((n) => inputs.includes(n) || entryOf(n) !== undefined)
  return tried(view, learned.text, whole && alone ? { body: whole.body.slice(-1) } : whole)
}

/** A small distance beside a loss that is flat where prediction and target are far apart. */
export function termFromAfar(view: View, { name, node, errorKind }: ParameterEvidence): Help[] {
  const target = targetOf(view, node.shape)
  if (!target || errorKind !== "distance" || view.evidence.question.maximize) return []
  const distance = isVector(node, view) ? "loss + 0.1*mean(abs(target - own))" : "loss + 0.1*abs(target - own)"
  const form = parseExpression({ name: "term", text: distance })
  const named = new Map([
    ["target", nameOf(target)],
    ["own", nameOf(name)],
  ])
  return tried(
    view,
    "add a term that pulls from far away, too; its weight is yours to choose",
    endingIn(view, (loss) =>
      rewrite(form, (e) => (e.type === "Name" ? (e.name === "loss" ? loss : named.get(e.name)) : undefined)),
    ),
  )
}
