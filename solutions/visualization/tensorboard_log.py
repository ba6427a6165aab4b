"""Write a run's losses to a file that tensorboard reads.

A SummaryWriter keeps an event file in a directory, one directory for each run. An
event has a tag, a step and a value, and tensorboard draws a curve for each tag:

    runs/                        events of runs/first
      first/events.out…          tag "loss"    step 0    0.9
      second/events.out…         tag "loss"    step 1    0.7
                                 tag "loss"    step 2    0.4

    writer.add_scalar(tag, value, step)

Without a step each event has step 0, and the curve is a heap of points above one
another. The writer keeps events back for some time, for speed: they are in the file
for sure when `flush` or `close` has returned. What is kept back when a process ends
is lost.

Write `log_run`. It takes the SummaryWriter of torch.utils.tensorboard, or the one of
tensorboardX, which is much the same. Values are kept as float32. To look at a run:

    tensorboard --logdir runs            # http://localhost:6006

This kata needs both packages: `pip install -e '.[visual]'`.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch.utils.tensorboard import SummaryWriter


def log_run(directory: str | Path, losses: Iterable[float]) -> None:
    """Log losses as scalars with the tag "loss", each at its step: 0, 1, 2 and so on.

    Args:
        directory: where the event file goes; it is made where it isn't there.
        losses: floats, in the order of the steps; NaN and infinity are logged as all
            others are. They may come from a generator, and there may be none.

    When the function returns, all of them are in the file and the writer is closed.
    Where `losses` raises an exception, it goes on to the caller; then too the writer
    is closed, and the losses before it are in the file.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log_run(folder, [0.5, 0.25])
    ...     events = EventAccumulator(folder, size_guidance={"scalars": 0})
    ...     _ = events.Reload()
    >>> [(event.step, event.value) for event in events.Scalars("loss")]
    [(0, 0.5), (1, 0.25)]
    """
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("loss", loss, step)


HINTS = (
    "Three things make an event: tag, value and step, in this order. enumerate gives each loss its "
    "step.",
    "Where does an event lie between add_scalar and close? Who closes the writer when the "
    "generator raises?",
    "A SummaryWriter is a context manager: with SummaryWriter(…) as writer closes it, whatever "
    "happens inside.",
)

TAKE_ALONG = (
    "A scalar without a step is drawn at 0. Close the writer, by `with` above all: what it keeps "
    "back is lost otherwise."
)

APPROACH = (
    "EventAccumulator reads such a file without a browser. By default it keeps a sample of 10,000 "
    "scalars of each tag; size_guidance={'scalars': 0} keeps all."
)
