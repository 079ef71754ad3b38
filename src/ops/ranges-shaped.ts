// Forward on intervals for folds, rows, order, positions and matrices: whole results from whole arguments.
import {
  abs,
  add,
  anything,
  div,
  exact,
  hull,
  type Interval,
  isEmpty,
  maximum,
  minimum,
  mul,
  neg,
  outward,
  point,
  pow,
  rising,
  sub,
} from "./interval.ts"
import { and, or, square, truthOf } from "./ranges.ts"
import type { Statics, WholeLayout } from "./record.ts"
import { rowsOf, sizeOf } from "./shapes.ts"

const root = rising(Math.sqrt, { from: 0, least: 0 })
const sum = (members: readonly Interval[]): Interval => members.reduce((a, b) => add(a, b), point(0))
const mean = (members: readonly Interval[]): Interval => div(sum(members), point(members.length))
const length = (members: readonly Interval[]): Interval => root(sum(members.map((m) => square(m))))
const most = (members: readonly Interval[]): number =>
  members.reduce((top, m) => Math.max(top, Math.abs(m.lo), Math.abs(m.hi)), 0)

/** Squares of distances from the mean; never more than if half of the members were at each end. */
function variance(members: readonly Interval[], statics: Statics): Interval {
  const n = members.length
  const centre = mean(members)
  const composed = div(sum(members.map((m) => square(sub(m, centre)))), point(n - Number(statics.ddof ?? 0)))
  const width = Math.max(...members.map((m) => m.hi)) - Math.min(...members.map((m) => m.lo))
  // The mean is rounded, and the distances with it.
  const slack = n * most(members) * 2 ** -51
  const widest = (n / (n - Number(statics.ddof ?? 0))) * (width / 2 + slack) ** 2 * (1 + n * 2 ** -50) + 2 ** -900
  return widest >= composed.lo ? { ...composed, hi: Math.min(composed.hi, widest) } : composed
}

const lse = (xs: readonly number[]): number => {
  const top = Math.max(...xs)
  return Number.isFinite(top) ? top + Math.log(xs.reduce((s, x) => s + Math.exp(x - top), 0)) : top
}
function logSumExp(members: readonly Interval[]): Interval {
  if (members.some(isEmpty)) return { lo: Infinity, hi: -Infinity, nan: true }
  const slack = (members.length + 8) * 2 ** -51
  const out = outward(
    lse(members.map((m) => m.lo)) - slack,
    lse(members.map((m) => m.hi)) + slack,
    members.some((m) => m.nan),
  )
  // With an infinity among them the largest is handed on as it is.
  return { ...out, hi: members.some((m) => m.hi === Infinity) ? Infinity : out.hi }
}

/** The places where the largest of the members can be. */
function places(members: readonly Interval[]): Interval {
  if (members.some((m) => m.nan)) return { lo: 0, hi: members.length - 1, nan: false }
  const sure = Math.max(...members.map((m) => m.lo))
  const possible = members.flatMap((m, j) => (m.hi >= sure ? [j] : []))
  return exact(possible[0]!, possible.at(-1)!, false)
}

/** Folds by name. */
export const foldRanges: Readonly<Record<string, (members: readonly Interval[], statics: Statics) => Interval>> = {
  sum,
  mean,
  nansum: (members) => sum(members.map((m) => (m.nan ? { ...hull({ ...m, nan: false }, point(0)), nan: false } : m))),
  amax: (members) => members.reduce((a, b) => maximum(a, b)),
  amin: (members) => members.reduce((a, b) => minimum(a, b)),
  prod: (members) => members.reduce((a, b) => mul(a, b), point(1)),
  norm2: length,
  euclidean_norm: length,
  norm_p: (members, statics) => {
    const p = Number(statics.p)
    return pow(sum(members.map((m) => pow(abs(m), point(p)))), point(1 / p))
  },
  var: variance,
  std: (members, statics) => root(variance(members, statics)),
  any: (members) => members.reduce((a, b) => or(a, b), point(0)),
  all: (members) => members.reduce((a, b) => and(a, b), point(1)),
  count_nonzero: (members) => sum(members.map(truthOf)),
  logsumexp: logSumExp,
  argmax: places,
  argmin: (members) => places(members.map((m) => neg(m))),
}

const running =
  (step: (before: Interval, x: Interval) => Interval, start: Interval) =>
  (row: readonly Interval[]): Interval[] => {
    let before = start
    return row.map((x) => (before = step(before, x)))
  }
