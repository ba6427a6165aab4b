"""Grades a class: judges what is new or has changed, and writes each verdict down as it comes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from torchkata.grading.gradebook import keys
from torchkata.grading.gradebook.book import Gradebook
from torchkata.grading.grades import ExerciseResult, Run, Submission
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.intake.submissions import HandedIn, Unreadable, read
from torchkata.grading.judging.pool import Piece, Pool, Task
from torchkata.grading.protection import Protection
from torchkata.suite.curriculum import Suite


class Listener(Protocol):
    """Is told how far the grading of a class is."""

    def begins(self, total: int, kept: int) -> None:
        """`total` submissions are to be judged; of `kept` others nothing has changed."""

    def judged(self, results: Sequence[ExerciseResult]) -> None:
        """One more submission has its verdict."""


class NothingJudged(Exception):
    """No solution is judged as right here, so no submission would be; the message says why."""


def check_judging(pool: Pool, suite: Suite, exercises: Sequence[str]) -> None:
    """Have the solution of an exercise judged, and where that fails, of others.

    Raises NothingJudged where none of those that are tried comes out as solved.
    """
    why = []
    for name in exercises[:_TRIED]:
        source = suite.find(name).solution_path.read_bytes()
        task = Task("", (Piece(name, "", "the solution", source),))
        ((_, (result,)),) = pool.judge(iter([task]))
        if result.standing == "solved":
            return
        told = [flag.says for flag in result.flags]
        told += [each.headline for each in result.properties if each.outcome != "passed"]
        # Of a traceback only the last line says what was wrong.
        why.append(f"{name}: {told[0].splitlines()[-1] if told else result.standing}")
    if why:
        raise NothingJudged(
            f"Nothing can be judged here: not even a solution comes out as solved. {why[0]}"
        )


_TRIED = 3
"""How many solutions are tried before nothing is said to be judged here."""


@dataclass(frozen=True, slots=True)
class ClassGrading:
    """A class to grade, and how: whose submissions, by which assignment, behind what protection."""

    suite: Suite
    assignment: Assignment
    handed_in: HandedIn
    protection: Protection
    workers: int

    @property
    def submissions(self) -> Sequence[Submission]:
        return self.handed_in.submissions

    def run(self) -> Run:
        """What is written down of how the class was graded."""
        assert self.assignment.seed is not None
        return Run(
            self.assignment.title,
            self.assignment.seed,
            self.assignment.devices,
            version("torch"),
            self.assignment.limit,
            keys.engine_digest()[:12],
            self.protection.lacks,
            self.handed_in.left,
        )

    def grade(
        self, gradebook: Gradebook, listener: Listener, only: Collection[str] | None = None
    ) -> int:
        """Judge what is not in the gradebook as it is now; the number of what could not be judged.

        With `only`, the others are left as they are. Raises NothingJudged.
        """
        gradebook.begin(self.run(), self.assignment, self.submissions)
        digests = self._digests()
        pending = list(self._pending(gradebook, digests, only))
        asked = (each for each in self.submissions if only is None or each.student.id in only)
        listener.begins(len(pending), sum(bool(each.files) for each in asked) - len(pending))
        failed = 0
        tasks = (self._task(each, names, digests) for each, names in pending)
        if pending:
            places = self.protection.places(self.suite, self.assignment, self.workers)
            with Pool(places[: len(pending)], self.assignment) as pool:
                wanted = {name: None for _, names in pending for name in names}
                check_judging(pool, self.suite, list(wanted))
                for task, results in pool.judge(tasks):
                    gradebook.record(task.student, results)
                    failed += any(each.standing == "not judged" for each in results)
                    listener.judged(results)
        return failed

    def _pending(
        self, gradebook: Gradebook, digests: Mapping[str, str], only: Collection[str] | None
    ) -> Iterator[tuple[Submission, list[str]]]:
        """The submissions of which something must be judged, with the exercises.

        What is no longer submitted is written down here.
        """
        known = gradebook.all_keys()
        for submission in self.submissions:
            student = submission.student.id
            if only is not None and student not in only:
                continue
            have = known.get(student, {})
            gone = [name for name in have if name not in submission.files and have[name] != _NONE]
            if gone:
                none = [ExerciseResult(name, _NONE, "missing") for name in gone]
                gradebook.record(student, none)
            wanted = {
                name: keys.result_key(digests[name], self._source(submission, name))
                for name in digests
                if name in submission.files
            }
            new = [name for name, key in wanted.items() if have.get(name) != key]
            if new:
                yield submission, new

    def _digests(self) -> dict[str, str]:
        return {
            each.exercise: keys.exercise_digest(self.suite.find(each.exercise), self.assignment)
            for each in self.assignment.exercises
        }

    def _task(
        self, submission: Submission, names: Sequence[str], digests: Mapping[str, str]
    ) -> Task:
        pieces = []
        for name in names:
            source = self._source(submission, name)
            key = keys.result_key(digests[name], source)
            pieces.append(Piece(name, key, submission.files[name].path, source))
        return Task(submission.student.id, tuple(pieces))

    def _source(self, submission: Submission, name: str) -> bytes | str:
        """A submitted file's bytes, or the sentence why they can't be read."""
        try:
            return read(submission.files[name])
        except Unreadable as error:
            return str(error)


_NONE = "missing"
"""The key of the result that says that nothing was submitted."""


def hidden(suite: Suite, submissions: Sequence[Path], out: Path) -> tuple[Path, ...]:
    """What a student's code must not see, wherever it lies."""
    return (suite.root, out, *submissions)
