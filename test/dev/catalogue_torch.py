#!/usr/bin/python3
"""Writes value and gradient of every catalogue entry, by real torch in float64, at seeded and at special points.

    /usr/bin/python3 test/dev/catalogue_torch.py ../shared/catalogue/open.json > /tmp/catalogue.json
    node test/dev/compare-catalogue.mjs /tmp/catalogue.json

Needs Debian's python3-torch and python3-numpy, and the evaluator beside the catalogue (measure.py). Development only.
"""
import json, os, sys
import numpy as np

file = sys.argv[1]
sys.path.insert(0, os.path.dirname(os.path.abspath(file)))
import measure as m  # noqa: E402
import torch  # noqa: E402


def plain(x):
    def one(v):
        v = float(v)
        return v if np.isfinite(v) else str(v)
    x = np.asarray(x, float)
    return one(x) if x.ndim == 0 else [plain(v) for v in x]


rows = []
for entry in json.load(open(file))["entries"]:
    f, params = m.compile_expr(entry["expr"]), m.params_of(entry)
    rs = np.random.RandomState(m.seed_of(entry, ":compare"))
    points = [("drawn", m.sample(entry, rs)) for _ in range(6)]
    points += [("special", m.special_point(entry, s["at"], torch.float64)) for s in entry.get("special", [])]
    for kind, point in points:
        value, gradient = m.evaluate(f, point, params, torch.float64)
        rows.append({
            "id": entry["id"], "kind": kind, "expr": entry["expr"], "at": {k: plain(v) for k, v in point.items()},
            "weights": plain(m.cotangent(value.shape, torch.float64)), "value": plain(value),
            "gradient": {p: None if g is None else plain(g) for p, g in gradient.items()},
        })
json.dump(rows, sys.stdout)
