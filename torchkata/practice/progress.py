"""How far a learner is: one SQLite file at the suite's root, and what it says of each exercise.

SQLite writes atomically and lets two processes write at once without losing anything. Whatever is
lost with the file but attempts, hints and dates comes back with `kata check --all`.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from torchkata.suite import stubs
from torchkata.suite.curriculum import Exercise, Suite, SuiteError

FILE = ".kata.sqlite"

State = Literal["solved", "failing", "begun", "todo"]

BOXES = (3, 7, 16, 35, 80)
"""Days after which a solved exercise comes back, by its box; review.py says what moves it."""

_WAIT = 10.0
_VERSION = 2
_TABLE = """
CREATE TABLE IF NOT EXISTS progress (
    exercise TEXT PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'todo',
    hash TEXT NOT NULL DEFAULT '',
    line INTEGER NOT NULL DEFAULT 1,
    attempts INTEGER NOT NULL DEFAULT 0,
    hints INTEGER NOT NULL DEFAULT 0,
    solved_at TEXT
)
"""
_REVIEWS = """
CREATE TABLE IF NOT EXISTS review (
    exercise TEXT PRIMARY KEY,
    box INTEGER NOT NULL DEFAULT 1,
    solved_on TEXT,
    begun INTEGER NOT NULL DEFAULT 0
)
"""
_BEGUN = """
INSERT INTO review (exercise, begun) VALUES (:exercise, 1)
ON CONFLICT (exercise) DO UPDATE SET begun = 1
"""
_SOLVED_AGAIN = """
UPDATE review SET begun = 0, solved_on = :day, box = CASE
    WHEN (SELECT hints FROM progress WHERE exercise = review.exercise) > 0 THEN 1
    ELSE min(box + 1, :last)
END
WHERE exercise = :exercise AND begun
"""
_ROWS = """
SELECT progress.*, review.box, review.solved_on, coalesce(review.begun, 0) AS begun
FROM progress LEFT JOIN review USING (exercise)
"""
_JUDGED = """
INSERT INTO progress (exercise, state, hash, line, attempts, solved_at)
VALUES (:exercise, :state, :hash, :line, :state != 'todo', :solved_at)
ON CONFLICT (exercise) DO UPDATE SET
    attempts = attempts + (excluded.state != 'todo' AND hash != excluded.hash),
    state = excluded.state,
    hash = excluded.hash,
    line = excluded.line,
    solved_at = coalesce(solved_at, excluded.solved_at)
"""
_UNTOUCHED = """
INSERT INTO progress (exercise, state, hash, line) VALUES (?, 'todo', ?, ?)
ON CONFLICT (exercise) DO UPDATE SET state = 'todo', hash = excluded.hash, line = excluded.line
WHERE hash = ?
"""
_HINT = """
INSERT INTO progress (exercise, hints) VALUES (?, ?)
ON CONFLICT (exercise) DO UPDATE SET hints = max(hints, excluded.hints)
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """How an exercise came out: the hash of the file judged, and the line to look at next."""

    exercise: str
    state: State
    hash: str
    line: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner is with one exercise.

    `state` is that of the file as it is now: one that differs from what was judged last has begun,
    and `edited` says so. `aside` is why the exercise can't be judged here, if so. `hints` is the
    number seen, since it came back where it did; `solved_at` is the UTC time of the first pass and
    `solved_on` the local day of the last one in a review, in ISO 8601; `box` is the one that it
    lies in. What is `under_review` is solved, whatever its file holds at present.
    """

    exercise: Exercise
    state: State
    line: int
    edited: bool = False
    missing: bool = False
    aside: str | None = None
    attempts: int = 0
    hints: int = 0
    solved_at: str | None = None
    box: int = 1
    solved_on: str | None = None
    under_review: bool = False


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; empty where it can't be read."""
    try:
        return _hash(path.read_bytes())
    except OSError:
        return ""


