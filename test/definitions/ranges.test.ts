import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  bounds,
  contains,
  ends,
  type InputSpec,
  listSpec,
  parseInputSpec,
  printRange,
  printSpec,
  type Range,
} from "../../src/definitions/ranges.ts"
import { Problem } from "../../src/source/problem.ts"
import { sliceOf } from "../../src/source/text.ts"

/** The message for a text: headline, the marked piece of the text, first help line, close names. */
function refusal(text: string): { headline: string; marked: string; help: string; close: readonly string[] } {
  try {
    parseInputSpec(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { headline, mark, help, close } = error.parts
    return { headline, marked: mark ? sliceOf(mark.span) : "", help: help?.[0] ?? "", close: close ?? [] }
  }
  throw new Error(`${text} was read`)
}

// Why: these are the texts that the documentation and the catalogue's scorer write; each must mean what it says.
describe("range texts", () => {
  const interval = (low: number, high: number, whole = false) => ({ range: { kind: "interval", low, high, whole } })
  const rows: [string, object][] = [
    ["0..1", interval(0, 1)],
    ["-3..3", interval(-3, 3)],
    ["-1..3 int", interval(-1, 3, true)],
    ["1e-3..1", interval(0.001, 1)],
    ["-0.5 .. .5", interval(-0.5, 0.5)],
    ["−8..8", interval(-8, 8)],
    ["-pi..π", interval(-Math.PI, Math.PI)],
    ["2..2", interval(2, 2)],
    ["0..1 [8,10]", { ...interval(0, 1), shape: [8, 10] }],
    ["0..3 int[4]", { ...interval(0, 3, true), shape: [4] }],
    ["  0..1   []  ", { ...interval(0, 1), shape: [] }],
    ["{0, 1}", { range: { kind: "set", values: [0, 1] } }],
    ["{0.5}", { range: { kind: "set", values: [0.5] } }],
    ["normal(0, 1) [16]", { range: { kind: "normal", mean: 0, sd: 1 }, shape: [16] }],
    ["normal", { range: { kind: "normal", mean: 0, sd: 1 } }],
    ["normal(2)", { range: { kind: "normal", mean: 2, sd: 1 } }],
    ["bernoulli(0.4)", { range: { kind: "bernoulli", q: 0.4 } }],
    ["exponential(2)", { range: { kind: "exponential", scale: 2 } }],
    ["poisson(2)", { range: { kind: "poisson", mean: 2 } }],
    ["gamma(2, 0.7)", { range: { kind: "gamma", shape: 2, scale: 0.7 } }],
    ["gumbel", { range: { kind: "gumbel" } }],
    ["gumbel()", { range: { kind: "gumbel" } }],
    ["simplex", { range: { kind: "simplex", spread: 1 } }],
    ["simplex(3) [8, 10]", { range: { kind: "simplex", spread: 3 }, shape: [8, 10] }],
    ["onehot [10]", { range: { kind: "onehot" }, shape: [10] }],
    ["unit [4]", { range: { kind: "unit" }, shape: [4] }],
    ["sorted(0..1) [5]", { range: { kind: "sorted", of: interval(0, 1).range }, shape: [5] }],
    ["sorted( normal(0, 2) )", { range: { kind: "sorted", of: { kind: "normal", mean: 0, sd: 2 } } }],
  ]
  it.each(rows)("%s", (text, spec) => {
    expect(parseInputSpec(text)).toEqual(spec)
  })
})

// Why: a mistake is answered with its place and with a text that works; the wording is part of the interface.
describe("refusals", () => {
  it.each([
    ["3..1", "the range 3..1 is reversed", "3..1", "1..3"],
    ["", "the range is empty", "", "0..1"],
    ["  ", "the range is empty", "", "0..1"],
    ["-inf..3", "the range's lower end must be finite", "-inf", "0..1"],
    ["0..inf", "the range's upper end must be finite", "inf", "0..1"],
    ["0..nan", "the range's upper end must be finite", "nan", "0..1"],
    ["0..1e999", "the range's upper end must be finite", "1e999", "0..1"],
    ["0..", "the range's upper end is missing", "", "0..1"],
    ["..1", "the range's lower end is missing", ".", "0..1"],
    ["0...1", "a range is written low..high", "...", "0..1"],
    ["0:1", "a range is written low..high", ":", "0..1"],
    ["0, 1", "a range is written low..high", ",", "0..1"],
    ["0.5", "a range is written low..high", "0.5", "{0.5}"],
    ["[0, 1]", "a range is written low..high", "[0, 1]", "0..1"],
    ["(0, 1)", "a range is written low..high", "(0, 1)", "0..1"],
    ["0.5..2 int", "a range of whole numbers has whole ends", "0.5..2", "0..2 int"],
    ["0..1 float", "the range ends before `float`", "float", "0..1 int"],
    ["0..1 [8] [2]", "the range ends before `[2]`", "[2]", "0..1 [8]"],
    ["{}", "the set is empty", "{}", "{0, 1}"],
    ["{0, 1", "the set is not closed", "{0, 1", "{0, 1}"],
    ["{0,}", "a value of the set is missing", "}", "{0, 1}"],
    ["0..1 [8 10]", "a shape is a list of whole numbers", "8 10]", "0..1 [8, 10]"],
    ["0..1 [a]", "a shape is a list of whole numbers", "a]", "0..1 [8, 10]"],
    ["0..1 [2.5]", "a shape is a list of whole numbers", "2.5]", "0..1 [8, 10]"],
    ["0..1 [-1]", "a shape is a list of whole numbers", "-1]", "0..1 [8, 10]"],
    ["0..1 [0]", "a shape's sizes are 1 or more", "0", "0..1 [8, 10]"],
    ["0..1 [8,", "the shape is not closed", "[8,", "0..1 [8, 10]"],
    ["0..1 [8", "the shape is not closed", "[8", "0..1 [8, 10]"],
    ["0..1 [1000, 1001]", "shapes hold at most 1,000,000 elements", "[1000, 1001]", ""],
    ["0..1 [1,1,1,1,1,1,1,1,1]", "shapes have at most 8 axes", "[1,1,1,1,1,1,1,1,1]", ""],
    ["onehot []", "onehot needs a last axis, and [] is a scalar", "[]", "onehot [10]"],
    ["normal(0, 0)", "normal's sd must be above 0", "0", "normal(0, 1)"],
    ["normal(inf, 1)", "normal's mean must be finite", "inf", "normal(0, 1)"],
    ["normal(0, 1, 2)", "normal takes two numbers", "2)", "normal(0, 1)"],
    ["normal(0, 1", "normal( is not closed", "normal(0, 1", "normal(0, 1)"],
    ["bernoulli(1.5)", "bernoulli's q must be a probability in 0..1", "1.5", "bernoulli(0.5)"],
    ["poisson", "poisson needs its mean", "poisson", "poisson(2)"],
    ["gamma(-1)", "gamma's shape must be above 0", "-1", "gamma(2, 1)"],
    ["gumbel(1)", "gumbel takes no number", "1)", "gumbel"],
    ["sorted", "sorted needs the range to sort", "sorted", "sorted(0..1) [5]"],
    ["sorted(0..1 [5])", "the shape goes after the bracket", "[5])", "sorted(0..1) [5]"],
    ["sorted(0..1", "sorted( is not closed", "sorted(0..1", "sorted(0..1)"],
    ["sorted(sorted(0..1))", "sorted inside sorted says nothing new", "sorted", "sorted(0..1) [5]"],
    ["uniform(0, 1)", "no range is called `uniform`", "uniform", "0..1"],
  ])("%s", (text, headline, marked, help) => {
    expect(refusal(text)).toMatchObject({ headline, marked, help })
  })
  it("know misspelt names, and no names of JavaScript's", () => {
    expect(refusal("nornal(0, 1)").close).toEqual(["normal"])
    expect(refusal("sortd(0..1)")).toMatchObject({ close: ["sorted"], help: "sorted(0..1) [5]" })
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(refusal(name).headline).toBe(`no range is called \`${name}\``)
      expect(refusal(`${name}(1)`).headline).toBe(`no range is called \`${name}\``)
    }
  })
  it("point into the source that the text lies in", () => {
    const source = { name: "losses.toml", text: 'p = "3..1"' }
    try {
      parseInputSpec("3..1", source, 5)
    } catch (error) {
      expect(error instanceof Problem && error.parts.mark && sliceOf(error.parts.mark.span)).toBe("3..1")
    }
    expect.assertions(1)
  })
  it("are the only errors, whatever is typed, and come at once", () => {
    const pieces = fc.constantFrom(" ", "\n", ..."..|.|0|1|-|e|int|[|]|{|}|(|)|,|normal|sorted(|inf|π|😀|pi".split("|"))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((list) => list.join("")),
        ),
        (text) => {
          try {
            parseInputSpec(text)
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            const span = error.parts.mark?.span
            expect(span !== undefined && span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(
              true,
            )
          }
        },
      ),
      { numRuns: 2000 },
    )
    for (const piece of ["sorted(", "[", "{1,", " ", "1", "0..1 [1,", "1,"]) refusal(piece.repeat(1e5))
  })
})

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const above0 = fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true })
const flat: fc.Arbitrary<Range> = fc.oneof(
  fc
    .tuple(finite, finite)
    .map(([a, b]): Range => ({ kind: "interval", low: Math.min(a, b), high: Math.max(a, b), whole: false })),
  fc.tuple(fc.integer(), fc.nat()).map(([a, b]): Range => ({ kind: "interval", low: a, high: a + b, whole: true })),
  fc.array(finite, { minLength: 1 }).map((values): Range => ({ kind: "set", values })),
  fc.double({ min: 0, max: 1, noNaN: true }).map((q): Range => ({ kind: "bernoulli", q })),
  fc.tuple(finite, above0).map(([mean, sd]): Range => ({ kind: "normal", mean, sd })),
  fc.tuple(above0, above0).map(([shape, scale]): Range => ({ kind: "gamma", shape, scale })),
  above0.map((scale): Range => ({ kind: "exponential", scale })),
  above0.map((mean): Range => ({ kind: "poisson", mean })),
  above0.map((spread): Range => ({ kind: "simplex", spread })),
  fc.constantFrom<Range>({ kind: "gumbel" }, { kind: "onehot" }, { kind: "unit" }),
)
const anyRange = fc.oneof(
  flat,
  flat.map((of): Range => ({ kind: "sorted", of })),
)
const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 })

