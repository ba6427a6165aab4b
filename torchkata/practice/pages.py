"""An exercise's statement, its reference and the page of its topic, on the terminal."""

from typing import TYPE_CHECKING

from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.reference import differing_lines, lessons
from torchkata.suite.statement import statement_of
from torchkata.suite.stubs import reference_of
from torchkata.telling.printing import print_code, print_prose

if TYPE_CHECKING:
    from rich.console import Console

PAGE_WIDTH = 80
"""Columns of a topic's page: its drawings and examples are made for so many."""

_STYLES = {"@": "cyan", "+": "green", "-": "red"}


def print_statement(console: "Console", exercise: Exercise) -> None:
    """Print the statement and the signatures to fill in, as the exercise's stub has them.

    Raises SuiteError where the stub can't be generated.
    """
    statement = statement_of(exercise, console.width)
    print_prose(console, statement.title, "bold")
    console.print()
    console.print(statement.text)
    console.print()
    print_code(console, statement.definitions)


def print_page(console: "Console", exercise: Exercise) -> None:
    """Print the page of an exercise's topic. Raises SuiteError where it can't be read."""
    from torchkata.telling.markdown import print_markdown

    path = exercise.page_path
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"{path}: can't be read: {error.strerror}.") from None
    print_markdown(console, text, PAGE_WIDTH)


def print_comparison(console: "Console", exercise: Exercise) -> None:
    """Print what to take along, and a unified diff from the learner's file to the reference.

    Raises SuiteError where the solution can't be read, OSError where the learner's file can't.
    """
    from rich.text import Text

    difference = differing_lines(exercise)
    _print_lessons(console, exercise)
    if not difference:
        print_prose(console, "Your file is the reference, word for word.")
    for number, line in enumerate(difference):
        style = "bold" if number < 2 else _STYLES.get(line[:1], "")
        console.print(Text(line, style))


def print_reference(console: "Console", exercise: Exercise) -> None:
    """Print what to take along, and the reference. Raises SuiteError where it can't be read."""
    text = reference_of(exercise)
    _print_lessons(console, exercise)
    print_code(console, text)


def _print_lessons(console: "Console", exercise: Exercise) -> None:
    for text in lessons(exercise):
        print_prose(console, f"{text}\n")
