// What an operation does at its kinks, jumps and borders, per framework: found by computing beside them and on them.
import type { Composition, Operation } from "../../ops/record.ts"
import { signatureOf } from "../../ops/table.ts"
import { Problem } from "../../source/problem.ts"

export type Numbers = number | readonly Numbers[]
type Framework = "torch" | "tf" | "jax"
export const compared: readonly Framework[] = ["torch", "tf", "jax"]

/** Value and gradients of an expression at a point; handed in, because what computes stands to the right of reports. */
export type Evaluate = (
  expression: string,
  options: { readonly at: Readonly<Record<string, Numbers>>; readonly framework?: Framework },
) => { readonly value: Numbers; readonly gradients: Readonly<Record<string, Numbers | null>> }

/** Where an expression has kinks and jumps along an input, the others held at numbers; handed in as well. */
export type Borders = (expression: string, name: string, others: Readonly<Record<string, number>>) => readonly number[]

/** One number by framework; null where there is no path. */
export type Slopes = Readonly<Record<Framework, number | null>>

export interface KinkRow {
  /** The call with all but one argument fixed: "clip(x, 0, 1)". */
  readonly call: string
  readonly name: string
  readonly at: number
  readonly jump: boolean
  readonly left: Slopes
  readonly on: Slopes
  readonly right: Slopes
}

export interface TrapRow {
  readonly call: string
  readonly name: string
  readonly at: number
  /** What ends there: the values, or the slopes only. */
  readonly ends: "value" | "slope"
  readonly value: number
  readonly slope: Slopes
  /** The gradient that comes out where a where() hands in 0. */
  readonly masked: Slopes
}

/** So far beside a kink the slope is still that at the kink, to more digits than are shown. */
export const BESIDE = 1e-6
/** Where kinks and borders are looked for: halves and wholes, the nearest to 0 first. */
const places = Array.from({ length: 33 }, (_, k) => (k % 2 === 1 ? (k + 1) / 4 : -k / 4)).map((x) => x + 0)
/** Where an argument has no default to go by. */
const usual: ReadonlyMap<string, number> = new Map([
  ["lo", 0],
  ["hi", 1],
])
/** What other arguments are held at, until a kink shows. */
const held = [1, 0, 0.25, 0.5, -1]
/** Of many borders of one kind, as at every whole number, the first ones tell enough. */
const MOST_BORDERS = 2

/** A way through an operation: one argument moves, the others stand still. */
interface Line {
  readonly call: string
  readonly name: string
  readonly others: Readonly<Record<string, number>>
  /** The argument is a vector: its first of two elements moves, the other is 0. */
  readonly vector: boolean
}

const written = (x: number): string => String(x)

/** Lines along the first argument and along the last one, the others first held at 1. */
function linesOf(op: Operation): Line[] {
  const params = signatureOf(op).calls![0]!.slice(0, op.tensors)
  const vector = !op.pointwise
  const along = (moving: number): Line[] => {
    const fixed = (value: number): Record<string, number> =>
      Object.fromEntries(
        params.flatMap((p, k) => {
          if (k === moving) return []
          const own = typeof p.default === "number" && Number.isFinite(p.default) ? p.default : undefined
          return [[p.name, own ?? usual.get(p.name) ?? value] as const]
        }),
      )
    return held.map((value): Line => {
      const others = fixed(value)
      const last = params.findLastIndex((p, k) => k === moving || p.required || others[p.name] !== p.default)
      const list = params.slice(0, last + 1).map((p, k) => (k === moving ? p.name : written(others[p.name]!)))
      return { call: `${op.name}(${list.join(", ")})`, name: params[moving]!.name, others, vector }
    })
  }
  const first = along(0)
  const last = params.length > 1 ? along(params.length - 1) : []
  const all = [...first.slice(0, 1), ...last.slice(0, 1), ...first.slice(1), ...last.slice(1)]
  return [...new Map(all.map((l) => [l.call, l])).values()]
}

const flat = (x: Numbers): number => (typeof x === "number" ? x : flat(x[0] ?? Number.NaN))

/** The values of a formula over the arguments of a line, at many places. */
function formulaAt(formula: string, line: Line, xs: readonly number[], evaluate: Evaluate): readonly number[] {
  if (!line.vector) return evaluate(formula, { at: { ...line.others, [line.name]: xs } }).value as readonly number[]
  return xs.map((x) => {
    const at = { ...line.others, [line.name]: [x, 0] }
    return flat(evaluate(formula, { at: { ...at, out: evaluate(line.call, { at }).value } }).value)
  })
}

const fits = (line: Line, formula: string): boolean => new RegExp(`\\b(${line.name}|out)\\b`).test(formula)

