"""Watchers of the calls of torch, in every thread: torch's own modes see only the one they are in.

While `watching` is entered, its watchers are told of calls made in this thread and in any that was
started under `threads_told`, be it long before.
"""

import _thread
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from types import FrameType
from typing import Any, Protocol
from unittest import mock

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

_STARTERS = ("start_new_thread", "start_joinable_thread")


class Watcher(Protocol):
    """Is told of each call, and refuses it by raising."""

    def function_called(self, function: Any) -> None:
        """A function of torch, or an operation that was asked for by its own name, is called."""

    def operation_called(self, operation: Any) -> None:
        """An aten operation is called, however it was reached."""


_watchers: list[Watcher] = []


@contextmanager
def watching(watcher: Watcher) -> Iterator[None]:
    """Tell `watcher` of all calls."""
    _watchers.append(watcher)
    try:
        with _modes():
            yield
    finally:
        _watchers.remove(watcher)


@contextmanager
def threads_told() -> Iterator[None]:
    """Have the threads that are started meanwhile tell the watchers, for as long as they live."""
    with ExitStack() as patches:
        for module, prefix in ((_thread, ""), (threading, "_")):
            for name in _STARTERS:
                start = getattr(module, prefix + name, None)
                if start is not None:
                    patches.enter_context(mock.patch.object(module, prefix + name, _telling(start)))
        yield


def _telling(start: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(start)
    def start_telling(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return start(partial(_in_thread, function), *args, **kwargs)

    return start_telling


def _in_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with _modes():
        return function(*args, **kwargs)


@contextmanager
def _modes() -> Iterator[None]:
    with FunctionCalls(), _OperationCalls():  # type: ignore[no-untyped-call]  # torch has no hints
        yield


def begins_thread(frame: FrameType) -> bool:
    """Whether a thread that tells the watchers began with this frame."""
    return frame.f_code is _in_thread.__code__


class FunctionCalls(TorchFunctionMode):
    """Tells the watchers of functions; entered again below one, where the mode would be off."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        for watcher in tuple(_watchers):
            watcher.function_called(func)
        return func(*args, **(kwargs or {}))


class _OperationCalls(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch has no hints
    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # True, the default, imports the compiler at the first call, which takes a second.
        return False

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        for watcher in tuple(_watchers):
            watcher.operation_called(func)
        return func(*args, **(kwargs or {}))
