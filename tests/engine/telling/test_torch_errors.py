"""Torch's own errors are explained in sentences, and torch words them as the sentences need it."""

import copy
import functools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn, tensor, zeros
from torch.autograd import Function
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from torchkata.devices import sim
from torchkata.telling.torch_errors import ENTRIES, explanation

DEVICES = [
    *(["sim"] if sim.missing() is None else []),
    *(["cuda"] if torch.cuda.is_available() else []),
]


def leaf(*shape):
    return torch.ones(*shape, requires_grad=True)


def custom(forward, backward, *inputs):
    methods = {"forward": staticmethod(forward)}
    if backward is not None:
        methods["backward"] = staticmethod(backward)
    type("Custom", (Function,), methods).apply(*inputs).sum().backward()


def tensor_hooked(hook):
    x = leaf(2)
    x.register_hook(hook)
    (x * 2).sum().backward()


def module_hooked(hook):
    module = nn.Linear(2, 2)
    module.register_full_backward_hook(hook)
    return module(leaf(1, 2))


def network(init):
    return type("Network", (nn.Module,), {"__init__": init})()


NAMES = {
    **{each.__name__: each for each in (copy, torch, nn, tensor, zeros, leaf, custom)},
    **{each.__name__: each for each in (tensor_hooked, module_hooked, network)},
    **{each.__name__: each for each in (Function, DataLoader, TensorDataset)},
    "F": F,
    "nn": nn,
    "np": np,
    "singledispatch": functools.singledispatch,
}


def _version(text):
    return tuple(map(int, text.split(".")))


TORCH = _version(torch.__version__.partition("+")[0])


def table(text):
    """Pairs of a line of code and the sentence that is indented under it, or under its group."""
    pairs, codes, words = [], [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("    "):
            words.append(line.strip())
            continue
        if words:
            pairs += [(code, " ".join(words)) for code in codes]
            codes, words = [], []
        code, _, since = line.partition("  # from torch ")
        if code and not code.startswith("#") and _version(since or "0") <= TORCH:
            codes.append(code)
    return pairs


ERRORS = table(Path(__file__).with_name("torch_errors.txt").read_text())
CASES = [pair for pair in ERRORS if '"sim"' not in pair[0]]
CASES += [
    tuple(text.replace("sim", device) for text in pair)
    for device in DEVICES
    for pair in ERRORS
    if '"sim"' in pair[0]
]


@pytest.fixture(autouse=True, scope="module")
def registered():
    if sim.missing() is None:
        sim.register()


def error_of(code):
    """The name of the class and the message of what a line of code raises."""
    try:
        exec(code, dict(NAMES))
    except Exception as error:
        return type(error).__name__, str(error)
    pytest.fail(f"nothing was raised by {code}")


@functools.cache
def error_without_cuda():
    """What asking for CUDA raises where no GPU is to be seen."""
    code = """
import torch
try:
    torch.zeros(2, device="cuda")
except Exception as error:
    print(type(error).__name__, error, sep="|")
"""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(run.stdout.strip().split("|", 1))


@pytest.mark.skipif(torch.cuda.is_available(), reason="CUDA pins what is made")
@pytest.mark.parametrize("make", [torch.zeros, torch.randn, torch.empty], ids=lambda f: f.__name__)
def test_making_pinned_memory_is_explained(make):
    with pytest.raises((RuntimeError, NotImplementedError)) as caught:
        make(3, pin_memory=True)
    assert explanation(caught.type.__name__, str(caught.value)) == (
        "Here no tensor can be made in pinned memory, pin_memory=True needs CUDA. Make the tensor "
        "first, and then a pinned copy: x.pin_memory()."
    )


def entries_for(kind, message):
    return [each for each in ENTRIES if kind in each.kinds and each.pattern.match(message)]


@pytest.mark.parametrize(("code", "sentence"), CASES, ids=[code for code, _ in CASES])
def test_one_entry_explains_the_error_of(code, sentence):
    error = error_of(code)
    assert len(entries_for(*error)) == 1, error
    assert explanation(*error) == sentence


@pytest.mark.slow
def test_cuda_where_there_is_none_is_explained():
    error = error_without_cuda()
    assert len(entries_for(*error)) == 1, error
    assert explanation(*error) == (
        "CUDA is asked for, and it isn't to be had here. Take the device of an input, not 'cuda'."
    )


@pytest.mark.skipif(not DEVICES, reason="the errors of devices need sim or CUDA")
def test_every_entry_is_met_by_an_error_that_torch_raises():
    errors = [error_without_cuda(), *(error_of(code) for code, _ in CASES)]
    if not torch.cuda.is_available():
        _, message = error_of("zeros(3, pin_memory=True)")
        errors.append(("RuntimeError", message))  # or NotImplementedError, which is a kind of it
    met = {each.pattern.pattern for error in errors for each in entries_for(*error)}
    unmet = [each.pattern.pattern for each in ENTRIES if each.pattern.pattern not in met]
    assert [each for each in unmet if "pin_memory" not in each or DEVICES == ["sim"]] == []


UNKNOWN = {
    "an error that isn't torch's": "[][0]",
    "None without a sign of a gradient": "None.name",
    "None in arithmetic without tensors": "1 + None",
    "a truth value of no value": "bool(zeros(0))",
    "floats where integers are needed": "zeros(3) & zeros(3)",
    "a shape that has too few sizes": "zeros(3).shape[1]",
    "a missing length": "len(object())",
    "a wrong number of arguments": "nn.Linear(2, 2)(zeros(2), zeros(2))",
    "an exception of the learner's own": "raise RuntimeError('grad is wrong')",
    "torch's words within other words": "raise RuntimeError('no: self must be a matrix')",
    "torch's words in another exception": "raise KeyError('self must be a matrix')",
    "a vector that fits, added to one that doesn't": "torch.addmv(zeros(5), zeros(2, 3), zeros(3))",
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_is_silent_about(case):
    assert explanation(*error_of(UNKNOWN[case])) is None


@pytest.mark.parametrize("code", ["None.detached", "exec('a, b = None')"])
def test_none_is_explained_where_it_is_what_was_made(code):
    assert explanation(*error_of(code)) is None
    assert explanation(*error_of(code), in_use=True) == (
        "What your code gave is None where a value is used. A function without a return gives None."
    )


def test_neither_torch_nor_numpy_is_imported():
    code = "import sys, torchkata.telling.torch_errors\n"
    code += "assert not {'torch', 'numpy'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)
