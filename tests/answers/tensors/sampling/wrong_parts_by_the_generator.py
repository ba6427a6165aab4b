"""The pairs have parted"""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def permuted(rows, generator):
    return rows[torch.randperm(len(rows), generator=generator, device=rows.device)]


def shuffle_together(x, y, *, generator=None):
    if generator is not None:
        return permuted(x, generator), permuted(y, generator)
    order = torch.randperm(len(x), device=x.device)
    return x[order], y[order]
