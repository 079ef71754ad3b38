// torch's layers with weights, weights filled in place, and shapes that depend on data, in Python files.
import { expect, it } from "vitest"
import { lookAt } from "../src/lint.ts"
import { Problem } from "../src/source/problem.ts"
import { parseFile } from "../src/syntax/file.ts"
import { projectOf } from "../src/syntax/project.ts"

const head = `
import torch
import torch.nn as nn
import torch.nn.functional as F
`

/** The verdict on the last definition of a text, or what was not understood. */
function verdict(text: string): string {
  const source = { name: "a.py", text: `${head}${text}` }
  const file = { source, tree: parseFile(source) }
  const statement = file.tree.body.at(-1)!
  if (statement.type !== "Class" && statement.type !== "Function") throw new Error("a definition stands last")
  const definition = { name: statement.name, role: "loss" as const, statement }
  const result = lookAt(
    projectOf(() => undefined),
    file,
    definition,
    { framework: "torch", samples: 100 },
    () => 0,
  )
  return result instanceof Problem ? result.message : result.verdict
}

// Why: losses hold layers and weights; without these the whole loss was not understood.
it.each([
  [
    "centers filled by nn.init",
    `
class CenterLoss(nn.Module):
    def __init__(self, classes=5, width=5):
        super().__init__()
        self.centers = nn.Parameter(torch.empty(classes, width))
        nn.init.xavier_uniform_(self.centers)
    def forward(self, x, labels):
        return (x - self.centers[labels]).pow(2).sum(1).mean()
`,
  ],
  [
    "layers in a sequence and in a list",
    `
class HeadLoss(nn.Module):
    def __init__(self, width=5):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 4), nn.BatchNorm1d(4), nn.ReLU())
        self.heads = nn.ModuleList([nn.Linear(4, 2) for _ in range(2)])
        self.heads[0].weight.data.normal_(0, 0.5)
    def forward(self, x, y):
        z = sum(head(self.net(x)).pow(2).mean() for head in self.heads)
        return z + 0 * y.float().sum()
`,
  ],
  [
    "a fixed kernel in the place of a layer's weight",
    `
class BlurLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.blur = nn.Conv2d(1, 1, 3, padding=1, bias=False)
        self.blur.weight = nn.Parameter(torch.ones(1, 1, 3, 3) / 9)
    def forward(self, pred, target):
        return F.l1_loss(self.blur(pred), self.blur(target))
`,
  ],
  [
    "a class of the user's own above a layer",
    `
class Projected(nn.Linear):
    def forward(self, x):
        return super().forward(F.normalize(x)).logsumexp(1).mean()
`,
  ],
  [
    "hard negatives: as many as there are positives",
    `
def hard_negative_loss(pred, target):
    positive = target > 0.5
    count = int(positive.sum())
    loss = F.binary_cross_entropy_with_logits(pred, target, reduction='none')
    worst = loss[~positive].sort(descending=True)[0][:3 * count]
    return (loss[positive].sum() + worst.sum()) / (count + 1)
`,
  ],
  [
    "differences of neighbours among what a mask selects, written in place",
    `
def stepped_loss(pred, target):
    chosen = pred[target > 0.5]
    steps = chosen.sort(descending=True)[0]
    if len(steps) > 1:
        steps[1:] = steps[1:] - steps[:-1]
    return steps.pow(2).sum()
`,
  ],
])("%s", (_, text) => {
  expect(verdict(text)).toBe("alive")
})

// Why: what is only counted carries no gradient, also where the count is a length.
it("a loss that only counts what a mask selects is disconnected", () => {
  expect(
    verdict("\ndef missed(pred, target):\n    return pred[(pred > 0.5) & (target < 0.5)].numel() / target.numel()\n"),
  ).toBe("disconnected")
})

// Why: shapes that do not fit inside a derivative or a custom backward were once internal errors.
it("a backward of the author's own with another shape than its input is no internal error", () => {
  const text = `
class Rowwise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        return x.sum(1)
    @staticmethod
    def backward(ctx, g):
        return unknown_library.backward(g), None

def rowwise_loss(logits, labels):
    return Rowwise.apply(logits, labels).mean()
`
  expect(verdict(text)).toBe("alive")
})
