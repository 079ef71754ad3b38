// Trying the special points: those at which the value or a gradient is not finite.
import { compile, compute, type Points, run } from "../gradient/compile.ts"
import { dependents, differentiate, lowerFormula } from "../gradient/differentiate.ts"
import { addConstant, isConstant, type Node } from "../graph/node.ts"
import type { NumberFormat, Operation } from "../ops/record.ts"
import { sizeOf } from "../ops/shapes.ts"
import { parseExpression } from "../syntax/parse.ts"
import { printExpr } from "../syntax/print.ts"
import { rewrite } from "../syntax/rewrite.ts"
import type { Evidence } from "./evidence.ts"
import { pointsAt } from "./points.ts"
import { showNumber, type Trial, trialsOf } from "./trials.ts"

/** A special point at which something is not finite. */
export interface SpecialPoint {
  /** The point in words: "p = 0", "p = y", "all of p equal". */
  readonly where: string
  /** The values of all inputs there. */
  readonly values: ReadonlyMap<string, Float64Array>
  readonly value: number
  /** Far outside of where the inputs are mostly drawn. */
  readonly far: boolean
  /** Gradients by parameter that are NaN or infinite there. */
  readonly broken: readonly { readonly parameter: string; readonly gradient: number }[]
}

/** Numbers that all trials together may hold: of very large inputs only the simplest trials are made. */
const MOST_DOUBLES = 1_000_000
const MOST_KINKS = 24
/** Down to neighbours; of many elements, in coarser formats or of large inputs, to a billionth of the way. */
const bisectionsFor = (elements: number, format: NumberFormat): number =>
  elements === 1 || (elements <= 64 && format === "float64") ? 60 : 30

/** The conditions of an operation's domain as formulas that are 0 at the border: "x > -1" is `x - (-1)`. */
function bordersOf(op: Operation): readonly string[] {
  let known = knownBorders.get(op)
  if (!known) {
    known = findBorders(op)
    knownBorders.set(op, known)
  }
  return known
}

const knownBorders = new WeakMap<Operation, readonly string[]>()

function findBorders({ domain }: Operation): string[] {
  const borders: string[] = []
  for (const text of [domain?.value, domain?.slope]) {
    if (text === undefined) continue
    rewrite(parseExpression({ name: "domain", text }), (e) => {
      if (e.type === "Compare")
        for (const { right } of e.rest) borders.push(`${printExpr(e.first)} - (${printExpr(right)})`)
      return undefined
    })
  }
  return [...new Set(borders)]
}

/** Points on a kink, a jump or the border of a domain, and beside it: bisection between two drawn points on either side, all inputs moving together. */
function kinkTrials(evidence: Evidence): Trial[] {
  const { traced, points, ranges, parameters, format } = evidence.question
  if (points.count < 2) return []
  const movable = traced.inputs.filter((i) => parameters.includes(i.name) && ranges.get(i.name)?.kind === "interval")
  if (movable.length === 0) return []
  const path = dependents(traced.root, new Set(movable.map((i) => i.node)))
  const formulas: Node[] = []
  const lower = (texts: (op: Operation) => readonly string[]): void => {
    for (const node of path)
      for (const text of texts(node.op)) {
        if (formulas.length === MOST_KINKS) return
        const formula = lowerFormula(traced.graph, node, text)
        if (!isConstant(formula)) formulas.push(formula)
      }
  }
  lower(bordersOf)
  // At a kink or a jump a slope is finite, unless a border of another domain lies there, too.
  if (formulas.length === 0) return []
  lower(({ kinks = [], jumps = [] }) => [...kinks, ...jumps])
  const few = pointsAt(
    points,
    Int32Array.from({ length: Math.min(64, points.count) }, (_, i) => i),
  )
  const crossings = crossingsOf(formulas, few)
  if (crossings.length === 0) return []
  const moves = new Set(movable.map((m) => m.name))
  const [from, to] = [
    pointsAt(few, new Int32Array(crossings.length)),
    pointsAt(
      few,
      crossings.map((c) => c.other),
    ),
  ]
  const program = compile(
    crossings.map((c) => c.formula),
    "float64",
    crossings.length,
  )
  // All at once: each crossing is a point of its own, somewhere between two drawn ones.
  const mix = (t: Float64Array): Points => ({
    count: crossings.length,
    values: new Map(
      [...from.values].map(([name, v]) => [name, moves.has(name) ? between(v, to.values.get(name)!, t) : v]),
    ),
  })
  const [low, high] = [new Float64Array(crossings.length), new Float64Array(crossings.length).fill(1)]
  const rounds = bisectionsFor(
    movable.reduce((sum, m) => sum + sizeOf(m.node.shape), 0),
    format,
  )
  for (let round = 0; round < rounds; round++) {
    const middle = new Float64Array(low.length)
    let open = false
    for (let k = 0; k < middle.length; k++) {
      middle[k] = (low[k]! + high[k]!) / 2
      if (middle[k] !== low[k] && middle[k] !== high[k]) open = true
    }
    // Between neighbours there is nothing.
    if (!open) break
    const values = run(program, mix(middle))
    for (const [k, { element, sign }] of crossings.entries()) {
      const side = Math.sign(values[k]![element * crossings.length + k]!) === sign ? low : high
      side[k] = middle[k]!
    }
  }
  const scalar = movable.length === 1 && sizeOf(movable[0]!.node.shape) === 1
  const { name } = movable[0]!
  const trials: Trial[] = []
  const ends = [mix(low), mix(high)]
  for (const k of crossings.keys()) {
    for (const end of ends) {
      const { values } = pointsAt(end, [k])
      const set = new Map(movable.map((m) => [m.name, values.get(m.name)!]))
      const where = scalar ? `${name} = ${showNumber(set.get(name)![0]!)}` : "a kink"
      trials.push({ where, base: 0, far: false, set })
    }
    if (!scalar) continue
    // Bisection ends beside a border such as 2; the border itself is the nearest short number.
    const border = Number(ends[0]!.values.get(name)![k]!.toPrecision(12))
    trials.push({
      where: `${name} = ${showNumber(border)}`,
      base: 0,
      far: false,
      set: new Map([[name, Float64Array.of(border)]]),
    })
  }
  return trials
}

