"""Memory: the cells of one storage in a row, and below it each tensor that looks at them.

A tensor's boxes stand below the cells that it touches, with the index that each cell has in it.
Arrows lead from one element to the next, row by row; where the last index begins anew, they are
dashed.
"""

import itertools
import math
from collections.abc import Sequence

import torch
from markupsafe import Markup

from torchkata.judge.verdict import CloserLook
from torchkata.telling.pictures.cells import HEIGHT, Role, box, cell_width, mark
from torchkata.telling.pictures.markup import drawing, element, head, label
from torchkata.values import grid
from torchkata.values.anatomy import CallSeen, LyingSeen, StorageSeen
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Raised

_WALKED = 12
"""Elements of a tensor that are drawn one by one."""

_LOOKED_AT = 4096
"""Elements of a tensor that are asked where they lie, to tell which cells none touches."""

_GAP = 3
_LEFT = 6
_BOX = 20
_SMALL = 6.7
_DEEPEST = 30

_STAGES = (Stage.RAN, Stage.SHAPE, Stage.VALUES, Stage.AFTERWARDS, Stage.SHARING)
"""Stages at which memory may be the reason."""

_ZEROS = {"0.", "-0."}
"""What is written in two ways, and equal."""

_RESULT = "result"

Places = list[tuple[tuple[int, ...], int]]


def matters(look: CloserLook, difference: Difference) -> bool:
    """Whether how the tensors lie says something: there is a view, or there should be one."""
    if difference.stage not in _STAGES:
        return False
    asked_for = is_asked_for(look, difference) and look.expected is not None
    calls = [look.yours, look.expected] if asked_for else [look.yours]
    return any(_is_odd(each) for each in calls if each is not None)


def is_asked_for(look: CloserLook, difference: Difference) -> bool:
    """Whether the way in which the solution's result lies is part of what is asked for."""
    return look.memory_matters or difference.stage is Stage.SHARING or _is_refused(difference)


def _is_refused(difference: Difference) -> bool:
    """Whether the property itself refuses a result: it may do so for how it lies."""
    return isinstance(difference.actual, Raised) and difference.actual.cause == "invariant"


def pictures(call: CallSeen, other: CallSeen | None, role: Role) -> list[Markup]:
    """A picture of each storage of the call that says something.

    That is one which a result lies in, in the `other` call too, one which is walked in another way
    than row by row, and one whose values differ from those of the other call: they are marked.
    """
    kinds = [list(map(_kind, each.storages)) for each in (call, other) if each is not None]
    alike = kinds[0] == kinds[-1]
    related = {name for each in (call, other) if each is not None for name in _related(each)}
    found = []
    for number, storage in enumerate(call.storages):
        tensors = [each for each in call.tensors if each.storage == number]
        differing = _differing(storage, other.storages[number]) if other and alike else set()
        odd = any(not each.is_plain or related & {*each.names} for each in tensors)
        if odd or differing:
            found.append((storage, tensors, differing))
    names = [f"storage {at + 1}" if len(found) > 1 else "storage" for at in range(len(found))]
    return [_drawn(name, *each, role) for name, each in zip(names, found, strict=True)]


def _related(call: CallSeen) -> set[str]:
    """The names of the results, and of the arguments that a result shares memory with."""
    storages = {each.storage for each in call.tensors if _is_result(each)}
    return {name for each in call.tensors if each.storage in storages for name in each.names}


def _kind(storage: StorageSeen) -> tuple[str, int, int]:
    return storage.dtype, storage.size, storage.start


def _differing(one: StorageSeen, other: StorageSeen) -> set[int]:
    """The places at which two storages differ by more than rounding."""
    pairs = enumerate(zip(_texts(one), _texts(other), strict=True), one.start)
    return {place for place, (left, right) in pairs if left != right and {left, right} != _ZEROS}


def _is_odd(call: CallSeen) -> bool:
    """Whether there is a view: other strides, or a result in an argument's several elements."""
    if any(not each.is_plain for each in call.tensors):
        return True
    results = {each.storage for each in call.tensors if _is_result(each)}
    others = {
        each.storage
        for each in call.tensors
        if any(not name.startswith(_RESULT) for name in each.names)
    }
    return any(call.storages[each].size > 1 for each in results & others)


def _is_result(tensor: LyingSeen) -> bool:
    return any(name.startswith(_RESULT) for name in tensor.names)


