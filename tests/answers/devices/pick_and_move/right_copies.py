"""Always a copy; single dispatch."""

from functools import singledispatch

import torch


def best_device():
    found = torch.accelerator.current_accelerator(check_available=True)
    return found or torch.device("cpu")


def to_device(obj, device, dtype=None):
    return _to(obj, torch.device(device), dtype)


@singledispatch
def _to(obj, device, dtype):
    return obj


@_to.register
def _(obj: torch.Tensor, device, dtype):
    target = dtype if dtype and torch.is_floating_point(obj) else obj.dtype
    return obj.to(device, target, copy=True)


@_to.register
def _(obj: dict, device, dtype):
    return dict(zip(obj, (_to(value, device, dtype) for value in obj.values()), strict=True))


@_to.register
def _(obj: list, device, dtype):
    return [_to(each, device, dtype) for each in obj]


@_to.register
def _(obj: tuple, device, dtype):
    items = [_to(each, device, dtype) for each in obj]
    return obj._replace(**dict(zip(obj._fields, items))) if hasattr(obj, "_fields") else (*items,)
