// Losses as people paste them: shapes found by use, selections by masks, functions alone; what is blamed, and what is not.

import { describe, expect, it } from "vitest"
import { outermost } from "../../src/findings/places.ts"
import { type CheckOptions, check, evaluate, type LossResult, type Nested } from "../../src/index.ts"
import { sliceOf } from "../../src/source/text.ts"

const text = (...lines: string[]): string => lines.join("\n")
const first = (result: LossResult): [string, string] | undefined => {
  const [finding] = result.findings
  const span = finding?.marks[0]?.span
  return finding && [finding.rule, span ? sliceOf(outermost(span)) : ""]
}
const shapes = (result: LossResult): Record<string, readonly number[]> =>
  Object.fromEntries(result.inputs.map((i) => [i.name, i.shape]))

describe("what lives is not accused", () => {
  const codebook = { z: "normal(0, 1) [8, 3]", e: "normal(0, 1) [5, 3]", x: "normal(0, 1) [8, 3]" }
  it.each<[string, string, CheckOptions?]>([
    [
      "a policy gradient with a baseline",
      text(
        "logp = torch.log_softmax(logits, -1).gather(-1, action.unsqueeze(-1)).squeeze(-1)",
        "-(logp*(reward - reward.mean())).mean()",
      ),
    ],
    ["values at actions", "F.mse_loss(q_values[torch.arange(8), actions], targets)"],
    [
      "a codebook: each term trains one of two parameters",
      text(
        "zq = e[((z[:, None, :] - e[None, :, :])**2).sum(-1).argmin(1)]",
        "F.mse_loss(z + (zq - z).detach(), x) + F.mse_loss(zq, z.detach()) + F.mse_loss(zq.detach(), z)",
      ),
      { inputs: codebook, wrt: ["z", "e"] },
    ],
    ["each entry by vmap", "jax.vmap(lambda a, b: jnp.sum((a - b)**2))(p, y).mean()", { framework: "jax" }],
    ["an array of terms in JAX", "(jnp.array([y - p, 2*(y - p)])**2).sum()", { framework: "jax" }],
    ["a variance beside a mean", "0.5*log(var) + (y - mu)**2 / (2*var)"],
  ])("%s", (_, expression, options) => {
    const result = check(expression, options)
    expect(result.verdict).toBe("alive")
    expect(result.findings.filter((f) => f.level === "error" || f.rule === "dead-term" || f.rule === "uphill")).toEqual(
      [],
    )
  })
})

describe("what is blamed", () => {
  it("a stop, not the positions that are computed beside it", () => {
    const result = check("F.mse_loss(q, next_q.max(1)[0].detach())", {
      inputs: { q: "-2..2 [8]", next_q: "-2..2 [8, 4]" },
      wrt: ["next_q"],
    })
    expect(first(result)).toEqual(["detached", "next_q.max(1)[0].detach()"])
  })
  it("the softmax of a row that is masked throughout, not the mask", () => {
    const result = check("torch.softmax(torch.where(mask > 0, s, float('-inf')), dim=-1) @ v", {
      inputs: { s: "-3..3 [3]", mask: "{0, 1} [3]", v: "-1..1 [3]" },
      wrt: ["s"],
      role: "loss",
    })
    expect(first(result)).toEqual(["non-finite-loss", "torch.softmax(torch.where(mask > 0, s, float('-inf')), dim=-1)"])
  })
  it("the operation whose slope fades, not the whole loss", () => {
    const result = check("p = sigmoid(z)\nmean((y - p)**2)", { inputs: { z: "-20..20 [4]", y: "{0, 1} [4]" } })
    expect(first(result)).toEqual(["saturation", "sigmoid(z)"])
  })
  it("a factor of 0", () => {
    expect(first(check("sum(y) + 0*sum(p)"))).toEqual(["flat-side", "0*sum(p)"])
  })
  it("the nearest kink, where nothing lives", () => {
    const result = check("mean((y - clip(p, 0, 1))**2)", { inputs: { p: "2..3 [4]", y: "0..1 [4]" } })
    expect(result.findings[0]!.marks[0]!.text).toContain("flat where p > 1")
  })
  it("torch.round has a way out that was tried", () => {
    expect(check("mean(abs(y - torch.round(p)))").findings[0]!.help.map((h) => h.write)).toContain("mean(abs(y - p))")
  })
})

describe("selections by a mask", () => {
  const at: Record<string, Nested> = {
    z: [
      [1, 2, 0],
      [0, 1, -1],
      [2, 0, 1],
    ],
    y: [1, 0, 2],
    mask: [1, 0, 1],
  }
  const same = (a: string, b: string): void => {
    const [x, y] = [a, b].map((expression) => evaluate(expression, { at, wrt: ["z"] }))
    expect(x!.value).toBeCloseTo(y!.value as number, 12)
    expect(x!.gradients).toEqual(y!.gradients)
  }
  it("rows go through a loss that gives one number for each", () =>
    same("F.cross_entropy(z[mask], y[mask])", "sum(F.cross_entropy(z, y, reduction='none')*mask)/sum(mask)"))
  it("a sum along an axis inside of the rows leaves the rows", () =>
    same("z[mask > 0].sum(-1).mean()", "sum(z.sum(-1)*mask)/sum(mask)"))
  it("a softmax inside of the rows", () =>
    same("F.softmax(z[mask], dim=1).max()", "amax(where(mask[:, None] > 0, softmax(z), -inf))"))
  it("a fold over the rows keeps what lies in them", () =>
    same("(z[mask > 0].sum(0)*tensor([1, 2, 3])).sum()", "sum(z*mask[:, None]*tensor([1, 2, 3]))"))
})

describe("shapes and values by use", () => {
  it.each<[string, Record<string, readonly number[]>]>([
    ["q_values[torch.arange(8), actions].mean()", { q_values: [8, 5], actions: [8] }],
    ["torch.quantile(p, 0.9) - torch.quantile(y, 0.9)", { p: [8], y: [8] }],
    ["softmax(k @ q) @ v", { k: [8, 5], q: [5], v: [8] }],
    ["einsum('bi,ij->bj', x, W).sum()", { x: [8, 5], W: [5, 5] }],
  ])("%s", (expression, wanted) => {
    const result = check(expression)
    expect(shapes(result)).toEqual(wanted)
  })
  it("what serves as a position holds positions, and is no parameter", () => {
    const result = check("mean(x[i])")
    expect(result.inputs.find((i) => i.name === "i")!.range).toBe("0..7 int")
    expect(Object.keys(result.parameters)).toEqual(["x"])
  })
  it("a scalar out of arrays is a loss, also of a scalar parameter", () =>
    expect(check("((round(w/s)*s - w)**2).mean()", { inputs: { w: "-1..1 [8]", s: "0.1..1" }, wrt: ["s"] }).role).toBe(
      "loss",
    ))
})

describe("a function alone", () => {
  it.each([
    "def loss(y_true, y_pred, eps=1e-7):\n    return -K.mean(y_true*K.log(y_pred + eps) + K.epsilon())",
    "lambda y_true, y_pred: -mean(y_true*log(y_pred + 1e-7))",
    "loss = lambda y_true, y_pred: -mean(y_true*log(y_pred + 1e-7))",
  ])("%s is called with inputs of its parameters' names", (expression) => {
    const result = check(expression)
    expect(Object.keys(shapes(result))).toEqual(["y_true", "y_pred"])
    expect(result.verdict).toBe("alive")
  })
})
