// Complex tensors and Fourier transforms, against values and gradients recorded from torch (test/dev/record_complex.py).
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { definitionsIn } from "../src/definitions/python.ts"
import { evaluateSubject } from "../src/evaluate.ts"
import { subjectOfDefinition } from "../src/graph/definitions.ts"
import { projectOf } from "../src/syntax/project.ts"

interface Recorded {
  readonly text: string
  readonly at: Readonly<Record<string, never>>
  readonly value: number
  readonly gradients: Readonly<Record<string, unknown>>
}

const { losses } = JSON.parse(readFileSync("fixtures/complex-torch.json", "utf8")) as { losses: readonly Recorded[] }
const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)])

// Why: nothing else says that a transform, its scale and its way back are torch's and not only a transform.
describe("complex tensors", () => {
  it.each(losses.map((l) => [l.text.split("\n").slice(4).join(" ").trim(), l] as const))("%s", (_, recorded) => {
    const project = projectOf((path) => (path === "a.py" ? recorded.text : undefined))
    const file = project.at("a.py")!
    const [definition] = definitionsIn(project, file)
    const subject = subjectOfDefinition(project, file, definition!)
    const wrt = Object.keys(recorded.gradients)
    const found = evaluateSubject(subject, { at: recorded.at, wrt, dtype: "float64", framework: "torch" })
    expect(flat(found.value)[0]).toBeCloseTo(recorded.value, 9)
    for (const name of wrt) {
      const theirs = recorded.gradients[name]
      const ours = flat(found.gradients[name] ?? 0)
      if (theirs === null) expect(Math.max(...ours.map(Math.abs))).toBe(0)
      else for (const [k, x] of flat(theirs).entries()) expect(ours[k]).toBeCloseTo(x, 8)
    }
  })
})
