"""Leaves shared memory, semaphores and message queues that outlive every process."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import ctypes
from multiprocessing import resource_tracker, shared_memory

import torch

LIBC = ctypes.CDLL(None, use_errno=True)
KEY = 0x1EF7BE1D

with contextlib.suppress(Exception):
    resource_tracker.register = lambda *_: None
    kept = shared_memory.SharedMemory("left_behind", create=True, size=4096)
for call in (
    lambda: LIBC.shmget(KEY, 4096, 0o1666),
    lambda: LIBC.semget(KEY, 1, 0o1666),
    lambda: LIBC.msgget(KEY, 0o1666),
    lambda: LIBC.sem_open(b"/left_behind", 0o100, 0o666, 0),
    lambda: LIBC.mq_open(b"/left_behind", 0o102, 0o666, None),
):
    with contextlib.suppress(Exception):
        call()


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
