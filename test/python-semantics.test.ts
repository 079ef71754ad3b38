// What Python means: types of numbers, match, sets, enumerations, loops that a tensor ends, views that are written,
// special methods, the order of a file's statements. A text raises where a value is not what Python gives, so that a
// verdict tells that it was followed rightly.
import { describe, expect, it } from "vitest"
import { definitionsIn } from "../src/definitions/python.ts"
import { evaluateSubject } from "../src/evaluate.ts"
import { subjectOfDefinition } from "../src/graph/definitions.ts"
import { lintTexts } from "../src/lint.ts"
import { projectOf } from "../src/syntax/project.ts"

const head = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nfrom enum import Enum\n"

/** The verdict of the last definition of a file; what was not understood in words. */
function verdict(text: string, more: Readonly<Record<string, string>> = {}): string {
  const file = lintTexts({ "a.py": `${head}${text}`, ...more }, { framework: "torch" }, () => 0).find(
    (f) => f.file === "a.py",
  )!
  const last = file.losses.at(-1)
  return last ? last.result.verdict : (file.notUnderstood.at(-1)?.problem.message ?? "nothing found")
}

/** Lines of a function that is a loss when each condition holds. */
const holds = (...lines: string[]): string =>
  `def some_loss(pred, target):\n${lines.map((l) => `    ${l}\n`).join("")}    return (pred - target).pow(2).mean()\n`
const check = (condition: string): string => `if not (${condition}): raise ValueError("wrong")`

// Why: a check of a type that is answered wrongly ends every way through a function, and the loss was not understood.
describe("types of numbers", () => {
  const labels = (...lines: string[]): string =>
    `def some_loss(pred, target):\n${lines.map((l) => `    ${l}\n`).join("")}    return F.nll_loss(pred, target)\n`
  it.each([
    "torch.zeros_like(target)",
    "torch.where(target != -100, target, torch.zeros_like(target))",
    "target.new_zeros(3)",
    "target * (target != 0)",
    "target.clone().contiguous()",
    "torch.zeros(3, dtype=torch.long)",
  ])("%s holds whole numbers", (made) => {
    expect(verdict(labels(`t = ${made}`, check("t.dtype == torch.int64")))).toBe("alive")
  })

  it.each(["torch.zeros(3)", "target.float()", "torch.zeros_like(target, dtype=torch.float32)", "target * 0.5"])(
    "%s holds reals",
    (made) => {
      expect(verdict(labels(`t = ${made}`, check("t.dtype == torch.float32")))).toBe("alive")
    },
  )

  // Why: what is written into whole numbers is cut to them, and no gradient comes back from there.
  it("cuts what is written into whole numbers", () => {
    const text = (dtype: string): string =>
      `def some_loss(pred, target):\n    t = torch.zeros(8, dtype=${dtype})\n    t[:] = pred\n    return (t - target).pow(2).mean()\n`
    expect(verdict(text("torch.long"))).toBe("disconnected")
    expect(verdict(text("torch.float32"))).toBe("alive")
  })

  it("keeps Python's own numbers when they are cast", () => {
    expect(
      verdict(holds("n = int(7 / 2)", check("isinstance(n, int) and n == 3 and isinstance(float(n), float)"))),
    ).toBe("alive")
  })
})

describe("values", () => {
  it.each([
    ["sets", "len({1, 2} | {2, 3}) == 3 and {1, 2} & {2, 3} == {2} and {1, 2} - {2} == {1} and {1}.issubset({1, 2})"],
    ["texts", '"12".isnumeric() and not "B".isnumeric() and "ab" * 2 == "abab" and " x ".strip() == "x" and "a" < "b"'],
    ["a text that is filled in", 'len("%s of %d" % ("a", 2)) > 0'],
    ["an empty dictionary", "not {} and {'a': 1}"],
    ["joined dictionaries", "({'a': 1} | {'b': 2})['b'] == 2"],
    ["numbers times lists", "2 * [0, 1] == [0, 1, 0, 1]"],
    ["moved bits", "1 << 4 == 16 and 37 >> 2 == 9"],
    ["a tensor beside None", "pred != None and not (pred == None)"],
  ])("%s", (_, condition) => {
    expect(verdict(holds(check(condition)))).toBe("alive")
  })

  it("members of an enumeration are looped over, counted and found", () => {
    const kinds = 'class Kind(Enum):\n    A = "a"\n    B = "b"\n'
    const text = holds(check('Kind.A in Kind and len(list(Kind)) == 2 and Kind("b") == Kind.B'))
    expect(verdict(kinds + text)).toBe("alive")
  })
})

