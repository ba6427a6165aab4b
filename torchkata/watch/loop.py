"""The loop of a watch: it judges the current exercise at each save, whatever shows that."""

import selectors
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from torchkata.practice import progress
from torchkata.practice.dashboard import seen_from_here
from torchkata.practice.progress import Judged
from torchkata.practice.summary import in_order, judged
from torchkata.suite.backups import reset
from torchkata.suite.curriculum import CURRICULUM, Exercise, SuiteError
from torchkata.suite.stubs import reserved_texts
from torchkata.watch import sight
from torchkata.watch.course import Course
from torchkata.watch.runner import Runner, signature
from torchkata.watch.saves import FOLDERS, Saves

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

_TICK = 0.5
_SILENT_TICKS = 2
_NO_EVENT = (
    "The file system told nothing of this save; it was found by looking. "
    "`kata watch --poll` finds saves sooner."
)


class Face(Protocol):
    """What shows a watch to the learner: the terminal, or a page in the browser."""

    def shown(
        self,
    ) -> "AbstractContextManager[Sequence[tuple[FileDescriptorLike, Callable[[], None]]]]":
        """Show the watch while the context lasts.

        Gives what to wait for, and what to call when it is readable.
        """

    def judging(self) -> None:
        """A judgement of the current exercise has begun."""

    def judged(self) -> None:
        """Something of a verdict has come."""

    def draw(self) -> None:
        """Show the watch as it is. Called where something has changed, before it waits."""


