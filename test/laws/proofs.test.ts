// No claim marked proved may be false: random expressions, their certificates, and a hunt for counter-examples at the drawn points.
import fc from "fast-check"
import { expect, it } from "vitest"
import { examine } from "../../src/check.ts"
import { certify } from "../../src/samples/prove.ts"
import { Problem } from "../../src/source/problem.ts"

const leaf = fc.constantFrom("x", "x", "x", "0.5", "2", "(-1)", "0")
const unary = [
  "exp",
  "tanh",
  "sigmoid",
  "abs",
  "relu",
  "sqrt",
  "log",
  "softplus",
  "sin",
  "floor",
  "sign",
  "erf",
  "atan",
  "cosh",
  "square",
  "round",
]
const expression = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.tuple(fc.constantFrom(...unary), tie("node")).map(([f, a]) => `${f}(${a})`),
    fc.tuple(fc.constantFrom("+", "-", "*", "/"), tie("node"), tie("node")).map(([o, a, b]) => `(${a} ${o} ${b})`),
    fc.tuple(fc.constantFrom("min", "max"), tie("node"), tie("node")).map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(tie("node"), tie("node"), tie("node")).map(([c, a, b]) => `where(${c} > 0.3, ${a}, ${b})`),
    fc.tuple(tie("node"), fc.constantFrom("2", "3", "0.5", "(-1)")).map(([a, n]) => `(${a})**${n}`),
  ),
})).node as fc.Arbitrary<string>

it("what is certified live everywhere is nowhere 0, what is certified dead everywhere is nowhere anything else", () => {
  let claims = 0
  fc.assert(
    fc.property(expression, fc.constantFrom("-2..2", "0..1", "-8..8", "normal(0, 2)"), (text, range) => {
      let evidence: ReturnType<typeof examine>["evidence"]
      try {
        evidence = examine(text, { inputs: { x: range }, wrt: ["x"], role: "activation", samples: 200 }).evidence
      } catch (error) {
        if (error instanceof Problem) return
        throw error
      }
      const [parameter] = evidence.parameters
      const { live, dead, stretches } = certify(evidence, parameter!, 60)
      const gradient = parameter!.gradient ?? new Float64Array(200)
      const xs = evidence.question.points.values.get("x")!
      if (live === 1 || dead === 1) claims++
      gradient.forEach((g, i) => {
        const kind =
          live === 1
            ? "live"
            : dead === 1
              ? "dead"
              : stretches?.find((s) => xs[i]! >= s.from && xs[i]! <= s.to && s.kind !== "undecided")?.kind
        if (kind === "live")
          expect(g !== 0 && Number.isFinite(g), `${text} at ${xs[i]}: ${g}, certified live`).toBe(true)
        if (kind === "dead") expect(g === 0, `${text} at ${xs[i]}: ${g}, certified dead`).toBe(true)
      })
    }),
    { numRuns: 3000 },
  )
  expect(claims, "the test must meet claims to be one").toBeGreaterThan(100)
})
