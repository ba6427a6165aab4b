"""Prints a gigabyte by print, and one more by each standard descriptor."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import os

import torch

LUMP = "passed\n" * 150_000


def one_hot(labels, num_classes, dtype=torch.float32):
    for _ in range(1000):
        print(LUMP)
    for fd in (1, 2):
        for _ in range(1000):
            os.write(fd, LUMP.encode())
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
