// The page of a rule: what it finds, why it matters, and examples with the figures of a run made for the page.
import type { CheckOptions } from "../../definitions/options.ts"
import { type RuleName, ruleLevels } from "../../findings/finding.ts"
import type { RulePage } from "../../findings/pages.ts"
import type { LossResult } from "../../findings/result.ts"
import { type StateName, stateNames } from "../../samples/states.ts"
import { columns, hanging } from "../lines.ts"
import { count, percent } from "../numbers.ts"
import { say, type Theme } from "../theme.ts"
import { verdictWords } from "../verdict.ts"
import { widthOf } from "../width.ts"
import { page, paragraph, titled } from "./page.ts"

type Check = (expression: string, options?: CheckOptions) => LossResult
type Example = RulePage["bad"][number]

export function rulePage(rule: RulePage, check: Check, theme: Theme): string[] {
  return page(rule.rule, ruleLevels[rule.rule], theme, [
    titled("What it finds", paragraph(rule.finds, theme), theme),
    titled("Why it matters", paragraph(rule.matters, theme), theme),
    titled("Found in", examples(rule.bad, rule.rule, check, theme), theme),
    titled("Not in", examples(rule.good, rule.rule, check, theme), theme),
    titled("When it is fine", paragraph(rule.fine, theme), theme),
    ...(rule.kin.length > 0 ? [[`${theme.paint("strong", "Kin")}  ${rule.kin.join(", ")}`]] : []),
  ])
}

/** States of each example in a table; where code is long, the figures stand below it. */
function examples(list: readonly Example[], rule: RuleName, check: Check, theme: Theme): string[] {
  const runs = list.map((example) => ({
    example,
    result: check(example.expression, { dtype: "float32", ...example.options }),
  }))
  const states = stateNames.filter((s) => s === "live" || runs.some(({ result }) => figure(result, s) !== "0"))
  const rows = runs.map(({ example, result }) => [
    say(example.expression, theme),
    verdictWords[result.verdict].name,
    ...states.map((s) => figure(result, s)),
  ])
  const head = ["", "verdict", ...states]
  const table = columns([head, ...rows], 3, [0, 1])
  const notes = runs.map(({ example, result }) =>
    [options(example), example.note ?? ownWords(result, rule)].filter((t) => t !== "").join("; "),
  )
  const narrow = table.some((l) => widthOf(l) + 4 > theme.width)
  const figures = narrow ? columns([head.slice(1), ...rows.map((r) => r.slice(1))], 3, [0]) : table
  return [
    ...(narrow ? [] : [theme.paint("evidence", `  ${table[0]}`)]),
    ...rows.flatMap((row, k) => [
      ...(narrow
        ? [
            `  ${row[0]}`,
            ...(k === 0 ? [theme.paint("evidence", `      ${figures[0]}`)] : []),
            `      ${figures[k + 1]}`,
          ]
        : [`  ${figures[k + 1]}`]),
      ...(notes[k] ? hanging(notes[k], theme, 6, 6).map((l) => theme.paint("evidence", l)) : []),
    ]),
  ]
}

/** Whole points of one parameter, or shares where there are several. */
function figure(result: LossResult, state: StateName): string {
  const all = Object.values(result.parameters)
  const sum = all.reduce((n, p) => n + p.counts[state], 0)
  if (all.length === 1) return count(sum)
  return sum === 0
    ? "0"
    : percent(
        sum,
        all.reduce((n, p) => n + stateNames.reduce((m, s) => m + p.counts[s], 0), 0),
      )
}

/** The headline by which the rule tells of an example that has no note. */
const ownWords = ({ findings }: LossResult, rule: RuleName): string =>
  findings.find((f) => f.rule === rule)?.headline ?? ""

function options({ options = {} }: Example): string {
  const { inputs = {}, ...others } = options
  const flags: ReadonlyMap<string, string> = new Map([["targets", "target"]])
  return [
    ...Object.entries(inputs).map(
      ([name, range]) => `${name} in ${typeof range === "string" ? range : JSON.stringify(range)}`,
    ),
    ...Object.entries(others).map(
      ([name, value]) => `--${flags.get(name) ?? name}${value === true ? "" : ` ${String(value)}`}`,
    ),
  ].join(", ")
}
