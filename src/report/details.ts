// What -v adds, and the sizes of a gradient that is well: figures behind a verdict.

import { finiteText, provedText } from "../findings/proved.ts"
import type { LossResult, ParameterResult } from "../findings/result.ts"
import type { Open } from "../samples/dead-sides.ts"
import { stateNames } from "../samples/states.ts"
import { columns, labelled } from "./lines.ts"
import { count, percent, size } from "./numbers.ts"
import { sparkline, trend } from "./sparkline.ts"
import { say, type Theme } from "./theme.ts"
import { caseWord } from "./verdict.ts"

const ROOM = 9

/** Least, median and greatest size, how the size goes with the error, and what is proved, unless that follows below. */
export function sizeLines(result: LossResult, theme: Theme, verbose = false): string[] {
  const many = Object.keys(result.parameters).length > 1
  return Object.entries(result.parameters).flatMap(([name, p]) => {
    const of = many ? ` of ${name}` : ""
    return [
      ...(p.size
        ? labelled(
            "size",
            `least ${size(p.size.least)}   median ${size(p.size.median)}   greatest ${size(p.size.greatest)}${of && `  ${of}`}`,
            ROOM,
            theme,
          )
        : []),
      ...byErrorLine(p, of, theme),
      ...(verbose ? [] : provedLines(result, p, of, theme)),
    ]
  })
}

/** What intervals prove; nothing is said where more than half of the ranges stays open, which only -v tells of. */
export function provedLines(result: LossResult, p: ParameterResult, of: string, theme: Theme): string[] {
  if (p.certified.undecided > 0.5) return []
  const text = provedText(p.certified, p.deadRegion, result.inputs.length > 1 ? "ranges" : "range")
  return text === "" ? [] : labelled("proved", `${text}${of && `  ${of}`}`, ROOM, theme)
}

const whyOpen: Readonly<Record<Open, string>> = {
  mixed: "the loss mixes elements, so that a gradient hangs on more than 4 numbers",
  joint: "it hangs on numbers that are drawn together, which are not split",
  large: "there are too many steps to look at each element; --prove N with a larger N may",
  budget: "intervals do not decide it; --prove N with a larger N looks closer",
}
/** What is left beside a border is as narrow as the search, and needs no reason. */
const NARROW = 0.01

/** What is proved of the value, in words. */
const valueWords = (finite: number): string =>
  finite === 0 ? "not proved to be finite" : finiteText({ finite, live: 0, dead: 0, undecided: 1 })

/** How far a proof got, in words, and why it got no further. */
function proofWords(result: LossResult, { certified, deadRegion, open }: ParameterResult): string {
  const text = provedText(certified, deadRegion, result.inputs.length > 1 ? "ranges" : "range")
  const finite = finiteText(certified)
  const also = finite && `; ${finite}`
  if (certified.undecided === 0) return text + also
  const why = open && whyOpen[open]
  if (text !== "")
    return `${text}, open for ${percent(certified.undecided)}${why && certified.undecided > NARROW ? ` (${why})` : ""}${also}`
  return finite === "" ? `not proved: ${why}` : `${finite}; where it is 0 is not proved: ${why}`
}

function byErrorLine({ byError }: ParameterResult, of: string, theme: Theme): string[] {
  if (!byError || byError.length < 2 || byError.every((v) => v === 0)) return []
  const words = trend(byError)
  const spark = `near ${sparkline(byError, theme)} far`
  // The signs of the sparkline are the theme's own already.
  return labelled("by error", `${spark}${words === "" ? "" : `        ${words}`}${of && `  ${of}`}`, ROOM, theme)
}

/** Inputs, role, points, states and time. */
export function verboseLines(result: LossResult, theme: Theme): string[] {
  const { inputs, options, parameters, role, roleAssumed, seconds } = result
  const rows = columns(
    inputs
      .map(({ name, range, shape, why, shapeAssumed }) => [
        name,
        range,
        shape.length > 0 ? `[${shape.join(", ")}]` : "one number",
        [
          Object.hasOwn(parameters, name) ? "parameter" : "",
          why === undefined ? "" : `range assumed from ${why}`,
          shapeAssumed ? "shape found by use" : "",
        ]
          .filter((s) => s !== "")
          .join(", "),
      ])
      .map((row) => row.map((cell) => say(cell, theme))),
    3,
    [0, 1, 2, 3],
  )
  const states = Object.entries(parameters).flatMap(([name, p]) => [
    [
      "states",
      `${name}: ${stateNames.map((s) => `${s} ${count(p.counts[s])}`).join("   ")}   (one case is one ${caseWord(result, name)})`,
    ] as const,
    ["proved", `${name}: ${proofWords(result, p)}`] as const,
    [
      "zero",
      `${name}: ${percent(p.zero.elements)} of the gradient's elements, all of them at ${percent(p.zero.points)} of points`,
    ] as const,
  ])
  const lines: (readonly [string, string])[] = [
    ...rows.map((row, k) => [k === 0 ? "inputs" : "", row] as const),
    ["role", roleAssumed ? `${role}, as it looks; --role changes it` : role],
    [
      "points",
      `${count(options.samples)} drawn, seed ${options.seed}; vectors of ${count(options.batch)} where no shape is stated`,
    ],
    ["numbers", `${options.dtype}, ${options.framework} conventions at kinks`],
    ...states,
    ["proved", `the ${role === "activation" ? "value" : role}: ${valueWords(result.finiteValue)}`] as const,
    ...(seconds > 0 ? [["time", `${seconds < 0.001 ? "under 0.001" : seconds.toFixed(3)} s`] as const] : []),
  ]
  return lines.flatMap(([label, text]) => labelled(label, text, ROOM, theme, "evidence", true))
}
