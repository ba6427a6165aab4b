"""`kata watch`: judges an exercise at each save, and draws its verdict."""

import selectors
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.text import Text

from torchkata.practice import progress
from torchkata.practice.dashboard import seen_from_here
from torchkata.practice.editor import open_editor
from torchkata.practice.progress import Judged, Standing
from torchkata.practice.summary import in_order, judged
from torchkata.suite.backups import reset
from torchkata.suite.curriculum import CURRICULUM, Exercise, Suite, SuiteError
from torchkata.suite.stubs import reserved_texts
from torchkata.watch import sight, view
from torchkata.watch.course import Course
from torchkata.watch.listing import List
from torchkata.watch.reading import Reading
from torchkata.watch.runner import Runner, signature
from torchkata.watch.saves import FOLDERS, Saves
from torchkata.watch.screen import Screen

_TICK = 0.5
_SILENT_TICKS = 2
_MOVES = {"up": -1, "down": 1, "page up": -1, "page down": 1, " ": 1}
_NO_EVENT = (
    "The file system told nothing of this save; it was found by looking. "
    "`kata watch --poll` finds saves sooner."
)


class Watch:
    """The state of one `kata watch`: the exercise in sight, and what is drawn of it."""

    def __init__(
        self, suite: Suite, scope: Sequence[Exercise], first: Exercise, poll: bool
    ) -> None:
        self._course = Course(suite, scope, first)
        self._poll = poll
        self._screen = Screen()
        self._reading = Reading(self._screen)
        self._selector = selectors.DefaultSelector()
        self._runner = Runner(self._selector, self._take_messages)
        self._page: list[Text] | None = None
        self._page_before: list[Text] | None = None
        self._list: List | None = None
        self._titles: dict[str, str] = {}
        self._offset = 0
        self._note = ""
        self._confirms = ""
        self._told = False
        self._silent = 0
        self._dirty = True

    def run(self) -> None:
        """Watch until q, Ctrl-C or a signal, which raise SystemExit."""
        with ExitStack() as undo:
            saves = Saves(self._course.suite.root, self._poll)
            undo.callback(saves.close)
            undo.callback(self._runner.close)
            undo.enter_context(self._screen.taken())
            for source, action in (
                (sys.stdin, self._read_keys),
                (saves, lambda: self._saved(saves.taken())),
                (self._screen.resized, self._resized),
            ):
                self._selector.register(source, selectors.EVENT_READ, action)
            self._refresh()
            self._judge()
            while True:
                self._turn()

    def _turn(self) -> None:
        """Draw what is new, and take what comes next: keys, saves, verdicts, or a quiet moment."""
        if self._dirty:
            self._draw()
        ready = self._selector.select(_TICK)
        for source, _ in ready:
            if source in self._selector.get_map().values():  # an action may have ended another's
                source.data()
        if not ready:
            self._tick()

    # Drawing

    def _draw(self) -> None:
        self._dirty = False
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
        told = "\n".join([*filter(None, [self._note]), *self._course.troubles.values()])
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
        self._dirty = True

    # What is known of the suite

    def _refresh(self) -> None:
        self._dirty = True
        self._course.refresh()

    def _reread(self) -> None:
        self._dirty = True
        gone = self._course.current.key
        instead = self._course.reread()
        if instead is not None:
            self._go_to(instead)
            self._note = f"{gone} is not in the curriculum any more."

    # Judging

    def _judge(self) -> None:
        """Judge the current exercise as it is on disk now."""
        path = self._course.current.stub_path
        self._silent, self._told, self._dirty = 0, False, True
        self._page_before = self._page
        if path.is_file():
            self._runner.judge(self._course.current)
            return
        what = "is a folder, not a file. Take it away" if path.is_dir() else "is missing"
        told = f"{seen_from_here(path)} {what}."
        self._runner.forget(f"{told}\nx puts the stub back.", signature(path))
        self._close_page()
        self._refresh()

    def _take_messages(self) -> None:
        if self._runner.take():
            self._verdict()

    def _verdict(self) -> None:
        """Show what has come of a verdict, and write down a whole one."""
        self._close_page()
        runner = self._runner
        self._dirty = True
        if runner.judging:
            return
        came_out = sight.came_out(self._runner)
        if came_out is not None:
            self._course.came_out(came_out)
        self._draw()  # at once: what follows takes a moment
        results = judged(in_order(runner.parts))
        if runner.ended.crashed:
            line = runner.parts[0]["line"] if runner.parts else self._course.standing.line
            digest = progress.file_hash(self._course.current.stub_path)
            results = [Judged(self._course.current.key, "failing", digest, line)]
        elif runner.ended.problem:
            results = []  # it says nothing of the learner's code
        self._course.write_down(results)
        self._dirty = True
        runner.prepare(self._course.current)

    def _close_page(self) -> None:
        """Make room for a verdict. A page that was opened while it was made stays."""
        if self._page is not None and self._page is self._page_before:
            self._page, self._offset = None, 0
        elif self._page is None:
            self._offset = 0

    def _tick(self) -> None:
        if self._runner.judging:
            self._dirty = True
            if self._runner.overdue:
                self._runner.give_up()
                self._verdict()
        elif signature(self._course.current.stub_path) == self._runner.signature:
            self._silent = 0
        else:
            self._silent += 1
            if self._silent >= _SILENT_TICKS:
                told = self._told or self._poll
                self._judge()
                self._note = "" if told else _NO_EVENT

    def _saved(self, changed: frozenset[Path]) -> None:
        root = self._course.suite.root
        folders = {root / name for name in FOLDERS}
        if changed & {root / CURRICULUM, root / FOLDERS[0]}:
            self._reread()
        mine = {self._course.current.solution_path, self._course.current.test_path}
        path = self._course.current.stub_path
        if changed & mine:
            self._runner.close_process()  # what is ready was made from the old ones
            self._judge()
        elif path in changed or any(each in path.parents for each in changed):
            self._told = True
            if path.exists() and signature(path) != self._runner.signature:
                self._judge()
            # Where it is away, the editor may be about to put it there: a quiet moment tells.
        # Some editors make a file without a suffix beside the one that they save.
        elif not changed & folders and len(files := [each for each in changed if each.suffix]) == 1:
            other = self._course.suite.with_file(*files)
            if other is not None and other.stub_path in changed:
                self._follow(other)
        if any(root / FOLDERS[0] in each.parents or each in folders for each in changed):
            self._refresh()

    # Keys

    def _read_keys(self) -> None:
        try:
            pressed = self._screen.pressed()
        except EOFError:
            raise SystemExit(0) from None
        for key in pressed:
            self._dirty = True
            if self._list is not None:
                self._list_key(key)
            elif key in _MOVES:
                self._scroll(key)
            else:
                confirmed, self._confirms, self._note = self._confirms == key, "", ""
                try:
                    self._press(key, confirmed)
                except (SuiteError, OSError) as error:
                    self._note = str(error)

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
            "r": self._judge,
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
        self._course.current = exercise
        self._page, self._offset = None, 0
        self._runner.forget("", None)
        self._judge()

    def _follow(self, saved: Exercise) -> None:
        """Go to another exercise, which was saved."""
        if saved.set_aside is not None:
            self._note = f"{saved.key} was saved, and can't be judged: it {saved.set_aside}"
        elif saved.stub_path.is_file():
            before = self._course.current.key
            self._go_to(saved)
            self._note = f"{saved.key} was saved: this is it. Before it was {before}."

    def _step(self, by: int) -> None:
        neighbour = self._course.neighbour(by)
        if neighbour is not None:
            self._go_to(neighbour)
        else:
            within = f" of {self._course.topic}" if self._course.topic is not None else ""
            which = "last" if by > 0 else "first"
            self._note = f"{self._course.current.key} is the {which} exercise{within}. l lists all."

    def _hint(self) -> None:
        hints = reserved_texts(self._course.current, "HINTS")
        if not hints:
            raise SuiteError(f"{self._course.current.name} has no hints.")
        count = min(self._course.standing.hints + 1, len(hints))
        self._show(view.hint_lines(hints, count))
        self._course.hints_seen(count)

    def _solution(self, confirmed: bool) -> None:
        solved = sight.came_out(self._runner) == "solved"
        if not solved and not confirmed:
            self._confirms = "s"
            self._note = "Not solved yet. s again shows the solution all the same."
            return
        self._show(self._reading.solution(self._course.current, compared=solved))

    def _reset(self, confirmed: bool) -> None:
        if not confirmed and self._course.current.stub_path.exists():
            self._confirms = "x"
            self._note = "x again puts the stub back. Your version is kept beside it."
            return
        kept = reset(self._course.current)
        self._page = None
        self._judge()
        self._refresh()
        self._note = f"Your version is kept: {seen_from_here(kept)}" if kept else "It is the stub."

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
        self._refresh()

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
            self._list, self._offset, self._note = None, 0, ""
            if key == "enter" and chosen < len(found):
                self._go_to(found[chosen].exercise)
        else:
            self._list = self._list.after(key, len(found))


def _quit() -> None:
    raise SystemExit(0)
