"""Properties and misconceptions of visualization/tensorboard_log."""

import math
import os
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboardX.event_file_writer import EventsWriter
from torch.utils.tensorboard import SummaryWriter

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

VALUES = st.one_of(st.numbers(), st.sampled_from((math.nan, math.inf)))
LOSSES = st.lists(VALUES, min_size=1, max_size=5)


class Pending:
    """Writes to an event file when it is flushed or closed, where else a thread would write.

    It stands for `_AsyncWriter` of tensorboard. In grading no thread may be started, and no test
    can wait for one.
    """

    opened = 0

    def __init__(self, record_writer, max_queue_size=20, flush_secs=120):
        self._writer, self._waiting, self._closed = record_writer, [], False
        Pending.opened += 1

    def write(self, record):
        if self._closed:
            raise OSError("Writer is closed")
        self._waiting.append(record)

    def flush(self):
        for record in self._waiting:
            self._writer.write(record)
        self._waiting.clear()
        self._writer.flush()

    def close(self):
        if not self._closed:
            self.flush()
            self._writer.close()
            self._closed = True
            Pending.opened -= 1


class PendingX:
    """The same for `EventFileWriter` of tensorboardX."""

    def __init__(self, logdir, max_queue_size=10, flush_secs=120, filename_suffix=""):
        os.makedirs(logdir, exist_ok=True)
        self._logdir, self._waiting, self._closed = logdir, [], False
        self._writer = EventsWriter(os.path.join(logdir, "events"), filename_suffix)
        Pending.opened += 1

    def get_logdir(self):
        return self._logdir

    def add_event(self, event):
        if not self._closed:
            self._waiting.append(event)

    def flush(self):
        for event in self._waiting:
            self._writer.write_event(event)
        self._waiting.clear()
        self._writer.flush()

    def close(self):
        if not self._closed:
            self.flush()
            self._writer.close()
            self._closed = True
            Pending.opened -= 1


@contextmanager
def run_folder():
    """A folder for runs, where writers write without a thread. Removed in the end."""
    places = {
        "tensorboard.summary.writer.event_file_writer._AsyncWriter": Pending,
        "tensorboardX.writer.EventFileWriter": PendingX,
    }
    with ExitStack() as stack:
        for place, instead in places.items():
            stack.enter_context(mock.patch(place, instead))
        Pending.opened = 0
        yield Path(stack.enter_context(tempfile.TemporaryDirectory()))


def read(directory):
    """The steps and values of the tag "loss", as tensorboard reads them."""
    events = EventAccumulator(str(directory), size_guidance={"scalars": 0})
    events.Reload()
    if "loss" not in events.Tags()["scalars"]:
        return f"there is no tag 'loss'; tags are {sorted(events.Tags()['scalars'])}"
    return [(event.step, event.value) for event in events.Scalars("loss")]


def logged(losses):
    """What is to be read."""
    with np.errstate(over="ignore"):
        return [(step, float(np.float32(loss))) for step, loss in enumerate(losses)]


@forall(losses=LOSSES, strata={"several": {"losses": st.just([0.9, 0.7, 0.4])}}, examples=16)
def test_logs_each_loss_at_its_step(impl, losses):
    """Each loss is logged under "loss" at its step, from 0, and is in the file at the end."""
    with run_folder() as folder:
        result = impl.log_run(str(folder), losses)
        found = read(folder)
    assert_same(found, logged(losses))
    return result, found


@forall(losses=LOSSES, examples=6)
def test_makes_the_directory(impl, losses):
    """The directory is made where it isn't there, and the writer is closed."""
    with run_folder() as folder:
        directory = folder / "runs" / "first"
        impl.log_run(directory=directory, losses=(loss for loss in losses))
        found = read(directory)
        left_open = Pending.opened
    assert_same(found, logged(losses))
    return {"events": found, "writers left open": left_open}


@forall(losses=LOSSES, others=LOSSES, examples=6)
def test_keeps_runs_apart(impl, losses, others):
    """Two runs in two directories are two curves."""
    with run_folder() as folder:
        impl.log_run(folder / "a", losses)
        impl.log_run(folder / "b", others)
        found = read(folder / "a"), read(folder / "b")
    assert_same(found, (logged(losses), logged(others)))
    return found


@forall(directory=st.just("run"), examples=1)
def test_takes_no_loss(impl, directory):
    """Without losses no scalar is logged, and no writer is left open."""
    with run_folder() as folder:
        impl.log_run(folder / directory, [])
        events = EventAccumulator(str(folder / directory))
        if (folder / directory).exists():
            events.Reload()
        return events.Tags()["scalars"], Pending.opened


@forall(losses=LOSSES, examples=6)
def test_keeps_what_was_before_an_exception(impl, losses):
    """Where losses raises, what came before is in the file, and the writer is closed."""

    def breaking_off():
        yield from losses
        raise KeyError("the run broke off")

    outcome = "nothing raised"
    with run_folder() as folder:
        try:
            impl.log_run(folder, breaking_off())
        except KeyError:
            outcome = "KeyError"
        found = read(folder)
        left_open = Pending.opened
    assert_same(found, logged(losses))
    return {"outcome": outcome, "events": found, "writers left open": left_open}


@misconception(
    of="log_run",
    says="Without a step all events are at step 0, above one another.",
)
def leaves_the_step_out(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        for loss in losses:
            writer.add_scalar("loss", loss)


@misconception(
    of="log_run",
    says="The writer is never closed: what it keeps back is not in the file yet.",
)
def never_closes(directory, losses):
    writer = SummaryWriter(str(directory))
    for step, loss in enumerate(losses):
        writer.add_scalar("loss", loss, step)


@misconception(
    of="log_run",
    says="The writer is flushed, and stays open: a file and a thread for each run that is logged.",
)
def only_flushes(directory, losses):
    writer = SummaryWriter(str(directory))
    for step, loss in enumerate(losses):
        writer.add_scalar("loss", loss, step)
        writer.flush()


@misconception(
    of="log_run",
    says="Where the losses raise, what came before is lost: it was kept back until the end, which "
    "is not reached.",
)
def closes_at_the_end_alone(directory, losses):
    writer = SummaryWriter(str(directory))
    for step, loss in enumerate(losses):
        writer.add_scalar("loss", loss, step)
    writer.close()


@misconception(
    of="log_run",
    says="The steps are numbered from 0.",
)
def numbers_from_one(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses, 1):
            writer.add_scalar("loss", loss, step)


@misconception(
    of="log_run",
    says="The value comes before the step.",
)
def swaps_value_and_step(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("loss", step, loss if math.isfinite(loss) else 0)


@misconception(
    of="log_run",
    says="A tag is the name of a curve. With one for each step there are as many curves, of one "
    "point each.",
)
def makes_a_tag_for_each_step(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar(f"loss/{step}", loss, step)


@misconception(
    of="log_run",
    says="add_scalars, with an s, makes a run of its own in a directory below for each name.",
)
def takes_add_scalars(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalars("run", {"loss": loss}, step)


@misconception(
    of="log_run",
    says="NaN and infinity are left out. A curve that has a gap there tells more than one that "
    "looks well.",
)
def leaves_out_what_is_not_finite(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses):
            if math.isfinite(loss):
                writer.add_scalar("loss", loss, step)
