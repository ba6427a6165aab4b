"""What code is refused while it is judged, in practice as in grading, and in the same words.

A thread could change what is being looked at; torch's own switches for modes would hide what is
called; the collector's lists hold all that judges. In a worker all this is refused for good, and
threads by the system too.
"""

import _thread
import gc
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import torch
import torch.overrides
import torch.utils._python_dispatch as dispatch
from torch.utils.data import DataLoader

from torchkata.loaders import starts_threads

_NO_THREAD = (
    "can't start new thread: code that is judged starts none (a DataLoader with num_workers, a "
    "pool and a queue of multiprocessing do)"
)
_HOMES = tuple(f"{each}/" for each in (Path(torch.__file__).parent, Path(__file__).parents[1]))
_SWITCHES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        torch._C,
        (
            *("DisableTorchFunction", "_DisableTorchDispatch", "_ExcludeDispatchKeyGuard"),
            *("_pop_torch_function_stack", "_pop_torch_dispatch_stack", "_unset_dispatch_mode"),
            *("_dispatch_tls_set_dispatch_key_excluded", "_ForceDispatchKeyGuard"),
        ),
    ),
    (torch.overrides, ("_pop_mode", "_pop_mode_temporarily")),
    (dispatch, ("_pop_mode", "_pop_mode_temporarily", "_disable_current_modes")),
    (gc, ("get_objects", "get_referrers", "get_referents")),
)
_STARTERS = (
    (_thread, "start_new_thread"),
    (_thread, "start_joinable_thread"),
    (threading, "_start_new_thread"),
    (threading, "_start_joinable_thread"),
)

_Places = Mapping[tuple[Any, str], Any]
"""What stands in the place of each attribute, by module and name."""


_strangers: frozenset[int | None] = frozenset()
"""Threads that are not the learner's. Autograd has some that Python did not start: hooks run there,
so that they are."""


@contextmanager
def refused() -> Iterator[None]:
    """Refuse threads, switches and the collector's lists to the code that runs within it."""
    global _strangers
    strangers = _strangers
    before = {(home, name): getattr(home, name) for home, name in _INSTEAD}
    _strangers = frozenset(each.ident for each in threading.enumerate()) - {threading.get_ident()}
    _put(_INSTEAD)
    try:
        yield
    finally:
        _put(before)
        _strangers = strangers


def refuse_for_good() -> None:
    """Refuse them to this process from now on, by whatever name torch itself has for them."""
    instead = {id(native): _INSTEAD[place] for place, native in _NATIVES.items()}
    for name, module in list(sys.modules.items()):
        if name == "gc" or name.partition(".")[0] == "torch":
            for attribute, value in list(vars(module).items()):
                if id(value) in instead:
                    setattr(module, attribute, instead[id(value)])
    _put(_INSTEAD)


def _put(values: _Places) -> None:
    for (home, name), value in values.items():
        setattr(home, name, value)


def _threadless(start: Callable[..., Any]) -> Callable[..., Any]:
    """What starts a thread, for strangers alone."""

    @wraps(start)
    def start_none(*args: Any, **kwargs: Any) -> Any:
        if threading.get_ident() not in _strangers:
            _refuse(_NO_THREAD)
        return start(*args, **kwargs)

    return start_none


def _workerless(get_iterator: Callable[..., Any]) -> Callable[..., Any]:
    """What begins with a DataLoader, where it starts no threads.

    Else it would start processes, fail at the first thread, and wait seconds for their end.
    """

    @wraps(get_iterator)
    def get_one(loader: "DataLoader[Any]") -> Any:
        if starts_threads(loader):
            _refuse(_NO_THREAD)
        return get_iterator(loader)

    return get_one


def _guarded(native: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Something of torch or the collector that only torch and the engine may call."""

    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not sys._getframe(1).f_code.co_filename.startswith(_HOMES):
            _refuse(f"{name} is not to be had where a file is judged")
        return native(*args, **kwargs)

    guarded.__name__ = name
    return guarded


def _refuse(sentence: str) -> NoReturn:
    raise RuntimeError(sentence)


_NATIVES: _Places = {
    (home, name): getattr(home, name)
    for home, names in _SWITCHES
    for name in names
    if hasattr(home, name)
}
_INSTEAD: _Places = {
    (DataLoader, "_get_iterator"): _workerless(DataLoader._get_iterator),
    **{
        (home, name): _threadless(getattr(home, name))
        for home, name in _STARTERS
        if hasattr(home, name)
    },
    **{(home, name): _guarded(native, name) for (home, name), native in _NATIVES.items()},
}
