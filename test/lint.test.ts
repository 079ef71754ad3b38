// Python files: every definition is looked at or counted as not understood, and never called healthy unseen.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { lintFile } from "../src/lint.ts"
import { projectOf } from "../src/syntax/project.ts"

/** Lints the file losses.py among others. */
const lint = (text: string, others: Record<string, string> = {}) => {
  const texts = new Map([...Object.entries(others), ["losses.py", text]])
  const project = projectOf((path) => texts.get(path))
  return lintFile(project, project.at("losses.py")!, {}, () => 0)
}
const file = lint(readFileSync("fixtures/python/losses.py", "utf8"))
const verdicts = Object.fromEntries(file.losses.map((l) => [l.result.name, l.result.verdict]))

describe("the definitions of a file", () => {
  it("are found, functions and classes, and judged", () => {
    expect(verdicts).toEqual({
      dice_loss: "alive",
      iou_loss: "disconnected",
      FocalLoss: "alive",
      DeadLoss: "disconnected",
      huber_loss: "alive",
      accuracy: "disconnected",
      contrastive_loss: "alive",
      total_loss: "alive",
      quantized_loss: "alive",
    })
  })
  it("are metrics where their names say so: no error", () => {
    const accuracy = file.losses.find((l) => l.result.name === "accuracy")!
    expect(accuracy.result.role).toBe("metric")
    expect(accuracy.result.findings.map((f) => f.level)).toEqual(["note"])
  })
  it("that cannot be followed are counted, with the line", () => {
    expect(file.notUnderstood.map((u) => [u.name, u.line])).toEqual([["scripted_loss", 82]])
  })
})

// Why: a file that Python itself refuses must not end the run, and must not pass in silence.
it("a statement that cannot be read is told, and the others are looked at", () => {
  const odd = lint("def a_loss(pred, target):\n    return (pred - target)**2\n\nx = = 1\n")
  expect(odd.unreadable).toHaveLength(1)
  expect(odd.losses.map((l) => l.result.verdict)).toEqual(["alive"])
})

// Why: overrides and wrappers take arguments that they leave alone, and formulas of derivatives are no losses.
it("an argument that is left alone is no finding, unless it is the prediction; a backward formula is no activation", () => {
  const of = (text: string) => lint(text).losses.map((l) => [l.result.name, l.result.verdict])
  expect(of("def my_relu(x, buffer):\n    return x.clamp(min=0)\n")).toEqual([["my_relu", "alive"]])
  expect(of("def a_loss(pred, y):\n    return (y - 1).pow(2).mean()\n")).toEqual([["a_loss", "disconnected"]])
  expect(of("def relu_backward(grad, x):\n    return grad*(x > 0)\n")).toEqual([])
})

// Why: the message is for the framework that the file imports, and a fresh leaf silences torch's.
it("tells what the imported framework does", () => {
  const told = (text: string): string[] =>
    lint(text).losses.flatMap((l) => l.result.findings.flatMap((f) => f.evidence.map((e) => `${e.label}: ${e.text}`)))
  const fresh =
    "import torch\ndef a_loss(pred, y):\n    return torch.tensor((pred - y).abs().sum().item(), requires_grad=True)\n"
  expect(told(fresh).some((t) => /^torch: no message/.test(t))).toBe(true)
  expect(told(fresh).some((t) => /^(TensorFlow|JAX)/.test(t))).toBe(false)
  const flat = "import jax.numpy as jnp\ndef a_loss(pred, y):\n    return jnp.mean(jnp.round(pred) - y)\n"
  expect(told(flat).some((t) => /^JAX/.test(t))).toBe(true)
})
