"""Which files of the suite were saved: told by the file system, or found by looking."""

import os
import threading
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, watch

FOLDERS = ("exercises", "solutions", "tests")
_SUFFIXES = (".py", ".toml")
_QUIET_MS = 10
"""A save is told when files have been left alone for so long: editors write in several steps."""

_LONGEST_MS = 200
_LOOK_MS = 300
_CHECK_MS = 500
"""How often it is checked that the folders are still the ones that are watched."""

_RETRY_S = 0.2


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
        """What has changed since the last call: written, made, renamed or removed.

        A folder stands for all that it holds.
        """
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
        folders = self._folders()
        while not self._stop.is_set():
            with suppress(FileNotFoundError, RuntimeError):  # removed just now, or unwatchable
                self._follow(folders)
            self._stop.wait(_RETRY_S)
            folders = self._folders()
            # What happened meanwhile went unseen.
            self._tell({self._root / name for name in FOLDERS})

    def _folders(self) -> dict[Path, int]:
        """The folders that there are, with what tells each from another of its name."""
        found = {}
        for name in FOLDERS:
            path = self._root / name
            with suppress(FileNotFoundError):
                found[path] = path.stat().st_ino
        return found

    def _follow(self, folders: dict[Path, int]) -> None:
        """Tell what changes, until the folders are others: another branch may bring them back."""
        if not folders:
            return
        for changes in watch(
            *folders,
            watch_filter=_counts,
            debounce=_LONGEST_MS,
            step=_QUIET_MS,
            rust_timeout=_CHECK_MS,
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
            force_polling=self._poll,
            poll_delay_ms=_LOOK_MS,
            ignore_permission_denied=True,
        ):
            changed = {Path(path) for _, path in changes}
            if changed:
                self._tell(changed)
            if changed & folders.keys() or self._folders() != folders:
                return

    def _tell(self, changed: set[Path]) -> None:
        with self._lock:
            self._changed |= changed
        os.write(self._writable, b".")


def _counts(change: Change, path: str) -> bool:
    """Whether it is a source file, or may be a folder that holds some."""
    name = os.path.basename(path)
    return name.endswith(_SUFFIXES) or not ("." in name or name.startswith("__"))
