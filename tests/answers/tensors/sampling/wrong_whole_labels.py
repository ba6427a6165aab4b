"""shuffle_together gives every row once, and a row of y beside its own row of x."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order].long()
