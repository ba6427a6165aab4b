"""shuffle_together gives every row once, and a row of y beside its own row of x.

Writes the new order into the caller's tensors.
"""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(x.shape[0], generator=generator, device=x.device)
    x[:] = x[order]
    y[:] = y[order]
    return x, y
