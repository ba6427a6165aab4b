"""loaders.py: real worker processes, and no thread."""

import multiprocessing
import os
import sys
import threading

import pytest
import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info

from torchkata.loaders import loader

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="worker processes are forks, on Linux")


class Telling(Dataset):
    """Samples that tell where they were made; one of them may raise."""

    def __init__(self, length, broken=None):
        self.length, self.broken = length, broken

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        if index == self.broken:
            raise KeyError(f"sample {index}")
        worker = get_worker_info()
        return {
            "x": torch.full((2,), index / 10),
            "name": f"sample {index}",
            "process": os.getpid(),
            "threads": threading.active_count(),
            "worker": -1 if worker is None else worker.id,
        }


def column(batches, name):
    return torch.cat([batch[name] for batch in batches])


@pytest.mark.parametrize("workers", [0, 2])
def test_batches_are_those_of_a_dataloader(workers):
    batches = list(loader(Telling(7), workers, batch_size=2))
    plain = list(DataLoader(Telling(7), batch_size=2))
    assert torch.equal(column(batches, "x"), column(plain, "x"))
    assert [batch["name"] for batch in batches] == [batch["name"] for batch in plain]
    assert [len(batch["x"]) for batch in batches] == [2, 2, 2, 1]


@LINUX
def test_workers_are_processes_of_their_own_and_no_thread_is_started():
    before = threading.active_count()
    batches = list(loader(Telling(7), 2, batch_size=2))
    processes = set(column(batches, "process").tolist())
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert column(batches, "worker").tolist() == [0, 0, 1, 1, 0, 0, 1]
    assert set(column(batches, "threads").tolist()) == {1}
    assert threading.active_count() == before
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_what_a_worker_raises_comes_out():
    with pytest.raises(KeyError, match="sample 3"):
        list(loader(Telling(7, broken=3), 2))


def test_a_walk_can_be_left():
    walk = iter(loader(Telling(50), 2))
    assert next(walk)["name"] == ["sample 0"]
    del walk
    assert len(list(loader(Telling(3), 2, persistent_workers=True))) == 3


class Endless(Telling):
    def __getitem__(self, index):
        while True:
            pass


@pytest.mark.slow
@LINUX
def test_an_endless_sample_is_not_waited_for():
    before = set(multiprocessing.active_children())
    with pytest.raises(RuntimeError, match="timed out after 1 seconds"):
        list(loader(Endless(1), 1, timeout=1))
    assert not set(multiprocessing.active_children()) - before
