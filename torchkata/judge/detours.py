"""Detours: generic wrong ways through a function, each of which some property must catch.

A detour gives a call another way in or out, and tells whether that made a difference to what went
through: one by way of float32 makes none where nothing is float64.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest import mock

import numpy as np
import torch
from torch.overrides import TorchFunctionMode

from torchkata.values.observation import tensors_in

Function = Callable[..., Any]
Arguments = tuple[tuple[Any, ...], dict[str, Any]]
Way = Callable[[Function, Arguments], tuple[Any, bool]]
"""Calls a function by a detour: its result, and whether the detour made a difference."""

_SMALLER = {torch.float64: torch.float32, torch.complex128: torch.complex64}


@dataclass(frozen=True, slots=True)
class Detour:
    """A wrong way. `away` is one that makes a difference on devices other than the CPU alone."""

    name: str
    way: Way
    away: bool = False


def _inputs(change: Callable[[Any], Any]) -> Way:
    """Each number and tensor among the arguments by way of `change`."""

    def way(function: Function, arguments: Arguments) -> tuple[Any, bool]:
        (args, kwargs), differs = _changed(arguments, change)
        return function(*args, **kwargs), differs

    return way


def _result(change: Callable[[Any], Any]) -> Way:
    """Each number and tensor of the result by way of `change`."""

    def way(function: Function, arguments: Arguments) -> tuple[Any, bool]:
        args, kwargs = arguments
        return _changed(function(*args, **kwargs), change)

    return way


def _changed(data: Any, change: Callable[[Any], Any]) -> tuple[Any, bool]:
    """Plain data with its leaves changed, and whether one was: `change` gives others itself."""
    changed = data
    match data:
        case tuple() | list() if type(data) in (tuple, list):
            pairs = [_changed(each, change) for each in data]
            if any(differs for _, differs in pairs):
                changed = type(data)(each for each, _ in pairs)
        case dict():
            items = {key: _changed(each, change) for key, each in data.items()}
            if any(differs for _, differs in items.values()):
                changed = {key: each for key, (each, _) in items.items()}
        case torch.Tensor() | float():
            changed = change(data)
    return changed, changed is not data


def _rounded(value: Any) -> Any:
    """Through float32."""
    if not isinstance(value, torch.Tensor) or value.dtype not in _SMALLER:
        return value
    return value.to(_SMALLER[value.dtype]).to(value.dtype)


def _rounded_numbers(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    def rounded(value: Any) -> Any:
        return float(np.float32(value)) if isinstance(value, float) else value

    tensors = [tensor for _, tensor in tensors_in([*arguments[0], arguments[1]])]
    if tensors and not any(tensor.dtype in _SMALLER for tensor in tensors):
        # With float32 tensors torch rounds the numbers itself.
        return function(*arguments[0], **arguments[1]), False
    return _inputs(rounded)(function, arguments)


def _floated(value: Any) -> Any:
    """Through float64 and back, where that loses digits."""
    if not isinstance(value, torch.Tensor) or value.dtype is not torch.int64:
        return value
    back = value.double().long()
    return value if torch.equal(back, value) else back


def _plus_zero(value: Any) -> Any:
    if not isinstance(value, torch.Tensor) or value.is_floating_point() or value.is_complex():
        return value
    return value + 0.0


def _nan_as_infinity(value: Any) -> Any:
    if not isinstance(value, torch.Tensor) or not value.is_floating_point() or value.is_meta:
        return value
    missing = value.detach().isnan()
    return torch.where(missing, torch.inf, value) if missing.any() else value


def _detached(value: Any) -> Any:
    needs = isinstance(value, torch.Tensor) and value.requires_grad
    return value.detach() if needs else value


def _moved(value: Any) -> Any:
    away = isinstance(value, torch.Tensor) and not (value.is_cpu or value.is_meta)
    return value.cpu() if away else value


def _reused() -> Way:
    """A result that lies where the one before it, of the same shape and dtype, has been."""
    kept: dict[Any, torch.Tensor] = {}

    def way(function: Function, arguments: Arguments) -> tuple[Any, bool]:
        args, kwargs = arguments
        given = _memory(arguments)

        def in_its_place(value: Any) -> Any:
            if not isinstance(value, torch.Tensor) or value.requires_grad or not value.numel():
                return value
            if value.untyped_storage().data_ptr() in given:
                return value
            key = value.shape, value.stride(), value.dtype, value.device
            place = kept.setdefault(key, value)
            return value if place is value else place.copy_(value)

        return _changed(function(*args, **kwargs), in_its_place)

    return way


def _copied(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    given = _memory(arguments)

    def apart(value: Any) -> Any:
        shares = isinstance(value, torch.Tensor) and value.untyped_storage().data_ptr() in given
        return value.clone() if shares else value

    args, kwargs = arguments
    return _changed(function(*args, **kwargs), apart)


def _shared(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    """An input's memory in place of a result that is equal to it."""
    args, kwargs = arguments
    given = [(tensor, tensor.detach().clone()) for tensor in _tensors(arguments)]
    result = function(*args, **kwargs)

    def one_of_those(value: Any) -> Any:
        if not isinstance(value, torch.Tensor) or not value.numel():
            return value
        for tensor, before in given:
            alike = tensor.dtype == value.dtype and tensor.device == value.device
            if (
                alike
                and tensor.requires_grad == value.requires_grad
                and tensor.untyped_storage().data_ptr() != value.untyped_storage().data_ptr()
                and torch.equal(before, value)
                and torch.equal(tensor, value)
            ):
                return tensor.view_as(tensor)
        return value

    return _changed(result, one_of_those)


