// Law: declared kinks and jumps are real ones, no other is found inside the domain, and the domain says where numbers are finite.
import { describe, expect, it } from "vitest"
import type { Operation } from "../../src/ops/record.ts"
import { operations } from "../../src/ops/table.ts"
import { type Prepared, prepare } from "../support/evaluate.ts"
import { argumentNames } from "../support/operations.ts"

const pointwise = operations.filter((op) => op.value)

/** One argument moves along a line while the others stay at values that meet no edge by chance. */
interface Line {
  readonly op: Operation
  readonly moving: number
  readonly rest: readonly number[]
}
/** Three sets of resting values: no edge of one line may hide at a value that happens to be chosen. */
const RESTS = [
  [0.7123, -0.4171, 1.6211, 0.5537],
  [-1.2717, 2.3371, 0.3719, 1.1],
  [1.9133, 1.4177, -2.2371, 0.3],
]
/** Arguments that hold whole numbers: they rest at one and do not move. */
const wholes = new Map([["polygamma", [0]]])
const linesOf = (op: Operation): Line[] => {
  const still = wholes.get(op.name) ?? []
  return argumentNames(op).flatMap((_, moving) =>
    still.includes(moving)
      ? []
      : (op.tensors === 1 ? RESTS.slice(0, 1) : RESTS).map((rest) => ({
          op,
          moving,
          rest: rest.map((x, k) => (still.includes(k) ? 1 : x)),
        })),
  )
}
const lines = pointwise.flatMap(linesOf)

const tuple = ({ op, moving, rest }: Line, x: number): number[] =>
  argumentNames(op).map((_, k) => (k === moving ? x : rest[k]!))
const valueAt = (line: Line, x: number): number => line.op.value!(...tuple(line, x))

const prepared = new Map<string, Prepared>()
/** A condition or formula over an operation's arguments, at points of a line. */
function readings(line: Line, text: string, xs: readonly number[]): number[] {
  const names = argumentNames(line.op)
  const key = `${names.join()}|${text}`
  let formula = prepared.get(key)
  if (!formula) {
    formula = prepare(text, Object.fromEntries(names.map((n) => [n, []])), { wrt: [] })
    prepared.set(key, formula)
  }
  return formula
    .at(xs.map((x) => Object.fromEntries(tuple(line, x).map((v, k) => [names[k]!, [v]]))))
    .map((r) => r.value[0]!)
}

/** The gradient for the moving argument, as the operation's formula gives it. */
function slopes(line: Line, xs: readonly number[]): number[] {
  const names = argumentNames(line.op)
  const key = `${line.op.name}'${line.moving}`
  let graph = prepared.get(key)
  if (!graph) {
    graph = prepare(`${line.op.name}(${names.join()})`, Object.fromEntries(names.map((n) => [n, []])), {
      wrt: [names[line.moving]!],
    })
    prepared.set(key, graph)
  }
  return graph
    .at(xs.map((x) => Object.fromEntries(tuple(line, x).map((v, k) => [names[k]!, [v]]))))
    .map((r) => r.gradients[names[line.moving]!]?.[0] ?? 0)
}

const conditions = (op: Operation): string[] => [op.domain?.value, op.domain?.slope].filter((c) => c !== undefined)
const insideAt = (line: Line, xs: readonly number[], texts = conditions(line.op)): boolean[] => {
  const inside = xs.map(() => true)
  for (const text of texts)
    readings(line, text, xs).forEach((v, i) => {
      if (v === 0) inside[i] = false
    })
  return inside
}

// The grid stands off whole numbers, where edges like to be, so that every edge lies within a cell.
const CELLS = 256
const LOW = -8.0137
const HIGH = 8.0211
const GRID = Array.from({ length: CELLS + 1 }, (_, k) => LOW + ((HIGH - LOW) * k) / CELLS)
/** Halvings until a cell is about 1e-9 wide: an honest slope cannot change there by what is asked. */
const HALVINGS = 26

