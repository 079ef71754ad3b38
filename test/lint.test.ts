// Python files: every definition is looked at or counted as not understood, and never called healthy unseen.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { lintFile, lintTexts } from "../src/lint.ts"
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

describe("what a file says of its definitions", () => {
  const of = (text: string, others = {}) => {
    const file = lint(text, others)
    return {
      losses: file.losses.map((l) => [l.result.name, l.result.role, l.result.verdict]),
      told: file.unreadable.map((u) => [u.line, u.problem.message]),
      file,
    }
  }
  const body = "(p, y):\n    return (y - p.round()).abs().mean()\n"

  // Why: names guess; a comment states role, ranges and shapes, and beats every guess.
  it("a comment above a definition states its role and its inputs", () => {
    const { losses, told, file } = of(
      `# gradcheck: loss(y in {0, 1} [4], p in -2..2 [4])\ndef odd${body}\n# gradcheck: metric\n@torch.jit.script\ndef hard_loss${body}`,
    )
    expect(losses).toEqual([
      ["odd", "loss", "dead"],
      ["hard_loss", "metric", "dead"],
    ])
    expect(told).toEqual([])
    expect(file.losses[0]!.result.inputs.map((i) => [i.name, i.range, i.shape])).toEqual([
      ["p", "-2..2", [4]],
      ["y", "{0, 1}", [4]],
    ])
  })
  it("a mistake in such a comment is told with its line", () => {
    const { told } = of(
      `x = 1\n# gradcheck: los(y in 0..1)\ndef a_loss${body}# gradcheck: loss(y in 0..)\ndef b_loss${body}`,
    )
    expect(told.map(([line]) => line)).toEqual([2, 5])
    expect(told[0]![1]).toMatch(/begins with loss, metric, activation/)
    expect(told[1]![1]).toMatch(/upper end is missing/)
  })

  // Why: accuracy is a fine metric; minimising it is the mistake that costs a week.
  it("a metric whose result is minimised is a loss, wherever it is written", () => {
    const metric = "def accuracy(p, y):\n    return ((p > 0.5) == y).float().mean()\n"
    const step = "def step(model, x, y):\n    out = model(x)\n    loss = 1 - accuracy(out, y)\n    loss.backward()\n"
    expect(of(metric + step).losses).toEqual([["accuracy", "loss", "disconnected"]])
    expect(of(metric).losses).toEqual([["accuracy", "metric", "disconnected"]])
    const { losses, file } = of(`from metrics import accuracy\n${step}`, { "metrics.py": metric })
    expect(losses).toEqual([["accuracy", "loss", "disconnected"]])
    expect(file.losses[0]!.line).toBe(4)
    expect(
      of(`from metrics import accuracy\nmodel.compile(loss="mse", metrics=[accuracy])\n`, { "metrics.py": metric })
        .losses,
    ).toEqual([])
    expect(of(`${metric}model.compile(optimizer="adam", loss=accuracy)\n`).losses[0]![1]).toBe("loss")
    expect(of(`${metric}import jax\ng = jax.value_and_grad(accuracy)\n`).losses[0]![1]).toBe("loss")
  })
})

