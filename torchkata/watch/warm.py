"""A warm process: it has torch, the engine and an exercise's inputs ready before a file is saved.

One process judges one file once, so that nothing of a learner's code outlives its verdict. It is
forked from a server that has imported everything and has never seen a learner's code. Meanwhile the
next one gets ready. This module itself imports nothing heavy.
"""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from torchkata.practice.summary import Summary
from torchkata.suite.curriculum import Exercise
from torchkata.suite.settings import Settings

_PATIENCE = 5.0
"""Seconds for the server to end all that runs; it takes milliseconds."""

_NAMES = {number: f"signal {number.name}" for number in signal.Signals}
_HUNG = "Timeout ("
"""How faulthandler begins where nothing has reached the code for too long."""

_HUNG_SAYS = "Your code was in one call that did not come back, so the process was ended."
_LOST = "The process that judges has died.\nTry again; `kata doctor` looks for the reason."
_WHY: dict[int, str] = {
    signal.SIGKILL: "That is what the system does where memory runs out.",
    signal.SIGSEGV: "That is a crash in native code.",
    signal.SIGABRT: "That is a crash in native code.",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a judgement: `problem` says why it could not be made, empty where it could.

    `crashed` is whether the learner's code has ended the process; `dump` is then the stack that
    Python wrote, where it could.
    """

    problem: str = ""
    crashed: bool = False
    dump: str = ""


class Server:
    """The process that warm processes come from. It starts with the first, and again if it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def process(
        self, exercise: Exercise, settings: Settings, folder: Path, pictures: bool = False
    ) -> "WarmProcess":
        """A process that gets ready for `exercise`. Its verdicts name files as seen from `folder`.

        `settings` are those of pytest by default. With `pictures`, a summary has them.
        """
        ours, theirs = socket.socketpair()
        job = {
            "root": str(exercise.root),
            "exercise": exercise.key,
            "folder": str(folder),
            "settings": asdict(settings),
            "pictures": pictures,
        }
        with theirs:
            try:
                self._send(job, theirs)
            except OSError:  # it has died
                self.close()
                with suppress(OSError):  # again: the process tells
                    self._send(job, theirs)
        return WarmProcess(exercise, ours)

    def close(self) -> None:
        """End the server, and everything that has come from it."""
        if self._process is None or self._control is None:
            return
        self._control.close()
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = self._control = None

    def _send(self, job: dict[str, Any], line: socket.socket) -> None:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            # -P: what lies in the folder that the learner is in must not be imported.
            command = [sys.executable, "-P", "-m", "torchkata.watch.warm_server"]
            with theirs:
                self._process = subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # out of reach of the terminal's Ctrl-C
                )
        socket.send_fds(self._control, [json.dumps(job).encode() + b"\n"], [line.fileno()])


class WarmProcess:
    """A process that gets ready for one exercise, and judges its file once `go` is called."""

    def __init__(self, exercise: Exercise, line: socket.socket) -> None:
        self.exercise = exercise
        self.asked = False
        self.ended = False
        self._line = line
        self._line.setblocking(False)
        self._unread = b""

    def fileno(self) -> int:
        """Readable when there are messages."""
        return self._line.fileno()

    def go(self) -> None:
        """Let it judge the file as it is now."""
        self.asked = True
        with suppress(OSError):  # it has died: `messages` tells
            self._line.send(b"!")

    def messages(self) -> Iterator[Summary | Ended]:
        """What has come so far: a summary for each property and device, and the end."""
        try:
            more = self._line.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        *complete, self._unread = (self._unread + more).split(b"\n")
        for text in complete:
            message = _read(text)
            if message is None:
                continue
            if "problem" in message or "ended" in message:
                self.ended = True
                yield _end(message)
                return
            yield message
        if not more:
            self.ended = True
            yield Ended(_LOST)

    def close(self) -> None:
        """End it, with what the learner's code has started: the server sees to it."""
        self._line.close()


def _read(text: bytes) -> Any:
    """A message; None for what is none. A process that died in the middle leaves half of one."""
    try:
        message = json.loads(text)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _end(message: dict[str, Any]) -> Ended:
    if "problem" in message:
        return Ended(message["problem"])
    status = message["ended"]
    if message["dump"].startswith(_HUNG):
        return Ended(_HUNG_SAYS, crashed=True, dump=message["dump"])
    if status >= 0:
        told = f"Your code ended the process that judged it, with exit status {status}."
        return Ended(told, crashed=True, dump=message["dump"])
    told = f"Your code ended the process that judged it: {_NAMES.get(-status, 'a signal')}."
    why = _WHY.get(-status, "")
    return Ended(f"{told}\n{why}" if why else told, crashed=True, dump=message["dump"])
