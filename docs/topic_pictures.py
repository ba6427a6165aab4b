"""Draws the pictures of the topics' pages, from tensors that are really made.

    python docs/topic_pictures.py            # writes exercises/<topic>/*.svg
    python docs/topic_pictures.py --check    # exits with 1 where a picture is not what it draws

What is drawn is what verdicts are drawn with.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from markupsafe import Markup
from torch import Tensor

from torchkata.telling.pictures import graph, storage
from torchkata.telling.pictures.cells import Axis, Cells, drawn
from torchkata.telling.pictures.markup import drawing, element, label
from torchkata.values.anatomy import CallSeen, call_seen

ROOT = Path(__file__).parents[1]
MARGIN, APART = 14, 26

STYLE = """
    svg { color: #1c2024; }
    .paper { fill: #ffffff; }
    text { font: 13px ui-monospace, Menlo, "DejaVu Sans Mono", Consolas, monospace; fill: #1c2024; }
    .kata-axis, .kata-head, .kata-small, .kata-zero, .kata-box, .kata-flow { color: #5b6470; }
    text:is(.kata-axis, .kata-head, .kata-small) { fill: #5b6470; font-size: 11px; }
    text:is(.kata-lane, .kata-said) { font-size: 11px; font-weight: 600; }
    .kata-cell rect, .kata-node rect { fill: #f4f6f8; stroke: #c3cad2; stroke-width: 1; }
    .kata-untouched rect { fill: none; }
    .kata-step { color: #1f4fa3; stroke-width: 1.3; }
    .kata-wanted { color: #0b6b3a; }
    .kata-wanted rect, .kata-node-leaf rect { fill: #dcf3e4; stroke: #0b6b3a; stroke-width: 2; }
    .kata-node-cut rect { fill: #fde4e1; stroke: #b3261e; }
    .kata-cut { color: #b3261e; }
    .kata-cut text { fill: #b3261e; stroke: none; font-size: 11px; }
    @media (prefers-color-scheme: dark) {
        svg { color: #e6e9ed; }
        .paper { fill: #16191d; }
        text { fill: #e6e9ed; }
        .kata-axis, .kata-head, .kata-small, .kata-zero, .kata-box, .kata-flow { color: #9aa5b1; }
        text:is(.kata-axis, .kata-head, .kata-small) { fill: #9aa5b1; }
        .kata-cell rect, .kata-node rect { fill: #22272d; stroke: #4a535d; }
        .kata-untouched rect { fill: none; }
        .kata-step { color: #8db8ff; }
        .kata-wanted { color: #6fdc9b; }
        .kata-wanted rect, .kata-node-leaf rect { fill: #143524; stroke: #6fdc9b; }
        .kata-node-cut rect { fill: #47201d; stroke: #ff9a90; }
        .kata-cut { color: #ff9a90; }
        .kata-cut text { fill: #ff9a90; }
    }
"""


def views() -> Markup:
    """Three tensors over one storage."""
    x = torch.arange(6).view(2, 3)
    return lying({"x": x, "x[1]": x[1], "x[:, 1:]": x[:, 1:]})


def strides() -> Markup:
    """A tensor and its transpose, which walks through the same storage in another order."""
    x = torch.arange(6).view(2, 3)
    return lying({"x": x, "x.transpose(0, 1)": x.transpose(0, 1)})


def broadcast() -> Markup:
    """A column and a row, and what they are together."""
    column, row = torch.tensor([[10], [20], [30]]), torch.tensor([1, 2, 3, 4])
    return beside(
        ("column", cells(column)), ("row", cells(row)), ("column + row", cells(column + row))
    )


def gather() -> Markup:
    """What gather reads along each of two dimensions."""
    x = torch.tensor([[10, 11, 12], [20, 21, 22], [30, 31, 32]])
    index = torch.tensor([[2, 2], [0, 1]])
    rows, columns = torch.arange(2)[:, None], torch.arange(2)
    return beside(
        ("index", cells(index)),
        ("read in x, dim 0", cells(x, marked=[*zip(*at(index, columns), strict=True)])),
        ("x.gather(0, index)", cells(x.gather(0, index))),
        ("read in x, dim 1", cells(x, marked=[*zip(*at(rows, index), strict=True)])),
        ("x.gather(1, index)", cells(x.gather(1, index))),
    )


def sums() -> Markup:
    """The two sums of a table, each where its numbers come from."""
    x = torch.tensor([[1, 2, 3], [4, 5, 6]])
    return beside(
        ("x", cells(x)),
        ("x.sum(dim=0)", cells(x.sum(dim=0))),
        ("x.sum(dim=1, keepdim=True)", cells(x.sum(dim=1, keepdim=True))),
    )


def flow() -> Markup:
    """The graph of a loss, with a tensor that was detached."""
    x, w, b = (torch.ones(2, requires_grad=True) for _ in range(3))
    loss = (x * w + b.detach()).sum()
    seen = call_seen("loss", {"x": x, "w": w, "b": b}, loss, True).graph
    assert seen is not None
    return graph.picture(seen, "the graph of (x * w + b.detach()).sum()", True)


PICTURES: dict[str, Callable[[], Markup]] = {
    "memory/views": views,
    "shapes/strides": strides,
    "shapes/broadcast": broadcast,
    "indexing/gather": gather,
    "reductions/sums": sums,
    "autograd/flow": flow,
}


def lying(tensors: dict[str, Tensor]) -> Markup:
    seen: CallSeen = call_seen("page", tensors, None, True)
    (picture,) = storage.pictures(seen, None, "wanted")
    return picture


def at(rows: Tensor, columns: Tensor) -> tuple[list[int], list[int]]:
    """The rows and columns that two index tensors name together."""
    together = torch.broadcast_tensors(rows, columns)
    return together[0].flatten().tolist(), together[1].flatten().tolist()


def cells(tensor: Tensor, marked: list[tuple[int, int]] | None = None) -> Markup:
    """A tensor of one or two dimensions as a grid, with some of its cells marked."""
    table = tensor.reshape((1, *tensor.shape)[-2:])
    height, width = table.shape
    axes = [Axis(f"dim {dim}", f"size {size}") for dim, size in enumerate(tensor.shape)]
    return drawn(
        Cells(
            [[str(each) for each in row] for row in table.tolist()],
            [[(i, j) in (marked or []) for j in range(width)] for i in range(height)],
            across=axes[-1],
            down=axes[-2] if len(axes) > 1 else None,
        ),
        "wanted",
        str(tuple(tensor.shape)),
    )


def beside(*named: tuple[str, Markup]) -> Markup:
    """Pictures in a row, the name of each above it."""
    x, tallest, parts = 0.0, 0.0, []
    for name, picture in named:
        width, height = sides(picture)
        parts += [label(name, x, 8, "said", "start"), placed(picture, x, 22)]
        x += max(width, len(name) * 6.7) + APART
        tallest = max(tallest, height)
    names = ", ".join(name for name, _ in named)
    return drawing(x - APART, tallest + 24, names, f"Side by side: {names}.", *parts)


def sides(picture: Markup) -> tuple[float, float]:
    found = re.search(r' width="([\d.]+)" height="([\d.]+)"', picture)
    assert found is not None
    return float(found[1]), float(found[2])


def placed(picture: Markup, x: float, y: float) -> Markup:
    return Markup(str(picture).replace("<svg ", f'<svg x="{x:g}" y="{y:g}" ', 1))


def on_paper(picture: Markup) -> str:
    """The picture as a file of its own."""
    width, height = (side + 2 * MARGIN for side in sides(picture))
    told = [re.search(f"<{name}>(.*?)</{name}>", picture) for name in ("title", "desc")]
    title, said = (Markup(each[1]) if each else Markup("") for each in told)
    paper = element("rect", width="100%", height="100%", rx=8, class_="paper")
    whole = drawing(
        width,
        height,
        title,
        said,
        Markup(f"<style>{STYLE}</style>"),
        paper,
        placed(picture, MARGIN, MARGIN),
    )
    return f"{whole}\n"


def main() -> None:
    differing = []
    for name, draw in PICTURES.items():
        path = ROOT / "exercises" / f"{name}.svg"
        text = on_paper(draw())
        if sys.argv[1:] != ["--check"]:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            differing.append(f"{path.relative_to(ROOT)} is not what is drawn.")
    if differing:
        sys.exit("\n".join([*differing, "python docs/topic_pictures.py draws them anew."]))


if __name__ == "__main__":
    main()
