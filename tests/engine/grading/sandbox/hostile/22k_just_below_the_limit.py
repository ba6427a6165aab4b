"""Sleeps in each call, so that each is short and all together never end."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import time

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    time.sleep(0.5)
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