/** The way from `a` to `b`, for each column of [element][point] its own share `t` of it. */
function between(a: Float64Array, b: Float64Array, t: Float64Array): Float64Array {
  const out = new Float64Array(a.length)
  for (let at = 0; at < a.length; at += t.length)
    for (let k = 0; k < t.length; k++) out[at + k] = a[at + k]! + t[k]! * (b[at + k]! - a[at + k]!)
  return out
}

interface Crossing {
  readonly formula: Node
  readonly element: number
  /** The sign at the first point, and a point with the opposite one. */
  readonly sign: number
  readonly other: number
}

/** For each formula the first element that changes its sign between the first point and another one. */
function crossingsOf(formulas: readonly Node[], points: Points): Crossing[] {
  if (formulas.length === 0) return []
  const { count } = points
  return compute(formulas, "float64", points).flatMap((values, k): Crossing[] => {
    const signAt = (at: number): number => Math.sign(values[at - (at % count)]!)
    const at = values.findIndex((v, at) => v !== 0 && Math.sign(v) === -signAt(at))
    return at < 0
      ? []
      : [{ formula: formulas[k]!, element: Math.floor(at / count), sign: signAt(at), other: at % count }]
  })
}

/**
 * Adjoints of parameters that only steps lead to: torch hands zeros back through a step, and 0 times infinity is NaN further
 * down. TensorFlow and JAX stop at the step.
 */
function handedZeros({ question, differentiated, parameters }: Evidence): ReadonlyMap<Node, Node> {
  const { graph } = question.traced
  const stepped = parameters.filter((p) => p.reach === "zero").map((p) => p.node)
  if (graph.framework !== "torch" || stepped.length === 0) return new Map()
  const all = differentiate(graph, differentiated.total, addConstant(graph, 1), new Set(stepped), undefined, true)
  return new Map(stepped.flatMap((n) => (all.has(n) ? [[n, all.get(n)!] as const] : [])))
}

/** Sets one of `count` points, laid out [element][point]. */
function setColumn(all: Float64Array, count: number, point: number, values: Float64Array): void {
  for (let e = 0; e < values.length; e++) all[e * count + point] = values[e]!
}

function isFiniteAll(numbers: Float64Array): boolean {
  for (let k = 0; k < numbers.length; k++) if (!Number.isFinite(numbers[k]!)) return false
  return true
}

/** Tries all special points; those at which the value or a gradient is not finite, one for each place. */
export function specialPoints(evidence: Evidence): SpecialPoint[] {
  const { traced, points, format, given } = evidence.question
  const all = [...trialsOf(evidence), ...kinkTrials(evidence)]
  const doubles = traced.inputs.reduce((sum, i) => sum + sizeOf(i.node.shape), 0)
  const most = Math.max(1, Math.floor(MOST_DOUBLES / doubles))
  const trials = [...all.filter((t) => !t.far), ...all.filter((t) => t.far)].slice(0, most)
  if (trials.length === 0) return []
  const rows = pointsAt(
    points,
    trials.map((t) => t.base),
  )
  for (const [k, { set }] of trials.entries())
    for (const [name, own] of set) setColumn(rows.values.get(name)!, trials.length, k, own)
  const { total } = evidence.differentiated
  const { adjoints } = evidence.differentiated
  const zeros = handedZeros(evidence)
  const adjointOf = (node: Node): Node | undefined => adjoints.get(node) ?? zeros.get(node)
  const living = evidence.parameters.filter((p) => adjointOf(p.node))
  const results = compute([total, ...living.map((p) => adjointOf(p.node)!)], format, rows)
  if (results.every(isFiniteAll)) return []
  const [values, ...gradients] = results
  // A point that the condition rules out is no point.
  const allowed = given ? compute([given], "float64", rows)[0]! : undefined
  const ruledOut = (k: number): boolean => {
    if (!allowed) return false
    for (let e = 0; e < allowed.length / trials.length; e++) if (!(allowed[e * trials.length + k]! !== 0)) return true
    return false
  }
  const found = new Map<string, SpecialPoint>()
  trials.forEach((trial, k) => {
    if (ruledOut(k)) return
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
    found.set(key, { where: trial.where, far: trial.far, values: witness, value: values![k]!, broken })
  })
  return [...found.values()]
}