/** Halves every cell towards the half in which `reading` changes more; the ends of what is left, and the change as a share. */
function narrow(reading: (xs: readonly number[]) => number[]): { at: number; ends: number[]; change: number }[] {
  const a = GRID.slice(0, -1)
  const b = GRID.slice(1)
  const [fa, fb] = [reading(a), reading(b)]
  for (let n = 0; n < HALVINGS; n++) {
    const middle = a.map((x, i) => (x + b[i]!) / 2)
    reading(middle).forEach((f, i) => {
      if (Math.abs(f - fa[i]!) >= Math.abs(fb[i]! - f)) [b[i], fb[i]] = [middle[i]!, f]
      else [a[i], fa[i]] = [middle[i]!, f]
    })
  }
  return a.map((left, i) => ({
    at: (left + b[i]!) / 2,
    ends: [left, b[i]!],
    change: Math.abs(fb[i]! - fa[i]!) / (1 + Math.max(Math.abs(fa[i]!), Math.abs(fb[i]!))),
  }))
}

/** Zeros of a formula on a line: where it changes sign without jumping over zero. */
function zerosOf(line: Line, text: string): number[] {
  const a = GRID.slice(0, -1)
  const b = GRID.slice(1)
  const [fa, fb] = [readings(line, text, a), readings(line, text, b)]
  const cells = a.flatMap((_, i) => (fa[i]! * fb[i]! < 0 ? [i] : []))
  const [low, high, flow] = [a, b, fa].map((list) => cells.map((i) => list[i]!)) as [number[], number[], number[]]
  for (let n = 0; n < 60 && cells.length > 0; n++) {
    const middle = low.map((x, i) => (x + high[i]!) / 2)
    readings(line, text, middle).forEach((f, i) => {
      if (flow[i]! * f <= 0) high[i] = middle[i]!
      else [low[i], flow[i]] = [middle[i]!, f]
    })
  }
  const found = high.map((x) => (Math.abs(x) < 1e-12 ? 0 : x))
  return cells.length === 0 ? [] : found.filter((_, i) => Math.abs(readings(line, text, high)[i]!) < 1e-9)
}

const H = 1e-5
/** One-sided values and slopes by differences of the value, at H and beyond; and whether the edge itself stands out. */
function sides(line: Line, z: number): { readonly jump: number; readonly bend: number } {
  const [l1, l2, r1, r2] = [-H, -2 * H, H, 2 * H].map((h) => valueAt(line, z + h)) as [number, number, number, number]
  const on = [z, ...[1, -1, 2, -2].map((k) => z + k * 2 ** -53 * Math.abs(z))].map((x) => valueAt(line, x))
  const spike = Math.max(...on.map((v) => Math.min(Math.abs(v - l1), Math.abs(v - r1))))
  return { jump: Math.max(Math.abs(2 * r1 - r2 - (2 * l1 - l2)), spike), bend: Math.abs((r2 - r1) / H - (l1 - l2) / H) }
}

const declared = (op: Operation): [string, "kinks" | "jumps"][] => [
  ...(op.kinks ?? []).map((f): [string, "kinks"] => [f, "kinks"]),
  ...(op.jumps ?? []).map((f): [string, "jumps"] => [f, "jumps"]),
]

// Why: samples are put near and on declared edges; one that is none wastes them, one forgotten is never looked at.
describe("declared kinks bend and declared jumps jump", () => {
  const records = pointwise.flatMap((op) => declared(op).map(([text, kind]) => [op.name, kind, text, op] as const))
  it.each(records)("%s %s: %s", (_, kind, text, op) => {
    let found = 0
    let real = 0
    for (const line of linesOf(op)) {
      for (const z of zerosOf(line, text)) {
        if (!insideAt(line, [z])[0]) continue
        found++
        const { jump, bend } = sides(line, z)
        const edge = kind === "jumps" ? jump > 1e-3 : bend > 1e-3 && jump < 1e-3
        if (edge) real++
        // With several arguments an edge may be covered: clip at lo bends only while lo lies below hi.
        else if (op.tensors === 1) expect.fail(`${op.name} has no edge at ${z}: ${JSON.stringify({ jump, bend })}`)
      }
    }
    expect(found).toBeGreaterThan(0)
    expect(real / found).toBeGreaterThan(0.4)
  })
})

