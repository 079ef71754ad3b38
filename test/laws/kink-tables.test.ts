// Law: the tables of `gradcheck explain OP` say at every kink and border what the recorded conventions say there.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { bordersAlong } from "../../src/borders.ts"
import { evaluate } from "../../src/evaluate.ts"
import { type Traced, trace } from "../../src/graph/inputs.ts"
import { dataOf, isConstant, isInput, type Node } from "../../src/graph/node.ts"
import type { Framework, Operation } from "../../src/ops/record.ts"
import { isOperation, publicEntries } from "../../src/ops/table.ts"
import { BESIDE, compared, kinkRows, trapRows } from "../../src/report/pages/kinks.ts"
import { parseProgram } from "../../src/syntax/parse.ts"

type Written = number | "nan" | "inf" | "-inf" | readonly Written[]
interface Row {
  readonly id: string
  readonly framework: Framework
  readonly text: string
  readonly at: Readonly<Record<string, Written>>
  readonly value?: Written
  readonly gradient?: Readonly<Record<string, Written | null>>
}
const { rows } = JSON.parse(readFileSync(new URL("../../fixtures/kink-conventions.json", import.meta.url), "utf8")) as {
  rows: Row[]
}

/** Recorded otherwise, and meant: see conventions.test.ts. */
const meant = new Set(["hardsigmoid@-3 right", "hardsigmoid@3 left", "digamma@-1"])

const flat = (x: Written): number[] =>
  typeof x === "object"
    ? x.flatMap(flat)
    : [x === "nan" ? Number.NaN : x === "inf" ? Infinity : x === "-inf" ? -Infinity : x]

/** One operation with known numbers beside one input: "clip|x,0,1". Other texts speak of something else. */
function keyOf({ root }: Traced): string | undefined {
  const part = (n: Node): string | undefined =>
    isInput(n) ? "x" : isConstant(n) ? [...dataOf(n)].join(" ") : undefined
  const parts = root.inputs.map(part)
  return parts.filter((p) => p === "x").length === 1 && !parts.includes(undefined)
    ? `${root.op.name}|${parts.join()}`
    : undefined
}

const traced = (text: string, names: readonly string[], framework: Framework, shape: readonly number[]): Traced => {
  const source = { name: "", text }
  return trace(parseProgram(source), source, {
    shapes: new Map(names.map((n) => [n, shape])),
    batch: 8,
    framework,
  })
}

interface Known {
  readonly id: string
  readonly framework: Framework
  readonly x: number
  readonly gradient: number | null
  readonly value: number | undefined
}

/** Recorded gradients by operation and fixed arguments, element by element. */
const known = new Map<string, Known[]>()
for (const row of rows) {
  const names = Object.keys(row.at)
  if (names.length !== 1 || !row.gradient || meant.has(row.id)) continue
  const [name] = names as [string]
  const xs = flat(row.at[name]!)
  const gradients = row.gradient[name]
  let key: string | undefined
  try {
    key = keyOf(traced(row.text, names, row.framework, Array.isArray(row.at[name]) ? [xs.length] : []))
  } catch {
    continue
  }
  if (key === undefined) continue
  const all = gradients === null || gradients === undefined ? undefined : flat(gradients)
  const values = row.value === undefined ? [] : flat(row.value)
  // A fold's vector is no row of points.
  if (xs.length > 1 && values.length !== xs.length) continue
  xs.forEach((x, k) => {
    const list = known.get(key) ?? []
    list.push({ id: row.id, framework: row.framework, x, gradient: all ? all[k]! : null, value: values[k] })
    known.set(key, list)
  })
}

const near = (a: number | null, b: number | null): boolean =>
  Object.is(a, b) || (a !== null && b !== null && (a === b || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b))))

const agreed = new Map<string, number>()

function holdTo(
  call: string,
  name: string,
  at: number,
  side: -1 | 0 | 1,
  framework: Framework,
  own: number | null,
  value?: number,
): void {
  const key = keyOf(traced(call, [name], framework, []))
  for (const k of known.get(key ?? "") ?? []) {
    if (k.framework !== framework) continue
    if (Math.sign(k.x - at) !== side || Math.abs(k.x - at) > 2 * BESIDE) continue
    agreed.set(framework, (agreed.get(framework) ?? 0) + 1)
    const place = `${call} by ${name} at ${at}, side ${side}, ${framework}`
    expect(near(own, k.gradient), `${place}: ${own}, recorded ${k.id}: ${k.gradient}`).toBe(true)
    if (value !== undefined && k.value !== undefined) expect(near(value, k.value), place).toBe(true)
  }
}

const operations = publicEntries().filter(isOperation)
const concerned = operations.filter((o): o is Operation => Boolean(o.kinks || o.jumps || o.domain))

describe("tables of kinks and traps", () => {
  it.each(concerned.map((o) => [o.name, o] as const))("%s", (_, op) => {
    for (const { call, name, at, left, on, right } of kinkRows(op, evaluate, bordersAlong)) {
      for (const f of compared) {
        holdTo(call, name, at, -1, f, left[f])
        holdTo(call, name, at, 0, f, on[f])
        holdTo(call, name, at, 1, f, right[f])
      }
    }
    for (const { call, name, at, value, slope, masked } of trapRows(op, evaluate)) {
      if (!op.pointwise) continue
      for (const f of compared) {
        holdTo(call, name, at, 0, f, slope[f], value)
        // What is finite times 0 is 0.
        if (slope[f] !== null && Number.isFinite(slope[f])) expect(Math.abs(masked[f]!)).toBe(0)
      }
    }
  })
  it("are held to many recorded points", () => {
    for (const f of compared) expect(agreed.get(f) ?? 0, f).toBeGreaterThan(15)
  })
  it("exist for every operation with a kink that can be reached along one argument", () => {
    const without = concerned.filter((o) => (o.kinks || o.jumps) && kinkRows(o, evaluate, bordersAlong).length === 0)
    expect(without.map((o) => o.name)).toEqual([])
    const safe = concerned.filter((o) => o.domain && trapRows(o, evaluate).length === 0)
    expect(safe.map((o) => o.name)).toEqual([])
  })
  it("show a kink at which slopes differ from side to side", () => {
    for (const op of concerned.filter((o) => o.kinks))
      for (const { left, right, call } of kinkRows(op, evaluate, bordersAlong).filter((r) => !r.jump))
        expect(left.torch, call).not.toBe(right.torch)
  })
})
