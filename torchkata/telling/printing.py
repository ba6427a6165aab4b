"""What `kata` prints on: how wide it is, and how prose and code look there."""

import os
import sys
from typing import TYPE_CHECKING

from torchkata.suite.statement import PROSE_WIDTH

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PIPE_WIDTH = 200


def console() -> "Console":
    """A console on stdout that shows text as it is.

    Plain in a pipe and under NO_COLOR. A pipe has no width, so lines are left long there unless
    COLUMNS says otherwise.
    """
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        # A statement may hold what the terminal's encoding lacks.
        sys.stdout.reconfigure(errors="replace")
    piped = sys.stdout is None or not sys.stdout.isatty()
    return Console(
        width=_PIPE_WIDTH if piped and not os.environ.get("COLUMNS") else None,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        markup=False,
        emoji=False,
        highlight=False,
    )


def print_prose(console: "Console", text: str, style: str = "") -> None:
    """Print a paragraph, in lines that are not too long to read."""
    console.print(text, style=style, width=min(console.width, PROSE_WIDTH))


def print_code(console: "Console", source: str) -> None:
    """Print Python code, highlighted where there is colour.

    A line that is too long goes on under its own indentation.
    """
    for line in _highlighted(console, source.rstrip("\n")).split("\n", allow_blank=True):
        line.rstrip()
        indent = len(line.plain) - len(line.plain.lstrip())
        if line.cell_len <= console.width:
            console.print(line)
            continue
        for piece in line[indent:].wrap(console, console.width - indent):
            piece.rstrip()
            piece.pad_left(indent)
            console.print(piece)


def _highlighted(console: "Console", source: str) -> "Text":
    if console.color_system is None:
        from rich.text import Text

        return Text(source)
    from rich.syntax import Syntax

    syntax = Syntax(source, "python", theme="ansi_dark", background_color="default")
    highlighted = syntax.highlight(source)
    highlighted.rstrip()
    return highlighted
