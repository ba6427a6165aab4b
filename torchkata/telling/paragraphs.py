"""Text for a terminal: printable, in lines of 80 columns, cut to what has room, in styles."""

import re
import textwrap
from collections.abc import Sequence

from rich.text import Text

WIDTH = 80
INDENT = "    "
MOST_LINES = 8
"""Lines of one thing: a message that lists every kernel, a list that holds everything."""

SENTENCE = "bold"
WHERE = "dim"
STAGE = "bold red"
LABEL = "cyan"
WANTED = "bold green"
GIVEN = "bold red"
ADVICE = "yellow"

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def printable(text: str) -> str:
    """Text with its control characters, but for newlines, and its lone surrogates as escapes.

    A terminal obeys the first, and no encoding has the others.
    """
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(name: str) -> str:
    """A name as it can stand in a line: with newlines as escapes too."""
    return printable(name).replace("\n", "\\n")


def labelled(label: str, rest: str | Text = "") -> Text:
    return Text.assemble((label, LABEL), rest)


def capped(lines: Sequence[str], most: int = MOST_LINES, indent: str = "") -> Sequence[str]:
    """The first lines, and how many more there are."""
    if len(lines) <= most + 1:
        return lines
    return [*lines[:most], f"{indent}… and {len(lines) - most} more lines"]


def wrapped(text: str, style: str = "", indent: str = "") -> Text:
    lines = lines_of(text, WIDTH - len(indent), break_long_words=False)
    return Text(textwrap.indent("\n".join(lines), indent), style)


def lines_of(text: str, width: int, break_long_words: bool = True) -> list[str]:
    return textwrap.wrap(
        printable(text), width, break_long_words=break_long_words, break_on_hyphens=False
    )
