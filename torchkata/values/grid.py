"""Tensors as text: every cell of a small one, the region round one cell of a large one."""

import math
from dataclasses import dataclass
from typing import Any

import torch
from rich.text import Text

MARK = "*"
"""Stands behind a cell that differs."""

_MOST_ROWS = 6
_MOST_COLUMNS = 8
_ROOM = 76
FEW = 4
"""Digits of a number where nothing hangs on more."""


@dataclass(frozen=True, slots=True)
class _Region:
    """Part of a tensor: the matrix of its last two dimensions round one cell, cropped."""

    lead: tuple[int, ...]
    rows: slice
    columns: slice

    def cut(self, tensor: torch.Tensor) -> torch.Tensor:
        matrix = tensor[self.lead] if self.lead else tensor
        return matrix.reshape(-1, _width(tensor))[self.rows, self.columns]


def inline(tensor: torch.Tensor) -> str:
    """A tensor as nested brackets, as `print` shows it without `tensor(…)`.

    Only the first cells of a large one, with "…" for the rest.
    """
    if tensor.dim() == 0:
        return texts(tensor.reshape(1, 1), FEW)[0][0]
    if tensor.numel() == 0:
        return f"no elements, shape {tuple(tensor.shape)}"
    return _brackets(tensor, 0)


def digits(one: torch.Tensor, other: torch.Tensor, differing: torch.Tensor) -> int:
    """How many digits the numbers of two tensors need, so that differing cells look different.

    Few where they are enough, and else all that the dtype has.
    """
    if one.numel() == 0:
        return FEW
    region = _region(one, differing, _MOST_COLUMNS)
    marks = region.cut(differing)
    return digits_between(*(region.cut(each)[marks] for each in (one, other)))


def digits_between(one: torch.Tensor, other: torch.Tensor) -> int:
    """How many digits it takes to tell the numbers of two flat tensors apart, pair by pair."""
    pairs = zip(one.tolist(), other.tolist(), strict=True)
    if all(_rounded(left) != _rounded(right) for left, right in pairs):
        return FEW
    return 17 if one.dtype in (torch.float64, torch.complex128) else 9


def rows(
    tensor: torch.Tensor, differing: torch.Tensor | None, style: str = "", most_digits: int = FEW
) -> list[Text]:
    """The lines of a tensor with `differing` cells marked, round the first of them if it is large.

    A marked cell has `style`, and MARK behind it. Numbers have `most_digits` significant digits.

    Indices stand before what is only a part: `[0, :, :]`, `rows 4-9, columns 0-7`.
    """
    if tensor.numel() == 0:
        return [Text("no elements")]
    for most in range(_MOST_COLUMNS, 0, -1):
        region = _region(tensor, differing, most)
        marks = region.cut(differing) if differing is not None else None
        matrix = texts(region.cut(tensor), most_digits)
        widths = [max(map(len, column)) for column in zip(*matrix, strict=True)]
        if sum(widths) + 2 * len(widths) <= _ROOM:
            break
    label = _label(region, tensor)
    lines = [Text(label, "dim")] if label else []
    for row, line in enumerate(matrix):
        shown = Text()
        for column, text in enumerate(line):
            marked = marks is not None and bool(marks[row, column])
            shown.append(" " if column else "")
            shown.append(text.rjust(widths[column]), style if marked else "")
            shown.append(MARK if marked else "" if marks is None else " ", style if marked else "")
        shown.rstrip()
        lines.append(shown)
    return lines


def _region(tensor: torch.Tensor, differing: torch.Tensor | None, columns: int) -> _Region:
    spot = (0,) * tensor.dim()
    if differing is not None and differing.any():
        spot = tuple(differing.nonzero()[0].tolist())
    row, column = ((0, 0, *spot)[-2:]) if spot else (0, 0)
    height = tensor.shape[-2] if tensor.dim() > 1 else 1
    return _Region(
        spot[:-2], _window(height, row, _MOST_ROWS), _window(_width(tensor), column, columns)
    )


def _window(length: int, spot: int, most: int) -> slice:
    start = max(0, min(spot - most // 2, length - most))
    return slice(start, min(start + most, length))


def _width(tensor: torch.Tensor) -> int:
    return tensor.shape[-1] if tensor.dim() else 1


def _label(region: _Region, tensor: torch.Tensor) -> str:
    parts = []
    if region.lead:
        parts.append(f"[{', '.join(map(str, region.lead))}, :, :]")
    height = tensor.shape[-2] if tensor.dim() > 1 else 1
    if region.rows != slice(0, height):
        parts.append(f"rows {region.rows.start}-{region.rows.stop - 1}")
    if region.columns != slice(0, _width(tensor)):
        parts.append(f"columns {region.columns.start}-{region.columns.stop - 1}")
    return ", ".join(parts)


def _brackets(tensor: torch.Tensor, depth: int) -> str:
    most = _MOST_COLUMNS if tensor.dim() == 1 else _MOST_ROWS
    rest = ["…"] if tensor.shape[0] > most else []
    if tensor.dim() == 1:
        return "[" + ", ".join(texts(tensor[:most].reshape(1, -1), FEW)[0] + rest) + "]"
    inner = [_brackets(each, depth + 1) for each in tensor[:most]] + rest
    return "[" + (",\n" + " " * (depth + 1)).join(inner) + "]"


def texts(matrix: torch.Tensor, most_digits: int) -> list[list[str]]:
    """The cells of a matrix as torch writes them, with at most so many significant digits."""
    return [[_number(value, most_digits) for value in line] for line in matrix.tolist()]


def _rounded(value: Any) -> tuple[str, str]:
    return f"{value.real:.{FEW}g}", f"{value.imag:.{FEW}g}"


def _number(value: Any, most_digits: int) -> str:
    """A number as torch writes it: `1.` for 1.0, and `1.000` for what is only near it."""
    if isinstance(value, complex):
        imaginary = _number(value.imag, most_digits).removesuffix(".")
        sign = "" if imaginary.startswith("-") else "+"
        return f"{_number(value.real, most_digits)}{sign}{imaginary}j"
    if not isinstance(value, float) or not math.isfinite(value):
        return str(value)
    rounded = min(f"{value:.{most_digits}g}", repr(value).removesuffix(".0"), key=len)
    if not rounded.lstrip("-").isdigit():
        return rounded
    if float(rounded) == value:
        return f"{rounded}."
    return f"{value:#.{max(most_digits, len(rounded.lstrip('-')) + 1)}g}"
