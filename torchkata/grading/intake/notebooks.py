"""A notebook as the Python file that is judged: the cells that define what the exercise asks for.

With them go the imports of all cells, and the cells that define what those use. Nothing of it is
parsed as Python here: it is a student's text, and where it is read is trusted.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_DEFINES = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.M)
_IMPORTS = re.compile(r"^(?:import|from)\s.+$", re.M)
_MAGIC = re.compile(r"^\s*(?:[%!]|\?).*$|^.*\?\s*$", re.M)
_OTHER_LANGUAGE = re.compile(
    r"\s*%%(?:bash|sh|script|html|HTML|javascript|js|latex|markdown|writefile|file|perl|ruby|svg)\b"
)


class BadNotebook(Exception):
    """It can't be read as a notebook; the message says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The Python of a notebook, and how many lines of magics were left out of it."""

    source: str
    magics: int


def extract(raw: bytes, names: Sequence[str], called: str) -> Extract:
    """The cells that define any of `names`, as Python. Raises BadNotebook, which says `called`."""
    cells = [_code(each) for each in _cells(raw, called)]
    bare = [_MAGIC.sub("", each) for each in cells]
    wanted = {number for number, each in enumerate(bare) if not names_in(each).isdisjoint(names)}
    if not wanted:
        listed = " or ".join(names)
        raise BadNotebook(f"{called} is a notebook, and no cell of it defines {listed}.")
    defined = [names_in(each) for each in bare]
    ahead = list(wanted)
    for number in ahead:
        used = set(re.findall(r"\w+", bare[number]))
        more = {
            n for n, each in enumerate(defined) if n not in wanted and not each.isdisjoint(used)
        }
        wanted |= more
        ahead += more
    parts = [
        text if number in wanted else "\n".join(_IMPORTS.findall(text))
        for number, text in enumerate(bare)
    ]
    magics = sum(len(_MAGIC.findall(cells[number])) for number in wanted)
    return Extract("\n\n".join(each.strip("\n") for each in parts if each.strip()) + "\n", magics)


def names_in(text: str) -> set[str]:
    """What a text of Python defines at its top, as far as lines tell."""
    return {one or other for one, other in _DEFINES.findall(text)}


def defined(raw: bytes, called: str) -> set[str]:
    """What all cells of a notebook define. Raises BadNotebook."""
    found: set[str] = set()
    for each in _cells(raw, called):
        found |= names_in(_code(each))
    return found


def _cells(raw: bytes, called: str) -> Iterable[dict[str, Any]]:
    try:
        told = json.loads(raw)
        cells = told["cells"] if "cells" in told else told["worksheets"][0]["cells"]
        return [each for each in cells if each.get("cell_type") == "code"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise BadNotebook(f"{called} is no notebook, or not a whole one.") from None


def _code(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return "" if _OTHER_LANGUAGE.match(text) else text
