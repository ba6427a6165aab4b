"""The autograd graph behind a result: gradients flow down from it, through operations, to leaves.

Leaves are round, operations are not, and what no gradient reaches has a broken line.
"""

from dataclasses import dataclass, field

from markupsafe import Markup

from torchkata.judge.verdict import CloserLook
from torchkata.telling.pictures.markup import drawing, element, head, label
from torchkata.values.anatomy import GraphSeen
from torchkata.values.difference import Difference, Stage

_MOST = 8
"""Operations that are drawn one by one; the rest is one box."""

_STAGES = (Stage.RAN, Stage.VALUES, Stage.GRADIENT, Stage.AFTERWARDS)
"""Stages at which the graph may be the reason."""

_HEIGHT = 26
_STEP = 50
_APART = 16
_CHARACTER = 7.9


@dataclass
class _Box:
    """A box of the picture: what stands in it, and the boxes below that lines lead to."""

    text: str
    kind: str
    below: list[int] = field(default_factory=list)
    row: int = 0
    x: float = 0.0

    @property
    def width(self) -> float:
        return 8.0 if self.kind == "way" else len(self.text) * _CHARACTER + 22

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def matters(look: CloserLook, difference: Difference) -> bool:
    """Whether the graph says something: there is one, or there should be one."""
    if difference.stage not in _STAGES or look.expected is None:
        return False
    yours, expected = look.yours.graph, look.expected.graph
    if yours is None or expected is None:
        return False
    some = any(each.reached or each.cut_off for each in (yours, expected))
    return some or difference.stage is Stage.GRADIENT


def picture(graph: GraphSeen, title: str, whole: bool) -> Markup:
    """The picture of a graph. Where it is not `whole`, its operations are one box without names."""
    boxes = _boxes(graph, _MOST if whole else 0)
    rows = _rows(boxes)
    across = max(map(_wide, rows))
    for row in rows:
        x = 8 + (across - _wide(row)) / 2
        above = [each for each in boxes if each.row == row[0].row - 1]
        for box in sorted(row, key=lambda box: _wished(box, boxes, above)):
            box.x = x
            x += box.width + _APART
    lines = [_line(box, boxes[other]) for box in boxes for other in box.below]
    shown = [_drawn(box) for box in boxes if box.kind != "way"]
    right = across + (70 if graph.cut_off else 16)
    height = 8 + (len(rows) - 1) * _STEP + _HEIGHT + 6
    return drawing(right, height, title, in_words(graph, whole), *lines, *shown)


def in_words(graph: GraphSeen, whole: bool = True) -> str:
    """Where gradients flow to from the result, and where they don't."""
    names = [each.name for each in graph.nodes if each.kind == "operation"]
    through = f" through {', '.join(names)}" if names and whole else ""
    reached = ", ".join(graph.reached) or "nothing"
    cut = f" {', '.join(graph.cut_off)}: cut off." if graph.cut_off else ""
    return f"Gradients flow from {graph.result}{through} to {reached}.{cut}"


def _boxes(graph: GraphSeen, most: int) -> list[_Box]:
    """The result's box, those of the nodes, and those of what is cut off."""
    flag = "requires grad" if graph.requires_grad else "does not require grad"
    boxes = [_Box(f"{graph.result}: {flag}", "result")]
    operations = [at for at, each in enumerate(graph.nodes) if each.kind == "operation"]
    alone = set(operations if len(operations) <= most else operations[: max(0, most - 1)])
    places: dict[int, int] = {}
    rest = None
    for at, node in enumerate(graph.nodes):
        if node.kind != "operation" or at in alone:
            places[at] = len(boxes)
            boxes.append(_Box(node.name, node.kind))
        else:
            if rest is None:
                rest = len(boxes)
                left = str(len(operations) - len(alone)) if graph.whole else "many"
                boxes.append(_Box(f"{left} more operations" if most else "…", "rest"))
            places[at] = rest
    if graph.nodes:
        boxes[0].below.append(places[0])
    for at, node in enumerate(graph.nodes):
        for each in node.leads_to:
            one, other = places[at], places[each]
            # What is left out leads to ends alone, so that no way goes in a circle.
            circular = one == rest and boxes[other].kind == "operation"
            if one != other and other not in boxes[one].below and not circular:
                boxes[one].below.append(other)
    for name in graph.cut_off:
        boxes[0].below.append(len(boxes))
        boxes.append(_Box(name, "cut"))
    return boxes


