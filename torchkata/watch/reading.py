"""What there is to read beside a verdict in `kata watch`: statements, topics' pages, references."""

from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from torchkata.practice import pages
from torchkata.suite.curriculum import Exercise
from torchkata.watch.runner import signature
from torchkata.watch.screen import Screen


class Reading:
    """Prints for a screen. Each raises SuiteError where a file can't be read."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._made_of: object = None
        self._statement: list[Text] = []

    def statement(self, exercise: Exercise) -> list[Text]:
        """A statement, made anew only where it or the screen has changed."""
        files = signature(exercise.solution_path), signature(exercise.test_path)
        made_of = exercise, files, self._screen.size()[0]
        if self._made_of != made_of:
            self._statement = self._printed(pages.print_statement, exercise)
            self._made_of = made_of
        return self._statement

    def page(self, exercise: Exercise) -> list[Text]:
        """The page of an exercise's topic."""
        return self._printed(pages.print_page, exercise)

    def solution(self, exercise: Exercise, compared: bool) -> list[Text]:
        """The reference, alone or compared with the learner's file."""
        show = pages.print_comparison if compared else pages.print_reference
        return self._printed(show, exercise)

    def _printed(self, show: Callable[[Console, Exercise], None], exercise: Exercise) -> list[Text]:
        with self._screen.console.capture() as captured:
            show(self._screen.console, exercise)
        return list(Text.from_ansi(captured.get()).split("\n", allow_blank=True))
