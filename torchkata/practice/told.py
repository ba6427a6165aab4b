"""A verdict in the place of a traceback: what pytest and its plugins show of a failure."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from torchkata.practice.summary import Summary


@dataclass(frozen=True, slots=True)
class Crash:
    """Where pytest looks for the one-line reason of a failure."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.lineno}: {self.message}"


class Told:
    """A verdict as a failure's representation: in colour where the terminal has it.

    pytest asks for `toterminal` and, for its short summary and JUnit XML, for `reprcrash`.
    """

    def __init__(self, summary: Summary) -> None:
        self._text = summary["text"]
        self._plain: str = summary["data"]["text"]
        self.reprcrash = Crash(summary["path"], summary["line"], summary["headline"])

    def toterminal(self, tw: Any) -> None:
        # Line by line: pytest writes what an encoding lacks as one line of escapes.
        for line in (self._text if tw.hasmarkup else self._plain).split("\n"):
            tw.line(line)

    def __str__(self) -> str:
        return self._plain

    @property
    def chain(self) -> list[tuple[Any, ...]]:
        """A traceback of one entry, from which pytest-pretty has the line and the reason."""
        entry = SimpleNamespace(reprfileloc=self.reprcrash)
        return [(SimpleNamespace(reprentries=[entry]), self.reprcrash, None)]
