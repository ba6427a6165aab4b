"""Each order of the rows is as likely as any other."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    n = x.size(0)
    keys = torch.randint(max(n, 1), (n,), generator=generator, device=x.device)
    order = keys.argsort(stable=True)
    return x[order], y[order]
