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
print(json.dumps({"torch": m.torch.__version__, "probes": m.RESULTS}))
