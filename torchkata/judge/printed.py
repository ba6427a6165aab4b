"""What a learner's code prints: the first lines are kept, and the rest costs next to nothing."""

import io
import sys
from contextlib import suppress
from typing import Any

from torchkata.judge.clock import is_debugged

_KEPT_LINES = 10
_KEPT_WIDTH = 200
_WIDEST = 4
"""Bytes of a character in UTF-8, at most."""


class Printed(io.TextIOWrapper):
    """Stands in for sys.stdout and sys.stderr, and is all that they are but for a descriptor.

    It has a `buffer`, takes whatever a real stream takes, and rests on nothing that a process may
    lack. A progress bar, which goes back to the begin of its line, leaves there what it wrote last.
    What a debugger writes goes to the terminal.
    """

    def __init__(self) -> None:
        self._kept = _Kept()
        buffer = io.BufferedWriter(self._kept)
        super().__init__(buffer, encoding="utf-8", errors="backslashreplace", newline="\n")

    def write(self, text: str) -> int:
        if sys.__stdout__ is None or not is_debugged():
            return super().write(text)
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return len(text)

    def text(self) -> str:
        """The lines kept, and a word where there were more."""
        with suppress(ValueError):  # who closed or detached it has written all there is
            self.flush()
        lines = [
            each.rstrip(b"\r").decode("utf-8", "replace")[:_KEPT_WIDTH] for each in self._kept.lines
        ]
        if lines[-1] == "":
            lines.pop()
        kept = lines[:_KEPT_LINES]
        return "\n".join([*kept, "… and more"] if len(lines) > _KEPT_LINES else kept)


class _Kept(io.RawIOBase):
    """The first lines of what is written to it."""

    def __init__(self) -> None:
        self.lines = [b""]

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        room = _KEPT_LINES + 1 - len(self.lines)
        if room >= 0:
            first, *others = bytes(data).split(b"\n", room + 1)
            self.lines[-1] = _written_over(self.lines[-1] + first)
            self.lines += map(_written_over, others[: room + 1])
        return len(data)


def _written_over(line: bytes) -> bytes:
    """What a terminal shows of a line, each carriage return going back to its begin."""
    shown = line.rstrip(b"\r")
    begin = shown.rfind(b"\r") + 1
    return line[begin : begin + _KEPT_WIDTH * _WIDEST]