def record(root: Path, results: Iterable[Judged]) -> tuple[str, ...]:
    """Write down how exercises came out. An attempt counts where the file has changed since.

    What is solved again in a review moves to another box, from today on in local time.

    Returns the exercises that are solved for the first time. Raises SuiteError where the file can't
    be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    rows: list[dict[str, Any]] = [
        {
            "exercise": each.exercise,
            "state": each.state,
            "hash": each.hash,
            "line": each.line,
            "solved_at": now if each.state == "solved" else None,
        }
        for each in results
    ]
    with _opened(root) as database:
        solved = database.execute("SELECT exercise FROM progress WHERE solved_at IS NOT NULL")
        before = {row["exercise"] for row in solved}
        database.executemany(_JUDGED, rows)
        today = {"day": datetime.now().date().isoformat(), "last": len(BOXES)}
        again = [each["exercise"] for each in rows if each["state"] == "solved"]
        database.executemany(_SOLVED_AGAIN, [{"exercise": key, **today} for key in again])
    now_solved = (each["exercise"] for each in rows if each["solved_at"] is not None)
    return tuple(key for key in now_solved if key not in before)


def record_hints(root: Path, exercise: Exercise, count: int) -> None:
    """Write down that `count` hints of an exercise have been seen. Raises SuiteError."""
    with _opened(root) as database:
        database.execute(_HINT, (exercise.key, count))


def begin_review(root: Path, exercise: Exercise) -> None:
    """Write down that an exercise is to be solved again, its hints unseen. Raises SuiteError."""
    with _opened(root) as database:
        database.execute(_BEGUN, {"exercise": exercise.key})
        database.execute("UPDATE progress SET hints = 0 WHERE exercise = ?", (exercise.key,))


def standings(suite: Suite) -> tuple[Standing, ...]:
    """Where the learner is with each exercise, in the curriculum's order. Raises SuiteError."""
    rows = _rows(suite.root)
    untouched: list[tuple[str, str, int, str]] = []
    found = tuple(
        replace(each, state="solved") if each.under_review else each
        for each in (_standing(each, rows.get(each.key), untouched) for each in suite.exercises)
    )
    if untouched:
        # So that the next command need not parse these files again. Where the folder can't be
        # written to, it gives the same answer a little later.
        with suppress(SuiteError), _opened(suite.root) as database:
            database.executemany(_UNTOUCHED, untouched)
    return found


def following(found: Iterable[Standing]) -> Standing | None:
    """What comes next: the first that is not solved; None where all are."""
    return next((each for each in counted(found) if each.state != "solved"), None)


def counted(found: Iterable[Standing]) -> list[Standing]:
    """Those of exercises that can be judged here: others count neither as solved nor as to do."""
    return [each for each in found if each.aside is None]


def _standing(
    exercise: Exercise, row: sqlite3.Row | None, untouched: list[tuple[str, str, int, str]]
) -> Standing:
    kept: dict[str, Any] = {"aside": exercise.set_aside}
    if row is not None:
        kept |= {key: row[key] for key in ("attempts", "hints", "solved_at", "solved_on")}
        kept |= {"box": row["box"] or 1, "under_review": bool(row["begun"])}
    try:
        raw = exercise.stub_path.read_bytes()
    except OSError:
        return Standing(exercise, "todo", 1, missing=True, **kept)
    digest, text = _hash(raw), raw.decode(errors="replace")
    if row is not None and row["hash"] == digest:
        return Standing(exercise, row["state"], row["line"], **kept)
    stub = stubs.stub_of(exercise)
    wanted = stubs.definition_lines(stub)
    lines = stubs.definition_lines(text)
    line = next((lines[name] for name in wanted if name in lines), 1)
    if wanted.keys() <= stubs.untouched(text, stub):
        untouched.append((exercise.key, digest, line, row["hash"] if row is not None else ""))
        return Standing(exercise, "todo", line, **kept)
    judged = row is not None and row["attempts"] > 0
    return Standing(exercise, "begun", line, edited=judged, **kept)


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _rows(root: Path) -> dict[str, sqlite3.Row]:
    if not (root / FILE).exists():
        return {}
    with _opened(root) as database:
        return {row["exercise"]: row for row in database.execute(_ROWS)}


@contextmanager
def _opened(root: Path) -> Iterator[sqlite3.Connection]:
    """The database in one transaction, made where there is none."""
    path = root / FILE
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT)) as database, database:
            database.row_factory = sqlite3.Row
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise SuiteError(f"{path} was written by a newer torchkata. Update this one.")
            if version < _VERSION:
                database.execute(_TABLE)
                database.execute(_REVIEWS)
                database.execute(f"PRAGMA user_version = {_VERSION}")
            yield database
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            remedy = "See that it and its folder can be written to and no other command hangs."
        else:
            remedy = "Remove the file; `kata check --all` makes it anew."
        raise SuiteError(
            f"{path}, which keeps your progress, can't be used: {error}. {remedy}"
        ) from None