/** A NaN is forgotten at the next entry, as the kernel does: then the maximum begins anew. */
const runningExtreme = (extreme: (a: Interval, b: Interval) => Interval) =>
  running((before, x) => {
    const both = isEmpty(before) || isEmpty(x) ? x : extreme(before, x)
    const out = before.nan || x.nan ? hull(hull(both, x), before.nan || isEmpty(x) ? x : both) : both
    return { ...out, nan: x.nan }
  }, anything)
const runningPlace = (row: readonly Interval[]): Interval[] => row.map((_, j) => ({ lo: 0, hi: j, nan: false }))

function softmax(row: readonly Interval[]): Interval[] {
  const unknown = row.some((m) => isEmpty(m) || m.nan || m.hi === Infinity)
  // Nothing but -inf leaves nothing to divide.
  if (unknown || row.every((m) => m.lo === -Infinity)) return row.map(() => ({ lo: 0, hi: 1, nan: true }))
  // Largest when this one is at its top and the others at their bottom; exp(x - own) keeps every term in range.
  const share = (mine: number, k: number, others: (m: Interval) => number): number =>
    mine === -Infinity ? 0 : 1 / row.reduce((s, m, j) => s + (j === k ? 1 : Math.exp(others(m) - mine)), 0)
  const slack = (row.length + 100) * 2 ** -50
  return row.map((own, k) =>
    exact(
      share(own.lo, k, (m) => m.hi) * (1 - slack),
      Math.min(1, share(own.hi, k, (m) => m.lo) * (1 + slack) + 2 ** -900),
      false,
    ),
  )
}

function logSoftmax(row: readonly Interval[]): Interval[] {
  if (row.some((m) => isEmpty(m) || m.nan || m.hi === Infinity)) return row.map(() => anything)
  const nan = row.every((m) => m.lo === -Infinity)
  const finite = row.flatMap((m) => [m.lo, m.hi]).filter(Number.isFinite)
  const slack = (row.length + 100) * 2 ** -50 + finite.reduce((a, x) => Math.max(a, Math.abs(x)), 0) * 2 ** -49
  const share = (mine: number, k: number, others: (m: Interval) => number): number =>
    mine === -Infinity ? -Infinity : mine - lse(row.map((m, j) => (j === k ? mine : others(m))))
  return row.map((own, k) =>
    exact(share(own.lo, k, (m) => m.hi) - slack, Math.min(0, share(own.hi, k, (m) => m.lo) + slack), nan),
  )
}

const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
const reversed = (statics: Statics, row: Interval[]): Interval[] => (statics.descending ? row.reverse() : row)
/** The k-th of the row lies between the k-th of the lower ends and the k-th of the upper ones; NaN counts as the largest. */
function sort(row: readonly Interval[], statics: Statics): Interval[] {
  const nan = row.some((m) => m.nan)
  const lows = row.map((m) => m.lo).sort(ascending)
  const highs = row.map((m) => (m.nan ? Infinity : m.hi)).sort(ascending)
  return reversed(
    statics,
    lows.map((lo, k) => ({ lo, hi: highs[k]!, nan })),
  )
}
/** Which entry can come k-th: those with no more than k surely before them, and no fewer that may be. */
function argsort(row: readonly Interval[], statics: Statics): Interval[] {
  const n = row.length
  if (row.some((m) => m.nan) || n > 256) return row.map(() => ({ lo: 0, hi: n - 1, nan: false }))
  const ranks = row.map((m) => [row.filter((o) => o.hi < m.lo).length, n - 1 - row.filter((o) => o.lo > m.hi).length])
  return reversed(
    statics,
    row.map((_, k) => {
      const able = ranks.flatMap(([first, last], j) => (first! <= k && k <= last! ? [j] : []))
      return exact(able[0]!, able.at(-1)!, false)
    }),
  )
}

/** Along an axis by name. */
export const rowRanges: Readonly<Record<string, (row: readonly Interval[], statics: Statics) => Interval[]>> = {
  softmax,
  log_softmax: logSoftmax,
  logcumsumexp: (row) => row.map((_, j) => logSumExp(row.slice(0, j + 1))),
  cumsum: running((a, x) => add(a, x), point(0)),
  cumprod: running((a, x) => mul(a, x), point(1)),
  cummax: runningExtreme((a, b) => maximum(a, b)),
  cummin: runningExtreme((a, b) => minimum(a, b)),
  _cummax_index: runningPlace,
  _cummin_index: runningPlace,
  sort,
  argsort,
  _others: (row) => {
    const before = running((a, x) => mul(a, x), point(1))([point(1), ...row.slice(0, -1)])
    const after = running((a, x) => mul(a, x), point(1))([point(1), ...row.slice(1).reverse()]).reverse()
    return before.map((x, j) => mul(x, after[j]!))
  },
}