describe("match", () => {
  const reduction = (pattern: string): string =>
    `def some_loss(pred, target, reduction="mean"):\n    e = (pred - target).pow(2)\n    match reduction:\n        case "none":\n            return e.round()\n        case ${pattern}:\n            return e.mean()\n        case _:\n            raise ValueError(reduction)\n`
  it.each(['"mean"', '"sum" | "mean"', "str(kind)", '"mean" as kind', 'kind if kind == "mean"'])(
    "case %s",
    (pattern) => {
      expect(verdict(reduction(pattern))).toBe("alive")
    },
  )

  it.each(['"sum"', "int()", "[a, b]", "kind if kind == 'sum'"])("case %s is passed by", (pattern) => {
    expect(verdict(reduction(pattern))).toMatch(/exception/)
  })

  it("takes sequences, mappings and attributes apart", () => {
    const text = holds(
      "match [1, 2, 3]:",
      "    case [a, *rest]: pass",
      "match {'x': 4, 'y': 5}:",
      "    case {'x': x, **others}: pass",
      check("a == 1 and rest == [2, 3] and x == 4 and others['y'] == 5"),
    )
    expect(verdict(text)).toBe("alive")
  })
})

// Why: iterations that stop when they have converged were not followed at all.
describe("loops that a tensor ends", () => {
  it.each([
    ["break", "if (x * x - pred).abs().max() < 1e-3: break"],
    ["continue before break", "if x.sum() > 100: continue\n        if x.mean() > 3: break"],
  ])("%s", (_, line) => {
    const text = `def some_loss(pred, target):\n    x = pred + 1\n    for _ in range(6):\n        x = (x + pred / x) / 2\n        ${line}\n    return (x - target).abs().mean()\n`
    expect(verdict(text)).toBe("alive")
  })

  it("the side that stays goes through all rounds that follow", () => {
    // Whatever ends the loop, what comes after it stops the gradient only where nothing broke off.
    const text =
      "def some_loss(pred, target):\n    x = pred\n    for k in range(3):\n        if x.sum() > 1e9: break\n        x = x.round()\n    return (x - target).abs().mean()\n"
    expect(verdict(text)).toBe("dead")
  })
})

describe("views that are written", () => {
  it.each([
    ["x.view(-1)[3] = 1", "x[0, 3] == 1 and x[1, 3] == 0"],
    ["x.diagonal().fill_(2)", "x[1, 1] == 2 and x[0, 1] == 0"],
    ["torch.diagonal(x).add_(3)", "x[2, 2] == 3 and x[2, 1] == 0"],
    ["x.t()[1, 0] = 7", "x[0, 1] == 7 and x[1, 0] == 0"],
    ["x.diagonal()[:] = 5", "x[3, 3] == 5"],
  ])("%s", (line, condition) => {
    expect(verdict(holds("x = torch.zeros(4, 4)", line, check(condition)))).toBe("alive")
  })

  it("a mask that is known picks as many entries as it holds", () => {
    const text =
      "def contrastive_loss(pred, target):\n    s = pred @ target.t()\n    n = s.shape[0]\n    off = s.masked_select(~torch.eye(n, dtype=torch.bool)).view(n, n - 1)\n    return off.exp().mean()\n"
    expect(verdict(text)).toBe("alive")
  })
})

