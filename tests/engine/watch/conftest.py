"""`kata watch` in a pseudo-terminal."""

import contextlib
import os
import signal
import sys
import termios
import time
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.engine.clones import PLAIN

_PATIENCE = 60
"""Seconds to wait for what a test waits for."""


class Terminal:
    """`kata watch` in a pseudo-terminal, and the screen as a learner sees it."""

    def __init__(self, clone, arguments, size, environment):
        self.clone = clone
        self.mark = f"{clone.root}:{time.monotonic_ns()}"
        self.sent = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        plain = {"TERM": "xterm-256color", "SHELL": "/bin/sh", "KATA_TEST": self.mark}
        self._child = pexpect.spawn(
            str(Path(sys.executable).with_name("kata")),
            ["watch", *arguments],
            cwd=clone.root,
            env={**PLAIN, **plain, **environment},
            dimensions=size[::-1],
            timeout=_PATIENCE,
        )
        self.pid = self._child.pid

    def text(self):
        """What is on the screen, in one line with single spaces."""
        return " ".join("\n".join(self._screen.display).split())

    def lines(self):
        return [line.rstrip() for line in self._screen.display]

    def shows(self, *parts, without=(), patience=None):
        """Wait until all of `parts` are on the screen, and nothing of `without`."""
        deadline = time.monotonic() + (patience or _PATIENCE)
        while not self._is_there(parts, without):
            if time.monotonic() > deadline:
                pytest.fail(f"wanted {parts} without {without}, saw:\n" + "\n".join(self.lines()))
            try:
                self._take(self._child.read_nonblocking(1 << 16, 0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                pytest.fail(f"it ended; wanted {parts}, saw:\n" + "\n".join(self.lines()))
        return self.text()

    def press(self, keys):
        self._child.send(keys)

    def resize(self, columns, rows):
        self._screen.resize(rows, columns)
        self._screen.reset()
        self._child.setwinsize(rows, columns)

    def signal(self, number):
        os.kill(self.pid, number)

    def modes(self):
        """How the terminal treats input and output."""
        return termios.tcgetattr(self._child.fileno())

    def ended(self):
        """Wait for its end; gives the exit status, or minus the signal that ended it."""
        with contextlib.suppress(pexpect.EOF, OSError):
            while True:
                self._take(self._child.read_nonblocking(1 << 16, _PATIENCE))
        self._child.close()
        status = self._child.exitstatus
        return -self._child.signalstatus if status is None else status

    def hang_up(self):
        """Close the terminal, as a window is closed."""
        os.close(self._child.fileno())

    def processes(self):
        """All processes that have come from it, by what started them, and their state."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"KATA_TEST={self.mark}\0".encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        return found

    def has(self, command):
        """Wait until a process runs that was started so."""
        self._until(lambda: any(command in each for each in self.processes().values()))

    def is_gone(self):
        """Wait until nothing of it runs."""
        self._until(lambda: not self.processes())

    def close(self):
        for pid in [self.pid, *self.processes()]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError, pexpect.ExceptionPexpect):
            self._child.close(force=True)

    def _until(self, happens):
        deadline = time.monotonic() + _PATIENCE
        while not happens():
            assert time.monotonic() < deadline, self.processes()
            self._read()

    def _read(self):
        """Take what comes within a moment: a program that can't write waits."""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF, ValueError, OSError):
            self._take(self._child.read_nonblocking(1 << 16, 0.05))

    def _take(self, raw):
        self.sent += raw
        self._stream.feed(raw)

    def _is_there(self, parts, without):
        text = self.text()
        return all(part in text for part in parts) and not any(part in text for part in without)


@pytest.fixture
def watching():
    """Starts `kata watch` in a clone: `watching(clone, "double")`."""
    started = []

    def start(clone, *arguments, size=(80, 30), **environment):
        started.append(Terminal(clone, arguments, size, environment))
        return started[-1]

    yield start
    for each in started:
        each.close()
