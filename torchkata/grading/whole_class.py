"""Grades a class: judges what is new or has changed, and writes each verdict down as it comes."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Protocol

from torchkata.grading.gradebook import keys
from torchkata.grading.gradebook.book import Gradebook
from torchkata.grading.grades import Basis, ExerciseResult, Run, Submission
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.intake.submissions import HandedIn, Unreadable, read
from torchkata.grading.judging.work import Judges, Piece, Task
from torchkata.grading.protection import Protection
from torchkata.suite.curriculum import Suite
from torchkata.suite.digests import engine_digest


class Listener(Protocol):
    """Is told how far the grading of a class is."""

    def begins(self, total: int, kept: int) -> None:
        """`total` submissions are to be judged; of `kept` others nothing has changed."""

    def judged(self, results: Sequence[ExerciseResult]) -> None:
        """One more submission has its verdict."""


class NothingJudged(Exception):
    """No solution is judged as right here, so no submission would be; the message says why."""


def check_judging(judges: Judges, suite: Suite, exercises: Sequence[str], seed: int) -> None:
    """Have the solution of an exercise judged, and where that fails, of others.

    Raises NothingJudged where none of those that are tried comes out as solved.
    """
    why = []
    for name in exercises[:_TRIED]:
        source = suite.find(name).solution_path.read_bytes()
        task = Task("", (Piece(name, Basis(""), "the solution", source, seed),))
        ((_, (result,)),) = judges.judge(iter([task]))
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
    """A class to grade, and how: whose submissions, by which assignment, behind what protection.

    `judges` are those for a number of submissions.
    """

    suite: Suite
    assignment: Assignment
    handed_in: HandedIn
    protection: Protection
    judges: Callable[[int], Judges]
    _digests: dict[tuple[str, int], str] = field(default_factory=dict, init=False)

    @property
    def submissions(self) -> Sequence[Submission]:
        return self.handed_in.submissions

    def run(self) -> Run:
        """What is written down of how the class was graded."""
        return Run(
            self.assignment.title,
            self._seed(0),
            self.assignment.devices,
            version("torch"),
            self.assignment.limit,
            engine_digest()[:12],
            self.protection.unprotected,
            self.handed_in.left,
            self.protection.tier,
        )

    def grade(
        self, gradebook: Gradebook, listener: Listener, anew: Collection[str] | None = None
    ) -> int:
        """Judge what is not in the gradebook as it is now; the number of what could not be judged.

        With `anew`, these students' files are judged in any case, and the others are left as they
        are. Raises NothingJudged.
        """
        gradebook.begin(self.run(), self.assignment, self.submissions)
        pending = list(self._pending(gradebook, anew))
        asked = (each for each in self.submissions if anew is None or each.student.id in anew)
        listener.begins(len(pending), sum(bool(each.files) for each in asked) - len(pending))
        failed = 0
        tasks = (self._task(each, draws) for each, draws in pending)
        if pending:
            with self.judges(len(pending)) as judges:
                wanted = {name: None for _, draws in pending for name in draws}
                check_judging(judges, self.suite, list(wanted), self._seed(0))
                for task, results in judges.judge(tasks):
                    results = list(map(_made_from, task.pieces, results))
                    gradebook.record(task.student, results)
                    failed += any(each.standing == "not judged" for each in results)
                    listener.judged(results)
        if self.assignment.reseed:
            used = (each.draw for have in gradebook.judged().values() for each in have.values())
            gradebook.end_draw(max(used, default=0))
        return failed

    def _pending(
        self, gradebook: Gradebook, anew: Collection[str] | None
    ) -> Iterator[tuple[Submission, dict[str, int]]]:
        """The submissions of which something must be judged: exercise → the draw of its inputs.

        What is no longer submitted is written down here.
        """
        known = gradebook.judged()
        # Until a grading is over it goes on with the draw that it has begun.
        latest = gradebook.draws() + 1
        # Most of a class has the same ahead, which is kept once.
        alike: dict[tuple[tuple[str, int], ...], dict[str, int]] = {}
        for submission in self.submissions:
            student = submission.student.id
            if anew is not None and student not in anew:
                continue
            have = known.get(student, {})
            none = [
                ExerciseResult(name, _NONE, "missing", digest=each.digest, draw=each.draw)
                for name, each in have.items()
                if name not in submission.files and each.key != _NONE
            ]
            if none:
                gradebook.record(student, none)
            new = {}
            for name in (each.exercise for each in self.assignment.exercises):
                if name not in submission.files:
                    continue
                digest = keys.file_digest(self._source(submission, name))
                before = have.get(name)
                draw = self._draw(before, digest, latest)
                key = keys.result_key(self._exercise_digest(name, draw), digest)
                if anew is not None or before is None or before.key != key:
                    new[name] = draw
            if new:
                yield submission, alike.setdefault(tuple(new.items()), new)

    def _draw(self, before: Basis | None, digest: str, latest: int) -> int:
        """The draw of the inputs for a file, after the one that was judged `before`."""
        if not self.assignment.reseed or before is None or not before.digest:
            return 0
        return before.draw if before.digest == digest else latest

    def _exercise_digest(self, name: str, draw: int) -> str:
        place = name, draw
        if place not in self._digests:
            assignment = replace(self.assignment, seed=self._seed(draw))
            self._digests[place] = keys.exercise_digest(self.suite.find(name), assignment)
        return self._digests[place]

    def _seed(self, draw: int) -> int:
        assert self.assignment.seed is not None
        return keys.seed_of(self.assignment.seed, draw)

    def _task(self, submission: Submission, draws: Mapping[str, int]) -> Task:
        pieces = []
        for name, draw in draws.items():
            source = self._source(submission, name)
            digest = keys.file_digest(source)
            key = keys.result_key(self._exercise_digest(name, draw), digest)
            basis = Basis(key, digest, draw)
            file = submission.files[name].path
            pieces.append(Piece(name, basis, file, source, self._seed(draw)))
        return Task(submission.student.id, tuple(pieces))

    def _source(self, submission: Submission, name: str) -> bytes | str:
        """A submitted file's bytes, or the sentence why they can't be read."""
        try:
            return read(submission.files[name])
        except Unreadable as error:
            return str(error)


def _made_from(piece: Piece, result: ExerciseResult) -> ExerciseResult:
    """The result of a piece, with what it was made from."""
    return replace(result, digest=piece.basis.digest, draw=piece.basis.draw, seed=piece.seed)


_NONE = "missing"
"""The key of the result that says that nothing was submitted."""