describe("classes", () => {
  it("special methods are what operators do", () => {
    const text = `class Span:
    def __init__(self, low, high): self.low, self.high = low, high
    def __add__(self, other): return Span(self.low + other.low, self.high + other.high)
    def __rmul__(self, k): return Span(k * self.low, k * self.high)
    def __getitem__(self, k): return [self.low, self.high][k]
    def __len__(self): return 2
    def __contains__(self, x): return self.low <= x <= self.high
    def __eq__(self, other): return self.low == other.low and self.high == other.high
    def __neg__(self): return Span(-self.high, -self.low)
${holds(
  "s = 2 * Span(1, 2) + Span(0, 1)",
  check("s[0] == 2 and s[1] == 5 and len(s) == 2 and 3 in s and 9 not in s"),
  check("-s == Span(-5, -2) and [v for v in s] == [2, 5]"),
)}`
    expect(verdict(text)).toBe("alive")
  })

  it("a library's module is called by its forward, and super() hands out its methods", () => {
    const text = `class BaseLoss(nn.Module):
    def forward(self, pred, target):
        return (pred - target).abs().mean()
class OuterLoss(BaseLoss):
    def __init__(self):
        super().__init__()
        self.inner, self.mse = super().forward, nn.MSELoss()
    def forward(self, pred, target):
        return self.inner(pred, target) + self.mse.forward(pred, target)
`
    expect(verdict(text)).toBe("alive")
  })

  it("what is written onto a function is kept", () => {
    expect(
      verdict(
        `def curve(x):\n    if not hasattr(curve, "_k"): curve._k = 2\n    return x ** curve._k\n${holds(check("curve(3) == 9"))}`,
      ),
    ).toBe("alive")
  })
})

describe("files", () => {
  // Why: a registry that is filled below a class was run while the class was made, and all of the file was lost.
  it("statements run in their order", () => {
    const text = `class Registry:
    known = {}
class Base(Registry):
    pass
Registry.known[Base] = {"a": 1}
class SomeLoss(nn.Module, Base):
    def forward(self, pred, target):
        if Registry.known[Base]["a"] != 1: raise ValueError("wrong")
        return (pred - target).abs().mean()
`
    expect(verdict(text)).toBe("alive")
  })

  it("names come from a star import under a test", () => {
    const helper = "try:\n    from own.parts import *\nexcept ImportError:\n    pass\n"
    const text = `from helper import apart\ndef some_loss(pred, target):\n    return apart(pred, target).mean()\n`
    const parts = "def apart(a, b):\n    return (a - b).abs()\n"
    expect(verdict(text, { "helper.py": helper, "own/__init__.py": "", "own/parts.py": parts })).toBe("alive")
  })
})

describe("arguments", () => {
  it("a function without a result says so", () => {
    expect(verdict("def empty_loss(pred, target):\n    (pred - target).abs().mean()\n")).toBe("nothing is returned")
  })

  // Why: a flag was trained as if it were a tensor, and an error named it.
  it("what is only asked whether it holds is no parameter", () => {
    const text =
      "def triplet_loss(embedding, targets, margin, norm_feat):\n    if norm_feat:\n        embedding = F.normalize(embedding, dim=1)\n    d = torch.cdist(embedding, embedding)\n    return F.relu(d.mean() - d.max() + margin)\n"
    const [file] = lintTexts({ "a.py": head + text }, { framework: "torch" }, () => 0)
    expect(Object.keys(file!.losses[0]!.result.parameters)).toEqual(["embedding"])
  })

  it("a text is one that the program compares it with", () => {
    const text = `class GANLoss(nn.Module):
    def __init__(self, gan_type):
        super().__init__()
        if gan_type == "vanilla": self.loss = nn.BCEWithLogitsLoss()
        elif gan_type == "lsgan": self.loss = nn.MSELoss()
        else: raise NotImplementedError(gan_type)
    def forward(self, input, target):
        return self.loss(input, target)
`
    expect(verdict(text)).toBe("alive")
  })

  it("the losses of a dictionary are summed", () => {
    const text =
      'def detector_loss(pred, target):\n    return {"box_loss": pred.round().sum(), "cls_loss": (pred - target).abs().mean(), "count": 3}\n'
    expect(verdict(text)).toBe("alive")
  })
})

