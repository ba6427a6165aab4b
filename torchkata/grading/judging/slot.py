"""The judge's hold on one sandboxed zygote: start it, have it fork, and take what a fork says."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from torchkata.grading.judging import wire
from torchkata.grading.judging.program import program
from torchkata.grading.sandbox.cgroups import new_cgroup
from torchkata.grading.sandbox.layers import ENVIRONMENT
from torchkata.suite.curriculum import Exercise

_PATIENCE = 120.0
"""Seconds that a zygote may take to start, to get ready for an exercise, or to end a fork."""

_LAST_WORDS = 5.0
_LARGEST_MESSAGE = 1 << 20


class SlotError(Exception):
    """The zygote does not work; the message says what it said last."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where zygotes run: the command before their own, the suite, the devices, the forks' user.

    `private` says that forks have a folder of their own, as they need without namespaces. `begins`
    is the share of a submission's exercises after which they begin to get ready for them.
    """

    command: tuple[str, ...]
    root: Path
    devices: tuple[str, ...]
    user: int | None = None
    private: bool = False
    begins: float = 0.0


class Slot:
    """One zygote, which forks one worker at a time."""

    def __init__(self, place: Place) -> None:
        self.devices = place.devices
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the zygote is
        self._control, theirs = socket.socketpair()
        self._folder = tempfile.mkdtemp(prefix="kata-") if place.private else ""
        user = "" if place.user is None else str(place.user)
        command = [
            *place.command,
            *program("torchkata.grading.judging.zygote"),
            *(str(place.root), ",".join(place.devices), user, self._folder),
        ]
        self._cgroup = new_cgroup()
        self._process = subprocess.Popen(
            self._cgroup.command(command) if self._cgroup else command,
            env=ENVIRONMENT,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=self._words,
            start_new_session=True,
        )
        theirs.close()
        self._reader = wire.Reader(self._control)
        self._prepared: dict[str, int] = {}
        self._started = False

    def prepare(self, exercise: Exercise, seed: int, told: Callable[[], wire.Prepare]) -> None:
        """Have the zygote know an exercise, with a seed's inputs. Raises SlotError if it can't."""
        if not self._started:
            self._ready()
            self._started = True
        if not self.knows(exercise, seed):
            self._send(wire.encode(told()))
            self._ready()
            self._prepared[exercise.key] = seed

    def knows(self, exercise: Exercise, seed: int) -> bool:
        """Whether the zygote knows an exercise with a seed's inputs. While a fork is at work it
        can't get to know one."""
        return self._prepared.get(exercise.key) == seed

    def begin(self, job: wire.Job, source: bytes) -> "Fork":
        """Fork a worker and hand it a file.

        Raises SlotError where the zygote has gone, or no worker could be kept from everything.
        """
        if self._cgroup is not None:
            with suppress(OSError):  # then its own look at the memory is all there is
                self._cgroup.allow(job.memory)
        ours, theirs = socket.socketpair()
        with theirs:
            self._send(wire.encode(job))
            socket.send_fds(self._control, [b"\0"], [theirs.fileno()])
        fork = Fork(self, ours)
        fork.wait_until_confined()
        with suppress(OSError):  # a worker that has died already says so by its end
            ours.settimeout(job.seconds)
            wire.send(ours, source)
        return fork

    def end(self) -> wire.Ended:
        """End the fork, if it has not ended yet, and wait until all of it is dead."""
        self._send(wire.encode(wire.Stop()))
        message = self._message()
        if not isinstance(message, wire.Ended):
            raise SlotError(f"the zygote said {message} where a fork ended")
        if self._cgroup is not None:
            with suppress(OSError):
                message.excess |= self._cgroup.has_exceeded()
        return message

    def close(self) -> None:
        """End the zygote and all that it has started."""
        self._control.close()
        if self._folder:
            with suppress(subprocess.TimeoutExpired):  # it tidies up where it can
                self._process.wait(_LAST_WORDS)
        self._process.kill()
        self._process.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._words.close()
        if self._cgroup is not None:
            self._cgroup.close()

    def _ready(self) -> None:
        message = self._message()
        if not isinstance(message, wire.Ready):
            raise SlotError(f"the zygote said {message} where it got ready")
        if message.problem:
            raise SlotError(message.problem)

    def _message(self) -> wire.FromZygote:
        try:
            raw = self._reader.frame(_LARGEST_MESSAGE, time.monotonic() + _PATIENCE)
        except TimeoutError:
            raise SlotError(f"the zygote has said nothing for {_PATIENCE:g} s") from None
        if raw is None:
            raise SlotError(self._last_words())
        return wire.from_zygote(raw)

    def _send(self, message: bytes) -> None:
        try:
            self._control.settimeout(_PATIENCE)
            wire.send(self._control, message)
        except OSError:
            raise SlotError(self._last_words()) from None

    def _last_words(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_WORDS)
        self._words.seek(0)
        said = self._words.read()[-2000:].decode(errors="replace").strip()
        return f"the zygote ended (status {self._process.returncode}): {said or 'it said nothing'}"


class Fork:
    """A worker at work, and the line to it."""

    def __init__(self, slot: Slot, line: socket.socket) -> None:
        self._slot = slot
        self._line = line
        self._reader = wire.Reader(line)

    def wait_until_confined(self) -> None:
        """Wait until it is fit for a student's code. Raises SlotError where it can't be made so."""
        try:
            said = self._reader.frame(len(wire.CONFINED), time.monotonic() + _PATIENCE)
        except TimeoutError:
            said = None
        if said != wire.CONFINED:
            status = self.end().status
            raise SlotError(f"a worker could not be confined (exit status {status})")

    def next(self, job: wire.Job, source: bytes) -> None:
        """Hand it one more file, where it waits for one."""
        with suppress(OSError):  # it has died meanwhile, and says so by its end
            self._line.settimeout(job.seconds)
            wire.send(self._line, wire.encode(job))
            wire.send(self._line, source)

    def frame(self, largest: int, deadline: float) -> bytes | None:
        """What the worker says next; as wire.Reader.frame."""
        return self._reader.frame(largest, deadline)

    def end(self) -> wire.Ended:
        """See that the fork and all that it has started is dead."""
        self._line.close()
        return self._slot.end()
