"""Runs ../shared/reference/measure_torch.py with all digits kept (development only; needs python3-torch).

Usage: /usr/bin/python3 test/dev/record-probes.py > probes.json, then node test/dev/import-conventions.mjs probes.json
The reference keeps six digits; its probes are the same ones.
"""
import json
import math
import os
import sys

sys.dont_write_bytecode = True
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "..", "shared", "reference"))
import measure_torch as m  # noqa: E402


def num(v):
    v = float(v)
    if math.isnan(v):
        return "nan"
    if math.isinf(v):
        return "inf" if v > 0 else "-inf"
    return v + 0.0


m.num = num
m.torch.set_num_threads(1)
for group in (m.activations, m.pointwise, m.reductions, m.indexing_and_counting, m.casts_and_detach, m.randomness,
              m.losses, m.metrics, m.emulated, m.saturation):
    group()


def extras():
    """Probes of our own: what is spelled with windows, scatters and several axes."""
    t, F, V = m.torch, m.F, m.V
    grid = lambda *shape: (t.arange(1, 1 + math.prod(shape), dtype=m.DT) ** 2 * 0.37).sin().reshape(shape).tolist()
    i = t.tensor
    V("own_conv1d", lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1), [grid(2, 3, 6), grid(2, 3, 3), grid(2)])
    V("own_conv1d_groups", lambda x, w: F.conv1d(x, w, dilation=2, groups=2), [grid(1, 4, 7), grid(4, 2, 3)])
    V("own_conv1d_same", lambda x, w: F.conv1d(x, w, padding="same"), [grid(1, 1, 5), grid(1, 1, 4)])
    V("own_conv2d", lambda x, w, b: F.conv2d(x, w, b, stride=(2, 1), padding=(1, 0)),
      [grid(2, 2, 4, 5), grid(3, 2, 3, 2), grid(3)])
    V("own_conv2d_depthwise", lambda x, w: F.conv2d(x, w, padding=1, groups=2), [grid(1, 2, 4, 4), grid(2, 1, 3, 3)])
    V("own_max_pool2d", lambda x: F.max_pool2d(x, 2, stride=1, padding=1), [grid(1, 2, 3, 4)])
    V("own_max_pool1d", lambda x: F.max_pool1d(x, 2, dilation=2), [grid(1, 1, 8)])
    V("own_avg_pool2d", lambda x: F.avg_pool2d(x, (2, 3), stride=2, padding=1), [grid(1, 1, 5, 6)])
    V("own_avg_pool1d", lambda x: F.avg_pool1d(x, 3), [grid(1, 2, 7)])
    V("own_interpolate", lambda x: F.interpolate(x, size=(3, 5)), [grid(1, 1, 2, 3)])
    V("own_scatter", lambda x, s: x.scatter(1, i([[0, 2, 0], [1, 1, 2]]), s), [grid(2, 3), grid(2, 3)])
    V("own_scatter_value", lambda x: x.scatter(0, i([[1, 0, 1]]), 5.0), [grid(2, 3)])
    V("own_scatter_add", lambda x, s: x.scatter_add(1, i([[0, 2, 0], [1, 1, 2]]), s), [grid(2, 3), grid(2, 3)])
    V("own_scatter_reduce_amin", lambda x, s: x.scatter_reduce(1, i([[0, 2, 0], [1, 1, 2]]), s, "amin"),
      [grid(2, 3), grid(2, 3)])
    V("own_scatter_reduce_alone", lambda x, s: x.scatter_reduce(1, i([[0, 2, 0], [1, 1, 2]]), s, "mean", include_self=False),
      [grid(2, 3), grid(2, 3)])
    V("own_index_add", lambda x, s: x.index_add(1, i([2, 0, 2]), s, alpha=2), [grid(2, 3), grid(2, 3)])
    V("own_index_put", lambda x, s: x.index_put((i([1, 0]), i([0, 2])), s), [grid(2, 3), grid(2)])
    V("own_index_put_add", lambda x, s: x.index_put((i([1, 1]), i([2, 2])), s, accumulate=True), [grid(2, 3), grid(2)])
    V("own_segment_reduce", lambda x: t.segment_reduce(x, "mean", lengths=i([2, 3])), [grid(5)])
    V("own_embedding", lambda w: F.embedding(i([[1, 0], [2, 1]]), w, padding_idx=0), [grid(3, 2)])
    V("own_renorm", lambda x: t.renorm(x, 1, 1, 0.5), [grid(3, 2)])
    V("own_mode", lambda x: x.mode(0).values, [[[1.0, 2.0], [3.0, 2.0], [1.0, 5.0]]])
    V("own_kthvalue", lambda x: x.kthvalue(2, 0, keepdim=True).values, [grid(3, 2)])
    V("own_median", lambda x: x.median(1, keepdim=True).values, [grid(2, 4)])
    V("own_quantile", lambda x: t.quantile(x, 0.3, dim=1), [grid(2, 4)])
    V("own_nanquantile", lambda x: t.nanquantile(x, 0.3), [[0.3, float("nan"), -1.0, 2.0]])
    V("own_cummax", lambda x: x.cummax(1).values, [grid(2, 5)])
    V("own_cumprod", lambda x: x.cumprod(0), [grid(4, 2)])
    V("own_prod", lambda x: x.prod(1, keepdim=True), [grid(2, 4)])
    V("own_logcumsumexp", lambda x: x.logcumsumexp(0), [grid(4, 2)])
    V("own_pdist", lambda x: F.pdist(x, 3.0), [grid(4, 2)])
    V("own_norm_axis", lambda x: t.norm(x, p=1.5, dim=1, keepdim=True), [grid(2, 3)])
    V("own_std_axis", lambda x: x.std(1), [grid(2, 4)])
    V("own_det", lambda x: t.det(x), [grid(2, 3, 3)])
    V("own_inv", lambda x: t.inverse(x), [grid(3, 3)])
    V("own_slogdet", lambda x: t.linalg.slogdet(x)[1], [grid(3, 3)])
    V("own_take_along", lambda x: t.gather(x, 1, i([[2, 0], [1, 1]])), [grid(2, 3)])
    V("own_roll", lambda x: (t.roll(x, (1, -1), (0, 1)) * x).tril(), [grid(3, 3)])
    V("own_einsum", lambda a, b: t.einsum("bij,bkj->ik", a, b), [grid(2, 2, 3), grid(2, 2, 3)])
    V("own_polygamma", lambda x: t.polygamma(2, x), [grid(3)])
    V("own_lerp", lambda a, b, w: t.lerp(a, b, w), [grid(3), grid(2, 1), grid(2, 3)])
    V("own_histc", lambda x: t.histc(x, 5, -1, 1), [grid(7)])


extras()
print(json.dumps({"torch": m.torch.__version__, "probes": m.RESULTS}))
