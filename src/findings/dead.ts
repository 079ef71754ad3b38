// Parameters that no gradient reaches: the cause of each, those with one cause together.

import { dependents } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { Blocker } from "../samples/blame.ts"
import type { ParameterEvidence } from "../samples/evidence.ts"
import { count } from "../source/count.ts"
import type { Finding, FindingMark, Help, RuleName } from "./finding.ts"
import { frameworkLines } from "./frameworks.ts"
import { marksOfBlocker, textOf } from "./places.ts"
import { surrogatesFor } from "./surrogates.ts"
import type { LetOut, View } from "./view.ts"
import { whyBlocked, whyCut } from "./words.ts"

export interface DeadGroup {
  readonly rule: RuleName
  readonly parameters: readonly ParameterEvidence[]
  readonly blockers: readonly Blocker[]
}

/** "p", "p and q", "a, b and c". */
export const listNames = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`

/** True when what the node gives is added up over several entries: a count. */
function isCounted(view: View, node: Node): boolean {
  const { root } = view.evidence.question.traced
  return dependents(root, new Set([node])).some(
    (n) =>
      n.op.spreads &&
      (n.op.nature === "linear" || n.type === "whole") &&
      n.inputs.some((i) => sizeOf(i.shape) > 1 && (i === node || i.inputs.length > 0)),
  )
}

function causeOf(view: View, parameter: ParameterEvidence, blockers: readonly Blocker[]): RuleName {
  const { root } = view.evidence.question.traced
  if (parameter.cancelled) return "cancelled-gradient"
  if (parameter.reach === "reached") return "flat-side"
  if (!dependents(root, new Set([parameter.node])).includes(root) || blockers.length === 0)
    return "disconnected-parameter"
  const cuts = blockers.map((b) => b.node)
  if (cuts.every((n) => n.op.nature === "stop")) return "detached"
  const flat = cuts.filter((n) => n.op.nature !== "stop")
  const truths = dependents(root, new Set(cuts)).some((n) => n.type === "truth")
  if (truths && flat.some((n) => isCounted(view, n))) return "counting-metric"
  return flat.some((n) => n.op.nature === "choice") ? "discrete-choice" : "step-function"
}

/** The dead and disconnected parameters, grouped by cause and blockers. */
export function deadGroups(view: View): DeadGroup[] {
  const groups = new Map<string, { rule: RuleName; parameters: ParameterEvidence[]; blockers: readonly Blocker[] }>()
  for (const parameter of view.evidence.parameters) {
    const { verdict } = view.verdictOf(parameter)
    if (verdict !== "dead" && verdict !== "disconnected") continue
    const blockers = view.blockersOf(parameter)
    const rule = causeOf(view, parameter, blockers)
    const key = `${rule}|${blockers.map((b) => b.node.id).join()}`
    const group = groups.get(key)
    if (group) group.parameters.push(parameter)
    else groups.set(key, { rule, parameters: [parameter], blockers })
  }
  return [...groups.values()]
}

/** How few values the loss takes, where that tells something. */
function fewValues(view: View): string | undefined {
  const { points, traced } = view.evidence.question
  const different = new Set(view.evidence.losses.map(Math.fround)).size
  if (different > points.count / 4 || points.count < 20) return undefined
  const batch = Math.max(...traced.inputs.map((i) => i.node.shape[0] ?? 1))
  const what = batch > 1 ? `${count(points.count)} batches of ${batch}` : `${count(points.count)} points`
  return different === 1
    ? `at ${what} the value never changed`
    : `in ${what} the value was one of only ${count(different)} numbers`
}

/** How to say that all parameters are to be trained, where there is a way. */
const askFor = ({ source, evidence }: View): string =>
  source.name === "" ? `; if it is to be trained: --wrt ${evidence.parameters.map((p) => p.name).join(",")}` : ""

const letOutWords: Readonly<Record<LetOut, string>> = {
  purpose: "it is cut off on purpose while others are trained",
  name: "others are trained, and nothing says that it is a prediction",
  beside: "another argument is named as a prediction, and this one is not",
}

/** The finding for a group. Metrics may be dead: then it is a note. */
export function deadFinding(
  view: View,
  group: DeadGroup,
  extra: { readonly help?: readonly Help[]; readonly why?: string } = {},
): Finding {
  const names = group.parameters.map((p) => p.name)
  const { role } = view.evidence.question
  const proved = group.parameters.every((p) => view.verdictOf(p).proved)
  const cut = group.parameters.every((p) => p.reach !== "reached")
  const marks: FindingMark[] = group.blockers
    .slice(0, 3)
    .flatMap((b, k) =>
      marksOfBlocker(
        b,
        k === 0
          ? `the gradient stops here: ${cut ? whyCut(b.node) : whyBlocked(b)}`
          : cut
            ? whyCut(b.node)
            : whyBlocked(b),
      ),
    )
  const seen = fewValues(view)
  const reasons = group.parameters.map(view.letOutOf)
  const letOut = reasons.every((why) => why !== undefined)
  const help: Help[] =
    role === "metric" || letOut
      ? []
      : [...(group.blockers[0] ? surrogatesFor(view, group.blockers[0].node) : []), ...(extra.help ?? [])]
  if (role === "loss" && group.rule === "counting-metric")
    help.push({
      text: `if this is only reported, never trained on, say so: ${view.source.name === "" ? "--role metric" : "# gradcheck: metric"}`,
    })
  return {
    rule: group.rule,
    level: role === "metric" || letOut ? "note" : "error",
    headline: `no gradient reaches ${listNames(names)}`,
    parameters: names,
    marks,
    evidence: [
      ...(proved
        ? [
            {
              label: "proved",
              text: cut
                ? `the gradient is 0 for every ${listNames(names)}: each way to the ${role === "activation" ? "result" : role} runs through ${marks.length > 0 ? "what is marked" : "nothing that carries one"}`
                : `the gradient is 0 for every ${listNames(names)} in its range, by interval arithmetic`,
            },
          ]
        : [
            {
              label: "seen",
              text: `the gradient was 0 at all ${count(group.parameters[0]!.states.length)} ${group.parameters[0]!.kind === "element" && group.parameters[0]!.node.shape.length > 0 ? "elements" : "points"} drawn`,
            },
          ]),
      ...(extra.why ? [{ label: "why", text: extra.why }] : []),
      ...(seen ? [{ label: "seen", text: seen }] : []),
      ...(role === "metric" || letOut || !cut
        ? []
        : frameworkLines(
            view,
            group.blockers.map((b) => b.node),
            names,
          )),
    ],
    help,
    notes: letOut ? [`${letOutWords[reasons[0]!]}${askFor(view)}`] : [],
    proof: proved ? "proved" : "seen",
    blocks: group.blockers[0] ? textOf(group.blockers[0].node) : "",
  }
}
