"""The solution with a detour laid in one of its names."""

import functools
import inspect
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from torchkata.judge import detours
from torchkata.judge.detours import Detour, Function
from torchkata.judge.implementation import Contract, Implementation

_METHODS = ("__getitem__", "__call__")
_HERE = globals()


def with_detour(
    solution: types.ModuleType,
    contract: Contract,
    path: Path,
    name: str,
    detour: Detour,
    notice: Callable[[], None],
) -> Implementation:
    """The solution with a detour in one public name: a function, or the methods of a class.

    `notice` is called where the detour makes a difference.
    """

    def round_about(function: Function) -> Function:
        @functools.wraps(function)
        def by_detour(*args: Any, **kwargs: Any) -> Any:
            result, differs = detour.way(function, (args, kwargs))
            if differs:
                notice()
            return result

        return by_detour

    def of_method(method: Function) -> Function:
        @functools.wraps(method)
        def by_detour(own: Any, *args: Any, **kwargs: Any) -> Any:
            return round_about(functools.partial(method, own))(*args, **kwargs)

        return by_detour

    namespace = vars(solution)
    value = namespace[name]
    if inspect.isclass(value):
        methods = {
            key: of_method(method)
            for key, method in vars(value).items()
            if isinstance(method, types.FunctionType)
            and (key in _METHODS or not key.startswith("_"))
        }
        instead: Any = types.new_class(
            name, (value,), exec_body=lambda body: body.update(methods, __module__=value.__module__)
        )
    else:
        instead = round_about(value)
    return Implementation(
        {**namespace, name: instead},
        contract,
        path,
        # What a detour calls counts as called by the implementation.
        lambda frame: any(frame.f_globals is each for each in (namespace, vars(detours), _HERE)),
    )
