"""The whole terminal as a screen with keys: taken for a while, and given back as it was."""

import os
import re
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType

from rich.console import Console
from rich.text import Text

from torchkata.suite.curriculum import SuiteError
from torchkata.telling.printing import console
from torchkata.watch.endings import ended_by_signals

_ENTER = "\x1b[?1049h\x1b[?25l"
_LEAVE = "\x1b[?25h\x1b[?1049l"
_HOME = "\x1b[H"
_REST_OF_LINE = "\x1b[K"
_REST_OF_SCREEN = "\x1b[J"

_NAMES = {
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1bOA": "up",
    "\x1bOB": "down",
    "\x1b[5~": "page up",
    "\x1b[6~": "page down",
    "\x1b": "escape",
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\x08": "backspace",
}
_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(\[[0-9;?]*|O)?$")
_SOON = 0.05
"""Seconds in which the rest of a key comes that is sent as several characters."""


class Screen:
    """The whole terminal, while `taken` runs. Raises SuiteError where there is none."""

    def __init__(self) -> None:
        streams = (sys.stdin, sys.stdout)
        if not all(stream is not None and stream.isatty() for stream in streams):
            raise SuiteError("`kata watch` needs a terminal. `kata check` judges once, anywhere.")
        self.console: Console = console()
        if self.console.is_dumb_terminal:
            raise SuiteError(
                f"`kata watch` draws on the whole terminal, and this one can't: TERM is "
                f"{os.environ['TERM']!r}. `kata check` judges once, anywhere."
            )
        self.resized, self._resizes = os.pipe()
        """Readable when the terminal has another size, or must be drawn again."""
        os.set_blocking(self._resizes, False)
        self._drawn = ""

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take the terminal: keys come one by one and unseen. Then give it back as it was.

        Ctrl-C and the signals that end a program raise SystemExit. Ctrl-Z gives the terminal back
        until the process goes on.
        """
        with ExitStack() as undo:
            undo.enter_context(ended_by_signals())
            undo.enter_context(self._mode())
            for number, action in ((signal.SIGTSTP, self._stop), (signal.SIGWINCH, self._resize)):
                undo.callback(signal.signal, number, signal.signal(number, action))
            yield

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program, such as an editor, and take it again after.

        Ctrl-C and Ctrl-Z are then that program's.
        """
        with ExitStack() as undo:
            undo.enter_context(self._given_back())
            # Not SIG_IGN, which the program would inherit.
            undo.callback(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, _pass))
            before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            undo.callback(signal.signal, signal.SIGTSTP, before)
            yield

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return size.columns or 80, size.lines or 24

    def draw(self, lines: Sequence[Text]) -> None:
        """Draw lines from the top; what is too wide or too much is cut off."""
        columns, rows = self.size()
        parts = []
        for line in lines[:rows]:
            shown = line.copy()
            shown.truncate(columns, overflow="ellipsis")
            with self.console.capture() as captured:
                self.console.print(shown, end="", soft_wrap=True)
            parts.append(captured.get() + _REST_OF_LINE)
        drawn = _HOME + "\r\n".join(parts) + _REST_OF_SCREEN
        if drawn != self._drawn:
            self._write(drawn)
            self._drawn = drawn

    def drawn_away(self) -> None:
        """Take notice that what was drawn is gone, which `resized` told."""
        with suppress(BlockingIOError):
            os.read(self.resized, 1024)
        self._drawn = ""

    def pressed(self) -> list[str]:
        """The keys pressed since the last call: characters, or names such as `up` and `enter`.

        Raises EOFError where there is no terminal any more.
        """
        descriptor = sys.stdin.fileno()
        typed = ""
        try:
            while not typed or (
                _UNFINISHED.search(typed) and select.select([descriptor], [], [], _SOON)[0]
            ):
                raw = os.read(descriptor, 1024)
                if not raw:
                    raise EOFError
                typed += raw.decode(errors="replace")
        except OSError:
            raise EOFError from None
        return [_NAMES.get(key, key) for key in _KEY.findall(typed)]

    @contextmanager
    def _mode(self) -> Iterator[None]:
        self._before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin, termios.TCSADRAIN)  # keeps keys that were pressed too early
            self._write(_ENTER)
            yield
        finally:
            self._give_back()

    @contextmanager
    def _given_back(self) -> Iterator[None]:
        current = termios.tcgetattr(sys.stdin)
        self._give_back()
        try:
            yield
        finally:
            with suppress(OSError, termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, current)
                self._write(_ENTER)
            self._drawn = ""

    def _give_back(self) -> None:
        with suppress(OSError, termios.error):  # the terminal may be gone
            self._write(_LEAVE)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        with self._given_back():
            os.kill(os.getpid(), signal.SIGSTOP)
        self._resize(signum, frame)

    def _resize(self, signum: int, frame: FrameType | None) -> None:
        with suppress(BlockingIOError):
            os.write(self._resizes, b".")

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _pass(signum: int, frame: FrameType | None) -> None:
    pass
