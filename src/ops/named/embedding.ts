// Losses on embeddings and distances: pairs, triplets, contrast within a batch.
import { loss } from "./composition.ts"
import { torchLoss, unweighted } from "./torch.ts"

const three = "anchor, positive, negative"

export const embedding = [
  loss("cosine_loss(y, p)", "1 less the cosine of the angle", "mean(1 - cosine_similarity(y, p))"),
  loss(
    "cosine_embedding(y, a, b, margin=0.0, reduction='mean')",
    "1 - cos for label 1, max(0, cos - margin) for label -1",
    `
    c = sum(a*b, axis=-1)/sqrt((sum(a*a, axis=-1) + 1e-12)*(sum(b*b, axis=-1) + 1e-12))
    reduce(where(y == 1, 1 - c, 0) + where(y == -1, clip(c - margin, 0), 0), reduction)`,
    torchLoss(
      "cosine_embedding_loss",
      "CosineEmbeddingLoss",
      "input1: a, input2: b, target: y",
      `margin = 0.0, ${unweighted}`,
    ),
  ),
  loss(
    "hinge_embedding(y, d, margin=1.0, reduction='mean')",
    "the distance d for label 1, max(0, margin - d) for label -1",
    "reduce(where(y == 1, d, 0) + where(y == -1, clip(margin - d, 0), 0), reduction)",
    torchLoss("hinge_embedding_loss", "HingeEmbeddingLoss", "input: d, target: y", `margin = 1.0, ${unweighted}`),
  ),
  loss(
    "margin_ranking(y, a, b, margin=0.0, reduction='mean')",
    "max(0, margin - y*(a - b)): a should lead b where y is 1, and follow where it is -1",
    "reduce(clip(-y*(a - b) + margin, 0), reduction)",
    torchLoss(
      "margin_ranking_loss",
      "MarginRankingLoss",
      "input1: a, input2: b, target: y",
      `margin = 0.0, ${unweighted}`,
    ),
  ),
  loss(
    "triplet(anchor, positive, negative, margin=1.0, p=2.0, eps=1e-6, swap=False, reduction='mean')",
    "max(0, d(anchor, positive) - d(anchor, negative) + margin)",
    `
    near = pairwise_distance(anchor, positive, eps, p)
    far = pairwise_distance(anchor, negative, eps, p)
    far = minimum(far, pairwise_distance(positive, negative, eps, p)) if swap else far
    reduce(clip(margin + near - far, 0), reduction)`,
    torchLoss(
      "triplet_margin_loss",
      "TripletMarginLoss",
      three,
      `margin = 1.0, p = 2.0, eps = 1e-6, swap = False, ${unweighted}`,
    ),
  ),
  loss(
    "triplet_with(anchor, positive, negative, distance=None, margin=1.0, swap=False, reduction='mean')",
    "triplet with a distance of one's own",
    `
    d = pairwise_distance if distance is None else distance
    near = d(anchor, positive)
    far = d(anchor, negative)
    far = minimum(far, d(positive, negative)) if swap else far
    reduce(clip(margin + near - far, 0), reduction)`,
    torchLoss(
      "triplet_margin_with_distance_loss",
      "TripletMarginWithDistanceLoss",
      three,
      "distance_function: distance = None, margin = 1.0, swap = False, reduction = 'mean'",
    ),
  ),
  loss(
    "contrastive(y, d, margin=1.0)",
    "d**2 for pairs that belong together (y = 1), max(0, margin - d)**2 for others",
    "mean(y*square(d) + (1 - y)*square(relu(margin - d)))",
  ),
  loss(
    "info_nce(a, b, tau=0.07)",
    "each row of a should be most alike to the same row of b",
    `
    s = l2_normalize(a) @ swapaxes(l2_normalize(b), -1, -2)/tau
    mean(-diagonal(log_softmax(s)))`,
  ),
  loss(
    "clip_loss(a, b, tau=0.07)",
    "info_nce both ways",
    `
    s = l2_normalize(a) @ swapaxes(l2_normalize(b), -1, -2)/tau
    -0.5*(mean(diagonal(log_softmax(s))) + mean(diagonal(log_softmax(s, -2))))`,
  ),
  loss(
    "siglip_loss(a, b, tau=0.1, bias=-10.0)",
    "the logistic loss of every pair of rows: the same row is a one, others are zeros",
    `
    s = l2_normalize(a) @ swapaxes(l2_normalize(b), -1, -2)/tau + bias
    mean(sum(softplus(-(2*eye(a.shape[0]) - 1)*s), axis=-1))`,
  ),
  loss(
    "nt_xent(a, b, tau=0.5)",
    "contrast of two views: each row against its twin and all other rows of both",
    `
    v = l2_normalize(concat([a, b], 0))
    n = a.shape[0]
    s = where(eye(2*n) == 1, -inf, v @ swapaxes(v, -1, -2)/tau)
    mean(logsumexp(s, axis=-1)) - mean(concat([diagonal(s, n), diagonal(s, -n)], 0))`,
  ),
  loss("bpr(a, b)", "-log sigmoid(a - b): the score a should lead the score b", "mean(-logsigmoid(a - b))"),
  loss("byol(a, b)", "2 less twice the cosine", "mean(2 - 2*cosine_similarity(a, b))"),
]
