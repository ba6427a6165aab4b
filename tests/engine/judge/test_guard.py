"""guard.py: a learner's code can't hang the run, end it, flood it or leave torch changed."""

import os
import random
import signal
import sys
import time
import types
import warnings
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import torch

from torchkata import strategies as st
from torchkata.judge.clock import TimeLimit
from torchkata.judge.guard import Exited, Guard, TorchState, seed_everything
from torchkata.judge.implementation import Contract, of_module
from torchkata.judge.trial import observe
from torchkata.properties import forall


def loops():
    while True:
        pass


def loops_in_torch():
    x = torch.zeros(1)
    while True:
        x += 1


def sleeps():
    time.sleep(60)


def catches_exceptions():
    while True:
        with suppress(Exception):
            time.sleep(0.01)


def catches_everything_once():
    try:
        loops()
    except BaseException:
        loops()


def loops_on_leaving():
    try:
        loops()
    finally:
        time.sleep(60)


@pytest.mark.parametrize(
    "function",
    [
        loops,
        loops_in_torch,
        sleeps,
        catches_exceptions,
        catches_everything_once,
        loops_on_leaving,
    ],
)
def test_the_time_limit_ends(function):
    with Guard(0.2) as guard, pytest.raises(TimeLimit):
        guard.call(function)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_time_limit_is_one_for_all_calls():
    with Guard(0.2) as guard:
        assert guard.call(lambda: 5) == 5
        with pytest.raises(TimeLimit):
            guard.call(loops)
        with pytest.raises(TimeLimit):
            guard.call(lambda: 5)


def test_the_time_limit_is_no_exception():
    assert not issubclass(TimeLimit, Exception)
    assert not issubclass(Exited, Exception)


def test_os_exit_is_refused():
    real = os._exit
    with Guard() as guard, pytest.raises(Exited, match=r"^os\._exit\(3\)$"):
        guard.call(lambda: os._exit(3))
    assert os._exit is real


def test_a_forked_child_may_exit():
    def forks():
        child = os.fork()
        if child == 0:
            try:
                os._exit(7)
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        return os.waitpid(child, 0)[1]

    with Guard() as guard:
        assert os.waitstatus_to_exitcode(guard.call(forks)) == 7


def printed(function):
    with Guard() as guard:
        guard.call(function)
    return guard.printed.text()


def test_prints_are_kept_back(capsys):
    streams = sys.stdout, sys.stderr

    def prints():
        print("one", end=" ")
        print("two")
        print("three", file=sys.stderr)

    assert printed(prints) == "one two\nthree"
    assert (sys.stdout, sys.stderr) == streams
    assert capsys.readouterr() == ("", "")


def test_prints_are_shown_where_asked(capsys):
    with Guard(show_prints=True) as guard:
        guard.call(lambda: print("one"))
    assert capsys.readouterr().out == "one\n"
    assert guard.printed.text() == ""


def test_each_call_begins_with_no_prints():
    with Guard() as guard:
        guard.call(lambda: print("one"))
        guard.call(lambda: print("two"))
    assert guard.printed.text() == "two"


def test_streams_come_back_after_an_exception():
    streams = sys.stdout, sys.stderr

    def replaces():
        sys.stdout = None
        raise ValueError

    with Guard() as guard, pytest.raises(ValueError, match=r"^$"):
        guard.call(replaces)
    assert (sys.stdout, sys.stderr) == streams


STATES = {
    "gradient recording (torch.set_grad_enabled): True before, False after": (
        lambda: torch.set_grad_enabled(False)
    ),
    "the default dtype (torch.set_default_dtype): torch.float32 before, torch.float64 after": (
        lambda: torch.set_default_dtype(torch.float64)
    ),
    "the default device (torch.set_default_device): cpu before, meta after": (
        lambda: torch.set_default_device("meta")
    ),
    "deterministic mode (torch.use_deterministic_algorithms): False before, True after": (
        lambda: torch.use_deterministic_algorithms(True)
    ),
    "cuDNN's deterministic mode (torch.backends.cudnn.deterministic): False before, True after": (
        lambda: setattr(torch.backends.cudnn, "deterministic", True)
    ),
    "cuDNN's benchmark mode (torch.backends.cudnn.benchmark): False before, True after": (
        lambda: setattr(torch.backends.cudnn, "benchmark", True)
    ),
    "anomaly detection (torch.autograd.set_detect_anomaly): False before, True after": (
        lambda: torch.autograd.set_detect_anomaly(True)
    ),
}


