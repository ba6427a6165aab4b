"""Strategies for plain data: tensors with their layout, labels, index tensors, probabilities.

A thin layer over hypothesis.extra.numpy. The general strategies of hypothesis stand here too, so
that an exercise's test file needs `from torchkata import strategies as st` alone. Tensors are small,
and shrink to few, small, plain values in a contiguous tensor.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from hypothesis.errors import InvalidArgument
from hypothesis.extra import numpy as hnp
from hypothesis.strategies import (
    DrawFn,
    SearchStrategy,
    booleans,
    composite,
    fixed_dictionaries,
    floats,
    integers,
    just,
    lists,
    none,
    one_of,
    permutations,
    sampled_from,
    text,
    tuples,
)

__all__ = [
    "LAYOUTS",
    "DrawFn",
    "SearchStrategy",
    "arrays",
    "booleans",
    "composite",
    "dtypes",
    "fixed_dictionaries",
    "floats",
    "indices",
    "integers",
    "just",
    "labels",
    "laid_out",
    "lists",
    "none",
    "one_of",
    "permutations",
    "probabilities",
    "sampled_from",
    "shapes",
    "tensors",
    "text",
    "tuples",
]

Shape = tuple[int, ...]

LAYOUTS = ("contiguous", "transposed", "sliced", "offset", "expanded")
"""How a tensor can lie in its storage; `laid_out` says what each means."""

_SPECIAL = (float("nan"), float("inf"), float("-inf"), -0.0)
_FLOATING = (torch.float32, torch.float64)
_LOWEST, _HIGHEST = -32, 32
_STEP = 0.25


def dtypes(*allowed: torch.dtype) -> SearchStrategy[torch.dtype]:
    """One of the dtypes given; float32 and float64 where none is."""
    return sampled_from(allowed or _FLOATING)


def shapes(
    min_dims: int = 0, max_dims: int = 4, *, min_side: int = 0, max_side: int = 3
) -> SearchStrategy[Shape]:
    """Shapes of `min_dims` to `max_dims` sides, each from `min_side` to `max_side` long."""
    if not 0 <= min_dims <= max_dims:
        raise InvalidArgument(f"shapes: 0 <= {min_dims=} <= {max_dims=} must hold")
    if not 0 <= min_side <= max_side:
        raise InvalidArgument(f"shapes: 0 <= {min_side=} <= {max_side=} must hold")
    return lists(_sides(min_side, max_side), min_size=min_dims, max_size=max_dims).map(tuple)


@composite
def tensors(
    draw: DrawFn,
    shape: SearchStrategy[Shape] | Shape | None = None,
    dtype: SearchStrategy[torch.dtype] | torch.dtype = torch.float32,
    *,
    layouts: Sequence[str] = LAYOUTS,
    requires_grad: bool = False,
    special: bool = False,
    unique: bool = False,
) -> torch.Tensor:
    """Tensors on the CPU, of any shape and of float32 unless told otherwise.

    Floating values are multiples of 1/4 between -8 and 8: sums and products of a few of them are
    exact, so that two right orders of summation agree. `special` mixes in NaN, infinities and -0.0.
    """
    size = draw(_drawn(shape, shapes()))
    kind = draw(_drawn(dtype, just(torch.float32)))
    values = _values(draw, size, kind, special, unique)
    layout = draw(sampled_from(layouts))
    return laid_out(values, layout).requires_grad_(requires_grad)


@composite
def labels(
    draw: DrawFn,
    classes: int,
    shape: SearchStrategy[Shape] | Shape | None = None,
    *,
    layouts: Sequence[str] = LAYOUTS,
) -> torch.Tensor:
    """Class ids: int64 tensors of any shape with values from 0 to `classes` - 1."""
    if classes < 1:
        raise InvalidArgument(f"labels: {classes=} must be at least 1")
    size = draw(_drawn(shape, shapes(max_dims=3)))
    values = draw(hnp.arrays(np.int64, size, elements=integers(0, classes - 1), fill=None))
    return laid_out(torch.from_numpy(values), draw(sampled_from(layouts)))


@composite
def indices(
    draw: DrawFn,
    length: int,
    count: SearchStrategy[int] | int | None = None,
    *,
    unique: bool = False,
) -> torch.Tensor:
    """Index tensors: 1-D, int64, with values from 0 to `length` - 1, duplicates unless `unique`."""
    if length < 0:
        raise InvalidArgument(f"indices: {length=} must not be negative")
    most = length if unique or length == 0 else 6
    if isinstance(count, int):
        size = count
    else:
        size = min(draw(count if count is not None else integers(0, most)), most)
    picked = draw(
        lists(integers(0, max(length - 1, 0)), min_size=size, max_size=size, unique=unique)
    )
    return torch.tensor(picked, dtype=torch.int64)


@composite
def probabilities(
    draw: DrawFn,
    shape: SearchStrategy[Shape] | Shape | None = None,
    dtype: SearchStrategy[torch.dtype] | torch.dtype = torch.float32,
) -> torch.Tensor:
    """Tensors of at least one dimension whose last one holds probabilities: each row sums to 1."""
    size = draw(_drawn(shape, shapes(min_dims=1, min_side=1)))
    weights = draw(hnp.arrays(np.int64, size, elements=integers(0, 8), fill=None)) + 1
    rows = torch.from_numpy(weights).to(torch.float64)
    return (rows / rows.sum(-1, keepdim=True)).to(draw(_drawn(dtype, just(torch.float32))))


@composite
def arrays(
    draw: DrawFn,
    shape: SearchStrategy[Shape] | Shape | None = None,
    dtype: str = "float32",
) -> np.ndarray[Any, Any]:
    """Numpy arrays of float, int or uint8, with the values that `tensors` has."""
    size = draw(_drawn(shape, shapes()))
    return draw(hnp.arrays(np.dtype(dtype), size, elements=_elements(np.dtype(dtype).kind)))


def laid_out(values: torch.Tensor, layout: str) -> torch.Tensor:
    """A tensor of the same shape and values as a contiguous one, lying as `layout` says.

    transposed: its dimensions are stored in reverse order. sliced: every second element of a
    longer storage. offset: starts behind the storage's first elements. expanded: the first
    dimension has stride 0, so all its slices have the values of the first one; where there is
    none of a length over 1, as contiguous.
    """
    if layout not in LAYOUTS:
        raise InvalidArgument(f"{layout=} must be one of {', '.join(LAYOUTS)}")
    if layout == "transposed":
        backwards = tuple(reversed(range(values.dim())))
        return values.permute(backwards).contiguous().permute(backwards)
    if layout == "sliced" and values.dim() > 0:
        wide = values.new_zeros((*values.shape[:-1], values.shape[-1] * 2))
        wide[..., ::2] = values
        return wide[..., ::2]
    if layout == "offset":
        flat = torch.cat([values.new_zeros(3), values.reshape(-1)])
        return flat[3:].view(values.shape)
    if layout == "expanded" and values.dim() > 0 and values.shape[0] > 1:
        return values[:1].clone().expand(values.shape)
    return values


def _sides(low: int, high: int) -> SearchStrategy[int]:
    # One is the plainest side: a search that shrinks to it shows the least.
    return integers(low, high)


def _drawn(given: Any, otherwise: SearchStrategy[Any]) -> SearchStrategy[Any]:
    if given is None:
        return otherwise
    return given if isinstance(given, SearchStrategy) else just(given)


def _values(
    draw: DrawFn, size: Shape, dtype: torch.dtype, special: bool, unique: bool
) -> torch.Tensor:
    if dtype is torch.bool:
        return torch.from_numpy(draw(hnp.arrays(np.bool_, size)))
    steps = draw(hnp.arrays(np.int64, size, elements=_steps(dtype), fill=None, unique=unique))
    whole = torch.from_numpy(steps)
    if not (dtype.is_floating_point or dtype.is_complex):
        return whole.to(dtype)
    values = (whole * _STEP).to(dtype)
    if special and values.numel():
        spots = draw(lists(tuples(integers(0, values.numel() - 1), sampled_from(_SPECIAL)), max_size=2))
        for position, value in spots:
            values.view(-1)[position] = value
    return values


def _steps(dtype: torch.dtype) -> SearchStrategy[int]:
    return integers(0 if dtype is torch.uint8 else _LOWEST, _HIGHEST)


def _elements(kind: str) -> SearchStrategy[Any]:
    if kind == "f":
        return integers(_LOWEST, _HIGHEST).map(lambda steps: steps * _STEP)
    return integers(0 if kind == "u" else _LOWEST, _HIGHEST)
