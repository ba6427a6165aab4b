"""Breakpoints that a learner has left in a file, where nobody could answer a debugger."""

import os
import pdb
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock


def pass_by() -> None:
    """Have `breakpoint()` and `pdb.set_trace()` do nothing in this process from now on."""
    sys.breakpointhook = pdb.set_trace = _do_nothing


@contextmanager
def passed_by() -> Iterator[None]:
    """The same for what runs within it."""
    with (
        mock.patch.object(sys, "breakpointhook", _do_nothing),
        mock.patch.object(pdb, "set_trace", _do_nothing),
    ):
        yield


def nobody_answers() -> bool:
    """Whether standard input is closed, or gives nothing."""
    try:
        return os.path.samestat(os.fstat(0), os.stat(os.devnull))
    except OSError:
        return True


def _do_nothing(*args: object, **kwargs: object) -> None:
    pass
