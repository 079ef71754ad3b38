"""Records what torch and scikit-learn give for named losses, activations and metrics, and what the published formulas
of Keras and Optax give in NumPy. Every text below is Python and gradcheck's language at once.

    /usr/bin/python3 test/dev/record_named.py > fixtures/named-torch.json
"""
import json
import math
import sys
import warnings

import numpy as np
import sklearn
import sklearn.metrics as metrics
import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.filterwarnings("ignore")
random = np.random.default_rng(20250)
SHAPES = [(5,), (3, 4), (2, 3, 2)]


def real(*shape):
    return random.uniform(-3, 3, shape).round(3)


def unit(*shape):
    return random.uniform(0.05, 0.95, shape).round(3)


def positive(*shape):
    return random.uniform(0.2, 3, shape).round(3)


def bits(*shape):
    """Zeros and ones, both of them present."""
    while True:
        b = random.integers(0, 2, shape).astype(float)
        if 0 < b.sum() < b.size:
            return b


def signs(*shape):
    return 2 * bits(*shape) - 1


def classes(n, *shape):
    return random.integers(0, n, shape).astype(float)


def shares(*shape):
    e = np.exp(real(*shape))
    return e / e.sum(-1, keepdims=True)


def distinct(*shape):
    """Scores without ties."""
    n = int(np.prod(shape))
    return ((random.permutation(n) + random.uniform(0.1, 0.9, n)) / n).reshape(shape)


INTEGERS = ("i", "t")  # names of class numbers
torch_cases = []


def case(text, wrt, **inputs):
    torch_cases.append((text, wrt, inputs))


def elementwise(texts, wrt, make):
    for text in map(str.strip, texts):
        for shape in SHAPES:
            case(text, wrt, **make(shape))


