// Special points: ends of ranges, 0 and ±1, equal inputs, constant vectors, kinks and both their sides, far out.
import { bounds, ends, type Range } from "../definitions/ranges.ts"
import { compile, type Points, run } from "../gradient/compile.ts"
import { dependents, lowerFormula } from "../gradient/differentiate.ts"
import type { Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import type { Evidence } from "./evidence.ts"
import { pointsAt } from "./points.ts"

/** A special point at which something is not finite. */
export interface SpecialPoint {
  /** The point in words: "p = 0", "p = y", "all of p equal". */
  readonly where: string
  /** The values of scalar inputs, and of the vectors that were set, for a witness. */
  readonly values: ReadonlyMap<string, Float64Array>
  readonly value: number
  /** Gradients by parameter that are NaN or infinite there. */
  readonly broken: readonly { readonly parameter: string; readonly gradient: number }[]
}

interface Trial {
  readonly where: string
  readonly base: number
  readonly set: ReadonlyMap<string, Float64Array>
}

/** Each special value is tried on so many drawn points. */
const BASES = 6
const MOST_KINKS = 24
const BISECTIONS = 60

const rowwise = new Set(["simplex", "onehot", "unit", "sorted", "list"])

function showNumber(x: number): string {
  return Object.is(x, -0)
    ? "0"
    : Number.isInteger(x) && Math.abs(x) < 1e6
      ? String(x)
      : Number(x.toPrecision(6)).toString()
}

function trialsOf(evidence: Evidence): Trial[] {
  const { traced, ranges, points, parameters } = evidence.question
  const inputs = traced.inputs.filter((i) => ranges.has(i.name))
  const trials: Trial[] = []
  const bases = Array.from({ length: Math.min(BASES, points.count) }, (_, k) => k)
  const sizes = new Map(inputs.map((i) => [i.name, sizeOf(i.node.shape)]))
  const at = (name: string, base: number): Float64Array => {
    const all = points.values.get(name)!
    return Float64Array.from({ length: sizes.get(name)! }, (_, e) => all[e * points.count + base]!)
  }
  const fits = (range: Range, x: number): boolean => {
    const { low, high } = bounds(range)
    return (
      x >= low &&
      x <= high &&
      (range.kind !== "set" || range.values.includes(x)) &&
      !(range.kind === "interval" && range.whole && !Number.isInteger(x))
    )
  }
  const values = new Map(
    inputs.map((i) => [
      i.name,
      rowwise.has(ranges.get(i.name)!.kind)
        ? []
        : [...new Set([...ends(ranges.get(i.name)!), 0, 1, -1])].filter(
            (x) => Number.isFinite(x) && fits(ranges.get(i.name)!, x),
          ),
    ]),
  )
  for (const { name } of inputs) {
    const size = sizes.get(name)!
    for (const x of values.get(name)!) {
      for (const base of bases) {
        trials.push({
          where: size === 1 ? `${name} = ${showNumber(x)}` : `all of ${name} = ${showNumber(x)}`,
          base,
          set: new Map([[name, new Float64Array(size).fill(x)]]),
        })
        if (size > 1)
          trials.push({
            where: `one entry of ${name} = ${showNumber(x)}`,
            base,
            set: new Map([[name, at(name, base).fill(x, 0, 1)]]),
          })
      }
    }
    if (rowwise.has(ranges.get(name)!.kind)) continue
    for (const base of bases) {
      if (size > 1)
        trials.push({
          where: `all of ${name} equal`,
          base,
          set: new Map([[name, new Float64Array(size).fill(at(name, base)[0]!)]]),
        })
      const { low, high } = bounds(ranges.get(name)!)
      if (low === -Infinity && high === Infinity)
        trials.push({
          where: `${name} 100 times as large`,
          base,
          set: new Map([[name, at(name, base).map((x) => 100 * x)]]),
        })
    }
  }
  // Two inputs at special values together, and equal to each other.
  for (const a of inputs) {
    for (const b of inputs) {
      if (a === b || !parameters.includes(a.name)) continue
      const [sa, sb] = [sizes.get(a.name)!, sizes.get(b.name)!]
      if (sa === sb)
        for (const base of bases) {
          const copy = at(b.name, base)
          if (
            copy.every((x) => fits(ranges.get(a.name)!, x)) &&
            !(rowwise.has(ranges.get(a.name)!.kind) && !rowwise.has(ranges.get(b.name)!.kind))
          )
            trials.push({ where: `${a.name} = ${b.name}`, base, set: new Map([[a.name, copy]]) })
        }
      for (const x of values.get(a.name)!)
        for (const y of values.get(b.name)!) {
          if (trials.length > 600) break
          trials.push({
            where: `${a.name} = ${showNumber(x)}, ${b.name} = ${showNumber(y)}`,
            base: 0,
            set: new Map([
              [a.name, new Float64Array(sa).fill(x)],
              [b.name, new Float64Array(sb).fill(y)],
            ]),
          })
        }
    }
  }
  return [...trials, ...kinkTrials(evidence)]
}

/** Points on a kink or jump and beside it: bisection between two drawn points on either side, all inputs moving together. */
function kinkTrials(evidence: Evidence): Trial[] {
  const { traced, points, ranges, parameters } = evidence.question
  if (points.count < 2) return []
  const movable = traced.inputs.filter((i) => parameters.includes(i.name) && ranges.get(i.name)?.kind === "interval")
  if (movable.length === 0) return []
  const wrt = new Set(movable.map((i) => i.node))
  const formulas: Node[] = []
  for (const node of dependents(traced.root, wrt)) {
    for (const text of [...(node.op.kinks ?? []), ...(node.op.jumps ?? [])])
      if (formulas.length < MOST_KINKS) formulas.push(lowerFormula(traced.graph, node, text))
  }
  const trials: Trial[] = []
  for (const formula of formulas) {
    const program = compile([formula], "float64", 64)
    const few = pointsAt(
      points,
      Int32Array.from({ length: Math.min(64, points.count) }, (_, i) => i),
    )
    const values = run(program, few)[0]!.subarray(0, few.count)
    const base = 0
    const other = values.findIndex((v) => Math.sign(v) === -Math.sign(values[base]!) && v !== 0)
    if (other < 0) continue
    const from = pointsAt(few, [base])
    const to = pointsAt(few, [other])
    const mix = (t: number): Points => ({
      count: 1,
      values: new Map(
        [...from.values].map(([name, v]) => [
          name,
          movable.some((m) => m.name === name) ? v.map((x, e) => x + t * (to.values.get(name)![e]! - x)) : v,
        ]),
      ),
    })
    let [low, high] = [0, 1]
    const sign = Math.sign(values[base]!)
    for (let k = 0; k < BISECTIONS; k++) {
      const middle = (low + high) / 2
      if (Math.sign(run(program, mix(middle))[0]![0]!) === sign) low = middle
      else high = middle
    }
    for (const t of [low, high]) {
      const set = new Map(movable.map((m) => [m.name, mix(t).values.get(m.name)!]))
      const scalar = movable.length === 1 && sizeOf(movable[0]!.node.shape) === 1
      trials.push({
        where: scalar ? `${movable[0]!.name} = ${showNumber(set.get(movable[0]!.name)![0]!)}` : "a kink",
        base,
        set,
      })
    }
  }
  return trials
}

/** Tries all special points; those at which the value or a gradient is not finite, one for each place. */
export function specialPoints(evidence: Evidence): SpecialPoint[] {
  const { traced, points, format } = evidence.question
  const trials = trialsOf(evidence)
  if (trials.length === 0) return []
  const rows = pointsAt(
    points,
    trials.map((t) => t.base),
  )
  trials.forEach((trial, k) => {
    for (const [name, own] of trial.set) {
      const all = rows.values.get(name)!
      own.forEach((x, e) => {
        all[e * trials.length + k] = x
      })
    }
  })
  const living = evidence.parameters.filter((p) => p.gradient)
  const { total, adjoints } = evidence.differentiated
  const [values, ...gradients] = run(
    compile([total, ...living.map((p) => adjoints.get(p.node)!)], format, trials.length),
    rows,
  )
  const found = new Map<string, SpecialPoint>()
  trials.forEach((trial, k) => {
    const broken = living.flatMap((p, j) => {
      const g = gradients[j]!
      for (let e = 0; e < g.length / trials.length; e++) {
        const x = g[e * trials.length + k]!
        if (!Number.isFinite(x)) return [{ parameter: p.name, gradient: x }]
      }
      return []
    })
    if (broken.length === 0 && Number.isFinite(values![k]!)) return
    // Trials come simplest first: the first of a kind is its witness.
    const key = `${broken.map((b) => `${b.parameter}${Number.isNaN(b.gradient) ? "nan" : "inf"}`).join()}|${Number.isFinite(values![k]!)}`
    if (found.has(key)) return
    const witness = new Map(traced.inputs.map((i) => [i.name, pointsAt(rows, [k]).values.get(i.name)!]))
    found.set(key, { where: trial.where, values: witness, value: values![k]!, broken })
  })
  return [...found.values()]
}
