"""The gradebook's file: how it is made and opened, who may grade into it, and what goes wrong.

It is in WAL mode with synchronous=NORMAL: a commit is in the system's hands at once, so a process
that is killed loses no submission that it recorded, and no submission waits for the disk. Where the
power fails, the last submissions may be missing; each is there as a whole or is graded again.

Student-controlled text may hold what UTF-8 does not have: ids and names are kept as bytes, all else
as JSON, which has escapes.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from torchkata.grading.packing import unpacked

FILE = "gradebook.sqlite"
LOCK = "gradebook.lock"

_OURS = 0x6B617461
"""SQLite's application id, `kata` in ASCII: it tells our files from others."""

_VERSION = 1
_WAIT = 10.0
_SCHEMA = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    """
    CREATE TABLE students (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        name BLOB NOT NULL,
        listed INTEGER NOT NULL,
        about BLOB NOT NULL
    )
    """,
    "CREATE INDEX students_in_order ON students (name, id)",
    """
    CREATE TABLE results (
        student INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        key TEXT NOT NULL,
        result BLOB NOT NULL,
        PRIMARY KEY (student, exercise)
    )
    """,
    """
    CREATE TABLE overrides (
        student INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        override BLOB NOT NULL,
        PRIMARY KEY (student, exercise)
    )
    """,
    f"PRAGMA application_id = {_OURS}",
    f"PRAGMA user_version = {_VERSION}",
)

_Value = TypeVar("_Value")


class GradebookError(Exception):
    """The gradebook can't do what was asked; the message names what, and says what to do."""


def connected(folder: Path, create: bool) -> sqlite3.Connection:
    """A connection to the gradebook in a folder; `create` makes it where there is none.

    Raises GradebookError where there is none, or where the file is another program's, of a newer
    version or broken.
    """
    path = folder / FILE
    with told(folder):
        if create:
            # Grades are private. SQLite gives the files that it puts beside it the same mode.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        elif not path.exists():
            raise no_grades(folder)
        database = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        try:
            _prepare(folder, database, create)
        except BaseException:
            database.close()
            raise
    return database


def _prepare(folder: Path, database: sqlite3.Connection, create: bool) -> None:
    (kind,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    path = folder / FILE
    if kind == _OURS and version > _VERSION:
        raise GradebookError(f"{path} was written by a newer torchkata. Update this one.")
    if kind != _OURS:
        if database.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise GradebookError(
                f"{path} is another program's database, not a gradebook. Choose another folder."
            )
        if not create:
            raise no_grades(folder)
        with database:
            database.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA:
                database.execute(statement)
    if create:
        database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")


def locked(folder: Path) -> int:
    """A descriptor that holds the folder's lock for grading, until it is closed.

    A process that was forked and runs no other program holds it too. Raises GradebookError where
    another process has it.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            number = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
            os.close(descriptor)
            process = f"process {number}" if number else "another process"
            raise GradebookError(
                f"{folder} is being graded by {process}; wait for it, or choose another --out."
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turns the errors of the system and of SQLite into GradebookErrors."""
    try:
        yield
    except OSError as error:
        raise GradebookError(
            f"{folder} can't keep grades: {error.filename}: {error.strerror}."
        ) from None
    except sqlite3.OperationalError as error:
        raise GradebookError(
            f"{folder / FILE}, which keeps the grades, can't be used: {error}. See that it and its "
            "folder can be written to, and that the disk has room."
        ) from None
    except sqlite3.DatabaseError as error:
        raise _broken(folder, error) from None


def no_grades(folder: Path) -> GradebookError:
    """What is told where nothing was graded."""
    return GradebookError(
        f"{folder} holds no grades: `kata grade SUBMISSIONS --out {folder}` makes them."
    )


def _broken(folder: Path, error: Exception) -> GradebookError:
    return GradebookError(
        f"{folder / FILE}, which keeps the grades, is broken: {error}. Bring back a copy, or move "
        "it away and grade again; overrides stand in it alone."
    )


def to_bytes(text: str) -> bytes:
    """Any text as bytes, in the same order as the texts."""
    return text.encode(errors="surrogatepass")


def to_text(raw: bytes) -> str:
    """The text that `to_bytes` made bytes of."""
    return raw.decode(errors="surrogatepass")


def kept(folder: Path, raw: bytes, kind: type[_Value]) -> _Value:
    """The value that was kept. Raises GradebookError where it is another."""
    try:
        return unpacked(raw, kind)
    except ValueError as error:
        raise _broken(folder, error) from None
