// Law: broadcasting, folding, moving and products are NumPy's, element for element, against a naive reference.
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { agree } from "../support/agree.ts"
import { prepare } from "../support/evaluate.ts"
import * as naive from "../support/naive.ts"
import { fitting, shapes, type Tensor, tensorOf } from "../support/naive.ts"

const settings = { numRuns: 120, seed: 5 }

const tensorsOf = (all: readonly (readonly number[])[]): fc.Arbitrary<Tensor[]> => fc.tuple(...all.map(tensorOf))
const some = (max = 3, least = 0): fc.Arbitrary<Tensor> => shapes(max, least).chain(tensorOf)
const list = (xs: readonly number[]): string => `[${xs.join(", ")}]`

describe("pointwise operations", () => {
  it("broadcast two arguments", () => {
    fc.assert(
      fc.property(fitting(2).chain(tensorsOf), ([a, b]) => {
        agree(
          "a*b - 2*a + b",
          { a: a!, b: b! },
          naive.pointwise((x, y) => x! * y! - 2 * x! + y!, a!, b!),
        )
        agree("maximum(a, b)", { a: a!, b: b! }, naive.pointwise(Math.max, a!, b!))
      }),
      settings,
    )
  })
  it("broadcast three arguments", () => {
    fc.assert(
      fc.property(fitting(3).chain(tensorsOf), ([a, b, c]) => {
        agree(
          "where(a > 0, b, c)",
          { a: a!, b: b!, c: c! },
          naive.pointwise((x, y, z) => (x! > 0 ? y! : z!), a!, b!, c!),
        )
      }),
      settings,
    )
  })
  it("refuse shapes that do not fit", () => {
    for (const [a, b] of [
      [[2], [3]],
      [[2, 3], [2]],
      [
        [2, 1, 3],
        [2, 2],
      ],
    ] as const)
      expect(() => prepare("a + b", { a, b })).toThrow(/do not fit/)
  })
})

describe("reductions", () => {
  const folds = new Map<string, (xs: number[]) => number>([
    ["sum", (xs) => xs.reduce((a, b) => a + b, 0)],
    ["mean", (xs) => xs.reduce((a, b) => a + b, 0) / xs.length],
    ["amax", (xs) => Math.max(...xs)],
    ["prod", (xs) => xs.reduce((a, b) => a * b, 1)],
    ["logsumexp", (xs) => Math.log(xs.reduce((a, b) => a + Math.exp(b), 0))],
    ["argmax", (xs) => xs.indexOf(Math.max(...xs))],
  ])
  it.each([...folds])("%s folds any axes, counted from either end, kept or not", (name, fold) => {
    const arbitrary = some(3, 1).chain((x) => {
      const axis = fc.integer({ min: -x.shape.length, max: x.shape.length - 1 })
      const several = fc.uniqueArray(fc.integer({ min: 0, max: x.shape.length - 1 }), { minLength: 1 })
      const one = axis.map((a) => [a])
      return fc.tuple(fc.constant(x), fc.oneof(fc.constant(null), one, name === "argmax" ? one : several), fc.boolean())
    })
    fc.assert(
      fc.property(arbitrary, ([x, axes, keep]) => {
        const text = axes === null ? "None" : axes.length === 1 ? String(axes[0]) : `(${axes.join(", ")})`
        agree(`${name}(x, axis=${text}, keepdims=${keep ? "True" : "False"})`, { x }, naive.reduce(x, axes, keep, fold))
      }),
      settings,
    )
  })
})

