// Ways out that replace or extend the whole loss: the loss of the logit, and a term that pulls from far away.

import type { Node } from "../graph/node.ts"
import { sameShape } from "../ops/shapes.ts"
import { entryOf } from "../ops/table.ts"
import type { ParameterEvidence } from "../samples/evidence.ts"
import type { Edit } from "../source/edit.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { printExpr } from "../syntax/print.ts"
import { freeNames } from "../syntax/walk.ts"
import { editOf, type Place, placeAt } from "./code.ts"
import type { Help } from "./finding.ts"
import { argumentsAt, fill, tried } from "./surrogates.ts"
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

/** The edits that change the expression which gives the value; undefined where there is none. */
function endingIn(view: View, make: (place: Place) => Expr | undefined): readonly Edit[] | undefined {
  const { ending, source } = view
  const place = ending && placeAt(view, { source, ...ending })
  const other = place && make(place)
  return other && [editOf(place, other)]
}

/** A loss between what goes into a fading output and the target. */
export function lossOfInput(view: View, node: Node): Help[] {
  const { learned } = node.op
  const span = node.spans[0]
  const target = targetOf(view, node.shape)
  if (!learned || !target || !span || span.via) return []
  const place = placeAt(view, span)
  const names = place && argumentsAt(place, node.op.name)
  if (!names || span.source !== view.source) return []
  const write = isVector(node, view) ? `mean(${learned.write})` : learned.write
  const loss = fill(write, new Map([...names, ["target", nameOf(target)]]), place.code)
  if (!loss) return []
  // In an expression, steps that only the old loss took are left out.
  const inputs = view.evidence.question.traced.inputs.map((i) => i.name)
  const alone = [...freeNames(loss)].every((n) => inputs.includes(n) || entryOf(n) !== undefined)
  const { source, python } = place.code
  const edits =
    alone && !python
      ? [{ source, start: 0, end: source.text.length, write: printExpr(loss) }]
      : endingIn(view, () => loss)
  return tried(view, learned.text, edits, "alive")
}

/** A small distance beside a loss that is flat where prediction and target are far apart. */
export function termFromAfar(view: View, { name, node, errorKind }: ParameterEvidence): Help[] {
  const target = targetOf(view, node.shape)
  if (!target || errorKind !== "distance" || view.evidence.question.maximize) return []
  const distance = isVector(node, view) ? "loss + 0.1*mean(abs(target - own))" : "loss + 0.1*abs(target - own)"
  const named = new Map([
    ["target", nameOf(target)],
    ["own", nameOf(name)],
  ])
  return tried(
    view,
    "add a term that pulls from far away, too; its weight is yours to choose",
    endingIn(view, ({ expr, code }) => fill(distance, new Map([...named, ["loss", expr]]), code)),
    "alive",
  )
}
