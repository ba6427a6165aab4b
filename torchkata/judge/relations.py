"""How a wrong result is related to the right one: transposed, shifted, a factor, an input."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch

from torchkata.values.difference import TOLERANCES, Tolerance
from torchkata.values.observation import ArraySeen, ContainerSeen, TensorSeen
from torchkata.values.pairs import cells, close

_FEWEST_CELLS = 4
_SHIFTED = "Yours is the expected result, shifted by one"
_FLOAT32_OFF, _FLOAT64_OFF = 1e-5, 1e-15
"""By how much of its value what was computed in such a dtype may be off."""


@dataclass(frozen=True)
class Pair:
    """What was expected of one input, what came instead, and the input itself."""

    expected: Any
    actual: Any
    inputs: ContainerSeen
    tolerance: Tolerance | None = None

    @cached_property
    def sides(self) -> tuple[torch.Tensor, torch.Tensor] | None:
        """Both sides as tensors; None where they are none."""
        want, got = _as_tensor(self.expected), _as_tensor(self.actual)
        return None if want is None or got is None else (want, got)

    @cached_property
    def tensors(self) -> tuple[torch.Tensor, torch.Tensor] | None:
        """Both sides as tensors of float64, or complex128; None where they are none."""
        if self.sides is None:
            return None
        want, got = self.sides
        wide = torch.complex128 if want.is_complex() or got.is_complex() else torch.float64
        return want.to(wide), got.to(wide)

    @property
    def agree(self) -> bool:
        """Whether the two sides differ in nothing that is compared here."""
        return self.tensors is not None and self.same(*self.tensors)

    def same(self, one: torch.Tensor, other: torch.Tensor) -> bool:
        """Whether two tensors agree, shape and all, as closely as the results must."""
        return one.shape == other.shape and bool(close(one, other, self.allowed).all())

    @property
    def allowed(self) -> Tolerance:
        """How far a value may be off: as asked for, or by the dtype expected."""
        dtype = self.expected.dtype if isinstance(self.expected, TensorSeen) else torch.float32
        return self.tolerance or TOLERANCES.get(dtype, (0.0, 0.0))


def relation(pairs: Sequence[Pair]) -> str | None:
    """How the results are related, in a sentence that holds of each pair; None where none does."""
    known = [each for each in pairs if each.tensors is not None]
    if not known or len(known) < len(pairs):
        return None
    digits = _digits_lost(known)
    if digits is not None:
        return digits
    if not any(each.agree for each in known):
        cells_compared = sum(each.tensors[0].numel() for each in known if each.tensors)
        may_shift = any(_shows_a_shift(each) for each in known)
        for told in _RELATIONS:
            sentences = [told(each) for each in known]
            found = set.intersection(*map(set, sentences)) if sentences else set()
            if not may_shift:
                found = {each for each in found if not each.startswith(_SHIFTED)}
            if found and cells_compared >= _FEWEST_CELLS:
                return min(found, key=sentences[0].index)
    return None


def _as_tensor(value: Any) -> torch.Tensor | None:
    match value:
        case TensorSeen() | ArraySeen():
            return cells(value)
        case ContainerSeen(kind="list" | "tuple", items=items) if items:
            parts = [_as_tensor(each) for each in items]
            stackable = [each for each in parts if each is not None]
            if len(stackable) < len(parts) or len({each.shape for each in stackable}) > 1:
                return None
            return torch.stack(stackable)
        case bool():
            return None
        case int() | float():
            return torch.tensor(value, dtype=torch.float64)
    return None


def _inputs(pair: Pair) -> Iterator[tuple[str, torch.Tensor]]:
    for name, value in zip(pair.inputs.keys, pair.inputs.items, strict=True):
        tensor = _as_tensor(value)
        if tensor is not None and tensor.numel():
            yield str(name), tensor


def _moved(pair: Pair) -> list[str]:
    """The right values in other places."""
    want, got = _sides(pair)
    told = []
    dims = want.dim()
    for one, other in itertools.combinations(range(-dims, 0), 2):
        if pair.same(want.transpose(one, other), got):
            told.append(
                "Yours is the expected result transposed."
                if dims == 2
                else f"Yours is the expected result with dimensions {one} and {other} exchanged."
            )
    for dim in range(-dims, 0):
        along = "" if dims == 1 else f" along dim {dim}"
        if pair.same(want.flip(dim), got):
            told.append(f"Yours is the expected result in reverse order{along}.")
        if want.shape == got.shape and want.shape[dim] > 1:
            length = want.shape[dim] - 1
            if pair.same(want.narrow(dim, 0, length), got.narrow(dim, 1, length)):
                told.append(f"{_SHIFTED}{along}.")
            if pair.same(want.narrow(dim, 1, length), got.narrow(dim, 0, length)):
                told.append(f"{_SHIFTED}{along} to the front.")
    return told


def _shows_a_shift(pair: Pair) -> bool:
    """Whether a shift is more than one value that comes again, which may be chance."""
    want, _ = _sides(pair)
    return (
        want.numel() > 0
        and max(want.shape, default=0) > 2
        and bool((want != want.flatten()[0]).any())
    )


def _reshaped(pair: Pair) -> list[str]:
    want, got = _sides(pair)
    told = []
    if want.shape != got.shape and pair.same(want.squeeze(), got.squeeze()):
        more = got.dim() - want.dim()
        if more:
            has = "has one dimension of size 1 too many" if more > 0 else "lacks a dimension"
            lacks = " of size 1" if more < 0 else ""
            told.append(f"The values are right; yours {has}{lacks}.")
    if want.shape != got.shape and pair.same(want.flatten(), got.flatten()):
        told.append("Yours has the right values in the right order, in another shape.")
    for name, given in _inputs(pair):
        wide = given.to(got.dtype)
        if pair.same(wide, got):
            told.append(f"Yours has the values of {name} as they were.")
        elif wide.dim() > 1 and pair.same(wide.flatten(), got.flatten()):
            told.append(
                f"Yours has the values of {name} in the order in which {name} has them: they were "
                "given another shape, and none was moved."
            )
    if want.numel() == got.numel() and want.is_floating_point():
        ordered = want.flatten().sort()[0], got.flatten().sort()[0]
        if want.shape == got.shape and pair.same(*ordered):
            if want.dim() == 1 and pair.same(ordered[0], got):
                told.append("Yours has the expected values, sorted.")
            told.append("Yours has the right values in other places.")
    return told


def _scaled(pair: Pair) -> list[str]:
    """A number between the two sides that is the same in all cells."""
    want, got = _sides(pair)
    if want.shape != got.shape or not want.is_floating_point() or not want.numel():
        return []
    told = []
    if pair.same(-want, got):
        told.append("Yours is the negative of the expected result.")
    if pair.same(want.abs(), got):
        told.append("Yours is the absolute value of the expected result.")
    if want.dim() and pair.same(want.cumsum(0), got):
        told.append("Yours adds up: each item is the sum of the expected ones up to it.")
    if pair.same(torch.zeros_like(want), got):
        if not want.dim():
            told.append("Yours is always 0.")
        told.append("Yours is all zeros.")
    finite = want.isfinite() & (want != 0)
    if finite.any() and pair.same(torch.where(finite, got, want), got):
        factor = (got[finite] / want[finite])[0]
        if factor.isfinite() and factor != 0 and pair.same(want * factor, got):
            told += [
                f"Yours is the expected result times {name}."
                for name in _names(pair, factor.item())
            ]
    return told


def _names(pair: Pair, factor: float) -> Iterator[str]:
    """What a factor may be: a plain number, or a number of elements."""
    for number, name in ((2.0, "2"), (0.5, "a half"), (-2.0, "-2")):
        if abs(factor - number) < 1e-6 * abs(number):
            yield name
    for path, given in _inputs(pair):
        counts = {f"the number of elements of {path}": given.numel()}
        counts |= {f"{path}.shape[{dim}]": given.shape[dim] for dim in range(-given.dim(), 0)}
        for name, count in counts.items():
            if count > 1 and abs(factor - count) < 1e-5 * count:
                yield name
            if count > 1 and abs(factor * count - 1) < 1e-5:
                yield f"1 / {name}"
            if count > 2 and abs(factor * (count - 1) / count - 1) < 1e-5:
                yield f"n / (n - 1), where n is {name}"
            if count > 2 and abs(factor * count / (count - 1) - 1) < 1e-5:
                yield f"(n - 1) / n, where n is {name}"


def _rounded(pair: Pair) -> list[str]:
    want, got = _sides(pair)
    if want.shape != got.shape or not want.is_floating_point():
        return []
    told = []
    if pair.same(want.trunc(), got):
        told.append("Yours is the expected result without its fractions.")
    elif pair.same(want.round(), got):
        told.append("Yours is the expected result, rounded to whole numbers.")
    return told


def _digits_lost(pairs: Sequence[Pair]) -> str | None:
    """That the results are right but for their last digits."""
    off = [_farthest(each) for each in pairs]
    if min(off) == 0 or max(off) > _FLOAT32_OFF:
        return None
    whole = all(not each.is_floating_point() for pair in pairs for each in pair.sides or ())
    if whole and max(off) <= _FLOAT64_OFF:
        return (
            "Yours is right to the digits that float64 has, and no further: whole numbers beyond "
            "2**53 are rounded there."
        )
    return (
        "Yours is right to the digits that float32 has, and no further: digits are lost on the way."
    )


def _farthest(pair: Pair) -> float:
    """By how much of its value the cell is off that is farthest off; inf where that says nothing.

    That is so of a dtype with no more digits than float32.
    """
    assert pair.sides is not None
    want, got = pair.sides
    if want.shape != got.shape or want.dtype not in (torch.float64, torch.int64):
        return math.inf
    values = zip(want.flatten().tolist(), got.flatten().tolist(), strict=True)
    return max((_off(one, other) for one, other in values), default=0.0)


def _off(want: float, got: float) -> float:
    """In Python's numbers, which hold whole numbers of any size."""
    if want == got or (want != want and got != got):
        return 0.0
    if not (math.isfinite(want) and math.isfinite(got)) or want == 0:
        return math.inf
    return abs(got - want) / abs(want)