// Why: a layer that filled its weight in a method of its own was called dead: what a function writes into an argument
// was lost when it returned.
describe("arguments that are written into", () => {
  it("are changed where they came from, until they are bound anew", () => {
    const helpers =
      "def fill(w, v): w.fill_(v)\ndef more(w): w += 1.0\ndef other(w): w = w * 0\ndef row(w): w[0] = 5.0\ndef deep(w): row(w)\ndef late(w):\n    w.fill_(7.0)\n    w = w * 0\n"
    const text = holds(
      "w = torch.zeros(3)",
      "fill(w, 2.0)",
      "more(w)",
      check("w[0] == 3"),
      "other(w)",
      check("w[0] == 3"),
      "deep(w)",
      check("w[0] == 5 and w[1] == 3"),
      "late(w)",
      check("w[1] == 7"),
    )
    expect(verdict(helpers + text)).toBe("alive")
  })

  it("what indexing took out of a tensor may be a copy, and stays as it was", () => {
    const helper = "def fill(w): w.fill_(2.0)\n"
    const text = holds("w = torch.zeros(4)", "fill(w[torch.tensor([0, 2])])", check("w[0] == 0"))
    expect(verdict(helper + text)).toBe("alive")
  })

  it("may be fields of an object", () => {
    const text = `class SineLoss(nn.Module):
    def __init__(self, width=5):
        super().__init__()
        self.weight = torch.zeros(width, width)
        self.spread(self.weight)
    def spread(self, weight):
        weight.uniform_(-1, 1)
    def forward(self, x, y):
        return (torch.sin(F.linear(x, self.weight)) - y).pow(2).mean()
`
    expect(verdict(text)).toBe("alive")
  })
})

describe("selections", () => {
  // Why: hardest pairs of re-identification, in every second repository of it, were not followed.
  it("of which each row has as many become rows, as Python reads them", () => {
    const text = `import torch
def hardest_loss(d, labels):
    n = d.size(0)
    same = labels.expand(n, n).eq(labels.expand(n, n).t())
    rows = d[same].contiguous().view(n, -1)
    masked = torch.where(same, d, torch.zeros_like(d))
    return torch.stack([torch.max(rows, 1)[0] - masked.max(1)[0], rows.sum(1) - masked.sum(1), rows.mean(1) * 2 - masked.sum(1)])
`
    const project = projectOf((path) => (path === "a.py" ? text : undefined))
    const file = project.at("a.py")!
    const subject = subjectOfDefinition(project, file, definitionsIn(project, file)[0]!)
    const d = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => ((7 * i + 11 * j) % 13) + 1))
    const at = { d, labels: [2, 0, 1, 1, 0, 2] }
    const { value } = evaluateSubject(subject, { at, wrt: ["d"], dtype: "float64", framework: "torch" })
    expect([value].flat(3)).toEqual(Array.from({ length: 18 }, () => 0))
  })

  it("are looped over, each entry under the condition that it is there", () => {
    const text = `def some_loss(pred, target):
    loss = -torch.log_softmax(pred, 1)
    for c in torch.unique(target):
        loss[:, c][target == c] = 0.0
    return loss.mean()
`
    expect(verdict(text)).toBe("alive")
  })
})

describe("places that depend on data", () => {
  it("each row that a mask chooses is written at a position of its own", () => {
    const text = `def anchor_loss(pred, iou, labels):
    t = torch.ones(pred.shape) * -1
    chosen = torch.ge(iou, 0.5)
    t[chosen, :] = 0
    t[chosen, labels[chosen].long()] = 1
    return torch.where(t >= 0, (pred - t).pow(2), torch.zeros(t.shape)).sum()
`
    const project = projectOf((path) => (path === "a.py" ? `import torch\n${text}` : undefined))
    const file = project.at("a.py")!
    const subject = subjectOfDefinition(project, file, definitionsIn(project, file)[0]!)
    const pred = [
      [0.5, 0.5, 0.5],
      [0.5, 0.5, 0.5],
    ]
    const at = { pred, iou: [0.7, 0.1], labels: [2, 0] }
    const { value, gradients } = evaluateSubject(subject, { at, wrt: ["pred"], dtype: "float64", framework: "torch" })
    expect(value).toBeCloseTo(0.75)
    expect(gradients.pred).toEqual([
      [1, 1, -1],
      [0, 0, 0],
    ])
  })

  it("a number lies in a range whose ends are tensors, or not", () => {
    const text = `def dice_loss(pred, target, ignore_index=255):
    if ignore_index not in range(target.min(), target.max()):
        pred = pred.abs()
    return (pred - target).pow(2).mean()
`
    expect(verdict(text)).toBe("alive")
  })
})

