// Samples that happen to have no gradient: whether that is all there is to say of the parameter.
import { expect, it } from "vitest"
import { check } from "../../src/index.ts"

const verdictAt = (expression: string, p: number[], more = {}): string =>
  check(expression, { inputs: { p: [p], y: [p.map(() => 0.5)] }, wrt: ["p"], role: "loss", ...more }).parameters.p!
    .verdict

// Why: three clipped predictions say nothing of those inside the bounds, and "dead" says that nothing ever trains.
it("samples outside a clip are stuck there; a function that is flat everywhere stays dead", () => {
  expect(verdictAt("mean(abs(clip(p, 0, 1) - y))", [1.7, -0.4, 2.2])).toBe("partial")
  expect(verdictAt("mean(max(0, 1 - p)) + 0*mean(y)", [2, 3, 4])).toBe("alive")
  expect(verdictAt("mean(0*p + y)", [1.7, -0.4, 2.2])).toBe("dead")
  expect(verdictAt("mean(abs(round(p) - y))", [1.7, -0.4, 2.2])).toBe("dead")
})

// Why: what underflows in one format is there in another, and the format is what should be told.
it("a gradient that only the number format loses fades; it is not dead", () => {
  const hot = "abs(sum(softmax(1000*p)*arange(3)) - mean(y))"
  expect(verdictAt(hot, [0.1, 0.9, 0.4], { dtype: "float32" })).toBe("saturating")
  // In float64 it is 1e-215, and far larger where the scores are closer.
  expect(verdictAt(hot, [0.1, 0.9, 0.4])).toBe("saturating")
  expect(verdictAt("abs(sum(softmax(1e6*p)*arange(3)) - 2 + 0*mean(y))", [0.1, 0.9, 0.4])).toBe("partial")
})
