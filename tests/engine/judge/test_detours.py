"""detours.py: what each generic wrong way does to a call, and where it makes no difference."""

import pickle
import sys
import types
from pathlib import Path

import pytest
import torch

from torchkata.judge.detoured import with_detours
from torchkata.judge.detours import detours
from torchkata.judge.implementation import Contract

t = torch.tensor
DOUBLE = t([0.1, 0.7], dtype=torch.float64)


def module_of(**functions):
    """A solution of those functions."""
    module = types.ModuleType("solution")
    for name, value in functions.items():
        value.__module__ = "solution"
        setattr(module, name, value)
    return module


def by(detour, function, *given, **named):
    """What a call by a detour gives, and whether the detour made a difference."""
    module = module_of(f=function)
    noticed = []
    (found,) = (each for each in detours() if each.name == detour)
    with laid(module, "f", [found], noticed) as impl:
        return impl.namespace["f"](*given, **named), bool(noticed)


def laid(module, name, ways, noticed):
    """The implementation with ways in a name of a module, which tell `noticed` of a difference."""
    path = Path("f.py")
    return with_detours(module, Contract.of(module), path, name, ways, noticed.append)


def times(x, factor=3):
    return x * factor


def same(x):
    return x


def clone(x):
    return x.clone()


WAYS = {
    "inputs through float32": (times, (DOUBLE,), DOUBLE.float().double() * 3),
    "the result through float32": (times, (DOUBLE,), (DOUBLE * 3).float().double()),
    "numbers through float32": (times, (DOUBLE, 0.1), DOUBLE * t(0.1).item()),
    "whole numbers through float64": (times, (t([2**53 + 1]),), t([2**53 * 3])),
    "whole numbers of the result through float64": (times, (t([2**53 + 1]), 1), t([2**53])),
    "0.0 added to whole numbers": (times, (t([1, 2]),), t([3.0, 6.0])),
    "NaN taken for infinity": (times, (t([1.0, float("nan")]),), t([3.0, float("inf")])),
    "a wrong result where an input is empty": (times, (torch.ones(2, 0),), torch.ones(0)),
    "the last of equal values": (torch.argmax, (t([1, 2, 2, 1]),), t(2)),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_comes_of_a_detour(name):
    function, given, expected = WAYS[name]
    result, differs = by(name, lambda *args: function(*args), *given)
    torch.testing.assert_close(result, expected, rtol=0, atol=0)
    assert differs


HARMLESS = {
    "inputs through float32": (times, t([0.1])),
    "the result through float32": (times, t([0.1])),
    "whole numbers through float64": (times, t([2**53])),
    "0.0 added to whole numbers": (times, t([0.5])),
    "NaN taken for infinity": (times, t([float("inf")])),
    "contiguous copies of the inputs": (times, torch.ones(2, 3).T),
    "a copy of a result that shares memory": (times, DOUBLE),
    "an input in place of a result that is equal to it": (same, DOUBLE),
    "the result detached": (times, DOUBLE),
    "the result moved to the CPU": (times, DOUBLE),
    "a wrong result where an input is empty": (times, DOUBLE),
    "the last of equal values": (times, DOUBLE),
    "recording left on": (times, DOUBLE),
    "an input written to and put back": (lambda x: x.add_(1), DOUBLE.clone()),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_where_a_detour_makes_no_difference(name):
    function, given = HARMLESS[name]
    _, differs = by(name, lambda x: function(x), given)
    assert not differs


def test_memory():
    wide = torch.arange(6.0).view(2, 3)
    result, differs = by("a copy of a result that shares memory", lambda x: x.T, wide)
    assert differs
    assert result.untyped_storage().data_ptr() != wide.untyped_storage().data_ptr()
    result, differs = by("an input in place of a result that is equal to it", clone, wide)
    assert differs
    assert result.data_ptr() == wide.data_ptr()
    result, differs = by("contiguous copies of the inputs", lambda x: x[0], wide.T)
    assert differs
    assert result.untyped_storage().data_ptr() != wide.untyped_storage().data_ptr()
    version = wide._version
    _, differs = by("an input written to and put back", clone, wide)
    assert differs
    assert wide._version > version
    assert torch.equal(wide, torch.arange(6.0).view(2, 3))


def test_the_result_in_the_memory_of_the_one_before():
    module = module_of(f=clone)
    (found,) = (each for each in detours() if "memory of the one before" in each.name)
    with laid(module, "f", [found], []) as impl:
        first = impl.namespace["f"](t([1.0]))
        second = impl.namespace["f"](t([2.0]))
    assert first is second
    assert first.tolist() == [2.0]


def test_recording():
    def without(x):
        with torch.no_grad():
            return x * 2

    x = DOUBLE.clone().requires_grad_()
    assert by("the result detached", lambda x: x * 2, x)[0].requires_grad is False
    with torch.no_grad():
        assert by("recording left on", lambda x: without(x), x)[1]
        assert torch.is_grad_enabled()


class Doubler:
    """Holds a tensor."""

    def __init__(self, x):
        self.x = x

    def doubled(self):
        return self.x * 2

    def __getitem__(self, index):
        return Doubler(self.x[index])


def test_methods_of_a_class_take_it_too():
    here = sys.modules[__name__]
    (found,) = (each for each in detours() if each.name == "the result through float32")
    noticed, plain = [], Doubler.doubled
    with laid(here, "Doubler", [found], noticed) as impl:
        made = impl.namespace["Doubler"](DOUBLE)
        assert torch.equal(made.doubled(), (DOUBLE * 2).float().double())
        # A detour is the only mistake: the class is found by its name, and what it makes is one.
        assert pickle.loads(pickle.dumps(made)).x.tolist() == DOUBLE.tolist()
        assert isinstance(made[:1], impl.namespace["Doubler"])
    assert noticed == [found.name]
    assert Doubler.doubled is plain


def test_several_in_one_function_each_see_what_those_before_it_give():
    module = module_of(f=times)
    noticed = []

    def through(*names):
        ways = [each for each in detours() if each.name in names]
        with laid(module, "f", ways, noticed) as impl:
            return impl.namespace["f"](DOUBLE)

    names = "the result through float32", "the result detached", "0.0 added to whole numbers"
    assert torch.equal(through(*names), (DOUBLE * 3).float().double())
    assert noticed == ["the result through float32"]
