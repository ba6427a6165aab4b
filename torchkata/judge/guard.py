"""What a learner's code may not do to the run: hang it, end it, flood it, or leave torch changed.

Practice is not hostile: the guard catches accidents, in process and within microseconds a call.
Grading, where code may be hostile, rests on processes and a sandbox instead.
"""

import faulthandler
import io
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

import numpy as np
import torch

from torchkata.judge.clock import TICK, Clock, Owns, is_debugged, is_running
from torchkata.judge.printed import Printed
from torchkata.judge.refusals import refused
from torchkata.suite.settings import DEFAULT_LIMIT

_GRACE = 10.0
_CPU = torch.device("cpu")


class Exited(BaseException):
    """The learner's code called os._exit."""

    def __init__(self, status: object) -> None:
        super().__init__(f"os._exit({status!r})")


@dataclass(frozen=True, slots=True)
class TorchState:
    """The global switches of torch that code may leave changed for everybody after it."""

    grad_enabled: bool
    default_dtype: torch.dtype
    default_device: torch.device
    default_device_set: bool
    deterministic: bool
    cudnn_deterministic: bool
    cudnn_benchmark: bool
    anomaly: bool

    @classmethod
    def now(cls) -> "TorchState":
        is_set = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None) is not None
        # To ask for the default device is slow, and it is the CPU where no mode could change it.
        is_cpu = not is_set and torch._C._len_torch_function_stack() == 0
        return cls(
            torch.is_grad_enabled(),
            torch.get_default_dtype(),
            _CPU if is_cpu else torch.get_default_device(),
            is_set,
            torch.are_deterministic_algorithms_enabled(),
            torch._C._get_cudnn_deterministic(),
            torch._C._get_cudnn_benchmark(),
            torch.is_anomaly_enabled(),
        )

    def restore(self) -> None:
        """Set back what differs now, and only that: some setters import the compiler."""
        now = TorchState.now()
        if now.grad_enabled != self.grad_enabled:
            torch.set_grad_enabled(self.grad_enabled)
        if now.default_dtype != self.default_dtype:
            torch.set_default_dtype(self.default_dtype)
        if (now.default_device, now.default_device_set) != (
            self.default_device,
            self.default_device_set,
        ):
            # A default device that is set is a mode, even one of cpu: it slows every call down, and
            # torch.tensor then copies to it from any device.
            torch.set_default_device(self.default_device if self.default_device_set else None)
        if now.deterministic != self.deterministic:
            torch.use_deterministic_algorithms(self.deterministic)
        if now.cudnn_deterministic != self.cudnn_deterministic:
            torch.backends.cudnn.deterministic = self.cudnn_deterministic
        if now.cudnn_benchmark != self.cudnn_benchmark:
            torch.backends.cudnn.benchmark = self.cudnn_benchmark
        if now.anomaly != self.anomaly:
            torch.autograd.set_detect_anomaly(self.anomaly)

    def changes(self, before: "TorchState") -> tuple[str, ...]:
        """What differs from `before`, each as a phrase with the setter that did it."""
        phrases = {
            "grad_enabled": ("gradient recording", "torch.set_grad_enabled"),
            "default_dtype": ("the default dtype", "torch.set_default_dtype"),
            "default_device": ("the default device", "torch.set_default_device"),
            "deterministic": ("deterministic mode", "torch.use_deterministic_algorithms"),
            "cudnn_deterministic": (
                "cuDNN's deterministic mode",
                "torch.backends.cudnn.deterministic",
            ),
            "cudnn_benchmark": ("cuDNN's benchmark mode", "torch.backends.cudnn.benchmark"),
            "anomaly": ("anomaly detection", "torch.autograd.set_detect_anomaly"),
        }
        return tuple(
            f"{what} ({setter}): {getattr(before, name)} before, {getattr(self, name)} after"
            for name, (what, setter) in phrases.items()
            if getattr(self, name) != getattr(before, name)
        )


def seed_everything() -> None:
    """Seed the global generators of python, numpy and torch alike before every call."""
    random.seed(0)
    np.random.seed(0)
    # Not torch.manual_seed: its first call imports the compiler, which takes a second.
    torch.default_generator.manual_seed(0)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]  # torch has no hint
        torch.cuda.manual_seed_all(0)


