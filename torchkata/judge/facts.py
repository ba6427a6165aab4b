"""What is so of one input: facts that may make the difference between right and wrong."""

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from torchkata.values.observation import tensors_in

_LIMITS = {"2**53": 2**53, "2**24": 2**24, "80": 80}
"""Whole numbers beyond the first two are rounded in float64 and float32; the exponential of what is
beyond the last is infinite in float32."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be so of an input, in words, and what is so where it isn't.

    The latter is empty where it says nothing: that a tensor has elements. `about` has the paths of
    what it is a fact of. `of_values` are the facts that can't matter to a shape, a dtype or memory.
    """

    so: str
    not_so: str
    about: tuple[str, ...]
    of_values: bool = False


def facts_of(inputs: Mapping[str, Any]) -> dict[Fact, bool | None]:
    """All facts that can be told of an input, and whether they are so; the most telling first.

    None where there is too little to tell: a single value is neither equal to others nor not.
    """
    found: dict[Fact, bool | None] = {}
    tensors = [(path, each) for path, each in tensors_in(_with_tensors(inputs)) if path]
    for told in (
        _layouts(tensors),
        _kinds(tensors),
        _values(tensors),
        _shapes(tensors),
        _plain(inputs),
        _lengths(inputs),
        _keys(inputs),
        _sizes(inputs, tensors),
        _counts(tensors),
    ):
        found.update(told)
    return found