class Loop:
    """Watches a course, and has a face show what comes of it.

    `runner` has the verdict, and `note` is what else to tell. Who changes something that is shown
    sets `changed`.
    """

    def __init__(self, course: Course, poll: bool, face: Face, pictures: bool = False) -> None:
        self.course = course
        self.note = ""
        self.changed = True
        self._poll = poll
        self._face = face
        self._selector = selectors.DefaultSelector()
        self.runner = Runner(self._selector, self._take_messages, pictures)
        self._told = False
        self._silent = 0

    def run(self) -> NoReturn:
        """Watch until something raises SystemExit."""
        with ExitStack() as undo:
            saves = Saves(self.course.suite.root, self._poll)
            undo.callback(saves.close)
            undo.callback(self.runner.close)
            sources = undo.enter_context(self._face.shown())
            for source, action in (*sources, (saves, lambda: self._saved(saves.taken()))):
                self._selector.register(source, selectors.EVENT_READ, action)
            self.refresh()
            self.judge()
            while True:
                self._turn()

    def _turn(self) -> None:
        """Show what is new, and take what comes next: keys, saves, verdicts, a quiet moment."""
        if self.changed:
            self._show()
        ready = self._selector.select(_TICK)
        for source, _ in ready:
            if source in self._selector.get_map().values():  # an action may have ended another's
                source.data()
        if not ready:
            self._tick()

    def _show(self) -> None:
        self.changed = False
        self._face.draw()

    # What a learner can ask for

    def judge(self) -> None:
        """Judge the current exercise as it is on disk now."""
        path = self.course.current.stub_path
        self._silent, self._told, self.changed = 0, False, True
        self._face.judging()
        if path.is_file():
            self.runner.judge(self.course.current)
            return
        what = "is a folder, not a file. Take it away" if path.is_dir() else "is missing"
        self.runner.forget(f"{seen_from_here(path)} {what}.", signature(path))
        self._face.judged()
        self.refresh()

    def go_to(self, exercise: Exercise) -> None:
        """Make an exercise the current one, and judge it."""
        self.course.current = exercise
        self.note = ""
        self.runner.forget("", None)
        self.judge()

    def step(self, by: int) -> None:
        """Go so many exercises on, or say that there are no more."""
        neighbour = self.course.neighbour(by)
        if neighbour is not None:
            self.go_to(neighbour)
        else:
            within = f" of {self.course.topic}" if self.course.topic is not None else ""
            which = "last" if by > 0 else "first"
            self.note = f"{self.course.current.key} is the {which} exercise{within}. l lists all."

    def one_more_hint(self) -> tuple[Sequence[str], int]:
        """All hints of the current exercise, and how many are seen, with one more.

        Raises SuiteError where there are none.
        """
        hints = reserved_texts(self.course.current, "HINTS")
        if not hints:
            raise SuiteError(f"{self.course.current.name} has no hints.")
        count = min(self.course.standing.hints + 1, len(hints))
        self.course.hints_seen(count)
        self.changed = True
        return hints, count

    def put_back(self) -> None:
        """Put the stub of the current exercise back. Raises SuiteError."""
        kept = reset(self.course.current)
        self.judge()
        self.refresh()
        self.note = f"Your version is kept: {seen_from_here(kept)}" if kept else "It is the stub."

    def refresh(self) -> None:
        """Read how far the learner is."""
        self.changed = True
        self.course.refresh()

    # What happens by itself

    def _reread(self) -> None:
        self.changed = True
        gone = self.course.current.key
        instead = self.course.reread()
        if instead is not None:
            self.go_to(instead)
            self.note = f"{gone} is not in the curriculum any more."

    def _take_messages(self) -> None:
        if self.runner.take():
            self._verdict()

    def _verdict(self) -> None:
        """Show what has come of a verdict, and write down a whole one."""
        self._face.judged()
        runner = self.runner
        self.changed = True
        if runner.judging:
            return
        came_out = sight.came_out(runner)
        if came_out is not None:
            self.course.came_out(came_out)
        self._show()  # at once: what follows takes a moment
        results = judged(in_order(runner.parts))
        if runner.ended.crashed:
            line = runner.parts[0]["line"] if runner.parts else self.course.standing.line
            digest = progress.file_hash(self.course.current.stub_path)
            results = [Judged(self.course.current.key, "failing", digest, line)]
        elif runner.ended.problem:
            results = []  # it says nothing of the learner's code
        self.course.write_down(results)
        self.changed = True
        runner.prepare(self.course.current)

    def _tick(self) -> None:
        if self.runner.judging:
            self.changed = True
            if self.runner.overdue:
                self.runner.give_up()
                self._verdict()
        elif signature(self.course.current.stub_path) == self.runner.signature:
            self._silent = 0
        else:
            self._silent += 1
            if self._silent >= _SILENT_TICKS:
                told = self._told or self._poll
                self.judge()
                self.note = "" if told else _NO_EVENT

    def _follow(self, saved: Exercise) -> None:
        """Go to another exercise, which was saved."""
        if saved.set_aside is not None:
            self.note = f"{saved.key} was saved, and can't be judged: it {saved.set_aside}"
        elif saved.stub_path.is_file():
            before = self.course.current.key
            self.go_to(saved)
            self.note = f"{saved.key} was saved: this is it. Before it was {before}."

    def _saved(self, changed: frozenset[Path]) -> None:
        root = self.course.suite.root
        folders = {root / name for name in FOLDERS}
        if changed & {root / CURRICULUM, root / FOLDERS[0]}:
            self._reread()
        mine = {self.course.current.solution_path, self.course.current.test_path}
        path = self.course.current.stub_path
        if changed & mine:
            self.runner.close_process()  # what is ready was made from the old ones
            self.judge()
        elif path in changed or any(each in path.parents for each in changed):
            self._told = True
            if path.exists() and signature(path) != self.runner.signature:
                self.judge()
            # Where it is away, the editor may be about to put it there: a quiet moment tells.
        # Some editors make a file without a suffix beside the one that they save.
        elif not changed & folders and len(files := [each for each in changed if each.suffix]) == 1:
            other = self.course.suite.with_file(*files)
            if other is not None and other.stub_path in changed:
                self._follow(other)
        if any(root / FOLDERS[0] in each.parents or each in folders for each in changed):
            self.refresh()
