// What the terminal shows, byte for byte. UPDATE_GOLDEN=1 writes the files anew; read what has changed.
import { describe, it } from "vitest"
import { hold, shown } from "../support/golden.ts"

const huber = "where(abs(y-p) < 1, 0.5*(y-p)^2, abs(y-p) - 0.5)"
const f1 = "1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))"
const far = ["--in", "y=-3..3", "--in", "p=-3..3"]

const cases: ReadonlyMap<string, readonly string[]> = new Map([
  ["alive", [huber, ...far]],
  ["alive-verbose", ["abs(y-p)", "-v"]],
  ["alive-quiet", ["abs(y-p)", "-q"]],
  ["activation", ["relu(x)"]],
  ["dead-with-help", [f1]],
  ["dead-in-a-metric", [f1, "--role", "metric"]],
  ["dead-inside-a-composition", ["f1(y, p)"]],
  ["dead-step", ["abs(y - round(p))"]],
  ["dead-term", ["(y - p)^2 + 0.5*abs(y - round(p))"]],
  ["partly-dead", ["-(y*log(clip(p, 0.1, 0.9)) + (1-y)*log(1 - clip(p, 0.1, 0.9)))"]],
  ["dead-where-wrong", ["1 - max(0, 1 - abs(y-p)) / (2 - max(0, 1 - abs(y-p)))", "--in", "y=0..4", "--in", "p=0..4"]],
  ["nan-trap", ["where(p > 0, p*log(p), 0)"]],
  ["number-formats", ["(y - sigmoid(z))^2", "--in", "z=-20..20", "--dtype", "all"]],
  ["number-formats-near-0", ["p^20", "--in", "p=-1..1", "--dtype", "float32,float16"]],
  ["one-point", ["where(p > 0, p*log(p), 0)", "--at", "p=0"]],
  ["one-point-of-vectors", ["mean(y*softplus(-z)) + relu(mean(z) - 9)", "--at", "z=[0.1, -200, 3],y=[0, 1, 1]"]],
  ["one-point-inside", ["1 - f1(y, p)", "--at", "p=[0.1, 0.2]", "--at", "y=[0, 1]", "--dtype", "float16"]],
  ["one-point-without-a-value", ["(y - p)^2", "--at", "p=0"]],
  ["one-point-mistake", ["(y - p)^2", "--at", "p=[0, 1],2"]],
  ["ignored", ["-(y*log(clip(p, 0.1, 0.9)) + (1-y)*log(1 - clip(p, 0.1, 0.9)))", "--ignore", "flat-side"]],
  ["ignored-mistake", ["abs(y-p)", "--ignore", "flatside"]],
  ["not-proved", ["mean((y - softmax(z))^2)", "-v"]],
  ["comparison", ["(y-p)^2", "abs(y-p)", "min(abs(y-p), 1)", ...far]],
  ["comparison-of-several-parameters", ["(y - (w*x + b))^2", "(y - (w*x + b > 0))^2", "--wrt", "w,b"]],
  ["misspelt-function", ["mean(abs(y - sigmod(p)))"]],
  ["open-bracket", ["mean((y - p)^2"]],
  ["foreign-operator", ["y == p && p > 0"]],
  ["empty", [""]],
  ["range-mistake", ["abs(y-p)", "--in", "p=0..q"]],
  ["flag-mistake", ["abs(y-p)", "--smaples", "10"]],
  ["file-mistake", ["fixtures/python/losses.py"]],
  ["lint", ["lint", "fixtures/python"]],
  ["lint-verbose", ["lint", "fixtures/python", "-v"]],
  ["lint-quiet", ["lint", "fixtures/python", "-q"]],
  ["lint-definitions", ["lint", "fixtures/definitions"]],
  ["lint-nothing", ["lint", "fixtures/golden"]],
  ["json", ["abs(y - round(p))", "--format", "json"]],
  ["json-problem", ["1 +", "--format", "json"]],
  ["help", ["--help"]],
  ["explain", ["explain"]],
  ["explain-rule", ["explain", "step-function"]],
  ["explain-operation", ["explain", "torch.relu"]],
  ["explain-kinks", ["explain", "torch.clamp"]],
  ["explain-traps", ["explain", "sqrt"]],
  ["explain-formats", ["explain", "dtype"]],
  ["explain-at", ["explain", "at"]],
  ["explain-verdicts", ["explain", "verdicts"]],
  ["explain-unknown", ["explain", "sofmax"]],
])

describe("texts", () => {
  it.each([...cases])("%s", (name, args) => hold(name, shown(args, "80")))
  it("are as wide as is good to read, and no wider", () => hold("dead-with-help-wide", shown([f1], "200")))
  it("have a form in ASCII", () => hold("comparison-ascii", shown([...cases.get("comparison")!, "--ascii"], "80")))
})