def _with_tensors(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs with arrays as tensors, where torch knows their dtype."""
    return {name: _as_tensor(each) for name, each in inputs.items()}


def _as_tensor(value: Any) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    try:
        return torch.from_numpy(value.copy())
    except TypeError:
        return value


Tensors = list[tuple[str, torch.Tensor]]
Facts = Iterator[tuple[Fact, bool | None]]


def _layouts(tensors: Tensors) -> Facts:
    for path, each in tensors:
        contiguous = f"{path} is contiguous"
        yield Fact(f"{path} is not contiguous", contiguous, (path,)), not each.is_contiguous()
        apart = f"the elements of {path} do not overlap"
        overlaps = any(s == 0 < n - 1 for s, n in zip(each.stride(), each.shape, strict=True))
        yield Fact(f"{path} is expanded (a stride is 0)", apart, (path,)), overlaps


def _kinds(tensors: Tensors) -> Facts:
    for path, each in tensors:
        dtype = str(each.dtype).removeprefix("torch.")
        yield Fact(f"{path} is {dtype}", f"{path} is not {dtype}", (path,)), True
        if each.is_floating_point() or each.is_complex():
            without = f"{path} does not require grad"
            yield Fact(f"{path} requires grad", without, (path,)), each.requires_grad


def _values(tensors: Tensors) -> Facts:
    for path, each in tensors:
        if each.is_complex():
            continue
        values = each.detach().flatten().tolist()
        several = len(values) > 1
        distinct = len(set(values))
        facts = {
            ("a NaN", "no NaN"): any(value != value for value in values),
            ("an infinity", "no infinity"): any(map(math.isinf, values)),
            **{
                (f"values beyond {limit}", f"no values beyond {limit}"): any(
                    abs(value) > size for value in values
                )
                for limit, size in _LIMITS.items()
            },
            ("negative values", "no negative values"): any(value < 0 for value in values),
            ("a value twice", "no value twice"): distinct < len(values),
            ("no two different values", "different values"): distinct == 1,
            ("a zero", "no zero"): 0 in values,
        }
        for (so, not_so), is_so in facts.items():
            fact = Fact(f"{path} has {so}", f"{path} has {not_so}", (path,), of_values=True)
            yield fact, is_so if several else None


def _shapes(tensors: Tensors) -> Facts:
    for path, each in tensors:
        yield Fact(f"a dimension of {path} is 0", "", (path,)), 0 in each.shape
        yield Fact(f"{path} has no dimension", f"{path} has dimensions", (path,)), each.dim() == 0
        flat = f"{path} has several dimensions or none"
        yield Fact(f"{path} has one dimension", flat, (path,)), each.dim() == 1
        few = f"{path} has at most two dimensions"
        yield Fact(f"{path} has more than two dimensions", few, (path,)), each.dim() > 2
        ones = f"no dimension of {path} is 1"
        yield Fact(f"a dimension of {path} is 1", ones, (path,)), 1 in each.shape
        one = f"{path} does not have one element alone"
        yield Fact(f"{path} has one element alone", one, (path,)), each.numel() == 1
    for (path, each), (other_path, other) in itertools.combinations(tensors, 2):
        apart = f"{path} and {other_path} have different shapes"
        same = f"{path} and {other_path} have the same shape"
        yield Fact(same, apart, (path, other_path)), each.shape == other.shape
        apart = f"{path} and {other_path} have different dtypes"
        same = f"{path} and {other_path} have the same dtype"
        yield Fact(apart, same, (path, other_path)), each.dtype != other.dtype


def _plain(inputs: Mapping[str, Any]) -> Facts:
    for name, value in inputs.items():
        if isinstance(value, bool | str | type(None) | torch.dtype):
            written = str(value) if isinstance(value, torch.dtype) else repr(value)
            yield Fact(f"{name} is {written}", f"{name} is not {written}", (name,)), True
        elif isinstance(value, int | float):
            yield Fact(f"{name} is negative", f"{name} is not negative", (name,)), value < 0
            yield Fact(f"{name} is 0", "", (name,)), value == 0
            yield Fact(f"{name} is 1", f"{name} is not 1", (name,)), value == 1
    numbers = [(name, each) for name, each in inputs.items() if type(each) in (int, float)]
    for (one_name, one), (other_name, other) in itertools.combinations(numbers, 2):
        same = f"{one_name} and {other_name} are equal"
        differ = f"{one_name} and {other_name} differ"
        yield Fact(same, differ, (one_name, other_name)), one == other


def _lengths(inputs: Mapping[str, Any]) -> Facts:
    lists = [(name, each) for name, each in inputs.items() if isinstance(each, list | tuple)]
    for name, each in lists:
        yield Fact(f"{name} is empty", "", (name,)), not each
        one = f"{name} does not have one item alone"
        yield Fact(f"{name} has one item alone", one, (name,)), len(each) == 1
        items = list(_numbers_in(each))
        for number in (0, 1):
            without = f"{name} has no {number}" if number else ""
            yield Fact(f"{name} has a {number}", without, (name,)), number in items
        without = f"{name} has no negative number"
        yield Fact(f"{name} has a negative number", without, (name,)), any(i < 0 for i in items)
    for (one_name, first), (other_name, second) in itertools.combinations(lists, 2):
        apart = f"{one_name} and {other_name} have different lengths"
        same = f"{one_name} and {other_name} have the same length"
        yield Fact(apart, same, (one_name, other_name)), len(first) != len(second)


def _keys(inputs: Mapping[str, Any]) -> Facts:
    for name, value in inputs.items():
        for key in value if isinstance(value, Mapping) else ():
            yield Fact(f"{name} has {key!r}", f"{name} has no {key!r}", (name,)), True


def _numbers_in(value: Any) -> Iterator[int | float]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _numbers_in(each)
    elif type(value) in (int, float):
        yield value


def _sizes(inputs: Mapping[str, Any], tensors: Tensors) -> Facts:
    """Whether a number is a size of a tensor."""
    for name, value in inputs.items():
        if type(value) is not int:
            continue
        for path, each in tensors:
            for dim in range(-min(each.dim(), 2), 0):
                size = f"{path}.shape[{dim}]"
                another = f"{name} is not {size}"
                yield Fact(f"{name} is {size}", another, (name, path)), value == each.shape[dim]


def _counts(tensors: Tensors) -> Facts:
    for path, each in tensors:
        if each.dim() >= 2:
            square = each.shape[-1] == each.shape[-2]
            oblong = f"the last two sides of {path} differ"
            yield Fact(f"the last two sides of {path} are equal", oblong, (path,)), square
