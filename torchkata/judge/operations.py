"""Which torch operations an implementation calls, and how many."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from types import FrameType
from typing import Any

import torch
from torch.overrides import resolve_name

from torchkata.judge.implementation import Implementation
from torchkata.values.watchers import FunctionCalls, watching

LEAVES_TORCH = (
    torch.Tensor.tolist,
    torch.Tensor.numpy,
    torch.Tensor.__array__,
    torch.Tensor.__dlpack__,
    torch.Tensor.apply_,
    torch.Tensor.map_,
)
"""Calls that take the work out of torch, where operations can't be counted any more."""

_SAME = {
    "rsub": "sub",
    "rdiv": "div",
    "truediv": "div",
    "rtruediv": "div",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "invert": "bitwise_not",
    "absolute": "abs",
    "clip": "clamp",
    "concat": "cat",
    "concatenate": "cat",
    "divide": "div",
    "greater": "gt",
    "greater_equal": "ge",
    "less": "lt",
    "less_equal": "le",
    "moveaxis": "movedim",
    "multiply": "mul",
    "negative": "neg",
    "not_equal": "ne",
    "subtract": "sub",
    "swapaxes": "transpose",
    "swapdims": "transpose",
    "true_divide": "div",
}
"""Operators whose method has another name than their function, and second names of functions."""

_LOW_LEVEL = ("torch._C._nn.", "torch._VF.", "torch._C._VariableFunctions.")


class Recorder:
    """Notes the calls that the implementation's own code makes while it is entered.

    `banned` maps a banned operation to the line that called it first, `count` counts aten
    operations, where that is asked for.

    `caller` is the globals of the property: calls that it makes itself don't count.

    A ban names a function of torch (`torch.max` also bans `x.max()` and `torch.Tensor.max`) or an
    aten operation (`torch.ops.aten.gather`), which is met however it was reached; the form in place
    is met as well. Code that names what switches torch's modes off is met by that: what it calls
    then can't be seen. Two modes are needed: `F.one_hot` is an aten scatter and can't be told from
    one below, and `take_along_dim` is an aten gather and can't be told from above.
    """

    def __init__(
        self,
        implementation: Implementation,
        caller: Mapping[str, Any],
        ban: Sequence[Any],
        counts: bool,
    ) -> None:
        self._implementation = implementation
        self._caller = caller
        self._functions, self._packets = names_of(tuple(ban))
        self._counts = counts
        self.banned: dict[str, int] = {}
        self.count = 0
        self._modes = ExitStack()

    def __enter__(self) -> "Recorder":
        # Tensor.backward is itself a function of torch, below which the mode is off: what hooks and
        # backward formulas call would go unseen.
        autograd: Any = torch.autograd
        engine = autograd._engine_run_backward

        def run_backward(*args: Any, **kwargs: Any) -> Any:
            with FunctionCalls():
                return engine(*args, **kwargs)

        self._modes.callback(setattr, autograd, "_engine_run_backward", engine)
        autograd._engine_run_backward = run_backward
        self._modes.enter_context(watching(self, operations=self._counts or bool(self._packets)))
        for name, line in self._implementation.switches.items():
            self.banned.setdefault(name, line)
        return self

    def __exit__(self, *exc: object) -> None:
        self._modes.close()

    def function_called(self, function: Callable[..., Any]) -> None:
        name = self._functions.get(_plain(_name_of(function)))
        line = self._own_line() if name is not None else None
        if name is not None and line is not None:
            self.banned.setdefault(name, line)

    def operation_called(self, operation: Any) -> None:
        name = self._packets.get(operation.overloadpacket)
        if name is None and not self._counts:
            return  # whose line made it takes long to tell
        line = self._own_line()
        if line is None:
            return
        self.count += self._counts
        if name is not None:
            self.banned.setdefault(name, line)

    def _own_line(self) -> int | None:
        """The implementation's line that makes the call; None where the property makes it itself.

        The nearest frame that is not torch's decides, so that a function which the property hands
        to the implementation counts as the property's.
        """
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if self._implementation.owns(frame):
                return frame.f_lineno
            if frame.f_code in self._implementation.entries:
                return 1
            if frame.f_globals is self._caller:
                return None
            frame = frame.f_back
        return None


@cache
def names_of(ban: tuple[Any, ...]) -> tuple[dict[str, str], dict[Any, str]]:
    """How to call the banned functions, by their plain names, and the banned aten operations.

    The first call takes long, since it looks through all of torch: a process that forks others
    makes it for them.
    """
    functions: dict[str, str] = {}
    packets: dict[Any, str] = {}
    for each in ban:
        if isinstance(each, torch._ops.OpOverloadPacket):
            packets[each] = display_name(each)
            in_place = getattr(torch.ops.aten, f"{each.__name__}_", None)
            if in_place is not None:
                packets[in_place] = display_name(each)
        else:
            functions[_plain(each.__name__)] = display_name(each)
    return functions, packets


def display_name(function: Any) -> str:
    """How a learner writes a torch function: `F.one_hot`, `torch.eye`, `Tensor.tolist`."""
    if isinstance(function, torch._ops.OpOverloadPacket):
        return f"torch.{function.__name__}"
    name: str = resolve_name(function) or getattr(function, "__qualname__", repr(function))
    for prefix in _LOW_LEVEL:
        name = name.replace(prefix, "torch.")
    name = name.replace("torch.nn.functional.", "F.").replace("torch.functional.", "torch.")
    if name.startswith("torch.Tensor."):
        return name.removeprefix("torch.")
    return name if "." in name else f"torch.{name}"


def _name_of(function: Any) -> str:
    """The name of a function of torch; an aten operation's is that of the function it is behind."""
    if isinstance(function, torch._ops.OpOverload):
        function = function.overloadpacket
    return str(getattr(function, "__name__", ""))


@cache
def _plain(name: str) -> str:
    """One name for an operation, its method, its in-place form and its operator."""
    bare = name.strip("_")
    return _SAME.get(bare, bare)
