// Makers of compositions, one for each family.
import { nameOf, spellings } from "../helpers.ts"
import type { Composition } from "../record.ts"

const maker =
  (family: Composition["family"]) =>
  (call: string, says: string, body: string, names?: string, more: Partial<Composition> = {}): Composition => ({
    name: nameOf(call),
    call,
    says,
    body,
    family,
    ...(names ? { names: spellings(names) } : {}),
    ...more,
  })

export const func = maker("function")
export const activation = maker("activation")
export const loss = maker("loss")
export const metric = maker("metric")
