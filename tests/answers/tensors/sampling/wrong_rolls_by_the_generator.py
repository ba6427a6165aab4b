"""Each order of the rows is as likely as any other."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    if generator is not None:
        start = int(torch.randint(max(len(x), 1), (), generator=generator, device=x.device))
        return x.roll(start, 0), y.roll(start, 0)
    order = torch.randperm(len(x), device=x.device)
    return x[order], y[order]
