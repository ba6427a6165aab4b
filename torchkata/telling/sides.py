"""Values as seen, in words and cells, and two of them side by side with what differs marked."""

from collections.abc import Sequence
from typing import Any

import torch
from rich.text import Text

from torchkata.telling.paragraphs import (
    GIVEN,
    INDENT,
    WANTED,
    WHERE,
    WIDTH,
    capped,
    labelled,
    lines_of,
)
from torchkata.values import grid
from torchkata.values.difference import Difference
from torchkata.values.observation import ArraySeen, ContainerSeen, OpaqueSeen, Raised, TensorSeen
from torchkata.values.pairs import cells, close
from torchkata.values.wording import written

_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}


def shown(value: Any) -> str:
    """A value as seen, in brackets as Python and torch write it."""
    match value:
        case TensorSeen() | ArraySeen():
            tensor = cells(value)
            return repr(value.values.tolist()) if tensor is None else grid.inline(tensor)
        case ContainerSeen(kind="dict", keys=keys, items=items):
            inside = ", ".join(f"{k!r}: {shown(v)}" for k, v in zip(keys, items, strict=True))
            return "{" + inside + "}"
        case ContainerSeen(kind=kind, items=items):
            opening, closing = _BRACKETS[kind]
            comma = "," if kind == "tuple" and len(items) == 1 else ""
            return opening + ", ".join(shown(each) for each in items) + comma + closing
        case OpaqueSeen(type_name=name):
            return f"<{name}>"
        case Raised():
            return f"{value.kinds[0]}: {value.message}"
    return written(value)


def facts(value: Any) -> str:
    """The dtype, shape and device of a tensor as seen; empty for anything else."""
    match value:
        case TensorSeen():
            grad = ", requires grad" if value.requires_grad else ""
            dtype = str(value.dtype).removeprefix("torch.")
            return f"{dtype} {value.shape} on {value.device}{grad}"
        case ArraySeen():
            return f"numpy {value.dtype} {value.shape}"
    return ""


def side_by_side(
    left_title: str, left: Any, right_title: str, right: Any, difference: Difference | None
) -> Text:
    """Two values under their titles, side by side where they fit, with differing cells marked."""
    differing, digits = differing_cells(left, right, difference)
    lefts = _block(left_title, left, differing, WANTED, digits)
    rights = _block(right_title, right, differing, GIVEN, digits)
    width = max(line.cell_len for line in lefts) + 4
    if width + max(line.cell_len for line in rights) > WIDTH:
        return Text("\n").join([*lefts, *rights])
    rows = []
    for position in range(max(len(lefts), len(rights))):
        row = _at(lefts, position)
        row.append(" " * (width - row.cell_len))
        row.append_text(_at(rights, position))
        row.rstrip()
        rows.append(row)
    return Text("\n").join(rows)


def differing_cells(
    left: Any, right: Any, difference: Difference | None
) -> tuple[torch.Tensor | None, int]:
    """Where two tensors as seen differ, and how many digits it takes to see that.

    None where they can't be laid over each other.
    """
    one, other = _tensor(left), _tensor(right)
    if one is None or other is None or not _like(left, right):
        return None, grid.FEW
    differing = ~close(one, other, difference.tolerance if difference else None)
    return differing, grid.digits(one, other, differing)


def _tensor(value: Any) -> torch.Tensor | None:
    """The cells of a tensor as seen; None for anything that has none to mark."""
    return cells(value) if isinstance(value, TensorSeen | ArraySeen) else None


def _at(lines: Sequence[Text], position: int) -> Text:
    return lines[position].copy() if position < len(lines) else Text()


def _block(
    title: str,
    value: Any,
    differing: torch.Tensor | None = None,
    style: str = "",
    digits: int = grid.FEW,
) -> list[Text]:
    tensor = _tensor(value)
    told = facts(value)
    body = [Text(told, WHERE)] if told else []
    if tensor is None:
        flat = " ".join(line.strip() for line in shown(value).split("\n"))
        body += map(Text, capped(lines_of(flat, WIDTH - 2 * len(INDENT)) or [""]))
    else:
        body += grid.rows(tensor, differing, style, digits)
    return [labelled(f"{title}:"), *(Text.assemble(INDENT, line) for line in body)]


def _like(left: Any, right: Any) -> bool:
    """Whether two tensors as seen can be laid over each other."""
    same = left.shape == right.shape and left.dtype == right.dtype
    return same and type(left) is type(right)