def _drawn(
    name: str,
    storage: StorageSeen,
    tensors: Sequence[LyingSeen],
    differing: set[int],
    role: Role,
) -> Markup:
    texts = _texts(storage)
    places = [_within(each, storage) for each in tensors]
    longest = max((len(_index(index)) for each in places for index, _ in each), default=0)
    overlap = any(len({place for _, place in each}) < len(each) for each in places)
    longest += len(" ×12") if overlap else 0
    width = max(*map(cell_width, map(len, texts)), (longest + 2) * _SMALL, 38.0)
    step = width + _GAP
    touched = {place for each in tensors for _, place in each.places(_LOOKED_AT)}
    plural = "" if storage.size == 1 else "s"
    told = f"{name}: {storage.dtype}, {storage.size} element{plural}"
    parts = [label(told, _LEFT, 8, "axis", "start")]
    top = 36.0
    for at, text in enumerate(texts):
        x = _LEFT + at * step
        parts.append(label(str(storage.start + at), x + width / 2, top - 10, "head"))
        place = storage.start + at
        kind = role if place in differing else "" if place in touched else "untouched"
        parts.append(_cell(text, kind, role, x, top, width))
    right = _LEFT + len(texts) * step
    if storage.start + len(texts) < storage.size:
        parts.append(label("⋯", right + 8, top + HEIGHT / 2, "head"))
        right += 20
    y = top + HEIGHT
    for tensor, seen in zip(tensors, places, strict=True):
        parts.append(_named(tensor, y + 16))
        y += 28
        lane, below = _lane(seen, storage.start, y, step, width)
        parts += lane
        y += _BOX + below
        left = math.prod(tensor.shape) - len(seen)
        if left:
            parts.append(label(f"… and {left} more", _LEFT, y + 8, "small", "start"))
            y += 16
        right = max(right, _LEFT + len(_title(tensor)) * _SMALL + 8)
    return drawing(right + 4, y + 6, told, " ".join(map(_in_words, tensors)), *parts)


def _texts(storage: StorageSeen) -> list[str]:
    values = list(storage.values)
    if any(isinstance(each, float | complex) for each in values):
        row = torch.tensor([values], dtype=torch.promote_types(torch.float64, _widest(values)))
        return grid.texts(row, grid.FEW)[0]
    return [str(each) for each in values]


def _widest(values: list[object]) -> torch.dtype:
    return torch.complex128 if any(isinstance(each, complex) for each in values) else torch.float64


def _within(tensor: LyingSeen, storage: StorageSeen) -> Places:
    """The first elements of a tensor, up to one that lies beyond what is shown."""
    last = storage.start + len(storage.values)
    found: Places = []
    for index, place in tensor.places(_WALKED):
        if not storage.start <= place < last:
            break
        found.append((index, place))
    return found


def _cell(text: str, kind: str, role: Role, x: float, y: float, width: float) -> Markup:
    """A cell of a storage: as it is, `untouched` by any tensor, or differing, as `role`."""
    frame = box(x, y, width, kind == role, "2 3" if kind == "untouched" else None)
    said = label(text, x + width / 2, y + HEIGHT / 2, "zero" if kind == "untouched" else "")
    shape = [mark(role, x + width, y)] if kind == role else []
    return element(
        "g", frame, said, *shape, class_=f"kata-cell kata-{kind}" if kind else "kata-cell"
    )


def _title(tensor: LyingSeen) -> str:
    return f"{' is '.join(tensor.names)}: {_facts(tensor)}"


def _facts(tensor: LyingSeen) -> str:
    return f"shape {tensor.shape}, stride {tensor.stride}, offset {tensor.offset}"


def _named(tensor: LyingSeen, y: float) -> Markup:
    kind = "result" if _is_result(tensor) else "argument"
    return label(_title(tensor), _LEFT, y, f"lane kata-{kind}", "start")


def _lane(
    seen: Places, start: int, y: float, step: float, width: float
) -> tuple[list[Markup], float]:
    """The boxes of a tensor with arrows below them, and how deep these go."""
    by_place: dict[int, list[tuple[int, ...]]] = {}
    for index, place in seen:
        by_place.setdefault(place, []).append(index)
    parts = []
    for place, indices in by_place.items():
        x = _LEFT + (place - start) * step
        more = f" ×{len(indices)}" if len(indices) > 1 else ""
        outline = element(
            "rect", x=x, y=y, width=width, height=_BOX, rx=9, fill="none", stroke="currentColor"
        )
        said = label(_index(indices[0]) + more, x + width / 2, y + _BOX / 2, "small")
        parts.append(element("g", outline, said, class_="kata-box"))
    deepest = 0.0
    for (_, one), (index, other) in itertools.pairwise(seen):
        if one == other:
            continue
        depth = min(6.0 + 6 * abs(other - one), _DEEPEST)
        deepest = max(deepest, depth)
        begin, end = (_LEFT + (each - start) * step + width / 2 for each in (one, other))
        parts.append(_arc(begin, end, y + _BOX, depth, index[-1] == 0))
    return parts, deepest


def _arc(begin: float, end: float, y: float, depth: float, begins_anew: bool) -> Markup:
    """An arrow below two boxes; it leaves the one and reaches the other a little apart."""
    apart = 5 if end > begin else -5
    x1, x2 = begin + apart, end - apart
    curve = f"M{x1:g} {y:g}C{x1:g} {y + depth:g} {x2:g} {y + depth:g} {x2:g} {y + 5:g}"
    path = element("path", d=curve, fill="none", stroke_dasharray="3 2.5" if begins_anew else None)
    point = head([(x2, y + 0.5), (x2 - 3, y + 6), (x2 + 3, y + 6)])
    return element("g", path, point, stroke="currentColor", class_="kata-step")


def _index(index: tuple[int, ...]) -> str:
    return ",".join(map(str, index)) or "()"


def _in_words(tensor: LyingSeen) -> str:
    walked = ", ".join(f"[{_index(index)}] in {place}" for index, place in tensor.places(_WALKED))
    return f"{_title(tensor)}: {walked}."
