"""What a student's file may leave behind in its process for the files that come after it.

All of it runs beside that student's code, which can make it say what it likes: then the same
student's next files are judged in a process that is no longer as it was, and nobody else's.
"""

import atexit
import gc
import os
import signal
import sys
import threading
import types
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from torchkata.grading.sandbox.confinement import SCRATCH
from torchkata.judge.guard import TorchState

_WATCHED = frozenset(
    """torch numpy torchkata tests builtins sys os io math random copy copyreg functools itertools
    operator collections warnings pickle typing types abc contextlib dataclasses inspect json time
    logging importlib""".split()
)
"""Packages whose names code is likely to change: those that exercises and the judge use."""

_OF_TORCH = frozenset(
    "nn optim autograd utils linalg functional random serialization storage overrides".split()
)
_BUSY = frozenset({"torchkata.judge.loading"})
"""Modules that keep what happens in a process, as they should."""

_OWN = frozenset({"next_id", "__slotnames__", "_cupti_monitor_module", "_cupti_monitor_checked"})
"""What torch and pickle write down in their classes and modules as they are used."""

_CONTAINERS = dict, OrderedDict, list, set


@dataclass(frozen=True, slots=True)
class Before:
    """How a process was before a student's code ran in it.

    `tables` are what names stand for in modules, classes and what modules hold, each with a copy.
    """

    tables: tuple[tuple[Any, Any], ...]
    modules: Mapping[str, types.ModuleType]
    switches: tuple[Any, ...]

    @classmethod
    def now(cls) -> "Before":
        """How this process is. To take copies takes as long as judging a file."""
        return cls(tuple(_tables()), dict(sys.modules), _switches())

    def after_confining(self) -> "Before":
        """The same with the switches of this process, a fork of the one that took the copies."""
        return replace(self, switches=_switches())

    def is_still(self) -> bool:
        """Whether nothing that is looked at differs now, and nothing runs beside this."""
        return (
            _is_alone()
            and self.switches == _switches()
            and all(_is_same(table, copy) for table, copy in self.tables)
            and all(sys.modules.get(name) is module for name, module in self.modules.items())
            and all(map(_is_installed, sys.modules.keys() - self.modules.keys()))
        )


def _tables() -> Iterator[tuple[Any, Any]]:
    seen: set[int] = set()
    for name, module in list(sys.modules.items()):
        if not isinstance(module, types.ModuleType) or not _is_watched(name):
            continue
        names = vars(module)
        yield names, dict(names)
        for value in list(names.values()):
            if id(value) in seen:
                continue
            seen.add(id(value))
            if isinstance(value, type):
                yield vars(value), dict(vars(value))
            elif type(value) in _CONTAINERS and value is not sys.modules:
                yield value, type(value)(value)


def _is_watched(name: str) -> bool:
    top, *rest = name.split(".")
    if name in _BUSY:
        return False
    if top != "torch" or not rest:
        return top in _WATCHED and (top != "numpy" or len(rest) < 2)
    is_public = not any(part.startswith("_") for part in rest)
    return name in ("torch._tensor", "torch._C") or (is_public and rest[0] in _OF_TORCH)


def _is_same(table: Any, copy: Any) -> bool:
    try:
        if table == copy:
            return True
        return isinstance(table, Mapping) and _without_own(table) == _without_own(copy)
    except Exception:  # something stands there now that compares in its own way
        return False


def _without_own(table: Mapping[Any, Any]) -> dict[Any, Any]:
    return {name: value for name, value in table.items() if name not in _OWN}


def _switches() -> tuple[Any, ...]:
    """What is switched on and off by calls, and what lies about."""
    return (
        TorchState.now(),
        torch.get_num_threads(),
        torch.get_float32_matmul_precision(),
        torch.is_inference_mode_enabled(),
        torch.is_autocast_enabled("cpu"),
        torch._C._len_torch_function_stack(),
        torch._C._len_torch_dispatch_stack(),
        dict(vars(torch._tensor_str.PRINT_OPTS)),
        np.geterr(),
        sys.getrecursionlimit(),
        sys.gettrace(),
        sys.getprofile(),
        gc.isenabled(),
        gc.get_threshold(),
        atexit._ncallbacks(),
        os.getcwd(),
        dict(os.environ),
        [signal.getsignal(number) for number in signal.valid_signals()],
        signal.getitimer(signal.ITIMER_REAL)[0] > 0,
        len(_entries("/dev/fd")),
        [_entries(folder) for folder in SCRATCH],
    )


def _is_alone() -> bool:
    """Whether this process has no child and no thread but those that torch can't do without."""
    with suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return False
    return threading.active_count() == 1


def _entries(folder: str) -> list[str]:
    with suppress(OSError):
        return sorted(os.listdir(folder))
    return []


def _is_installed(name: str) -> bool:
    """Whether a module is one that any code may import: not the student's own."""
    module = sys.modules.get(name)
    path = getattr(module, "__file__", None)
    if path is None:
        return getattr(getattr(module, "__spec__", None), "origin", None) in ("built-in", "frozen")
    return isinstance(path, str) and path.startswith((sys.prefix, sys.base_prefix))
