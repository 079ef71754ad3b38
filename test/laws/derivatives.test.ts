// Law: every derivative formula agrees with finite differences of the operation's own values.
import { describe, expect, it } from "vitest"
import { type Framework, NONE, type Operation, type Vjp, ZERO } from "../../src/ops/record.ts"
import { entryOf, operations, signatureOf } from "../../src/ops/table.ts"
import type { Expr } from "../../src/syntax/ast.ts"
import { parseExpression } from "../../src/syntax/parse.ts"
import { freeNames } from "../../src/syntax/walk.ts"
import { compareGradients, type Outcome } from "../support/differences.ts"
import { argumentNames, buildOf, type Case, casesOf, pointsOf } from "../support/operations.ts"
import { randomFrom, seedOf } from "../support/random.ts"

const TOLERANCE = 1e-6
/** The gradient of a gradient loses digits twice. */
const TOLERANCE_TWICE = 1e-5

const formulasOf = (vjp: Vjp): string[] =>
  (typeof vjp === "string" ? [vjp] : Object.values(vjp)).filter((f) => f !== ZERO && f !== NONE)
/** Its gradient is what its author declares, whatever the value does. */
const declared: ReadonlySet<string> = new Set(["_trusted"])
const differentiable = operations.filter(
  (op) => !declared.has(op.name) && Object.values(op.vjp).some((v) => formulasOf(v).length > 0),
)

/** Frameworks that have a formula of their own for some argument. */
const frameworksOf = (op: Operation): Framework[] => [
  "torch",
  ...(["tf", "jax"] as const).filter((f) => Object.values(op.vjp).some((v) => typeof v === "object" && f in v)),
]

/** Points that a framework reads differently: its value there is not the one that all others give. */
const otherwise = new Map<string, (x: readonly number[], framework: Framework) => boolean>([
  // TensorFlow applies the lower bound last, so clip with lo > hi is lo there and hi elsewhere.
  ["clip", ([, lo, hi], framework) => framework === "tf" && lo! > hi!],
])

function check(op: Operation, c: Case, framework: Framework, order: 1 | 2): Outcome {
  const seed = seedOf(op.name + JSON.stringify(c.shapes))
  const skip = otherwise.get(op.name)
  const points = pointsOf(op, c, 6, randomFrom(seed)).filter(
    (p) => !skip || c.shapes.some((s) => s.length > 0) || !skip(p, framework),
  )
  expect(points.length, `no points for ${op.name}`).toBeGreaterThan(0)
  const formulas = argumentNames(op).map((a) => op.vjp[a] ?? NONE)
  const live = formulas.flatMap((f, k) => (f !== NONE && f !== ZERO && !c.fixed?.[k] ? [k] : []))
  return compareGradients(buildOf(op, c.statics), c.shapes, points, seed, { framework, order, live })
}

// Why: one wrong sign in one formula makes every verdict about losses that use it wrong, and nothing else would tell.
describe("derivatives against finite differences", () => {
  it.each(differentiable.map((op) => [op.name, op] as const))("%s", (_, op) => {
    const cases = casesOf(op)
    expect(cases, `test/support/operations.ts does not know how to call ${op.name}`).toBeDefined()
    for (const c of cases!)
      for (const framework of frameworksOf(op)) {
        if (otherwise.has(op.name) && framework === "tf" && c.shapes.some((s) => s.length > 0)) continue
        const once = check(op, c, framework, 1)
        expect(once.error, `${framework} ${JSON.stringify({ ...c, ...once })}`).toBeLessThan(TOLERANCE)
      }
  })
})

// Why: gradient penalties and Newton steps differentiate the gradient graph again, helpers of formulas included.
describe("derivatives of the derivatives", () => {
  it.each(differentiable.map((op) => [op.name, op] as const))("%s", (_, op) => {
    for (const c of casesOf(op) ?? []) {
      const twice = check(op, c, "torch", 2)
      expect(twice.error, JSON.stringify({ ...c, ...twice })).toBeLessThan(TOLERANCE_TWICE)
    }
  })
})

const given = (op: Operation): Set<string> =>
  new Set([
    ...signatureOf(op).calls![0]!.map((p) => p.target),
    ...["g", "out", "origin", "pi"],
    ...(op.spreads ? ["count"] : []),
    ...(op.prepare ? ["map", "to"] : []),
  ])

describe("formulas", () => {
  // Why: a formula is text, so a misspelt name would surface only when a user differentiates that operation.
  it("parse and name only what they are given", () => {
    for (const op of operations)
      for (const formula of Object.values(op.vjp).flatMap(formulasOf)) {
        const expr: Expr = parseExpression({ name: op.name, text: formula })
        for (const name of freeNames(expr))
          expect(given(op).has(name) || entryOf(name) !== undefined, `${op.name}: ${name} in ${formula}`).toBe(true)
      }
  })

  // Why: a misspelt key of vjp would silently mean "no path".
  it("belong to arguments, and every tensor argument has one or says why not", () => {
    for (const op of operations) {
      expect(Object.keys(op.vjp).sort(), op.name).toEqual(argumentNames(op).sort())
      if (op.nature === "step" || op.nature === "choice" || op.nature === "stop")
        expect(Object.values(op.vjp).flatMap(formulasOf), op.name).toEqual([])
    }
  })

  // Why: a new operation without a formula must be meant so; these are, each for the reason beside it.
  it("are absent only where the nature of the operation says so", () => {
    const silent = operations.filter(
      (op) =>
        !differentiable.includes(op) &&
        !declared.has(op.name) &&
        !["step", "choice", "stop", "leaf"].includes(op.nature),
    )
    expect(silent.map((op) => op.name)).toEqual([])
  })
})
