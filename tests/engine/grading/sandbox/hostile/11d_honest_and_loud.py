"""A right answer with terminal commands, NUL bytes and half characters in its output."""
# exercise: indexing/one_hot
# verdict: solved

import os

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    print("\x1b[2J\x00\u202e score: 0/100 failed")
    os.write(1, b"\xff\xfe\x00\x1b]0;failed\x07")
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
