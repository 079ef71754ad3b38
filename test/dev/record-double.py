#!/usr/bin/env python3
"""Records values of functions at pairs of doubles for fixtures/double-double.json, with mpmath at 400 bits:
apt-get install -y python3-mpmath; /usr/bin/python3 test/dev/record-double.py > fixtures/double-double.json"""
import json
import random

import mpmath
from mpmath import mp, mpf

mp.prec = 400
random.seed(7)


def pair(x):
    hi = float(x)
    if hi in (float("inf"), float("-inf")) or hi != hi:
        raise ValueError(hi)
    return [hi, float(x - mpf(hi))]


def draw(low, high):
    """A pair of doubles between low and high; every third one is a plain double."""
    hi = random.uniform(low, high)
    return [hi, 0.0 if random.random() < 0.33 else hi * random.uniform(-1, 1) * 2.0**-54]


def spread(low, high):
    """The same, evenly in the exponent."""
    hi = 2 ** random.uniform(low, high)
    return [hi, hi * random.uniform(-1, 1) * 2.0**-54]


def normal(v):
    s = v[0] + v[1]
    return [s, v[1] - (s - v[0])]


half = mpf(1) / 2
functions = {
    "add": (lambda a, b: a + b, [(-3, 3), (-3, 3)]),
    "sub": (lambda a, b: a - b, [(2, 3), (2, 3)]),
    "mul": (lambda a, b: a * b, [(-3, 3), (-3, 3)]),
    "div": (lambda a, b: a / b, [(-3, 3), (0.1, 3)]),
    "sqrt": (mpmath.sqrt, [(0, 50)]),
    "cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), [(-50, 50)]),
    "exp": (mpmath.exp, [(-40, 40)]),
    "exp2": (lambda x: 2**x, [(-40, 40)]),
    "expm1": (mpmath.expm1, [(-3, 3)]),
    "log": (mpmath.log, [(0, 5)]),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2), [(0, 50)]),
    "log10": (mpmath.log10, [(0, 50)]),
    "log1p": (mpmath.log1p, [(-0.99, 3)]),
    "pow": (lambda a, b: a**b, [(0.1, 4), (-5, 5)]),
    "sin": (mpmath.sin, [(-20, 20)]),
    "cos": (mpmath.cos, [(-20, 20)]),
    "tan": (mpmath.tan, [(-20, 20)]),
    "asin": (mpmath.asin, [(-1, 1)]),
    "acos": (mpmath.acos, [(-1, 1)]),
    "atan": (mpmath.atan, [(-20, 20)]),
    "atan2": (mpmath.atan2, [(-3, 3), (-3, 3)]),
    "sinh": (mpmath.sinh, [(-20, 20)]),
    "cosh": (mpmath.cosh, [(-20, 20)]),
    "tanh": (mpmath.tanh, [(-20, 20)]),
    "asinh": (mpmath.asinh, [(-20, 20)]),
    "acosh": (mpmath.acosh, [(1, 20)]),
    "atanh": (mpmath.atanh, [(-1, 1)]),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), [(-40, 40)]),
    "softplus": (lambda x: mpmath.log1p(mpmath.exp(x)), [(-40, 40)]),
    "logsigmoid": (lambda x: -mpmath.log1p(mpmath.exp(-x)), [(-40, 40)]),
    "logaddexp": (lambda a, b: mpmath.log(mpmath.exp(a) + mpmath.exp(b)), [(-5, 5), (-5, 5)]),
    "silu": (lambda x: x / (1 + mpmath.exp(-x)), [(-30, 30)]),
    "sinc": (lambda x: mpmath.sincpi(x), [(-5, 5)]),
    "erf": (mpmath.erf, [(-6, 6)]),
    "erfc": (mpmath.erfc, [(-4, 12)]),
    "ndtr": (mpmath.ncdf, [(-12, 6)]),
    "erfinv": (mpmath.erfinv, [(-1, 1)]),
    "ndtri": (lambda p: mpmath.sqrt(2) * mpmath.erfinv(2 * p - 1), [(0, 1)]),
    "gelu_exact": (lambda x: x * mpmath.ncdf(x), [(-12, 6)]),
    "lgamma": (lambda x: mpmath.log(abs(mpmath.gamma(x))), [(-5, 40)]),
    "digamma": (mpmath.digamma, [(-5, 40)]),
    "hypot": (mpmath.hypot, [(-3, 3), (-3, 3)]),
}
small = ["expm1", "log1p", "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "sqrt", "exp", "erfinv", "cbrt"]

rows = []
for name, (f, ranges) in functions.items():
    for k in range(30):
        args = [normal(draw(*r)) for r in ranges]
        if name in small and k >= 24:
            args = [normal(spread(-40, -1))]
        value = f(*[mpf(a) + mpf(b) for a, b in args])
        rows.append({"f": name, "at": args, "value": pair(value)})
for n in (1, 2, 3):
    for k in range(12):
        x = normal(draw(-3, 30) if k < 9 else draw(0, 1))
        rows.append({"f": "polygamma", "at": [[float(n), 0.0], x], "value": pair(mpmath.polygamma(n, mpf(x[0]) + mpf(x[1])))})

about = f"Values at pairs of doubles hi + lo, themselves as pairs. Made by test/dev/record-double.py with mpmath {mpmath.__version__} at {mp.prec} bits."
print("{" + json.dumps("about") + ": " + json.dumps(about) + ',\n"rows": [\n' + ",\n".join(json.dumps(r) for r in rows) + "\n]}")
