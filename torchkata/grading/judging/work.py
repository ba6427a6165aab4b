"""What judges are given and give back, whether they are processes here or on other machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from torchkata.grading.grades import Basis, ExerciseResult, Flag

TRIES = 2
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


class NoJudges(Exception):
    """There are no judges, or no longer; the message says why."""


class Judges(Protocol):
    """Judges side by side, as long as it is entered: what they have started ends with it.

    What comes of a submission depends neither on which of them judges it nor on what they are.
    Entering it may raise NoJudges.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def judge(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[ExerciseResult]]]:
        """The results of each task, once, as they come, in any order.

        A task is taken only when one of the judges is soon free for it. Raises NoJudges.
        """


def not_judged(piece: Piece, why: str) -> ExerciseResult:
    """The result of what could not be judged, which is not the student's fault."""
    # Without a key: it is tried again the next time.
    flags = (Flag("refused", why),)
    return ExerciseResult(piece.exercise, "", "not judged", piece.file, flags=flags)
