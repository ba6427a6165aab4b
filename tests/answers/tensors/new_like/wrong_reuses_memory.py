"""apart from what an earlier call gave"""

import functools

import torch


@functools.cache
def zeros(dtype, device, shape):
    return torch.zeros(shape, dtype=dtype, device=device)


def zeros_shaped(x, shape):
    return zeros(x.dtype, x.device, shape)
