// Broken losses from the wild and their living look-alikes, as expressions: verdict, blame, value and gradients.

import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { Finding } from "../../src/findings/finding.ts"
import { outermost } from "../../src/findings/places.ts"
import { type CheckOptions, check, evaluate, type LossResult, type Nested } from "../../src/index.ts"
import { sliceOf } from "../../src/source/text.ts"

type Expected = "alive" | "dead" | "disconnected" | "nan" | "saturating"

interface Example {
  readonly id: string
  readonly framework: "torch" | "tf" | "jax"
  readonly expression: readonly string[]
  readonly inputs: Readonly<Record<string, string>>
  readonly wrt: readonly string[]
  readonly role: "loss"
  readonly given?: string
  readonly dtype?: "float32"
  readonly verdict: Readonly<Record<string, Expected>>
  readonly blame: string | readonly string[] | null
  readonly at: Readonly<Record<string, Nested>>
  readonly recordedVerdict?: Readonly<Record<string, string>>
  readonly apart?: string
  readonly value?: number | "nan"
  /** Numbers, "nan", or null where the framework hands back nothing. */
  readonly gradient: Readonly<Record<string, unknown>>
}

const { cases, leftOut } = JSON.parse(
  readFileSync(new URL("../../fixtures/dead-expressions.json", import.meta.url), "utf8"),
) as { cases: readonly Example[]; leftOut: readonly { readonly id: string; readonly why: string }[] }

const notFinite: readonly string[] = ["nan-gradient", "infinite-slope", "non-finite-loss"]
const fading: readonly string[] = ["saturation", "flat-side", "dead-where-wrong"]

const textOf = (example: Example): string => example.expression.join("\n")

function checked(example: Example, more: CheckOptions): LossResult {
  const { framework, wrt, role, dtype } = example
  return check(textOf(example), { framework, wrt, role, ...(dtype ? { dtype } : {}), ...more })
}
const overRanges = (example: Example): LossResult =>
  checked(example, { inputs: example.inputs, ...(example.given ? { given: example.given } : {}) })
const atRecorded = (example: Example): LossResult =>
  checked(example, { inputs: Object.fromEntries(Object.entries(example.at).map(([name, value]) => [name, [value]])) })

const about = (result: LossResult, rules: readonly string[], parameter: string): Finding | undefined =>
  result.findings.find((f) => rules.includes(f.rule) && f.parameters.includes(parameter))

function blamed(finding: Finding | undefined): string | undefined {
  const span = finding?.marks[0]?.span
  return span && sliceOf(outermost(span))
}

const flat = (x: unknown): unknown[] => (Array.isArray(x) ? x.flatMap(flat) : [x])

/** Recorded to six digits in float32. */
function near(got: number, recorded: unknown, scale: number): boolean {
  if (recorded === "nan") return Number.isNaN(got)
  return typeof recorded === "number" && Math.abs(got - recorded) <= 1e-5 * Math.max(scale, Math.abs(recorded)) + 1e-7
}

const drawsNoise = (example: Example): boolean => example.value === undefined

describe.each(cases.map((c) => [c.id, c] as const))("%s", (_, example) => {
  const expected = Object.entries(example.verdict)

  it("is called what it is, and nothing that lives is accused", () => {
    const result = overRanges(example)
    for (const [name, want] of expected) {
      const { verdict } = result.parameters[name]!
      if (want === "nan") {
        expect(about(result, notFinite, name), `${name} is ${verdict}`).toBeDefined()
        expect(atRecorded(example).parameters[name]!.verdict).toBe("broken")
      } else if (want === "saturating")
        expect(["saturating", "partial"].includes(verdict) || about(result, fading, name) !== undefined).toBe(true)
      else expect([name, verdict]).toEqual([name, want])
      if (want === "alive" || want === "saturating")
        expect(result.findings.filter((f) => f.level === "error" && f.parameters.includes(name))).toEqual([])
      if (example.recordedVerdict)
        expect(atRecorded(example).parameters[name]!.verdict).toBe(example.recordedVerdict[name])
    }
  })

  it.runIf(example.blame)("is blamed on the operation that does it", () => {
    const nan = expected.some(([, want]) => want === "nan")
    const result = nan ? atRecorded(example) : overRanges(example)
    const first = result.findings.find((f) => !nan || notFinite.includes(f.rule))
    expect([example.blame].flat()).toContain(blamed(first))
  })

  it.skipIf(drawsNoise(example))("has the value and the gradients that were recorded", () => {
    const text = textOf(example)
    const names = Object.keys(example.gradient)
    const read = names.filter((n) => new RegExp(`\\b${n}\\b`).test(text))
    for (const name of names.filter((n) => !read.includes(n))) expect(example.gradient[name]).toBeNull()
    const { framework, dtype, at } = example
    const { value, gradients } = evaluate(text, { at, wrt: read, framework, ...(dtype ? { dtype } : {}) })
    expect(near(value as number, example.value, 1), `value ${value}`).toBe(true)
    for (const name of read) {
      const got = flat(gradients[name])
      const recorded = flat(example.gradient[name])
      // Nothing and zeros are the same to a parameter: which of the two a framework hands back is its own affair.
      if (gradients[name] === null || example.gradient[name] === null) {
        for (const g of [...got, ...recorded]) expect(g === null || g === 0).toBe(true)
        continue
      }
      const scale = Math.max(0, ...recorded.flatMap((r) => (typeof r === "number" ? [Math.abs(r)] : [])))
      const off = recorded.flatMap((r, k) => (near(got[k] as number, r, scale) ? [] : [k]))
      expect(got).toHaveLength(recorded.length)
      if (!example.apart) expect(off, `${name}: ${got} for ${recorded}`).toEqual([])
    }
  })
})

describe("what cannot be said as an expression", () => {
  it("is left out with a reason, and is little", () => {
    expect(leftOut.length).toBeLessThanOrEqual(2)
    for (const { why } of leftOut) expect(why.length).toBeGreaterThan(20)
    expect(cases.length + leftOut.length).toBe(56)
  })
})
