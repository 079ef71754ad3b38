// Law: every surrogate that an entry offers parses, and has a gradient where the entry itself has none.
import { describe, expect, it } from "vitest"
import { compositions } from "../../src/ops/named/index.ts"
import type { Composition, Operation, Surrogate } from "../../src/ops/record.ts"
import { entryOf, isComposition, isOperation, operations, signatureOf } from "../../src/ops/table.ts"
import { type Evaluation, evaluateAt, type Numbers } from "../support/evaluate.ts"
import { randomFrom } from "../support/random.ts"

interface Offer {
  readonly owner: Operation | Composition
  readonly surrogate: Surrogate
}
const offers: readonly Offer[] = [...operations, ...compositions].flatMap((owner) =>
  (owner.instead ?? []).map((surrogate) => ({ owner, surrogate })),
)

const namesOf = (owner: Offer["owner"]): string[] =>
  signatureOf(owner)
    .calls![0]!.filter((p, k) => (isOperation(owner) ? k < owner.tensors : p.required))
    .map((p) => p.target)

type Inputs = Readonly<Record<string, Numbers>>
const random = randomFrom(11)
const draw = (low: number, high: number, ...shape: number[]): Numbers =>
  shape.length === 0
    ? low + (high - low) * random()
    : Array.from({ length: shape[0]! }, () => draw(low, high, ...shape.slice(1)))

/** Inputs for operations: numbers in (0, 1), where counts of probabilities live, and around 0. */
const forOperation = (op: Operation): Inputs[] =>
  Array.from({ length: 40 }, (_, k) =>
    Object.fromEntries(
      namesOf(op).map((n) => [n, k % 2 ? draw(0, 1, ...(op.value ? [] : [5])) : draw(-1, 1, ...(op.value ? [] : [5]))]),
    ),
  )

const oneHot = [
  [1, 0, 0],
  [0, 0, 1],
  [0, 1, 0],
  [0, 0, 1],
]
/** What labels y and predictions p may look like; a surrogate must be of use in one of these at least. */
const scenes: readonly (() => Inputs)[] = [
  () => ({ y: [1, 0, 1, 1, 0], p: draw(0.05, 0.95, 5) }),
  () => ({ y: [1, 0, 1, 1, 0], p: draw(-2, 2, 5) }),
  () => ({ y: [0, 2, 1, 2], p: draw(-2, 2, 4, 3) }),
  () => ({ y: [0, 2, 1, 2], p: draw(0.05, 0.95, 4, 3) }),
  () => ({ y: oneHot, p: draw(0.05, 0.95, 4, 3) }),
  () => ({ y: oneHot, p: draw(-2, 2, 4, 3) }),
  () => ({ y: draw(0, 3, 5), p: draw(0, 3, 5) }),
  () => ({ q: draw(-1, 1, 3, 2), k: draw(-1, 1, 4, 2), v: draw(-1, 1, 4, 2) }),
  () => ({ y: [1, 0, 1, 1, 0], p: [1, 1, 0, 1, 0] }),
  () => ({ x: draw(-1, 1, 5) }),
  () => ({ x: draw(-1, 1, 3, 4) }),
]
/** Arguments that must be known beforehand are written into the call. */
const KNOWN: Readonly<Record<string, string>> = { n: "2", classes: "[0, 1]" }
/** Labels are given: only predictions are trained. */
const given = new Set(["y", "t", "labels"])
const defaults = (owner: Offer["owner"]): Record<string, Numbers> =>
  Object.fromEntries(
    signatureOf(owner)
      .calls![0]!.filter((p) => typeof p.default === "number" && !p.required)
      .map((p) => [p.target, p.default as number]),
  )

const moves = (g: number[] | null | undefined): boolean => g?.some((v) => v !== 0 && Number.isFinite(v)) ?? false
const alive = ({ gradients }: Evaluation, names: readonly string[]): boolean => names.some((n) => moves(gradients[n]))

function evaluate(text: string, inputs: Inputs, wrt: readonly string[]): Evaluation | undefined {
  try {
    return evaluateAt(text, inputs, { wrt })
  } catch {
    return undefined
  }
}

/** The scenes in which the entry can be called and is dead, and the surrogate's condition holds. */
function fitting({ owner, surrogate }: Offer): { inputs: Inputs; wrt: string[] }[] {
  const names = namesOf(owner)
  const many = isOperation(owner)
    ? forOperation(owner)
    : scenes.flatMap((s) => [s(), s()]).filter((s) => names.every((n) => n in s || n in KNOWN))
  return many.flatMap((scene) => {
    const inputs = { ...defaults(owner), ...scene }
    const wrt = names.filter((n) => !given.has(n) && !(n in KNOWN))
    const original = evaluate(`${owner.name}(${names.map((n) => KNOWN[n] ?? n).join(", ")})`, inputs, wrt)
    const holds = !surrogate.when || evaluate(surrogate.when, inputs, [])?.value.every((v) => v !== 0)
    const dead = original ? wrt.filter((n) => !moves(original.gradients[n])) : []
    return holds && dead.length > 0 ? [{ inputs, wrt: dead }] : []
  })
}

// Why: a help line that offers another dead expression is worse than none.
describe("surrogates", () => {
  it.each(offers.map((o) => [`${o.owner.name}: ${o.surrogate.write}`, o] as const))("%s", (_, offer) => {
    const met = fitting(offer)
    expect(met.length, "nowhere is the entry dead and the surrogate offered").toBeGreaterThan(0)
    const live = met.filter(({ inputs, wrt }) => {
      const own = evaluate(offer.surrogate.write, inputs, wrt)
      return own && alive(own, wrt)
    })
    // A composition's surrogate may fit only some of the shapes that the composition takes.
    if (isOperation(offer.owner)) expect(live.length).toBe(met.length)
    else expect(live.length).toBeGreaterThan(0)
  })

  it("are each one line of text with an expression", () => {
    for (const { surrogate } of offers) {
      expect(surrogate.text).toMatch(/^[^\n]{5,90}$/)
      expect(surrogate.write).not.toContain("\n")
    }
  })

  // Why: a dead operation without a way out leaves the user alone; these have none, each for the reason beside it.
  it("are offered for every rounding, choice and comparison that a loss may be built on", () => {
    const without = operations
      .filter((op) => (op.nature === "step" || op.nature === "choice") && !op.internal && !op.instead && !op.matches)
      .map((op) => op.name)
    const meant = [
      ...["logical_and", "logical_or", "logical_xor", "logical_not", "all", "any"], // of truths; the comparison inside has one
      ...["isnan", "isinf", "isfinite", "signbit", "bool"], // tests, not counts
      ...["count_nonzero", "argsort"], // their surrogates need a choice of norm or of ranking loss, which the findings explain
    ]
    expect(without.filter((name) => !meant.includes(name))).toEqual([])
    expect(meant.every((name) => entryOf(name) && !isComposition(entryOf(name)!))).toBe(true)
  })
})
