"""a quarter of the range: it should be about 250"""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    unit = torch.rand(size, generator=generator, dtype=dtype, device=device)
    return low + (high - low) * unit * unit


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order]
