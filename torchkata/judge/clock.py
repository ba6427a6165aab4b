"""The time that a learner's own code takes, told apart from what the judge does around it.

A clock looks at the stack some times a second and books what has passed since its last look: on the
learner's code where a frame of it is there, on the judge's where not. So importing torch, drawing
inputs and a property's own code cost a learner nothing, and a call of microseconds costs no look.
"""

import sys
import time
from collections.abc import Callable
from types import FrameType

TICK = 0.05
"""Seconds between two looks."""

WAITING, STARVED = 2.0, 6.0
"""Seconds on the wall for one of the limit: for code that waits, and where others compute."""

JUDGE_LIMIT = 60.0
"""Seconds by the clock on the wall that the judge's own code may take."""

_IMPORTING = ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>")
_IDLE = 0.1

# Since Python 3.12. It is asked for with each piece that is printed, where a lookup in vain costs.
_MONITORING = getattr(sys, "monitoring", None)

Owns = Callable[[FrameType], bool]


class TimeLimit(BaseException):
    """The time is used up; the message says whose. Not an Exception: `except Exception` must miss
    it."""


class Clock:
    """Counts down the `limit`, in seconds of the processor, while the learner's code runs."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._computed = self._passed = self._judged = 0.0
        self._processor, self._wall = time.process_time(), time.perf_counter()

    def mark(self) -> None:
        """Begin to count here: nobody is charged for what went before."""
        self._processor, self._wall = time.process_time(), time.perf_counter()

    def book(self, is_learners: bool) -> None:
        """Charge what has passed since the last look. Raises TimeLimit where that was too much."""
        processor, wall = time.process_time(), time.perf_counter()
        if is_learners:
            self._computed += processor - self._processor
            self._passed += wall - self._wall
        else:
            self._judged += wall - self._wall
        self._processor, self._wall = processor, wall
        self.check()

    def check(self) -> None:
        """Raises TimeLimit where the time is used up."""
        if self._computed >= self.limit:
            raise TimeLimit(f"stopped after {self.limit:g} s: is there a loop that does not end?")
        waits = self._computed < _IDLE * self._passed
        most = self.limit * (WAITING if waits else STARVED)
        if self._passed >= most and waits:
            raise TimeLimit(
                f"stopped after {most:g} s in which it did not compute: does it wait for something?"
            )
        if self._passed >= most:
            raise TimeLimit(
                f"stopped after {most:g} s, in which it had the processor for "
                f"{self._computed:.1f} s: is there a loop that does not end, or is this machine "
                "busy?"
            )
        if self._judged >= JUDGE_LIMIT:
            raise TimeLimit(
                f"broken off: the judge itself took {self._judged:.0f} s, your code "
                f"{self._passed:.1f} s; is this machine busy?"
            )


def is_running(frame: FrameType | None, owns: Owns) -> bool:
    """Whether `frame` is code that `owns` knows or was called by it, other than for an import."""
    while frame is not None:
        if owns(frame):
            return True
        if frame.f_code.co_filename in _IMPORTING:
            return False
        frame = frame.f_back
    return False


def is_debugged() -> bool:
    """Whether a debugger is on in this thread: pdb, or one that an editor has attached.

    Coverage, which looks on in the same way, is none.
    """
    trace = sys.gettrace()
    if trace is not None and not str(getattr(trace, "__module__", "")).startswith("coverage"):
        return True
    return _MONITORING is not None and _MONITORING.get_tool(_MONITORING.DEBUGGER_ID) is not None
