"""A grid of cells: their texts, those that differ marked by colour and shape, and the two axes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from markupsafe import Markup

from torchkata.telling.pictures.markup import arrow, drawing, element, label

Role = Literal["wanted", "given"]
"""Whose cells they are: those expected, or the learner's."""

HEIGHT = 28
_CHARACTER = 7.9
"""The width of a character of 13 px, rather too wide than too narrow."""

_SMALL = 6.7
_GAP = 3
_HEAD = 18
_AXIS = 30
_MORE = 16


@dataclass(frozen=True, slots=True)
class Axis:
    """What is said along a side of the grid: the dim and its size, in two short texts.

    `differs` marks a size that is not the expected one.
    """

    name: str
    size: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of texts, which of them are marked, and what stands at the sides.

    `column_heads` stand over the columns, `row_heads` before the rows. `more` names the sides at
    which it was cut: before, behind, above, below.
    """

    texts: Sequence[Sequence[str]]
    marks: Sequence[Sequence[bool]]
    column_heads: Sequence[str] = ()
    row_heads: Sequence[str] = ()
    across: Axis | None = None
    down: Axis | None = None
    more: frozenset[str] = field(default_factory=frozenset)


def column_widths(texts: Sequence[Sequence[str]], heads: Sequence[str] = ()) -> list[float]:
    """The width of each column, with room for the longest of its texts."""
    widths = [max(map(cell_width, map(len, column))) for column in zip(*texts, strict=True)]
    if not heads:
        return widths
    return [
        max(*pair) for pair in zip(widths, (len(each) * _SMALL + 8 for each in heads), strict=True)
    ]


def cell_width(characters: int) -> float:
    """The width of a cell that has room for a text and a mark."""
    return max(34.0, characters * _CHARACTER + 24)


def drawn(cells: Cells, role: Role, title: str) -> Markup:
    """The picture of a grid."""
    widths = column_widths(cells.texts, cells.column_heads)
    left = _left(cells)
    top = (_AXIS if cells.across else 4) + (_HEAD if cells.column_heads else 0)
    if "above" in cells.more:
        top += _MORE
    xs = list(accumulate((width + _GAP for width in widths), initial=left))
    right = xs[-1] - _GAP
    bottom = top + len(cells.texts) * (HEIGHT + _GAP) - _GAP
    parts = [*_axes(cells, left, top, right, bottom)]
    for column, text in enumerate(cells.column_heads):
        x = xs[column] + widths[column] / 2
        over = _MORE if "above" in cells.more else 0
        parts.append(label(text, x, top - over - _HEAD / 2, "head"))
    for row, text in enumerate(cells.row_heads):
        y = top + row * (HEIGHT + _GAP) + HEIGHT / 2
        before = _MORE if "before" in cells.more else 0
        parts.append(label(text, left - before - 6, y, "head", "end"))
    for row, texts in enumerate(cells.texts):
        for column, text in enumerate(texts):
            y = top + row * (HEIGHT + _GAP)
            marked = cells.marks[row][column]
            parts.append(_cell(text, marked, role, xs[column], y, widths[column]))
    parts += _cut(cells, left, top, right, bottom)
    behind = _MORE if "behind" in cells.more else 0
    below = _MORE if "below" in cells.more else 0
    least = left + _said(cells.across) * _SMALL + 12 if cells.across else 0
    return drawing(
        max(right + behind + 4, least), bottom + below + 4, title, in_words(cells), *parts
    )


def in_words(cells: Cells) -> str:
    """What a grid shows, row by row."""
    sides = [each for each in (cells.down, cells.across) if each is not None]
    said = [", ".join(f"{each.name} {each.size}" for each in sides)] if sides else []
    for row, texts in enumerate(cells.texts):
        lead = f"{cells.row_heads[row]}: " if cells.row_heads else ""
        told = [
            f"{text} (differs)" if mark else text
            for text, mark in zip(texts, cells.marks[row], strict=True)
        ]
        said.append(lead + ", ".join(told))
    return ". ".join(said) + (". More is not shown." if cells.more else ".")


def mark(role: Role, x: float, y: float) -> Markup:
    """The shape that marks a cell: a tick for what is expected, a cross for what is not."""
    path = f"M{x - 11:g} {y + 8:g}l2.5 2.5l4.5 -5" if role == "wanted" else ""
    path = path or f"M{x - 10:g} {y + 5:g}l5 5m0 -5l-5 5"
    return element(
        "path", d=path, fill="none", stroke="currentColor", stroke_width=1.8, class_="kata-mark"
    )


def box(x: float, y: float, width: float, thick: bool, dashes: str | None = None) -> Markup:
    """The frame of a cell: thick where it is marked."""
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=HEIGHT,
        rx=3,
        fill="none",
        stroke="currentColor",
        stroke_width=2 if thick else 0.5,
        stroke_dasharray=dashes,
    )


def _cell(text: str, marked: bool, role: Role, x: float, y: float, width: float) -> Markup:
    kind = f"cell kata-{role}" if marked else "cell"
    frame = box(x, y, width, marked)
    quiet = "zero" if text in ("0", "0.", "False") and not marked else ""
    shown = label(text, x + width / 2, y + HEIGHT / 2, quiet)
    inside = [frame, shown, mark(role, x + width, y)] if marked else [frame, shown]
    return element("g", *inside, class_=f"kata-{kind}")


def _left(cells: Cells) -> float:
    heads = max(map(len, cells.row_heads), default=0) * _SMALL
    axis = _longest(cells.down) * _SMALL + 18 if cells.down else 0
    return 4 + axis + (heads + 8 if heads else 0) + (_MORE if "before" in cells.more else 0)


def _axes(cells: Cells, left: float, top: float, right: float, bottom: float) -> list[Markup]:
    """The names of the sides, each with an arrow in the direction in which indices grow."""
    parts = []
    if cells.across is not None:
        kind = "axis kata-differs" if cells.across.differs else "axis"
        parts.append(label(f"{cells.across.name}, {cells.across.size}", left, 8, kind, "start"))
        parts.append(arrow(left, 21, right, 21, kind))
    if cells.down is not None:
        kind = "axis kata-differs" if cells.down.differs else "axis"
        middle = (top + bottom) / 2
        wide = 4 + _longest(cells.down) * _SMALL
        parts.append(label(cells.down.name, wide, middle - 7, kind, "end"))
        parts.append(label(cells.down.size, wide, middle + 7, kind, "end"))
        parts.append(arrow(wide + 9, top, wide + 9, bottom, kind))
    return parts


def _cut(cells: Cells, left: float, top: float, right: float, bottom: float) -> list[Markup]:
    """Dots at the sides where more would come."""
    across, down = (left + right) / 2, (top + bottom) / 2
    places = {
        "before": (left - _MORE / 2, down, "⋯"),
        "behind": (right + _MORE / 2, down, "⋯"),
        "above": (across, top - _MORE / 2, "⋮"),
        "below": (across, bottom + _MORE / 2, "⋮"),
    }
    shown = [each for side, each in places.items() if side in cells.more]
    return [label(dots, x, y, "head") for x, y, dots in shown]


def _longest(axis: Axis | None) -> int:
    return max(len(axis.name), len(axis.size)) if axis else 0


def _said(axis: Axis) -> int:
    return len(axis.name) + len(axis.size) + 2
