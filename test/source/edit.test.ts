// Edits of texts: one list of them is one change, and lists one after the other are one list.
import fc from "fast-check"
import { expect, it } from "vitest"
import { composed, type Edit, editedText, editedTexts } from "../../src/source/edit.ts"

const textOf = (most: number) => fc.string({ maxLength: most })

/** Edits of a text that do not overlap. */
const editsOf = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), textOf(4)), { maxLength: 6 })
    .map((cuts) => cuts.toSorted((a, b) => a[0] - b[0]))
    .map((cuts): Edit[] =>
      Array.from({ length: Math.floor(cuts.length / 2) }, (_, k) => ({
        source: { name: "a", text },
        start: cuts[2 * k]![0],
        end: cuts[2 * k + 1]![0],
        write: cuts[2 * k]![1],
      })),
    )
    .filter((edits) => editedText(text, edits) !== undefined)

// Why: a way out of several steps is told, written and printed as one change of the text that the user has.
it("composed edits make of the first text what the lists make one after the other", () => {
  fc.assert(
    fc.property(
      textOf(20).chain((text) =>
        editsOf(text).chain((first) => {
          const middle = editedText(text, first)!
          return editsOf(middle).map((then) => ({ text, first, then, middle }))
        }),
      ),
      ({ text, first, then, middle }) => {
        expect(editedText(text, composed(first, then))).toBe(editedText(middle, then))
      },
    ),
    { numRuns: 2000 },
  )
})

// Why: two findings may ask for changes of one place; what each was tried for would not hold.
it("edits that overlap make no text", () => {
  const source = { name: "a", text: "abcdef" }
  const at = (start: number, end: number): Edit => ({ source, start, end, write: "x" })
  expect(editedText(source.text, [at(0, 2), at(1, 3)])).toBeUndefined()
  expect(editedText(source.text, [at(2, 2), at(2, 2)])).toBeUndefined()
  expect(editedTexts([at(0, 2), at(1, 3)])).toBeUndefined()
  expect(editedText(source.text, [at(0, 2), at(2, 3)])).toBe("xxdef")
})
