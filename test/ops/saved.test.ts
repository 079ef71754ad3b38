// Changes in place: what torch refuses is told, and what it lets pass is not.
import { expect, it } from "vitest"
import { check } from "../../src/index.ts"
import { savedNames } from "../../src/ops/saved.ts"
import { entryOf, isOperation, signatureOf } from "../../src/ops/table.ts"

// Why: a misspelt name would keep nothing, and the fault would pass unseen.
it("the table of what is kept names operations and their arguments", () => {
  for (const [name, kept] of savedNames()) {
    const entry = entryOf(name)
    expect(entry && isOperation(entry), name).toBe(true)
    const own = ["out", ...signatureOf(entry!).calls![0]!.map((p) => p.name)]
    for (const text of [...Object.keys(kept), ...Object.values(kept).flat()]) expect(own, name).toContain(text)
  }
})

// Why: each of these was run with torch 1.13.
it.each([
  ["e = torch.exp(p); e += 1; e.sum()", true],
  ["q = torch.sigmoid(p); q *= 2; q.mean()", true],
  ["r = torch.relu(p); r -= 1; r.sum()", true],
  ["d = p - y; s = d*d; d += 1; s.sum()", true],
  ["l = (p - y)**2; l += 0.1*torch.abs(p); l.mean()", false],
  ["d = p - y; d += 1; (d*d).sum()", false],
  ["q = 2*p; s = q.sum(); q += 1; s", false],
])("%s", (text, raises) => {
  const result = check(text, {
    inputs: { p: "-3..3 [4]", y: "-3..3 [4]" },
    wrt: ["p"],
    role: "loss",
    framework: "torch",
  })
  expect(result.findings.some((f) => f.rule === "changed-in-place")).toBe(raises)
  expect(result.verdict === "broken").toBe(raises)
})
