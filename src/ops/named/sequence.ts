// Connectionist temporal classification: labels without times against scores for every step.
import { loss } from "./composition.ts"
import { torchLoss } from "./torch.ts"

export const sequence = [
  loss(
    "ctc(y, lp, n, k, blank=0, reduction='mean', zero_infinity=False)",
    "-log of the chance to spell labels y, k of them, in n steps of lp (time, batch, classes)",
    `
    e = expand_dims(lp, 1) if ndim(lp) == 2 else lp
    t = expand_dims(y, 0) if ndim(y) == 1 else y
    steps = reshape(n, [-1, 1])
    count = reshape(k, [-1, 1])
    s = t.shape[1]
    at = arange(2*s + 1)
    ext = where(at % 2 == 1, take(t, [min(j//2, s - 1) for j in range(2*s + 1)], 1), blank)
    low = -1e30
    head = full([t.shape[0], 2], low)
    skip = (at % 2 == 1) & (ext != concat([head, ext[:, :-2]], 1))
    said = lambda j: take_along(e[j], ext, -1)
    ways = lambda a: logsumexp(stack([a, concat([head[:, :1], a[:, :-1]], 1), where(skip, concat([head, a[:, :-2]], 1), low)], 0), axis=0)
    step = lambda a, j: where(j < steps, said(j) + ways(a), a)
    go = lambda a, i, j: a if i == j else step(a, i) if j - i == 1 else go(go(a, i, (i + j)//2), (i + j)//2, j)
    a = go(where(at < 2, said(0), low), 1, e.shape[0])
    end = take_along(a, 2*count, -1)
    full_end = logaddexp(end, where(count > 0, take_along(a, 2*count - 1, -1), low))
    raw = -squeeze(full_end, -1)
    l = where(raw > 1e29, 0 if zero_infinity else inf, raw)
    mean(l/maximum(squeeze(count, -1), 1)) if reduction == 'mean' else reduce(l, reduction)`,
    torchLoss(
      "ctc_loss",
      "CTCLoss",
      "log_probs: lp, targets: y, input_lengths: n, target_lengths: k",
      "blank = 0, reduction = 'mean', zero_infinity = False",
    ),
  ),
  loss(
    "_tf_ctc(y, z, k, n, major=True, blank=0)",
    "ctc of logits, one value for each example",
    "ctc(y, log_softmax(z if major else swapaxes(z, 0, 1)), n, k, blank, 'none')",
    "tf.nn.ctc_loss(labels: y, logits: z, label_length: k, logit_length: n, logits_time_major: major = True, unique: _ = None, blank_index: blank = 0, name: _ = None); keras.ops.ctc_loss(target: y, output: z, target_length: k, output_length: n, mask_index: blank = 0, _major: major = False)",
    { internal: true },
  ),
  loss(
    "_keras_ctc(y, z, reduction='none', w=None)",
    "ctc of logits whose labels and steps all count",
    `
    l = _tf_ctc(y, z, full([y.shape[0]], y.shape[1]), full([y.shape[0]], z.shape[1]), False)
    _keras_reduce(l, reduction, w)`,
    "keras.losses.ctc(y_true: y, y_pred: z); keras.losses.CTC(reduction = 'sum_over_batch_size', name: _ = None, dtype: _ = None)(y_true: y, y_pred: z, sample_weight: w = None)",
    { internal: true },
  ),
  loss(
    "_optax_ctc(z, pad, y, ypad, blank=0)",
    "ctc of logits with paddings, one value for each example",
    "ctc(y, log_softmax(swapaxes(z, 0, 1)), sum(1 - pad, axis=1), sum(1 - ypad, axis=1), blank, 'none')",
    "{optax,optax.losses}.ctc_loss(logits: z, logit_paddings: pad, labels: y, label_paddings: ypad, blank_id: blank = 0, log_epsilon: ! = -1e5)",
    { internal: true },
  ),
]
