"""The reference beside the learner's solution, on the terminal."""

import difflib
from typing import TYPE_CHECKING

from torchkata.suite.curriculum import Exercise
from torchkata.suite.stubs import reference_of, reserved_texts
from torchkata.telling.printing import print_code, print_prose

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"@": "cyan", "+": "green", "-": "red"}


def print_comparison(console: "Console", exercise: Exercise) -> None:
    """Print what to take along, and a unified diff from the learner's file to the reference.

    Raises SuiteError where the solution can't be read, OSError where the learner's file can't.
    """
    from rich.text import Text

    theirs = exercise.stub_path.read_text(encoding="utf-8", errors="replace")
    difference = list(
        difflib.unified_diff(
            theirs.splitlines(),
            reference_of(exercise).splitlines(),
            str(exercise.stub_path.relative_to(exercise.root)),
            str(exercise.solution_path.relative_to(exercise.root)),
            lineterm="",
        )
    )
    _print_head(console, exercise)
    if not difference:
        print_prose(console, "Your file is the reference, word for word.")
    for number, line in enumerate(difference):
        style = "bold" if number < 2 else _STYLES.get(line[:1], "")
        console.print(Text(line, style))


def print_reference(console: "Console", exercise: Exercise) -> None:
    """Print what to take along, and the reference. Raises SuiteError where it can't be read."""
    text = reference_of(exercise)
    _print_head(console, exercise)
    print_code(console, text)


def _print_head(console: "Console", exercise: Exercise) -> None:
    for name in ("TAKE_ALONG", "APPROACH"):
        for text in reserved_texts(exercise, name):
            print_prose(console, f"{text}\n")
