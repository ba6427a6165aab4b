"""The name that a misspelt one is near to, as Python itself asks when it prints an error."""

import builtins
import difflib
import types
from collections.abc import Iterable
from typing import Any

from torch import nn

_NEAR = 0.75
"""How alike two names are, by difflib's ratio, of which one is asked for the other."""


def question(error: BaseException) -> str:
    """`. Did you mean: …?`, where a name near to the one that wasn't found is known; else empty.

    Python asks this too, but not in an exception's message. No code of the object runs.
    """
    match error:
        case AttributeError(name=str(name), obj=obj):
            near = _nearest(name, _attributes(obj))
        case NameError(name=str(name)):
            near = _nearest(name, _names_in_reach(error.__traceback__))
        case _:
            near = None
    return f". Did you mean: {near!r}?" if near else ""


def _nearest(name: str, known: Iterable[str]) -> str | None:
    private = name.startswith("_")
    names = {each for each in known if private or not each.startswith("_")} - {name}
    return next(iter(difflib.get_close_matches(name, sorted(names), 1, _NEAR)), None)


def _attributes(obj: Any) -> Iterable[str]:
    kinds = obj.__mro__ if isinstance(obj, type) else type(obj).__mro__
    for each in kinds:
        yield from each.__dict__
    if isinstance(obj, type):
        return
    try:
        own = object.__getattribute__(obj, "__dict__")
    except Exception:  # its class may say anything of `__dict__`
        return
    yield from own
    for kept in ("_parameters", "_buffers", "_modules") if isinstance(obj, nn.Module) else ():
        yield from own.get(kept, ())


def _names_in_reach(trace: types.TracebackType | None) -> Iterable[str]:
    if trace is None:
        return
    while trace.tb_next is not None:
        trace = trace.tb_next
    frame = trace.tb_frame
    yield from (*frame.f_locals, *frame.f_globals, *vars(builtins))
