"""The process of a judge: it has solutions and examiners, and a sandboxed zygote below it."""

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torchkata.grading.grades import ExerciseResult
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.sitting import Sitting
from torchkata.grading.judging.slot import Place, Slot, SlotError
from torchkata.grading.judging.work import TRIES, Piece, not_judged
from torchkata.judge.leash import end_with_parent
from torchkata.suite.curriculum import SuiteError, read_suite

if TYPE_CHECKING:
    from torchkata.grading.judging.examiner import Examiner


def main() -> None:
    """Judge what comes on the connection of the given number, until it is closed.

    First come the place and the assignment, then pieces of one submission after another.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    (number,) = sys.argv[1:]
    line: Connection[list[ExerciseResult], Any] = Connection(int(number))
    bench = Bench(*line.recv())
    try:
        while True:
            line.send(bench.results(line.recv()))
    except (EOFError, OSError):
        return  # the one that gave the work has gone
    finally:
        bench.close()


class Bench:
    """A judge's examiners, one for each exercise and seed that it has met, and its zygote."""

    def __init__(self, place: Place, assignment: Assignment) -> None:
        self._sittings = _sittings(
            place
        )  # first of all: they start while this process imports torch
        import torch

        from torchkata.devices import choice as devices

        torch.set_num_threads(1)
        devices.choose(",".join(assignment.devices))
        self._place = place
        self._assignment = assignment
        self._suite = read_suite(Path(place.root))
        self._examiners: dict[tuple[str, int], Examiner] = {}

    def results(self, pieces: Sequence[Piece]) -> list[ExerciseResult]:
        """What came of the files of one submission, judged one after another."""
        begin = int(self._place.begins * len(pieces))
        for piece in (*pieces[begin:], *pieces[:begin]):
            with suppress(Exception):  # it is met again, and told, when the file is judged
                self._prepare(piece)
        more = sum(isinstance(piece.source, bytes) for piece in pieces)
        found = []
        try:
            for piece in pieces:
                more -= isinstance(piece.source, bytes)
                found.append(self._result(piece, more))
        finally:
            self._clear()
        return found

    def close(self) -> None:
        for each in self._sittings:
            each.slot.close()

    def _result(self, piece: Piece, more: int) -> ExerciseResult:
        """What came of a file, with `more` to come. A zygote that fails is replaced, once."""
        why = ""
        for _ in range(TRIES):
            try:
                return self._examined(piece, more)
            except SuiteError as error:
                return not_judged(piece, f"The exercise itself is broken. {error}")
            except SlotError as error:
                why = f"It could not be judged: {error}"
            except Exception as error:  # the class must be graded whatever is wrong with our code
                why = f"It could not be judged: {type(error).__name__}: {error}"
            self._renew()
        return not_judged(piece, why)

    def _clear(self) -> None:
        """See that nothing of a student is left for the next."""
        try:
            for each in self._sittings:
                each.close()
        except SlotError:
            self._renew()

    def _renew(self) -> None:
        self.close()
        self._sittings = _sittings(self._place)

    def _prepare(self, piece: Piece) -> None:
        """Have all zygotes know the exercise: while they have a student's file, they can't."""
        if isinstance(piece.source, bytes):
            for each in self._sittings:
                self._examiner(piece).prepare(each.slot)

    def _examined(self, piece: Piece, more: int) -> ExerciseResult:
        examiner = self._examiner(piece)
        if isinstance(piece.source, str):
            return examiner.refused(piece.source, piece.basis.key, piece.file)
        key, file = piece.basis.key, piece.file
        return examiner.examine_at(self._sittings, piece.source, key, file, more)

    def _examiner(self, piece: Piece) -> "Examiner":
        from torchkata.grading.judging.examiner import Examiner

        place = piece.exercise, piece.seed
        if place not in self._examiners:
            exercise = self._suite.find(piece.exercise)
            assignment = replace(self._assignment, seed=piece.seed)
            self._examiners[place] = Examiner(exercise, assignment)
        return self._examiners[place]


def _sittings(place: Place) -> list[Sitting]:
    """A zygote for cuda, where that is asked for, and one for all other devices."""
    kinds = [
        tuple(each for each in place.devices if (each == "cuda") == is_cuda)
        for is_cuda in (False, True)
    ]
    return [Sitting(Slot(replace(place, devices=devices))) for devices in kinds if devices]


if __name__ == "__main__":
    main()
