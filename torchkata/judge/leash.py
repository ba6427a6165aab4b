"""Processes that must not outlive the one that started them, however that ends. Linux has this.

As a program it runs pytest so: `python -m torchkata.judge.leash ARGUMENTS`.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path

_DEATH_SIGNAL = 1
_SUBREAPER = 36


def end_with_parent() -> None:
    """Have the system end this process when the one that started it ends."""
    _prctl(_DEATH_SIGNAL, signal.SIGKILL)


def adopt_orphans() -> None:
    """Make this process the parent of those below it that lose theirs, so it can find them."""
    _prctl(_SUBREAPER, 1)


def end_group(pid: int) -> None:
    """End a child and all in its process group; it may not have one of its own yet."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def end_children(spared: Container[int] = ()) -> None:
    """End the children of this process but those `spared`, then those that they leave behind."""
    while strays := [pid for pid in _children() if pid not in spared]:
        for pid in strays:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> Iterator[int]:
    own = os.getpid()
    for name in os.listdir("/proc") if sys.platform == "linux" else ():
        if name.isdigit():
            with suppress(OSError):
                fields = Path("/proc", name, "stat").read_bytes().rpartition(b")")[2].split()
                if int(fields[1]) == own:
                    yield int(name)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    end_with_parent()
    import pytest

    sys.exit(pytest.main(sys.argv[1:]))
