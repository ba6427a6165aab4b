"""behaviour.py: what observations tell of the code behind them."""

import types

import pytest
import torch

from torchkata import strategies as st
from torchkata.judge.behaviour import (
    alike,
    asked_for,
    solution_problem,
    steady,
    unwritten_function,
)
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Contract, of_module
from torchkata.judge.trial import observe
from torchkata.properties import forall
from torchkata.telling.torch_errors import explanation
from torchkata.values.comparison import compare


@forall(x=st.tensors(), raises=RuntimeError)
def test_refuses(impl, x):
    """Raises RuntimeError."""
    return impl.f(x)


refuses = test_refuses
del test_refuses


@pytest.fixture
def does(tmp_path):
    """What is seen of a learner's `f` with a body, whose lines can be read."""

    def observed(body):
        path = tmp_path / f"learner{len(list(tmp_path.iterdir()))}.py"
        path.write_text(f"import torch\n\ndef f(x):\n    {body}\n")
        module = types.ModuleType("learner")
        exec(compile(path.read_text(), str(path), "exec"), vars(module))
        implementation = of_module(module, Contract({}, frozenset()), path)
        with Guard() as guard:
            return observe(refuses, implementation, {"x": torch.zeros(2)}, "cpu", guard)

    return observed


# torch raises this itself since 2.14, for `-x` of bool.
TORCH_RAISES = "exec(\"raise NotImplementedError('Negation, the `-` operator, on a bool')\")"


def test_only_the_line_of_the_stub_is_to_do(does):
    untouched = frozenset({"f"})
    assert unwritten_function(does("raise NotImplementedError"), untouched) == "f"
    assert unwritten_function(does("raise NotImplementedError"), frozenset()) is None
    assert unwritten_function(does(TORCH_RAISES), untouched) is None


def test_a_kind_of_what_is_asked_for_is_expected_as_what_is_asked_for(does):
    solution = does(TORCH_RAISES)
    assert solution_problem(refuses, solution) is None
    expected = asked_for(refuses, solution)
    for body in (TORCH_RAISES, "raise RuntimeError('no')", "raise RecursionError"):
        assert compare(expected, does(body)) is None
        assert alike(solution, does(body), refuses)
    found = compare(expected, does("raise ValueError"))
    assert found.sentence == "RuntimeError expected, ValueError raised"
    assert compare(expected, does("return x")).sentence == (
        "RuntimeError expected; nothing was raised"
    )


def test_temporary_folders_have_no_name_of_their_own(does):
    body = "import tempfile; folder = tempfile.mkdtemp(); __import__('os').rmdir(folder); "
    missing = body + "open(folder + '/root/a.npy')"
    assert does(missing).outcome.message == ("[Errno 2] No such file or directory: '…/root/a.npy'")
    assert alike(does(missing), does(missing), refuses)
    assert not alike(does(missing), does(missing.replace("a.npy", "b.npy")), refuses)
    other = does("raise OSError('/home/tmp/tmpfiles/a is missing')").outcome.message
    assert other == "/home/tmp/tmpfiles/a is missing"


def test_what_torch_refuses_is_explained_under_either_name():
    message = "The size of tensor a (2) must match the size of tensor b (3) at non-singleton"
    assert explanation("RuntimeError", message) is not None
    assert explanation("NotImplementedError", message) == explanation("RuntimeError", message)


def test_an_address_in_what_an_exception_says_does_not_make_it_unsteady(does):
    one, other = does("raise KeyError(140635783492176)"), does("raise KeyError(140635788237776)")
    assert steady(one, other, refuses)
    assert not steady(one, does("raise ValueError(140635783492176)"), refuses)
    assert not steady(does("return 1"), one, refuses)
    assert not steady(does("return 1"), does("return 2"), refuses)
