// Law: gradients of random graphs agree with finite differences, whatever is broadcast, indexed, folded and shared in them.
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { type Context, newScope, toNode } from "../../src/graph/scope.ts"
import { run } from "../../src/graph/trace.ts"
import { tensor } from "../../src/graph/values.ts"
import { parseProgram } from "../../src/syntax/parse.ts"
import { type Build, compareGradients } from "../support/differences.ts"
import { randomFrom } from "../support/random.ts"

/** Builds the graph of a text over the inputs a (2×3), b (3) and c (a number). */
const built =
  (text: string): Build =>
  (graph, inputs) => {
    const scope = newScope()
    ;["a", "b", "c"].forEach((name, k) => {
      scope.names.set(name, tensor(inputs[k]!))
    })
    const source = { name: "test", text }
    const context: Context = { graph, source, via: undefined, depth: 0, used: { steps: 0 }, places: false }
    return toNode(context, run(context, parseProgram(source), scope), { source, start: 0, end: text.length })
  }

/** Expressions of shape 2×3, smooth everywhere, so that every point may be compared. */
const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom(
    "a",
    "b",
    "c",
    "a[:, ::-1]",
    "a[::-1]",
    "a[[1, 0]]",
    "b[None, :]",
    "a[0]",
    "a.T[0].sum()",
    "b[argsort(b)]",
  ),
  expression: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    tie("leaf"),
    fc
      .tuple(fc.constantFrom("+", "-", "*"), tie("expression"), tie("expression"))
      .map(([op, x, y]) => `(${x} ${op} ${y})`),
    fc
      .tuple(fc.constantFrom("tanh", "sigmoid", "sin", "softplus", "exp(-abs(1 + 0*c)) * cos"), tie("expression"))
      .map(([f, x]) => `${f}(${x})`),
    tie("expression").map((x) => `(${x}) / (1 + (${x})**2)`),
    tie("expression").map((x) => `softmax(${x} + 0*a, axis=-1)`),
    tie("expression").map((x) => `cumsum(${x} + 0*a, axis=0)`),
    tie("expression").map((x) => `mean(${x} + 0*a, axis=1, keepdims=True)`),
    tie("expression").map((x) => `logsumexp(${x} + 0*a, axis=0)`),
    tie("expression").map((x) => `sqrt(1 + sum((${x} + 0*a)**2, axis=0))`),
    tie("expression").map((x) => `(${x} + 0*a) @ einsum('ij,ik->jk', a, ${x} + 0*a)`),
    tie("expression").map((x) => `concat([${x} + 0*a, a], axis=0)[1:3]`),
    tie("expression").map((x) => `where(c > 0, ${x}, a*2)`),
    tie("expression").map((x) => `prod(stack([${x} + 0*a, a]), axis=0)`),
  ),
}))

const random = randomFrom(4)
const points = Array.from({ length: 3 }, () => Array.from({ length: 10 }, () => 1.6 * random() - 0.8 + 0.05))

// Why: each formula may be right and their meeting wrong: shared nodes, shapes put back, adjoints added up.
it.each([1, 2] as const)("random graphs, differentiated %i times", (order) => {
  fc.assert(
    fc.property(expression, (text) => {
      const { error, said, seen } = compareGradients(built(text), [[2, 3], [3], []], points, 3, { order })
      expect(error, `${text}: ${said} instead of ${seen}`).toBeLessThan(order === 1 ? 1e-6 : 1e-5)
    }),
    { numRuns: order === 1 ? 150 : 60, seed: 8 },
  )
})