function slopes(line: Line, x: number, evaluate: Evaluate, call = line.call): Slopes {
  const point: Numbers = line.vector ? [x, 0] : x
  return Object.fromEntries(
    compared.map((framework) => {
      const g = evaluate(call, { at: { [line.name]: point, mask: 0 }, framework }).gradients[line.name]
      return [framework, g === null || g === undefined ? null : flat(g)]
    }),
  ) as unknown as Slopes
}

const same = (a: Slopes, b: Slopes): boolean =>
  compared.every((f) => a[f] === b[f] || (a[f] !== null && b[f] !== null && Math.abs(a[f] - b[f]) < 1e-3))

function rowAt({ call, name, vector, others }: Line, at: number, jump: boolean, evaluate: Evaluate): KinkRow {
  const line = { call, name, vector, others }
  return {
    call,
    name,
    at,
    jump,
    left: slopes(line, at - BESIDE, evaluate),
    on: slopes(line, at, evaluate),
    right: slopes(line, at + BESIDE, evaluate),
  }
}

/** Every kink and jump along one argument that was found, the nearest to 0 of each formula. */
export function kinkRows(op: Operation, evaluate: Evaluate, borders: Borders): KinkRow[] {
  const rows: KinkRow[] = []
  const formulas = [
    ...(op.kinks ?? []).map((formula) => ({ formula, jump: false })),
    ...(op.jumps ?? []).map((formula) => ({ formula, jump: true })),
  ]
  for (const { formula, jump } of formulas) {
    let found: KinkRow | undefined
    for (const line of linesOf(op)) {
      if (!fits(line, formula)) continue
      const near = places[formulaAt(formula, line, places, evaluate).indexOf(0)]
      // The poles of tan stand on no half.
      const at = near ?? (line.vector ? undefined : borders(line.call, line.name, {})[0])
      if (at === undefined) continue
      const row = rowAt(line, at, jump, evaluate)
      found ??= row
      // Other arguments may stand such that both sides are alike.
      if (!jump && same(row.left, row.right)) continue
      found = row
      break
    }
    // Along another argument only where there is no kink along the first.
    if (found && rows.length > 0 && rows[0]!.name !== found.name) continue
    if (found && !rows.some((r) => r.call === found.call && r.at === found.at)) rows.push(found)
  }
  return rows
}

/** What the required arguments of a function beside the one that moves are held at, until a kink shows. */
const heldBeside = [0, 1, 0.25, -1]
/** More kinks than this tell no more. */
const MOST_KINKS = 4

/** The kinks of a function written in the language, along its last required argument, where single numbers fit it. */
export function compositionRows(entry: Composition, evaluate: Evaluate, borders: Borders): KinkRow[] {
  const required = (signatureOf(entry).calls?.[0] ?? []).filter((p) => p.required && !p.rest)
  const moving = required.at(-1)
  if (!moving) return []
  for (const value of heldBeside) {
    const list = required.map((p) => (p === moving ? p.name : written(value)))
    const line = { call: `${entry.name}(${list.join(", ")})`, name: moving.name, others: {}, vector: false }
    const rows = whereItFits(() =>
      borders(line.call, line.name, {})
        .map((at) => rowAt(line, at, false, evaluate))
        .filter((row) => !same(row.left, row.right))
        .slice(0, MOST_KINKS),
    )
    if (rows && rows.length > 0) return rows.sort((a, b) => a.at - b.at)
    if (required.length === 1) break
  }
  return []
}

/** What fits vectors alone has no kinks along a number. */
function whereItFits<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** The borders of where values and slopes are finite, with what happens there and under a mask. */
export function trapRows(op: Operation, evaluate: Evaluate): TrapRow[] {
  const rows: TrapRow[] = []
  for (const ends of ["value", "slope"] as const) {
    const formula = op.domain?.[ends]
    if (!formula) continue
    for (const line of linesOf(op)) {
      if (!fits(line, formula)) continue
      const tried = line.vector ? places.slice(0, 3) : places
      const holds = formulaAt(
        formula,
        line,
        tried.flatMap((x) => [x - BESIDE, x, x + BESIDE]),
        evaluate,
      )
      const borders = tried.filter((_, k) => holds[3 * k] !== holds[3 * k + 1] || holds[3 * k] !== holds[3 * k + 2])
      for (const at of borders.slice(0, MOST_BORDERS)) {
        if (rows.some((r) => r.call === line.call && r.at === at)) continue
        rows.push({
          call: line.call,
          name: line.name,
          at,
          ends,
          value: flat(evaluate(line.call, { at: { [line.name]: line.vector ? [at, 0] : at } }).value),
          slope: slopes(line, at, evaluate),
          masked: slopes(line, at, evaluate, `where(mask > 0, ${line.call}, 0)`),
        })
      }
      if (borders.length > 0) break
    }
  }
  return rows
}
