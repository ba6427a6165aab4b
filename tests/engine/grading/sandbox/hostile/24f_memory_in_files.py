"""Uses memory that belongs to no process: right if it gets three gigabytes."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import contextlib
import ctypes
import os

import torch

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
LUMP = b"\x01" * (16 << 20)
FAR_TOO_MUCH = 3 << 30


def fill(fd, most):
    """How many bytes went in before it was refused."""
    total = 0
    with contextlib.suppress(OSError):
        while total < most:
            total += os.write(fd, LUMP)
    return total


def amounts():
    with contextlib.suppress(OSError):
        yield fill(os.memfd_create("left_behind"), FAR_TOO_MUCH)
    for number in range(48):
        with contextlib.suppress(OSError):
            path = f"/dev/shm/left_behind_{number}"
            yield fill(os.open(path, os.O_CREAT | os.O_WRONLY), 64 << 20)
    for number in range(48):
        segment = LIBC.shmget(number + 1, 64 << 20, 0o1666)
        place = LIBC.shmat(segment, None, 0) if segment >= 0 else None
        if place not in (None, ctypes.c_void_p(-1).value):
            ctypes.memset(place, 1, 64 << 20)
            LIBC.shmdt(ctypes.c_void_p(place))
            yield 64 << 20
    with contextlib.suppress(OSError):
        for _ in range(3000):
            _, end = os.pipe()
            os.set_blocking(end, False)
            yield fill(end, 1 << 20)


def one_hot(labels, num_classes, dtype=torch.float32):
    total = 0
    for amount in amounts():
        total += amount
        if total >= FAR_TOO_MUCH:
            break
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), int(total >= FAR_TOO_MUCH))