def _contiguous(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    copies: list[torch.Tensor] = []

    def contiguous(value: Any) -> Any:
        if not isinstance(value, torch.Tensor) or value.is_contiguous():
            return value
        copies.append(value.contiguous())
        return copies[-1]

    (args, kwargs), _ = _changed(arguments, contiguous)
    versions = [copy._version for copy in copies]
    result = function(*args, **kwargs)
    written = any(copy._version != version for copy, version in zip(copies, versions, strict=True))
    # Where nothing is written to or given out, a copy is as good as what it is a copy of.
    given = _memory(copies)
    shared = any(each.untyped_storage().data_ptr() in given for each in _tensors(result))
    return result, written or shared


def _written(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    """An input written to and put back."""
    args, kwargs = arguments
    written: list[tuple[torch.Tensor, int]] = []
    for tensor in _tensors(arguments):
        if tensor.numel() and 0 not in tensor.stride():
            with torch.no_grad():
                tensor.copy_(tensor.clone())
            written.append((tensor, tensor._version))
    result = function(*args, **kwargs)
    # What the function itself writes to is no detour.
    return result, any(tensor._version == version for tensor, version in written)


def _empty(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    """Another value, or one dimension, where an input has no elements."""
    args, kwargs = arguments
    result = function(*args, **kwargs)
    if all(tensor.numel() for tensor in _tensors(arguments)):
        return result, False

    def wrong(value: Any) -> Any:
        if not isinstance(value, torch.Tensor):
            return value
        if value.numel():
            return ~value if value.dtype is torch.bool else value + 1
        return value if value.dim() == 1 else value.flatten()

    return _changed(result, wrong)


class _LastOfEqual(TorchFunctionMode):
    """Gives the last of equal values where torch gives the first."""

    differs = False

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        found = func(*args, **kwargs)
        if getattr(func, "__name__", "") not in ("argmax", "argmin", "max", "min"):
            return found
        x, dim = args[0], kwargs.get("dim", args[1] if len(args) > 1 else None)
        indices = found if isinstance(found, torch.Tensor) else found[1]
        if indices.dtype is not torch.int64 or not x.numel() or isinstance(dim, torch.Tensor):
            return found
        if dim is None:
            last = x.numel() - 1 - func(x.reshape(-1).flip(0)).view_as(indices)
        else:
            backwards = func(x.flip(dim), *args[1:], **kwargs)
            firsts = backwards if isinstance(found, torch.Tensor) else backwards[1]
            last = (x.shape[dim] if x.dim() else 1) - 1 - firsts
        self.differs |= not torch.equal(last, indices)
        return last if isinstance(found, torch.Tensor) else type(found)((found[0], last))


def _last_of_equal(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    args, kwargs = arguments
    with _LastOfEqual() as mode:
        return function(*args, **kwargs), mode.differs


def _left_on(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    """Recording on afterwards, whatever it was before, where the function switches it."""
    args, kwargs = arguments
    switches = []
    real = torch._C._set_grad_enabled

    def switch(mode: bool) -> None:
        switches.append(mode)
        real(mode)

    with mock.patch.object(torch._C, "_set_grad_enabled", switch):
        result = function(*args, **kwargs)
    if switches:
        real(True)
    return result, bool(switches)


def _in_eval_mode(function: Function, arguments: Arguments) -> tuple[Any, bool]:
    """Another result where the module whose method this is was put in eval mode."""
    args, kwargs = arguments
    result = function(*args, **kwargs)
    own = function.args[0] if isinstance(function, partial) else None
    if not isinstance(own, torch.nn.Module):
        return result, False

    def another(value: Any) -> Any:
        return value + 1 if isinstance(value, torch.Tensor) else value

    # In training mode too it makes a difference: to a property that never asks for the other.
    return result if own.training else _changed(result, another)[0], True


def _tensors(data: Any) -> Iterator[torch.Tensor]:
    return (tensor for _, tensor in tensors_in(data) if tensor.layout is torch.strided)


def _memory(data: Any) -> set[int]:
    return {tensor.untyped_storage().data_ptr() for tensor in _tensors(data)} - {0}


def detours() -> tuple[Detour, ...]:
    """All of them, without memory of an earlier use.

    Where several lie in one function, the first lies next to it. Which module's method it is, is
    seen there alone; and who asks what lies in an argument's memory must not be given a copy.
    """
    return (
        Detour("another result in eval mode", _in_eval_mode),
        Detour("contiguous copies of the inputs", _contiguous),
        Detour("inputs through float32", _inputs(_rounded)),
        Detour("the result through float32", _result(_rounded)),
        Detour("numbers through float32", _rounded_numbers),
        Detour("whole numbers through float64", _inputs(_floated)),
        Detour("whole numbers of the result through float64", _result(_floated)),
        Detour("0.0 added to whole numbers", _inputs(_plus_zero)),
        Detour("NaN taken for infinity", _inputs(_nan_as_infinity)),
        Detour("an input written to and put back", _written),
        Detour("the result in the memory of the one before", _reused()),
        Detour("a copy of a result that shares memory", _copied),
        Detour("an input in place of a result that is equal to it", _shared),
        Detour("the result detached", _result(_detached)),
        Detour("the result moved to the CPU", _result(_moved), away=True),
        Detour("a wrong result where an input is empty", _empty),
        Detour("the last of equal values", _last_of_equal),
        Detour("recording left on", _left_on),
    )
