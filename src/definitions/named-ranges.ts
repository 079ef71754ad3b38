// Ranges by patterns of names: "y, target*" means y and whatever begins with target; the first pattern that fits counts.
import { type InputSpec, listSpec, parseInputSpec } from "./ranges.ts"

export type NamedRanges = Readonly<Record<string, string | readonly unknown[]>>

const piece = /^[\p{L}\p{N}_*]+$/u

/** The pieces of a pattern; undefined for what is none. */
export function piecesOf(pattern: string): readonly string[] | undefined {
  const pieces = pattern.split(",").map((p) => p.trim())
  return pieces.every((p) => piece.test(p)) ? pieces : undefined
}

/** Patterns are looked at in their order; `*` stands for any letters, and capital ones are no others. */
export function rangesByName(named: NamedRanges): (name: string) => InputSpec | undefined {
  const rows = Object.entries(named).map(([pattern, given]) => ({
    pattern: new RegExp(`^(?:${(piecesOf(pattern) ?? []).map((p) => p.replaceAll("*", ".*")).join("|")})$`, "iu"),
    spec: typeof given === "string" ? parseInputSpec(given) : listSpec(given),
  }))
  return (name) => rows.find(({ pattern }) => pattern.test(name))?.spec
}
