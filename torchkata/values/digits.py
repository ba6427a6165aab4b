"""Whole numbers made values of a dtype, such as need all its digits."""

from typing import Any

import numpy as np
import torch

LOWEST, HIGHEST = -32, 32
_PLAIN = 16
_PARTS = {"digits": 10, "steps": 4}
_LONG = {torch.int64: 2**53, torch.int32: 2**24, torch.int16: 2**11}

VALUES = tuple(_PARTS)
"""What values are drawn. "digits": such as need all the digits of their dtype, so that a detour
through a smaller one shows: tenths, and whole numbers of which some lie just beyond 2**53 in int64,
2**24 in int32 and 2**11 in int16. "steps": quarters from -8 to 8 and whole numbers from -32 to 32,
for results that must be exact in any order: sums and products of a few of them are."""

_LONG_ARRAYS = {str(dtype).removeprefix("torch."): beyond for dtype, beyond in _LONG.items()}


def in_dtype(steps: torch.Tensor, dtype: torch.dtype, values: str) -> torch.Tensor:
    """Whole numbers as values of `dtype`."""
    if dtype.is_floating_point or dtype.is_complex:
        return (steps.double() / _PARTS[values]).to(dtype)
    if dtype is torch.bool:
        return steps % 2 == 1
    if dtype is torch.uint8:
        return steps.abs().to(dtype)
    long = _far(steps) * _LONG.get(dtype, 0) if values == "digits" else 0
    return (steps + long).to(dtype)


def in_array_dtype(
    steps: np.ndarray[Any, Any], kind: np.dtype[Any], values: str
) -> np.ndarray[Any, Any]:
    """The same for arrays of numpy."""
    # asarray: a product of 0-dim arrays is a scalar.
    if kind.kind in "fc":
        return np.asarray(steps / _PARTS[values]).astype(kind)
    if kind.kind == "u":
        return np.asarray(np.abs(steps)).astype(kind)
    long = _far(steps) * _LONG_ARRAYS.get(kind.name, 0) if values == "digits" else 0
    return np.asarray(steps + long).astype(kind)


def _far(steps: Any) -> Any:
    """The signs of those that lie far from 0, as numbers; 0 for the others."""
    return (steps > _PLAIN) * 1 - (steps < -_PLAIN) * 1
