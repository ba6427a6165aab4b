"""A finding about this machine or this clone, and how findings are printed."""

import re
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80

_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}
_INDENT = " " * 9
_NARROWEST = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """How it stands with one thing: what was found there and, where it is not ok, what to do.

    `remedy` is empty where `says` tells that already. Commands stand in backticks.
    """

    state: Literal["ok", "warning", "problem"]
    thing: str
    says: str
    remedy: str = ""


def show(found: Iterable[Finding]) -> bool:
    """Print the findings as they come and their count; whether there is no problem among them."""
    console = _console()
    counts = {"problem": 0, "warning": 0, "ok": 0}
    for each in found:
        counts[each.state] += 1
        _print(console, _drawn(each, console.width if console else WIDTH), each.state)
    told = [
        f"{count} {state}{'s' if count > 1 else ''}"
        for state, count in counts.items()
        if count and state != "ok"
    ]
    _print(console, ", ".join(told) or "All is well.")
    return not counts["problem"]


def encoding() -> str:
    """The encoding of stdout, which may be closed."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _console() -> "Console | None":
    """The terminal; None where rich itself is what is missing."""
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(highlight=False, soft_wrap=True)


def _drawn(finding: Finding, width: int) -> str:
    """A finding as lines. A command is never broken: it must survive being copied."""
    lead = f"{finding.state:<8} {finding.thing:<12} "
    lines = _wrapped(finding.says, width, lead, " " * len(lead))
    if finding.remedy:
        lines += "\n" + _wrapped(finding.remedy, width, _INDENT, _INDENT)
    return lines


def _wrapped(text: str, width: int, first: str, others: str) -> str:
    glued = re.sub("`[^`]*`", lambda match: match[0].replace(" ", "\0"), text)
    return textwrap.fill(
        glued,
        max(width, _NARROWEST),
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\0", " ")


def _print(console: "Console | None", text: str, state: str = "") -> None:
    text = text.encode(encoding(), "backslashreplace").decode(encoding())
    if console is None:
        print(text, flush=True)
        return
    from rich.text import Text

    drawn = Text(text)
    drawn.stylize(_STYLES.get(state, ""), 0, len(state))
    console.print(drawn)
