// What an operation hands back where slopes disagree or end, as tables: a column or a row for each framework that differs.
import type { Composition, Operation } from "../../ops/record.ts"
import { columns } from "../lines.ts"
import { say, type Theme } from "../theme.ts"
import {
  type Borders,
  compared,
  compositionRows,
  type Evaluate,
  type KinkRow,
  kinkRows,
  type Slopes,
  trapRows,
} from "./kinks.ts"
import { paragraph, titled } from "./page.ts"

const shown = (x: number | null): string =>
  x === null
    ? "none"
    : Number.isNaN(x)
      ? "NaN"
      : !Number.isFinite(x)
        ? x > 0
          ? "inf"
          : "-inf"
        : String(Number(x.toPrecision(4)) + 0)
            .replace("e+", "e")
            .replace(/^(-?1)(0{6,})$/, (_, one: string, zeros: string) => `${one}e${zeros.length}`)

const alike = (s: Slopes): boolean => compared.every((f) => shown(s[f]) === shown(s.torch))

/** The tables of an operation; none where it has neither kinks nor borders. */
export function conventions(op: Operation, theme: Theme, evaluate: Evaluate, borders: Borders): string[][] {
  return [kinks(kinkRows(op, evaluate, borders), theme), traps(op, theme, evaluate)]
}

/** The table of a function written in the language; none where no kink was found. */
export const kinksOf = (entry: Composition, theme: Theme, evaluate: Evaluate, borders: Borders): string[] =>
  kinks(compositionRows(entry, evaluate, borders), theme)

function kinks(rows: readonly KinkRow[], theme: Theme): string[] {
  if (rows.length === 0) return []
  const apart = rows.some((r) => !alike(r.on))
  const head = ["", "left", ...(apart ? compared : ["at it"]), "right"]
  const body = rows.map((r) => [
    `${r.name} = ${shown(r.at)}`,
    shown(r.left.torch),
    ...(apart ? compared.map((f) => shown(r.on[f])) : [shown(r.on.torch)]),
    shown(r.right.torch),
  ])
  const [first, ...lines] = columns([head, ...body], 3)
  const calls = [...new Set(rows.map((r) => `${r.call} by ${r.name}`))].join(", ")
  return titled(
    rows.every((r) => r.jump) ? "At its jumps" : "At its kinks",
    [
      ...paragraph(`the slope of ${calls}, beside and on it${apart ? ", where frameworks differ" : ""}`, theme).map(
        (l) => theme.paint("evidence", l),
      ),
      theme.paint("evidence", `  ${first}`),
      ...lines.map((l) => `  ${l}`),
    ],
    theme,
  )
}

function traps(op: Operation, theme: Theme, evaluate: Evaluate): string[] {
  const rows = trapRows(op, evaluate)
  if (rows.length === 0) return []
  const body = rows.flatMap(({ call, name, at, value, slope, masked }) => {
    const groups = new Map<string, string[]>()
    for (const f of compared) {
      const key = JSON.stringify([shown(slope[f]), shown(masked[f])])
      groups.set(key, [...(groups.get(key) ?? []), f])
    }
    return [...groups].map(([key, frameworks], k) => {
      const [own, behind] = JSON.parse(key) as [string, string]
      const place = k === 0 ? [`${call} at ${name} = ${shown(at)}`, shown(value)] : ["", ""]
      return [...place, own, behind, ...(groups.size > 1 ? [frameworks.join(", ")] : [])]
    })
  })
  const [first, ...lines] = columns([["", "value", "gradient", "masked"], ...body], 3, [0, 4])
  return titled(
    "Traps",
    [
      theme.paint("evidence", `  ${first}`),
      ...lines.map((l) => `  ${say(l, theme)}`),
      ...paragraph(
        "masked: what comes back when a where() picks its other side and so hands in a gradient of 0",
        theme,
      ).map((l) => theme.paint("evidence", l)),
    ],
    theme,
  )
}
