"""What an exception tells: why it was raised, what it says, which lines of the learner it left."""

import linecache
import re
import traceback
from types import FrameType, TracebackType

import torch

from torchkata.judge import near_names
from torchkata.judge.clock import TimeLimit
from torchkata.judge.implementation import ContractBroken, Implementation
from torchkata.properties import Invariant, Property, ReferenceDiffers
from torchkata.values.observation import Cause, LineSeen, Raised

_SHOWN_LINES = 6

_TEMPORARY = re.compile(r"[^\s'\"]*[/\\]tmp[a-z0-9_]{8}(?=[/\\'\"\s]|$)")
"""The path of a temporary folder, as Python's tempfile names them."""


def raised(error: BaseException, prop: Property, implementation: Implementation) -> Raised:
    """What ended a run: its cause, what it says, the lines of the implementation that it left."""
    own, innermost_is_property = _own_lines(error.__traceback__, prop, implementation)
    kinds = tuple(each.__name__ for each in type(error).__mro__ if each is not object)
    cause: Cause = "exception"
    reference = None
    message = said(error)
    match error:
        case TimeLimit():
            cause = "time"
        case ContractBroken():
            cause = "contract"
        case ReferenceDiffers():
            cause, reference = "invariant", error.reference
        case Invariant():
            cause = "invariant"
        case AssertionError() if innermost_is_property:
            cause = "invariant"
        case _ if not own and innermost_is_property:
            cause = "unusable"
    return Raised(cause, kinds, message, own, reference)


def said(error: BaseException) -> str:
    """What an exception says, and the name that it may mean.

    Temporary folders have another name each time: what is said of one is said of all.
    """
    return _TEMPORARY.sub("…", str(error)) + near_names.question(error)


def _own_lines(
    trace: TracebackType | None, prop: Property, implementation: Implementation
) -> tuple[tuple[LineSeen, ...], bool]:
    """The implementation's lines in a traceback, and whether the property's code comes last."""
    lines: list[LineSeen] = []
    property_last = False
    for frame, number in traceback.walk_tb(trace):
        if implementation.owns(frame):
            property_last = False
            text = _text(frame, number)
            if lines and not text:
                continue  # made by eval or exec: there is no line to show
            line = LineSeen(number, frame.f_code.co_qualname, text, _shapes(frame, text))
            # A recursion passes through one line many times.
            if lines and lines[-1].number == number:
                lines.pop()
            lines.append(line)
        elif frame.f_code in implementation.entries:
            property_last = False  # below it is what stands for code without frames of its own
        elif frame.f_globals is prop.function.__globals__:
            property_last = True
    return tuple(lines[-_SHOWN_LINES:]), property_last


def _text(frame: FrameType, number: int) -> str:
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def _shapes(frame: FrameType, text: str) -> tuple[str, ...]:
    """What the tensors named in a line are: `x: float32 (2, 3)`, and where, if not all on cpu."""
    named = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", text))
    found = {name: frame.f_locals.get(name) for name in named}
    tensors = {name: value for name, value in found.items() if isinstance(value, torch.Tensor)}
    elsewhere = any(tensor.device.type != "cpu" for tensor in tensors.values())
    return tuple(
        f"{name}: {str(tensor.dtype).removeprefix('torch.')} {tuple(tensor.shape)}"
        + (f" on {tensor.device}" if elsewhere else "")
        for name, tensor in tensors.items()
    )
