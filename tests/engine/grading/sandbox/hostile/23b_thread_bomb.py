"""Starts threads, and each starts more: right if nothing stops it at thousands."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import _thread

import torch

FAR_TOO_MANY = 3000


def more():
    while _thread._count() < FAR_TOO_MANY:
        try:
            _thread.start_new_thread(more, ())
        except (RuntimeError, MemoryError):
            continue


def one_hot(labels, num_classes, dtype=torch.float32):
    more()
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
