"""draws from the generator that it is given, and from nothing else"""

import random

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    order = list(range(len(x)))
    random.shuffle(order)
    return x[order], y[order]
