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
rows += formulas

about = {
    "about": "What libraries give for named losses, activations and metrics; written by test/dev/record_named.py. torch and sklearn were run (torch with gradients of the summed result); keras, optax, tensorflow, activations and attention are the published formulas in NumPy.",
    "versions": {"torch": torch.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
}
# One row a line, so that a change shows as such.
print(json.dumps(about, indent=1)[:-2] + ',\n "rows": [\n' + ",\n".join(json.dumps(r, allow_nan=True) for r in rows) + "\n]}")
