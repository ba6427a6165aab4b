"""The gradebook: who is in a class, each result and each override, written as verdicts come."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from torchkata.grading.gradebook.entries import check_override, entry, exercise_grade
from torchkata.grading.gradebook.file import (
    GradebookError,
    connected,
    kept,
    locked,
    no_grades,
    to_bytes,
    to_text,
    told,
)
from torchkata.grading.gradebook.lateness import lateness
from torchkata.grading.grades import (
    Basis,
    ExerciseResult,
    Override,
    Run,
    StudentGrade,
    Submission,
)
from torchkata.grading.intake.assignment import Assigned, Assignment
from torchkata.grading.packing import packed
from torchkata.suite.curriculum import did_you_mean

__all__ = ["Gradebook", "GradebookError"]

_COMPARED = 60
"""Characters of a name that are compared with others and shown: the time is their square."""

_ENTER = """
INSERT INTO students (id, name, listed, about) VALUES (?, ?, 1, ?)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, listed = 1, about = excluded.about
"""
_JUDGED = """
SELECT id, exercise, result FROM results JOIN students ON number = student WHERE listed
"""

_Value = TypeVar("_Value")


class Gradebook:
    """The grades of a class, in a folder; a context manager that closes it.

    One process at a time grades: `begin`, `record`, `end_draw` and `remember` raise GradebookError
    where another one does. Reading and overriding go on meanwhile. Every method raises
    GradebookError where the file can't be used.
    """

    def __init__(self, folder: Path, database: sqlite3.Connection, lock: int | None) -> None:
        self._folder = folder
        self._database = database
        self._lock = lock
        self._within = False

    @classmethod
    def open(cls, folder: Path, create: bool = False) -> Self:
        """The gradebook in a folder. `create` is for grading: it makes what is not there.

        Raises GradebookError where there is none, or none that can be read, and with `create`
        where another process grades.
        """
        lock = locked(folder) if create else None
        try:
            return cls(folder, connected(folder, create), lock)
        except BaseException:
            if lock is not None:
                os.close(lock)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and let others grade. Closing twice does nothing more."""
        self._database.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def begin(self, run: Run, assignment: Assignment, students: Sequence[Submission]) -> None:
        """Write down how and what is graded, and who is in the class now, all or nothing.

        Results and overrides that are there stay. Those of a student who is not among `students`
        are kept too, and come back with the student.
        """
        with self._grading() as database:
            database.execute("UPDATE students SET listed = 0")
            database.executemany(_ENTER, map(entry, students))
            self._keep("run", run)
            self._keep("assignment", assignment)

    def keys(self, student_id: str) -> dict[str, str]:
        """Each exercise that a student has a result of, with that result's key."""
        number = self._number(student_id)
        return dict(self._rows("SELECT exercise, key FROM results WHERE student = ?", number))

    def judged(self) -> dict[str, dict[str, Basis]]:
        """For every student of the class who has a result: what each exercise's was made from."""
        found: dict[str, dict[str, Basis]] = {}
        for raw, exercise, result in self._rows(_JUDGED):
            found.setdefault(to_text(raw), {})[exercise] = self._unpacked(result, Basis)
        return found

    def draws(self) -> int:
        """How many draws of inputs are over, the class's first not counted."""
        for (value,) in self._rows("SELECT value FROM facts WHERE name = 'draws'"):
            return self._unpacked(value, int)
        return 0

    def end_draw(self, draw: int) -> None:
        """Write down that what is resubmitted from now on has the inputs of a later draw."""
        with self._grading():
            self._keep("draws", draw)

    def record(self, student_id: str, results: Sequence[ExerciseResult]) -> None:
        """Write down all results of a submission or, where the process dies, none."""
        number = self._number(student_id)
        rows = [(number, each.exercise, each.key, packed(each)) for each in results]
        with self._grading() as database:
            database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)

    def override(self, student_id: str, exercise: str, override: Override | None) -> None:
        """Give a student's exercise an instructor's points; None takes them back.

        `exercise` is the name or the key of one of the assignment. Raises GradebookError, naming
        the nearest, for a student or exercise that there is not, for points that are negative, not
        finite or more than the exercise has, and where there is no reason.
        """
        number = self._number(student_id)
        assigned = self._assigned(exercise)
        place = number, assigned.exercise
        if override is None:
            with self._writing() as database:
                query = "DELETE FROM overrides WHERE student = ? AND exercise = ?"
                database.execute(query, place)
            return
        check_override(assigned, override)
        with self._writing() as database:
            row = (*place, packed(override))
            database.execute("INSERT OR REPLACE INTO overrides VALUES (?, ?, ?)", row)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within it, all that is written is kept, or where something is raised, nothing."""
        with told(self._folder):
            self._database.execute("BEGIN IMMEDIATE")
            self._within = True
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            else:
                self._database.execute("COMMIT")
            finally:
                self._within = False

    def run(self) -> Run:
        """How the class was graded last. Raises GradebookError where it never was."""
        return self._fact("run", Run)

    def assignment(self) -> Assignment:
        """What was graded last. Raises GradebookError where nothing was."""
        return self._fact("assignment", Assignment)

    def command(self) -> dict[str, object]:
        """What `remember` was given last. Raises GradebookError where that is nothing."""
        return self._fact("command", dict[str, object])

    def remember(self, command: Mapping[str, object]) -> None:
        """Keep the paths and options of a grading, as JSON has them, so that it can be repeated."""
        with self._grading():
            self._keep("command", dict(command))

    def students(self) -> Iterator[StudentGrade]:
        """Everyone in the class, by name and then id, read as they are asked for."""
        assignment = self.assignment()
        query = "SELECT number, about FROM students WHERE listed ORDER BY name, id"
        for number, about in self._rows(query):
            yield self._grade(assignment, number, about)

    def student(self, id_or_name: str) -> StudentGrade:
        """One student of the class.

        Raises GradebookError, naming the nearest, where there is none, and where several have
        the name.
        """
        raw = to_bytes(id_or_name)
        query = "SELECT number, about, id FROM students WHERE listed AND {} = ? ORDER BY id"
        found = list(self._rows(query.format("id"), raw))
        found = found or list(self._rows(query.format("name"), raw))
        if not found:
            raise self._unknown(id_or_name)
        if len(found) > 1:
            ids = ", ".join(repr(to_text(each[2])) for each in found)
            raise GradebookError(
                f"{len(found)} students are called {id_or_name!r}: give an id: {ids}."
            )
        return self._grade(self.assignment(), *found[0][:2])

    def content(self) -> Iterator[str]:
        """Lines of JSON with all that the grades are, without how long it took and when.

        Two gradebooks are equal where these are.
        """
        yield _line({"run": self.run(), "assignment": self.assignment()})
        for grade in self.students():
            data = msgspec.to_builtins(grade, order="deterministic")
            for each in data["exercises"]:
                for part, time in ("result", "seconds"), ("override", "at"):
                    if each[part] is not None:
                        del each[part][time]
            yield _line(data)

    def _grade(self, assignment: Assignment, number: int, about: bytes) -> StudentGrade:
        query = "SELECT exercise, result FROM results WHERE student = ?"
        results = dict(self._rows(query, number))
        query = "SELECT exercise, override FROM overrides WHERE student = ?"
        overrides = dict(self._rows(query, number))
        who = self._unpacked(about, StudentGrade)
        late = lateness(assignment.late, who) if assignment.late else None
        exercises = []
        for assigned in assignment.exercises:
            raw = results.get(assigned.exercise)
            given = overrides.get(assigned.exercise)
            exercises.append(
                exercise_grade(
                    assigned,
                    None if raw is None else self._unpacked(raw, ExerciseResult),
                    None if given is None else self._unpacked(given, Override),
                    late.percent if late else 0.0,
                )
            )
        return replace(who, exercises=tuple(exercises), lateness=late)

    def _assigned(self, exercise: str) -> Assigned:
        names = {}
        for each in self.assignment().exercises:
            name = each.exercise.rpartition("/")[2]
            if exercise in (name, each.exercise):
                return each
            names[name] = each.exercise
        near = did_you_mean(exercise.rpartition("/")[2], names)
        raise GradebookError(f"There is no exercise {exercise!r} in this assignment.{near}")

    def _number(self, student_id: str) -> int:
        """The row of a student of the class. Raises GradebookError."""
        query = "SELECT number FROM students WHERE listed AND id = ?"
        for (number,) in self._rows(query, to_bytes(student_id)):
            return int(number)
        raise self._unknown(student_id)

    def _unknown(self, asked: str) -> GradebookError:
        labels: dict[str, str] = {}
        for raw, name in self._rows("SELECT id, name FROM students WHERE listed ORDER BY name, id"):
            label = repr(to_text(raw)) + (f" ({to_text(name)[:_COMPARED]!r})" if name else "")
            labels.setdefault(to_text(raw)[:_COMPARED], label)
            labels.setdefault(to_text(name)[:_COMPARED], label)
        near = get_close_matches(asked[:_COMPARED], labels, n=3, cutoff=0.5)
        meant = " or ".join(dict.fromkeys(labels[each] for each in near))
        question = f" Did you mean {meant}?" if meant else ""
        return GradebookError(f"There is no student {asked!r} in {self._folder}.{question}")

    def _fact(self, name: str, kind: type[_Value]) -> _Value:
        for (value,) in self._rows("SELECT value FROM facts WHERE name = ?", name):
            return self._unpacked(value, kind)
        raise no_grades(self._folder)

    def _keep(self, name: str, value: object) -> None:
        row = name, packed(value)
        self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", row)

    def _rows(self, query: str, *parameters: object) -> Iterator[Any]:
        with told(self._folder):
            # Not `yield from`: that closes the cursor of a walk that is left, when there may be no
            # database any more.
            for row in self._database.execute(query, parameters):  # noqa: UP028
                yield row

    def _unpacked(self, raw: bytes, kind: type[_Value]) -> _Value:
        return kept(self._folder, raw, kind)

    @contextmanager
    def _grading(self) -> Iterator[sqlite3.Connection]:
        """A transaction of the one process that grades."""
        if self._lock is None:
            self._lock = locked(self._folder)
        with self._writing() as database:
            yield database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._within:
            yield self._database
            return
        with told(self._folder), self._database:
            self._database.execute("BEGIN IMMEDIATE")
            yield self._database


def _line(data: object) -> str:
    return json.dumps(msgspec.to_builtins(data, order="deterministic"), sort_keys=True)