def _some_cells(pair: Pair) -> list[str]:
    """What the cells that differ have in common."""
    want, got = _sides(pair)
    if want.shape != got.shape or not want.is_floating_point():
        return []
    wrong = ~close(want, got, pair.allowed)
    told = []
    if bool((got.isnan() & wrong).equal(wrong)):
        told.append("The cells that differ are NaN in yours.")
    if bool((want.isnan() & wrong).equal(wrong)):
        told.append("Only the cells differ that must be NaN.")
    if bool((want.isinf() & wrong).equal(wrong)):
        told.append("Only the cells differ that must be infinite.")
    for dim in range(-want.dim(), 0):
        if want.shape[dim] < 2:
            continue
        places = sorted(set(wrong.nonzero()[:, dim].tolist()))
        where = "" if want.dim() == 1 else f" of dim {dim}"
        if places == [want.shape[dim] - 1]:
            told.append(f"Only the last position{where} differs.")
        if places == [0]:
            told.append(f"Only the first position{where} differs.")
    return told


def _sides(pair: Pair) -> tuple[torch.Tensor, torch.Tensor]:
    assert pair.tensors is not None
    return pair.tensors


def one_way(pairs: Sequence[Pair]) -> str | None:
    """That each wrong answer is the same, where few answers are to be had."""
    kinds = {(repr(each.expected), repr(each.actual)) for each in pairs}
    if len(kinds) != 1 or len(pairs) < 3:
        return None
    expected, actual = pairs[0].expected, pairs[0].actual
    if not isinstance(expected, bool | str) or not isinstance(actual, bool | str):
        return None
    return (
        f"All {len(pairs)} inputs that are wrong are so in one way: "
        f"{expected!r} is expected, and yours gives {actual!r}."
    )


Told = Callable[[Pair], list[str]]
_RELATIONS: Sequence[Told] = (_moved, _scaled, _rounded, _reshaped, _some_cells)
