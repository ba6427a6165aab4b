"""`kata watch` in the terminal: what is drawn, and what the keys do."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from rich.text import Text

from torchkata.practice.editor import open_editor
from torchkata.practice.progress import Standing
from torchkata.suite.curriculum import Exercise, Suite, SuiteError
from torchkata.watch import sight, view
from torchkata.watch.course import Course
from torchkata.watch.listing import List
from torchkata.watch.loop import Loop
from torchkata.watch.reading import Reading
from torchkata.watch.screen import Screen

_MOVES = {"up": -1, "down": 1, "page up": -1, "page down": 1, " ": 1}


class Watch:
    """The terminal of one `kata watch`: what is in sight there, and what a key does."""

    def __init__(
        self, suite: Suite, scope: Sequence[Exercise], first: Exercise, poll: bool
    ) -> None:
        self._course = Course(suite, scope, first)
        self._loop = Loop(self._course, poll, self)
        self._runner = self._loop.runner
        self._screen = Screen()
        self._reading = Reading(self._screen)
        self._page: list[Text] | None = None
        self._page_before: list[Text] | None = None
        self._list: List | None = None
        self._titles: dict[str, str] = {}
        self._offset = 0
        self._confirms = ""

    def run(self) -> None:
        """Watch until q, Ctrl-C or a signal, which raise SystemExit."""
        self._loop.run()

    @contextmanager
    def shown(self) -> Iterator[Sequence[tuple[IO[str] | int, Callable[[], None]]]]:
        with self._screen.taken():
            yield (sys.stdin, self._read_keys), (self._screen.resized, self._resized)

    def judging(self) -> None:
        self._page_before = self._page

    def judged(self) -> None:
        """Make room for a verdict. A page that was opened while it was made stays."""
        if self._page is not None and self._page is self._page_before:
            self._page, self._offset = None, 0
        elif self._page is None:
            self._offset = 0

    # Drawing

    def draw(self) -> None:
        size = self._screen.size()
        states = [each.state for each in self._course.standings]
        head = sight.head(self._runner, self._course.standing, states)
        foot = self._foot(size[0])
        frame = view.Frame.of(self._screen.console, size, head, self._body(), foot)
        if self._list is not None:
            self._offset = self._list.chosen + 4 - frame.room
        self._offset = frame.within(self._offset)
        self._screen.draw(frame.lines(self._offset))

    def _foot(self, columns: int) -> Text:
        told = "\n".join([*filter(None, [self._loop.note]), *self._course.troubles.values()])
        if told:
            return view.note(told)
        if self._list is not None or self._page is not None:
            return view.foot("page" if self._list is None else "list", columns)
        return view.foot(sight.kind(self._runner, self._course.standing), columns)

    def _body(self) -> list[Text]:
        if self._list is not None:
            columns = self._screen.size()[0]
            chosen, typed = self._list.chosen, self._list.typed
            return view.list_lines(self._matching(), self._titles, chosen, typed, columns)
        if self._page is not None:
            return self._page
        course = self._course
        return sight.body(
            self._runner,
            course.standing,
            course.suite,
            course.following,
            lambda: self._reading.statement(course.current),
        )

    def _matching(self) -> list[Standing]:
        assert self._list is not None
        return [
            each
            for each in self._course.standings
            if self._list.matches(each.exercise.key, self._titles.get(each.exercise.key, ""))
        ]

    def _resized(self) -> None:
        self._screen.drawn_away()
        self._loop.changed = True

    # Keys

    def _read_keys(self) -> None:
        try:
            pressed = self._screen.pressed()
        except EOFError:
            raise SystemExit(0) from None
        for key in pressed:
            self._loop.changed = True
            if self._list is not None:
                self._list_key(key)
            elif key in _MOVES:
                self._scroll(key)
            else:
                confirmed, self._confirms, self._loop.note = self._confirms == key, "", ""
                try:
                    self._press(key, confirmed)
                except (SuiteError, OSError) as error:
                    self._loop.note = str(error)

    def _press(self, key: str, confirmed: bool) -> None:
        if self._page is not None and key not in "nphtsrlcxoq":
            self._page, self._offset = None, 0
            return
        actions: dict[str, Callable[[], None]] = {
            "n": lambda: self._step(1),
            "p": lambda: self._step(-1),
            "h": self._hint,
            "t": lambda: self._show(self._reading.page(self._course.current)),
            "s": lambda: self._solution(confirmed),
            "r": self._loop.judge,
            "l": self._open_list,
            "c": self._check_all,
            "x": lambda: self._reset(confirmed),
            "o": self._open,
            "q": _quit,
            "?": lambda: self._show(view.key_lines()),
        }
        if key in actions:
            actions[key]()

    def _scroll(self, key: str) -> None:
        page = max(self._screen.size()[1] - 6, 1)
        self._offset += _MOVES[key] * (1 if key in ("up", "down") else page)

    def _show(self, lines: list[Text]) -> None:
        self._page, self._offset = lines, 0

    def _go_to(self, exercise: Exercise) -> None:
        self._page, self._offset = None, 0
        self._loop.go_to(exercise)

    def _step(self, by: int) -> None:
        self._page, self._offset = None, 0
        self._loop.step(by)

    def _hint(self) -> None:
        self._show(view.hint_lines(*self._loop.one_more_hint()))

    def _solution(self, confirmed: bool) -> None:
        solved = sight.came_out(self._runner) == "solved"
        if not solved and not confirmed:
            self._confirms = "s"
            self._loop.note = "Not solved yet. s again shows the solution all the same."
            return
        self._show(self._reading.solution(self._course.current, compared=solved))

    def _reset(self, confirmed: bool) -> None:
        if not confirmed and self._course.current.stub_path.exists():
            self._confirms = "x"
            self._loop.note = "x again puts the stub back. Your version is kept beside it."
            return
        self._page = None
        self._loop.put_back()

    def _open(self) -> None:
        path = self._course.current.stub_path
        if not path.exists():
            raise SuiteError(f"{path.name} is missing. x puts the stub back.")
        with self._screen.lent():
            open_editor(path, self._course.standing.line)

    def _check_all(self) -> None:
        with self._screen.lent():
            command = [sys.executable, "-P", "-m", "torchkata.judge.leash", "exercises"]
            subprocess.run(command, cwd=self._course.suite.root, check=False)
            print("\nEnter goes back to the watch.", end=" ", flush=True)
            sys.stdin.readline()
        self._loop.refresh()

    def _open_list(self) -> None:
        keys = [each.exercise.key for each in self._course.standings]
        here = keys.index(self._course.current.key) if self._course.current.key in keys else 0
        self._titles = {each.exercise.key: sight.title(each) for each in self._course.standings}
        self._list = List(chosen=here)

    def _list_key(self, key: str) -> None:
        assert self._list is not None
        found = self._matching()
        if key in ("escape", "enter"):
            chosen = self._list.chosen
            self._list, self._offset, self._loop.note = None, 0, ""
            if key == "enter" and chosen < len(found):
                self._go_to(found[chosen].exercise)
        else:
            self._list = self._list.after(key, len(found))


def _quit() -> None:
    raise SystemExit(0)
