// A page that shows an example must tell the truth: in every bad example the rule fires, in every good one it does not.
import { describe, expect, it } from "vitest"
import { ruleNames } from "../../src/findings/finding.ts"
import { pages } from "../../src/findings/pages.ts"
import { check } from "../../src/index.ts"

describe.each(ruleNames)("%s", (name) => {
  const page = pages[name]
  it("has a page with words and examples", () => {
    for (const text of [page.summary, page.finds, page.matters, page.fine]) expect(text.length).toBeGreaterThan(20)
    expect(page.bad.length).toBeGreaterThan(0)
    expect(page.good.length).toBeGreaterThan(0)
    for (const kin of page.kin) expect(ruleNames).toContain(kin)
  })
  it.each(page.bad)("fires in $expression", ({ expression, options }) => {
    expect(check(expression, options).findings.map((f) => f.rule)).toContain(name)
  })
  it.each(page.good)("is silent in $expression", ({ expression, options }) => {
    expect(check(expression, options).findings.map((f) => f.rule)).not.toContain(name)
  })
})
