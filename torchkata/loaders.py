"""DataLoaders with worker processes, for properties.

A DataLoader's own queues have a thread each that writes for them, and hand tensors over by another.
A student's process may start processes, but no thread: one could change what is looked at. The
queues made here write at once, by value, and are all that differs.
"""

import pickle
import queue
import sys
from multiprocessing.context import BaseContext
from typing import Any

from torch.utils.data import DataLoader

from torchkata.suite.settings import DEFAULT_LIMIT


def loader(dataset: Any, workers: int, **options: Any) -> DataLoader[Any]:
    """A DataLoader with `workers` worker processes, which are forks; elsewhere than on Linux none.

    `options` are further arguments of DataLoader. A batch that does not come within its `timeout`,
    DEFAULT_LIMIT unless given, raises RuntimeError: nobody else sees to time in other processes.
    """
    if workers and sys.platform == "linux":
        options = {
            "num_workers": workers,
            "multiprocessing_context": _context(),
            "timeout": DEFAULT_LIMIT,
            **options,
        }
    return DataLoader(dataset, **options)


def starts_threads(given: DataLoader[Any]) -> bool:
    """Whether a DataLoader starts threads, as those with worker processes do, but for ours."""
    ours = getattr(given.multiprocessing_context, "threadless", False)
    return given.num_workers > 0 and not ours


def _context() -> BaseContext:
    from multiprocessing.context import ForkContext

    class Forks(ForkContext):
        """Starts processes by forking, and makes queues without threads."""

        threadless = True

        def Queue(self, maxsize: int = 0) -> Any:
            return _Queue(self)

    return Forks()


class _Queue:
    """A queue of any number of writers and one reader, with what DataLoader asks of one."""

    def __init__(self, context: BaseContext) -> None:
        self._reader, self._writer = context.Pipe(duplex=False)
        self._lock = context.Lock()

    def put(self, item: Any) -> None:
        data = pickle.dumps(item)
        with self._lock:
            self._writer.send_bytes(data)

    def get(self, timeout: float | None = None) -> Any:
        if not self._reader.poll(timeout):
            raise queue.Empty
        return pickle.loads(self._reader.recv_bytes())

    def close(self) -> None:
        self._reader.close()
        self._writer.close()

    def cancel_join_thread(self) -> None:
        """There is no thread to wait for."""

    join_thread = cancel_join_thread
