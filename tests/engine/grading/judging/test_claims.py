"""What becomes of a plan where a worker can't go on, as after an assertion on a CUDA device."""

from pathlib import Path
from types import SimpleNamespace

from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging import wire
from torchkata.grading.judging.claims import ask
from torchkata.grading.judging.sitting import Sitting

EXERCISE = SimpleNamespace(
    topic="t", name="e", root=Path("/s"), stub_path=Path("/s/exercises/t/e.py")
)


class Slot:
    """Forks that answer one step each, and say that it was their last."""

    def __init__(self, failure=None):
        self.plans = []
        self.failure = failure

    def begin(self, job, source):
        self.plans.append([name for name, _ in job.plan])
        frames = [wire.Facts({}, [], True, self.failure), wire.Answer([], [], None, None, True)]
        coming = map(wire.encode, frames)
        return SimpleNamespace(
            frame=lambda largest, deadline: next(coming, None),
            end=lambda: wire.Ended(0, 0.5, False),
        )


def test_another_worker_does_what_one_could_not():
    slot = Slot()
    expected = {(name, "cuda"): [] for name in "abc"}
    told = ask(Sitting(slot), b"", EXERCISE, expected, Assignment("", ()))
    assert slot.plans == [["a", "b", "c"], ["b", "c"], ["c"]]
    assert (list(told.answers), told.faults, told.seconds) == (list(expected), {}, 1.5)


def test_what_could_not_be_loaded_is_tried_on_no_other_device():
    first = Slot(("It can't be loaded.", 1, "", None, False))
    told = ask(Sitting(first), b"", EXERCISE, {("a", "cpu"): []}, Assignment("", ()))
    second = Slot()
    again = Sitting(second)
    assert ask(again, b"", EXERCISE, {("a", "cuda"): []}, Assignment("", ()), told=told) is told
    assert (len(first.plans), second.plans) == (1, [])
