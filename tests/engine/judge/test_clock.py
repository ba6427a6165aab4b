"""clock.py: whose time it is."""

import importlib
import sys
import types
from pathlib import Path

import pytest
import torch

from torchkata import strategies as st
from torchkata.judge import clock as clocks
from torchkata.judge.clock import Clock, TimeLimit, is_debugged
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Contract, of_module
from torchkata.judge.trial import observe
from torchkata.properties import forall


class Hands:
    """Two clocks to read, moved by hand: of the processor, and on the wall."""

    def __init__(self, monkeypatch):
        self.processor = self.wall = 0.0
        monkeypatch.setattr(clocks.time, "process_time", lambda: self.processor)
        monkeypatch.setattr(clocks.time, "perf_counter", lambda: self.wall)

    def move(self, processor, wall):
        self.processor += processor
        self.wall += wall


@pytest.fixture
def hands(monkeypatch):
    return Hands(monkeypatch)


@pytest.mark.parametrize(
    ("processor", "wall", "is_learners", "sentence"),
    [
        (5, 5, True, "stopped after 5 s: is there a loop that does not end?"),
        (5, 9, True, "stopped after 5 s: is there a loop that does not end?"),
        (
            *(0.5, 10, True),
            "stopped after 10 s in which it did not compute: does it wait for something?",
        ),
        (
            *(4.34, 30, True),
            "stopped after 30 s, in which it had the processor for 4.3 s: is there a loop that "
            "does not end, or is this machine busy?",
        ),
        (
            *(60, 60, False),
            "broken off: the judge itself took 60 s, your code 0.0 s; is this machine busy?",
        ),
    ],
)
def test_what_has_used_up_the_time_is_said(hands, processor, wall, is_learners, sentence):
    clock = Clock(5)
    hands.move(processor, wall)
    with pytest.raises(TimeLimit) as caught:
        clock.book(is_learners)
    assert str(caught.value) == sentence


def test_a_busy_machine_alone_stops_nothing(hands):
    clock = Clock(5)
    for _ in range(9):
        hands.move(0.1, 1)
        clock.book(True)
        hands.move(5, 6)
        clock.book(False)
    clock.check()


def test_what_goes_before_the_mark_is_free(hands):
    clock = Clock(5)
    hands.move(100, 100)
    clock.mark()
    hands.move(4, 4)
    clock.book(True)


def spins(seconds=0.3):
    start = clocks.time.process_time()
    while clocks.time.process_time() - start < seconds:
        pass


@forall(x=st.tensors())
def test_slow_property(impl, x):
    """Spends its own time."""
    spins()
    result = impl.f(x)
    spins()
    return result


slow = test_slow_property
del test_slow_property


def outcome(learner, guard):
    module = types.ModuleType("learner")
    exec(learner, vars(module))
    implementation = of_module(module, Contract({}, frozenset()), Path("learner.py"))
    return observe(slow, implementation, {"x": torch.zeros(2)}, "cpu", guard).outcome


def test_the_property_has_its_own_time():
    with Guard(0.2) as guard:
        assert outcome("def f(x):\n    return 5", guard) == 5


def test_code_that_runs_after_its_function_came_back_counts():
    """A method, which no property asks of `impl` by name."""

    @forall(x=st.tensors())
    def test_it(impl, x):
        """Holds."""
        return impl.Endless()[0]

    source = "class Endless:\n    def __getitem__(self, at):\n        while True: pass\n"
    module = types.ModuleType("learner")
    exec(source, vars(module))
    implementation = of_module(module, Contract({}, frozenset()), Path("learner.py"))
    with Guard(0.2) as guard:
        seen = observe(test_it, implementation, {"x": torch.zeros(2)}, "cpu", guard).outcome
    assert seen.cause == "time"


def test_an_import_is_not_the_learners(tmp_path, monkeypatch):
    (tmp_path / "takes_its_time.py").write_text(
        "import time\nstart = time.process_time()\nwhile time.process_time() - start < 0.4: pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    with Guard(0.2) as guard:
        assert outcome("def f(x):\n    import takes_its_time\n    return 5", guard) == 5
    sys.modules.pop("takes_its_time")


def test_a_debugger_stops_the_clock():
    before = sys.gettrace()

    def steps(*event):
        return steps

    def f():
        sys.settrace(steps)
        spins(0.5)
        sys.settrace(before)
        return 5

    with Guard(0.2) as guard:
        assert guard.call(f) == 5


@pytest.mark.parametrize(("home", "is_one"), [("bdb", True), ("coverage.control", False)])
def test_what_is_a_debugger(home, is_one):
    def looks_on(*event):
        return None

    looks_on.__module__ = home
    before = sys.gettrace()
    try:
        sys.settrace(looks_on)
        found = is_debugged()
    finally:
        sys.settrace(before)
    assert found is is_one
