// Makers of compositions, one for each family.
import { nameOf } from "../helpers.ts"
import type { Composition, Surrogate } from "../record.ts"

const maker =
  (family: Composition["family"]) =>
  (call: string, says: string, body: string, names?: string, more: Partial<Composition> = {}): Composition => ({
    name: nameOf(call),
    call,
    says,
    body,
    family,
    ...(names ? { names } : {}),
    ...more,
  })

export const func = maker("function")
export const activation = maker("activation")
export const loss = maker("loss")
export const metric = maker("metric")

/** Losses to train on instead of a metric that is better when larger. */
export const instead = (surrogates: readonly Surrogate[]): Partial<Composition> => ({
  instead: surrogates.map((s) => ({ ...s, turns: true })),
})
