"""Forks within the call, so that two processes reply to one question."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import os

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    os.fork()
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