// Why: two thirds of the losses need more than their own body, a quarter another file.
describe("what a definition takes from other files", () => {
  const verdicts = (text: string, others: Record<string, string>) => {
    const { losses, notUnderstood } = lint(text, others)
    return [
      ...losses.map((l) => [l.result.name, l.result.verdict]),
      ...notUnderstood.map((u) => [u.name, u.problem.message]),
    ]
  }
  it("are helpers and base classes, by absolute and relative imports, re-exported and renamed", () => {
    const others = {
      "pkg/__init__.py": "from .parts import *\n",
      "pkg/parts/__init__.py": "from ..helpers import hard as stepped, reduce_by\nfrom .base import Base\n",
      "pkg/parts/base.py":
        "from torch import nn\nclass Base(nn.Module):\n    def __init__(self, reduction='mean'):\n        super().__init__()\n        self.reduction = reduction\n    def forward(self, pred, target):\n        from ..helpers import reduce_by\n        return reduce_by(self.each(pred, target), self.reduction)\n",
      "pkg/helpers.py":
        "def hard(x):\n    return (x > 0.5).float()\ndef reduce_by(x, how):\n    return x.mean() if how == 'mean' else x.sum()\n",
    }
    const text =
      "import pkg\nfrom pkg import Base, stepped\nclass SoftLoss(Base):\n    def each(self, a, b):\n        return (a - b) ** 2\nclass HardLoss(pkg.Base):\n    def each(self, a, b):\n        return (stepped(a) - b) ** 2\n"
    expect(verdicts(text, others)).toEqual([
      ["SoftLoss", "alive"],
      ["HardLoss", "disconnected"],
    ])
  })
  // Why: the caret lies in a helper; who calls it, and from where, is what has to be changed.
  it("and the way to a helper is told, call by call", () => {
    const { losses } = lint("from helpers import score\ndef a_loss(pred, y):\n    return 1 - score(pred, y)\n", {
      "helpers.py": "def hard(x):\n    return (x > 0.5).float()\n\ndef score(p, y):\n    return (hard(p) * y).mean()\n",
    })
    const [finding] = losses[0]!.result.findings
    expect(finding!.marks[0]!.span.source.name).toBe("helpers.py")
    expect(finding!.evidence[0]).toEqual({
      label: "called",
      text: "by way of losses.py:3 score(pred, y), then helpers.py:5 hard(p)",
    })
  })
  it("may go in circles, be missing, or be broken, and costs only what needs it", () => {
    const others = {
      "a.py": "from b import g\ndef f(x):\n    return x ** 2\n",
      "b.py": "from a import f\ndef g(x):\n    return f(x)\n",
      "broken.py": "def h(x:\n",
    }
    expect(verdicts("from a import g\ndef a_loss(pred, y):\n    return g(pred - y).sum()\n", others)).toEqual([
      ["a_loss", "alive"],
    ])
    expect(verdicts("from broken import h\ndef a_loss(pred, y):\n    return h(pred - y)\n", others)).toEqual([
      ["a_loss", "broken.py has no name h"],
    ])
    expect(verdicts("from nowhere import h\ndef a_loss(pred, y):\n    return h(pred - y)\n", others)).toEqual([
      ["a_loss", "nowhere.h is not known"],
    ])
  })
})

// Why: on a tensor's value one side leaves a round of the loop early, and the rest of the round is the other side.
it("a round of a loop that a tensor ends early is followed", () => {
  const text =
    "def a_loss(probas, labels):\n    parts = []\n    for c in range(3):\n        own = (labels == c).float()\n        if own.sum() == 0:\n            continue\n        parts.append((own - probas[:, c]).abs().sum())\n    return sum(parts)\n"
  const [loss] = lint(text).losses
  expect(loss!.result.findings.filter((f) => f.level === "error")).toEqual([])
  expect(["alive", "partial"]).toContain(loss!.result.verdict)
})

// Why: four public losses were called broken for changes in place that torch allows.
it("a change in place that torch does not mind is no finding: in a chain, in a forward pass of its own, without gradient", () => {
  const rules = (text: string): string[] => lint(text).losses.flatMap((l) => l.result.findings.map((f) => f.rule))
  const head = "import torch\n"
  expect(
    rules(
      `${head}def a_loss(x, y):\n    q = 1 - torch.sigmoid(x)\n    q.add_(0.05).clamp_(max=1)\n    return (q * y).mean()\n`,
    ),
  ).not.toContain("changed-in-place")
  expect(
    rules(
      `${head}class F(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        e = torch.exp(x)\n        e.mul_(2)\n        ctx.save_for_backward(e)\n        return e.sum()\n    @staticmethod\n    def backward(ctx, g):\n        return ctx.saved_tensors[0] * g\ndef a_loss(x, y):\n    return F.apply(x - y)\n`,
    ),
  ).not.toContain("changed-in-place")
  expect(rules(`${head}def a_loss(x, y):\n    e = torch.exp(x)\n    e.mul_(y)\n    return e.mean()\n`)).toContain(
    "changed-in-place",
  )
})

it("a comment beats a configured role", () => {
  const text = "# gradcheck: loss\ndef odd(p, y):\n    return (y - p.round()).abs().mean()\n"
  const [file] = lintTexts({ "losses.py": text }, { role: "metric" }, () => 0)
  expect(file!.losses.map((l) => l.result.role)).toEqual(["loss"])
})

