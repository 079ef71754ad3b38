// Few points, or few cases, stand for many: what is told must be what many would tell.
import { describe, expect, it } from "vitest"
import { examine } from "../../src/check.ts"
import { lintTexts } from "../../src/lint.ts"
import { RESTING, STUCK } from "../../src/samples/states.ts"
import { profileOf } from "../../src/samples/verdict.ts"

// Why: few points are drawn of shapes that nobody stated. A gradient that only few inputs have must not be called none.
it("a gradient at one point of a hundred is looked for before there is said to be none", () => {
  const text = [
    "import torch",
    "import torch.nn.functional as F",
    "def gate_loss(pred, target):",
    "    wide = pred.unsqueeze(1) - target.unsqueeze(0)",
    "    return F.relu(pred[0, 0] - 0.99) * wide.abs().mean()",
  ].join("\n")
  const [file] = lintTexts({ "losses.py": text }, {}, () => 0)
  const { verdict, options } = file!.losses[0]!.result
  expect(verdict).not.toBe("dead")
  expect(options.samples).toBe(1000)
})

// Why: points come from sequences in bases 2, 3, 5, ...: every second or third of them is not spread as all are.
describe("a profile by error", () => {
  it.each([
    [1, 1000],
    [2, 1000],
    [8, 256],
    [8, 512],
    [40, 64],
  ])("of %d elements at %d points shows the errors that there are", (elements, samples) => {
    const shape = elements === 1 ? "" : ` [${elements}]`
    const { evidence } = examine("mean((p - y)**2)", {
      inputs: { p: `0..1${shape}`, y: `{0, 1}${shape}` },
      wrt: ["p"],
      role: "loss",
      samples,
    })
    const { edges } = profileOf(evidence.parameters[0]!, 5)!
    // |p - y| is even over 0..1, whatever y is.
    for (const [k, edge] of edges.entries()) expect(Math.abs(edge - k / 5)).toBeLessThan(0.025)
  })
})

// Why: of many cases without a gradient some are tried first, to see whether any could do better. What each is must not
// hang on that.
it("each case without a gradient rests or is stuck by its own value, however many there are", () => {
  const { evidence } = examine("mean(where(x > 0.5, 1, where(x < -0.5, 0, 0.5 + x)))", {
    inputs: { x: "-1..1 [8]" },
    role: "loss",
    samples: 1000,
  })
  const { states } = evidence.parameters[0]!
  const x = evidence.question.points.values.get("x")!
  x.forEach((value, k) => {
    if (value > 0.5) expect(states[k]).toBe(STUCK)
    if (value < -0.5) expect(states[k]).toBe(RESTING)
  })
})
