"""Processes that must not outlive the one that started them, however that ends. Linux has this.

As a program it runs pytest so: `python -m torchkata.leash ARGUMENTS`.
"""

import ctypes
import signal
import sys

_DEATH_SIGNAL = 1
_SUBREAPER = 36


def end_with_parent() -> None:
    """Have the system end this process when the one that started it ends."""
    _prctl(_DEATH_SIGNAL, signal.SIGKILL)


def adopt_orphans() -> None:
    """Make this process the parent of those below it that lose theirs, so it can find them."""
    _prctl(_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    end_with_parent()
    import pytest

    sys.exit(pytest.main(sys.argv[1:]))
