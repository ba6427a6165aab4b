"""Which files of the suite were saved: told by the file system, or found by looking."""

import os
import threading
from pathlib import Path

from watchfiles import Change, watch

FOLDERS = ("exercises", "solutions", "tests")
_SUFFIXES = (".py", ".toml")
_QUIET_MS = 5
"""A save is told when files have been left alone for so long: editors write in several steps."""

_LONGEST_MS = 200
_LOOK_MS = 300
_RETRY_S = 1.0


class Saves:
    """Gathers changed files in a thread of its own; `fileno` is readable when there are some."""

    def __init__(self, root: Path, poll: bool) -> None:
        self._root = root
        self._poll = poll
        self._changed: set[Path] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._readable, self._writable = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        return self._readable

    def taken(self) -> frozenset[Path]:
        """The files changed since the last call: written, made, renamed or removed."""
        os.read(self._readable, 4096)
        with self._lock:
            changed = frozenset(self._changed)
            self._changed.clear()
        return changed

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        os.close(self._readable)
        os.close(self._writable)

    def _run(self) -> None:
        while not self._stop.is_set():
            there = [path for name in FOLDERS if (path := self._root / name).is_dir()]
            try:
                self._follow(there)
            except (FileNotFoundError, RuntimeError):
                # A folder was taken away, or the file system tells nothing. Another branch may
                # bring the folder back.
                self._stop.wait(_RETRY_S)

    def _follow(self, folders: list[Path]) -> None:
        if not folders:
            raise FileNotFoundError
        for changes in watch(
            *folders,
            watch_filter=_is_source,
            debounce=_LONGEST_MS,
            step=_QUIET_MS,
            stop_event=self._stop,
            raise_interrupt=False,
            force_polling=self._poll,
            poll_delay_ms=_LOOK_MS,
            ignore_permission_denied=True,
        ):
            with self._lock:
                self._changed.update(Path(path) for _, path in changes)
            os.write(self._writable, b".")


def _is_source(change: Change, path: str) -> bool:
    return path.endswith(_SUFFIXES)
