// Law: every surrogate that an entry offers parses, and has a gradient where the entry itself has none.
import { describe, expect, it } from "vitest"
import type { Operation, Surrogate } from "../../src/ops/record.ts"
import { entryOf, isComposition, isOperation, operations, publicEntries, signatureOf } from "../../src/ops/table.ts"
import { type Prepared, prepare } from "../support/evaluate.ts"
import { randomFrom, seedOf } from "../support/random.ts"

interface Offer {
  readonly owner: string
  readonly surrogate: Surrogate
  readonly names: readonly string[]
}

const tensorsOf = (owner: string): number => {
  const entry = entryOf(owner)!
  return isOperation(entry) ? entry.tensors : 1
}
const offers: readonly Offer[] = publicEntries().flatMap((entry) =>
  isOperation(entry) || isComposition(entry)
    ? (entry.instead ?? []).map((surrogate) => ({
        owner: entry.name,
        surrogate,
        names: signatureOf(entry)
          .calls![0]!.slice(0, tensorsOf(entry.name))
          .map((p) => p.target),
      }))
    : [],
)

/** Shapes under which a surrogate makes sense: whole rows for those that fold, single numbers else. */
const shapeFor = (owner: string): number[] => {
  const entry = entryOf(owner)!
  return isOperation(entry) && entry.value ? [] : [5]
}

/** Points in (0, 1), where counts of probabilities live, and around 0. */
function points(offer: Offer, p: Prepared): Record<string, number[]>[] {
  const random = randomFrom(seedOf(offer.owner + offer.surrogate.write))
  return Array.from({ length: 40 }, (_, k) =>
    Object.fromEntries(
      [...p.inputs].map(([name, node]) => [
        name,
        Array.from({ length: node.shape.reduce((a, b) => a * b, 1) }, () => (k % 2 ? random() : 2 * random() - 1)),
      ]),
    ),
  )
}

const alive = (gradients: Readonly<Record<string, number[] | null>>): boolean =>
  Object.values(gradients).some((g) => g?.some((v) => v !== 0 && Number.isFinite(v)))

// Why: a help line that offers another dead expression is worse than none.
describe("surrogates", () => {
  it.each(offers.map((o) => [`${o.owner}: ${o.surrogate.write}`, o] as const))("%s", (_, offer) => {
    const shapes = Object.fromEntries(offer.names.map((n) => [n, shapeFor(offer.owner)]))
    const surrogate = prepare(offer.surrogate.write, shapes)
    const original = prepare(`${offer.owner}(${offer.names.join(", ")})`, shapes)
    const when = offer.surrogate.when ? prepare(offer.surrogate.when, shapes, { wrt: [] }) : undefined
    const all = points(offer, surrogate)
    const met = when ? all.filter((_, k) => when.at([all[k]!])[0]!.value.every((v) => v !== 0)) : all
    expect(met.length).toBeGreaterThan(10)
    const dead = original.at(met).filter((row) => !alive(row.gradients)).length
    expect(dead, "the original is alive, so nothing is mended").toBe(met.length)
    const live = surrogate.at(met).filter((row) => alive(row.gradients)).length
    expect(live).toBe(met.length)
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
      .filter((op: Operation) => (op.nature === "step" || op.nature === "choice") && !op.internal && !op.instead)
      .map((op) => op.name)
    expect(without.sort()).toEqual(
      [
        ...["eq", "ne"], // equality of reals is never what is meant; of labels it is a mask
        ...["logical_and", "logical_or", "logical_xor", "logical_not", "all", "any"], // of truths; the comparison inside has one
        ...["isnan", "isinf", "isfinite", "signbit", "bool"], // tests, not counts
        ...["count_nonzero", "argsort"], // their surrogates need a choice of norm or of ranking loss, which the findings explain
      ].sort(),
    )
  })
})