it("classes are asked for by their text, their bases, and the names of bases in libraries", () => {
  const text = `import torch.nn as nn
class A(nn.Module):
    pass
class B(A):
    pass
class C:
    pass
def a_loss(pred, y):
    b = B()
    return (pred - y)**2 if isinstance(b, A) and isinstance(b, nn.Module) and not isinstance(b, C) and issubclass(B, A) else (pred.round() - y)**2
`
  expect(lint(text).losses.map((l) => l.result.verdict)).toEqual(["alive"])
})

// Why: a product of ranges once would have filled the memory.
it("lists that grow without end are a message", () => {
  const text =
    "from itertools import product\ndef a_loss(pred, y):\n    for i, j, k in product(range(900), range(900), range(900)):\n        pred = pred + i\n    return pred - y\n"
  expect(lint(text).notUnderstood.map((u) => u.problem.message)).toEqual(["the list is too long"])
})

// Why: losses over pairs return None or a dictionary of their own when a selection is empty; a public library does in ten places.
it("what is only there for empty selections does not stop the trace; where both sides are numbers, both are followed", () => {
  const text = (empty: string) => `import torch
def pairs(p, y):
    a, b = torch.where(y.unsqueeze(0) == y.unsqueeze(1))
    if len(a) == 0 or len(b) <= 1:
        return ${empty}
    return (p[a] - p[b]) ** 2
def pair_loss(p, y):
    d = pairs(p, y)
    if torch.is_tensor(d):
        return d.mean()
    return p.sum() * 0
`
  for (const empty of ["None", "[None] * 5", "{}", "torch.zeros(1)"])
    expect(
      lint(text(empty)).losses.map((l) => `${l.result.name} ${l.result.verdict}`),
      empty,
    ).toContain("pair_loss alive")
  const guarded = `def a_loss(p, y):
    chosen = p[y > 0]
    if chosen.numel() == 0:
        return p.sum() * 0
    return (chosen - 1).pow(2).mean()
`
  const [loss] = lint(guarded).losses
  expect(loss!.result.findings.map((f) => f.rule)).not.toContain("non-finite-loss")
})

// Why: seen in public libraries of losses: generators, pairs by product(repeat=2), six's bases, counts that are required, keywords as TensorFlow names them.
it.each([
  [
    "a generator",
    "def pieces(p):\n    for k in range(4):\n        yield p[k] ** 2\n    yield from [p[4], p[5]]\ndef a_loss(p, y):\n    return sum(pieces(p)) - y.sum()\n",
  ],
  [
    "pairs",
    "from itertools import product\ndef rank_loss(y_pred, y_true):\n    at = list(product(range(y_true.shape[1]), repeat=2))\n    d = y_pred[:, at]\n    return ((d[:, :, 0] - d[:, :, 1]) ** 2).mean() - y_true.sum()\n",
  ],
  [
    "bases behind six",
    "import abc\nimport six\nclass Base(six.with_metaclass(abc.ABCMeta, object)):\n    def __call__(self, y_true, y_pred):\n        return self.per_item(y_true, y_pred).mean()\nclass OwnLoss(six.with_metaclass(abc.ABCMeta, Base)):\n    def per_item(self, y_true, y_pred):\n        return (y_true - y_pred) ** 2\n",
  ],
  [
    "a count without a default",
    "import torch\ndef ordinal_loss(y_pred, y_true, n):\n    steps = torch.arange(n)\n    return ((y_pred - (y_true.unsqueeze(-1) > steps).float()) ** 2).mean()\n",
  ],
  [
    "keywords of TensorFlow",
    "import tensorflow as tf\ndef a_loss(y_true, y_pred):\n    n = tf.cast(tf.shape(input=y_pred)[0], tf.float32)\n    return tf.reduce_sum(tf.square(tf.subtract(x=y_pred, y=y_true))) / n\n",
  ],
  [
    "counts of classes that the constructor needs",
    "import torch\nfrom torch import nn\nclass MarginLoss(nn.Module):\n    def __init__(self, cls_num_list):\n        super().__init__()\n        self.m = 1 / torch.tensor(cls_num_list).float().sqrt()\n    def forward(self, logits, target):\n        return nn.functional.cross_entropy(logits - self.m, target)\n",
  ],
])("follows %s", (_, text) => {
  expect(lint(text).losses.at(-1)!.result.verdict).toBe("alive")
})

