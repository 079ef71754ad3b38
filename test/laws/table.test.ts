// Law: the table of operations is whole: names, aliases, calls, and an implementation for everything that has a record.
import { describe, expect, it } from "vitest"
import { structurals } from "../../src/graph/structural.ts"
import { structural } from "../../src/ops/structural.ts"
import {
  callableNames,
  entryOf,
  isComposition,
  isOperation,
  knownPaths,
  operations,
  publicEntries,
  signatureOf,
  spellingsOf,
} from "../../src/ops/table.ts"
import { parseProgram } from "../../src/syntax/parse.ts"

const entries = [...new Set([...publicEntries(), ...operations, ...structural])]

describe("the table", () => {
  it("carries out every structural record, and records every structural function", () => {
    expect([...structurals.keys()].sort()).toEqual(structural.map((s) => s.name).sort())
  })

  it("names every entry once", () => {
    const names = entries.map((e) => e.name)
    expect(names.filter((n, k) => names.indexOf(n) !== k)).toEqual([])
  })

  // Why: an alias that hides an entry of its own would change what that name means.
  it("lets every callable name resolve to an entry that knows its own name", () => {
    for (const name of callableNames()) {
      const entry = entryOf(name)!
      expect(entryOf(entry.name), name).toBe(entry)
    }
  })

  it.each(entries.map((e) => [e.name, e] as const))("%s has a call that parses and is named after it", (_, entry) => {
    const { path, calls } = signatureOf(entry)
    expect(path).toBe(entry.name)
    expect(calls).toHaveLength(1)
    const names = calls![0]!.map((p) => p.target)
    expect(new Set(names).size).toBe(names.length)
    if (isOperation(entry)) expect(names.length).toBeGreaterThanOrEqual(entry.tensors)
    // Required arguments come first, as in Python.
    const optional = calls![0]!.findIndex((p) => !p.required && !p.rest)
    if (optional >= 0)
      for (const p of calls![0]!.slice(optional)) expect(p.required, `${p.name} of ${entry.name}`).toBe(false)
  })

  it.each(entries.filter(isComposition).map((e) => [e.name, e] as const))("%s has a body that parses", (_, entry) => {
    expect(() => parseProgram({ name: entry.name, text: entry.body.trim().replace(/\n\s+/g, "\n") })).not.toThrow()
  })

  it.each(entries.map((e) => [e.name, e.says] as const))("%s says what it is in one short line", (_, says) => {
    expect(says).toMatch(/^[^\n]{1,130}[^.\n]$/)
  })

  it("gives pointwise operations the call of their value", () => {
    for (const op of operations) if (op.value) expect(op.value.length, op.name).toBeLessThanOrEqual(op.tensors)
  })
})

// Why: names come from users; with a plain object for a table they would find JavaScript's own properties.
describe.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "prototype"])(
  "the name %s",
  (name) => {
    it("is unknown, as a name and as a path", () => {
      expect(entryOf(name)).toBeUndefined()
      for (const root of ["torch", "Tensor", "tf", "np", "jnp", "F"]) expect(spellingsOf(`${root}.${name}`)).toEqual([])
      expect(callableNames()).not.toContain(name)
      expect(knownPaths()).not.toContain(name)
    })
  },
)
