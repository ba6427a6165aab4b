"""Tensors as text: every cell of a small one, the region round one cell of a large one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from rich.text import Text

MARK = "*"
"""Stands behind a cell that differs."""

_MOST_ROWS = 6
_MOST_COLUMNS = 8
_ROOM = 76
_DIGITS = (4, 6, 9, 17)


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
        return _texts(tensor.reshape(1, 1))[0][0]
    if tensor.numel() == 0:
        return f"no elements, shape {tuple(tensor.shape)}"
    return _brackets(tensor, 0)


def rows(tensor: torch.Tensor, differing: torch.Tensor | None, style: str = "") -> list[Text]:
    """The lines of a tensor with `differing` cells marked, round the first of them if it is large.

    A marked cell has `style`, and MARK behind it.

    Indices stand before what is only a part: `[0, :, :]`, `rows 4-9, columns 0-7`.
    """
    if tensor.numel() == 0:
        return [Text("no elements")]
    for most in range(_MOST_COLUMNS, 0, -1):
        region = _region(tensor, differing, most)
        marks = region.cut(differing) if differing is not None else None
        texts = _texts(region.cut(tensor), marks)
        width = max(len(text) for line in texts for text in line)
        if (width + 2) * len(texts[0]) <= _ROOM:
            break
    label = _label(region, tensor)
    lines = [Text(label, "dim")] if label else []
    for row, line in enumerate(texts):
        shown = Text()
        for column, text in enumerate(line):
            marked = marks is not None and bool(marks[row, column])
            shown.append(" " if column else "")
            shown.append(f"{text:>{width}}", style if marked else "")
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
        return "[" + ", ".join(_texts(tensor[:most].reshape(1, -1))[0] + rest) + "]"
    inner = [_brackets(each, depth + 1) for each in tensor[:most]] + rest
    return "[" + (",\n" + " " * (depth + 1)).join(inner) + "]"


def _texts(matrix: torch.Tensor, marks: torch.Tensor | None = None) -> list[list[str]]:
    values = matrix.tolist()
    digits = _DIGITS[0] if marks is None or not marks.any() else _DIGITS[2]
    return [[_number(value, digits, matrix.dtype) for value in line] for line in values]


def _number(value: Any, digits: int, dtype: torch.dtype) -> str:
    if isinstance(value, complex):
        imaginary = _number(value.imag, digits, dtype).removesuffix(".")
        sign = "" if imaginary.startswith("-") else "+"
        return f"{_number(value.real, digits, dtype)}{sign}{imaginary}j"
    if not isinstance(value, float):
        return str(value)
    if not np.isfinite(value):
        return str(value)
    most = 17 if dtype in (torch.float64, torch.complex128) else digits
    text = f"{value:.{most}g}"
    shortest = repr(value)
    text = min(text, shortest, key=len)
    return text.removesuffix(".0") + "." if text.removesuffix(".0").lstrip("-").isdigit() else text
