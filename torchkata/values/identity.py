"""Whether plain data is the very same: bit for bit, and type for type."""

import dataclasses
from typing import Any

import numpy as np
import torch


def identical(one: Any, other: Any) -> bool:
    """Whether two values as seen, or containers of such, are the same in every bit.

    How the values of a tensor as seen lie in memory is no part of them.
    """
    if type(one) is not type(other):
        return False
    match one:
        case torch.Tensor():
            return one.dtype == other.dtype and one.shape == other.shape and _same_cells(one, other)
        case np.ndarray():
            return one.dtype == other.dtype and one.shape == other.shape and _same_bytes(one, other)
        case float() | complex():
            return repr(one) == repr(other)
        case list() | tuple():
            return len(one) == len(other) and all(map(identical, one, other))
        case dict():
            return identical(list(one.items()), list(other.items()))
    if dataclasses.is_dataclass(one):
        names = [each.name for each in dataclasses.fields(one)]
        return all(identical(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)


def identical_inputs(one: Any, other: Any) -> bool:
    """Whether two inputs, or containers of such, are the same, and lie in memory alike.

    Where it can't be told, they are not.
    """
    match one, other:
        case torch.Tensor(), torch.Tensor():
            return type(one) is type(other) is torch.Tensor and _same_layout(one, other)
        case np.ndarray(), np.ndarray():
            # As their copies lie, which is what a property is given.
            strides = [each.copy(order="K").strides for each in (one, other)]
            return identical(one, other) and strides[0] == strides[1]
        case (list() | tuple(), list() | tuple()):
            same = type(one) is type(other) and len(one) == len(other)
            return same and all(map(identical_inputs, one, other))
        case dict(), dict():
            same = type(one) is type(other)
            return same and identical_inputs(list(one.items()), list(other.items()))
    return identical(one, other)


def _same_layout(one: torch.Tensor, other: torch.Tensor) -> bool:
    both = one, other
    if any(each.layout is not torch.strided or each.is_conj() or each.is_neg() for each in both):
        return False
    looks = [
        (each.dtype, each.device, each.shape, each.stride(), each.storage_offset()) for each in both
    ]
    roles = [(each.requires_grad, each.is_leaf) for each in both]
    whole = [torch.empty(0, dtype=torch.uint8).set_(each.untyped_storage()) for each in both]
    return looks[0] == looks[1] and roles[0] == roles[1] and torch.equal(*whole)


def _same_cells(one: torch.Tensor, other: torch.Tensor) -> bool:
    cells = [
        each.detach().clone(memory_format=torch.contiguous_format).reshape(-1).view(torch.uint8)
        for each in (one, other)
    ]
    return torch.equal(*cells)


def _same_bytes(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    return one.tobytes() == other.tobytes()
