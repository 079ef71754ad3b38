// The special points to try: ends of ranges, 0 and ±1, equal inputs, constant vectors, corners of simplices, far out.
import { bounds, ends, type Range } from "../definitions/ranges.ts"
import type { TracedInput } from "../graph/inputs.ts"
import { sameShape, sizeOf } from "../ops/shapes.ts"
import type { Evidence } from "./evidence.ts"

/** One point to try: a drawn point with the values of some inputs set. */
export interface Trial {
  /** In words: "p = 0", "p = y", "all of p equal". */
  readonly where: string
  readonly base: number
  readonly set: ReadonlyMap<string, Float64Array>
  /** Far outside of where the input is mostly drawn: what breaks there is worth a note, not a warning. */
  readonly far: boolean
}

/** Each special value is tried on so many drawn points; on fewer where the shapes are so large that few were drawn. */
const BASES = 6
const FEWER = { points: 512, bases: 2 }
/** Pairs of special values of two inputs that are tried. */
const MOST_PAIRS = 200
/** Where an input has no bounds: as far out as a badly scaled logit gets. */
const FAR = 1000

/** Kinds whose elements are bound to each other along a row: no element is set alone. */
const rowwise: ReadonlySet<Range["kind"]> = new Set(["simplex", "onehot", "unit", "sorted", "list"])

export function showNumber(x: number): string {
  return Object.is(x, -0)
    ? "0"
    : Number.isInteger(x) && Math.abs(x) < 1e6
      ? String(x)
      : Number(x.toPrecision(6)).toString()
}

function fits(range: Range, x: number): boolean {
  const { low, high } = bounds(range)
  if (!Number.isFinite(x) || x < low || x > high) return false
  if (range.kind === "set") return range.values.includes(x)
  return !(range.kind === "interval" && range.whole) || Number.isInteger(x)
}

/** Values worth trying for one element of an input. */
function valuesOf(range: Range): number[] {
  if (rowwise.has(range.kind)) return []
  const { low, high } = bounds(range)
  const far = [...(high === Infinity ? [FAR] : []), ...(low === -Infinity ? [-FAR] : [])]
  return [...new Set([...ends(range), 0, 1, -1, ...far])].filter((x) => fits(range, x))
}

function leaves(values: Float64Array, { low, high }: { readonly low: number; readonly high: number }): boolean {
  for (let e = 0; e < values.length; e++) if (values[e]! < low || values[e]! > high) return true
  return false
}

/** Each parameter beside data of its own shape, in the order of their use: all equal, the prediction is perfect. */
function pairsOf({ question: { traced, parameters } }: Evidence): [TracedInput, TracedInput][] {
  const data = traced.inputs.filter((i) => !parameters.includes(i.name) && i.kind !== "uniform" && i.kind !== "normal")
  return traced.inputs.flatMap((a): [TracedInput, TracedInput][] => {
    const k = parameters.includes(a.name) ? data.findIndex((b) => sameShape(a.node.shape, b.node.shape)) : -1
    return k < 0 ? [] : [[a, data.splice(k, 1)[0]!]]
  })
}

/** All special points of a question, the simplest first. */
export function trialsOf(evidence: Evidence): Trial[] {
  const { traced, ranges, points, parameters, assumed } = evidence.question
  const inputs = traced.inputs.filter((i) => ranges.has(i.name))
  const most = assumed && points.count <= FEWER.points ? FEWER.bases : BASES
  const bases = Array.from({ length: Math.min(most, points.count) }, (_, k) => k)
  const drawn = new Map<string, Float64Array>()
  /** The values of an input at a base. Nobody writes into them. */
  const at = ({ name, node }: TracedInput, base: number): Float64Array => {
    const key = `${base} ${name}`
    let own = drawn.get(key)
    if (!own) {
      const all = points.values.get(name)!
      own = new Float64Array(sizeOf(node.shape))
      for (let e = 0; e < own.length; e++) own[e] = all[e * points.count + base]!
      drawn.set(key, own)
    }
    return own
  }
  /** Where each input is mostly drawn. */
  const usual = new Map(
    inputs.map((i): [TracedInput, { low: number; high: number }] => {
      const { low, high } = bounds(ranges.get(i.name)!)
      const open = low === -Infinity || high === Infinity
      return [i, open ? { low: -FAR / 10, high: FAR / 10 } : { low, high }]
    }),
  )
  const trials: Trial[] = []
  const add = (where: string, base: number, ...set: [TracedInput, Float64Array][]): void => {
    const far = set.some(([input, values]) => leaves(values, usual.get(input)!))
    trials.push({ where, base, far, set: new Map(set.map(([input, values]) => [input.name, values])) })
  }
  const filled = (input: TracedInput, x: number): Float64Array => new Float64Array(sizeOf(input.node.shape)).fill(x)
  for (const input of inputs) {
    const { name } = input
    const size = sizeOf(input.node.shape)
    const range = ranges.get(name)!
    for (const base of bases) {
      for (const x of valuesOf(range)) {
        add(size === 1 ? `${name} = ${showNumber(x)}` : `all of ${name} = ${showNumber(x)}`, base, [
          input,
          filled(input, x),
        ])
        if (size > 1)
          add(`one entry of ${name} = ${showNumber(x)}`, base, [input, at(input, base).slice().fill(x, 0, 1)])
      }
      if (range.kind === "simplex" || range.kind === "onehot") {
        const width = input.node.shape.at(-1)!
        add(`${name} all on one entry`, base, [input, filled(input, 0).map((_, e) => (e % width === 0 ? 1 : 0))])
      }
      if (rowwise.has(range.kind)) continue
      if (size > 1) add(`all of ${name} equal`, base, [input, filled(input, at(input, base)[0]!)])
      const { low, high } = bounds(range)
      const open = assumed?.has(name) ? low < 0 && high > 0 : low === -Infinity && high === Infinity
      if (open) add(`${name} 100 times as large`, base, [input, at(input, base).map((x) => 100 * x)])
    }
  }
  const pairs = pairsOf(evidence)
  for (const base of bases) {
    const fitting = pairs.filter(([a, b]) => at(b, base).every((x) => fits(ranges.get(a.name)!, x)))
    if (fitting.length > 1)
      add(
        fitting.map(([a, b]) => `${a.name} = ${b.name}`).join(", "),
        base,
        ...fitting.map(([a, b]): [TracedInput, Float64Array] => [a, at(b, base)]),
      )
  }
  // Two inputs equal to each other, and both at special values.
  const withPairs = trials.length + MOST_PAIRS
  for (const [k, a] of inputs.entries()) {
    if (!parameters.includes(a.name)) continue
    for (const [j, b] of inputs.entries()) {
      if (a === b) continue
      const [ra, rb] = [ranges.get(a.name)!, ranges.get(b.name)!]
      if (sizeOf(a.node.shape) === sizeOf(b.node.shape) && (!rowwise.has(ra.kind) || ra.kind === rb.kind)) {
        for (const base of bases)
          if (at(b, base).every((x) => (rowwise.has(ra.kind) && ra.kind !== "list") || fits(ra, x)))
            add(`${a.name} = ${b.name}`, base, [a, at(b, base)])
      }
      // Values for both: of two parameters the pair was there before, the other way round.
      if (j < k && parameters.includes(b.name)) continue
      for (const x of valuesOf(ra)) {
        for (const y of valuesOf(rb))
          if (trials.length < withPairs)
            add(`${a.name} = ${showNumber(x)}, ${b.name} = ${showNumber(y)}`, 0, [a, filled(a, x)], [b, filled(b, y)])
      }
    }
  }
  return trials
}
