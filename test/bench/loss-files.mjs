// A tree of loss files as repositories have them, in our own words: each file one loss, every one different in names and numbers.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Numbers that look random and are the same every time. */
const random = (seed) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

const torch = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"

/** Each gives the text of one file; `n` is its number, `x` a small number of its own, `pick` chooses. */
const templates = [
  ({ n, x }) => `${torch}

def scaled_mse_loss_${n}(pred, target):
    """Mean squared error, scaled."""
    diff = pred - target
    return ${x} * (diff * diff).mean()
`,
  ({ n, x }) => `${torch}

class FocalLoss${n}(nn.Module):
    """Binary focal loss on logits."""

    def __init__(self, alpha=0.25, gamma=${1 + x}, reduction="mean"):
        super().__init__()
        self.alpha = alpha
        self.gamma = gamma
        self.reduction = reduction

    def forward(self, logits, targets):
        ce = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        p = torch.sigmoid(logits)
        p_t = p * targets + (1 - p) * (1 - targets)
        loss = ce * (1 - p_t) ** self.gamma
        if self.alpha >= 0:
            loss = (self.alpha * targets + (1 - self.alpha) * (1 - targets)) * loss
        if self.reduction == "mean":
            return loss.mean()
        elif self.reduction == "sum":
            return loss.sum()
        return loss
`,
  ({ n, x }) => `${torch}

class DiceLoss${n}(nn.Module):
    def __init__(self, smooth=${x}):
        super(DiceLoss${n}, self).__init__()
        self.smooth = smooth

    def forward(self, inputs, targets):
        inputs = torch.sigmoid(inputs)
        inputs = inputs.view(-1)
        targets = targets.view(-1)
        intersection = (inputs * targets).sum()
        dice = (2.0 * intersection + self.smooth) / (inputs.sum() + targets.sum() + self.smooth)
        return 1 - dice
`,
  ({ n, x }) => `${torch}

def huber_loss_${n}(prediction, target, delta=${x}):
    error = torch.abs(prediction - target)
    quadratic = torch.clamp(error, max=delta)
    linear = error - quadratic
    return (0.5 * quadratic ** 2 + delta * linear).mean()
`,
  ({ n, x }) => `${torch}

class TripletLoss${n}(nn.Module):
    def __init__(self, margin=${x}):
        super().__init__()
        self.margin = margin

    def distance(self, a, b):
        return (a - b).pow(2).sum(1)

    def forward(self, anchor, positive, negative):
        closer = self.distance(anchor, positive)
        further = self.distance(anchor, negative)
        return F.relu(closer - further + self.margin).mean()
`,
  ({ n, x }) => `${torch}

class LabelSmoothingCrossEntropy${n}(nn.Module):
    """Cross entropy with a little of every class."""

    def __init__(self, smoothing=${x / 10}):
        super().__init__()
        self.smoothing = smoothing
        self.confidence = 1.0 - smoothing

    def forward(self, x, target):
        logprobs = F.log_softmax(x, dim=-1)
        nll_loss = -logprobs.gather(dim=-1, index=target.unsqueeze(1))
        nll_loss = nll_loss.squeeze(1)
        smooth_loss = -logprobs.mean(dim=-1)
        loss = self.confidence * nll_loss + self.smoothing * smooth_loss
        return loss.mean()
`,
  ({ n, x }) => `${torch}

def balanced_bce_loss_${n}(y_pred, y_true, weight=${x}):
    eps = 1e-7
    y_pred = torch.clamp(y_pred, eps, 1 - eps)
    loss = -(weight * y_true * torch.log(y_pred) + (1 - y_true) * torch.log(1 - y_pred))
    return torch.mean(loss)
`,
  ({ n, x }) => `import tensorflow as tf


def tversky_loss_${n}(y_true, y_pred):
    alpha = ${x}
    smooth = 1e-6
    y_true = tf.reshape(y_true, [-1])
    y_pred = tf.reshape(y_pred, [-1])
    true_pos = tf.reduce_sum(y_true * y_pred)
    false_neg = tf.reduce_sum(y_true * (1 - y_pred))
    false_pos = tf.reduce_sum((1 - y_true) * y_pred)
    return 1 - (true_pos + smooth) / (true_pos + alpha * false_neg + (1 - alpha) * false_pos + smooth)
`,
  ({ n, x }) => `from tensorflow.keras import backend as K


def categorical_focal_loss_${n}(y_true, y_pred, gamma=${x + 1}):
    y_pred = K.clip(y_pred, K.epsilon(), 1.0 - K.epsilon())
    cross_entropy = -y_true * K.log(y_pred)
    loss = K.pow(1 - y_pred, gamma) * cross_entropy
    return K.mean(K.sum(loss, axis=-1))
`,
  ({ n, x }) => `import jax
import jax.numpy as jnp


def logcosh_loss_${n}(predictions, targets):
    x = ${x} * (predictions - targets)
    return jnp.mean(x + jax.nn.softplus(-2.0 * x) - jnp.log(2.0))
`,
  ({ n, x }) => `${torch}

class ContrastiveLoss${n}(nn.Module):
    """Pairs: label 1 draws together, 0 pushes apart."""

    def __init__(self, margin=${1 + x}):
        super().__init__()
        self.margin = margin

    def forward(self, output1, output2, label):
        distance = F.pairwise_distance(output1, output2)
        together = label * torch.pow(distance, 2)
        apart = (1 - label) * torch.pow(torch.clamp(self.margin - distance, min=0.0), 2)
        return torch.mean(together + apart)
`,
  ({ n, x }) => `${torch}

def _reduce(loss, reduction):
    if reduction == "none":
        return loss
    return loss.mean() if reduction == "mean" else loss.sum()


def charbonnier_loss_${n}(pred, target, weight=None, reduction="mean", eps=${x / 1000}):
    loss = torch.sqrt((pred - target) ** 2 + eps)
    if weight is not None:
        loss = loss * weight
    return _reduce(loss, reduction)
`,
  ({ n, x }) => `${torch}

class InfoNCELoss${n}(nn.Module):
    def __init__(self, temperature=${x / 5 + 0.05}):
        super().__init__()
        self.temperature = temperature

    def forward(self, query, key):
        query = F.normalize(query, dim=-1)
        key = F.normalize(key, dim=-1)
        logits = query @ key.t() / self.temperature
        labels = torch.arange(logits.size(0))
        return F.cross_entropy(logits, labels)
`,
  ({ n, x }) => `${torch}

def kl_loss_${n}(mu, logvar):
    """Distance of a normal distribution from the standard one."""
    return -${x} * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())
`,
  ({ n, x }) => `${torch}

def accuracy_loss_${n}(logits, labels):
    predicted = logits.argmax(dim=1)
    return 1.0 - ${x} * (predicted == labels).float().mean()
`,
  ({ n, x }) => `${torch}

class HardDiceLoss${n}(nn.Module):
    def __init__(self, threshold=${x / 4 + 0.25}, eps=1e-5):
        super().__init__()
        self.threshold = threshold
        self.eps = eps

    def forward(self, pred, target):
        pred = (torch.sigmoid(pred) > self.threshold).float()
        overlap = (pred * target).sum()
        return 1 - (2 * overlap + self.eps) / (pred.sum() + target.sum() + self.eps)
`,
  ({ n, x }) => `${torch}

class GeneralizedIoULoss${n}(nn.Module):
    """Boxes as (x1, y1, x2, y2)."""

    def __init__(self, eps=${x / 1e6}):
        super().__init__()
        self.eps = eps

    def forward(self, pred_boxes, target_boxes):
        lt = torch.max(pred_boxes[:, :2], target_boxes[:, :2])
        rb = torch.min(pred_boxes[:, 2:], target_boxes[:, 2:])
        wh = (rb - lt).clamp(min=0)
        overlap = wh[:, 0] * wh[:, 1]
        area_p = (pred_boxes[:, 2] - pred_boxes[:, 0]) * (pred_boxes[:, 3] - pred_boxes[:, 1])
        area_t = (target_boxes[:, 2] - target_boxes[:, 0]) * (target_boxes[:, 3] - target_boxes[:, 1])
        union = area_p + area_t - overlap + self.eps
        iou = overlap / union
        around_lt = torch.min(pred_boxes[:, :2], target_boxes[:, :2])
        around_rb = torch.max(pred_boxes[:, 2:], target_boxes[:, 2:])
        around = (around_rb - around_lt).clamp(min=0)
        hull = around[:, 0] * around[:, 1] + self.eps
        return (1 - iou + (hull - union) / hull).mean()
`,
  ({ n, x }) => `${torch}

def hinge_gan_loss_${n}(real_logits, fake_logits):
    real = torch.mean(F.relu(${x} - real_logits))
    fake = torch.mean(F.relu(${x} + fake_logits))
    return 0.5 * (real + fake)
`,
  ({ n, x }) => `${torch}

class TotalVariationLoss${n}(nn.Module):
    def __init__(self, weight=${x}):
        super().__init__()
        self.weight = weight

    def forward(self, image):
        dh = (image[:, :, 1:, :] - image[:, :, :-1, :]).abs().mean()
        dw = (image[:, :, :, 1:] - image[:, :, :, :-1]).abs().mean()
        return self.weight * (dh + dw)
`,
  ({ n, x }) => `import numpy as np
${torch}

class QuantileLoss${n}(nn.Module):
    def __init__(self, quantiles=(0.1, 0.5, ${0.5 + x / 4})):
        super().__init__()
        self.quantiles = quantiles

    def forward(self, preds, target):
        losses = []
        for i, q in enumerate(self.quantiles):
            errors = target - preds[:, i]
            losses.append(torch.max((q - 1) * errors, q * errors).unsqueeze(1))
        return torch.mean(torch.sum(torch.cat(losses, dim=1), dim=1))
`,
]

/** Texts by path: `count` files in folders of fifty. */
export function lossFiles(count) {
  const next = random(7)
  return new Map(
    Array.from({ length: count }, (_, n) => {
      const text = templates[n % templates.length]({ n, x: Number((0.1 + next() * 0.9).toFixed(3)) })
      return [join(`part_${Math.floor(n / 50)}`, `loss_${n}.py`), text]
    }),
  )
}

/** Writes them below a folder. */
export function writeLossFiles(folder, count) {
  for (const [path, text] of lossFiles(count)) {
    mkdirSync(join(folder, path, ".."), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
