"""`kata watch`: judges an exercise at each save, and draws its verdict."""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.text import Text

from torchkata import progress, watch_view
from torchkata.backups import reset
from torchkata.closing import lesson_lines
from torchkata.editor import open_editor
from torchkata.progress import Judged, Standing
from torchkata.reference import print_comparison, print_reference
from torchkata.saves import Saves
from torchkata.screen import Screen
from torchkata.settings import Settings
from torchkata.stubs import reserved_texts
from torchkata.suite import CURRICULUM, Exercise, Suite, SuiteError, read_suite
from torchkata.summary import Summary, in_order, judged
from torchkata.warm import Ended, WarmProcess

_TICK = 0.5
_GRACE = 12.0
"""Seconds past the limit after which a process that tells nothing is ended from outside."""

_SILENT_TICKS = 2
_STUCK = "Your code was ended after {limit:g} s: is there a loop that does not end?"
_NO_EVENTS = "This file system tells of no saves. `kata watch --poll` looks for itself, and faster."


class Watch:
    """The state of one `kata watch`: the exercise in sight, its verdict, and what is going on."""

    def __init__(
        self, suite: Suite, scope: Sequence[Exercise], first: Exercise, poll: bool
    ) -> None:
        self._suite = suite
        self._scope = [each.key for each in scope]
        self._current = first
        self._poll = poll
        self._settings = Settings()
        self._screen = Screen()
        self._standings: dict[str, Standing] = {}
        self._parts: list[Summary] = []
        self._lessons: list[str] = []
        self._problem = ""
        self._page: list[Text] | None = None
        self._search: str | None = None
        self._chosen = 0
        self._offset = 0
        self._note = ""
        self._confirms = ""
        self._judging = False
        self._stale = False
        self._deadline = 0.0
        self._signature: tuple[int, ...] | None = None
        self._silent = 0
        self._process: WarmProcess | None = None
        self._selector = selectors.DefaultSelector()
        self._dirty = True

    def run(self) -> None:
        """Watch until q or Ctrl-C, which raise SystemExit. Without a terminal: SuiteError."""
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise SuiteError("`kata watch` needs a terminal. `kata check` judges once, anywhere.")
        with ExitStack() as undo:
            saves = Saves(self._suite.root, self._poll)
            undo.callback(saves.close)
            undo.callback(self._end_process)
            undo.enter_context(self._screen.taken())
            for source, action in (
                (sys.stdin, self._read_keys),
                (saves, lambda: self._saved(saves.taken())),
                (self._screen.resized, self._resized),
            ):
                self._selector.register(source, selectors.EVENT_READ, action)
            try:
                self._refresh()
                self._draw()
                self._judge()
                while True:
                    self._turn()
            except (KeyboardInterrupt, EOFError):
                raise SystemExit(0) from None

    def _turn(self) -> None:
        """Draw what is new, and take what comes next: keys, saves, verdicts, or a quiet moment."""
        if self._dirty:
            self._draw()
        ready = self._selector.select(_TICK)
        for source, _ in ready:
            source.data()
        if not ready:
            self._tick()

    def _refresh(self) -> None:
        """Read where the learner is."""
        try:
            found = progress.standings(self._suite)
        except SuiteError as error:
            self._note = str(error)
            return
        self._standings = {each.exercise.key: each for each in found}
        self._dirty = True

    def _standing(self) -> Standing:
        return self._standings.get(self._current.key) or Standing(self._current, "todo", 1)

    def _draw(self) -> None:
        self._dirty = False
        columns, rows = self._screen.size_now()
        head, body, foot = (
            [part for line in lines for part in line.wrap(self._screen.console, columns)]
            for lines in ([self._head()], self._body(), [watch_view.foot(self._note)])
        )
        frame = watch_view.Frame(head, body, foot, rows)
        if self._search is not None:
            self._offset = max(0, self._chosen + 3 - frame.room)
        self._offset = max(0, min(self._offset, len(body) - frame.room))
        self._screen.draw(frame.lines(self._offset))

    def _head(self) -> Text:
        solved = sum(each.state == "solved" for each in self._standings.values())
        devices = ", ".join(dict.fromkeys(each["data"]["device"] for each in self._parts))
        status = "judging …" if self._judging else ""
        total = len(self._suite.exercises)
        return watch_view.head(self._standing(), solved, total, devices, status)

    def _body(self) -> list[Text]:
        if self._search is not None:
            return watch_view.list_lines(self._matching(), self._chosen, self._search)
        if self._page is not None:
            return self._page
        lines = (
            watch_view.verdict_lines(self._parts, self._lessons, self._judging)
            if self._parts
            else []
        )
        if self._problem:
            place = f"{os.path.relpath(self._current.stub_path)}:{self._standing().line}"
            lines += [Text(place, "dim"), *watch_view.paragraph(self._problem, "bold red")]
        return lines

    def _matching(self) -> list[Standing]:
        typed = (self._search or "").lower()
        return [each for key, each in self._standings.items() if typed in key.lower()]

    def _resized(self) -> None:
        os.read(self._screen.resized, 1024)
        self._dirty = True

    # Judging

    def _start_process(self) -> WarmProcess:
        self._end_process()
        self._process = WarmProcess(self._current, self._settings)
        self._selector.register(self._process.connection, selectors.EVENT_READ, self._take_messages)
        return self._process

    def _end_process(self) -> None:
        if self._process is not None:
            self._selector.unregister(self._process.connection)
            self._process.close()
            self._process = None

    def _judge(self) -> None:
        """Judge the current exercise as it is on disk now."""
        self._signature = _signature(self._current.stub_path)
        ready = self._process
        if ready is None or ready.asked or ready.exercise != self._current:
            ready = self._start_process()
        ready.go()
        self._judging = self._stale = True
        self._deadline = time.monotonic() + self._settings.limit + _GRACE
        self._silent = 0

    def _take_messages(self) -> None:
        assert self._process is not None
        self._deadline = time.monotonic() + self._settings.limit + _GRACE
        for message in self._process.messages():
            if isinstance(message, Ended):
                self._finish(message.problem)
                return
            self._clear()
            self._parts.append(message)
            self._dirty = self._dirty or message["outcome"] == "failed"

    def _clear(self) -> None:
        """Take away the last verdict, which stays in sight until there is a new one."""
        if self._stale:
            self._stale = False
            self._parts, self._lessons, self._problem = [], [], ""
            self._page, self._offset = None, 0

    def _finish(self, problem: str) -> None:
        """Take the end of a judgement, and get ready for the next."""
        self._clear()
        self._judging = False
        self._problem = problem
        self._dirty = True
        exercises = in_order(self._parts)
        results = judged(exercises)
        if problem:
            digest = (
                self._parts[0]["hash"]
                if self._parts
                else progress.file_hash(self._current.stub_path)
            )
            line = self._standing().line
            results = [Judged(self._current.key, "failing", digest, line)]
        try:
            progress.record(self._suite.root, results)
        except SuiteError as error:
            self._note = f"Progress is not kept: {error}"
        self._refresh()
        if self._standing().state == "solved" and not problem:
            self._lessons = lesson_lines(self._suite, [self._current.name])
        self._draw()  # before the next process is started: that takes a moment
        self._start_process()

    def _tick(self) -> None:
        if self._judging:
            self._dirty = True
            if time.monotonic() > self._deadline:
                self._end_process()
                self._finish(_STUCK.format(limit=self._settings.limit))
            return
        if _signature(self._current.stub_path) == self._signature:
            self._silent = 0
            return
        self._silent += 1
        if self._silent >= _SILENT_TICKS:  # no event has come for it
            self._judge()
            self._note = "" if self._poll else _NO_EVENTS

    def _saved(self, changed: frozenset[Path]) -> None:
        root = self._suite.root
        if root / CURRICULUM in changed:
            self._reread()
        mine = (self._current.solution_path, self._current.test_path)
        if any(path in changed for path in mine):
            self._start_process()  # what is ready was made from the old ones
            self._signature = None
        elif not any(root / "exercises" in path.parents for path in changed):
            return
        if _signature(self._current.stub_path) != self._signature:
            self._judge()
        else:
            self._refresh()

    def _reread(self) -> None:
        try:
            suite = read_suite(self._suite.root)
        except SuiteError as error:
            self._note = str(error)
            return
        self._suite = suite
        keys = [each.key for each in suite.exercises]
        self._scope = [key for key in self._scope if key in keys] or keys
        if self._current.key not in keys and keys:
            self._go_to(suite.find(self._scope[0]))
        self._refresh()

    # Keys

    def _read_keys(self) -> None:
        for key in self._screen.pressed():
            self._dirty = True
            if self._search is not None:
                self._search_key(key)
            elif key in ("up", "down", "page up", "page down"):
                self._scroll(key)
            else:
                confirmed, self._confirms, self._note = self._confirms == key, "", ""
                self._press(key, confirmed)

    def _press(self, key: str, confirmed: bool) -> None:
        if self._page is not None and key not in "nphsrlcxoq":
            self._page = None
            return
        actions: dict[str, Callable[[], None]] = {
            "n": lambda: self._step(1),
            "p": lambda: self._step(-1),
            "h": self._hint,
            "s": lambda: self._solution(confirmed),
            "r": self._judge,
            "l": self._open_list,
            "c": self._check_all,
            "x": lambda: self._reset(confirmed),
            "o": self._open,
            "q": _quit,
            "?": lambda: self._show(watch_view.key_lines()),
        }
        if key in actions:
            actions[key]()

    def _scroll(self, key: str) -> None:
        page = max(self._screen.size_now()[1] - 6, 1)
        self._offset += {"up": -1, "down": 1, "page up": -page, "page down": page}[key]

    def _show(self, lines: list[Text]) -> None:
        self._page, self._offset = lines, 0

    def _go_to(self, exercise: Exercise) -> None:
        self._current = exercise
        self._page, self._offset, self._parts, self._problem = None, 0, [], ""
        self._judging = True
        self._draw()
        self._judge()

    def _step(self, by: int) -> None:
        place = self._scope.index(self._current.key) + by if self._current.key in self._scope else 0
        if 0 <= place < len(self._scope):
            self._go_to(self._suite.find(self._scope[place]))
        else:
            self._note = f"{self._current.key} is the {'last' if by > 0 else 'first'} exercise."

    def _hint(self) -> None:
        hints = reserved_texts(self._current, "HINTS")
        count = min(self._standing().hints + 1, len(hints))
        try:
            progress.record_hints(self._suite.root, self._current, count)
        except SuiteError as error:
            self._note = f"Progress is not kept: {error}"
        self._refresh()
        lines: list[Text] = []
        for number, hint in enumerate(hints[:count], 1):
            lines += [Text(f"hint {number} of {len(hints)}", "cyan")]
            lines += [*watch_view.paragraph(hint, "" if number == count else "dim"), Text()]
        more = "h shows one more." if count < len(hints) else "That was the last hint."
        self._show([*lines, Text(f"{more} Any other key goes back.", "dim")])

    def _solution(self, confirmed: bool) -> None:
        solved = self._standing().state == "solved"
        if not solved and not confirmed:
            self._confirms = "s"
            self._note = "Not solved yet. s again shows the solution all the same."
            return
        with self._screen.console.capture() as captured:
            show = print_comparison if solved else print_reference
            show(self._screen.console, self._current)
        self._show(list(Text.from_ansi(captured.get()).split("\n", allow_blank=True)))

    def _reset(self, confirmed: bool) -> None:
        if not confirmed:
            self._confirms = "x"
            self._note = "x again puts the stub back. Your version is kept beside it."
            return
        try:
            kept = reset(self._current)
        except SuiteError as error:
            self._note = str(error)
            return
        self._judge()
        self._note = f"Your version is kept: {os.path.relpath(kept)}" if kept else "It is the stub."

    def _open(self) -> None:
        standing = self._standing()
        try:
            with self._screen.lent():
                open_editor(self._current.stub_path, standing.line)
        except SuiteError as error:
            self._note = str(error)

    def _check_all(self) -> None:
        with self._screen.lent():
            subprocess.run([sys.executable, "-m", "pytest", "exercises"], cwd=self._suite.root)
            print("\nEnter goes back to the watch.", end=" ", flush=True)
            sys.stdin.readline()
        self._refresh()

    def _open_list(self) -> None:
        self._search = ""
        keys = list(self._standings)
        self._chosen = keys.index(self._current.key) if self._current.key in keys else 0

    def _search_key(self, key: str) -> None:
        assert self._search is not None
        found = self._matching()
        if key == "escape":
            self._search, self._offset = None, 0
        elif key == "enter":
            self._search, self._offset = None, 0
            if found:
                self._go_to(found[self._chosen].exercise)
        elif key in ("up", "down"):
            step = -1 if key == "up" else 1
            self._chosen = max(0, min(self._chosen + step, len(found) - 1))
        else:
            self._search = self._search[:-1] if key == "backspace" else self._search + _typed(key)
            self._chosen = 0


def _typed(key: str) -> str:
    return " " if key == "space" else key if len(key) == 1 and key.isprintable() else ""


def _quit() -> None:
    raise SystemExit(0)


def _signature(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is saved, also by a rename; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
