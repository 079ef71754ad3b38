"""Records how PyTorch converts numbers to float32, bfloat16 and float16 (development only; needs python3-torch).

Usage: /usr/bin/python3 test/dev/formats-torch.py > fixtures/formats-torch.json
The numbers are float32 values, so that PyTorch rounds once whichever way it takes.
"""
import json
import random

import torch

random.seed(7)
chosen = [0.0, 1.0, 1e-45, 65504.0, 65519.996, 65520.0, 65536.0, 3.3895314e38, 3.4e38, 5.9604645e-08, 2.9802322e-08,
          2.9802326e-08, 6.1035156e-05, 6.097555e-05, 1.00390625, 1.01171875, 2049.0, 2051.0, 0.1, 1 / 3]
drawn = [random.uniform(-1, 1) * 10.0 ** random.uniform(-45, 38.5) for _ in range(200)]
small = [random.uniform(-1, 1) * 10.0 ** random.uniform(-9, 5) for _ in range(200)]
xs = torch.tensor(chosen + [-x for x in chosen] + drawn + small, dtype=torch.float64).float()


def text(t):
    return ["NaN" if v != v else "Infinity" if v == float("inf") else "-Infinity" if v == float("-inf") else repr(v)
            for v in t.double().tolist()]


rows = [dict(zip(("x", "float32", "bfloat16", "float16"), r))
        for r in zip(text(xs), text(xs), text(xs.bfloat16()), text(xs.half()))]
head = "PyTorch %s, test/dev/formats-torch.py" % torch.__version__
print("{\"made\": %s, \"rows\": [\n%s\n]}" % (json.dumps(head), ",\n".join(json.dumps(r) for r in rows)))