class Guard:
    """Holds one property check: its time, its output, and the global state it must not lose.

    Use it as a context manager round the check, and `call` for each run of the learner's code.
    `limit` is in seconds of the processor, for all calls together; it does not run while a debugger
    is on. Prints go to `printed`, or to the terminal with `show_prints`. Where even a signal does
    not reach the code (a call that never returns to the interpreter), the process ends after the
    limit and `_GRACE` seconds, with the stack on the file descriptor `crash_fd`. Code that is
    `trusted` raises no KeyboardInterrupt of its own.
    """

    def __init__(
        self,
        limit: float = DEFAULT_LIMIT,
        show_prints: bool = False,
        crash_fd: int | None = None,
        trusted: bool = False,
    ) -> None:
        self._trusted = trusted
        self._clock = Clock(limit)
        self._owns: Owns | None = None
        self.printed = Printed()
        self.interrupted = False
        self._show_prints = show_prints
        self._crash_fd = crash_fd
        self._armed = 0.0
        in_main = threading.current_thread() is threading.main_thread()
        self._alarms = in_main and hasattr(signal, "setitimer")
        self._leave = ExitStack()

    def __enter__(self) -> "Guard":
        with ExitStack() as undo:
            undo.callback(random.setstate, random.getstate())
            undo.callback(np.random.set_state, np.random.get_state())
            undo.callback(torch.set_rng_state, torch.get_rng_state())
            if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]  # torch has no hint
                undo.callback(torch.cuda.set_rng_state_all, torch.cuda.get_rng_state_all())
            undo.callback(TorchState.now().restore)
            undo.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            undo.callback(setattr, os, "_exit", os._exit)
            os._exit = _refuse_exit(os.getpid(), os._exit)  # type: ignore[assignment]  # its parameter is positional-only
            if self._alarms:
                undo.callback(signal.signal, signal.SIGALRM, signal.getsignal(signal.SIGALRM))
                undo.callback(signal.signal, signal.SIGINT, signal.getsignal(signal.SIGINT))
                signal.signal(signal.SIGALRM, self._tick)
                signal.signal(signal.SIGINT, self._interrupt)
                undo.callback(
                    signal.setitimer,
                    signal.ITIMER_REAL,
                    *signal.setitimer(signal.ITIMER_REAL, TICK, TICK),
                )
            if self._crash_fd is not None:
                undo.callback(faulthandler.cancel_dump_traceback_later)
            self._leave = undo.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self._leave.close()

    def call(self, function: Callable[[], Any], owns: Owns = lambda frame: True) -> Any:
        """Run `function` within what is left of the time; TimeLimit where it is used up.

        KeyboardInterrupt after a Ctrl-C, whatever came of the function.

        The clock runs while a frame is there that `owns` knows as the learner's.
        """
        self._clock.check()
        self.printed = Printed()
        streams = sys.stdin, sys.stdout, sys.stderr
        if not self._show_prints:
            sys.stdin = io.StringIO()  # nobody can answer
            sys.stdout = sys.stderr = self.printed
        self._arm()
        self._clock.mark()
        try:
            self._owns = owns
            try:
                with refused():
                    result = function()
            finally:
                self._owns = None
            if not self._alarms:
                self._clock.book(True)
            return result
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            if self.interrupted:
                raise KeyboardInterrupt  # which a bare `except:` in the code may have caught

    def is_interrupt(self, error: BaseException) -> bool:
        """Whether an exception is a real Ctrl-C, and not one that the code raised itself."""
        return isinstance(error, KeyboardInterrupt) and (self.interrupted or self._trusted)

    def _arm(self) -> None:
        # Arming starts a thread in C, so it is done once in a while, not for every call.
        now = time.perf_counter()
        if self._crash_fd is not None and now - self._armed > 1:
            seconds = self._clock.limit + _GRACE
            faulthandler.dump_traceback_later(seconds, exit=True, file=self._crash_fd)
            self._armed = now

    def _tick(self, signum: int, frame: FrameType | None) -> None:
        self._arm()  # a signal has come through, so that nothing hangs
        if self._owns is None or is_debugged():
            self._clock.mark()
        else:
            self._clock.book(is_running(frame, self._owns))

    def _interrupt(self, signum: int, frame: FrameType | None) -> NoReturn:
        self.interrupted = True
        raise KeyboardInterrupt


def _refuse_exit(owner: int, real_exit: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
    def _exit(status: int) -> NoReturn:
        # A process forked by the learner's code (a DataLoader worker) must end as it means to.
        if os.getpid() != owner:
            real_exit(status)
        raise Exited(status)

    return _exit
