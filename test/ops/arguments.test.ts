// What a call says must count: arguments that change a value are followed or refused, and forms of one name are told apart.
import { describe, expect, it } from "vitest"
import { checkLoss as check } from "../../src/check.ts"
import { evaluate } from "../../src/evaluate.ts"

const inputs = { p: "0..1 [4]", y: "-1..1 [4]" }

// Why: an argument that is silently dropped makes the tool check another loss than the one that is written.
describe("arguments that change the value and are not followed", () => {
  it.each([])("%s", (text, argument) => {
    expect(() => check(text, { inputs })).toThrow(`is not followed with another ${argument}`)
  })

  it.each([
    "sum(tf.cumsum(p, exclusive=False)*y)",
    "nn.MSELoss(size_average=True)(p, y)",
    "nn.MSELoss(size_average=None, reduce=None)(p, y)",
    "F.relu(p, inplace=True)*y",
  ])("with what changes nothing: %s", (text) => {
    expect(check(text, { inputs }).verdict).toBe("alive")
  })
})

// Why: one name has several forms, and each of these was once taken for another.
// Why: code of old releases states the reduction by two flags.
it.each([
  ["nn.MSELoss(size_average=False)(p, y)", "sum((p - y)**2)"],
  ["sum(F.mse_loss(p, y, reduce=False)*y)", "sum((p - y)**2*y)"],
  ["nn.L1Loss(size_average=True)(p, y)", "mean(abs(p - y))"],
])("%s", (old, now) => {
  const at = { p: [0.25, 0.5], y: [1, -1] }
  expect(evaluate(old, { at }).value).toBeCloseTo(evaluate(now, { at }).value as number, 12)
})

describe("forms of one name", () => {
  const at = { p: [0.25, 0.5, 0.75, 1], y: [0, 1, 0, 1] }
  it.each([
    ["sum(torch.max(p, torch.full_like(p, 0.6)))", 0.6 + 0.6 + 0.75 + 1],
    ["sum(p.where(y > 0, 0*p))", 1.5],
    ["sum(concat([reshape(p, [2, 2]), reshape(y, [2, 2])])[0]*[1, 10, 100, 1000])", 0.25 + 5 + 0 + 1000],
    ["sum(np.concatenate([reshape(p, [2, 2]), reshape(y, [2, 2])])[2])", 1],
    ["sum(take(reshape(p, [2, 2]), 1))", 1.75],
    ["sum(np.take(reshape(p, [2, 2]), 1))", 0.5],
    ["np.cumsum(reshape(p, [2, 2]))[3]", 2.5],
    ["sum(np.cumsum(reshape(p, [2, 2]), axis=0)[1])", 0.25 + 0.5 + 2.5 - 0.75],
    ["sum(K.cumsum(reshape(p, [2, 2]))[1])", 2.5],
    ["np.linalg.norm(reshape(p, [2, 2]))", Math.sqrt(1.875)],
    ["torch.linalg.norm(reshape(p, [2, 2]), ord=1, dim=1)[1]", 1.75],
    ["np.linalg.norm(p, 1)", 2.5],
    ["np.dot(p, y)", 1.5],
    ["sum(np.dot(reshape(p, [2, 2]), reshape(y, [2, 2]))*[[1, 10], [100, 1000]])", 0 + 7.5 + 0 + 1750],
    ["sum(float((p > 0.3) ^ (y > 0)))", 1],
  ])("%s", (text, value) => {
    expect(evaluate(text, { at }).value).toBeCloseTo(value, 12)
  })
})

it("the norm of a matrix as an operator is not taken for that of its entries", () => {
  const at = { p: [3, 0, 0, -4] }
  for (const [ord, norm] of [
    ["2", 4],
    ["'nuc'", 7],
    ["-2", 3],
    ["None", 5],
  ] as const)
    expect(evaluate(`np.linalg.norm(reshape(p, [2, 2]), ${ord})`, { at }).value).toBeCloseTo(norm, 12)
  expect(() => check("np.linalg.norm(reshape(p, [2, 2]), 1)", { inputs })).toThrow("of matrix norms")
})

// Why: a shape that does not fit inside a function that handles lists was once an internal error.
it("a position along an axis that is not there is a message", () => {
  expect(() => check("sum(take(p, [0, 1], axis=3))", { inputs })).toThrow("axis 3")
})
