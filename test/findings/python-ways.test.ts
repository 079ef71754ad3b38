// Ways out for losses in Python files: spelled as the file spells, really traced again, and silent where nothing helps.
import { expect, it } from "vitest"
import { lintTexts } from "../../src/lint.ts"
import { editedTexts } from "../../src/source/edit.ts"

const lint = (files: Readonly<Record<string, string>>) => lintTexts(files, {}, () => 0)

/** The ways out with edits of the first loss that has any, and what the edits make of the files. */
function waysIn(files: Readonly<Record<string, string>>) {
  const [loss] = lint(files)
    .flatMap((f) => f.losses)
    .filter((l) => l.result.findings.some((f) => f.level !== "note"))
  const help = loss?.result.findings.flatMap((f) => f.help).filter((h) => h.edits) ?? []
  return help.map((h) => ({ ...h, after: { ...files, ...Object.fromEntries(editedTexts(h.edits!)!) } }))
}

const verdictOf = (files: Readonly<Record<string, string>>, name: string): string | undefined =>
  lint(files)
    .flatMap((f) => f.losses)
    .find((l) => l.result.name === name)?.result.verdict

const torch = "import torch\nimport torch.nn.functional as F\n"
const tf = "import tensorflow as tf\n"
const jax = "import jax\nfrom jax import numpy as jnp\n"

// Why: code that cannot be pasted is no help, and every framework and every import has its own names.
it.each([
  [
    torch,
    "def a_loss(pred, y):\n    return ((pred > 0.5).float() - y).abs().mean()\n",
    "torch.sigmoid((pred - 0.5) / 0.1)",
  ],
  [torch, "def a_loss(pred, y):\n    return (pred.round() - y).abs().mean()\n", "(torch.round(pred) - pred).detach()"],
  [
    torch,
    "def a_loss(logits, target):\n    return 1 - (logits.argmax(dim=-1) == target).float().mean()\n",
    "F.one_hot(target, logits.shape[-1])",
  ],
  [
    "from torch import sigmoid, where\n",
    "def a_loss(pred, y):\n    return ((pred > 0.5) * 1.0 - y).abs().mean()\n",
    "sigmoid((pred - 0.5) / 0.1)",
  ],
  [
    tf,
    "def a_loss(y_true, y_pred):\n    return tf.reduce_mean(tf.square(tf.round(y_pred) - y_true))\n",
    "tf.stop_gradient(tf.round(y_pred) - y_pred)",
  ],
  [
    jax,
    "def a_loss(pred, y):\n    return jnp.mean((jnp.round(pred) - y) ** 2)\n",
    "jax.lax.stop_gradient(jnp.rint(pred) - pred)",
  ],
  [jax, "def a_loss(pred, y):\n    return jnp.mean(jnp.abs((pred > 0.5) - y))\n", "jax.nn.sigmoid((pred - 0.5) / 0.1)"],
])("%#: a surrogate is spelled as the file spells it, and lives", (imports, text, piece) => {
  const ways = waysIn({ "losses.py": imports + text })
  expect(ways.map((w) => w.after["losses.py"])).toEqual(expect.arrayContaining([expect.stringContaining(piece)]))
  for (const way of ways) expect(["alive", "saturating"], way.write).toContain(verdictOf(way.after, "a_loss"))
})

// Why: without an import there is no name, and code that fails with a NameError was not tried.
it("nothing is spelled with a module that the file does not import", () => {
  const text = "def a_loss(pred, y):\n    return ((pred > 0.5) * 1.0 - y).abs().mean()\n"
  const ways = waysIn({ "losses.py": text })
  expect(ways.length).toBeGreaterThan(0)
  for (const way of ways) expect(way.write).not.toMatch(/torch|F\.|tf\.|jnp/)
})

// Why: most losses call helpers, and the piece to change stands there.
it("an edit lies where the blocker is written, in another file if it must, and says so", () => {
  const files = {
    "helpers.py": "import torch\ndef hard(x):\n    return torch.round(x)\n",
    "losses.py": "from helpers import hard\ndef a_loss(pred, y):\n    return (hard(pred) - y).pow(2).mean()\n",
  }
  const [first] = waysIn(files)
  expect(first!.text).toContain("helpers.py:3")
  expect(first!.after["helpers.py"]).toBe("import torch\ndef hard(x):\n    return x\n")
  expect(first!.after["losses.py"]).toBe(files["losses.py"])
  expect(verdictOf(first!.after, "a_loss")).toBe("alive")
})

// Why: behind the first obstacle there is often a second, and a change that leaves the loss dead is no way out.
it("takes several steps where one is not enough, and tells each of them once", () => {
  const text = `${torch}def a_loss(pred, y):
    hard = pred.detach().round()
    return (hard - y).pow(2).mean()
`
  const [way] = waysIn({ "losses.py": text })
  expect(way!.edits!.length).toBeGreaterThan(0)
  expect(way!.text.split("; and ").length).toBe(2)
  expect(verdictOf(way!.after, "a_loss")).toBe("alive")
})

// Why: a help that was not tried, or did not help, costs a reader more than none.
it("is silent where no rewriting brings a gradient", () => {
  const dead = `${torch}def a_loss(pred, y):\n    return (torch.argsort(pred) - y).float().abs().mean()\n`
  for (const way of waysIn({ "losses.py": dead }))
    expect(verdictOf(way.after, "a_loss")).not.toMatch(/dead|disconnected/)
  expect(waysIn({ "losses.py": `${torch}def a_loss(pred, y):\n    return (y - 1).pow(2).mean()\n` })).toEqual([])
})

// Why: NaN in the side that is not taken is the one trap whose cure changes no value, so that it may be applied.
it("a guard before a logarithm keeps the value, and is marked as exact", () => {
  const text = `${torch}def a_loss(p, y):\n    return torch.where(p > 0, p * torch.log(p), torch.zeros_like(p)).mean() + (y - p).pow(2).mean()\n`
  const exact = waysIn({ "losses.py": text }).filter((w) => w.keepsValue)
  expect(exact.map((w) => w.after["losses.py"])).toEqual([
    text.replace("torch.log(p)", "torch.log(torch.where(p > 0, p, torch.ones_like(p)))"),
  ])
})