describe("sizes and names", () => {
  it("as many classes as a weight says are tried", () => {
    const text = `class OhemLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.criterion = nn.CrossEntropyLoss(weight=torch.ones(19))
    def forward(self, pred, target):
        return self.criterion(pred, target)
`
    const [file] = lintTexts({ "a.py": head + text }, { framework: "torch" }, () => 0)
    const { result } = file!.losses[0]!
    expect(result.verdict).toBe("alive")
    expect(result.inputs.find((i) => i.name === "pred")?.shape?.[1]).toBe(19)
  })

  it("a teacher beside its student is not trained", () => {
    const text = "def kd_loss(f_s, f_t):\n    return ((f_s - (f_t > 0).float()) ** 2).mean()\n"
    const [file] = lintTexts({ "a.py": head + text }, { framework: "torch" }, () => 0)
    expect(Object.keys(file!.losses[0]!.result.parameters)).toEqual(["f_s"])
  })

  // Why: a number that stands for what nobody says may make a loss flat; that is no finding.
  it("what is unknown can acquit and not convict", () => {
    const scaled = (how: string): string =>
      `class ScaledLoss(nn.Module):\n    def __init__(self, zeta):\n        super().__init__()\n        self.zeta = zeta\n    def forward(self, pred, target):\n        return ${how}\n`
    expect(verdict(scaled("(self.zeta * (pred - target)).pow(2).mean()"))).toBe("alive")
    expect(verdict(scaled("((self.zeta - 2) * (pred - target)).pow(2).mean()"))).toMatch(/needs zeta/)
  })
})

// Why: each of these was an error in code that works, found in repositories that nobody had worked on.
describe("what is no finding", () => {
  const found = (text: string, name = "a.py") => {
    const [file] = lintTexts({ [name]: head + text }, { framework: "torch" }, () => 0)
    return file!
  }

  it("a kind of input of which most end in an exception", () => {
    // With one channel only a way around the exception is left, which has no gradient.
    const text = `def lovasz_softmax(pred, target):
    p = F.softmax(pred, dim=1)
    c = p.shape[1]
    losses = []
    for k in range(max(c, 2)):
        fg = (target == k).float()
        if fg.sum() == 0:
            continue
        if c == 1:
            raise ValueError("sigmoid output wants one class")
        losses.append((fg - p[:, k]).abs().mean())
    return sum(losses) if losses else p.sum() * 0.0
`
    expect(verdict(text)).toBe("alive")
  })

  it("a map that is asked where it is 1", () => {
    const text =
      "def alignment_loss(hard, soft):\n    return -torch.log(torch.clamp(soft[hard == 1], min=1e-12)).sum() / hard.sum()\n"
    const { result } = found(text).losses[0]!
    expect(Object.keys(result.parameters)).toEqual(["soft"])
    expect(result.findings.filter((f) => f.level === "error")).toEqual([])
  })

  it("a length beside what is trained", () => {
    const text =
      "def masked_loss(loss, lengths):\n    mask = (torch.arange(loss.shape[1])[None] < lengths[:, None]).float()\n    return (loss * mask).sum() / mask.sum().clamp(min=1)\n"
    expect(Object.keys(found(text).losses[0]!.result.parameters)).toEqual(["loss"])
  })

  it.each([
    ["a derivative", "def relu_prime(z):\n    return (z > 0).float()\n", "activations.py"],
    ["a question", "def exists(val):\n    return val is not None\n", "activations.py"],
    [
      "a code of labels",
      "def one_hot(labels, num_classes: int, device: torch.device):\n    return F.one_hot(labels, num_classes)\n",
      "losses.py",
    ],
    ["a count of hits", "def tp(y_true, y_pred):\n    return (y_true * (y_pred > 0.5).float()).sum()\n", "losses.py"],
    [
      "an overlap that is reported",
      "def iou_binary(preds, labels):\n    p = preds > 0.5\n    return (p & (labels > 0)).sum() / (p | (labels > 0)).sum()\n",
      "lovasz_losses.py",
    ],
  ])("%s", (_, text, name) => {
    const errors = found(text, name).losses.flatMap((l) => l.result.findings.filter((f) => f.level === "error"))
    expect(errors).toEqual([])
  })
})

