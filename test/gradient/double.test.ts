// Graphs in double-double agree with the compiled program, operation by operation, and know what it loses.
import { describe, expect, it } from "vitest"
import { compile, run } from "../../src/gradient/compile.ts"
import { evaluateDouble } from "../../src/gradient/double.ts"
import { addConstant, addInput, apply, newGraph } from "../../src/graph/node.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import { operation, operations } from "../../src/ops/table.ts"
import { gradientOf, weighed } from "../support/differences.ts"
import { prepare } from "../support/evaluate.ts"
import { casesOf, pointsOf } from "../support/operations.ts"
import { randomFrom, seedOf } from "../support/random.ts"

/** Found by rounds that end at the precision of float64. */
const iterated = ["_svd_s", "_svd_u", "_svd_v", "_eigh_values", "_eigh_vectors"]
const known = operations.filter((op) => casesOf(op) !== undefined && !iterated.includes(op.name))

describe("in double-double", () => {
  it.each(known)("$name and its gradient are what they are in float64", (op) => {
    const random = randomFrom(seedOf(op.name))
    for (const c of casesOf(op)!) {
      const graph = newGraph()
      const inputs = c.shapes.map((s, k) => addInput(graph, `x${k}`, s, c.fixed?.[k] ? "whole" : "real"))
      const node = apply(graph, op, inputs, c.statics)
      const real = inputs.filter((i) => i.type === "real")
      const gradients = node.type === "real" ? gradientOf(graph, weighed(graph, node, 3), real) : []
      const drawn = pointsOf(op, c, 6, random)
      const values = new Map<string, Float64Array>()
      let offset = 0
      c.shapes.forEach((shape, k) => {
        const size = sizeOf(shape)
        const own = new Float64Array(size * drawn.length)
        drawn.forEach((p, i) => {
          for (let e = 0; e < size; e++) own[e * drawn.length + i] = p[offset + e]!
        })
        values.set(`x${k}`, own)
        offset += size
      })
      const points = { count: drawn.length, values }
      const outputs = [node, ...gradients]
      const plain = run(compile(outputs, "float64", points.count), points)
      const fine = evaluateDouble(outputs, points)
      expect(fine, op.name).toBeDefined()
      plain.forEach((numbers, k) => {
        numbers.forEach((x, e) => {
          const y = fine![k]!.hi[e]!
          if (!(Object.is(x, y) || Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x))))
            expect.fail(`${op.name}, output ${k}: ${y}, in float64 ${x}, at ${drawn[e % drawn.length]}`)
        })
      })
    }
  })

  it("every operation of the table has a form", () => {
    const without = operations.filter((op) => !op.double && !op.prepare && !op.adds).map((op) => op.name)
    expect(without).toEqual(["_pick", ...iterated, "_input", "_constant"])
  })

  it("an operation without a form makes the whole unknown", () => {
    const graph = newGraph()
    const x = addInput(graph, "x", [])
    const { double: _, ...bare } = operation("exp")
    const node = apply(graph, { ...bare, name: "bare" }, [x])
    expect(evaluateDouble([node], { count: 1, values: new Map([["x", Float64Array.of(1)]]) })).toBeUndefined()
  })

  it("what float64 loses is there", () => {
    const at = (text: string, x: number): number => {
      const { root } = prepare(text, { x: [] }, { wrt: [] })
      const [value] = evaluateDouble([root], { count: 1, values: new Map([["x", Float64Array.of(x)]]) })!
      return value!.hi[0]!
    }
    expect(at("(x + 1e-20) - x", 1)).toBeCloseTo(1e-20, 32)
    expect(at("1 - tanh(x)", 30) / 1.7513022e-26).toBeCloseTo(1, 5)
    expect(Math.abs(at("sin(x)**2 + cos(x)**2 - 1", 0.7))).toBeLessThan(1e-30)
    expect(Math.abs(at("0.1*x + 0.2*x - 0.3*x", 0.7))).toBeLessThan(1e-30)
  })

  it("low parts of the inputs count", () => {
    const graph = newGraph()
    const x = addInput(graph, "x", [])
    const node = apply(graph, operation("sub"), [x, addConstant(graph, 1)])
    const points = {
      count: 1,
      values: new Map([["x", Float64Array.of(1)]]),
      low: new Map([["x", Float64Array.of(1e-20)]]),
    }
    expect(evaluateDouble([node], points)![0]!.hi[0]).toBe(1e-20)
  })
})
