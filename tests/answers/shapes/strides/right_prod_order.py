"""A product of the sides behind each, and an order of dimensions."""

import math

import torch


def row_major(shape):
    return tuple(math.prod(s or 1 for s in shape[i + 1 :]) for i in range(len(shape)))


def swap_dims(x, a, b):
    order = list(range(x.dim()))
    order[a], order[b] = order[b], order[a]
    size = tuple(x.size(d) for d in order)
    stride = tuple(x.stride(d) for d in order)
    return torch.as_strided(x, size, stride, x.storage_offset())