// Why: when overlaps became metrics by name, a hard Dice loss in losses.py was only a note.
describe("an overlap that is turned round is a loss", () => {
  const errors = (text: string): string[] =>
    lintTexts({ "losses.py": head + text }, { framework: "torch" }, () => 0)
      .flatMap((f) => f.losses)
      .flatMap((l) => l.result.findings.filter((f) => f.level === "error").map((f) => f.rule))
  const overlap = "2 * ((pred > 0.5).float() * target).sum() / (pred.sum().detach() + target.sum() + 1)"
  it.each([
    ["a class", `class HardDice(nn.Module):\n    def forward(self, pred, target):\n        return 1 - ${overlap}\n`],
    ["a function", `def hard_dice(pred, target):\n    return 1 - ${overlap}\n`],
    ["a negative", `def hard_dice(pred, target):\n    return -(${overlap})\n`],
  ])("%s", (_, text) => {
    expect(errors(text).length).toBeGreaterThan(0)
  })
})

// Why: each gave another value than Python's in silence.
describe("texts, lists and objects that were cut or run in a circle", () => {
  it.each([
    '"a_b_c".split("_", 1) == ["a", "b_c"]',
    '"a_b_c".rsplit("_", 1) == ["a_b", "c"]',
    '"a_b_c".split("_", maxsplit=5) == ["a", "b", "c"]',
    '" a  b c".split(None, 1) == ["a", "b c"]',
    "len([0] * 20000) == 20000",
    "len([1, 2] * -1) == 0",
  ])("%s", (condition) => {
    expect(verdict(holds(check(condition)))).toBe("alive")
  })

  it("an object that holds the one that holds it", () => {
    const ring =
      "class Head(nn.Module):\n    def __init__(self, model):\n        super().__init__()\n        self.model = model\n"
    const model =
      "class FitLoss(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.scale = nn.Parameter(torch.ones(1))\n" +
      "        self.head = Head(self)\n    def forward(self, pred, target):\n" +
      "        return (pred - target).pow(2).mean() + sum(w.pow(2).sum() for w in self.parameters())\n"
    expect(verdict(`${ring}${model}`)).toBe("alive")
  })
})

// Why: what stands for a setting was told nowhere, and what is None by its name was 2.
describe("settings without a default", () => {
  const made = (...names: string[]): string =>
    `class FitLoss(nn.Module):\n    def __init__(self, ${names.join(", ")}):\n        super().__init__()\n${names
      .map((n) => `        self.${n} = ${n}\n`)
      .join("")}    def forward(self, pred, target):\n        if self.${names[0]} is not None: raise ValueError\n` +
    "        return (pred - target).pow(2).mean()\n"
  it("are what their names say, None too, and are told", () => {
    const [file] = lintTexts({ "a.py": head + made("weight", "margin", "zeta") }, { framework: "torch" }, () => 0)
    expect(file!.losses[0]!.result).toMatchObject({
      verdict: "alive",
      settings: [
        { name: "weight", value: "None", why: "its name, type or use" },
        { name: "margin", value: "0.5", why: "its name, type or use" },
        { name: "zeta", value: "2", why: "no clue" },
      ],
    })
  })
})
