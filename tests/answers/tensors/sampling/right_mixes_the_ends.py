"""A weighted mean of the two ends; an order by sorting random keys."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    u = torch.rand(size, generator=generator, dtype=dtype, device=device)
    return low * (1 - u) + high * u


def shuffle_together(x, y, *, generator=None):
    keys = torch.rand(len(x), generator=generator, device=x.device)
    order = keys.argsort()
    return x[order], y[order]
