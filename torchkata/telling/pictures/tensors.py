"""A tensor as grids: one for each matrix of its last two dimensions, cut to what has room."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from markupsafe import Markup

from torchkata.telling.pictures.cells import Axis, Cells, Role, column_widths, drawn
from torchkata.telling.pictures.markup import element
from torchkata.values import grid

_ROWS = 6
_COLUMNS = 8
_SLICES = 4
_ROOM = 320
"""The width in pixels that the cells of a row may take."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is shown of a tensor: the leading indices of its matrices, and a part of each."""

    leads: tuple[tuple[int, ...], ...]
    rows: slice
    columns: slice

    def cut(self, tensor: torch.Tensor, lead: tuple[int, ...]) -> torch.Tensor:
        """The part of one matrix that is shown."""
        return _matrix(tensor, lead)[self.rows, self.columns]

    def shown(self, tensor: torch.Tensor) -> torch.Tensor:
        """All of it that is shown."""
        return torch.stack([self.cut(tensor, lead) for lead in self.leads])


def window(tensor: torch.Tensor, differing: torch.Tensor | None, columns: int) -> Window:
    """A window round the first differing cell, on the matrices with such cells before others."""
    spot = (0,) * tensor.dim()
    if differing is not None and differing.any():
        spot = tuple(differing.nonzero()[0].tolist())
    row, column = (0, 0, *spot)[-2:]
    height, width = (1, 1, *tensor.shape)[-2:]
    rows, shown = _around(height, row, _ROWS), _around(width, column, columns)
    leads = itertools.product(*map(range, tensor.shape[:-2]))
    if differing is None:
        return Window(tuple(itertools.islice(leads, _SLICES)), rows, shown)
    part = Window((), rows, shown)
    # A tensor of many matrices is looked through no further than where it has been compared.
    first = (spot[:-2], *itertools.islice(leads, 1000))
    order = sorted(dict.fromkeys(first), key=lambda lead: not part.cut(differing, lead).any())
    return Window(tuple(sorted(order[:_SLICES])), rows, shown)


def fitting(tensors: Sequence[torch.Tensor], differing: torch.Tensor | None) -> tuple[Window, int]:
    """A window that has room on all of these tensors of one shape, and the digits it takes."""
    for columns in range(_COLUMNS, 0, -1):
        found = window(tensors[0], differing, columns)
        digits = grid.FEW
        if differing is not None and len(tensors) == 2:
            marks = found.shown(differing)
            digits = grid.digits_between(*(found.shown(each)[marks] for each in tensors))
        widest = max(_width(each, found, digits) for each in tensors)
        if widest <= _ROOM:
            break
    return found, digits


def pictures(
    tensor: torch.Tensor,
    differing: torch.Tensor | None,
    shown: Window,
    digits: int,
    role: Role,
    title: str,
    other_dims: frozenset[int] = frozenset(),
) -> Iterator[Markup]:
    """The grids of a tensor, each under its leading indices. `other_dims` have another size."""
    across, down = _axes(tensor, shown, other_dims)
    sides = _sides(tensor, shown)
    for lead in shown.leads:
        texts = grid.texts(shown.cut(tensor, lead), digits)
        marks = shown.cut(differing, lead).tolist() if differing is not None else None
        cells = Cells(
            texts,
            marks or [[False] * len(row) for row in texts],
            _heads(shown.columns) if tensor.dim() > 0 else (),
            _heads(shown.rows) if tensor.dim() > 1 else (),
            across,
            down,
            sides,
        )
        name = f"[{', '.join(map(str, lead))}, :, :]" if lead else ""
        picture = drawn(cells, role, f"{title} {name}".strip())
        above = [element("span", name, class_="kata-slice")] if name else []
        yield element("div", *above, picture, class_="kata-grid")


def leading(tensor: torch.Tensor, shown: Window) -> str:
    """What the slices are that stand side by side, and how many are left out; empty for one."""
    if tensor.dim() < 3:
        return ""
    dims = ", ".join(f"dim {dim} (size {tensor.shape[dim]})" for dim in range(tensor.dim() - 2))
    left = math.prod(tensor.shape[:-2]) - len(shown.leads)
    more = f"; {left} more not shown" if left else ""
    return f"slices along {dims}{more}"


def _axes(
    tensor: torch.Tensor, shown: Window, other_dims: frozenset[int]
) -> tuple[Axis | None, Axis | None]:
    axes = [
        Axis(f"dim {dim}", f"size {tensor.shape[dim]}", dim in other_dims)
        for dim in range(tensor.dim())
    ]
    return axes[-1] if axes else None, axes[-2] if len(axes) > 1 else None


def _sides(tensor: torch.Tensor, shown: Window) -> frozenset[str]:
    height, width = (1, 1, *tensor.shape)[-2:]
    cut = {
        "before": shown.columns.start > 0,
        "behind": shown.columns.stop < width,
        "above": shown.rows.start > 0,
        "below": shown.rows.stop < height,
    }
    return frozenset(side for side, is_cut in cut.items() if is_cut)


def _matrix(tensor: torch.Tensor, lead: tuple[int, ...]) -> torch.Tensor:
    part = tensor[lead] if lead else tensor
    return part.reshape((1, 1, *part.shape)[-2:])


def _width(tensor: torch.Tensor, shown: Window, digits: int) -> float:
    columns = len(range(shown.columns.start, shown.columns.stop))
    texts = grid.texts(shown.shown(tensor).reshape(-1, columns), digits)
    return sum(column_widths(texts))


def _around(length: int, spot: int, most: int) -> slice:
    start = max(0, min(spot - most // 2, length - most))
    return slice(start, min(start + most, length))


def _heads(part: slice) -> list[str]:
    return [str(each) for each in range(part.start, part.stop)]
