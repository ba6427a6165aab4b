"""Drawings and code as they are shown on a terminal that is narrower than their files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_GAP = 2
"""Blank columns that a drawing keeps between its parts, and in front of them."""

_SHORTEST_COLUMN = 20
"""Characters that a table's last column must have room for, or it is left as it is."""

_CLOSES = {"(": ")", "[": "]", "{": "}"}


def narrowed_drawing(lines: Sequence[str], width: int) -> list[str]:
    """A drawing's lines made to fit a width, as far as that goes without changing what it shows.

    Columns that are blank in all lines go first, but for a gap of two, then a part of the margin.
    What is still too long goes on below, under the beginning of its last column.
    """
    for _ in range(max(map(len, lines)) - width):
        columns = [any(each.strip() for each in column) for column in _columns(lines)]
        spare = _spare(columns)
        if spare is None:
            break
        lines = [(line[:spare] + line[spare + 1 :]).rstrip() for line in lines]
    found: list[str] = []
    hangs = 0
    for line in lines:
        if found and hangs and line[:hangs].strip() == "" and line[hangs : hangs + 1].strip():
            line = f"{found.pop()} {line.strip()}"
        parts, hangs = _hung(line, width)
        found += parts
    return found


def _columns(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    longest = max(map(len, lines))
    return zip(*(line.ljust(longest) for line in lines), strict=True)


def _spare(columns: Sequence[bool]) -> int | None:
    """A blank column that can go: one of the widest gap, or else of the margin."""
    margin = columns.index(True)
    gaps: list[tuple[int, int]] = []
    length = 0
    for place, filled in enumerate(columns[margin:], margin):
        if filled and length > _GAP:
            gaps.append((length, place - 1))
        length = 0 if filled else length + 1
    if gaps:
        return max(gaps)[1]
    return 0 if margin > _GAP else None


def _hung(line: str, width: int) -> tuple[list[str], int]:
    """A line with what doesn't fit of its last column below it, and where that column begins."""
    found: list[str] = []
    column = 0
    while len(line) > width:
        column = line.rfind("  ", 0, width) + 2
        end = line.rfind(" ", 0, width + 1)
        if column < 2 or end <= column or width - column < _SHORTEST_COLUMN:
            break
        found.append(line[:end].rstrip())
        line = " " * column + line[end:].lstrip()
    return [*found, line], column if found else 0


def narrowed_code(line: str, width: int, within: bool) -> list[str]:
    """A line of Python as several that mean the same; `within` where a bracket is open before it.

    It breaks behind a comma, at a dict's colon or in a string, in the outermost bracket that helps.
    A line that offers no such place stays as it is, and so does one that is short enough.
    """
    prompt = line[: len(line) - len(line.lstrip())]
    if line.lstrip().startswith((">>> ", "... ")):
        prompt += line.lstrip()[:4]
    more = prompt.replace(">>>", "...")
    found: list[str] = []
    hanging = " " * (4 + _indent(line[len(prompt) :]))
    while len(line) > width:
        best = min(
            (each for each in _breaks(line, len(prompt), within) if each.fits(width)),
            key=lambda each: (
                each.in_string,
                (each.column or 0) > width // 2,
                each.depth,
                (each.column or 0) + len(line) - each.place > width,
                -each.place,
            ),
            default=None,
        )
        if best is None:
            break
        column = best.column
        rest = line[best.place :].lstrip(" " if not best.in_string else "")
        start = more + (hanging if column is None else " " * (column - len(prompt)))
        if len(start) + len(best.quote) + len(rest) >= len(line):
            break
        found.append(line[: best.place].rstrip(" " if not best.in_string else "") + best.quote)
        line = start + best.quote + rest
        within = True
    return [*found, line]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(frozen=True, slots=True)
class _Break:
    """A place where a line may be broken, and the column of what comes below, if that is fixed."""

    place: int
    depth: int
    column: int | None
    quote: str = ""

    @property
    def in_string(self) -> bool:
        return bool(self.quote)

    def fits(self, width: int) -> bool:
        return self.place + len(self.quote) <= width


def _breaks(line: str, start: int, within: bool) -> Iterator[_Break]:
    """The places where a line of code may be broken, from left to right."""
    opened: list[tuple[str, int]] = []
    quote, began = "", 0
    place = start
    while place < len(line):
        character = line[place]
        depth = len(opened)
        free = within or depth > 0
        if quote:
            if character == "\\":
                place += 1
            if free and not line[began - 1].isalpha():
                newline = character == "\\" and line[place] == "n"
                if newline or character == " ":
                    yield _Break(place + 1, depth, began, quote)
            if character == quote:
                quote = ""
        elif character in "\"'":
            quote, began = character, place
        elif character in _CLOSES:
            opened.append((character, place))
        elif opened and character == _CLOSES[opened[-1][0]]:
            opened.pop()
        elif character in ")]}":
            within = True
        elif character == "#" or place + 1 == len(line):
            return
        elif free and (character == "," or (character == ":" and line[place - 1] in "\"'")):
            yield _Break(place + 1, depth, opened[-1][1] + 1 if opened else None)
        place += 1
