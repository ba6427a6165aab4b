"""What runs on a Dask worker: a seat, which is a judge in a process of its own below it.

All that is called here comes from the client, and so does what is unpacked; a student's code runs
in the sandbox below the judge and nowhere else.
"""

import asyncio
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import dask
from distributed import Worker, WorkerPlugin, get_worker

from torchkata.grading.cluster.facts import facts
from torchkata.grading.cluster.letters import from_results, to_pieces
from torchkata.grading.grades import ExerciseResult
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.pool import Pool
from torchkata.grading.judging.work import Piece, Task
from torchkata.grading.packing import packed, unpacked
from torchkata.grading.protection import Protection, hidden, protection
from torchkata.suite.curriculum import Suite, SuiteError, suite_here
from torchkata.suite.digests import engine_digest, libraries


class SeatLeft(Exception):
    """The judge that was asked for is not there, or was ended while it judged."""


_LOADED = engine_digest()
"""Of the engine that this worker has imported."""

_numbers = cycle(range(100))
"""Of seats: a student's code has a user of its own by it, also where a worker has several seats."""


def is_known() -> None:
    """Nothing. Where it can be called, tasks can be passed on."""


async def facts_here(keys: Sequence[str], dask_worker: Worker) -> bytes:
    """This machine's Facts on these exercises, or a sentence why it has none, packed."""
    return await asyncio.to_thread(_facts, keys, dask_worker.local_directory)


async def take_seat(name: str, resource: str, assignment: bytes, dask_worker: Worker) -> None:
    """Start a judge, in the place of the one that was started under this name before.

    Then the worker has one of the resource: it judges one submission at a time.
    """
    given = unpacked(assignment, Assignment)
    suite = suite_here()
    protected = await asyncio.to_thread(_protection, suite, dask_worker.local_directory)
    number = next(_numbers)
    places = protected.places(suite, given, number + 1)[number:]
    # In the worker's first thread, which lasts as long as it does: a judge ends with its thread.
    seat = Seat(Pool(places, given))
    await dask_worker.plugin_add(seat, name, catch_errors=False)
    await dask_worker.set_resources(**{resource: 1})


async def leave_seat(name: str, resource: str, dask_worker: Worker) -> None:
    """End the judge of this name, at whatever it is."""
    if name in dask_worker.plugins:
        await dask_worker.plugin_remove(name)
    await dask_worker.set_resources(**{resource: 0})


def judge(name: str, letter: bytes) -> bytes:
    """The results of some submissions' pieces, by the judge of this name. Raises SeatLeft."""
    seat = get_worker().plugins.get(name)
    if not isinstance(seat, Seat):
        raise SeatLeft(name)
    return from_results(seat.judge(to_pieces(letter)))


class Seat(WorkerPlugin):
    """Keeps a judge as long as the worker keeps the seat."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def teardown(self, worker: Worker) -> None:
        self._pool.__exit__()

    def judge(self, submissions: Sequence[tuple[Piece, ...]]) -> list[list[ExerciseResult]]:
        """The results of each submission. Raises SeatLeft where the seat is left meanwhile."""
        tasks = [Task(str(place), pieces) for place, pieces in enumerate(submissions)]
        found = {task.student: results for task, results in self._pool.judge(iter(tasks))}
        if len(found) < len(tasks):
            raise SeatLeft
        return [found[task.student] for task in tasks]


def _facts(keys: Sequence[str], directory: str) -> bytes:
    # A worker runs for long: what is on disk, which a judge runs, may have changed meanwhile.
    engine_digest.cache_clear()
    libraries.cache_clear()
    if engine_digest() != _LOADED:
        return packed("torchkata has changed since the worker was started: start it again")
    try:
        suite = suite_here()
    except SuiteError as error:
        return packed(str(error))
    return packed(facts(suite, keys, _protection(suite, directory)))


def _protection(suite: Suite, directory: str) -> Protection:
    """The protection here, from Dask's files too: they may hold other submissions, and keys."""
    return protection(hidden(suite, Path(directory), *map(Path, dask.config.paths)))
