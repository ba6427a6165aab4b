"""Watchers of the calls of torch: while `watching` is entered, they are told of each."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Protocol

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode


class Watcher(Protocol):
    """Is told of each call, and refuses it by raising."""

    def function_called(self, function: Any) -> None:
        """A function of torch, or an operation that was asked for by its own name, is called."""

    def operation_called(self, operation: Any) -> None:
        """An aten operation is called, however it was reached."""


_watchers: list[Watcher] = []


@contextmanager
def watching(watcher: Watcher, operations: bool = True) -> Iterator[None]:
    """Tell `watcher` of all calls in this thread; code that is judged starts no other.

    Of aten operations only where `operations` are asked for: to hear of each takes as long as most
    of them do.
    """
    _watchers.append(watcher)
    try:
        with FunctionCalls(), _OperationCalls() if operations else nullcontext():  # type: ignore[no-untyped-call]  # torch has no hints
            yield
    finally:
        _watchers.remove(watcher)


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
