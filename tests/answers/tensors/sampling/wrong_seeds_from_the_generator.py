"""Each order of the rows is as likely as any other."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    seed = torch.seed() if generator is None else generator.initial_seed()
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed % 2**63))
    return x[order], y[order]
