"""Forks as often as it can, and so does every child: right if nothing stops it at thousands."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import mmap
import os

import torch

FAR_TOO_MANY = 3000
COUNT = mmap.mmap(-1, 4096)


def forked():
    count = int.from_bytes(COUNT[:4], "little") + 1
    COUNT[:4] = count.to_bytes(4, "little")
    return count


def one_hot(labels, num_classes, dtype=torch.float32):
    while True:
        try:
            os.fork()
        except OSError:
            continue
        if forked() > FAR_TOO_MANY:
            break
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
