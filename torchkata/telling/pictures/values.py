"""Any value as seen, as a figure: grids for what has cells, code for what has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from markupsafe import Markup

from torchkata.telling.paragraphs import capped
from torchkata.telling.pictures import tensors
from torchkata.telling.pictures.cells import Axis, Cells, Role, drawn
from torchkata.telling.pictures.markup import element
from torchkata.telling.sides import differing_cells, facts, shown
from torchkata.values.difference import Difference
from torchkata.values.observation import ArraySeen, ContainerSeen, TensorSeen
from torchkata.values.pairs import cells, compare_values
from torchkata.values.wording import type_name

_LONGEST_TEXT = 24
_LONGEST_CODE = 4000
_ITEMS = 6
_DEEPEST = 3
_LINES = 12
_IN_A_ROW = 8


@dataclass(frozen=True, slots=True)
class Side:
    """A value to draw, whose it is, what it is called, and the value that it is laid beside.

    `difference` is what the two differ by, where that is told.
    """

    value: Any
    role: Role
    title: str
    other: Any = None
    difference: Difference | None = None
    compared: bool = True


def figure(side: Side, deep: int = 0) -> Markup:
    """A value under its title and what is to be known of it."""
    told = facts(side.value)
    title = element("span", side.title, class_="kata-title")
    known = [" ", element("span", told, class_="kata-facts")] if told else []
    return element(
        "figure",
        element("figcaption", title, *known),
        *_pictures(side, deep),
        class_=f"kata-side kata-side-{side.role}" if deep == 0 else "kata-item",
    )


def _pictures(side: Side, deep: int) -> Iterator[Markup]:
    value = side.value
    if isinstance(value, TensorSeen | ArraySeen) and (tensor := cells(value)) is not None:
        yield from _tensor(side, tensor)
    elif isinstance(value, ContainerSeen) and value.items and deep < _DEEPEST:
        if holds_tensors(value):
            yield from _items(side, value, deep)
            return
        texts = [shown(each) for each in value.items]
        if max(map(len, texts)) > _LONGEST_TEXT:
            yield code(shown(value))
        else:
            yield _flat(side, value, texts)
    else:
        yield code(shown(value))


def code(written: str) -> Markup:
    """Text as code, in no more lines than can be looked through."""
    cut = f"{written[:_LONGEST_CODE]}…" if len(written) > _LONGEST_CODE else written
    lines = capped(cut.split("\n"), _LINES)
    return element("pre", element("code", "\n".join(lines)))


def _tensor(side: Side, tensor: torch.Tensor) -> Iterator[Markup]:
    if tensor.numel() == 0:
        yield element("p", f"no elements, shape {tuple(tensor.shape)}", class_="kata-none")
        return
    differing = None
    both = [tensor]
    if side.compared:
        differing, _ = differing_cells(side.value, side.other, side.difference)
        if differing is not None and differing.shape == tensor.shape:
            other = cells(side.other)
            assert other is not None
            both = [tensor, other]
    part, digits = tensors.fitting(both, differing)
    title = f"{side.title}: {facts(side.value)}"
    pictures = tensors.pictures(
        tensor, differing, part, digits, side.role, title, _other_dims(side, tensor)
    )
    yield element("div", *pictures, class_="kata-grids")
    if said := tensors.leading(tensor, part):
        yield element("p", said, class_="kata-note")


def _other_dims(side: Side, tensor: torch.Tensor) -> frozenset[int]:
    """The dims whose size is not the other's, where both have as many."""
    if not (side.compared and isinstance(side.other, TensorSeen | ArraySeen)):
        return frozenset()
    sizes = side.other.shape
    if len(sizes) != tensor.dim():
        return frozenset()
    return frozenset(dim for dim, size in enumerate(tensor.shape) if sizes[dim] != size)


def holds_tensors(value: Any) -> bool:
    """Whether a value is a tensor or has one in it."""
    if isinstance(value, ContainerSeen):
        return any(map(holds_tensors, value.items))
    return isinstance(value, TensorSeen | ArraySeen)


def _partner(side: Side, place: int) -> tuple[Any, bool]:
    """What an item is laid beside in the other container, and whether there is anything."""
    value, other = side.value, side.other
    if side.compared and isinstance(other, ContainerSeen) and other.kind == value.kind:
        key = value.keys[place]
        for known, item in zip(other.keys, other.items, strict=True):
            if type(known) is type(key) and known == key:
                return item, True
    return None, False


def _items(side: Side, value: ContainerSeen, deep: int) -> Iterator[Markup]:
    """The items of a container one by one, each called by its index or key."""
    inner = []
    for place, item in enumerate(value.items[:_ITEMS]):
        other, known = _partner(side, place)
        key = value.keys[place]
        name = f"[{key!r}]" if isinstance(key, int | str) else f"[{shown(key)}]"
        if side.compared and isinstance(side.other, ContainerSeen) and not known:
            name += " (only here)"
        inner.append(figure(Side(item, side.role, name, other, side.difference, known), deep + 1))
    left = len(value.items) - len(inner)
    told = f"{type_name(value)}; {left} more not shown" if left else type_name(value)
    yield element("p", told, class_="kata-note")
    yield element("div", *inner, class_="kata-items")


def _flat(side: Side, value: ContainerSeen, texts: list[str]) -> Markup:
    """Plain items as cells: side by side, or with their keys one below the other."""
    marks = [_differs(side, place) for place in range(len(texts))]
    first = marks.index(True) if True in marks else 0
    most = _LINES if value.kind == "dict" else _IN_A_ROW
    start = max(0, min(first - most // 2, len(texts) - most))
    part = slice(start, start + most)
    texts, marks, keys = texts[part], marks[part], value.keys[part]
    before, behind = start > 0, start + most < len(value.items)
    if value.kind == "dict":
        sides = {"above": before, "below": behind}
        grid_of = Cells(
            [[each] for each in texts],
            [[each] for each in marks],
            row_heads=[shown(each)[:_LONGEST_TEXT] for each in keys],
            more=frozenset(each for each, is_so in sides.items() if is_so),
        )
    else:
        sides = {"before": before, "behind": behind}
        grid_of = Cells(
            [texts],
            [marks],
            column_heads=[] if value.kind == "set" else [str(each) for each in keys],
            across=Axis(value.kind, f"length {len(value.items)}"),
            more=frozenset(each for each, is_so in sides.items() if is_so),
        )
    title = f"{side.title}: {type_name(value)}"
    return element("div", drawn(grid_of, side.role, title), class_="kata-grids")


def _differs(side: Side, place: int) -> bool:
    if not side.compared or not isinstance(side.other, ContainerSeen):
        return False
    other, known = _partner(side, place)
    if not known:
        return bool(side.other.kind == side.value.kind)
    tolerance = side.difference.tolerance if side.difference else None
    # Which of the two is expected matters to the tolerance alone.
    pair = (side.value.items[place], other)
    return compare_values(*(pair if side.role == "wanted" else pair[::-1]), tolerance) is not None
