"""The whole terminal as a screen with keys: taken for a while, and given back as it was."""

import os
import re
import signal
import sys
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType

from rich.console import Console
from rich.text import Text

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
    " ": "space",
}
_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)


class Screen:
    """The whole terminal, while `taken` runs."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        self.resized, self._resizes = os.pipe()
        """Readable when the terminal has changed its size; `size` is then the new one."""

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take the terminal: keys come one by one and unseen. Then give it back as it was.

        Ctrl-C still raises KeyboardInterrupt, SIGTERM and SIGHUP raise SystemExit, and Ctrl-Z gives
        the terminal back until the process goes on.
        """
        with ExitStack() as undo:
            undo.enter_context(self._mode())
            for number in (signal.SIGTERM, signal.SIGHUP):
                undo.callback(signal.signal, number, signal.signal(number, _exit))
            for number, action in ((signal.SIGTSTP, self._stop), (signal.SIGWINCH, self._resize)):
                undo.callback(signal.signal, number, signal.signal(number, action))
            yield

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program, such as an editor, and take it again after."""
        self._write(_LEAVE)
        current = termios.tcgetattr(sys.stdin)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, current)
            self._write(_ENTER)

    def size_now(self) -> tuple[int, int]:
        """Columns and rows."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return max(size.columns, 20), max(size.lines, 4)

    def draw(self, lines: Sequence[Text]) -> None:
        """Draw lines from the top; what is too wide or too much is cut off."""
        columns, rows = self.size_now()
        parts = []
        for line in lines[:rows]:
            shown = line.copy()
            shown.truncate(columns, overflow="ellipsis")
            with self.console.capture() as captured:
                self.console.print(shown, end="", soft_wrap=True)
            parts.append(captured.get() + _REST_OF_LINE)
        self._write(_HOME + "\r\n".join(parts) + _REST_OF_SCREEN)

    def pressed(self) -> list[str]:
        """The keys pressed since the last call: characters, or names such as `up` and `enter`."""
        raw = os.read(sys.stdin.fileno(), 1024)
        if not raw:
            raise EOFError
        return [_NAMES.get(key, key) for key in _KEY.findall(raw.decode(errors="replace"))]

    @contextmanager
    def _mode(self) -> Iterator[None]:
        self._before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
        self._write(_ENTER)
        try:
            yield
        finally:
            self._write(_LEAVE)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        with self.lent():
            os.kill(os.getpid(), signal.SIGSTOP)
        self._resize(signum, frame)

    def _resize(self, signum: int, frame: FrameType | None) -> None:
        os.write(self._resizes, b".")

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _exit(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)
