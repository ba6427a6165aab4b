"""Judge processes side by side: each has its own sandboxed zygote, and judges one submission at a
time. What comes of a submission does not depend on which of them judges it."""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from torchkata.grading.grades import Basis, ExerciseResult, Flag
from torchkata.grading.intake.assignment import Assignment
from torchkata.judge.leash import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from torchkata.grading.judging.examiner import Examiner
    from torchkata.grading.judging.slot import Place

_TRIES = 2
"""How often something is begun of which a process dies."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a submission to judge: its bytes, or the sentence why it can't be read.

    `seed` is that of the inputs.
    """

    exercise: str
    basis: Basis
    file: str
    source: bytes | str
    seed: int


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be judged of one student."""

    student: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Judge:
    process: "SpawnProcess"
    line: "Connection[Task | None, list[ExerciseResult]]"
    place: "Place"
    task: Task | None = None


class Pool:
    """Judges tasks in processes, one for each of the places. Use it as a context manager."""

    def __init__(self, places: "list[Place]", assignment: Assignment) -> None:
        self._assignment = assignment
        self._context = multiprocessing.get_context("spawn")
        self._judges = [self._new(place) for place in places]

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *exc: object) -> None:
        for judge in self._judges:
            judge.process.kill()
            judge.process.join()
            judge.line.close()

    def judge(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[ExerciseResult]]]:
        """The results of each task, as they come, in any order."""
        again: list[Task] = []
        tries: dict[str, int] = {}
        while True:
            for position, judge in enumerate(self._judges):
                if judge.task is not None:
                    continue
                if not judge.process.is_alive():
                    judge = self._judges[position] = self._new(judge.place)
                task = again.pop() if again else next(tasks, None)
                if task is not None:
                    judge.task = task
                    with suppress(OSError):  # it has died: its end is seen below
                        judge.line.send(task)
            busy = {judge.line: judge for judge in self._judges if judge.task is not None}
            if not busy:
                return
            for line in wait(list(busy)):
                judge = busy[line]  # type: ignore[index]  # wait gives back what it was given
                task, judge.task = judge.task, None
                assert task is not None
                try:
                    yield task, judge.line.recv()
                except (EOFError, OSError):
                    judge.process.join()
                    tries[task.student] = tries.get(task.student, 0) + 1
                    if tries[task.student] < _TRIES:
                        again.append(task)
                    else:
                        why = f"The process that judged it ended ({judge.process.exitcode})."
                        yield task, [not_judged(piece, why) for piece in task.pieces]

    def _new(self, place: "Place") -> _Judge:
        ours, theirs = self._context.Pipe()
        # Not a daemon: a property may start processes of its own.
        process = self._context.Process(target=_serve, args=(theirs, place, self._assignment))
        process.start()
        theirs.close()
        return _Judge(process, ours, place)


def not_judged(piece: Piece, why: str) -> ExerciseResult:
    """The result of what could not be judged, which is not the student's fault."""
    # Without a key: it is tried again the next time.
    flags = (Flag("refused", why),)
    return ExerciseResult(piece.exercise, "", "not judged", piece.file, flags=flags)


def _serve(
    line: "Connection[list[ExerciseResult], Task | None]", place: "Place", assignment: Assignment
) -> None:
    """Judge one task after another, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    bench = _Bench(place, assignment)
    try:
        while True:
            task = line.recv()
            if task is None:
                return
            line.send(bench.results(task.pieces))
    except (EOFError, OSError):
        return  # the one that gave the tasks has gone
    finally:
        bench.close()


class _Bench:
    """A judge's examiners, one for each exercise and seed that it has met, and its zygote."""

    def __init__(self, place: "Place", assignment: Assignment) -> None:
        self._place = place
        self._begin()  # first of all: a zygote starts while this process imports torch
        import torch

        from torchkata.devices import choice as devices
        from torchkata.suite.curriculum import read_suite

        torch.set_num_threads(1)
        devices.choose(",".join(assignment.devices))
        self._assignment = assignment
        self._suite = read_suite(Path(place.root))
        self._examiners: dict[tuple[str, int], Examiner] = {}

    def results(self, pieces: Sequence[Piece]) -> list[ExerciseResult]:
        """What came of the files of one submission."""
        for piece in pieces:
            with suppress(Exception):  # it is met again, and told, when the file is judged
                if isinstance(piece.source, bytes):
                    self._examiner(piece).prepare(self._slot)
        more = sum(isinstance(piece.source, bytes) for piece in pieces)
        found = []
        try:
            for piece in pieces:
                more -= isinstance(piece.source, bytes)
                found.append(self._result(piece, more))
        finally:
            self._clear()
        return found

    def _result(self, piece: Piece, more: int) -> ExerciseResult:
        """What came of a file, with `more` to come. A zygote that fails is replaced, once."""
        from torchkata.grading.judging.slot import SlotError
        from torchkata.suite.curriculum import SuiteError

        why = ""
        for _ in range(_TRIES):
            try:
                return self._examined(piece, more)
            except SuiteError as error:
                return not_judged(piece, f"The exercise itself is broken. {error}")
            except SlotError as error:
                why = f"It could not be judged: {error}"
            except Exception as error:  # the class must be graded whatever is wrong with our code
                why = f"It could not be judged: {type(error).__name__}: {error}"
            self._slot.close()
            self._begin()
        return not_judged(piece, why)

    def close(self) -> None:
        self._slot.close()

    def _clear(self) -> None:
        """See that nothing of a student is left for the next."""
        from torchkata.grading.judging.slot import SlotError

        try:
            self._sitting.close()
        except SlotError:
            self._slot.close()
            self._begin()

    def _begin(self) -> None:
        from torchkata.grading.judging.sitting import Sitting
        from torchkata.grading.judging.slot import Slot

        self._slot = Slot(self._place)
        self._sitting = Sitting(self._slot)

    def _examined(self, piece: Piece, more: int) -> ExerciseResult:
        examiner = self._examiner(piece)
        if isinstance(piece.source, str):
            return examiner.refused(piece.source, piece.basis.key, piece.file)
        key, file = piece.basis.key, piece.file
        return examiner.examine_at(self._sitting, piece.source, key, file, more)

    def _examiner(self, piece: Piece) -> "Examiner":
        from torchkata.grading.judging.examiner import Examiner

        place = piece.exercise, piece.seed
        if place not in self._examiners:
            exercise = self._suite.find(piece.exercise)
            assignment = replace(self._assignment, seed=piece.seed)
            self._examiners[place] = Examiner(exercise, assignment)
        return self._examiners[place]
