"""Runs the definitions of a JSON report of lint in real torch, on inputs as lint assumed them, and compares verdicts.

    gradcheck lint REPOSITORY --format json --fail-on never > report.json
    /usr/bin/python3 test/dev/check_report.py REPOSITORY report.json

It imports and runs the code of the repository: only for code that may be run. Packages that are not installed are
replaced by modules that hold nothing; what needs more of them, or settings of its own, is counted as not run.
"""
import importlib
import importlib.machinery
import importlib.util
import inspect
import json
import os
import re
import signal
import sys
import types
import warnings
from collections import Counter

import torch

SEEDS = (1, 2, 3)
SECONDS = 20
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class Anything(type):
    """A class all of whose attributes are such classes, too."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(name, (), {"__getattr__": lambda self, _: self, "__call__": lambda self, *args, **given: self})

    def __call__(cls, *args, **given):
        return super().__call__()


class Missing:
    """Finds what is not installed, as modules that hold anything."""

    def __init__(self, own):
        self.own = own

    def find_spec(self, name, path=None, target=None):
        root = name.split(".")[0]
        if root in sys.stdlib_module_names or root in self.own or root in ("torch", "numpy"):
            return None
        return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec):
        class Empty(types.ModuleType):
            __path__ = []

            def __getattr__(self, name):
                if name.startswith("__"):
                    raise AttributeError(name)
                return getattr(Anything("Anything", (), {}), name)

        return Empty(spec.name)

    def exec_module(self, module):
        pass


def draw(text, shape, generator):
    """A tensor in a range as reports write them: 0..1, 0..4 int, {0, 1}, normal(0, 1), sorted(0..10)."""
    count = 1
    for length in shape:
        count *= length
    numbers = [float(n) for n in NUMBER.findall(text.replace("..", " .. "))]
    if text.startswith("{"):
        drawn = torch.tensor(numbers)[torch.randint(len(numbers), (count,), generator=generator)]
    elif text.startswith("normal"):
        drawn = torch.randn(count, generator=generator) * numbers[1] + numbers[0]
    elif text.endswith("int"):
        drawn = torch.randint(int(numbers[0]), int(numbers[1]) + 1, (count,), generator=generator)
    else:
        drawn = torch.rand(count, generator=generator) * (numbers[1] - numbers[0]) + numbers[0]
    drawn = drawn.reshape(shape)
    return drawn.sort(-1)[0] if text.startswith("sorted") else drawn


def tensors(result):
    """What of a result is the loss: the first of several, the entries of a dictionary that are called so."""
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, (list, tuple)):
        return tensors(result[0]) if result else []
    if isinstance(result, dict):
        return [t for k, v in result.items() if "loss" in str(k).lower() for t in tensors(v)]
    return []


def loaded(root, path):
    name = os.path.relpath(path, root)[:-3].replace(os.sep, ".").removesuffix(".__init__")
    try:
        return importlib.import_module(name)
    except ImportError:
        spec = importlib.util.spec_from_file_location(name.replace(".", "_"), path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def observed(root, loss):
    """By parameter what torch hands back, over all seeds: "value", "zero", "none", "nan", "rest" where the loss is 0."""
    made = getattr(loaded(root, os.path.join(root, loss["file"])), loss["name"])
    torch.manual_seed(0)
    called = made() if inspect.isclass(made) else made
    found = {}
    for seed in SEEDS:
        generator = torch.Generator().manual_seed(seed)
        given = {i["name"]: draw(i["range"], i["shape"], generator) for i in loss["inputs"]}
        for name in loss["parameters"]:
            if name in given and given[name].is_floating_point():
                given[name].requires_grad_()
        results = [t for t in tensors(called(*given.values())) if t.requires_grad]
        total = sum((t * torch.randn(t.shape, generator=generator)).sum() if t.dim() else t for t in results)
        for name in loss["parameters"]:
            x = given.get(name)
            if x is None or not x.requires_grad:
                continue
            slope = torch.autograd.grad(total, x, allow_unused=True, retain_graph=True)[0] if results else None
            if slope is None:
                kind = "none"
            else:
                rest = "rest" if float(total) == 0 else "zero"
                kind = "nan" if not slope.isfinite().all() else "value" if slope.any() else rest
            found.setdefault(name, set()).add(kind)
    return found


def is_torch(root, loss):
    with open(os.path.join(root, loss["file"])) as file:
        return not re.search(r"^\s*(import|from) (tensorflow|keras|jax)", file.read(), re.M)


def main(root, report):
    def late(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    warnings.filterwarnings("ignore")
    root = os.path.abspath(root)
    sys.path.insert(0, root)
    own = {name.removesuffix(".py") for name in os.listdir(root)}
    sys.meta_path.append(Missing(own))
    with open(report) as file:
        losses = [one for one in json.load(file)["losses"] if one["verdict"] != "not-understood" and is_torch(root, one)]
    run, apart, why = 0, [], Counter()
    for loss in losses:
        signal.alarm(SECONDS)
        try:
            found = observed(root, loss)
        except BaseException as error:  # Whatever a repository raises while it is imported or run.
            if isinstance(error, KeyboardInterrupt):
                raise
            why[f"{type(error).__name__}: {error}"[:90]] += 1
            continue
        finally:
            signal.alarm(0)
        run += 1
        for name, kinds in found.items():
            verdict = loss["parameters"][name]["verdict"]
            gone = verdict in ("dead", "disconnected")
            if gone == bool(kinds & {"value", "nan", "rest"}):
                apart.append(f"{loss['file']}:{loss['line']} {loss['name']}: {name} is {verdict}, torch gives {sorted(kinds)}")
    print(f"{run} of {len(losses)} run, {len(apart)} apart")
    print("\n".join(f"  {line}" for line in apart))
    for reason, count in why.most_common(12):
        print(f"  not run {count:4}  {reason}")


main(*sys.argv[1:3])
