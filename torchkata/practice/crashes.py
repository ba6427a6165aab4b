"""Which exercise ended its process, remembered across the workers of a parallel run.

A worker of pytest-xdist that dies is replaced, and the new one is given the rest of the file. So
that this does not end it as well, a worker holds a locked file while it runs a learner's code. The
lock goes with the process: a file that is there and not locked was left by a dead one.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # Windows: a file that ends its process then ends several, one after another
    fcntl = None  # type: ignore[assignment]


class CrashedBefore(Exception):
    """This file has ended a process of this run already."""


@contextmanager
def watched(config: pytest.Config, name: str) -> Iterator[None]:
    """Hold the mark of `name` while its code runs. CrashedBefore where a dead worker left it."""
    if not hasattr(config, "workerinput") or fcntl is None:
        yield
        return
    folder = _folder(os.getppid())
    folder.mkdir(exist_ok=True)
    path = folder / name.replace("/", ".")
    left = path.exists()
    with path.open("a") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            # Another worker runs another part of the same file: its own end will be noticed.
            yield
            return
        if left:
            raise CrashedBefore
        yield
        path.unlink(missing_ok=True)


def forget(config: pytest.Config) -> None:
    """At the end of a run, in the process that started the workers: remove what they left."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(_folder(os.getpid()), ignore_errors=True)


def _folder(controller: int) -> Path:
    """The folder that the workers of the process `controller` share."""
    return Path(tempfile.gettempdir(), f"torchkata-{controller}")