type Whole = (inputs: readonly (readonly Interval[])[], layout: WholeLayout) => Interval[]

/** The positions that an index may hold in a row of n, counted from the front; NaN-flagged when it may miss. */
function positions(at: Interval, n: number, whole: boolean): { readonly able: number[]; readonly misses: boolean } {
  const outside = at.nan || !(at.lo >= -n && at.hi <= n - 1)
  const between = !whole && !(at.lo === at.hi && Number.isInteger(at.lo))
  const able: number[] = []
  for (let k = Math.max(-n, Math.ceil(at.lo)); k <= Math.min(n - 1, Math.floor(at.hi)); k++)
    able.push(k < 0 ? k + n : k)
  return { able, misses: outside || between }
}

const takeAlong: Whole = ([x, i], { inputs, out, statics, types }) => {
  const axis = Number(statics.axis)
  const [source, target] = [rowsOf(inputs[0]!, axis), rowsOf(out, axis)]
  const result = new Array<Interval>(sizeOf(out))
  target.members.forEach((to, m) => {
    const row = Math.floor(m / target.length) * source.length
    const { able, misses } = positions(i![to]!, source.length, types[1] !== "real")
    const found = able.map((k) => x![source.members[row + k]!]!)
    const start: Interval = { lo: Infinity, hi: -Infinity, nan: misses }
    result[to] = found.reduce((a, b) => hull(a, b), start)
  })
  return result
}
/** An element that may go to more places than this may go anywhere in its row. */
const MOST_PLACES = 64

const scatterAlong: Whole = ([x, i], { inputs, out, statics, types }) => {
  const axis = Number(statics.axis)
  const [source, target] = [rowsOf(inputs[0]!, axis), rowsOf(out, axis)]
  const result = new Array<Interval>(sizeOf(out)).fill(point(0))
  /** For each row, what may be added anywhere in it, or at so many places: else rows of many would take their square. */
  const anywhere = new Map<number, Interval>()
  source.members.forEach((from, m) => {
    const row = Math.floor(m / source.length) * target.length
    const { able, misses } = positions(i![from]!, target.length, types[1] !== "real")
    const sure = able.length === 1 && !misses
    const places = new Set(able)
    if (!sure && places.size > Math.min(target.length - 1, MOST_PLACES))
      anywhere.set(row, add(anywhere.get(row) ?? point(0), hull(point(0), x![from]!)))
    else
      for (const k of places) {
        const to = target.members[row + k]!
        result[to] = add(result[to]!, sure ? x![from]! : hull(point(0), x![from]!))
      }
  })
  for (const [row, some] of anywhere)
    for (let k = row; k < row + target.length; k++) {
      const to = target.members[k]!
      result[to] = add(result[to]!, some)
    }
  return result
}
const bmm: Whole = ([a, b], { inputs, out }) => {
  const [rows, inner, columns] = [inputs[0]!.at(-2)!, inputs[0]!.at(-1)!, inputs[1]!.at(-1)!]
  return Array.from({ length: sizeOf(out) }, (_, e) => {
    const [line, c] = [Math.floor(e / columns), e % columns]
    const batch = Math.floor(line / rows)
    return sum(
      Array.from({ length: inner }, (_, j) => mul(a![line * inner + j]!, b![(batch * inner + j) * columns + c]!)),
    )
  })
}
const squares =
  (keep: (j: number, k: number) => boolean): Whole =>
  ([x], { out }) => {
    const n = out.at(-1)!
    return Array.from({ length: sizeOf(out) }, (_, e) =>
      keep(Math.floor(e / n) % n, e % n) ? x![Math.floor(e / (n * n)) * n + (e % n)]! : point(1),
    )
  }

/** Operations on whole tensors by name. */
export const wholeRanges: Readonly<Record<string, Whole>> = {
  take_along: takeAlong,
  scatter_along: scatterAlong,
  _scatter_like: scatterAlong,
  bmm,
  _except: squares((j, k) => j !== k),
  _upto: squares((j, k) => k <= j),
}
