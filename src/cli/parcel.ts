// What looks give, as text: for other threads, for other machines, for later runs. What is shared stays shared, and
// numbers arrive that JSON does not have.
import { parse, stringify } from "devalue"
import { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"

const none: ReadonlySet<unknown> = new Set()

/** Texts in `known` are left out: who unpacks it has them, by their names. */
export const packed = (value: unknown, known: ReadonlySet<unknown> = none): string =>
  stringify(value, {
    Problem: (one: unknown) => one instanceof Problem && one.parts,
    Source: (one: unknown) => known.has(one) && [(one as Source).name],
  })

/** Undefined for what is damaged, or asks for a text that is not there. */
export function unpacked<T>(text: string, sourceOf: (name: string) => Source | undefined = () => undefined) {
  try {
    return parse(text, {
      Problem: (parts) => new Problem(parts),
      Source: ([name]: [string]) => {
        const source = sourceOf(name)
        if (!source) throw new Error(`there is no text of ${name}`)
        return source
      },
    }) as T
  } catch {
    return undefined
  }
}