def _rows(boxes: list[_Box]) -> list[list[_Box]]:
    """The boxes by rows, each below all that lead to it, and what ends the graph in the last.

    A line that passes rows by gets a way through each, so that it crosses no box.
    """
    for _ in boxes:  # the longest way has no more steps than there are boxes
        for box in boxes:
            for each in box.below:
                boxes[each].row = max(boxes[each].row, box.row + 1)
    last = max(each.row for each in boxes)
    for box in boxes:
        if box.kind in ("leaf", "source", "cut"):
            box.row = last
    for box in list(boxes):
        for place, each in enumerate(box.below):
            for row in reversed(range(box.row + 1, boxes[each].row)):
                if boxes[each].kind == "cut":
                    break
                boxes.append(_Box("", "way", [box.below[place]], row))
                box.below[place] = len(boxes) - 1
    return [[box for box in boxes if box.row == row] for row in range(last + 1)]


def _wide(row: list[_Box]) -> float:
    return sum(box.width + _APART for box in row) - _APART


def _wished(box: _Box, boxes: list[_Box], above: list[_Box]) -> float:
    """Where a box stands best: below the middle of those that lead to it; what is cut off last."""
    leading = [each.middle for each in above if any(boxes[at] is box for at in each.below)]
    return sum(leading) / len(leading) if leading else float("inf")


def _y(box: _Box) -> float:
    return 8 + box.row * _STEP


def _drawn(box: _Box) -> Markup:
    is_round = box.kind not in ("operation", "rest")
    frame = element(
        "rect",
        x=box.x,
        y=_y(box),
        width=box.width,
        height=_HEIGHT,
        rx=13 if is_round else 3,
        fill="none",
        stroke="currentColor",
        stroke_dasharray="4 3" if box.kind in ("cut", "rest") else None,
    )
    said = label(box.text, box.middle, _y(box) + _HEIGHT / 2)
    return element("g", frame, said, class_=f"kata-node kata-node-{box.kind}")


def _line(one: _Box, other: _Box) -> Markup:
    if other.kind == "cut":
        return _broken(other.middle, _y(other))
    y1 = _y(one) + (0 if one.kind == "way" else _HEIGHT)
    y2 = _y(other)
    end = y2 if other.kind == "way" else y2 - 5
    middle = (y1 + y2) / 2
    curve = f"C{one.middle:g} {middle:g} {other.middle:g} {middle:g} {other.middle:g} {end:g}"
    parts = [element("path", d=f"M{one.middle:g} {y1:g}{curve}", fill="none")]
    if other.kind != "way":
        left, right = other.middle - 3.5, other.middle + 3.5
        parts.append(head([(other.middle, y2), (left, y2 - 6), (right, y2 - 6)]))
    return element("g", *parts, stroke="currentColor", class_="kata-flow")


def _broken(x: float, y: float) -> Markup:
    """A line that comes from nowhere: two strokes across it, and the word for it."""
    above = f"M{x:g} {y:g}v-7M{x:g} {y - 15:g}v-5"
    strokes = f"M{x - 6:g} {y - 6:g}l12 -5M{x - 6:g} {y - 11:g}l12 -5"
    return element(
        "g",
        element("path", d=above, stroke_dasharray="3 2", fill="none"),
        element("path", d=strokes, fill="none", stroke_width=2),
        label("cut off", x + 10, y - 11, "small", "start"),
        stroke="currentColor",
        class_="kata-cut",
    )
