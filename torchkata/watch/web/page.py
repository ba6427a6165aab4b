"""The page of one `kata watch --web`: what it shows, and what is asked for there."""

import asyncio
import json
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import resources

from torchkata.practice.summary import Summary, worst
from torchkata.suite.curriculum import Exercise, Suite, SuiteError
from torchkata.watch.course import Course
from torchkata.watch.endings import ended_by_signals
from torchkata.watch.loop import Loop
from torchkata.watch.web.address import address
from torchkata.watch.web.app import app
from torchkata.watch.web.exchange import States, Wish, Wishes
from torchkata.watch.web.regions import regions
from torchkata.watch.web.server import served

_FLICKER = 0.25
"""Seconds for which what is shown while it judges must last."""


class Page:
    """A watch as a page in the browser."""

    def __init__(
        self,
        suite: Suite,
        scope: Sequence[Exercise],
        first: Exercise,
        poll: bool,
        port: int | None,
        opens: bool,
    ) -> None:
        """`port` is the one to have, None for a free one. `opens` is whether to open a browser."""
        self._loop = Loop(Course(suite, scope, first), poll, self, pictures=True)
        self._port = port
        self._opens = opens
        self._wishes = Wishes()
        self._states = States()
        self._serving: asyncio.AbstractEventLoop | None = None
        self._shown = ""
        self._told: Summary | None = None
        self._since = 0.0

    def run(self) -> None:
        """Watch until Ctrl-C or a signal, which raise SystemExit."""
        self._loop.run()

    @contextmanager
    def shown(self) -> Iterator[Sequence[tuple[Wishes, Callable[[], None]]]]:
        with ExitStack() as undo:
            undo.enter_context(ended_by_signals())
            undo.callback(self._wishes.close)
            found = address(self._loop.course.suite.root, self._port)
            undo.callback(found.listening.close)
            application = app(found.token, _files(), self._states, self._wishes.put)
            self._serving = undo.enter_context(served(application, found.listening))
            undo.callback(self._states.end, self._serving)
            print(f"kata watch is at {found.url} Ctrl-C ends it.", flush=True)
            if self._opens and _has_browser():
                # Some browsers come back only when they are closed.
                threading.Thread(target=webbrowser.open, args=[found.url], daemon=True).start()
            yield [(self._wishes, self._take_wishes)]

    def judging(self) -> None:
        self._since = time.monotonic()

    def judged(self) -> None:
        pass

    def draw(self) -> None:
        told = worst(self._loop.runner.parts)
        if self._loop.runner.judging and (told is None or told is self._told):
            # A failure is shown at once. What else is shorter than this would only flicker.
            if time.monotonic() - self._since < _FLICKER:
                return
            self._since = time.monotonic()
        self._told = told
        state = json.dumps(regions(self._loop))
        if state != self._shown and self._serving is not None:
            self._shown = state
            self._states.publish(state, self._serving)

    def _take_wishes(self) -> None:
        for wish in self._wishes.taken():
            self._loop.note, self._loop.changed = "", True
            try:
                self._grant(wish)
            except (SuiteError, OSError) as error:
                self._loop.note = str(error)
            self._since = 0.0

    def _grant(self, wish: Wish) -> None:
        course = self._loop.course
        if wish.name == "go":
            exercise = course.suite.find(wish.exercise)
            if exercise.set_aside is not None:
                raise SuiteError(f"{exercise.name} {exercise.set_aside}")
            self._loop.go_to(exercise)
        elif wish.exercise == course.current.key:  # else it was pressed on an older page
            match wish.name:
                case "again":
                    self._loop.judge()
                case "hint":
                    self._loop.one_more_hint()
                case "put-back" if course.standing.missing:
                    self._loop.put_back()


def _files() -> Mapping[str, tuple[str, str]]:
    """The parts of the page, by path: the type and the text of each."""
    own, telling = resources.files(__package__), resources.files("torchkata.telling")
    read = {
        "": ("text/html", own / "page.html"),
        "page.css": ("text/css", own / "page.css"),
        "page.js": ("text/javascript", own / "page.js"),
        # By its path: the package that it lies in imports torch.
        "verdict.css": ("text/css", telling / "pictures" / "verdict.css"),
    }
    return {path: (kind, file.read_text("utf-8")) for path, (kind, file) in read.items()}


def _has_browser() -> bool:
    """Whether there is a browser that does not take the terminal."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform == "darwin" or any(map(os.environ.get, screens))
