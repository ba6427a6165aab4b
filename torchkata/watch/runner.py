"""The judgement of one exercise after another in warm processes, and what came of the latest."""

import os
import selectors
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from torchkata.practice.summary import Summary
from torchkata.suite.curriculum import Exercise
from torchkata.suite.settings import WATCH_LIMIT, Settings
from torchkata.watch.warm import Ended, Server, WarmProcess

_PATIENCE = 90.0
"""Seconds after which a process that tells nothing is ended from outside.

It ends itself earlier where a learner's code hangs, or where it is too slow itself.
"""

_SILENT = (
    f"The process that judges told nothing for {_PATIENCE:g} s and was ended: this machine is too "
    "busy.\nTry again; `kata doctor` looks for the reason."
)

Signature = tuple[int, ...]


class Runner:
    """Judges on `judge`. `parts` and `ended` are the verdict, of which the newest part is last.

    The last verdict stays until there is something of the next: meanwhile it is `stale`. With
    `pictures`, its parts have them.
    """

    def __init__(
        self, selector: selectors.BaseSelector, ready: Callable[[], None], pictures: bool
    ) -> None:
        self._selector = selector
        self._pictures = pictures
        self._ready = ready
        self._settings = Settings(limit=WATCH_LIMIT)
        self._server = Server()
        self._process: WarmProcess | None = None
        self._heard = self._began = 0.0
        self.judging = False
        self.stale = False
        self.parts: list[Summary] = []
        self.ended = Ended()
        self.at = ""
        """The time of day at which the file was judged."""
        self.signature: Signature | None = None
        """That of the file when it was judged last."""

    @property
    def seconds(self) -> float:
        """How long it has been judging."""
        return time.monotonic() - self._began

    @property
    def overdue(self) -> bool:
        """Whether a process has told nothing for so long that it never will."""
        return self.judging and time.monotonic() - self._heard > _PATIENCE

    def judge(self, exercise: Exercise) -> None:
        """Begin to judge an exercise's file as it is on disk now."""
        self.signature = signature(exercise.stub_path)
        process = self._process
        if process is None or process.asked or process.ended or process.exercise != exercise:
            process = self._new(exercise)
        process.go()
        self.judging = self.stale = True
        self._began = self._heard = time.monotonic()
        self.at = datetime.now().strftime("%H:%M:%S")

    def take(self) -> bool:
        """Take what the process tells: whether the verdict has changed."""
        assert self._process is not None
        self._heard = time.monotonic()
        changed = False
        for message in self._process.messages():
            if isinstance(message, Ended):
                return self._end(message)
            self._freshen()
            if self.parts and self.parts[-1]["early"]:
                self.parts.pop()
            self.parts.append(message)
            changed = True
        return changed

    def give_up(self) -> None:
        """End a process that is overdue."""
        self._end(Ended(_SILENT))

    def forget(self, problem: str, file: Signature | None) -> None:
        """Have no verdict, but a problem."""
        self.close_process()
        self._freshen()
        self.judging = False
        self.parts, self.ended, self.signature = [], Ended(problem), file

    def prepare(self, exercise: Exercise) -> None:
        """Have a new process get ready for an exercise."""
        if not self.judging:
            self._new(exercise)

    def close_process(self) -> None:
        if self._process is not None:
            self._selector.unregister(self._process)
            self._process.close()
            self._process = None

    def close(self) -> None:
        """End everything that it has started."""
        self.close_process()
        self._server.close()

    def _new(self, exercise: Exercise) -> WarmProcess:
        self.close_process()
        folder = _folder(exercise.root)
        self._process = self._server.process(exercise, self._settings, folder, self._pictures)
        self._selector.register(self._process, selectors.EVENT_READ, self._ready)
        return self._process

    def _end(self, ended: Ended) -> bool:
        process = self._process
        asked = process is not None and process.asked
        self.close_process()
        if not asked:
            return False  # it died while it got ready: the next may do better
        self._freshen()
        self.ended = ended
        self.judging = False
        return True

    def _freshen(self) -> None:
        """Take away the last verdict."""
        if self.stale:
            self.stale = False
            self.parts, self.ended = [], Ended()


def signature(path: Path) -> Signature | None:
    """What changes when a file is saved, also by a rename; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _folder(root: Path) -> Path:
    """The folder that the learner is in, or the suite's root where it was removed."""
    try:
        return Path(os.getcwd())
    except FileNotFoundError:
        return root
