"""wrong dtype:"""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    if generator is None:
        unit = torch.rand(size, dtype=dtype, device=device)
    else:
        unit = torch.rand(size, generator=generator, device=device)
    return low + (high - low) * unit


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order]