// Why: all eight errors of 24 repositories that nobody here had seen were on arguments that are data: a false alarm each.
describe("an argument that may be data", () => {
  const levels = (text: string) =>
    lint(`import torch\n${text}`).losses.map((l) => [
      l.result.verdict,
      l.result.findings.map((f) => `${f.level} ${f.parameters.join()}`),
    ])
  it("is noted, beside one that is trained", () => {
    const text = "def hazard_loss(phi, near):\n    return (phi * (near >= 1)).mean()\n"
    expect(levels(text)).toEqual([["alive", ["note near"]]])
  })
  it("is an error where its name says that it is a prediction, or where only a target is reached", () => {
    const recon = "def vae_loss(recon_x, x):\n    return (recon_x.round() - x).abs().mean()\n"
    expect(levels(recon)).toEqual([["dead", ["error recon_x"]]])
    const map = "def map_loss(heat, gt_heat):\n    return (heat.round() - gt_heat).abs().mean()\n"
    expect(levels(map)).toEqual([["dead", ["error heat"]]])
  })
  it("is an error where none is trained", () => {
    const text = "def flip_loss(a, b):\n    return (a.round() - b.round()).abs().mean()\n"
    expect(levels(text)).toEqual([["dead", ["error a", "error b"]]])
  })
  it("is none where it holds whole numbers", () => {
    const text = `class Margin(torch.nn.Module):
    def forward(self, x, lb):
        far = torch.zeros(x.size()).scatter_(1, lb.view(-1, 1), 0.3)
        return x - far
`
    expect(levels(`${text}\ndef a_loss(x, lb):\n    return Margin()(x, lb).mean()\n`)).toEqual([["alive", []]])
  })
  it("has the range of what is trained where only names of targets are there", () => {
    const text = `def pseudo_loss(y, y_target):
    sure, labels = torch.softmax(y_target.detach(), dim=1).max(dim=1)
    return (torch.nn.functional.cross_entropy(y, labels, reduction="none") * (sure > 0.5).float()).mean()
`
    expect(levels(text)).toEqual([["alive", ["note y_target"]]])
  })
})

// Why: what torch never computes was told as NaN; and a real trap was acquitted by kinds of input that do not meet it.
describe("a gradient that is NaN", () => {
  const rules = (text: string) =>
    lint(`import torch\n${text}`)
      .losses.at(-1)!
      .result.findings.map((f) => `${f.level} ${f.rule}`)
  it("is told of where() that hides a division by 0, whatever other inputs would do", () => {
    const text = `def ratio_loss(pred, target):
    return torch.where(target > 0, torch.log(pred / target), torch.zeros_like(pred)).abs().mean()
`
    expect(rules(text)).toContain("error nan-gradient")
  })
  it("is none in an entry that a mask removes, or on the side of an if that is not run", () => {
    const masked = `def depth_loss(pred, target):
    valid = target > 1e-3
    g = torch.log(pred[valid]) - torch.log(target[valid])
    return torch.sqrt(torch.var(g) + 0.15 * torch.mean(g).pow(2))
`
    const branch = `def focal_loss(pred, gt):
    pos = gt.eq(1).float()
    pos_loss = (torch.log(pred) * (1 - pred).pow(2) * pos).sum()
    neg_loss = (torch.log(1 - pred) * pred.pow(2) * (1 - gt).pow(4)).sum()
    if pos.sum() == 0:
        return -neg_loss
    return -(pos_loss + neg_loss) / pos.sum()
`
    expect(rules(masked)).not.toContain("warning nan-gradient")
    expect(rules(branch)).not.toContain("warning nan-gradient")
  })
})

