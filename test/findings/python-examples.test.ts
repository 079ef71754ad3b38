// Losses as people write them in torch, Keras and JAX: the verdict, the blamed line, the value and the gradients.
import { describe, expect, it } from "vitest"
import { blamedLine, differences, examplesIn, look, mistakes } from "../support/python-examples.ts"

const examples = examplesIn(new URL("../../fixtures/python-examples.json", import.meta.url))
/** Living or finished elsewhere: what is wrong at the recorded inputs alone cannot be seen over ranges. */
const onlyThere: ReadonlySet<string> = new Set(["empty-new-zeros", "empty-kept-alive", "sigmoid-then-logits"])
/** Inputs of a rank that is not guessed. */
const unguessed: ReadonlySet<string> = new Set(["acos"])

// Why: each of these was run in its framework; a verdict that differs is wrong, whatever the reason.
describe.each(examples.map((e) => [e.id, e] as const))("%s", (id, example) => {
  it("is called what it is at the recorded inputs, and the line is blamed", () => {
    const { result, source } = look(example, "at the recorded inputs")
    expect(mistakes(example, result)).toEqual([])
    if (example.blame_line !== null) expect(blamedLine(example, result, source)).toBe(example.blame_line)
  })

  it.skipIf(onlyThere.has(id) || unguessed.has(id))("is called the same over assumed ranges", () => {
    expect(mistakes(example, look(example, "over ranges").result)).toEqual([])
  })

  it.runIf(example.verified)("has the value and the gradients that were recorded", () => {
    expect(differences(example)).toEqual([])
  })
})
