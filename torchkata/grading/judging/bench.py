"""The process of a judge: it has solutions and examiners, and a sandboxed zygote below it."""

import signal
import sys
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torchkata.grading.grades import ExerciseResult
from torchkata.grading.intake.assignment import Assignment
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
            line.send([bench.result(piece) for piece in line.recv()])
    except (EOFError, OSError):
        return  # the one that gave the work has gone
    finally:
        bench.close()


class Bench:
    """A judge's examiners, one for each exercise and seed that it has met, and its zygote."""

    def __init__(self, place: Place, assignment: Assignment) -> None:
        self._slots = _slots(place)  # first of all: they start while this process imports torch
        import torch

        from torchkata.devices import choice as devices

        torch.set_num_threads(1)
        devices.choose(",".join(assignment.devices))
        self._place = place
        self._assignment = assignment
        self._suite = read_suite(Path(place.root))
        self._examiners: dict[tuple[str, int], Examiner] = {}

    def result(self, piece: Piece) -> ExerciseResult:
        """What came of a file. A zygote that fails is replaced, once."""
        why = ""
        for _ in range(TRIES):
            try:
                return self._examined(piece)
            except SuiteError as error:
                return not_judged(piece, f"The exercise itself is broken. {error}")
            except SlotError as error:
                why = f"It could not be judged: {error}"
            except Exception as error:  # the class must be graded whatever is wrong with our code
                why = f"It could not be judged: {type(error).__name__}: {error}"
            self.close()
            self._slots = _slots(self._place)
        return not_judged(piece, why)

    def close(self) -> None:
        for each in self._slots:
            each.close()

    def _examined(self, piece: Piece) -> ExerciseResult:
        from torchkata.grading.judging.examiner import Examiner

        place = piece.exercise, piece.seed
        if place not in self._examiners:
            exercise = self._suite.find(piece.exercise)
            assignment = replace(self._assignment, seed=piece.seed)
            self._examiners[place] = Examiner(exercise, assignment)
        examiner = self._examiners[place]
        if isinstance(piece.source, str):
            return examiner.refused(piece.source, piece.basis.key, piece.file)
        slot, *others = self._slots
        return examiner.examine(slot, piece.source, piece.basis.key, piece.file, *others)


def _slots(place: Place) -> list[Slot]:
    """A zygote for cuda, where that is asked for, and one for all other devices."""
    kinds = [
        tuple(each for each in place.devices if (each == "cuda") == is_cuda)
        for is_cuda in (False, True)
    ]
    return [Slot(replace(place, devices=devices)) for devices in kinds if devices]


if __name__ == "__main__":
    main()
