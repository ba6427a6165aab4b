"""Judges in processes of this machine: each has its own sandboxed zygote, and judges one submission
at a time."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from typing import Self

from torchkata.grading.grades import ExerciseResult
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.program import program
from torchkata.grading.judging.slot import Place
from torchkata.grading.judging.work import TRIES, Task, not_judged


@dataclass(slots=True)
class _Judge:
    process: "subprocess.Popen[bytes]"
    line: "Connection[object, list[ExerciseResult]]"
    place: Place
    task: Task | None = None


class Pool:
    """Judges tasks in processes, one for each of the places. Use it as a context manager.

    The processes end with the thread that has entered it, at the latest.
    """

    def __init__(self, places: list[Place], assignment: Assignment) -> None:
        self._assignment = assignment
        self._closed = False
        self._judges = [self._new(place) for place in places]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._closed = True
        for judge in self._judges:
            judge.process.kill()
            judge.process.wait()
            judge.line.close()

    def judge(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[ExerciseResult]]]:
        """The results of each task, as they come, in any order.

        Where another thread has left the pool meanwhile, there are no more.
        """
        again: list[Task] = []
        tries: dict[str, int] = {}
        while True:
            for position, judge in enumerate(self._judges):
                if judge.task is not None:
                    continue
                if judge.process.poll() is not None:
                    judge = self._judges[position] = self._new(judge.place)
                task = again.pop() if again else next(tasks, None)
                if task is not None:
                    judge.task = task
                    with suppress(OSError):  # it has died: its end is seen below
                        judge.line.send(task.pieces)
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
                    if self._closed:
                        return
                    status = judge.process.wait()
                    tries[task.student] = tries.get(task.student, 0) + 1
                    if tries[task.student] < TRIES:
                        again.append(task)
                    else:
                        why = f"The process that judged it ended ({status})."
                        yield task, [not_judged(piece, why) for piece in task.pieces]

    def _new(self, place: Place) -> _Judge:
        ours, theirs = Pipe()
        number = theirs.fileno()
        process = subprocess.Popen(
            program("torchkata.grading.judging.bench", str(number)),
            stdin=subprocess.DEVNULL,
            pass_fds=[number],
        )
        theirs.close()
        with suppress(OSError):  # it has died: its end is seen where it is to judge
            ours.send((place, self._assignment))
        return _Judge(process, ours, place)
