import { describe, expect, it } from "vitest"
import type { LossResult } from "../../src/findings/result.ts"
import { json } from "../../src/report/json.ts"
import { jsonSchema, reportSchema } from "../../src/report/schema.ts"
import { Problem } from "../../src/source/problem.ts"
import { finding, parameter, result, sourceOf, spanOf, view } from "../support/results.ts"

const print = (
  results: readonly LossResult[],
  problems: readonly { expression: string; problem: Problem }[] = [],
  ascii = false,
): string => json({ version: "1.2.3", results, problems, failOn: "error", exit: 1 }, view({ ascii }))

const loss = result("1 - f1(y,\n σ(p))", {
  verdict: "dead",
  parameters: {
    p: parameter({ size: { least: Number.NaN, median: 1, greatest: Infinity }, byError: [1, Number.NaN] }),
  },
})
const inner = sourceOf("h = p > 0.5\nsum(y*h)", "f1")
const found = finding({
  marks: [
    { span: spanOf(inner, "p > 0.5", 0, spanOf(loss.source, "f1(y,\n σ(p))")), text: "flat" },
    { span: spanOf(loss.source, "σ(p)"), text: "here too" },
  ],
  table: [["a", "b"]],
  help: [{ text: "t", write: "w", keepsValue: false, checked: { verdict: "alive", live: 1, cases: 2, text: "" } }],
})

describe("JSON", () => {
  it("keeps to its schema, with and without findings and problems", () => {
    const problem = new Problem({ headline: "h", mark: { span: spanOf(loss.source, "p"), text: "t" }, close: ["q"] })
    for (const text of [
      print([]),
      print([loss]),
      print([{ ...loss, findings: [found] }]),
      print([], [{ expression: "x", problem }]),
    ])
      expect(() => reportSchema.parse(JSON.parse(text))).not.toThrow()
  })
  it("places a finding in the user's text, with the way into compositions", () => {
    const { findings } = reportSchema.parse(JSON.parse(print([{ ...loss, findings: [found] }])))
    expect(findings[0]!.where).toMatchObject({
      file: "",
      start: { line: 1, column: 5, offset: 4 },
      end: { line: 2, column: 7, offset: 16 },
      inside: [{ name: "f1", start: { line: 1, column: 5 } }],
    })
    expect(findings[0]!.also[0]).toMatchObject({ start: { line: 2, column: 2 }, text: "here too" })
    expect(findings[0]!.key).toBe("|step-function|1 - f1(y, σ(p))|round(p)")
  })
  it("has no NaN and, where asked, no byte outside ASCII", () => {
    expect(JSON.parse(print([loss])).losses[0].parameters.p).toMatchObject({
      size: { least: null, median: 1, greatest: null },
      byError: [1, null],
    })
    const ascii = print([loss], [], true)
    expect(ascii).toMatch(/^[\x20-\x7e\n]*$/)
    expect(JSON.parse(ascii)).toEqual(JSON.parse(print([loss])))
  })
  it("states its schema as JSON Schema", () => {
    expect(jsonSchema()).toMatchObject({
      $schema: expect.stringContaining("json-schema.org"),
      type: "object",
      properties: { version: { const: 1 }, losses: { type: "array" } },
    })
  })
})