// Why: one definition must not hold up a commit; and that no kind tried so far has a gradient is no proof that none has.
it("tries no further kinds of input after twenty seconds, and convicts nothing then", () => {
  const text = `def a_loss(pred, y):
    seen = pred if pred.ndim == 2 else pred.detach()
    return seen.mean() - y.mean()
`
  const lintBy = (step: number) => {
    let time = 0
    return lintTexts({ "a.py": text }, {}, () => (time += step))[0]!
  }
  expect(lintBy(0).losses.map((l) => l.result.verdict)).toEqual(["alive"])
  const slow = lintBy(30_000)
  expect(slow.losses).toEqual([])
  expect(slow.notUnderstood.map((n) => n.problem.parts.headline)).toEqual([
    "trying all kinds of input takes too long; none so far has a gradient",
  ])
})

// Why: bi-tempered losses of public libraries take temperatures t1 and t2, and were called broken for temperatures out of their domain.
it("what is not finite for arguments that nothing says anything of is a warning", () => {
  const levels = (name: string) =>
    lint(`import torch
def tempered_loss(pred, ${name}):
    return (torch.log(${name} - 100.0) * pred).mean()
`).losses[0]!.result.findings.map((f) => f.level)
  expect(levels("warmth")).toContain("warning")
  expect(levels("warmth")).not.toContain("error")
  expect(levels("target")).toContain("error")
})

// Why: float(), math and NumPy hand back plain numbers; a loss that goes through them trains nothing, and says so nowhere.
it.each([
  [
    "float()",
    "import torch\ndef a_loss(pred, y):\n    return torch.tensor(float((pred - y).pow(2).mean()), requires_grad=True)\n",
  ],
  [
    "math",
    "import math\nimport torch\ndef a_loss(pred, y):\n    return math.exp((pred - y).abs().mean()) * torch.ones(1)\n",
  ],
  [
    "NumPy",
    "import numpy as np\nimport torch\ndef a_loss(pred, y):\n    return torch.mean((np.log(pred + 1.5) - y) ** 2)\n",
  ],
  [
    "a module",
    "from torch import nn\nclass ALoss(nn.Module):\n    def forward(self, pred, y):\n        return float(((pred - y) ** 2).mean())\n",
  ],
])("what leaves its framework through %s carries no gradient", (_, text) => {
  const [loss] = lint(text).losses
  expect([loss!.result.verdict, loss!.result.findings[0]!.rule]).toEqual(["disconnected", "detached"])
})

// Why: a function of NumPy alone is written for arrays; whoever lints a project with torch in it wants no alarm for it.
it.each([
  "import numpy as np\nimport torch\ndef rmse(y_true, y_pred):\n    return float(np.sqrt(((y_true - y_pred) ** 2).mean()))\n",
  "import numpy as np\nimport torch\ndef a_loss(pred, y):\n    if isinstance(pred, np.ndarray):\n        return np.abs(pred - y).mean()\n    return torch.abs(pred - y).mean()\n",
  "import math\nimport torch\ndef a_loss(pred, y):\n    return torch.mean((pred / math.sqrt(pred.shape[-1]) - y) ** 2)\n",
])("arrays, and numbers of the shape, are no cut: %#", (text) => {
  expect(lint(text).losses.map((l) => l.result.verdict)).toEqual(["alive"])
})

// Why: teachers, moving targets and the other branch of SimSiam are detached on purpose, in the best known papers.
it("what is cut off on purpose while another prediction is trained is a note, and no verdict on the loss", () => {
  const text = `import torch.nn.functional as F
def siam_loss(p, z):
    return -F.cosine_similarity(p, z.detach(), dim=-1).mean()
def codebook_loss(z, e):
    return F.mse_loss(z.detach(), e) + 0.25 * F.mse_loss(z, e.detach())
def alone_loss(p, y):
    return F.mse_loss(p.detach(), y)
`
  const seen = lint(text).losses.map(({ result }) => [
    result.name,
    result.verdict,
    ...result.findings.map((f) => f.level),
  ])
  expect(seen).toEqual([
    ["siam_loss", "alive", "note"],
    ["codebook_loss", "alive"],
    ["alone_loss", "disconnected", "error"],
  ])
})

// Why: one_hot(labels) in a file of losses is no loss: there is nothing in it that could be trained.
it("a function of targets alone is not looked at", () => {
  const { losses, notUnderstood } = lint(
    "import torch\ndef one_hot_loss(labels):\n    return torch.eye(5)[labels.long()]\n",
  )
  expect([...losses, ...notUnderstood]).toEqual([])
})