# Activations
elementwise(
    """F.relu(x)|F.relu6(2*x)|F.leaky_relu(x)|F.leaky_relu(x, 0.3)|F.elu(x)|F.elu(x, alpha=0.5)|F.celu(x)|F.celu(x, 0.7)|F.selu(x)
    F.gelu(x)|F.gelu(x, approximate='tanh')|F.silu(x)|F.mish(x)|F.softplus(x)|F.softplus(x, 2.5)|F.softplus(9*x, beta=1, threshold=10)
    F.hardtanh(x)|F.hardtanh(x, -0.5, 2.0)|F.hardsigmoid(2*x)|F.hardswish(2*x)|F.hardshrink(x)|F.hardshrink(x, 0.8)|F.softshrink(x)
    F.softshrink(x, lambd=0.7)|F.threshold(x, 0.3, 2.0)|F.tanhshrink(x)|F.softsign(x)|F.logsigmoid(x)|F.sigmoid(x)|F.tanh(x)
    F.rrelu(x)|F.rrelu(x, 0.1, 0.5)|nn.ReLU()(x)|nn.ReLU6()(x)|nn.LeakyReLU()(x)|nn.LeakyReLU(0.2)(x)|nn.ELU(alpha=0.7)(x)|nn.CELU()(x)|nn.SELU()(x)
    nn.GELU()(x)|nn.GELU(approximate='tanh')(x)|nn.SiLU()(x)|nn.Mish()(x)|nn.Softplus()(x)|nn.Softplus(beta=2)(x)|nn.Hardtanh()(x)|nn.Hardtanh(-2, 0.5)(x)
    nn.Hardsigmoid()(x)|nn.Hardswish()(x)|nn.Hardshrink()(x)|nn.Softshrink(0.4)(x)|nn.Threshold(0.1, -1)(x)|nn.Tanhshrink()(x)|nn.Softsign()(x)
    nn.LogSigmoid()(x)|nn.Sigmoid()(x)|nn.Tanh()(x)|nn.Identity()(x)|torch.selu(x)|torch.celu(x)""".replace("\n", "|").split("|"),
    ["x"],
    lambda s: {"x": real(*s)},
)
for shape in [(4,), (3, 4), (2, 3, 6)]:
    for text in ["F.glu(x) * c", "F.glu(x, dim=-1) * c", "nn.GLU()(x) * c"]:
        case(text, ["x"], x=real(*shape), c=real(*shape[:-1], shape[-1] // 2))
    for text in ["F.softmax(x, dim=-1) * c", "F.softmin(x, dim=0) * c", "F.log_softmax(x, dim=0) * c", "nn.Softmax(dim=-1)(x) * c", "nn.Softmin(dim=-1)(x) * c", "nn.LogSoftmax(dim=-1)(x) * c", "F.normalize(x, dim=0) * c"]:
        case(text, ["x"], x=real(*shape), c=real(*shape))
case("nn.Softmax2d()(x) * c", ["x"], x=real(2, 3, 2, 2), c=real(2, 3, 2, 2))
for shape in [(4,), (3, 4), (2, 3, 4)]:
    case("F.layer_norm(x, [4]) * c", ["x"], x=real(*shape), c=real(*shape))
    case("F.layer_norm(x, (4,), w, b) * c", ["x", "w", "b"], x=real(*shape), c=real(*shape), w=real(4), b=real(4))
case("F.layer_norm(x, (3, 4)) * c", ["x"], x=real(2, 3, 4), c=real(2, 3, 4))
# Kinks: what torch gives at the special points themselves.
for text, points in [
    ("F.relu(x)", [0]), ("F.relu6(x)", [0, 6]), ("F.leaky_relu(x)", [0]), ("F.elu(x, 0.5)", [0]), ("F.selu(x)", [0]), ("F.celu(x)", [0]),
    ("F.hardtanh(x)", [-1, 1]), ("F.hardsigmoid(x)", [-3, 3]), ("F.hardswish(x)", [-3, 3]), ("F.hardshrink(x)", [-0.5, 0.5]),
    ("F.softshrink(x)", [-0.5, 0.5]), ("F.threshold(x, 0.5, 0.0)", [0.5]), ("F.softsign(x)", [0]), ("F.rrelu(x)", [0]),
    ("F.l1_loss(x, z)", [0]), ("F.smooth_l1_loss(x, z)", [0, 1, -1]), ("F.smooth_l1_loss(x, z, beta=0.0)", [0]), ("F.huber_loss(x, z, delta=2.0)", [0, 2, -2]),
    ("F.hinge_embedding_loss(x, z - 1)", [1]), ("F.margin_ranking_loss(x, z, z + 1)", [0]), ("F.multi_margin_loss(x, i)", None),
    ("F.binary_cross_entropy(x, z)", [0, 1]), ("F.binary_cross_entropy(x, z + 1)", [0, 1]),
    ("F.gaussian_nll_loss(z, z + 1, x)", [0, 1e-9, 1e-6]),
]:
    for at in points or []:
        case(text, ["x"], x=np.array([float(at)]), z=np.zeros(1))
case("F.multi_margin_loss(x, i)", ["x"], x=np.array([[0.0, 1.0, -1.0]]), i=np.array([1.0]))
case("F.multilabel_margin_loss(x, i)", ["x"], x=np.array([[0.0, 1.0]]), i=np.array([[1.0, -1.0]]))

# Regression
REDUCE = ["", ", reduction='sum'", ", reduction='none'"]
for name, className in [("l1_loss", "L1Loss"), ("mse_loss", "MSELoss"), ("smooth_l1_loss", "SmoothL1Loss"), ("huber_loss", "HuberLoss")]:
    elementwise([f"F.{name}(p, y{r})" for r in REDUCE] + [f"nn.{className}()(p, y)", f"nn.{className}(reduction='sum')(p, y)"], ["p", "y"] if name in ("l1_loss", "mse_loss") else ["p"], lambda s: {"p": real(*s), "y": real(*s)})
elementwise(["F.smooth_l1_loss(p, y, beta=0.5)", "F.huber_loss(p, y, delta=0.7)", "nn.SmoothL1Loss(beta=2.0)(p, y)", "nn.HuberLoss('sum', 1.5)(p, y)"], ["p"], lambda s: {"p": real(*s), "y": real(*s)})
elementwise([f"F.poisson_nll_loss(p, y{r})" for r in REDUCE] + ["F.poisson_nll_loss(p, y, full=True)", "F.poisson_nll_loss(p, y, log_input=False)", "nn.PoissonNLLLoss(log_input=False, full=True)(p, y)"], ["p"], lambda s: {"p": positive(*s), "y": np.floor(3 * positive(*s))})
elementwise([f"F.gaussian_nll_loss(p, y, v{r})" for r in REDUCE] + ["F.gaussian_nll_loss(p, y, v, full=True)", "nn.GaussianNLLLoss(full=True)(p, y, v)"], ["p", "v"], lambda s: {"p": real(*s), "y": real(*s), "v": positive(*s)})

# Binary labels
elementwise([f"F.binary_cross_entropy(p, y{r})" for r in REDUCE] + ["F.binary_cross_entropy(p, y, w)", "F.binary_cross_entropy(p, y, weight=w, reduction='sum')", "nn.BCELoss()(p, y)", "nn.BCELoss(reduction='sum')(p, y)", "nn.BCELoss(weight=w)(p, y)"], ["p"], lambda s: {"p": unit(*s), "y": bits(*s), "w": positive(*s)})
elementwise(["F.binary_cross_entropy(p, y)"], ["p", "y"], lambda s: {"p": unit(*s), "y": unit(*s)})
elementwise([f"F.binary_cross_entropy_with_logits(z, y{r})" for r in REDUCE] + ["F.binary_cross_entropy_with_logits(z, y, w)", "F.binary_cross_entropy_with_logits(z, y, pos_weight=q)", "nn.BCEWithLogitsLoss()(z, y)", "nn.BCEWithLogitsLoss(pos_weight=q)(z, y)"], ["z"], lambda s: {"z": 3 * real(*s), "y": bits(*s), "w": positive(*s), "q": positive(s[-1])})
elementwise([f"F.soft_margin_loss(z, y{r})" for r in REDUCE] + ["nn.SoftMarginLoss()(z, y)"], ["z"], lambda s: {"z": real(*s), "y": signs(*s)})
elementwise([f"F.hinge_embedding_loss(z, y{r})" for r in REDUCE] + ["F.hinge_embedding_loss(z, y, margin=2.0)", "nn.HingeEmbeddingLoss(2.0)(z, y)"], ["z"], lambda s: {"z": real(*s), "y": signs(*s)})
elementwise([f"F.margin_ranking_loss(a, b, y{r})" for r in REDUCE] + ["F.margin_ranking_loss(a, b, y, margin=0.5)", "nn.MarginRankingLoss(0.5)(a, b, y)"], ["a", "b"], lambda s: {"a": real(*s), "b": real(*s), "y": signs(*s)})
for shape in [(4,), (3, 4), (5, 2)]:
    for r in REDUCE:
        case(f"F.multilabel_soft_margin_loss(z, y{r})", ["z"], z=real(*shape), y=bits(*shape))
    case("nn.MultiLabelSoftMarginLoss(weight=w)(z, y)", ["z"], z=real(*shape), y=bits(*shape), w=positive(shape[-1]))

# Classes
for shape in [(3, 4), (5, 2), (2, 3, 4), (2, 3, 2, 2)]:
    n = shape[1]
    rest = (shape[0], *shape[2:])
    for r in REDUCE:
        case(f"F.cross_entropy(z, i{r})", ["z"], z=real(*shape), i=classes(n, *rest))
        case(f"F.cross_entropy(z, y{r})", ["z", "y"], z=real(*shape), y=shares(*shape))
        case(f"F.cross_entropy(z, i, w{r})", ["z"], z=real(*shape), i=classes(n, *rest), w=positive(n))
        case(f"F.cross_entropy(z, i, weight=w, ignore_index=1, label_smoothing=0.2{r})", ["z"], z=real(*shape), i=np.where(random.uniform(size=rest) < 0.5, 0.0, 1.0), w=positive(n))
        case(f"F.cross_entropy(z, y, weight=w, label_smoothing=0.2{r})", ["z"], z=real(*shape), y=shares(*shape), w=positive(n))
        case(f"F.nll_loss(F.log_softmax(z, dim=1), i{r})", ["z"], z=real(*shape), i=classes(n, *rest))
    ignored = classes(n, *rest)
    ignored.flat[0] = -100
    case("F.cross_entropy(z, i)", ["z"], z=real(*shape), i=ignored)
    case("F.cross_entropy(z, i, label_smoothing=0.1)", ["z"], z=real(*shape), i=ignored)
    case("nn.CrossEntropyLoss()(z, i)", ["z"], z=real(*shape), i=ignored)
    case("nn.CrossEntropyLoss(label_smoothing=0.1, reduction='sum')(z, i)", ["z"], z=real(*shape), i=ignored)
    case("nn.CrossEntropyLoss(weight=w)(z, i)", ["z"], z=real(*shape), i=ignored, w=positive(n))
    case("nn.NLLLoss(weight=w)(F.log_softmax(z, dim=1), i)", ["z"], z=real(*shape), i=ignored, w=positive(n))
case("F.cross_entropy(z, i)", ["z"], z=real(4), i=np.array(2.0))
case("F.nll_loss(z, i)", ["z"], z=real(4), i=np.array(2.0))
for shape in [(3, 4), (5, 2), (1, 6)]:
    n = shape[1]
    for r in REDUCE:
        case(f"F.multi_margin_loss(z, i{r})", ["z"], z=real(*shape), i=classes(n, shape[0]))
        listed = np.full(shape, -1.0)
        for row in listed:
            k = random.integers(1, n)
            row[:k] = random.permutation(n)[:k]
        case(f"F.multilabel_margin_loss(z, i{r})", ["z"], z=real(*shape), i=listed)
    case("F.multi_margin_loss(z, i, p=2, margin=0.7, weight=w)", ["z"], z=real(*shape), i=classes(n, shape[0]), w=positive(n))
    case("nn.MultiMarginLoss(p=2)(z, i)", ["z"], z=real(*shape), i=classes(n, shape[0]))
    case("nn.MultiLabelMarginLoss()(z, i)", ["z"], z=real(*shape), i=listed)
# Divergences
for shape in SHAPES:
    for r in REDUCE + [", reduction='batchmean'"]:
        case(f"F.kl_div(z, y{r})", ["z", "y"], z=np.log(shares(*shape)), y=shares(*shape))
        case(f"F.kl_div(z, y, log_target=True{r})", ["z", "y"], z=np.log(shares(*shape)), y=np.log(shares(*shape)))
    case("nn.KLDivLoss(reduction='batchmean')(z, y)", ["z"], z=np.log(shares(*shape)), y=shares(*shape))
# Embeddings
for shape in [(3, 4), (5, 2), (2, 6)]:
    for r in REDUCE:
        case(f"F.cosine_embedding_loss(a, b, y{r})", ["a", "b"], a=real(*shape), b=real(*shape), y=signs(shape[0]))
        case(f"F.triplet_margin_loss(a, b, c{r})", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
        case(f"F.triplet_margin_with_distance_loss(a, b, c{r})", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
    case("F.cosine_embedding_loss(a, b, y, margin=0.3)", ["a", "b"], a=real(*shape), b=real(*shape), y=signs(shape[0]))
    case("nn.CosineEmbeddingLoss(0.1)(a, b, y)", ["a", "b"], a=real(*shape), b=real(*shape), y=signs(shape[0]))
    case("F.triplet_margin_loss(a, b, c, margin=2.0, p=1, swap=True)", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
    case("F.triplet_margin_loss(a, b, c, margin=2.0, p=3)", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
    case("nn.TripletMarginLoss(margin=3.0)(a, b, c)", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
    case("nn.TripletMarginWithDistanceLoss(margin=3.0)(a, b, c)", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
    case("F.triplet_margin_with_distance_loss(a, b, c, distance_function=lambda u, v: 1 - F.cosine_similarity(u, v))", ["a", "b", "c"], a=real(*shape), b=real(*shape), c=real(*shape))
    case("F.cosine_similarity(a, b, dim=1)", ["a", "b"], a=real(*shape), b=real(*shape))
    case("F.pairwise_distance(a, b)", ["a", "b"], a=real(*shape), b=real(*shape))
    case("F.pairwise_distance(a, b, p=1, keepdim=True)", ["a", "b"], a=real(*shape), b=real(*shape))
# Sequences
if hasattr(F, "ctc_loss"):
    for r in ["", ", reduction='sum'", ", reduction='none'", ", blank=3"]:
        lower = 0 if "blank" in r else 1
        case(f"F.ctc_loss(F.log_softmax(z, dim=2), t, n, k{r})", ["z"], z=real(7, 3, 4), t=random.integers(lower, lower + 3, (3, 2)).astype(float), n=np.array([7.0, 6.0, 5.0]), k=np.array([2.0, 2.0, 1.0]))
    case("nn.CTCLoss()(F.log_softmax(z, dim=2), t, n, k)", ["z"], z=real(6, 2, 3), t=np.array([[1.0, 1.0], [2.0, 1.0]]), n=np.array([6.0, 6.0]), k=np.array([2.0, 2.0]))


def run_torch(text, wrt, inputs):
    whole = INTEGERS + (("n", "k") if "ctc" in text.lower() else ())
    scope = {k: torch.tensor(v, dtype=torch.int64 if k in whole else torch.float64) for k, v in inputs.items()}
    for name in wrt:
        scope[name].requires_grad_(True)
    out = eval(text, {"F": F, "nn": nn, "torch": torch, **scope})
    out.sum().backward()
    return {"value": out.detach().reshape(-1).tolist(), "gradients": {k: scope[k].grad.reshape(-1).tolist() for k in wrt}}


def own_row(kind, text, inputs, result):
    listed = {k: np.asarray(v).tolist() for k, v in inputs.items()}
    return {"library": kind, "text": text, "inputs": listed, **result}


rows = [own_row("torch", t, i, run_torch(t, w, i)) for t, w, i in torch_cases]

# scikit-learn: values only
sk = []
for n in (6, 12, 25):
    hard = {"y": bits(n), "p": bits(n)}
    for text in ["f1_score(y, p)", "fbeta_score(y, p, beta=2.0)", "fbeta_score(y, p, beta=0.5)", "precision_score(y, p)", "recall_score(y, p)", "jaccard_score(y, p)", "accuracy_score(y, p)", "accuracy_score(y, p, normalize=False)", "zero_one_loss(y, p)", "zero_one_loss(y, p, normalize=False)", "hamming_loss(y, p)", "balanced_accuracy_score(y, p)", "matthews_corrcoef(y, p)", "cohen_kappa_score(y, p)"]:
        sk.append((text, hard))
    sk.append(("accuracy_score(y, p, sample_weight=w)", {**hard, "w": positive(n)}))
    scored = {"y": bits(n), "p": distinct(n)}
    for text in ["log_loss(y, p)", "brier_score_loss(y, p)", "roc_auc_score(y, p)", "average_precision_score(y, p)"]:
        sk.append((text, scored))
    sk.append(("log_loss(y, p, normalize=False)", scored))
    sk.append(("log_loss(y, p, sample_weight=w)", {**scored, "w": positive(n)}))
    sk.append(("roc_auc_score(y, p)", {"y": bits(n), "p": np.round(4 * unit(n)) / 4}))
    sk.append(("log_loss(y, p)", {"y": np.array([0, 1, 2] + list(classes(3, n)), float), "p": shares(n + 3, 3)}))
    sk.append(("hinge_loss(y, p)", {"y": signs(n), "p": real(n)}))
    sk.append(("hinge_loss(y, p)", {"y": bits(n), "p": real(n)}))
    sk.append(("hinge_loss(y, p)", {"y": np.array([0, 1, 2] + list(classes(3, n)), float), "p": real(n + 3, 3)}))
    sk.append(("top_k_accuracy_score(y, p)", {"y": np.array([0, 1, 2, 3] + list(classes(4, n)), float), "p": distinct(n + 4, 4)}))
    for make in (lambda: {"y": positive(n), "p": positive(n)}, lambda: {"y": positive(n, 2), "p": positive(n, 2)}):
        v = make()
        for text in ["mean_squared_error(y, p)", "mean_absolute_error(y, p)", "mean_squared_log_error(y, p)", "mean_absolute_percentage_error(y, p)", "mean_pinball_loss(y, p)", "mean_pinball_loss(y, p, alpha=0.2)"]:
            sk.append((text, v))
        for text in ["mean_squared_error(y, p, sample_weight=w)", "mean_absolute_error(y, p, sample_weight=w)"]:
            sk.append((text, {**v, "w": positive(n)}))
    v = {"y": positive(n), "p": positive(n)}
    for text in ["mean_squared_error(y, p, squared=False)", "r2_score(y, p)", "explained_variance_score(y, p)", "max_error(y, p)", "median_absolute_error(y, p)", "mean_poisson_deviance(y, p)", "mean_gamma_deviance(y, p)", "mean_tweedie_deviance(y, p)", "mean_tweedie_deviance(y, p, power=1.5)", "mean_tweedie_deviance(y, p, power=3)", "mean_tweedie_deviance(y, p, power=-1)", "d2_tweedie_score(y, p)", "d2_tweedie_score(y, p, power=1)", "d2_pinball_score(y, p)", "d2_pinball_score(y, p, alpha=0.3)", "d2_absolute_error_score(y, p)"]:
        sk.append((text, v))
    graded = {"y": classes(4, n, 5) + np.eye(n, 5), "p": distinct(n, 5)}
    for text in ["dcg_score(y, p)", "dcg_score(y, p, k=3)", "ndcg_score(y, p)", "ndcg_score(y, p, k=3)"]:
        sk.append((text, graded))
    marked = {"y": np.array([bits(5) for _ in range(n)]), "p": distinct(n, 5)}
    for text in ["coverage_error(y, p)", "label_ranking_loss(y, p)", "label_ranking_average_precision_score(y, p)"]:
        sk.append((text, marked))
    many = {"y": np.array([bits(4) for _ in range(n)]), "p": np.array([bits(4) for _ in range(n)])}
    for text in ["accuracy_score(y, p)", "zero_one_loss(y, p)", "hamming_loss(y, p)"]:
        sk.append((text, many))
rows += [own_row("sklearn", f"metrics.{t}", i, {"value": [float(eval(f"metrics.{t}", {"metrics": metrics, **i}))]}) for t, i in sk]

# Keras and Optax are not installed: the published formulas, in NumPy. `of` is a lambda over the inputs.
E7 = 1e-7
log, exp = np.log, np.exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def soft(z):
    return np.log1p(exp(-abs(z))) + np.maximum(z, 0)


def softmax(z):
    e = exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def at(x, i):
    return np.take_along_axis(x, i.astype(int)[..., None], -1)[..., 0]


def hot(i, n):
    return np.eye(n)[i.astype(int)]


def bce(y, p):
    q = np.clip(p, E7, 1 - E7)
    return -(y * log(q) + (1 - y) * log(1 - q))


def unit_rows(v):
    return v / np.sqrt(np.maximum((v * v).sum(-1, keepdims=True), 1e-14))


formulas = []


def formula(library, text, of, **inputs):
    formulas.append(own_row(library, text, inputs, {"value": np.asarray(of(**inputs), float).reshape(-1).tolist()}))


for shape in [(5,), (3, 4), (2, 3, 2)]:
    def keras(function, name, of, options="", **inputs):
        """The function, the class, and the class with a sum."""
        extra = f", {options}" if options else ""
        formula("keras", f"keras.losses.{function}(y, p{extra})", of, **inputs)
        formula("keras", f"tf.keras.losses.{name}({options})(y, p)", lambda **v: of(**v).mean(), **inputs)
        formula("keras", f"keras.losses.{name}({options + ', ' if options else ''}reduction='sum')(y, p)", lambda **v: of(**v).sum(), **inputs)

    R = {"y": positive(*shape), "p": positive(*shape)}
    keras("mean_squared_error", "MeanSquaredError", lambda y, p: ((y - p) ** 2).mean(-1), **R)
    keras("mean_absolute_error", "MeanAbsoluteError", lambda y, p: abs(y - p).mean(-1), **R)
    keras("mean_absolute_percentage_error", "MeanAbsolutePercentageError", lambda y, p: 100 * abs((y - p) / np.maximum(abs(y), E7)).mean(-1), **R)
    keras("mean_squared_logarithmic_error", "MeanSquaredLogarithmicError", lambda y, p: ((log(np.maximum(p, E7) + 1) - log(np.maximum(y, E7) + 1)) ** 2).mean(-1), y=real(*shape), p=real(*shape))
    keras("huber", "Huber", lambda y, p: np.where(abs(p - y) <= 1, (p - y) ** 2 / 2, abs(p - y) - 0.5).mean(-1), **R)
    keras("huber", "Huber", lambda y, p: np.where(abs(p - y) <= 0.4, (p - y) ** 2 / 2, 0.4 * abs(p - y) - 0.08).mean(-1), "delta=0.4", **R)
    keras("log_cosh", "LogCosh", lambda y, p: log(np.cosh(p - y)).mean(-1), **R)
    keras("poisson", "Poisson", lambda y, p: (p - y * log(p + E7)).mean(-1), **R)
    keras("hinge", "Hinge", lambda y, p: np.maximum(1 - y * p, 0).mean(-1), y=signs(*shape), p=real(*shape))
    keras("hinge", "Hinge", lambda y, p: np.maximum(1 - (2 * y - 1) * p, 0).mean(-1), y=bits(*shape), p=real(*shape))
    keras("squared_hinge", "SquaredHinge", lambda y, p: (np.maximum(1 - y * p, 0) ** 2).mean(-1), y=signs(*shape), p=real(*shape))
    keras("categorical_hinge", "CategoricalHinge", lambda y, p: np.maximum(((1 - y) * p).max(-1) - (y * p).sum(-1) + 1, 0), y=hot(classes(shape[-1], *shape[:-1]), shape[-1]), p=real(*shape))
    keras("cosine_similarity", "CosineSimilarity", lambda y, p: -(unit_rows(y) * unit_rows(p)).sum(-1), y=real(*shape), p=real(*shape))
    P = {"y": shares(*shape), "p": shares(*shape)}
    keras("kl_divergence", "KLDivergence", lambda y, p: (np.clip(y, E7, 1) * log(np.clip(y, E7, 1) / np.clip(p, E7, 1))).sum(-1), **P)
    B = {"y": bits(*shape), "p": unit(*shape)}
    edge = {"y": np.array([0.0, 1.0, 0.0, 1.0]), "p": np.array([0.0, 0.0, 1.0, 1.0])}
    keras("binary_crossentropy", "BinaryCrossentropy", lambda y, p: bce(y, p).mean(-1), **B)
    keras("binary_crossentropy", "BinaryCrossentropy", lambda y, p: bce(y, p).mean(-1), **edge)
    keras("binary_crossentropy", "BinaryCrossentropy", lambda y, p: bce(y * 0.8 + 0.1, p).mean(-1), "label_smoothing=0.2", **B)
    keras("binary_crossentropy", "BinaryCrossentropy", lambda y, p: (y * soft(-p) + (1 - y) * soft(p)).mean(-1), "from_logits=True", y=bits(*shape), p=real(*shape))
    right = lambda y, p: y * p + (1 - y) * (1 - p)
    keras("binary_focal_crossentropy", "BinaryFocalCrossentropy", lambda y, p: ((1 - right(y, p)) ** 2 * bce(y, p)).mean(-1), **B)
    keras("binary_focal_crossentropy", "BinaryFocalCrossentropy", lambda y, p: ((y * 0.3 + (1 - y) * 0.7) * (1 - right(y, p)) ** 1.5 * bce(y, p)).mean(-1), "apply_class_balancing=True, alpha=0.3, gamma=1.5", **B)
    norm = lambda p: np.clip(p / p.sum(-1, keepdims=True), E7, 1 - E7)
    C = {"y": hot(classes(shape[-1], *shape[:-1]), shape[-1]), "p": positive(*shape)}
    keras("categorical_crossentropy", "CategoricalCrossentropy", lambda y, p: -(y * log(norm(p))).sum(-1), **C)
    keras("categorical_crossentropy", "CategoricalCrossentropy", lambda y, p: -((y * 0.9 + 0.1 / y.shape[-1]) * log(norm(p))).sum(-1), "label_smoothing=0.1", **C)
    keras("categorical_crossentropy", "CategoricalCrossentropy", lambda y, p: -(y * log(softmax(p))).sum(-1), "from_logits=True", **C)
    keras("categorical_focal_crossentropy", "CategoricalFocalCrossentropy", lambda y, p: -(0.25 * (1 - norm(p)) ** 2 * y * log(norm(p))).sum(-1), **C)
    S = {"y": classes(shape[-1], *shape[:-1]), "p": shares(*shape)}
    if len(shape) > 1:
        keras("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy", lambda y, p: -log(at(p, y)), **S)
        keras("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy", lambda y, p: -log(at(softmax(p), y)), "from_logits=True", **S)
        keras("categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy", lambda y, p: (1 - at(p, y) ** 0.5) / 0.5, **S)
    keras("dice", "Dice", lambda y, p: 1 - 2 * (y * p).sum() / (y.sum() + p.sum() + E7), **B)
    keras("dice", "Dice", lambda y, p: 1 - 2 * (y * p).sum(0) / (y.sum(0) + p.sum(0) + E7), "axis=0", **B)
    keras("tversky", "Tversky", lambda y, p: 1 - (y * p).sum() / ((y * p).sum() + 0.3 * ((1 - y) * p).sum() + 0.7 * (y * (1 - p)).sum() + E7), "alpha=0.3, beta=0.7", **B)
    W = {**R, "w": positive(*shape[:-1]) if len(shape) > 1 else np.array(1.5)}
    formula("keras", "keras.losses.MeanSquaredError()(y, p, sample_weight=w)", lambda y, p, w: (((y - p) ** 2).mean(-1) * w).mean(), **W)
    formula("keras", "keras.metrics.MeanSquaredError()(y, p, sample_weight=w)", lambda y, p, w: (((y - p) ** 2).mean(-1) * w).sum() / w.sum(), **W)
    formula("keras", "keras.metrics.mean_squared_error(y, p)", lambda y, p: ((y - p) ** 2).mean(-1), **R)
    formula("keras", "keras.metrics.RootMeanSquaredError()(y, p)", lambda y, p: np.sqrt(((y - p) ** 2).mean()), **R)
    formula("keras", "keras.metrics.CosineSimilarity()(y, p)", lambda y, p: (unit_rows(y) * unit_rows(p)).sum(-1).mean(), **R)
    formula("keras", "keras.metrics.binary_accuracy(y, p, threshold=0.4)", lambda y, p: (y == (p > 0.4)).mean(-1), **B)
    formula("keras", "keras.metrics.BinaryAccuracy()(y, p)", lambda y, p: (y == (p > 0.5)).mean(), **B)
    tp = lambda y, p: (y * (p > 0.5)).sum()
    formula("keras", "keras.metrics.Precision()(y, p)", lambda y, p: tp(y, p) / max((p > 0.5).sum(), 1), **B)
    formula("keras", "keras.metrics.Recall()(y, p)", lambda y, p: tp(y, p) / y.sum(), **B)
    formula("keras", "keras.metrics.TruePositives()(y, p)", tp, **B)
    formula("keras", "keras.metrics.BinaryIoU()(y, p)", lambda y, p: np.mean([((y == c) & ((p >= 0.5) == c)).sum() / ((y == c) | ((p >= 0.5) == c)).sum() for c in (0, 1)]), **B)
    formula("keras", "keras.metrics.BinaryIoU(target_class_ids=[1], threshold=0.3)(y, p)", lambda y, p: ((y == 1) & (p >= 0.3)).sum() / ((y == 1) | (p >= 0.3)).sum(), **B)
    formula("keras", "keras.metrics.MeanIoU(num_classes=3)(y, p)", lambda y, p: np.mean([((y == c) & (p == c)).sum() / ((y == c) | (p == c)).sum() for c in range(3) if ((y == c) | (p == c)).any()]), y=classes(3, *shape), p=classes(3, *shape))
    pairs = lambda y, p: np.mean([float(a > b) for a in p[y == 1] for b in p[y == 0]])
    formula("keras", "keras.metrics.AUC()(y, p)", pairs, **B)
    if len(shape) == 2:
        formula("keras", "keras.metrics.categorical_accuracy(y, p)", lambda y, p: (y.argmax(-1) == p.argmax(-1)) * 1.0, **C)
        formula("keras", "keras.metrics.SparseCategoricalAccuracy()(y, p)", lambda y, p: (y == p.argmax(-1)).mean(), **S)
        formula("keras", "keras.metrics.sparse_top_k_categorical_accuracy(y, p, k=2)", lambda y, p: 1.0 * ((p > at(p, y)[:, None]).sum(-1) < 2), **S)
        formula("keras", "keras.metrics.top_k_categorical_accuracy(y, p, k=2)", lambda y, p: 1.0 * ((p > at(p, y.argmax(-1))[:, None]).sum(-1) < 2), **C)

        def f_beta(y, p, beta, h):
            hits = (y * h).sum(0)
            precise, found = hits / (h.sum(0) + E7), hits / (y.sum(0) + E7)
            return (1 + beta**2) * precise * found / (beta**2 * precise + found + E7)

        formula("keras", "keras.metrics.F1Score(threshold=0.5)(y, p)", lambda y, p: f_beta(y, p, 1, p > 0.5), **B)
        formula("keras", "keras.metrics.FBetaScore(beta=2.0, average='macro')(y, p)", lambda y, p: f_beta(y, p, 2, p == p.max(-1, keepdims=True)).mean(), **C)
        emb = unit_rows(real(*shape))

        def circle(y, p):
            d = np.maximum(1 - p @ p.T, 0)
            same = y[:, None] == y[None, :]
            near = same & ~np.eye(len(y), dtype=bool)
            lse = lambda m, v: log((exp(v) * m).sum(1))
            return soft(lse(near, -80 * (0.4 + d) * (0.4 - d)) + lse(~same, 80 * np.maximum(1.4 - d, 0) * (0.6 - d)))

        formula("keras", "keras.losses.circle(y, p)", circle, y=np.array([0.0, 0.0, 1.0, 1.0]), p=unit_rows(real(4, 3)))

    def optax(text, of, **inputs):
        formula("optax", f"optax.{text}", of, **inputs)
        formula("optax", f"optax.losses.{text}", of, **inputs)

    D = {"p": real(*shape), "y": real(*shape)}
    optax("squared_error(p, y)", lambda p, y: (p - y) ** 2, **D)
    optax("l2_loss(p, y)", lambda p, y: (p - y) ** 2 / 2, **D)
    optax("l2_loss(p)", lambda p: p**2 / 2, p=D["p"])
    optax("huber_loss(p, y)", lambda p, y: np.where(abs(p - y) <= 1, (p - y) ** 2 / 2, abs(p - y) - 0.5), **D)
    optax("huber_loss(p, y, delta=0.5)", lambda p, y: np.where(abs(p - y) <= 0.5, (p - y) ** 2 / 2, 0.5 * abs(p - y) - 0.125), **D)
    optax("log_cosh(p, y)", lambda p, y: log(np.cosh(p - y)), **D)
    cos = lambda p, y: (p * y).sum(-1) / np.sqrt((p * p).sum(-1) * (y * y).sum(-1))
    optax("cosine_similarity(p, y)", cos, **D)
    optax("cosine_distance(p, y)", lambda p, y: 1 - cos(p, y), **D)
    Z = {"z": real(*shape), "y": bits(*shape)}
    optax("sigmoid_binary_cross_entropy(z, y)", lambda z, y: y * soft(-z) + (1 - y) * soft(z), **Z)
    optax("sigmoid_focal_loss(z, y, alpha=0.25)", lambda z, y: (0.25 * y + 0.75 * (1 - y)) * (y * soft(-z) + (1 - y) * soft(z)) * (1 - right(y, sigmoid(z))) ** 2, **Z)
    optax("hinge_loss(z, y)", lambda z, y: np.maximum(0, 1 - z * y), z=real(*shape), y=signs(*shape))
    optax("perceptron_loss(z, y)", lambda z, y: np.maximum(0, -z * y), z=real(*shape), y=signs(*shape))
    plus = lambda u: np.where(u <= -1, 0, np.where(u >= 1, u, (u + 1) ** 2 / 4))
    optax("sparsemax_loss(z, y)", lambda z, y: plus(np.where(y == 1, -z, z)), **Z)
    T = {"z": real(*shape), "y": shares(*shape)}
    optax("softmax_cross_entropy(z, y)", lambda z, y: -(y * log(softmax(z))).sum(-1), **T)
    optax("safe_softmax_cross_entropy(z, y)", lambda z, y: -(y * log(softmax(z))).sum(-1), **T)
    optax("poly_loss_cross_entropy(z, y)", lambda z, y: -(y * log(softmax(z))).sum(-1) + 2 * (y * (1 - softmax(z))).sum(-1), **T)
    L = {"z": log(shares(*shape)), "y": shares(*shape)}
    optax("kl_divergence(z, y)", lambda z, y: (y * (log(y) - z)).sum(-1), **L)
    optax("kl_divergence_with_log_targets(z, y)", lambda z, y: (exp(y) * (y - z)).sum(-1), z=L["z"], y=log(L["y"]))
    optax("convex_kl_divergence(z, y)", lambda z, y: (y * (log(y) - z)).sum(-1) + (exp(z) - y).sum(-1), z=real(*shape), y=shares(*shape))
    if len(shape) > 1:
        N = {"z": real(*shape), "y": classes(shape[-1], *shape[:-1])}
        best = lambda z, y: (z + 1 - hot(y, z.shape[-1])).max(-1) - at(z, y)
        optax("softmax_cross_entropy_with_integer_labels(z, y)", lambda z, y: -log(at(softmax(z), y)), **N)
        optax("multiclass_hinge_loss(z, y)", best, **N)
        optax("multiclass_perceptron_loss(z, y)", lambda z, y: z.max(-1) - at(z, y), **N)

        def projected(row):
            """Projection onto the simplex by trying every size of the support."""
            for k in range(1, len(row) + 1):
                tau = (np.sort(row)[::-1][:k].sum() - 1) / k
                s = np.maximum(row - tau, 0)
                if abs(s.sum() - 1) < 1e-12:
                    return s

        project = lambda z: np.apply_along_axis(projected, -1, z)
        optax("multiclass_sparsemax_loss(z, y)", lambda z, y: (project(z) * z + project(z) * (1 - project(z)) / 2).sum(-1) - at(z, y), **N)
        formula("keras", "keras.activations.sparsemax(z)", lambda z: project(z), z=N["z"])
        optax("ranking_softmax_loss(z, y)", lambda z, y: -(y * log(softmax(z))).sum(-1).mean(), **T)

        def dice(z, y, w=None):
            p = softmax(z)
            over = tuple(range(1, z.ndim - 1))
            hit = (p * y).sum(over)
            d = 1 - (hit + 1) / (0.5 * p.sum(over) + 0.5 * y.sum(over) + 1)
            return d if w is None else d * w

        def rare(z, y):
            w = 1 / (y.sum(tuple(range(y.ndim - 1))) ** 2 + 1e-7)
            return dice(z, y, w / w.sum() * len(w)).mean()

        optax("dice_loss(z, y)", lambda z, y: dice(z, y).mean(-1), **T)
        optax("multiclass_generalized_dice_loss(z, y)", rare, **T)
    if len(shape) == 2:
        optax("triplet_margin_loss(a, b, c)", lambda a, b, c: np.maximum(np.sqrt(((a - b) ** 2).sum(-1) + 1e-6) - np.sqrt(((a - c) ** 2).sum(-1) + 1e-6) + 1, 0), a=real(*shape), b=real(*shape), c=real(*shape))

        def ntxent(x, t):
            s = (unit_rows(x) @ unit_rows(x).T) / 0.5
            terms = []
            for i in range(len(t)):
                other = sum(exp(s[i, j]) for j in range(len(t)) if t[j] != t[i])
                terms += [-log(exp(s[i, j]) / (other + exp(s[i, j]))) for j in range(len(t)) if j != i and t[j] == t[i]]
            return np.mean(terms)

        optax("ntxent(x, t, temperature=0.5)", ntxent, x=real(5, 3), t=np.array([0.0, 1.0, 0.0, 1.0, 1.0]))
    A = {"x": real(*shape)}
    tanh_gelu = lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    exact_gelu = np.vectorize(lambda x: 0.5 * x * (1 + math.erf(x / math.sqrt(2))))
    S1, S2 = 1.0507009873554805, 1.6732632423543772
    for text, of in [
        ("keras.activations.relu(x)", lambda x: np.maximum(x, 0)),
        ("keras.activations.relu(x, negative_slope=0.1, max_value=2.0, threshold=0.5)", lambda x: np.where(x > 0.5, np.minimum(x, 2), 0.1 * (x - 0.5))),
        ("keras.activations.leaky_relu(x)", lambda x: np.where(x > 0, x, 0.2 * x)),
        ("tf.nn.leaky_relu(x)", lambda x: np.where(x > 0, x, 0.2 * x)),
        ("jax.nn.leaky_relu(x)", lambda x: np.where(x > 0, x, 0.01 * x)),
        ("keras.layers.LeakyReLU()(x)", lambda x: np.where(x > 0, x, 0.3 * x)),
        ("keras.activations.gelu(x)", exact_gelu), ("tf.nn.gelu(x)", exact_gelu), ("jax.nn.gelu(x, approximate=False)", exact_gelu),
        ("keras.ops.gelu(x)", tanh_gelu), ("jax.nn.gelu(x)", tanh_gelu), ("tf.nn.gelu(x, approximate=True)", tanh_gelu),
        ("keras.activations.elu(x, alpha=0.5)", lambda x: np.where(x > 0, x, 0.5 * np.expm1(x))),
        ("jax.nn.celu(x, 0.5)", lambda x: np.where(x > 0, x, 0.5 * np.expm1(x / 0.5))),
        ("tf.nn.selu(x)", lambda x: S1 * np.where(x > 0, x, S2 * np.expm1(x))),
        ("keras.activations.hard_sigmoid(x)", lambda x: np.clip(x / 6 + 0.5, 0, 1)),
        ("keras.backend.hard_sigmoid(x)", lambda x: np.clip(0.2 * x + 0.5, 0, 1)),
        ("jax.nn.hard_tanh(x)", lambda x: np.clip(x, -1, 1)),
        ("jax.nn.hard_swish(x)", lambda x: x * np.clip(x / 6 + 0.5, 0, 1)),
        ("keras.activations.hard_shrink(x)", lambda x: np.where(abs(x) > 0.5, x, 0)),
        ("keras.activations.soft_shrink(x)", lambda x: np.sign(x) * np.maximum(abs(x) - 0.5, 0)),
        ("keras.activations.tanh_shrink(x)", lambda x: x - np.tanh(x)),
        ("keras.activations.threshold(x, 0.2, -1.0)", lambda x: np.where(x > 0.2, x, -1)),
        ("keras.activations.mish(x)", lambda x: x * np.tanh(soft(x))),
        ("jax.nn.soft_sign(x)", lambda x: x / (1 + abs(x))),
        ("jax.nn.sparse_plus(x)", lambda x: plus(x)), ("jax.nn.sparse_sigmoid(x)", lambda x: np.clip((x + 1) / 2, 0, 1)),
        ("jax.nn.squareplus(x)", lambda x: (x + np.sqrt(x * x + 4)) / 2),
        ("keras.activations.exponential(x)", lambda x: exp(x)), ("keras.activations.linear(x)", lambda x: x),
        ("tf.nn.crelu(x)", lambda x: np.concatenate([np.maximum(x, 0), np.maximum(-x, 0)], -1)),
    ]:
        formula("activations", text, of, **A)
    formula("tensorflow", "tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z)", lambda y, z: y * soft(-z) + (1 - y) * soft(z), **Z)
    formula("tensorflow", "tf.nn.weighted_cross_entropy_with_logits(y, z, 3.0)", lambda y, z: 3 * y * soft(-z) + (1 - y) * soft(z), **Z)
    formula("tensorflow", "tf.nn.softmax_cross_entropy_with_logits(y, z)", lambda y, z: -(y * log(softmax(z))).sum(-1), **T)
    formula("tensorflow", "tf.nn.l2_loss(y)", lambda y: (y * y).sum() / 2, y=real(*shape))
    formula("tensorflow", "tf.nn.log_poisson_loss(y, z)", lambda y, z: exp(z) - y * z, y=positive(*shape), z=real(*shape))
    if len(shape) > 1:
        formula("tensorflow", "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z)", lambda y, z: -log(at(softmax(z), y)), **N)
for head in [(), (2,)]:
    q, k, v = real(*head, 3, 4), real(*head, 5, 4), real(*head, 5, 2)
    formula("attention", "F.scaled_dot_product_attention(q, k, v)", lambda q, k, v: softmax(q @ np.swapaxes(k, -1, -2) / 2) @ v, q=q, k=k, v=v)
    formula("attention", "F.scaled_dot_product_attention(q, k, v, attn_mask=m > 0)", lambda q, k, v, m: softmax(np.where(m > 0, q @ np.swapaxes(k, -1, -2) / 2, -1e300)) @ v, q=q, k=k, v=v, m=np.array([[1.0, 1, 0, 0, 1], [0, 1, 1, 0, 0], [1, 0, 0, 1, 1]]))
    formula("attention", "F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=0.3)", lambda q, k, v: softmax(np.where(np.tril(np.ones((3, 5))) > 0, q @ np.swapaxes(k, -1, -2) * 0.3, -1e300)) @ v, q=q, k=k, v=v)
    formula("attention", "hard_attention(q, k, v)", lambda q, k, v: np.take_along_axis(v, (q @ np.swapaxes(k, -1, -2)).argmax(-1)[..., None], -2), q=q, k=k, v=v)
inside = {"q": real(2, 3, 2, 4), "k": real(2, 5, 2, 4), "v": real(2, 5, 2, 3)}
heads = lambda x: np.swapaxes(x, -3, -2)
formula("attention", "jax.nn.dot_product_attention(q, k, v)", lambda q, k, v: heads(softmax(heads(q) @ np.swapaxes(heads(k), -1, -2) / 2) @ heads(v)), **inside)

# gradcheck's own names: textbook formulas
for n in (4, 7, 12):
    def own(text, of, **inputs):
        formula("own", text, of, **inputs)

    V = {"y": positive(n), "p": positive(n)}
    own("mse(y, p)", lambda y, p: np.mean((p - y) ** 2), **V)
    own("l2(y, p)", lambda y, p: np.mean((p - y) ** 2), **V)
    own("l2(y)", lambda y: np.sum(y**2), y=real(n))
    own("l1(y, p)", lambda y, p: np.mean(abs(p - y)), **V)
    own("l1(y)", lambda y: np.sum(abs(y)), y=real(n))
    own("rmse(y, p)", lambda y, p: math.sqrt(np.mean((p - y) ** 2)), **V)
    own("msle(y, p)", lambda y, p: np.mean((np.log1p(p) - np.log1p(y)) ** 2), **V)
    own("rmsle(y, p)", lambda y, p: math.sqrt(np.mean((np.log1p(p) - np.log1p(y)) ** 2)), **V)
    own("mape(y, p)", lambda y, p: np.mean(abs(1 - p / y)), **V)
    own("smape(y, p)", lambda y, p: np.mean(abs(p - y) / ((abs(p) + abs(y)) / 2)), **V)
    own("wape(y, p)", lambda y, p: abs(p - y).sum() / abs(y).sum(), **V)
    own("pseudo_huber(y, p, 0.8)", lambda y, p: np.mean(0.64 * (np.sqrt(1 + ((p - y) / 0.8) ** 2) - 1)), **V)
    own("log_cosh(y, p)", lambda y, p: np.mean(log(np.cosh(p - y))), **V)
    own("quantile_loss(y, p, 0.3)", lambda y, p: np.mean(np.where(y > p, 0.3 * (y - p), 0.7 * (p - y))), **V)
    own("expectile_loss(y, p, 0.3)", lambda y, p: np.mean(np.where(y > p, 0.3, 0.7) * (y - p) ** 2), **V)
    own("charbonnier(y, p)", lambda y, p: np.mean(np.sqrt((y - p) ** 2 + 1e-6)), **V)
    own("cauchy_loss(y, p, 1.5)", lambda y, p: np.mean(1.125 * log(1 + ((y - p) / 1.5) ** 2)), **V)
    own("tukey(y, p, 1.2)", lambda y, p: np.mean([0.24 * (1 - (1 - min(1, ((a - b) / 1.2) ** 2)) ** 3) for a, b in zip(y, p)]), **V)
    own("welsch(y, p, 1.5)", lambda y, p: np.mean(1.125 * (1 - exp(-(((y - p) / 1.5) ** 2)))), **V)
    own("geman_mcclure(y, p)", lambda y, p: np.mean(1 - 1 / (1 + (y - p) ** 2)), **V)
    own("wing(y, p, 1.0, 0.5)", lambda y, p: np.mean([math.log(1 + d / 0.5) if d < 1 else d - 1 + math.log(3) for d in abs(y - p)]), **V)
    own("epsilon_insensitive(y, p)", lambda y, p: np.mean(np.maximum(abs(y - p) - 0.1, 0)), **V)
    own("laplace_nll(y, p, 0.7)", lambda y, p: np.mean(log(1.4) + abs(y - p) / 0.7), **V)
    own("total_variation(y)", lambda y: abs(np.diff(y)).sum(), y=real(n))
    own("r2(y, p)", lambda y, p: 1 - ((y - p) ** 2).sum() / (n * y.var()), **V)
    own("psnr(y, p)", lambda y, p: -10 * np.log10(np.mean((y - p) ** 2)), **V)
    own("pearson(y, p)", lambda y, p: np.corrcoef(y, p)[0, 1], **V)
    own("concordance(y, p)", lambda y, p: 2 * np.cov(y, p, bias=True)[0, 1] / (y.var() + p.var() + (y.mean() - p.mean()) ** 2), **V)
    rank = lambda x: x.argsort().argsort()
    own("spearman(y, p)", lambda y, p: np.corrcoef(rank(y), rank(p))[0, 1], y=distinct(n), p=distinct(n))
    own("kendall(y, p)", lambda y, p: np.mean([np.sign(y[i] - y[j]) * np.sign(p[i] - p[j]) for i in range(n) for j in range(i)]), y=distinct(n), p=distinct(n))
    U = {"y": bits(n), "p": unit(n)}
    ce = lambda y, p: -(y * log(p) + (1 - y) * log(1 - p))
    own("bce(y, p)", lambda y, p: np.mean(ce(y, p)), **U)
    own("brier(y, p)", lambda y, p: np.mean((y - p) ** 2), **U)
    own("focal_loss(y, p)", lambda y, p: np.mean(np.where(y == 1, 0.25, 0.75) * (1 - right(y, p)) ** 2 * ce(y, p)), **U)
    own("focal_loss(y, p, gamma=1.5, alpha=None)", lambda y, p: np.mean((1 - right(y, p)) ** 1.5 * ce(y, p)), **U)
    own("focal_loss_with_logits(y, z)", lambda y, z: np.mean(np.where(y == 1, 0.25, 0.75) * (1 - right(y, sigmoid(z))) ** 2 * ce(y, sigmoid(z))), y=U["y"], z=real(n))
    own("focal_loss_with_logits(y, z, alpha=-1)", lambda y, z: np.mean((1 - right(y, sigmoid(z))) ** 2 * ce(y, sigmoid(z))), y=U["y"], z=real(n))
    own("asymmetric_loss(y, z)", lambda y, z: np.mean(-y * (1 - sigmoid(z)) * log(sigmoid(z)) - (1 - y) * np.maximum(sigmoid(z) - 0.05, 0) ** 4 * log(1 - np.maximum(sigmoid(z) - 0.05, 0))), y=U["y"], z=real(n))
    M = {"y": signs(n), "p": real(n)}
    own("hinge(y, p)", lambda y, p: np.mean(np.maximum(0, 1 - y * p)), **M)
    own("squared_hinge(y, p)", lambda y, p: np.mean(np.maximum(0, 1 - y * p) ** 2), **M)
    own("modified_huber(y, p)", lambda y, p: np.mean([max(0, 1 - m) ** 2 if m >= -1 else -4 * m for m in y * p]), **M)
    own("logistic_loss(y, p)", lambda y, p: np.mean(log(1 + exp(-y * p))), **M)
    own("logistic_loss(y, p)", lambda y, p: np.mean(log(1 + exp((1 - 2 * y) * p))), y=bits(n), p=M["p"])
    own("exponential_loss(y, p)", lambda y, p: np.mean(exp(-y * p)), **M)
    tally = lambda y, p: [(a * b).sum() for a, b in ((y, p), (1 - y, p), (y, 1 - p), (1 - y, 1 - p))]

    def share(name, of):
        """The soft score, and the same of decisions."""
        soft_name, hard_name = name
        if soft_name:
            own(f"{soft_name}(y, p)", lambda y, p: of(*tally(y, p)), **U)
        if hard_name:
            own(f"{hard_name}(y, p)", lambda y, p: of(*tally(y, (p > 0.5) * 1.0)), **U)

    share(("soft_f1", "f1"), lambda tp, fp, fn, tn: tp / (tp + (fp + fn) / 2))
    share(("soft_dice", "dice"), lambda tp, fp, fn, tn: 2 * tp / (2 * tp + fp + fn))
    share(("soft_iou", "iou"), lambda tp, fp, fn, tn: tp / (tp + fp + fn))
    share(("soft_precision", "precision"), lambda tp, fp, fn, tn: tp / max(tp + fp, 1e-300))
    share(("soft_recall", "recall"), lambda tp, fp, fn, tn: tp / (tp + fn))
    share((None, "specificity"), lambda tp, fp, fn, tn: tn / (tn + fp))
    share(("soft_mcc", "mcc"), lambda tp, fp, fn, tn: (tp * tn - fp * fn) / max(math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)), 1e-300))
    share(("tversky", None), lambda tp, fp, fn, tn: (tp + 1) / (tp + fp / 2 + fn / 2 + 1))
    share((None, "true_positives"), lambda tp, fp, fn, tn: tp)
    share((None, "false_positives"), lambda tp, fp, fn, tn: fp)
    share((None, "false_negatives"), lambda tp, fp, fn, tn: fn)
    share((None, "true_negatives"), lambda tp, fp, fn, tn: tn)
    share((None, "accuracy"), lambda tp, fp, fn, tn: (tp + tn) / n)
    share((None, "error_rate"), lambda tp, fp, fn, tn: (fp + fn) / n)
    share(("f1_loss", None), lambda tp, fp, fn, tn: 1 - tp / (tp + (fp + fn) / 2))
    share(("dice_loss", None), lambda tp, fp, fn, tn: 1 - (2 * tp + 1) / (2 * tp + fp + fn + 1))
    share(("iou_loss", None), lambda tp, fp, fn, tn: 1 - (tp + 1) / (tp + fp + fn + 1))
    own("fbeta(y, p, beta=2.0)", lambda y, p: (lambda tp, fp, fn, tn: 5 * tp / (5 * tp + 4 * fn + fp))(*tally(y, (p > 0.5) * 1.0)), **U)
    own("soft_fbeta(y, p, 2.0)", lambda y, p: (lambda tp, fp, fn, tn: 5 * tp / (5 * tp + 4 * fn + fp))(*tally(y, p)), **U)
    own("focal_tversky_loss(y, p)", lambda y, p: (lambda tp, fp, fn, tn: (1 - (tp + 1) / (tp + 0.7 * fp + 0.3 * fn + 1)) ** 0.75)(*tally(y, p)), **U)
    own("auc(y, p)", pairs, y=bits(n), p=distinct(n))
    own("auc_loss(y, p)", lambda y, p: np.mean([math.log(1 + math.exp(b - a)) for a in p[y == 1] for b in p[y == 0]]), **U)

    def lovasz(y, z):
        """The Lovasz extension by its definition: sets of errors grow in falling order."""
        e = 1 - (2 * y - 1) * z
        total, before, wrong = 0.0, 0.0, np.zeros(n, bool)
        for i in np.argsort(-e, kind="stable"):
            wrong[i] = True
            decided = np.where(wrong, 1 - y, y)
            now = 1 - (y * decided).sum() / np.maximum(y, decided).sum()
            total += max(e[i], 0) * (now - before)
            before = now
        return total

    own("lovasz_hinge(y, z)", lovasz, y=U["y"], z=real(n))
    K = {"z": real(n, 4), "y": classes(4, n)}
    own("cross_entropy(y, z)", lambda y, z: np.mean(-log(at(softmax(z), y))), **K)
    own("perplexity(y, z)", lambda y, z: exp(np.mean(-log(at(softmax(z), y)))), **K)
    own("nll(y, log_softmax(z))", lambda y, z: np.mean(-log(at(softmax(z), y))), **K)
    own("softmax_focal_loss(y, z)", lambda y, z: np.mean(-((1 - at(softmax(z), y)) ** 2) * log(at(softmax(z), y))), **K)
    own("poly_loss(y, z, 2.0)", lambda y, z: np.mean(-log(at(softmax(z), y)) + 2 * (1 - at(softmax(z), y))), **K)
    own("generalized_cross_entropy(y, softmax(z))", lambda y, z: np.mean((1 - at(softmax(z), y) ** 0.7) / 0.7), **K)
    own("label_smoothing(y, z)", lambda y, z: np.mean(-((0.9 * hot(y, 4) + 0.025) * log(softmax(z))).sum(-1)), **K)
    own("accuracy(y, z)", lambda y, z: np.mean(z.argmax(-1) == y), **K)
    own("top_k_accuracy(y, z, k=2)", lambda y, z: np.mean([c in np.argsort(-row)[:2] for c, row in zip(y, z)]), **K)
    own("reciprocal_rank(y, z)", lambda y, z: np.mean([1 / (1 + list(np.argsort(-row)).index(c)) for c, row in zip(y, z)]), **K)
    own("categorical_hinge(one_hot(y, 4), z)", lambda y, z: np.mean([max(0, max(0 if j == c else row[j] for j in range(4)) - row[int(c)] + 1) for c, row in zip(y, z)]), **K)
    own("categorical_cross_entropy(y, p)", lambda y, p: np.mean(-(y * log(p)).sum(-1)), y=shares(n, 3), p=shares(n, 3))
    own("list_net(y, z)", lambda y, z: np.mean(-(softmax(y) * log(softmax(z))).sum(-1)), y=real(n, 3), z=real(n, 3))
    Q = {"y": shares(n, 3), "p": shares(n, 3)}
    kl = lambda a, b: (a * log(a / b)).sum(-1)
    own("kl_div(y, p)", lambda y, p: np.mean(kl(y, p)), **Q)
    own("js_div(y, p)", lambda y, p: np.mean((kl(y, (y + p) / 2) + kl(p, (y + p) / 2)) / 2), **Q)
    own("entropy(p)", lambda p: np.mean(-(p * log(p)).sum(-1)), p=Q["p"])
    own("hellinger(y, p)", lambda y, p: np.mean(np.sqrt(1 - np.sqrt(y * p).sum(-1))), **Q)
    own("bhattacharyya(y, p)", lambda y, p: np.mean(-log(np.sqrt(y * p).sum(-1))), **Q)
    own("wasserstein(y, p)", lambda y, p: np.mean(abs(np.cumsum(y, -1) - np.cumsum(p, -1)).sum(-1)), **Q)
    own("chi2(y, p)", lambda y, p: np.mean(((p - y) ** 2 / (p + y)).sum(-1)), **Q)
    own("kl_normal(m, v)", lambda m, v: np.mean(0.5 * (exp(v) + m * m - 1 - v).sum(-1)), m=real(n, 3), v=real(n, 3))
    G = {"a": real(n, 3), "b": real(n, 3)}
    pair_cos = lambda a, b: (unit_rows(a) * unit_rows(b)).sum(-1)
    table_cos = lambda a, b: unit_rows(a) @ unit_rows(b).T
    nce = lambda s: np.mean(-log(softmax(s).diagonal()))
    own("cosine_loss(a, b)", lambda a, b: np.mean(1 - pair_cos(a, b)), **G)
    own("byol(a, b)", lambda a, b: np.mean(((unit_rows(a) - unit_rows(b)) ** 2).sum(-1)), **G)
    own("info_nce(a, b, 0.5)", lambda a, b: nce(table_cos(a, b) / 0.5), **G)
    own("clip_loss(a, b, 0.5)", lambda a, b: (nce(table_cos(a, b) / 0.5) + nce(table_cos(b, a) / 0.5)) / 2, **G)
    own("siglip_loss(a, b, 0.5, -1.0)", lambda a, b: sum(soft(-(1 if i == j else -1) * (table_cos(a, b)[i, j] / 0.5 - 1)) for i in range(n) for j in range(n)) / n, **G)

    def twins(a, b):
        v = np.concatenate([a, b])
        s = table_cos(v, v) / 0.5
        return np.mean([math.log(sum(exp(s[i, j]) for j in range(2 * n) if j != i)) - s[i, (i + n) % (2 * n)] for i in range(2 * n)])

    own("nt_xent(a, b)", twins, **G)
    own("bpr(a, b)", lambda a, b: np.mean(log(1 + exp(b - a))), **G)
    own("contrastive(y, d)", lambda y, d: np.mean(np.where(y == 1, d**2, np.maximum(0, 1 - d) ** 2)), y=U["y"], d=positive(n))

    def box(m):
        corner = real(m, 2)
        return np.concatenate([corner, corner + positive(m, 2)], 1)

    def overlap(y, p):
        size = lambda b: (b[2] - b[0]) * (b[3] - b[1])
        rows = []
        for a, b in zip(y, p):
            w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
            around = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
            union = size(a) + size(b) - w * h
            rows.append((w * h / union, (around - union) / around))
        return np.array(rows)

    X = {"y": box(n), "p": box(n)}
    own("box_iou_loss(y, p)", lambda y, p: np.mean(1 - overlap(y, p)[:, 0]), **X)
    own("giou_loss(y, p)", lambda y, p: np.mean(1 - overlap(y, p)[:, 0] + overlap(y, p)[:, 1]), **X)
    A = {"x": real(n)}
    for text, of in [
        ("quick_gelu(x)", lambda x: x * sigmoid(1.702 * x)), ("snake(x, 2.0)", lambda x: x + np.sin(2 * x) ** 2 / 2),
        ("bent_identity(x)", lambda x: (np.sqrt(x**2 + 1) - 1) / 2 + x), ("squared_relu(x)", lambda x: np.maximum(x, 0) ** 2),
        ("gaussian(x)", lambda x: exp(-(x**2))), ("isru(x)", lambda x: x / np.sqrt(1 + x**2)), ("logish(x)", lambda x: x * log(1 + sigmoid(x))),
        ("jax.nn.log1mexp(abs(x))", lambda x: log(1 - exp(-abs(x)))), ("softmin(x)", lambda x: softmax(-x)), ("sparsemax(x)", lambda x: projected(x)),
        ("rms_norm(x)", lambda x: x / np.sqrt(np.mean(x**2) + 1e-6)), ("layer_norm(x)", lambda x: (x - x.mean()) / np.sqrt(x.var() + 1e-5)),
    ]:
        own(text, of, **A)
    halves = {"x": real(n, 6)}
    own("reglu(x)", lambda x: x[:, :3] * np.maximum(x[:, 3:], 0), **halves)
    own("geglu(x)", lambda x: x[:, :3] * exact_gelu(x[:, 3:]), **halves)
    own("swiglu(x)", lambda x: x[:, :3] * x[:, 3:] * sigmoid(x[:, 3:]), **halves)
rows += formulas

about = {
    "about": "What libraries give for named losses, activations and metrics; written by test/dev/record_named.py. torch and sklearn were run (torch with gradients of the summed result); keras, optax, tensorflow, activations, attention and own are the published formulas in NumPy.",
    "versions": {"torch": torch.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
}
# One row a line, so that a change shows as such.
print(json.dumps(about, indent=1)[:-2] + ',\n "rows": [\n' + ",\n".join(json.dumps(r, allow_nan=True) for r in rows) + "\n]}")
