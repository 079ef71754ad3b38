// A gradient that leads away from the target.

import { partOf } from "../../definitions/roles.ts"
import { sizeOf } from "../../ops/shapes.ts"
import { LIVE } from "../../samples/states.ts"
import { count } from "../../source/count.ts"
import type { Finding } from "../finding.ts"
import { marksOf, textOf } from "../places.ts"
import type { Rule } from "../rule.ts"

/** Uphill when the step leads away from the target at more than this share of the living cases. */
const MOST = 0.6

export const uphill: Rule = {
  page: {
    rule: "uphill",
    summary: "following the gradient moves the prediction away from its target at most points",
    finds:
      "A loss that falls when the prediction moves away from its target: a score where larger is better that is minimised, a sign that was lost, swapped classes.",
    matters: "Training works, in the wrong direction: the printed loss falls and the model gets worse.",
    bad: [
      { expression: "mean(p*y + (1 - p)*(1 - y))", note: "the share of agreement, minimised" },
      { expression: "-(y - p)^2" },
    ],
    good: [{ expression: "1 - mean(p*y + (1 - p)*(1 - y))" }, { expression: "(y - p)^2" }],
    fine: "For adversarial terms, and for metrics where larger is better: say --maximize.",
    kin: ["dead-where-wrong"],
  },
  find: (view) => {
    const { role, points, targets, traced } = view.evidence.question
    if (role === "activation") return []
    return view.evidence.parameters.flatMap((p): Finding[] => {
      // Of several parameters only a prediction is meant to come to the target.
      if (view.evidence.parameters.length > 1 && partOf(p.name) !== "prediction") return []
      const target = traced.inputs.find(
        (i) => targets.includes(i.name) && i.classes === undefined && sizeOf(i.node.shape) === sizeOf(p.node.shape),
      )
      if (!target || !p.gradient || p.kind !== "element" || p.cancelled) return []
      const own = points.values.get(p.name)!
      const theirs = points.values.get(target.name)!
      let [away, live] = [0, 0]
      p.gradient.forEach((g, k) => {
        if (p.states[k] !== LIVE || own[k] === theirs[k]) return
        live++
        // A step against the gradient moves p by -g: away from the target when -g and y - p differ in sign.
        if (-g * (theirs[k]! - own[k]!) < 0) away++
      })
      if (live === 0 || away / live <= MOST) return []
      return [
        {
          rule: "uphill",
          level: role === "metric" ? "note" : "warning",
          headline: `following the gradient moves ${p.name} away from ${target.name}`,
          parameters: [p.name],
          marks: marksOf(traced.root, "falls as the prediction gets worse"),
          evidence: [
            {
              label: "seen",
              text: `at ${away === live ? "all" : `${count(away)} of`} ${count(live)} cases with a gradient, a step against it leads away from the target`,
            },
          ],
          help: [
            { text: `if larger is better, turn the sign${view.source.name === "" ? ", or say so: --maximize" : ""}` },
          ],
          notes: [],
          proof: "seen",
          blocks: textOf(traced.root),
        },
      ]
    })
  },
}
