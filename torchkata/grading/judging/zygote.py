"""The process in the sandbox that forks a worker for each student, and keeps nothing of it.

It is process 1 of its own process namespace, or where there are none, another one. It has torch
imported, and of each exercise a bare test file; it has never seen a solution. It reads nothing that
a student wrote: the files go to the fork. It runs no tensor operation that could start a thread,
which a fork would find dead.
"""

import gc
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import NoReturn

from torchkata.grading.judging import wire
from torchkata.grading.sandbox.confinement import Limits
from torchkata.grading.sandbox.keepers import Keeper, keeper
from torchkata.suite.curriculum import Exercise

_LOOK = 0.1
"""Seconds between two looks at the memory of a fork."""

_GRACE = 5.0

_ADDRESSES = 1 << 46
"""Bytes of address space that are as good as no limit: the look at the memory is all there is."""

_LARGEST = (1 << 32) - 1
"""Bytes of the largest message of the judge, who is trusted: as many as a frame can have."""


def main() -> None:
    """Serve the judge at the other end of standard input, a socket, until it is closed.

    The arguments are the suite's root, the devices, the user of the forks or nothing, and the
    folder where theirs are to be, or nothing.
    """
    root, devices, user, folder = sys.argv[1:]
    control = socket.socket(fileno=os.dup(0))
    kept_by = keeper(int(user) if user else None, folder)
    try:
        try:
            zygote = _Zygote(control, Path(root), devices, kept_by)
        except Exception as error:
            wire.send(control, wire.encode(wire.Ready(f"{type(error).__name__}: {error}")))
            return
        wire.send(control, wire.encode(wire.Ready("")))
        zygote.serve()
    finally:
        kept_by.close()


class _Zygote:
    def __init__(self, control: socket.socket, root: Path, devices: str, kept_by: Keeper) -> None:
        import hypothesis.extra.numpy  # noqa: F401 - imported to be there
        import torch

        import torchkata.devices.choice
        import torchkata.strategies
        import torchkata.telling.torch_errors
        from torchkata.grading.judging import traces, worker
        from torchkata.judge.breakpoints import pass_by
        from torchkata.judge.refusals import refuse_for_good

        torch.set_num_threads(1)
        torchkata.devices.choice.choose(devices)
        refuse_for_good()
        pass_by()
        self._work = worker
        self._traces = traces
        self._root = root
        self._devices = devices
        self._keeper = kept_by
        self._control = control
        self._reader = wire.Reader(control)
        self._prepared: dict[tuple[str, str], worker.Prepared] = {}
        self._before: traces.Before | None = None
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._settle()

    def serve(self) -> None:
        """Do what the judge says, one message after another."""
        while (found := self._message()) is not None:
            message, line = found
            match message:
                case wire.Prepare():
                    self._prepare(message)
                case wire.Job():
                    assert line is not None
                    self._fork(message, line)
                case wire.Stop():
                    pass  # the fork has ended by itself meanwhile

    def _message(self) -> tuple[wire.FromJudge, socket.socket | None] | None:
        """The next message, and the line that came with it; None where the judge has gone."""
        raw = self._reader.frame(_LARGEST)
        if raw is None:
            return None
        message = wire.from_judge(raw)
        if not isinstance(message, wire.Job):
            return message, None
        _, (descriptor,), _, _ = socket.recv_fds(self._control, 1, 1)
        return message, socket.socket(fileno=descriptor)

    def _prepare(self, told: wire.Prepare) -> None:
        problem = ""
        try:
            exercise = Exercise(self._root, told.topic, told.name)
            self._prepared[told.topic, told.name] = self._work.prepare(exercise, told)
            self._settle()
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        wire.send(self._control, wire.encode(wire.Ready(problem)))

    def _settle(self) -> None:
        """Spare forks the garbage collector, which would copy every page that it looks at."""
        self._before = None
        gc.collect()
        gc.freeze()

    def _fork(self, job: wire.Job, line: socket.socket) -> None:
        if job.more and self._keeper.reusable and self._before is None:
            self._before = self._traces.Before.now()
            gc.freeze()
        before = getrusage(RUSAGE_CHILDREN)
        self._keeper.begin()
        pid = os.fork()
        if pid == 0:
            self._become_worker(job, line)
        line.close()
        excess = self._until_it_ends(pid, job)
        status = self._keeper.end(pid)
        after = getrusage(RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        wire.send(self._control, wire.encode(wire.Ended(status, seconds, excess)))

    def _until_it_ends(self, pid: int, job: wire.Job) -> bool:
        """Wait until the fork ends or has to be ended; True where its memory is the reason."""
        now = time.monotonic()
        deadline, look = now + _all_seconds(job) + _GRACE, now + _LOOK
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._woken, select.POLLIN)
        while True:
            ready = {each for each, _ in poll.poll(max(look - now, 0) * 1000)}
            if self._woken in ready:
                os.read(self._woken, 4096)
                if _is_over(pid):
                    return False
            now = time.monotonic()
            if self._control.fileno() in ready or now > deadline:
                return False
            # By the clock: a fork can have signals come without end, but it can't stop time.
            if now >= look:
                if self._keeper.uses_more_than(job.memory):
                    return True
                took = time.monotonic() - now
                now += took
                look = now + max(_LOOK, took)

    def _become_worker(self, job: wire.Job, line: socket.socket) -> NoReturn:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            # CUDA reserves far more addresses than there is memory.
            endless = "cuda" in self._devices.split(",")
            limits = Limits(
                seconds=job.seconds,
                memory=_ADDRESSES if endless else job.memory,
                all_seconds=_all_seconds(job),
            )
            self._keeper.confine(limits, [line.fileno()])
            if self._keeper.kept:
                self._work.start_threads(self._devices)
            self._keeper.settle()
            wire.send(line, wire.CONFINED)
            self._work.serve(self._prepared, job, line, self._keeper.kept, self._before)
            status = 0
        finally:
            os._exit(status)


def _all_seconds(job: wire.Job) -> float:
    """Seconds that a fork for a job has, with those jobs that may follow."""
    return job.seconds * (1 + job.more)


def _is_over(pid: int) -> bool:
    """Whether a child has ended. It stays to be waited for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


if __name__ == "__main__":
    main()
