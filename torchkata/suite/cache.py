"""The user's cache folder: bytes kept under a name, bounded in size, and nothing to rely on.

What can't be read or written is as if it had never been kept. Imports nothing heavy.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

LARGEST = 256 << 20
"""Bytes that all files may have together; the oldest go first."""

_MARK = b"torchkata kept this, version 1\n"
_HEAD = len(_MARK) + hashlib.sha256().digest_size
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Cache:
    """Files in one folder that only this user can enter."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; None where that isn't there, or isn't whole."""
        path = self.folder / name
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        kept = raw[_HEAD:]
        if raw[:_HEAD] != _MARK + hashlib.sha256(kept).digest():
            return None
        with suppress(OSError):  # so that what is used is not the oldest
            os.utime(path)
        return kept

    def write(self, name: str, kept: bytes) -> None:
        """Keep bytes under a name. Of two processes that do so at once, the later one counts."""
        temporary = None
        try:
            self.make()
            # Only its owner can read it, as the module promises.
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(_MARK + hashlib.sha256(kept).digest())
                file.write(kept)
            os.replace(temporary, self.folder / name)
        except OSError:
            if temporary is not None:
                with suppress(OSError):
                    os.unlink(temporary)
        self._shrink()

    def make(self) -> None:
        """Make the folder, which only this user can enter. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(_PRIVATE)

    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, size, _ in self._files())

    def clean(self) -> int:
        """Remove all files; the bytes that it freed. Raises OSError where one can't be removed."""
        freed = 0
        for _, size, path in self._files():
            path.unlink(missing_ok=True)
            freed += size
        return freed

    def _shrink(self) -> None:
        files = self._files()
        room = LARGEST - sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if room >= 0:
                return
            with suppress(OSError):
                path.unlink()
                room += size

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was used last, its size, and where it is."""
        found: list[tuple[float, int, Path]] = []
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                with suppress(OSError):  # gone meanwhile
                    if entry.is_file(follow_symlinks=False):
                        told = entry.stat(follow_symlinks=False)
                        found.append((told.st_mtime, told.st_size, Path(entry.path)))
        return found


def answer_keys() -> Cache | None:
    """Where the answer keys of exercises are kept; None where the user has no folder for that."""
    return _cache("keys")


def addresses() -> Cache | None:
    """Where addresses of pages are kept; None where the user has no folder for that."""
    return _cache("addresses")


def _cache(name: str) -> Cache | None:
    with suppress(RuntimeError, OSError):
        folder = platformdirs.user_cache_path("torchkata", appauthor=False)
        if folder.is_absolute():
            return Cache(folder / name)
    return None