describe("moving elements", () => {
  const withRank = (least: number) => some(3, least)
  const order = (n: number) =>
    fc.shuffledSubarray(
      Array.from({ length: n }, (_, k) => k),
      { minLength: n, maxLength: n },
    )
  const moved = (x: Tensor, shape: readonly number[], from: (p: number[]) => number[]): Tensor =>
    naive.make(shape, (p) => naive.at(x, from(p)))

  it("transposes by any order of axes", () => {
    fc.assert(
      fc.property(
        withRank(1).chain((x) => fc.tuple(fc.constant(x), order(x.shape.length))),
        ([x, axes]) => {
          const shape = axes.map((a) => x.shape[a]!)
          agree(
            `transpose(x, ${list(axes)})`,
            { x },
            moved(x, shape, (p) => x.shape.map((_, k) => p[axes.indexOf(k)]!)),
          )
          agree(
            "transpose(x)",
            { x },
            moved(x, [...x.shape].reverse(), (p) => [...p].reverse()),
          )
        },
      ),
      settings,
    )
  })
  it("reshapes, flattens, tiles, repeats", () => {
    fc.assert(
      fc.property(withRank(1), fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }), (x, times) => {
        agree("reshape(x, [-1, 1])", { x }, { shape: [x.data.length, 1], data: x.data })
        agree("flatten(x)", { x }, { shape: [x.data.length], data: x.data })
        const rank = Math.max(x.shape.length, times.length)
        const own = [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape]
        const by = [...new Array<number>(rank - times.length).fill(1), ...times]
        agree(
          `tile(x, ${list(times)})`,
          { x },
          moved(
            { ...x, shape: own },
            own.map((d, k) => d * by[k]!),
            (p) => p.map((i, k) => i % own[k]!),
          ),
        )
        const n = times[0]!
        agree(
          `repeat(x, ${n}, axis=0)`,
          { x },
          moved(x, [x.shape[0]! * n, ...x.shape.slice(1)], (p) => [Math.floor(p[0]! / n), ...p.slice(1)]),
        )
      }),
      settings,
    )
  })
  it("rolls and flips along axes", () => {
    fc.assert(
      fc.property(
        withRank(1).chain((x) =>
          fc.tuple(fc.constant(x), fc.integer({ min: 0, max: x.shape.length - 1 }), fc.integer({ min: -4, max: 4 })),
        ),
        ([x, axis, by]) => {
          const d = x.shape[axis]!
          const put = (f: (i: number) => number): Tensor =>
            moved(x, x.shape, (p) => p.map((i, k) => (k === axis ? f(i) : i)))
          agree(
            `roll(x, ${by}, axis=${axis})`,
            { x },
            put((i) => (((i - by) % d) + d) % d),
          )
          agree(
            `flip(x, axis=${axis})`,
            { x },
            put((i) => d - 1 - i),
          )
        },
      ),
      settings,
    )
  })
  it("takes diagonals and triangles", () => {
    fc.assert(
      fc.property(withRank(2), fc.integer({ min: -2, max: 2 }), (x, k) => {
        const [rows, columns] = x.shape.slice(-2) as [number, number]
        const band = (keep: (d: number) => boolean): Tensor =>
          naive.make(x.shape, (p) => (keep(p.at(-1)! - p.at(-2)!) ? naive.at(x, p) : 0))
        agree(
          `tril(x, ${k})`,
          { x },
          band((d) => d <= k),
        )
        agree(
          `triu(x, ${k})`,
          { x },
          band((d) => d >= k),
        )
        const length = Math.max(0, Math.min(rows + Math.min(k, 0), columns - Math.max(k, 0)))
        if (length > 0)
          agree(
            `diagonal(x, ${k})`,
            { x },
            moved(x, [...x.shape.slice(0, -2), length], (p) => [
              ...p.slice(0, -1),
              p.at(-1)! + Math.max(0, -k),
              p.at(-1)! + Math.max(0, k),
            ]),
          )
      }),
      settings,
    )
  })
  it("joins and parts", () => {
    fc.assert(
      fc.property(
        withRank(1).chain((x) =>
          fc.tuple(fc.constant(x), fc.integer({ min: -x.shape.length, max: x.shape.length - 1 })),
        ),
        ([x, axis]) => {
          const k = (axis + x.shape.length) % x.shape.length
          const d = x.shape[k]!
          const both = moved(
            x,
            x.shape.map((n, j) => (j === k ? 2 * n : n)),
            (p) => p.map((i, j) => (j === k ? i % d : i)),
          )
          agree(`concat([x, x], axis=${axis})`, { x }, both)
          agree(`concat(split(x, 2, axis=${axis}), axis=${axis})`, { x }, x)
          agree(`stack(unbind(x, axis=${axis}), axis=${axis})`, { x }, x)
          agree(`concat(chunk(x, 2, axis=${axis}), axis=${axis})`, { x }, x)
          agree(
            `stack([x, x], axis=${k})`,
            { x },
            moved(x, [...x.shape.slice(0, k), 2, ...x.shape.slice(k)], (p) => p.filter((_, j) => j !== k)),
          )
          agree(
            `sum(split(x, 1, axis=${axis})[-1])`,
            { x },
            naive.reduce(naive.index(x, [...x.shape.slice(0, k).map(() => ({})), { start: -1 }]), null, false, (xs) =>
              xs.reduce((a, b) => a + b, 0),
            ),
          )
        },
      ),
      settings,
    )
  })
})

describe("products", () => {
  const matrices = fc
    .tuple(
      fitting(2),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([[a, b], m, k, n, flatA, flatB]) => [flatA ? [k] : [...a!, m, k], flatB ? [k] : [...b!, k, n]])
  it("multiplies vectors and matrices of every rank", () => {
    fc.assert(
      fc.property(matrices.chain(tensorsOf), ([a, b]) => agree("a @ b", { a: a!, b: b! }, naive.matmul(a!, b!))),
      settings,
    )
  })
  it("sums as Einstein writes it", () => {
    const specs = [
      "i,i->",
      "i,j->ij",
      "ij,jk->ik",
      "ij,kj->ik",
      "bij,bjk->bik",
      "ii->i",
      "ij->ji",
      "ijk->j",
      "ij,ij->",
      "ijj->i",
      "i,ij,j->",
      "bi,i->b",
    ]
    for (const spec of specs) {
      const [ins, out] = spec.split("->") as [string, string]
      const terms = ins.split(",")
      const sizes = new Map([..."ijkb"].map((l, n) => [l, [2, 3, 2, 2][n]!]))
      fc.assert(
        fc.property(tensorsOf(terms.map((t) => [...t].map((l) => sizes.get(l)!))), (xs) => {
          const inputs = Object.fromEntries(xs.map((x, k) => [`x${k}`, x]))
          agree(`einsum('${spec}', ${Object.keys(inputs).join(", ")})`, inputs, naive.einsum(terms, out, xs))
        }),
        { numRuns: 8, seed: 3 },
      )
    }
  })
})
