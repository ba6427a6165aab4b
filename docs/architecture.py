"""Draws docs/architecture.svg: the engine's packages and what they import, from the code itself.

    python docs/architecture.py            # writes the picture
    python docs/architecture.py --check    # exits with 1 where the picture is not that of the code

Rows are the layers that pyproject.toml holds the engine to. A line is drawn where a package
imports another and none between them leads there as well.
"""

import sys
import tomllib
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = Path(__file__).with_suffix(".svg")
ENGINE = "torchkata"

WIDTH, HEIGHT, GAP, MARGIN, SPAN = 330, 58, 44, 24, 40

STYLE = """
    .box { fill: #f6f8fa; stroke: #57606a; }
    .line { stroke: #57606a; fill: none; }
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .name { font-weight: 600; font-size: 15px; }
    @media (prefers-color-scheme: dark) {
        .box { fill: #161b22; stroke: #8b949e; }
        .line { stroke: #8b949e; }
        text { fill: #e6edf3; }
    }
"""


def layers() -> list[list[str]]:
    """The packages of each layer, the highest first, as import-linter is told of them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = told["tool"]["importlinter"]["contracts"][0]
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def imports(packages: list[str]) -> set[tuple[str, str]]:
    """Pairs of packages, the first of which imports the second."""
    graph = grimp.build_graph(ENGINE)

    def package(module: str) -> str:
        return module.removeprefix(f"{ENGINE}.").partition(".")[0]

    return {
        (package(module), package(imported))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
        if package(module) != package(imported)
        and {package(module), package(imported)} <= {*packages}
    }


def told_already(pairs: set[tuple[str, str]], start: str, end: str) -> bool:
    """Whether a way of several steps leads from one package to another too."""
    reached, waiting = set(), [below for above, below in pairs if above == start and below != end]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += [below for above, below in pairs if above == here]
    return end in reached


def job(name: str) -> str:
    """What a package is for: the first clause of its docstring."""
    folder = ROOT / ENGINE / name
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    first = path.read_text(encoding="utf-8").lstrip('"').partition("\n")[0].strip('"')
    return first.partition(":")[0].rstrip(".")


def drawn() -> str:
    """The picture as SVG."""
    rows = layers()
    names = [name for row in rows for name in row]
    pairs = imports(names)
    broadest = max(map(len, rows))
    whole = broadest * WIDTH + (broadest - 1) * SPAN + 2 * MARGIN
    place = {}
    for level, row in enumerate(rows):
        left = (whole - len(row) * WIDTH - (len(row) - 1) * SPAN) / 2
        for column, name in enumerate(row):
            place[name] = left + column * (WIDTH + SPAN), MARGIN + level * (HEIGHT + GAP)
    parts = []
    for name, (x, y) in place.items():
        parts.append(
            f'<rect class="box" x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
            f'<text class="name" x="{x + 12:g}" y="{y + 23:g}">{escape(name)}</text>'
            f'<text x="{x + 12:g}" y="{y + 43:g}">{escape(job(name))}</text>'
        )
    for above, below in sorted(pairs):
        if told_already(pairs, above, below):
            continue
        (x1, y1), (x2, y2) = place[above], place[below]
        x1, x2 = x1 + WIDTH / 2, x2 + WIDTH / 2
        bend = (y2 - y1 - HEIGHT) / 2
        parts.append(
            f'<path class="line" marker-end="url(#tip)" d="M{x1:g} {y1 + HEIGHT:g} '
            f'C{x1:g} {y1 + HEIGHT + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2 - 5:g}"/>'
        )
    height = 2 * MARGIN + len(rows) * HEIGHT + (len(rows) - 1) * GAP
    marker = (
        '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="4" refY="4" orient="auto">'
        '<path d="M1 1 L7 4 L1 7" class="line"/></marker></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" role="img" '
        f'aria-label="The packages of torchkata and what they import">\n<style>{STYLE}</style>\n'
        + marker
        + "\n"
        + "\n".join(parts)
        + "\n</svg>\n"
    )


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PICTURE.write_text(drawn(), encoding="utf-8")
    elif PICTURE.read_text(encoding="utf-8") != drawn():
        sys.exit(f"{PICTURE.name} is not that of the code: run python docs/architecture.py")
