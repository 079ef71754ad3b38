// Law: indexing is NumPy's, element for element, against a naive reference.
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { agree } from "../support/agree.ts"
import { prepare } from "../support/evaluate.ts"
import * as naive from "../support/naive.ts"
import { type Item, shapes, type Tensor, tensorOf } from "../support/naive.ts"

const settings = { numRuns: 120, seed: 5 }
const some = (max = 3, least = 0): fc.Arbitrary<Tensor> => shapes(max, least).chain(tensorOf)

describe("indexing", () => {
  const text = (i: Item): string =>
    i === null
      ? "None"
      : typeof i === "number"
        ? String(i)
        : "data" in i
          ? nested(i)
          : `${i.start ?? ""}:${i.stop ?? ""}${i.step === undefined ? "" : `:${i.step}`}`
  const nested = ({ shape, data }: Tensor): string => {
    if (shape.length === 0) return String(data[0])
    const step = data.length / shape[0]!
    return `[${Array.from({ length: shape[0]! }, (_, k) => nested({ shape: shape.slice(1), data: data.slice(k * step, (k + 1) * step) })).join(", ")}]`
  }
  const whole = (d: number): fc.Arbitrary<number> => fc.integer({ min: -d, max: d - 1 })
  const slice = (d: number): fc.Arbitrary<Item> => {
    const end = fc.option(fc.integer({ min: -d - 1, max: d + 1 }), { nil: undefined })
    const step = fc.constantFrom(undefined, 1, 2, -1, -2)
    return fc.tuple(end, end, step).map(([start, stop, by]) => ({
      ...(start === undefined ? {} : { start }),
      ...(stop === undefined ? {} : { stop }),
      ...(by === undefined ? {} : { step: by }),
    }))
  }
  const many = (d: number, shape: readonly number[]): fc.Arbitrary<Item> =>
    fc.array(whole(d), { minLength: naive.size(shape), maxLength: naive.size(shape) }).map((data) => ({ shape, data }))
  const nonEmpty = (t: Tensor): boolean => t.shape.every((d) => d > 0)

  const itemsFor = (x: Tensor, lists: boolean): fc.Arbitrary<Item[]> =>
    fc
      .tuple(
        fc.integer({ min: 1, max: Math.max(1, x.shape.length) }),
        fc.constantFrom<number[]>([2], [1], [3], [2, 1]),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      )
      .chain(([n, shape, gaps]) =>
        fc.tuple(
          ...x.shape.slice(0, n).flatMap((d, k) => {
            const item = fc.oneof(
              ...(lists ? [many(d, shape), many(d, shape), slice(d)] : [whole(d), slice(d), slice(d)]),
            )
            return !lists && gaps[k] ? [fc.constant<Item>(null), item] : [item]
          }),
        ),
      )

  it("takes whole numbers, slices with steps and None in any mixture", () => {
    fc.assert(
      fc.property(
        some(3, 1).chain((x) => fc.tuple(fc.constant(x), itemsFor(x, false))),
        ([x, items]) => {
          const wanted = naive.index(x, items)
          if (nonEmpty(wanted)) agree(`x[${items.map(text).join(", ")}]`, { x }, wanted)
        },
      ),
      { ...settings, numRuns: 300 },
    )
  })
  it("takes lists of positions beside slices", () => {
    fc.assert(
      fc.property(
        some(3, 1).chain((x) => fc.tuple(fc.constant(x), itemsFor(x, true))),
        ([x, items]) => {
          const wanted = naive.index(x, items)
          if (nonEmpty(wanted)) agree(`x[${items.map(text).join(", ")}]`, { x }, wanted)
        },
      ),
      { ...settings, numRuns: 300 },
    )
  })
  it("takes positions that depend on data as it takes lists", () => {
    fc.assert(
      fc.property(
        some(3, 1).chain((x) => fc.tuple(fc.constant(x), itemsFor(x, true))),
        ([x, items]) => {
          const wanted = naive.index(x, items)
          const inputs: Record<string, Tensor> = { x }
          const texts = items.map((item, k) => {
            if (item === null || typeof item === "number" || !("data" in item)) return text(item)
            inputs[`i${k}`] = item
            return `int(i${k})`
          })
          if (nonEmpty(wanted)) agree(`x[${texts.join(", ")}]`, inputs, wanted)
        },
      ),
      { ...settings, numRuns: 200 },
    )
  })
  it("fills an ellipsis up", () => {
    const x: Tensor = naive.make([2, 3, 2], (p) => p[0]! * 100 + p[1]! * 10 + p[2]!)
    agree("x[..., 1]", { x }, naive.index(x, [{}, {}, 1]))
    agree("x[1, ...]", { x }, naive.index(x, [1]))
    agree("x[0, ..., None]", { x }, naive.index(x, [0, {}, {}, null]))
    agree("x[...]", { x }, x)
  })
  it("refuses what lies outside", () => {
    for (const bad of ["x[3]", "x[-4]", "x[0, 0, 0]", "x[[0, 3]]"])
      expect(() => prepare(bad, { x: [3, 2] }), bad).toThrow()
  })
})