// Why: reports print ranges, and what is printed must be what can be typed; numbers must not change on the way.
describe("printing", () => {
  it("is undone by reading", () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        expect(parseInputSpec(printRange(range))).toEqual({ range })
      }),
    )
    fc.assert(
      fc.property(anyRange, shapes, (range, shape) => {
        const spec: InputSpec = { range, shape }
        expect(parseInputSpec(printSpec(spec))).toEqual(spec)
      }),
    )
  })
  it("is short", () => {
    expect(printSpec(parseInputSpec("-1..3   int[ 8,10 ]"))).toBe("-1..3 int [8, 10]")
    expect(printSpec(parseInputSpec("1e-7..1 []"))).toBe("1e-7..1 []")
    expect(
      printSpec(
        listSpec([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toBe("2 samples [2]")
  })
})

// Why: bounds and membership feed proofs over whole ranges: an end left out would make a proof false.
describe("bounds, membership and ends", () => {
  it.each([
    ["-1..3", -1, 3, [-1, 0.5, 3], [-1.1, 3.1, NaN], [-1, 3]],
    ["2..2", 2, 2, [2], [1], [2]],
    ["0..3 int", 0, 3, [0, 3], [0.5, 4], [0, 3]],
    ["{1, 0, 1}", 0, 1, [0, 1], [0.5, NaN], [1, 0]],
    ["bernoulli(0.5)", 0, 1, [0, 1], [0.5, 2], [0, 1]],
    ["bernoulli(1)", 1, 1, [1], [0], [1]],
    ["normal(3, 1)", -Infinity, Infinity, [0, -1e300], [NaN, Infinity], []],
    ["gumbel", -Infinity, Infinity, [0], [NaN], []],
    ["exponential(1)", 0, Infinity, [0, 5], [-1, Infinity], [0]],
    ["poisson(1)", 0, Infinity, [0, 5], [-1, 0.5, Infinity], [0]],
    ["gamma(1)", 0, Infinity, [0.1], [-1], [0]],
    ["simplex", 0, 1, [0.5], [1.5], [0, 1]],
    ["onehot", 0, 1, [0, 1], [0.5], [0, 1]],
    ["unit", -1, 1, [-0.5], [1.5], [-1, 1]],
    ["sorted({3, 2})", 2, 3, [2, 3], [2.5], [3, 2]],
  ])("%s", (text, low, high, inside, outside, special) => {
    const { range } = parseInputSpec(text)
    expect(bounds(range)).toEqual({ low, high })
    expect(inside.every((v) => contains(range, v))).toBe(true)
    expect(outside.some((v) => contains(range, v))).toBe(false)
    expect(ends(range)).toEqual(special)
  })
  it("of a list are its values'", () => {
    const { range } = listSpec([
      [1, -2],
      [5, 0],
    ])
    expect(bounds(range)).toEqual({ low: -2, high: 5 })
    expect([contains(range, -2), contains(range, 2)]).toEqual([true, false])
    expect(ends(range)).toEqual([-2, 5])
  })
})

// Why: lists come from files and from programs, so anything may be in them; each fault has an answer of its own.
describe("lists of samples", () => {
  it("are flattened, with their shape", () => {
    expect(listSpec([1, 2, 3])).toEqual({
      range: { kind: "list", samples: [1, 2, 3].map((v) => Float64Array.of(v)) },
      shape: [],
    })
    expect(
      listSpec([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ).toEqual({ range: { kind: "list", samples: [Float64Array.of(1, 2, 3, 4)] }, shape: [2, 2] })
    expect(listSpec(0.5).shape).toEqual([])
    expect(listSpec([[-Infinity, 0]]).shape).toEqual([2])
  })
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  it.each<[unknown, string]>([
    [[], "the list of samples is empty"],
    [[[]], "sample 1 is empty"],
    [[[1, 2], [3]], "sample 2 has not the shape of sample 1, [2]"],
    [[1, [2]], "sample 2 is ragged"],
    [[[[1, 2], [3]]], "sample 1 is ragged"],
    [[1, "2"], "sample 2 holds something that is not a number"],
    [[null], "sample 1 holds something that is not a number"],
    [{}, "sample 1 holds something that is not a number"],
    [[true], "sample 1 holds something that is not a number"],
    [[1, NaN], "sample 2 holds NaN"],
    [cyclic, "a sample has more than 8 axes"],
  ])("%# is refused", (samples, headline) => {
    expect(() => listSpec(samples)).toThrow(headline)
    expect(() => listSpec(samples)).toThrow(Problem)
  })
})
