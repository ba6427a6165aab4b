"""Strategies for plain data: tensors with their layout, labels, index tensors, probabilities.

A thin layer over hypothesis.extra.numpy. The general strategies of hypothesis stand here too, so
that an exercise's test file needs `from torchkata import strategies as st` alone. Tensors are
small, and shrink to few, small, plain values in a contiguous tensor.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np
import torch
from hypothesis import strategies as hypothesis_strategies
from hypothesis.errors import InvalidArgument
from hypothesis.extra import numpy as hnp
from hypothesis.strategies import (
    DrawFn,
    SearchStrategy,
    composite,
    fixed_dictionaries,
    floats,
    integers,
    just,
    lists,
    none,
    nothing,
    one_of,
    permutations,
    text,
    tuples,
)

from torchkata.values.digits import HIGHEST, LOWEST, VALUES, in_array_dtype, in_dtype
from torchkata.values.layouts import LAYOUTS, laid_out

__all__ = [
    "ANY_DTYPE",
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
    "numbers",
    "one_of",
    "permutations",
    "probabilities",
    "sampled_from",
    "shapes",
    "telling_dtypes",
    "tensors",
    "text",
    "tuples",
]

Shape = tuple[int, ...]

_TELLING = (torch.float64, torch.int64, torch.bfloat16, torch.complex64)
_SPECIAL = (float("nan"), float("inf"), float("-inf"), -0.0)
_FLOATING = (torch.float32, torch.float64)

Made = TypeVar("Made", bound=Callable[..., SearchStrategy[Any]])


def _hashable(argument: Any) -> Any:
    return tuple(argument) if isinstance(argument, list) else argument


def _kept(make: Made) -> Made:
    """Make a strategy once for its arguments.

    Hypothesis validates each new strategy, which takes longer than to draw from it, and a composite
    asks for its strategies at every draw.
    """
    kept = lru_cache(maxsize=1024, typed=True)(make)

    @wraps(make)
    def make_or_find(*args: Any, **kwargs: Any) -> SearchStrategy[Any]:
        return kept(*map(_hashable, args), **{key: _hashable(v) for key, v in kwargs.items()})

    return cast(Made, make_or_find)


_choices: WeakKeyDictionary[SearchStrategy[Any], tuple[Any, ...]] = WeakKeyDictionary()


def sampled_from(values: Sequence[Any]) -> SearchStrategy[Any]:
    """One of some values. Where it is an input of `forall`, every bank has each of them."""
    return _choosing(hypothesis_strategies.sampled_from(values), values)


def booleans() -> SearchStrategy[bool]:
    """False or True; as `sampled_from`."""
    return _choosing(hypothesis_strategies.booleans(), (False, True))


def choices(strategy: SearchStrategy[Any]) -> tuple[Any, ...]:
    """The values that a strategy samples from; none where it is another."""
    return _choices.get(strategy, ())


def _choosing(strategy: SearchStrategy[Any], values: Sequence[Any]) -> SearchStrategy[Any]:
    _choices[strategy] = tuple(values)
    return strategy


@_kept
def dtypes(*allowed: torch.dtype) -> SearchStrategy[torch.dtype]:
    """One of the dtypes given; float32 and float64 where none is."""
    return sampled_from(allowed or _FLOATING)


ANY_DTYPE = dtypes(
    *(torch.float32, torch.float64, torch.float16, torch.int64, torch.int32, torch.uint8),
    *(torch.bool, torch.bfloat16, torch.complex64),
)
"""For statements that take any dtype."""


def telling_dtypes(make: Callable[[torch.dtype], Any]) -> dict[str, Any]:
    """Strata of the dtypes that tell whether code is for any dtype.

    float64 and int64 have digits that float32 and float64 round, numpy lacks bfloat16, and complex
    numbers have no order.

    `make` gives the inputs of a dtype, as `forall` takes them for a stratum.
    """
    return {str(dtype).removeprefix("torch."): make(dtype) for dtype in _TELLING}


@_kept
def shapes(
    min_dims: int = 0, max_dims: int = 4, *, min_side: int = 0, max_side: int = 3
) -> SearchStrategy[Shape]:
    """Shapes of `min_dims` to `max_dims` sides, each from `min_side` to `max_side` long.

    They shrink to few sides of length 1.
    """
    if not 0 <= min_dims <= max_dims:
        raise InvalidArgument(f"shapes: 0 <= {min_dims=} <= {max_dims=} must hold")
    if not 0 <= min_side <= max_side:
        raise InvalidArgument(f"shapes: 0 <= {min_side=} <= {max_side=} must hold")
    # Zero comes last, so that a search ends with an empty tensor only where nothing else fails.
    sides = [*range(max(min_side, 1), max_side + 1), *([0] if min_side == 0 else [])]
    return lists(sampled_from(sides), min_size=min_dims, max_size=max_dims).map(tuple)


@_kept
def tensors(
    shape: SearchStrategy[Shape] | Shape | None = None,
    dtype: SearchStrategy[torch.dtype] | torch.dtype = torch.float32,
    *,
    layouts: Sequence[str] = LAYOUTS,
    values: str = "digits",
    requires_grad: bool = False,
    special: bool = False,
    unique: bool = False,
) -> SearchStrategy[torch.Tensor]:
    """Tensors on the CPU, of any shape and of float32 unless told otherwise.

    `values` is one of VALUES; uint8 has none below 0. `special` mixes in NaN, infinities and -0.0.
    `unique` keeps values apart.
    """
    _check_values(values)
    steps = hnp.arrays(
        np.int64, _strategy(shape, _ANY_SHAPE), elements=_STEPS, fill=nothing(), unique=unique
    )
    spots = lists(tuples(integers(0, 1_000), sampled_from(_SPECIAL)), max_size=2)
    parts = tuples(
        steps, _strategy(dtype), sampled_from(_layouts(layouts)), spots if special else just([])
    )

    def assemble(drawn: tuple[Any, torch.dtype, str, list[tuple[int, float]]]) -> torch.Tensor:
        whole, kind, layout, specials = drawn
        if unique and kind is torch.uint8:
            whole = np.asarray(2 * np.abs(whole) - (whole < 0))
        cells = in_dtype(torch.from_numpy(whole), kind, values)
        for position, value in specials if cells.numel() and kind.is_floating_point else ():
            cells.view(-1)[position % cells.numel()] = value
        if unique and layout == "expanded":
            layout = "contiguous"
        return laid_out(cells, layout).requires_grad_(requires_grad)

    return parts.map(assemble)


@_kept
def labels(
    classes: int,
    shape: SearchStrategy[Shape] | Shape | None = None,
    *,
    layouts: Sequence[str] = LAYOUTS,
) -> SearchStrategy[torch.Tensor]:
    """Class ids: int64 tensors of 0 to 3 dimensions with values from 0 to `classes` - 1."""
    if classes < 1:
        raise InvalidArgument(f"labels: {classes=} must be at least 1")
    ids = hnp.arrays(
        np.int64,
        _strategy(shape, shapes(max_dims=3)),
        elements=integers(0, classes - 1),
        fill=nothing(),
    )
    return tuples(ids, sampled_from(_layouts(layouts))).map(
        lambda drawn: laid_out(torch.from_numpy(drawn[0]), drawn[1])
    )


@_kept
def indices(
    length: int, count: int | None = None, *, unique: bool = False
) -> SearchStrategy[torch.Tensor]:
    """Index tensors: 1-D, int64, `count` values from 0 to `length` - 1, or up to six of them.

    Values may occur twice unless `unique`.
    """
    most = min(6, length) if unique or length == 0 else 6
    fewest, most = (0, most) if count is None else (count, count)
    if length < 0 or fewest < 0 or fewest > (length if unique or length == 0 else fewest):
        raise InvalidArgument(f"indices: {count=} values from 0 to {length=} - 1 can't be drawn")
    elements = integers(0, max(length - 1, 0))
    picked = lists(elements, min_size=fewest, max_size=most, unique=unique)
    return picked.map(lambda values: torch.tensor(values, dtype=torch.int64))


@_kept
def probabilities(
    shape: SearchStrategy[Shape] | Shape | None = None, dtype: torch.dtype = torch.float32
) -> SearchStrategy[torch.Tensor]:
    """Tensors of at least one dimension whose last one holds probabilities: each row sums to 1."""
    weights = hnp.arrays(
        np.int64,
        _strategy(shape, shapes(min_dims=1, min_side=1)),
        elements=integers(1, 9),
        fill=nothing(),
    )

    def normalized(drawn: np.ndarray[Any, Any]) -> torch.Tensor:
        rows = torch.from_numpy(drawn).to(torch.float64)
        return (rows / rows.sum(-1, keepdim=True)).to(dtype)

    return weights.map(normalized)


@_kept
def arrays(
    shape: SearchStrategy[Shape] | Shape | None = None,
    dtype: str = "float32",
    *,
    values: str = "digits",
) -> SearchStrategy[np.ndarray[Any, Any]]:
    """Numpy arrays of a dtype, contiguous, with the values that `tensors` has."""
    _check_values(values)
    whole = hnp.arrays(np.int64, _strategy(shape, _ANY_SHAPE), elements=_STEPS, fill=nothing())
    kind = np.dtype(dtype)
    return whole.map(lambda steps: in_array_dtype(steps, kind, values))


@_kept
def numbers(
    dtype: torch.dtype = torch.float64, *, values: str = "digits"
) -> SearchStrategy[float | int | bool]:
    """Python's numbers that a tensor of `dtype` can hold: with the values that `tensors` has.

    A float, an int or a bool; for a floating dtype a float that has all the digits of float64.
    """
    _check_values(values)
    made = torch.float64 if dtype.is_floating_point else dtype

    def number(step: int) -> float | int | bool:
        drawn: float | int | bool = in_dtype(torch.tensor(step), made, values).item()
        return drawn

    return _STEPS.map(number)


def _strategy(given: Any, otherwise: SearchStrategy[Any] | None = None) -> SearchStrategy[Any]:
    if given is None and otherwise is not None:
        return otherwise
    return given if isinstance(given, SearchStrategy) else just(given)


def _layouts(names: Sequence[str]) -> Sequence[str]:
    for name in names:
        if name not in LAYOUTS:
            raise InvalidArgument(f"layout {name!r} must be one of {', '.join(LAYOUTS)}")
    return names


def _check_values(values: str) -> None:
    if values not in VALUES:
        raise InvalidArgument(f"{values=} must be one of {', '.join(VALUES)}")


_STEPS = integers(LOWEST, HIGHEST)
_ANY_SHAPE = shapes()
