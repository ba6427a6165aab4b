"""The solution with detours laid in one of its names."""

import functools
import inspect
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from torchkata.judge import detours
from torchkata.judge.detours import Detour, Function
from torchkata.judge.implementation import Contract, Implementation

_METHODS = ("__getitem__", "__call__")
_HERE = globals()


@contextmanager
def with_detours(
    solution: types.ModuleType,
    contract: Contract,
    path: Path,
    name: str,
    ways: Sequence[Detour],
    notice: Callable[[str], None],
) -> Iterator[Implementation]:
    """The solution with detours in one public name: a function, or the methods of a class.

    The first of them lies next to the function, each other around those before it. `notice` is
    called with the name of one that makes a difference. A class itself is changed while this is
    entered: another would not be found by pickle, nor be what its own methods make.
    """

    def by(detour: Detour, function: Function) -> Function:
        @functools.wraps(function)
        def by_detour(*args: Any, **kwargs: Any) -> Any:
            result, differs = detour.way(function, (args, kwargs))
            if differs:
                notice(detour.name)
            return result

        return by_detour

    def round_about(function: Function) -> Function:
        for detour in ways:
            function = by(detour, function)
        return function

    def of_method(method: Function) -> Function:
        @functools.wraps(method)
        def by_detour(own: Any, *args: Any, **kwargs: Any) -> Any:
            return round_about(functools.partial(method, own))(*args, **kwargs)

        return by_detour

    def implementation(namespace: Mapping[str, Any]) -> Implementation:
        # What a detour calls counts as called by the implementation.
        own = vars(solution), vars(detours), _HERE
        return Implementation(
            namespace, contract, path, lambda frame: any(frame.f_globals is each for each in own)
        )

    value = vars(solution)[name]
    if not inspect.isclass(value):
        yield implementation({**vars(solution), name: round_about(value)})
        return
    with ExitStack() as changed:
        for key, method in list(vars(value).items()):
            public = key in _METHODS or not key.startswith("_")
            if public and isinstance(method, types.FunctionType):
                changed.enter_context(mock.patch.object(value, key, of_method(method)))
        yield implementation(vars(solution))