@pytest.mark.parametrize(("sentence", "change"), STATES.items())
def test_the_state_of_torch_comes_back(sentence, change):
    before = TorchState.now()
    with Guard() as guard:
        guard.call(change)
        assert TorchState.now().changes(before) == (sentence,)
    assert TorchState.now() == before
    assert TorchState.now().changes(before) == ()


def test_generators_come_back_and_are_seeded_alike():
    def draw():
        return random.random(), float(np.random.rand()), float(torch.rand(()))

    states = random.getstate(), torch.get_rng_state()
    expected = draw()
    random.setstate(states[0])
    torch.set_rng_state(states[1])
    numpy_state = np.random.get_state()
    with Guard() as guard:
        seed_everything()
        first = guard.call(draw)
        seed_everything()
        assert guard.call(draw) == first
    after = draw()
    assert (after[0], after[2]) == (expected[0], expected[2])
    np.random.set_state(numpy_state)
    assert float(np.random.rand()) == after[1]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device here")
def test_the_generators_of_cuda_come_back():
    torch.cuda.manual_seed_all(3)
    expected = torch.rand(2, device="cuda")
    torch.cuda.manual_seed_all(3)
    with Guard() as guard:
        seed_everything()
        guard.call(lambda: torch.rand(2, device="cuda"))
    assert torch.equal(torch.rand(2, device="cuda"), expected)


def test_signal_handlers_and_warnings_come_back():
    handlers = [signal.getsignal(each) for each in (signal.SIGALRM, signal.SIGINT)]
    filters = list(warnings.filters)
    with Guard() as guard:
        guard.call(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        guard.call(lambda: warnings.warn("unheard", stacklevel=1))
    assert [signal.getsignal(each) for each in (signal.SIGALRM, signal.SIGINT)] == handlers
    assert warnings.filters == filters


@forall(x=st.tensors())
def test_anything(impl, x):
    """Holds."""
    return impl.f(x)


# A property, not a test of its own.
anything = test_anything
del test_anything


def observed(function, guard):
    """What is seen of one trial of a learner's `f`, in a guard that is entered."""
    module = types.ModuleType("learner")
    vars(module)["f"] = function
    implementation = of_module(module, Contract({}, frozenset()), Path("learner.py"))
    return observe(anything, implementation, {"x": torch.zeros(2)}, "cpu", guard)


def raises(error):
    def f(x):
        raise error

    return f


def is_interrupted(x):
    os.kill(os.getpid(), signal.SIGINT)


def catches_all(x):
    try:
        is_interrupted(x)
    except:  # noqa: E722 - as learners write
        return x
    return -x


@pytest.mark.parametrize("function", [is_interrupted, catches_all])
def test_a_real_interrupt_goes_up(function):
    with Guard() as guard, pytest.raises(KeyboardInterrupt):
        observed(function, guard)
    assert guard.interrupted


def test_an_interrupt_of_trusted_code_is_a_real_one():
    """A guard that nothing has entered hears of no signal, and the solution raises none itself."""
    with pytest.raises(KeyboardInterrupt):
        observed(raises(KeyboardInterrupt()), Guard(trusted=True))


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError])
def test_what_the_code_raises_itself_is_observed(kind):
    with Guard() as guard:
        assert observed(raises(kind()), guard).outcome.kinds[0] == kind.__name__
    assert not guard.interrupted


def test_the_state_of_torch_is_back_after_each_trial():
    before = TorchState.now()

    def changes_and_raises(x):
        torch.set_grad_enabled(False)
        raise ValueError

    with Guard() as guard:
        observation = observed(changes_and_raises, guard)
        assert TorchState.now() == before
    assert observation.left_changed == (next(iter(STATES)),)


def test_the_time_limit_is_observed():
    with Guard(0.2) as guard:
        outcome = observed(lambda x: loops(), guard).outcome
    assert outcome.cause == "time"
    assert outcome.message.startswith("stopped after ")


@forall(x=st.tensors(), aliasing=True)
def test_a_view(impl, x):
    """Holds."""
    return impl.f(x), x[:0]


a_view = test_a_view
del test_a_view


@pytest.mark.parametrize(
    ("x", "sharing"),
    [
        (torch.ones(2), (("result[0]", "x", "shares memory with"),)),
        (torch.ones(0), ()),
        (torch.ones(4)[2:2], ()),
    ],
)
def test_tensors_without_elements_share_nothing(x, sharing):
    module = types.ModuleType("learner")
    vars(module)["f"] = lambda x: x[:]
    implementation = of_module(module, Contract({}, frozenset()), Path("learner.py"))
    with Guard() as guard:
        assert observe(a_view, implementation, {"x": x}, "cpu", guard).sharing == sharing