describe("no other kink or jump inside the domain", () => {
  it.each(pointwise.map((op) => [op.name, op] as const))("%s", (_, op) => {
    for (const line of linesOf(op)) {
      for (const [what, reading] of [
        ["jump", (xs: readonly number[]) => xs.map((x) => valueAt(line, x))],
        ["kink", (xs: readonly number[]) => slopes(line, xs)],
      ] as const) {
        for (const { at, ends, change } of narrow(reading)) {
          if (change <= 1e-3) continue
          if (declared(op).some(([text]) => readings(line, text, ends).some((v) => Math.abs(v) < 1e-4))) continue
          // The domain ends or has a hole here: its own law looks at that.
          const near = [...ends, Math.round(at * 1e6) / 1e6, at - 0.05, at + 0.05]
          if (!insideAt(line, near).every(Boolean)) continue
          expect.fail(`${op.name} has an undeclared ${what} at ${JSON.stringify(tuple(line, at))}`)
        }
      }
    }
  })
})

// Why: "zero by construction" is a proof that the program prints; it must hold wherever no jump is.
describe("a step is flat between its jumps", () => {
  const steps = pointwise.filter((op) => op.nature === "step")
  it.each(steps.map((op) => [op.name, op] as const))("%s", (_, op) => {
    for (const line of linesOf(op)) {
      const flat = GRID.filter((x) => valueAt(line, x - 1e-9) === valueAt(line, x + 1e-9))
      expect(flat.length).toBeGreaterThan(0.9 * GRID.length)
    }
  })
})

/** Arguments of which the slope condition says nothing, and why. */
const outsideSlope = new Map([["pow", new Set(["b"])]]) // the exponent is nearly always a known number

describe("domains", () => {
  const grid = [...GRID, ...Array.from({ length: 33 }, (_, k) => -4 + k / 4)]
  const limited = pointwise.filter((op) => op.domain)

  // Why: a value that is finite outside the domain, or not finite inside, sends samples to the wrong places.
  it.each(pointwise.map((op) => [op.name, op] as const))("%s: the value is finite inside, and only there", (_, op) => {
    for (const line of linesOf(op)) {
      const inside = insideAt(line, grid, op.domain?.value ? [op.domain.value] : [])
      grid.forEach((x, i) => {
        const value = valueAt(line, x)
        expect(Number.isFinite(value), `${op.name}(${tuple(line, x)}) = ${value}`).toBe(inside[i])
      })
    }
  })

  it.each(pointwise.map((op) => [op.name, op] as const))("%s: the slope is finite inside", (_, op) => {
    for (const line of linesOf(op)) {
      if (outsideSlope.get(op.name)?.has(argumentNames(op)[line.moving]!)) continue
      const inside = insideAt(line, grid)
      slopes(line, grid).forEach((slope, i) => {
        if (inside[i])
          expect(Number.isFinite(slope), `slope of ${op.name} at ${tuple(line, grid[i]!)} is ${slope}`).toBe(true)
      })
    }
  })

  // Why: a slope condition that never matters hides the points where it does.
  it.each(limited.filter((op) => op.domain?.slope).map((op) => [op.name, op] as const))(
    "%s: right outside the slope condition some slope is not finite, or is replaced by convention",
    (_, op) => {
      const names = argumentNames(op)
      const zero = names.map(() => 0)
      const spots = [zero, ...[-1, 0, 1].map((x) => names.map(() => x))]
      const outside = spots.filter((s) => {
        const line = { op, moving: 0, rest: s }
        const holds = (text: string | undefined): boolean =>
          text === undefined || readings(line, text, [s[0]!])[0] !== 0
        return holds(op.domain?.value) && !holds(op.domain?.slope)
      })
      expect(outside.length).toBeGreaterThan(0)
      for (const s of outside) {
        const said = names.flatMap((_, moving) => slopes({ op, moving, rest: s }, [s[moving]!]))
        const masked = Object.values(op.vjp).some((v) => typeof v === "object")
        expect(masked || said.some((v) => !Number.isFinite(v)), `${op.name} at ${s}: ${said}`).toBe(true)
      }
    },
  )
})

it("looks at every operation that is a function of numbers", () => {
  expect(lines.length).toBeGreaterThan(100)
})
