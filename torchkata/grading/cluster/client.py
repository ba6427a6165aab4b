"""The client of a Dask cluster: it gives submissions to the workers' judges, and keeps nothing."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self

import dask
from dask.utils import parse_timedelta
from distributed import KilledWorker

from torchkata.grading.cluster import seat
from torchkata.grading.cluster.connecting import connected
from torchkata.grading.cluster.facts import Facts, differences, facts
from torchkata.grading.cluster.letters import from_pieces, to_results
from torchkata.grading.grades import ExerciseResult
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.work import NoJudges, Task, not_judged
from torchkata.grading.packing import packed, unpacked
from torchkata.grading.protection import Protection
from torchkata.suite.curriculum import Suite
from torchkata.suite.digests import digest

_LOOK = 2.0
"""Seconds between two looks at which workers there are."""

_AHEAD = 2
"""Letters that a worker has: one that is judged, and one that waits, so that it need not."""

_WORTH = 1.0
"""Seconds that a letter should take to judge: the way there and back takes some milliseconds."""

_LARGEST = 64
"""Submissions in a letter, at most."""

_Letter = tuple[Task, ...]
"""Submissions that are sent to a worker in one."""

_NAMED = 3
"""How many workers are named that are refused for one reason."""


class Cluster:
    """Judges tasks on the workers of a Dask cluster that have what this machine has.

    `grades` is the folder that the results are written to: a judge that was started for it before
    is replaced. `tell` is given a sentence on each worker that is not used. Entering it raises
    NoJudges where there is no scheduler, or no worker to be used.
    """

    def __init__(
        self,
        address: str,
        suite: Suite,
        assignment: Assignment,
        protection: Protection,
        grades: Path,
        tell: Callable[[str], None],
    ) -> None:
        self._address = address
        self._assignment = packed(assignment)
        self._here = facts(suite, [each.exercise for each in assignment.exercises], protection)
        self._tell = tell
        place = [socket.gethostname().encode(), os.fsencode(grades.resolve())]
        self._name = f"kata-{digest(place)[:16]}"
        # Another one each time: what an earlier client has left behind gets no submission.
        self._resource = f"{self._name}-{secrets.token_hex(4)}"
        self._patience: float = parse_timedelta(
            dask.config.get("distributed.comm.timeouts.connect")
        )
        self._client: Any = None
        self._seats: frozenset[str] = frozenset()
        self._refused: set[str] = set()
        self._looked = self._well = 0.0

    def __enter__(self) -> Self:
        self._client = connected(self._address, self._patience)
        try:
            while not self._seats:
                self._look()
                if self._refused and not self._seats:
                    raise NoJudges(f"No worker at {self._address} can judge as this machine does.")
                if not self._seats:
                    time.sleep(_LOOK / 10)
        except BaseException:
            self._client.close(timeout=_LOOK)
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        if self._client.status == "running":
            with suppress(Exception):  # whoever has gone has left its seat
                self._on(self._seats, seat.leave_seat, self._name, self._resource)
        self._client.close(timeout=_LOOK)

    def judge(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[ExerciseResult]]]:
        """The results of each task, once, as they come, in any order.

        Raises NoJudges where scheduler or workers are lost and do not come back in time.
        """
        again: list[_Letter] = []
        flying: dict[str, tuple[Any, _Letter]] = {}
        ended: SimpleQueue[Any] = SimpleQueue()
        task = next(tasks, None)
        size = 1
        try:
            while flying or again or task is not None:
                if self._look():
                    again += self._stranded(flying)
                while (again or task is not None) and len(flying) < _AHEAD * len(self._seats):
                    if again:
                        letter = again.pop()
                    else:
                        assert task is not None
                        letter, task = (task, *islice(tasks, size - 1)), next(tasks, None)
                    future = self._submitted(letter)
                    flying[future.key] = future, letter
                    future.add_done_callback(ended.put)
                for future in _ready(ended):
                    if future.key not in flying:
                        continue  # it was stranded
                    _, letter = flying.pop(future.key)
                    results = self._results(future, letter)
                    future.release()
                    if results is None:
                        again += [(each,) for each in letter]
                        continue
                    size = _size(results)
                    yield from zip(letter, results, strict=True)
        finally:
            for future, _ in flying.values():
                future.release()

    def _look(self) -> bool:
        """See which workers there are, and give those that are new a seat: whether one was given.

        Raises NoJudges where there has been none for too long.
        """
        now = time.monotonic()
        if self._looked and now < self._looked + _LOOK:
            return False
        workers = self._workers()
        self._seats = _seated(workers, self._resource)
        new = {each: workers[each] for each in workers.keys() - self._seats - self._refused}
        given = bool(new) and self._given_seats(new)
        if given:
            self._seats = _seated(self._workers(), self._resource)
        self._looked = time.monotonic()
        if self._seats or not self._well:
            self._well = self._looked
        if self._looked > self._well + self._patience:
            raise NoJudges(self._lost())
        return given

    def _stranded(self, flying: dict[str, tuple[Any, _Letter]]) -> list[_Letter]:
        """Take out of the letters that are under way those that no worker has.

        The scheduler does not look again at what it found no seat for when one is given later.
        """
        try:
            had = {key for keys in self._client.processing().values() for key in keys}
        except OSError:
            return []  # the scheduler has gone, and with it all that is under way
        stranded = [
            key for key, (future, _) in flying.items() if key not in had and not future.done()
        ]
        letters = []
        for key in stranded:
            future, letter = flying.pop(key)
            future.release()
            letters.append(letter)
        return letters

    def _lost(self) -> str:
        if self._client.status != "running":
            return (
                f"The scheduler at {self._address} was lost, and is not back after "
                f"{self._patience:g} s."
            )
        return (
            f"No worker is at {self._address}, and none has come within {self._patience:g} s: "
            f"start some in clones of the suite, `dask worker {self._address} --nthreads 1`."
        )

    def _workers(self) -> Mapping[str, Mapping[str, Any]]:
        """What the scheduler says of each worker, by address; nothing where it is lost."""
        if self._client.status != "running":
            return {}
        try:
            workers: Mapping[str, Mapping[str, Any]] = self._client.scheduler_info()["workers"]
        except OSError:
            return {}
        return workers

    def _given_seats(self, new: Mapping[str, Mapping[str, Any]]) -> bool:
        """Give those of the workers a seat that have what is here; whether there were some."""
        why: dict[str, list[str]] = {}
        fit = []
        for address, said in self._on(new, seat.facts_here, list(self._here.exercises)).items():
            if isinstance(said, OSError):
                continue  # it has gone
            told = _difference(said, self._here)
            if told:
                why.setdefault(told, []).append(address)
            else:
                fit.append(address)
        made = self._on(fit, seat.take_seat, self._name, self._resource, self._assignment)
        for address, said in made.items():
            if isinstance(said, Exception) and not isinstance(said, OSError):
                why.setdefault(f"no judge can be started there: {said}", []).append(address)
        for told, addresses in why.items():
            self._refused.update(addresses)
            names = [_named(each, new[each]["name"]) for each in sorted(addresses)]
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            self._tell(f"Not used: {', '.join(names[:_NAMED])}{more}: {told}.")
        return bool(fit)

    def _on(self, workers: Any, function: Callable[..., Any], *arguments: object) -> dict[str, Any]:
        """What a function returns or raises on each of some workers, by address."""
        if not workers:
            return {}
        try:
            answers: dict[str, Any] = self._client.run(
                function, *arguments, workers=list(workers), on_error="return"
            )
        except OSError:
            return {}  # the scheduler has gone
        return answers

    def _submitted(self, letter: _Letter) -> Any:
        return self._client.submit(
            seat.judge,
            self._name,
            from_pieces(task.pieces for task in letter),
            key=f"{self._resource}-{secrets.token_hex(8)}",
            resources={self._resource: 1},
            pure=False,
        )

    def _results(self, future: Any, letter: _Letter) -> list[list[ExerciseResult]] | None:
        """What came of a letter; None where it must be judged again, for it was lost on the way.

        What ends workers is told of a submission only where it was alone.
        """
        try:
            if future.status == "finished":
                return to_results(future.result(timeout=self._patience))
            error = future.exception(timeout=self._patience) if future.status == "error" else None
        except (OSError, TimeoutError):
            return None
        if error is None or isinstance(error, seat.SeatLeft) or len(letter) > 1:
            return None
        if isinstance(error, KilledWorker):
            why = (
                f"{error.allowed_failures + 1} workers ended that had it; the last was "
                f"{error.last_worker.address}."
            )
        else:
            why = f"It could not be judged: {type(error).__name__}: {error}"
        return [[not_judged(piece, why) for piece in task.pieces] for task in letter]


def _size(results: Sequence[Sequence[ExerciseResult]]) -> int:
    """How many submissions like those of a letter the next one should have."""
    seconds = sum(each.seconds for submission in results for each in submission)
    return min(_LARGEST, max(1, int(len(results) * _WORTH / max(seconds, _WORTH / _LARGEST))))


def _ready(ended: "SimpleQueue[Any]") -> Iterator[Any]:
    """The futures that have ended, at least one where that does not take too long."""
    with suppress(Empty):
        yield ended.get(timeout=_LOOK)
        while True:
            yield ended.get_nowait()


def _seated(workers: Mapping[str, Mapping[str, Any]], resource: str) -> frozenset[str]:
    return frozenset(each for each, said in workers.items() if said["resources"].get(resource))


def _difference(said: object, here: Facts) -> str:
    """What another machine has otherwise, in a line; empty where that is nothing."""
    if isinstance(said, bytes):
        there = unpacked(said, Facts | str)  # type: ignore[arg-type]  # a union is no type
        return there.rstrip(".") if isinstance(there, str) else "; ".join(differences(there, here))
    if isinstance(said, ImportError):
        return f"torchkata is not there, or another one: {said}"
    return f"it can't say what it has: {type(said).__name__}: {said}"


def _named(address: str, name: object) -> str:
    return address if name == address else f"{address} ({name})"
