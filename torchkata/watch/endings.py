"""The signals that end a watch, which must leave nothing behind."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Have Ctrl-C and the signals that end a program raise SystemExit, each once."""
    with ExitStack() as undo:
        for number in _ENDING:
            undo.callback(signal.signal, number, signal.signal(number, _exit))
        yield


def _exit(signum: int, frame: FrameType | None) -> None:
    for number in _ENDING:  # it ends already
        signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0 if signum == signal.SIGINT else 128 + signum)
